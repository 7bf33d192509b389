"""The vault: who the households are, encrypted per field, outside all builds.

Builds hold pseudonyms only, so joins, diffs, frozen builds and key rotation never touch a name, and deleting a
person is one deletion here. ``household_id`` comes from the identity number where there is a usable one, else
from name, birth year, village and commune. A row without a number takes the id of the one household that the
same name, birth year and commune already lead to; two such households lead nowhere (never forced). Of two
spellings of a name the longer one is kept, and a birth date rather than a year: linking has more to go by.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from warehouse.keys import Keys
from warehouse.link_memory import SCHEMA as LINK_SCHEMA
from warehouse.link_memory import LinkMemory
from warehouse.recognition import YEAR_LETTERS, recognised

PERSONAL_COLUMNS = (
    "personal_name",
    "personal_identity_number",
    "personal_birth",
    "personal_reviewer",
    "personal_head_name",
    "personal_head_birth",
)

# Hashes come in no order: with the two megabytes that SQLite keeps by itself, each finds its page gone.
_IN_MEMORY = "PRAGMA cache_size = -131072;"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS household (
    household_id TEXT PRIMARY KEY, name BLOB, identity_number BLOB, birth BLOB);
DROP TABLE IF EXISTS member;
CREATE TABLE IF NOT EXISTS listed_person (
    submission_id TEXT, sheet TEXT, "row" INTEGER, household_id TEXT, name BLOB, identity_number BLOB,
    birth BLOB, PRIMARY KEY (submission_id, sheet, "row"));
CREATE INDEX IF NOT EXISTS listed_person_household ON listed_person (household_id);
CREATE TABLE IF NOT EXISTS link_key (
    kind TEXT, key TEXT, household_id TEXT, PRIMARY KEY (kind, key, household_id));
CREATE INDEX IF NOT EXISTS link_key_household ON link_key (household_id);
"""
_STORED_LINKS = {
    "key": """
        SELECT key, household_id FROM link_key
        WHERE kind = ? AND key IN (SELECT value FROM json_each(?))""",
    "household_id": """
        SELECT key, household_id FROM link_key
        WHERE kind = ? AND household_id IN (SELECT value FROM json_each(?))""",
}


VaultError = sqlite3.Error
"""What its file may raise, a full or closed disk among it."""


class Vault:
    """An open vault. Use as a context manager; what was written is committed at the end, or not at all."""

    def __init__(self, folder: Path, keys: Keys) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._keys = keys
        self._base = sqlite3.connect(folder / "vault.sqlite")
        self._base.executescript(_IN_MEMORY + _SCHEMA + LINK_SCHEMA)
        self.memory = LinkMemory(self._base, keys)

    def __enter__(self) -> "Vault":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._base.commit()
        self._base.close()

    def pseudonymise(self, table: str, rows: pl.DataFrame) -> pl.DataFrame:
        """``rows`` without their ``personal_*`` columns, with ``household_id`` and ``reviewer_id``.

        Clear values go into the vault, encrypted. ``table`` is the core table the rows are for.
        """
        if "personal_name" not in rows.columns:
            return rows
        if table == "core_review__person":
            identified = self._identify(
                rows, "personal_head_name", "personal_head_birth", number=None
            )
            self._keep_persons(identified)
        else:
            identified = self._identify(
                rows, "personal_name", "personal_birth", number="personal_identity_number"
            )
            self._keep_households(identified)
        if table == "core_review__household":
            has_number = pl.col("personal_identity_number").is_not_null()
            identified = identified.with_columns(is_numbered=has_number)
        if "personal_reviewer" in rows.columns:
            identified = identified.with_columns(
                reviewer_id=self._pseudonyms(identified, "reviewer", "personal_reviewer")
            )
        return identified.drop(
            *(name for name in PERSONAL_COLUMNS if name in identified.columns),
            "link_key",
            "date_key",
        )

    def forget(self, household_id: str) -> None:
        """Delete every clear value and link key of one household."""
        for deletion in (
            "DELETE FROM household WHERE household_id = ?",
            "DELETE FROM listed_person WHERE household_id = ?",
            "DELETE FROM link_key WHERE household_id = ?",
        ):
            self._base.execute(deletion, (household_id,))
        self.memory.forget([household_id])

    def _identify(
        self, rows: pl.DataFrame, name: str, birth: str, number: str | None
    ) -> pl.DataFrame:
        """Adds ``household_id``, ``link_key`` (name, birth year, commune) and ``date_key`` (name, birth date)."""
        folded = (
            pl.col(name)
            .str.normalize("NFC")
            .str.to_lowercase()
            .str.replace_all(r"\s+", " ")
            .str.strip_chars()
        )
        village = (
            pl.col("village_name").cast(pl.String())
            if "village_name" in rows.columns
            else pl.lit(None, dtype=pl.String())
        )
        birth_text = pl.col(birth).cast(pl.String)
        identifiers = rows.select(
            name=folded.fill_null(""),
            birth=birth_text.fill_null(""),
            village=village.str.to_lowercase().fill_null(""),
            unit=pl.concat_str("era", "unit_code", separator=":"),
            number=pl.col(number) if number else pl.lit(None, dtype=pl.String()),
        )
        # A household stands on a list every year: each of its keys is made once.
        hashed = cache(self._keys.pseudonym)
        made = [_keys_of(hashed, *person) for person in identifiers.rows()]
        keys = dict.fromkeys(("link_key", "date_key", "own_id"), pl.String())
        rows = rows.hstack(pl.DataFrame(made, schema=keys, orient="row")).with_columns(
            numbered=identifiers["number"].is_not_null()
        )
        numbered = rows.filter("numbered")
        asked = rows.filter(~pl.col("numbered")).select("link_key", "date_key").unique()
        named = self._links("name", "link_key", numbered, "key", asked["link_key"])
        named = named.join(asked, on="link_key", how="semi")
        born = self._links("date", "date_key", numbered, "household_id", named["linked_id"])
        known = recognised(asked, named, born)
        return (
            rows.join(known, on=["link_key", "date_key"], how="left", nulls_equal=True,
                      maintain_order="left")
            .with_columns(
                household_id=pl.when("numbered")
                .then("own_id")
                .otherwise(pl.coalesce("linked_id", "own_id"))
            )
            .drop("own_id", "numbered", "linked_id")
        )  # fmt: skip

    def _links(
        self, kind: str, key: str, numbered: pl.DataFrame, by: str, wanted: pl.Series
    ) -> pl.DataFrame:
        """(``key``, linked_id): where keys of one kind lead.

        Of the stored ones those whose column ``by`` (key or household_id) is ``wanted``, and all of the new.
        """
        stored = pl.DataFrame(
            self._base.execute(
                _STORED_LINKS[by], (kind, json.dumps(wanted.unique().to_list()))
            ).fetchall(),
            schema={key: pl.String(), "linked_id": pl.String()},
            orient="row",
        )
        fresh = numbered.select(key, linked_id="own_id").drop_nulls()
        return pl.concat([stored, fresh]).unique()

    def _keep_households(self, rows: pl.DataFrame) -> None:
        columns = ("household_id", "personal_name", "personal_identity_number", "personal_birth")
        fullest = rows.group_by("household_id", maintain_order=True).agg(
            pl.col(name).cast(pl.String).sort_by(_length(name), name).last() for name in columns[1:]
        )
        self._base.executemany(
            """
            INSERT INTO household VALUES (?, ?, ?, ?) ON CONFLICT (household_id) DO UPDATE SET
                name = CASE WHEN length(name) > length(excluded.name) THEN name
                    ELSE coalesce(excluded.name, name) END,
                identity_number = coalesce(excluded.identity_number, identity_number),
                birth = CASE WHEN length(birth) > length(excluded.birth) THEN birth
                    ELSE coalesce(excluded.birth, birth) END
            """,
            self._sealed(fullest.select(columns), clear=1),
        )
        self.memory.forget(fullest["household_id"].to_list())
        for kind, key in (("name", "link_key"), ("date", "date_key")):
            links = rows.select(pl.lit(kind), key, "household_id").drop_nulls().unique().sort(key)
            self._base.executemany("INSERT OR IGNORE INTO link_key VALUES (?, ?, ?)", links.rows())

    def _keep_persons(self, rows: pl.DataFrame) -> None:
        """A person stands under the row of the list: heads of one name and birth lead to one household."""
        columns = (
            "submission_id", "sheet", "row", "household_id", "personal_name",
            "personal_identity_number", "personal_birth",
        )  # fmt: skip
        self._base.executemany(
            "INSERT OR REPLACE INTO listed_person VALUES (?, ?, ?, ?, ?, ?, ?)",
            self._sealed(rows.select(columns), clear=4),
        )

    def _sealed(self, rows: pl.DataFrame, clear: int) -> Iterable[tuple[object, ...]]:
        """Rows with all but the first ``clear`` fields encrypted; missing stays missing."""
        columns = [column.to_list() for column in rows.get_columns()]
        return zip(*columns[:clear], *map(self._sealed_each, columns[clear:]), strict=True)

    def _sealed_each(self, values: Sequence[str | None]) -> list[bytes | None]:
        sealed = iter(self._keys.encrypt_each([v.encode() for v in values if v is not None]))
        return [None if value is None else next(sealed) for value in values]

    def _pseudonyms(self, rows: pl.DataFrame, kind: str, column: str) -> pl.Series:
        named = {
            value: self._keys.pseudonym(kind, value) for value in rows[column].drop_nulls().unique()
        }
        return pl.Series([named.get(value) for value in rows[column]], dtype=pl.String())


def _keys_of(
    hashed: Callable[..., str], name: str, birth: str, village: str, unit: str, number: str | None
) -> tuple[str, str | None, str]:
    """Key of name, birth year and commune; of name and birth date, where there is one; id of the row itself."""
    is_date = len(birth) == len("2000-12-31")
    return (
        hashed("name", unit, name, birth[:4]),
        hashed("year", name, birth[:4])[:YEAR_LETTERS] + hashed("date", name, birth)[:YEAR_LETTERS]
        if is_date
        else None,
        hashed("number", number) if number else hashed("person", unit, name, birth, village),
    )


def _length(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.len_bytes()
