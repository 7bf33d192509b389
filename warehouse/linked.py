"""Households on the lists of a build in the making, for linking, and the links made of them."""

from datetime import MAXYEAR
from pathlib import Path

import duckdb
import polars as pl

from reference.loading import era_at
from reference.periods import last_day
from warehouse import engine
from warehouse.builds import Build
from warehouse.contract import Table
from warehouse.core_tables import CORE_HOUSEHOLD__LINK

_LISTED = """
    SELECT DISTINCT h.household_id, concat_ws('|', c.form, c.period, c.status, c.standard_id) AS list,
           p.to_code AS block, lower(trim(h.village_name)) AS village, h.head_sex AS sex
    FROM core_review__household h
    JOIN quality__coverage c USING (submission_id, era, unit_code, period, status)
    JOIN dim__placement p ON p.from_era = h.era AND p.from_code = h.unit_code
    WHERE c.is_current AND c.form IN ('review_list', 'export') AND h.household_id IS NOT NULL
      AND h.standard_id IS NOT DISTINCT FROM c.standard_id
      AND p.level = 'commune' AND p.to_era = ?
    UNION ALL
    SELECT DISTINCT m.household_id, NULL, p.to_code, NULL, NULL
    FROM core_model__participant m
    JOIN quality__coverage c USING (submission_id, era, unit_code)
    JOIN dim__placement p ON p.from_era = m.era AND p.from_code = m.unit_code
    WHERE c.is_current AND m.household_id IS NOT NULL AND p.level = 'commune' AND p.to_era = ?
"""
_OTHER_LISTS = """
    WITH now AS (
        SELECT submission_id, era, unit_code, form FROM quality__coverage
        WHERE is_current AND form IN ('review_list', 'export', 'model_participants')
    ), earlier AS (
        SELECT submission_id, era, unit_code, form FROM before.quality__coverage
        WHERE is_current AND form IN ('review_list', 'export', 'model_participants')
    )
    SELECT count(*) FROM ((FROM now EXCEPT FROM earlier) UNION ALL (FROM earlier EXCEPT FROM now))
"""
_FIRST_RELINKED = """
    WITH changed AS (
        SELECT household_id FROM (
            (SELECT household_id, linked_id FROM core_household__link
             EXCEPT SELECT household_id, linked_id FROM before.core_household__link)
            UNION ALL
            (SELECT household_id, linked_id FROM before.core_household__link
             EXCEPT SELECT household_id, linked_id FROM core_household__link)
        )
    )
    SELECT min(left(period, 4)) FROM (
        SELECT household_id, period FROM core_review__household
        UNION ALL SELECT household_id, period FROM core_model__participant
        UNION ALL SELECT household_id, period FROM core_support__household
    ) SEMI JOIN changed USING (household_id)
"""


def listed(path: Path) -> pl.DataFrame:
    """household_id, list, block (commune in force today), village, sex: a row a stay.

    ``list`` names form, period, status and standard; it is null for participants of a model, who may stand
    beside others.
    """
    newest = era_at(last_day("9999"))
    with engine.writing(path) as connection:
        return engine.read(connection, _LISTED, (newest, newest))


def keep_links(path: Path, links: pl.DataFrame) -> None:
    """Write ``core_household__link`` in the place of the links that stood there."""
    with engine.writing(path) as connection:
        engine.create(connection, CORE_HOUSEHOLD__LINK, links)


def same_lists_count(path: Path, previous: Build) -> bool:
    """Whether the very same lists count as in ``previous``, whose links stand in ``path``."""
    with engine.writing(path) as connection:
        connection.execute("ATTACH ? AS before (READ_ONLY)", [str(previous.restricted)])
        return _has(connection, CORE_HOUSEHOLD__LINK) and not _first(connection, _OTHER_LISTS)


def first_relinked_year(path: Path, previous: Build) -> int:
    """The first year with a household that ``previous`` linked otherwise; beyond all years without any."""
    with engine.writing(path) as connection:
        connection.execute("ATTACH ? AS before (READ_ONLY)", [str(previous.restricted)])
        if not _has(connection, CORE_HOUSEHOLD__LINK):
            return 0
        found = _first(connection, _FIRST_RELINKED)
        return MAXYEAR if found is None else int(str(found))


def _has(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    query = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'before' AND table_name = ?"
    return bool(engine.read(connection, query, (table.name,)).item())


def _first(connection: duckdb.DuckDBPyConnection, query: str) -> object:
    answer: object = engine.read(connection, query).item()
    return answer
