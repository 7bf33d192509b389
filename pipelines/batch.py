"""Files opened and understood as a whole, ready to have the rows of one form tidied together.

Many files go through Polars at once, because a file of thirty rows costs as much per operation as
one of thirty thousand. Reading stays a function of each file: nothing looks from one at another.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import polars as pl

from pipelines.layout import SheetTable, canonical_rows
from pipelines.reading import ReadingContext, Status
from pipelines.reasons import Reason
from pipelines.title import Identity


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file whose form, unit, period and status are known. ``tables`` are the sheets to read."""

    path: str
    sha256: str
    tables: tuple[SheetTable, ...]
    identity: Identity


@dataclass(frozen=True, slots=True)
class TidyFile:
    """The rows of one file below its headers: frames of the contract by name, counts, reasons.

    ``era``, ``unit_code`` and ``status`` are set where the rows say more than the title.
    """

    tables: Mapping[str, pl.DataFrame]
    loaded: int
    rejected: int
    reasons: Sequence[Reason]
    era: str | None = None
    unit_code: str | None = None
    status: Status | None = None


@dataclass(frozen=True)
class Batch:
    """Files of one form, their sheets numbered through."""

    files: Sequence[OpenFile]
    context: ReadingContext

    @cached_property
    def tables(self) -> list[SheetTable]:
        """Every sheet of every file."""
        return [table for file in self.files for table in file.tables]

    @cached_property
    def file_of_table(self) -> dict[int, int]:
        """Place of the file by number of the sheet."""
        owners = [place for place, file in enumerate(self.files) for _ in file.tables]
        return dict(enumerate(owners))

    def rows(self, columns: Sequence[str], presence: Sequence[str] = ()) -> pl.DataFrame:
        """The rows of all sheets: ``file``, ``table``, ``sheet``, ``row``, ``columns``.

        With them comes what :func:`pipelines.layout.canonical_rows` adds. A column that a sheet
        does not have is null there; ``has_<name>`` tells so for each column of ``presence``.
        """
        rows = pl.concat(
            [self._like(numbers, presence) for numbers in self._by_layout()], how="diagonal"
        ).sort("table", "row", maintain_order=True)
        numbers = list(range(len(self.tables)))
        missing = [pl.lit(None, pl.String).alias(c) for c in columns if c not in rows.columns]
        return rows.with_columns(
            pl.col("table").replace_strict(numbers, [self.file_of_table[n] for n in numbers],
                                           return_dtype=pl.Int64).alias("file"),
            pl.col("table").replace_strict(numbers, [table.name for table in self.tables],
                                           return_dtype=pl.String).alias("sheet"),
            *missing,
        )  # fmt: skip

    def _by_layout(self) -> list[list[int]]:
        """Numbers of the sheets, those with the same header together."""
        groups: dict[tuple[object, ...], list[int]] = {}
        for number, table in enumerate(self.tables):
            groups.setdefault((table.head, table.header and table.header.headings), []).append(
                number
            )
        return list(groups.values())

    def _like(self, numbers: Sequence[int], presence: Sequence[str]) -> pl.DataFrame:
        """The rows of sheets with the same header, and so the same columns."""
        tables = [self.tables[number] for number in numbers]
        owners = [[number] * self.tables[number].height for number in numbers]
        body = pl.DataFrame(
            {
                "row": _together(table.numbers for table in tables),
                "table": _together(owners),
                **{name: _together(t.body[name] for t in tables) for name in tables[0].body},
            },
            schema={
                "row": pl.Int64, "table": pl.Int64, **dict.fromkeys(tables[0].body, pl.String),
            },
        )  # fmt: skip
        has = {f"has_{name}": pl.lit(name in tables[0].columns) for name in presence}
        return canonical_rows(body, tables[0]).with_columns(**has)

    def identities(self) -> pl.DataFrame:
        """One row a file: ``file`` and the columns that every row of the contract takes from it."""
        return pl.DataFrame(
            [
                {
                    "file": place,
                    "submission_id": file.sha256,
                    "file_era": file.identity.era,
                    "file_unit_code": file.identity.unit_code,
                    "period": file.identity.period,
                    "status": file.identity.status,
                    "standard_id": file.identity.standard_id,
                }
                for place, file in enumerate(self.files)
            ],
            schema={
                "file": pl.Int64,
                **dict.fromkeys(
                    ("submission_id", "file_era", "file_unit_code", "period", "status",
                     "standard_id"), pl.String,
                ),
            },
        )  # fmt: skip


def _together(parts: Iterable[Sequence[object]]) -> list[object]:
    return list(chain.from_iterable(parts))
