"""A build in the making: what the served build knows, plus what is new, before any figure is computed."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import polars as pl

from reference.periods import last_day
from warehouse import engine
from warehouse.builds import Build
from warehouse.contract import Table
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.dim_tables import DIM__PLACEMENT, DIM__PUBLISHED, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.quality_tables import (
    QUALITY__CHECK,
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)
from warehouse.tables import CORE_TABLES, RESULT_TABLES

# What a build hands on to the next one as it was received; verdicts are made anew.
_INHERITED = (
    *CORE_TABLES,
    QUALITY__SUBMISSION,
    QUALITY__RECEIVED,
    QUALITY__COVERAGE,
    QUALITY__REASON,
)
_OF_SUBMISSION = (*CORE_TABLES, QUALITY__COVERAGE, QUALITY__REASON)


def begin(path: Path, previous: Build | None, published: pl.DataFrame) -> None:
    """Create ``path``, a copy of ``previous`` with the dimensions of today.

    The links and figures of ``previous`` stand in it until others are computed.
    """
    if previous is not None:
        shutil.copyfile(previous.restricted, path)
    with engine.writing(path) as connection:
        engine.keep_only(connection, (*_INHERITED, CORE_HOUSEHOLD__LINK, *RESULT_TABLES))
        for table in _INHERITED:
            engine.bring_up_to_date(connection, table)
        # The gate judges every submission anew; why one was held stays with it.
        connection.execute(
            "DELETE FROM quality__reason WHERE told_by = 'gate' AND kind <> 'rejected'"
        )
        for table, rows in (
            (DIM__UNIT, dim_unit()),
            (DIM__PLACEMENT, dim_placement()),
            (DIM__TOUCH, dim_touch()),
            (DIM__PUBLISHED, published),
        ):
            engine.create(connection, table, rows)


def add(path: Path, rows: Mapping[Table, pl.DataFrame]) -> None:
    """Append rows to tables of the staging file and settle which versions are current."""
    with engine.writing(path) as connection:
        for table, frame in rows.items():
            engine.append(connection, table, frame)
        _settle_versions(connection)


def remove(path: Path, submission_ids: Sequence[str]) -> None:
    """Take out everything that came from some submissions (they will be read again)."""
    with engine.writing(path) as connection:
        for table in (*_OF_SUBMISSION, QUALITY__SUBMISSION):
            _delete(connection, table, submission_ids)


def forget_later(path: Path, day: date, *, is_simulated: bool) -> int:
    """Take out what was not known on ``day``: files whose document is dated later; the answer counts those left.

    A file without a dated document counts from the end of its period; one without either stays, and so does what had
    been received by that day. What was withdrawn later still counted on it. A simulated province receives all its
    years at once: there the days of receipt and of withdrawal tell nothing.
    """
    place = "Asia/Ho_Chi_Minh"
    with engine.writing(path) as connection:
        known = engine.read(
            connection,
            "SELECT submission_id, document_date, period, outcome, received_at FROM quality__submission",
        ).with_columns(
            known=pl.coalesce(
                "document_date",
                pl.col("period").map_elements(last_day, return_dtype=pl.Date(), skip_nulls=True),
            ),
            received=pl.col("received_at").dt.convert_time_zone(place).dt.date(),
        )
        if not is_simulated:
            known = known.with_columns(known=pl.min_horizontal("known", "received"))
            over = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(place))
            connection.execute(
                """
                UPDATE quality__submission SET withdrawn_at = NULL, withdrawn_reason = NULL
                WHERE withdrawn_at >= ?
                """,
                [over],
            )
        later = known.filter(pl.col("known") > day)["submission_id"].to_list()
        for table in (*_OF_SUBMISSION, QUALITY__SUBMISSION, QUALITY__RECEIVED):
            _delete(connection, table, later)
        _settle_versions(connection)
    left = known.filter(~pl.col("submission_id").is_in(later))
    return left.filter(pl.col("outcome").is_in(["loaded", "partly"])).height


def hold(path: Path, submission_ids: Iterable[str], reasons: pl.DataFrame) -> None:
    """Hold submissions back whole: their rows leave the core and count as rejected, with the reasons."""
    held = list(submission_ids)
    with engine.writing(path) as connection:
        for table in (*CORE_TABLES, QUALITY__COVERAGE):
            _delete(connection, table, held)
        connection.execute(
            """
            UPDATE quality__submission
            SET outcome = 'held', rows_rejected = rows_rejected + rows_loaded, rows_loaded = 0
            WHERE list_contains(?::VARCHAR[], submission_id)
            """,
            [held],
        )
        engine.append(connection, QUALITY__REASON, _told_by_gate(reasons))
        _settle_versions(connection)


def record(path: Path, questions: pl.DataFrame | None, checks: pl.DataFrame) -> None:
    """Keep what a gate found: questions to the senders and verdicts."""
    with engine.writing(path) as connection:
        if questions is not None:
            engine.append(connection, QUALITY__REASON, _told_by_gate(questions))
        engine.append(connection, QUALITY__CHECK, checks)


def reasons_by_submission(path: Path) -> dict[str, list[dict[str, object]]]:
    """Reasons of each submission, in the order of sheets and rows."""
    with engine.writing(path) as connection:
        rows = engine.read(
            connection,
            'SELECT * FROM quality__reason ORDER BY submission_id, sheet, "row" NULLS FIRST, "column"',
        )
    found: dict[str, list[dict[str, object]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row.pop("submission_id"), []).append(row)
    return found


def withdraw(path: Path, submission_id: str, reason: str, at: datetime) -> None:
    """Withdraw one submission: it stays readable in older builds and no longer counts."""
    with engine.writing(path) as connection:
        connection.execute(
            "UPDATE quality__submission SET withdrawn_at = ?, withdrawn_reason = ? WHERE submission_id = ?",
            [at, reason, submission_id],
        )
        _settle_versions(connection)


def submissions(path: Path) -> pl.DataFrame:
    """All submissions of a build file, oldest first, with ``is_superseded`` (none of its units is current)."""
    with engine.writing(path) as connection:
        return engine.read(
            connection,
            """
            SELECT s.*, coalesce(c.is_superseded, false) AS is_superseded
            FROM quality__submission s
            LEFT JOIN (
                SELECT submission_id, NOT bool_or(is_current) AS is_superseded
                FROM quality__coverage GROUP BY submission_id
            ) c USING (submission_id)
            ORDER BY s.file_number
            """,
        )


def table(path: Path, wanted: Table) -> pl.DataFrame:
    """All rows of one table of a build file."""
    with engine.writing(path) as connection:
        return engine.whole(connection, wanted)


def _settle_versions(connection: duckdb.DuckDBPyConnection) -> None:
    """The newest accepted submission of each commune, form, period, status and standard is current.

    A detailed list is of the poor (form 15), of the near-poor (form 14) or of both: it replaces older lists
    that have a class in common with it.
    """
    connection.execute(
        """
        UPDATE quality__coverage SET is_current = newest.is_newest
        FROM (
            WITH listed AS (
                SELECT DISTINCT submission_id, era, unit_code, class_code FROM core_review__person
            ), placed AS (
                SELECT c.submission_id, c.form, c.era, c.unit_code, c.period, c.status, c.standard_id,
                    s.withdrawn_at IS NULL AND row_number() OVER (
                        PARTITION BY c.form, c.era, c.unit_code, c.period, c.status, c.standard_id,
                            p.class_code
                        ORDER BY s.withdrawn_at IS NULL DESC, s.file_number DESC) = 1 AS is_newest
                FROM quality__coverage c
                JOIN quality__submission s USING (submission_id)
                LEFT JOIN listed p
                    ON c.form = 'person_list' AND p.submission_id = c.submission_id
                    AND p.era = c.era AND p.unit_code = c.unit_code
            )
            SELECT * EXCLUDE (is_newest), bool_and(is_newest) AS is_newest FROM placed GROUP BY ALL
        ) newest
        WHERE quality__coverage.submission_id = newest.submission_id
          AND quality__coverage.form = newest.form
          AND quality__coverage.era = newest.era
          AND quality__coverage.unit_code = newest.unit_code
          AND quality__coverage.period = newest.period
          AND quality__coverage.status = newest.status
          AND quality__coverage.standard_id IS NOT DISTINCT FROM newest.standard_id
        """
    )
    connection.execute("UPDATE quality__coverage SET is_current = false WHERE is_current IS NULL")


def _told_by_gate(reasons: pl.DataFrame) -> pl.DataFrame:
    return reasons.with_columns(told_by=pl.lit("gate"))


def _delete(
    connection: duckdb.DuckDBPyConnection, table: Table, submission_ids: Sequence[str]
) -> None:
    engine.delete_submissions(connection, table, submission_ids)
