"""Files opened and understood as a whole, ready to have the rows of one form tidied together.

Many files go through Polars at once, because a file of thirty rows costs as much per operation as
one of thirty thousand. Reading stays a function of each file: nothing looks from one at another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pipelines.layout import SheetTable
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
        """The rows of all sheets: ``file``, ``table``, ``sheet``, the layout's own, ``columns``.

        A column that a sheet does not have is null there; ``has_<name>`` tells so for each column
        of ``presence``.
        """
        frames = [
            table.rows.with_columns(
                pl.lit(self.file_of_table[number], pl.Int64).alias("file"),
                pl.lit(number, pl.Int64).alias("table"),
                pl.lit(table.name).alias("sheet"),
                *(pl.lit(name in table.columns).alias(f"has_{name}") for name in presence),
            )
            for number, table in enumerate(self.tables)
        ]
        rows = pl.concat(frames, how="diagonal")
        missing = [pl.lit(None, pl.String).alias(c) for c in columns if c not in rows.columns]
        return rows.with_columns(missing)

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
