"""Notes and decisions of meetings: the one thing people write on the pages, kept outside all builds.

They stand in ``decisions.sqlite`` beside the pointer. Several people write at once: every call opens its own short
connection, SQLite lets one writer in after the other and readers see whole entries only. Nothing is ever changed or
deleted: what became of a decision is a follow-up of its own.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

Kind = Literal["note", "decision"]
Status = Literal["open", "late", "done"]

_FILE = "decisions.sqlite"
_WAIT_SECONDS = 20.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry (
    entry_id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('note', 'decision')),
    text TEXT NOT NULL,
    agency_id TEXT,
    due_date TEXT,
    indicator_id TEXT,
    measure TEXT,
    period TEXT,
    unit_era TEXT,
    unit_code TEXT,
    build_id TEXT NOT NULL,
    meeting TEXT NOT NULL,
    who TEXT NOT NULL,
    said_at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS follow_up (
    follow_up_id INTEGER PRIMARY KEY,
    entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
    is_done INTEGER NOT NULL CHECK (is_done IN (0, 1)),
    text TEXT NOT NULL,
    meeting TEXT NOT NULL,
    who TEXT NOT NULL,
    said_at TEXT NOT NULL
);
"""


class NotRecorded(ValueError):
    """The entry says too little to be kept; the message says what is missing, in Vietnamese."""


@dataclass(frozen=True)
class Figure:
    """What an entry speaks of: indicator of the plan, measure, period and unit of a figure."""

    indicator_id: str | None = None
    measure: str | None = None
    period: str | None = None
    unit_era: str | None = None
    unit_code: str | None = None


@dataclass(frozen=True)
class Said:
    """Where and by whom something was said: meeting (its slug), build on the screen, person."""

    meeting: str
    build_id: str
    who: str


@dataclass(frozen=True)
class FollowUp:
    """What a later meeting heard of a decision."""

    is_done: bool
    text: str
    meeting: str
    who: str
    said_at: datetime


@dataclass(frozen=True)
class Entry:
    """One note or decision; ``agency_id`` is a code of ``reference/agencies.csv``."""

    entry_id: int
    kind: Kind
    text: str
    agency_id: str | None
    due_date: date | None
    figure: Figure
    said: Said
    said_at: datetime
    follow_ups: tuple[FollowUp, ...] = field(default=())

    def status(self, today: date) -> Status:
        """Done once a follow-up says so; late when the due date is over; else open."""
        if self.follow_ups and self.follow_ups[-1].is_done:
            return "done"
        return "late" if self.due_date is not None and self.due_date < today else "open"


def add_note(data: Path, text: str, figure: Figure, said: Said) -> int:
    """Keep a note; the answer is its number.

    Raises:
        NotRecorded: no text.
    """
    return _add(data, "note", text, None, None, figure, said)


def add_decision(
    data: Path,
    text: str,
    agency_id: str,
    due_date: date,
    figure: Figure,
    said: Said,
    at: datetime | None = None,
) -> int:
    """Keep a decision said ``at`` a moment (now unless given); the answer is its number.

    Raises:
        NotRecorded: no text or no agency.
    """
    if not agency_id:
        raise NotRecorded("Cần chọn cơ quan chịu trách nhiệm.")
    return _add(data, "decision", text, agency_id, due_date, figure, said, at)


def follow_up(data: Path, entry_id: int, text: str, said: Said, *, is_done: bool) -> None:
    """Add what became of a decision.

    Raises:
        LookupError: there is no such decision.
    """
    with _writing(data) as connection:
        found = connection.execute(
            "SELECT 1 FROM entry WHERE entry_id = ? AND kind = 'decision'", (entry_id,)
        ).fetchone()
        if found is None:
            raise LookupError(f"Không có kết luận số {entry_id}.")
        connection.execute(
            "INSERT INTO follow_up (entry_id, is_done, text, meeting, who, said_at) VALUES (?, ?, ?, ?, ?, ?)",
            (entry_id, int(is_done), text.strip(), said.meeting, said.who, _now()),
        )


def entries(data: Path) -> list[Entry]:
    """Everything that was said, the oldest first, with its follow-ups in their order."""
    if not (data / _FILE).exists():
        return []
    with _connection(data) as connection:
        if not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = 'follow_up'"
        ).fetchone():
            # The first writer was stopped before it wrote.
            return []
        later: dict[int, list[FollowUp]] = {}
        for row in connection.execute("SELECT * FROM follow_up ORDER BY follow_up_id"):
            later.setdefault(row["entry_id"], []).append(_follow_up(row))
        rows = connection.execute("SELECT * FROM entry ORDER BY entry_id").fetchall()
    return [_entry(row, tuple(later.get(row["entry_id"], ()))) for row in rows]


def _add(
    data: Path,
    kind: Kind,
    text: str,
    agency_id: str | None,
    due_date: date | None,
    figure: Figure,
    said: Said,
    at: datetime | None = None,
) -> int:
    if not text.strip():
        raise NotRecorded("Cần ghi nội dung.")
    with _writing(data) as connection:
        added = connection.execute(
            """
            INSERT INTO entry (kind, text, agency_id, due_date, indicator_id, measure, period, unit_era,
                               unit_code, build_id, meeting, who, said_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            (
                *(kind, text.strip(), agency_id, due_date.isoformat() if due_date else None),
                *(figure.indicator_id, figure.measure, figure.period, figure.unit_era),
                *(figure.unit_code, said.build_id, said.meeting, said.who),
                at.isoformat(timespec="seconds") if at else _now(),
            ),
        )
        return int(added.lastrowid or 0)


@contextmanager
def _connection(data: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(data / _FILE, timeout=_WAIT_SECONDS, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection
    finally:
        connection.close()


@contextmanager
def _writing(data: Path) -> Iterator[sqlite3.Connection]:
    """One transaction that holds the writer's lock from its start: two writers wait for each other."""
    with _connection(data) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _entry(row: sqlite3.Row, follow_ups: tuple[FollowUp, ...]) -> Entry:
    return Entry(
        entry_id=row["entry_id"],
        kind=row["kind"],
        text=row["text"],
        agency_id=row["agency_id"],
        due_date=date.fromisoformat(row["due_date"]) if row["due_date"] else None,
        figure=Figure(
            row["indicator_id"], row["measure"], row["period"], row["unit_era"], row["unit_code"]
        ),
        said=Said(row["meeting"], row["build_id"], row["who"]),
        said_at=datetime.fromisoformat(row["said_at"]),
        follow_ups=follow_ups,
    )


def _follow_up(row: sqlite3.Row) -> FollowUp:
    said_at = datetime.fromisoformat(row["said_at"])
    return FollowUp(bool(row["is_done"]), row["text"], row["meeting"], row["who"], said_at)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
