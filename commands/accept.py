"""From files as read to rows of the build: number them, seal them, take the names away."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from commands.folder import DataFolder
from commands.terminal import complain
from pipelines.ingest import content_of
from pipelines.reading import FileReading
from warehouse.contract import CONTRACT_VERSION, Table
from warehouse.core_tables import (
    CORE_MODEL__PARTICIPANT,
    CORE_REVIEW__PERSON,
    CORE_SUPPORT__HOUSEHOLD,
)
from warehouse.quality_tables import (
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)
from warehouse.tables import CORE_TABLES

_RECOGNISED = (CORE_REVIEW__PERSON, CORE_MODEL__PARTICIPANT, CORE_SUPPORT__HOUSEHOLD)
_COVERAGE_KEY = ("submission_id", "era", "unit_code", "period", "status", "standard_id")


@dataclass(frozen=True)
class Known:
    """What the served build already holds."""

    submissions: pl.DataFrame
    paths: frozenset[tuple[str, str]]

    @property
    def last_number(self) -> int:
        """Highest file number given so far."""
        numbers = self.submissions["file_number"].to_list()
        return max(numbers, default=0)


def core_rows(folder: DataFolder, readings: Sequence[FileReading]) -> dict[Table, pl.DataFrame]:
    """Core rows of all readings without any name; the names go into the vault.

    Household lists go before lists of persons, participants and support, whose households are recognised
    by them.
    """
    rows: dict[Table, pl.DataFrame] = {}
    with folder.vault() as vault:
        for table in sorted(CORE_TABLES, key=lambda table: table in _RECOGNISED):
            frames = [
                reading.tables[table.name] for reading in readings if table.name in reading.tables
            ]
            if frames:
                together = pl.concat(frames, how="diagonal_relaxed")
                rows[table] = table.conform(vault.pseudonymise(table.name, together))
    return rows


def coverage(rows: dict[Table, pl.DataFrame], readings: Sequence[FileReading]) -> pl.DataFrame:
    """One row a commune in each submission (``is_current`` is settled by the warehouse)."""
    files = pl.DataFrame(
        [(each.sha256, each.form, each.period, each.status) for each in readings],
        schema=dict.fromkeys(("submission_id", "form", "period", "status"), pl.String()),
        orient="row",
    )
    forms = files.select("submission_id", "form")
    counted = [
        _of_file(frame, files).group_by(_COVERAGE_KEY).agg(row_count=pl.len().cast(pl.Int64))
        for frame in rows.values()
    ]
    if not counted:
        return QUALITY__COVERAGE.empty()
    together = pl.concat(counted).join(forms, on="submission_id").sort(*_COVERAGE_KEY)
    return QUALITY__COVERAGE.conform(together)


def _of_file(frame: pl.DataFrame, files: pl.DataFrame) -> pl.DataFrame:
    """The rows with the period and status of their file where the table carries none."""
    absent = [name for name in ("period", "status") if name not in frame.columns]
    if absent:
        frame = frame.join(files.select("submission_id", *absent), on="submission_id", how="left")
    if "standard_id" not in frame.columns:
        frame = frame.with_columns(standard_id=pl.lit(None, pl.String))
    return frame


def registry(
    readings: Sequence[FileReading], known: Known, numbers: dict[str, int]
) -> dict[Table, pl.DataFrame]:
    """Rows of ``quality__submission``, ``quality__received`` and ``quality__reason``.

    ``numbers`` keeps the file number of a submission that is read again.
    """
    now = datetime.now(UTC)
    following = known.last_number
    submitted: list[dict[str, object]] = []
    for reading in readings:
        if reading.outcome == "duplicate":
            continue
        if reading.sha256 not in numbers:
            following += 1
            numbers[reading.sha256] = following
        submitted.append(
            {
                **{name: getattr(reading, name) for name in _FACTS},
                "file_number": numbers[reading.sha256],
                "submission_id": reading.sha256,
                "file_name": reading.path,
                "received_at": now,
                "contract_version": CONTRACT_VERSION,
            }
        )
    received = [
        {"file_name": reading.path, "submission_id": reading.sha256, "received_at": now}
        for reading in readings
        if (reading.path, reading.sha256) not in known.paths
    ]
    reasons = [
        {"submission_id": reading.sha256, **asdict(reason), "told_by": "reader"}
        for reading in readings
        if reading.outcome != "duplicate"
        for reason in reading.reasons
    ]
    return {
        QUALITY__SUBMISSION: _frame(QUALITY__SUBMISSION, submitted),
        QUALITY__RECEIVED: _frame(QUALITY__RECEIVED, received),
        QUALITY__REASON: _frame(QUALITY__REASON, reasons),
    }


_FACTS = (
    "form",
    "layout",
    "era",
    "unit_code",
    "period",
    "status",
    "outcome",
    "rows_read",
    "rows_loaded",
    "rows_rejected",
    "rows_not_data",
    "document_number",
    "document_date",
)


def keep_files(
    folder: DataFolder, inbox: Path, readings: Sequence[FileReading]
) -> list[FileReading]:
    """Seal every file in the archive as it was received; the answer leaves out what the next build must read.

    That is a file which changed or went away since it was read, and its copies.
    """
    archive = folder.archive()
    moved = set[str]()
    for reading in readings:
        if reading.outcome == "duplicate" or archive.holds(reading.sha256):
            continue
        content = content_of(inbox / reading.path)
        if content is None or hashlib.sha256(content).hexdigest() != reading.sha256:
            complain(
                f"{reading.path}: tệp bị thay đổi trong lúc đọc nên chưa được nạp. Hãy chép xong rồi chạy lại."
            )
            moved.add(reading.sha256)
            continue
        archive.keep(reading.sha256, content)
    return [reading for reading in readings if reading.sha256 not in moved]


def _frame(table: Table, rows: list[dict[str, object]]) -> pl.DataFrame:
    present = {name: dtype for name, dtype in table.schema.items() if not rows or name in rows[0]}
    return pl.DataFrame(rows, schema=present, orient="row")
