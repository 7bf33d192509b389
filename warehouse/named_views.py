"""The one way to names: a list of households in clear, for a person known by sign-in, noted before it is shown.

The note says who saw which list of which build, when and how many rows; it is appended to a file that only the
owner of the data folder reads, and without it no name is opened.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from reference.loading import era_at
from reference.periods import last_day
from warehouse.door import Door, NotAllowed
from warehouse.keys import Keys

ListKind = Literal["labour", "merit", "watch", "form_14", "form_15"]
LOG = "named_views.jsonl"
_FILE = "vault.sqlite"
_HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
_HOUSEHOLDS, _PERSONS = "household", "listed_person"
"""Tables of the vault; one made before an upgrade may lack the newer of them."""
_CLASS_OF_FORM: Mapping[ListKind, str] = {"form_14": "near_poor", "form_15": "poor"}


class NamesNotKept(LookupError):
    """The vault has no names of this kind yet; the message says what to do, in Vietnamese."""


@dataclass(frozen=True)
class Wanted:
    """Which list: its kind; for lists of poor households review and standard, for a form the commune, too."""

    kind: ListKind
    period: str
    standard: str = ""
    unit_code: str | None = None


def named_households(
    door: Door, folder: Path, keys: Keys, who: str | None, wanted: Wanted
) -> pl.DataFrame:
    """The rows that the door gives this viewer, with ``name`` and ``birth`` in clear.

    Raises:
        NotAllowed: nobody signed in, or a role that may not see rows of households.
        NamesNotKept: no build has written such names yet; nothing is noted.
        OSError: the note could not be written; nothing is shown.
        KeyFileError: the keys do not open the vault.
    """
    if not who:
        raise NotAllowed("Danh sách có họ tên chỉ dành cho người đã đăng nhập.")
    rows = _pseudonymous(door, wanted)
    _refuse_without(_HOUSEHOLDS, folder / "vault")
    _note(folder / LOG, door, who, wanted, rows.height)
    names = clear_names(folder / "vault", keys, rows["household_id"].to_list())
    return rows.join(names, on="household_id", how="left", maintain_order="left")


def named_persons(
    door: Door, folder: Path, keys: Keys, who: str | None, wanted: Wanted
) -> pl.DataFrame:
    """Every person on one commune's form 14 or 15, with ``name`` and ``birth`` in clear.

    Raises:
        NotAllowed: nobody signed in, or a role that may not see rows of persons.
        NamesNotKept: no build has written such names yet, as right after an upgrade; nothing is noted.
        OSError: the note could not be written; nothing is shown.
        KeyFileError: the keys do not open the vault.
    """
    if not who or wanted.unit_code is None:
        raise NotAllowed("Danh sách có họ tên chỉ dành cho người đã đăng nhập.")
    class_code = _CLASS_OF_FORM[wanted.kind]
    era = era_at(last_day(wanted.period))
    rows = door.person_rows(wanted.period, era, wanted.unit_code).filter(
        pl.col("class_code") == class_code
    )
    _refuse_without(_PERSONS, folder / "vault")
    _note(folder / LOG, door, who, wanted, rows.height)
    names = clear_persons(folder / "vault", keys, rows["submission_id"].unique().to_list())
    return rows.join(names, on=["submission_id", "sheet", "row"], how="left", maintain_order="left")


def _pseudonymous(door: Door, wanted: Wanted) -> pl.DataFrame:
    if wanted.kind == "watch":
        return door.watched_households()
    return door.poor_households(
        wanted.period,
        standard=wanted.standard,
        labour=wanted.kind == "labour",
        merit=wanted.kind == "merit",
    )


def _refuse_without(table: str, vault: Path) -> None:
    if (vault / _FILE).is_file():
        with closing(_connected(vault)) as base:
            if base.execute(_HAS_TABLE, (table,)).fetchone():
                return
    raise NamesNotKept(
        "Kho họ tên chưa có họ tên của danh sách này: chạy lại lệnh build một lần rồi mở lại."
    )


def _note(log: Path, door: Door, who: str, wanted: Wanted, count: int) -> None:
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "role": door.viewer.role,
        "units": list(door.viewer.scope),
        "list": wanted.kind,
        "period": wanted.period,
        "unit": wanted.unit_code,
        "rows": count,
        "build_id": door.build.build_id,
    }
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(entry, ensure_ascii=False) + "\n")
        file.flush()
        os.fsync(file.fileno())


def clear_names(folder: Path, keys: Keys, household_ids: Iterable[str]) -> pl.DataFrame:
    """household_id, name and birth of some households in clear; nothing is written.

    Called by :func:`named_households` only, after the view was noted.
    """
    query = "SELECT household_id, name, birth FROM household WHERE household_id = ?"
    found = _opened(folder, keys, query, household_ids, clear=1)
    schema = dict.fromkeys(("household_id", "name", "birth"), pl.String())
    return pl.DataFrame(found, schema=schema, orient="row")


def clear_persons(folder: Path, keys: Keys, submission_ids: Iterable[str]) -> pl.DataFrame:
    """submission_id, sheet, row, name and birth of the persons on some detailed lists; nothing is written.

    Called by :func:`named_persons` only, after the view was noted.
    """
    query = (
        'SELECT submission_id, sheet, "row", name, birth FROM listed_person WHERE submission_id = ?'
    )
    found = _opened(folder, keys, query, submission_ids, clear=3)
    schema = {"submission_id": pl.String(), "sheet": pl.String(), "row": pl.Int64()}
    return pl.DataFrame(
        found, schema=schema | dict.fromkeys(("name", "birth"), pl.String()), orient="row"
    )


def _opened(
    folder: Path, keys: Keys, query: str, asked: Iterable[str], *, clear: int
) -> list[tuple[object, ...]]:
    """Rows of the vault with all but the first ``clear`` fields opened; missing stays missing."""
    with closing(_connected(folder)) as base:
        return [
            (*row[:clear], *(None if v is None else keys.decrypt(v).decode() for v in row[clear:]))
            for one in asked
            for row in base.execute(query, (one,))
        ]


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / _FILE).absolute().as_uri()}?mode=ro", uri=True)
