"""The contract of a build: what a table and a column are, and the columns that several tables share.

Readers (Polars) must deliver the ``core_*`` tables in exactly these columns; measures (Ibis) may use nothing
else; the data dictionary is generated from these modules. ``result__*`` and ``dim__*`` only ever gain columns, so
that an old build opens in newer code. Bump ``CONTRACT_VERSION`` when a ``core_*`` table changes,
or when readers no longer keep what they kept (version 3: names in ``passed_on_to``): submissions accepted under
an older version are then read again from the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from reference.loading import indicators

CONTRACT_VERSION = 5

TEXT = pl.String()
INTEGER = pl.Int64()
DECIMAL = pl.Float64()
BOOLEAN = pl.Boolean()
DATE = pl.Date()
MOMENT = pl.Datetime("us", "UTC")
TEXT_LIST = pl.List(pl.String())

_IBIS_TYPES: dict[pl.DataType, str] = {
    TEXT: "string",
    INTEGER: "int64",
    DECIMAL: "float64",
    BOOLEAN: "boolean",
    DATE: "date",
    MOMENT: "timestamp('UTC')",
    TEXT_LIST: "array<string>",
}


@dataclass(frozen=True)
class Column:
    """One column: Polars type and meaning in English."""

    dtype: pl.DataType
    meaning: str


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a build: name, grain in words, and its columns in order."""

    name: str
    grain: str
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to Polars type, in order."""
        return {name: column.dtype for name, column in self.columns.items()}

    @property
    def ibis_schema(self) -> dict[str, str]:
        """Column name to Ibis type, in order."""
        return {name: _IBIS_TYPES[dtype] for name, dtype in self.schema.items()}

    def conform(self, rows: pl.DataFrame) -> pl.DataFrame:
        """``rows`` with exactly the contract's columns and types.

        Columns the source does not carry become null (missing, never zero); extra columns are an error.
        """
        extra = set(rows.columns) - set(self.columns)
        if extra:
            raise ValueError(f"{self.name} has no columns {sorted(extra)}")
        return rows.select(
            pl.col(name).cast(dtype)
            if name in rows.columns
            else pl.lit(None, dtype=dtype).alias(name)
            for name, dtype in self.schema.items()
        )

    def empty(self) -> pl.DataFrame:
        """No rows, the contract's schema."""
        return pl.DataFrame(schema=self.schema)


def table(name: str, grain: str, /, **columns: Column) -> Table:
    """A table with these columns in this order; ``grain`` says what one row is."""
    return Table(name, grain, MappingProxyType(columns))


ROW_KEY = {
    "submission_id": Column(TEXT, "SHA-256 of the file the row came from"),
    "sheet": Column(TEXT, "sheet of the workbook; 'csv' for a CSV file"),
    "row": Column(INTEGER, "row number that the spreadsheet shows"),
}
UNIT_KEY = {
    "era": Column(TEXT, "era of unit_code: 2020, 2024 or 2025"),
    "unit_code": Column(
        TEXT, "commune in force at the period (code of the statistics office, inside its era)"
    ),
}
PERIOD_KEY = {
    "period": Column(TEXT, "2024 = result of the yearly review, valid 31/12; 2025-08 = month"),
    "status": Column(TEXT, "estimate, preliminary, official or restated"),
}
HOUSEHOLD_KEY = {
    "household_id": Column(
        TEXT, "pseudonym: keyed hash of the household's identifiers; clear ones are in the vault"
    ),
}

DEPRIVATION_COLUMNS = tuple(f"deprivation_{indicator.code}" for indicator in indicators())
