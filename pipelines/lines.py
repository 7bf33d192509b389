"""Rows read one by one: what is wrong with each, and the second of its kind sent back."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import polars as pl

from pipelines.batch import TidyFile
from pipelines.layout import SheetTable
from pipelines.reasons import FIX_CELL, Kind, Reason


@dataclass
class SheetLine:
    """One row of a sheet and what its sender is told."""

    sheet: str
    row: int
    problems: list[Reason] = field(default_factory=list, kw_only=True)

    @property
    def is_rejected(self) -> bool:
        """Whether the row goes back to the sender."""
        return any(reason.kind == "rejected" for reason in self.problems)

    def tell(
        self, table: SheetTable, column: str, kind: Kind, found: str | None, expected: str
    ) -> None:
        """One remark on a cell of the row."""
        heading = table.heading(column)
        self.problems.append(Reason(self.sheet, self.row, heading, kind, found, expected, FIX_CELL))


Line = TypeVar("Line", bound=SheetLine)


def reject_repeated(
    lines: Sequence[Line],
    key: Callable[[Line], Hashable],
    told: Callable[[Line, Line], tuple[str, str, str, str]],
) -> None:
    """Send back every row whose ``key`` an earlier one has: nobody can know which of the two counts.

    A null key is no key. ``told`` makes heading, found, expected and what to do of the first and this row.
    """
    seen: dict[Hashable, Line] = {}
    for line in lines:
        own = None if line.is_rejected else key(line)
        if own is None or (first := seen.setdefault(own, line)) is line:
            continue
        heading, found, expected, todo = told(first, line)
        line.problems.append(
            Reason(line.sheet, line.row, heading, "rejected", found, expected, todo)
        )


def tidied(
    table: str, lines: Sequence[Line], frame: Callable[[Sequence[Line]], pl.DataFrame]
) -> TidyFile:
    """A file of ``lines``: those that nothing sends back are rows of ``table``."""
    loaded = [line for line in lines if not line.is_rejected]
    return TidyFile(
        tables={table: frame(loaded)} if loaded else {},
        loaded=len(loaded),
        rejected=len(lines) - len(loaded),
        reasons=[reason for line in lines for reason in line.problems],
    )
