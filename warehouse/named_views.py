"""The one way to names: a list of households in clear, for a person known by sign-in, noted before it is shown.

The note says who saw which list of which build, when and how many rows; it is appended to a file that only the
owner of the data folder reads, and without it no name is opened.
"""

import json
import os
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import polars as pl

from warehouse.door import Door, NotAllowed
from warehouse.keys import Keys

ListKind = Literal["labour", "merit", "watch"]
LOG = "named_views.jsonl"


@dataclass(frozen=True)
class Wanted:
    """Which list: its kind and, for lists of poor households, review and standard."""

    kind: ListKind
    period: str
    standard: str


def named_households(
    door: Door, folder: Path, keys: Keys, who: str | None, wanted: Wanted
) -> pl.DataFrame:
    """The rows that the door gives this viewer, with ``name`` and ``birth`` in clear.

    Raises:
        NotAllowed: nobody signed in, or a role that may not see rows of households.
        OSError: the note could not be written; nothing is shown.
        KeyFileError: the keys do not open the vault.
    """
    if not who:
        raise NotAllowed("Danh sách có họ tên chỉ dành cho người đã đăng nhập.")
    rows = _pseudonymous(door, wanted)
    _note(folder / LOG, door, who, wanted, rows.height)
    names = clear_names(folder / "vault", keys, rows["household_id"].to_list())
    return rows.join(names, on="household_id", how="left", maintain_order="left")


def _pseudonymous(door: Door, wanted: Wanted) -> pl.DataFrame:
    if wanted.kind == "watch":
        return door.watched_households()
    return door.poor_households(
        wanted.period,
        standard=wanted.standard,
        labour=wanted.kind == "labour",
        merit=wanted.kind == "merit",
    )


def _note(log: Path, door: Door, who: str, wanted: Wanted, count: int) -> None:
    entry = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": who,
        "role": door.viewer.role,
        "units": list(door.viewer.scope),
        "list": wanted.kind,
        "period": wanted.period,
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
    base = sqlite3.connect(f"{(folder / 'vault.sqlite').absolute().as_uri()}?mode=ro", uri=True)
    try:
        found = []
        for household_id in household_ids:
            row = base.execute(
                "SELECT name, birth FROM household WHERE household_id = ?", (household_id,)
            ).fetchone()
            if row is not None:
                opened = (None if value is None else keys.decrypt(value).decode() for value in row)
                found.append((household_id, *opened))
    finally:
        base.close()
    schema = dict.fromkeys(("household_id", "name", "birth"), pl.String())
    return pl.DataFrame(found, schema=schema, orient="row")
