"""What the vault remembers for linking: keyed hashes of names, and how pairs of households compared.

A household that is written to the vault again loses its place here, so that its new spelling is compared. Of
names and births nothing is kept in clear: hashes are equal where name and birth are, and tell nothing else.
"""

import sqlite3

import polars as pl

from warehouse.keys import Keys

SCHEMA = """
CREATE TABLE IF NOT EXISTS link_spelling (
    household_id TEXT PRIMARY KEY, spelling TEXT, person TEXT, number_length INTEGER, blocks TEXT
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS link_compared (
    one TEXT, other TEXT, is_same_name INTEGER, year_gap INTEGER, has_days INTEGER, is_digit INTEGER,
    PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS link_compared_other ON link_compared (other);
CREATE TABLE IF NOT EXISTS link_rules (version INTEGER);
"""
_COMPARED = {
    "one": pl.String(),
    "other": pl.String(),
    "is_same_name": pl.Boolean(),
    "year_gap": pl.Int64(),
    "has_days": pl.Boolean(),
    "is_digit": pl.Boolean(),
}
_SPELLING = {
    "household_id": pl.String(),
    "spelling": pl.String(),
    "person": pl.String(),
    "number_length": pl.Int64(),
    "blocks": pl.String(),
}


class LinkMemory:
    """The tables of linking inside an open vault, which commits them or not."""

    def __init__(self, base: sqlite3.Connection, keys: Keys) -> None:
        self._base, self._keys = base, keys

    def open(self, household_ids: pl.Series) -> pl.DataFrame:
        """household_id, name, number, birth in clear; they may not leave the memory of the build."""
        wanted = set(household_ids)
        rows = self._base.execute(
            "SELECT household_id, name, identity_number, birth FROM household"
        )
        found = [
            (household_id, *(self._clear(value) for value in sealed))
            for household_id, *sealed in rows
            if household_id in wanted
        ]
        schema = dict.fromkeys(("household_id", "name", "number", "birth"), pl.String())
        return pl.DataFrame(found, schema=schema, orient="row")

    def keep_rules(self, version: int) -> None:
        """Forget every comparison that was made under other rules."""
        known = self._base.execute("SELECT version FROM link_rules").fetchall()
        if known == [(version,)]:
            return
        for deletion in (
            "DELETE FROM link_spelling",
            "DELETE FROM link_compared",
            "DELETE FROM link_rules",
        ):
            self._base.execute(deletion)
        self._base.execute("INSERT INTO link_rules VALUES (?)", (version,))

    def keep_spellings(self, people: pl.DataFrame) -> None:
        """Hashes of ``people`` (household_id, key, year, day, number), now compared in
        all of ``blocks`` (codes with spaces between)."""
        hashes = {
            key: self._keys.pseudonym("spelling", key)
            for key in people["key"].drop_nulls().unique().to_list()
        }
        columns = ("household_id", "key", "year", "day", "number", "blocks")
        rows = (
            (
                household_id,
                hashes.get(key),
                self._keys.pseudonym("born", key, f"{year}-{day}") if key and day else None,
                len(number or ""),
                blocks,
            )
            for household_id, key, year, day, number, blocks in people.select(columns).iter_rows()
        )
        self._base.executemany("INSERT OR REPLACE INTO link_spelling VALUES (?, ?, ?, ?, ?)", rows)

    def spellings(self) -> pl.DataFrame:
        """household_id, spelling, person (name and whole birth date; null without one), number_length, blocks.

        ``blocks`` are the communes in which the household was compared with everybody, as a list.
        """
        rows = self._base.execute("SELECT * FROM link_spelling").fetchall()
        frame = pl.DataFrame(rows, schema=_SPELLING, orient="row")
        return frame.with_columns(pl.col("blocks").str.split(" "))

    def keep_only(self, places: pl.DataFrame) -> None:
        """Forget who no longer stands at all the (household_id, block) it was compared at.

        It was not compared with those who came since; if it comes back, it is compared as new.
        """
        known = self.spellings().select("household_id", block="blocks").explode("block")
        gone = known.join(places, on=["household_id", "block"], how="anti")
        self.forget(gone["household_id"].unique().to_list())

    def keep_compared(self, pairs: pl.DataFrame) -> None:
        """Keep how pairs compared; a pair compared again is replaced."""
        self._base.executemany(
            "INSERT OR REPLACE INTO link_compared VALUES (?, ?, ?, ?, ?, ?)",
            pairs.select(*_COMPARED).iter_rows(),
        )

    def compared(self) -> pl.DataFrame:
        """Every pair kept."""
        rows = self._base.execute("SELECT * FROM link_compared").fetchall()
        whole = {
            name: pl.Int64() if kind == pl.Boolean() else kind for name, kind in _COMPARED.items()
        }
        return pl.DataFrame(rows, schema=whole, orient="row").cast(_COMPARED)  # type: ignore[arg-type]

    def forget(self, household_ids: list[str]) -> None:
        """Drop what is known of households; they are compared anew if they are still listed."""
        if self._base.execute("SELECT 1 FROM link_spelling LIMIT 1").fetchone() is None:
            return
        each = [(household_id,) for household_id in household_ids]
        for deletion in (
            "DELETE FROM link_spelling WHERE household_id = ?",
            "DELETE FROM link_compared WHERE one = ?",
            "DELETE FROM link_compared WHERE other = ?",
        ):
            self._base.executemany(deletion, each)

    def _clear(self, sealed: bytes | None) -> str | None:
        return None if sealed is None else self._keys.decrypt(sealed).decode()
