"""What goes into reading a file and what comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import polars as pl

from pipelines.reasons import Reason
from pipelines.workbook import Limits

Form = str
"""One of ``reference.loading.FORMS``, or ``unknown``."""
Status = Literal["estimate", "preliminary", "official", "restated"]
Outcome = Literal["loaded", "partly", "refused", "duplicate"]


@dataclass(frozen=True, slots=True)
class InboxAnswer:
    """A line of ``inbox.csv``: what the sender answers where the file does not say it."""

    form: str | None = None
    unit_code: str | None = None
    period: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as received. ``path`` is relative to the inbox, with forward slashes."""

    path: str
    content: bytes
    answers: InboxAnswer | None = None


@dataclass(frozen=True, slots=True)
class ReadingContext:
    """What reading depends on besides the bytes and the reference data."""

    today: date
    limits: Limits = field(default_factory=Limits)
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class FileReading:
    """One file as read. Always ``rows_read == rows_loaded + rows_rejected + rows_not_data``.

    ``tables`` holds frames of the contract by table name, without ``household_id`` and
    ``reviewer_id`` but with the ``personal_*`` columns that the vault takes away. ``outcome`` is
    ``partly`` when a row was rejected; a ``refused`` or ``duplicate`` file has no tables.
    """

    path: str
    sha256: str
    outcome: Outcome
    form: Form = "unknown"
    layout: str | None = None
    era: str | None = None
    unit_code: str | None = None
    period: str | None = None
    status: Status | None = None
    document_number: str | None = None
    document_date: date | None = None
    rows_read: int = 0
    rows_loaded: int = 0
    rows_rejected: int = 0
    rows_not_data: int = 0
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    reasons: Sequence[Reason] = ()

    def __post_init__(self) -> None:
        accounted = self.rows_loaded + self.rows_rejected + self.rows_not_data
        if self.rows_read != accounted:
            raise AssertionError(f"{self.path}: {self.rows_read} rows read, {accounted} accounted")
