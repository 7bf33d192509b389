"""Columns read cell by cell with a plain Python function, once a distinct content.

A function with a few patterns is easier to check than nested column expressions, and on the lists
of communes (some dozens of rows, a thousand files) much faster: an expression pays for compiling
its patterns at every use.
"""

from collections.abc import Callable, Mapping, Sequence

import polars as pl
from polars.datatypes import DataType, DataTypeClass

Cell = str | int | None
Fields = Mapping[str, DataType | DataTypeClass]
"""Names and types of the struct that a reader fills."""


def read_cells(
    columns: Sequence[pl.Expr],
    read: Callable[..., tuple[object, ...]],
    fields: Fields,
) -> pl.Expr:
    """A struct column: ``read`` of the cells of each row, one element a field of ``fields``."""

    def structs(cells: Sequence[pl.Series]) -> pl.Series:
        if len(cells) == 1 and cells[0].n_unique() < len(cells[0]) // 2:
            return by_content(cells[0])
        return table(cells).to_struct(cells[0].name)

    def table(cells: Sequence[pl.Series]) -> pl.DataFrame:
        rows: list[tuple[Cell, ...]] = list(
            zip(*(column.to_list() for column in cells), strict=True)
        )
        known = {row: read(*row) for row in set(rows)}
        found = list(zip(*(known[row] for row in rows), strict=True)) or [()] * len(fields)
        return pl.DataFrame(
            [
                pl.Series(name, values, dtype=kind)
                for (name, kind), values in zip(fields.items(), found, strict=True)
            ]
        )

    def by_content(cells: pl.Series) -> pl.Series:
        """For a column whose contents repeat, without touching each row."""
        contents = cells.unique()
        meanings = contents.to_frame("cell").hstack(table([contents]))
        rows = cells.to_frame("cell").join(
            meanings, on="cell", how="left", nulls_equal=True, maintain_order="left"
        )
        return rows.drop("cell").to_struct(cells.name)

    return pl.map_batches(list(columns), structs, return_dtype=pl.Struct(dict(fields)))
