"""Which figures of the build before still stand in the build in the making."""

from datetime import date
from pathlib import Path

import duckdb
from ibis.backends.duckdb import Backend

from warehouse import engine
from warehouse.builds import Build
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__PROGRAMME
from warehouse.tables import ALL_TABLES, RESULT_TABLES

# Periods of which something else counts than in the build before.
_CHANGED_PERIODS = """
    WITH counts_now AS (
        SELECT submission_id, form, era, unit_code, period, status, standard_id, row_count
        FROM quality__coverage WHERE is_current
    ), counted_before AS (
        SELECT submission_id, form, era, unit_code, period, status, standard_id, row_count
        FROM before.quality__coverage WHERE is_current
    )
    SELECT DISTINCT period FROM (
        (FROM counts_now EXCEPT FROM counted_before)
        UNION ALL (FROM counted_before EXCEPT FROM counts_now)
    )
"""
# Models are told anew where a list or a register of the first changed year or later is there. One that is gone is not:
# the newest of those left stands for it.
_NEWEST_LEFT = """
    WITH left_over AS (
        SELECT submission_id, era, unit_code, period FROM quality__coverage
        WHERE starts_with(form, 'model_')
           OR (form IN ('review_list', 'export') AND status IN ('official', 'restated'))
    ), told_before AS (
        SELECT submission_id, era, unit_code, period FROM before.quality__coverage
        WHERE starts_with(form, 'model_')
           OR (form IN ('review_list', 'export') AND status IN ('official', 'restated'))
    )
    SELECT coalesce(max(left(period, 4)), '0') AS "year" FROM left_over
    HAVING EXISTS (FROM told_before EXCEPT FROM left_over)
"""
# The long tables, which are written year by year.
_FORGET = {
    RESULT__ESTIMATE: "DELETE FROM result__estimate WHERE left(period, 4) >= ?",
    RESULT__PROGRAMME: "DELETE FROM result__programme WHERE left(period, 4) >= ?",
}


def first_changed_year(path: Path, previous: Build | None, formulas: str, today: date) -> int:
    """The first year whose figures may differ from those of ``previous``; 0 where all may.

    A list speaks of its own year and of all later ones: they look back on who was poor before. A new day makes
    other months of the running lists due. Where lists or registers are gone, as on a day looked back on, the newest of
    those left speaks too: what was found of models follows from all of them.
    """
    if previous is None:
        return 0
    with engine.writing(path) as connection:
        connection.execute("ATTACH ? AS before (READ_ONLY)", [str(previous.restricted)])
        if not _has_column(connection, "quality__build", "formulas"):
            return 0
        made_by = engine.read(connection, "SELECT formulas, today FROM before.quality__build")
        if made_by["formulas"].item() != formulas:
            return 0
        changed = engine.read(connection, _CHANGED_PERIODS)["period"].to_list()
        left = engine.read(connection, _NEWEST_LEFT)["year"].to_list()
    years = [int(period[:4]) for period in (*changed, *left)]
    told_on = made_by["today"].item()
    if told_on != today:
        years.append(min(told_on, today).year)
    return min(years, default=today.year + 1)


def forget_since(path: Path, year: int) -> None:
    """Take out the figures of the build before of the periods from ``year`` on; of all where that is 0.

    Tables that do not tell their periods apart stay whole: they are written anew, or stand.
    """
    with engine.writing(path) as connection:
        if not year:
            others = [table for table in ALL_TABLES if table not in RESULT_TABLES]
            engine.keep_only(connection, others)
            return
        for deletion in _FORGET.values():
            connection.execute(deletion, [str(year)])


def forget_measure(backend: Backend, measure: str) -> None:
    """Take out what was taken over of one measure: it is told anew of all periods."""
    backend.con.execute("DELETE FROM result__estimate WHERE measure = ?", [measure])


def _has_column(connection: duckdb.DuckDBPyConnection, table: str, column: str) -> bool:
    found = connection.execute(
        """
        SELECT count(*) FROM duckdb_columns()
        WHERE database_name = 'before' AND table_name = ? AND column_name = ?
        """,
        [table, column],
    ).fetchone()
    return bool(found and found[0])
