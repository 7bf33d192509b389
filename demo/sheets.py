"""A workbook before it is written: grids of cells that dirt can be put on, as clerks do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

MARK = "DỮ LIỆU MÔ PHỎNG"
NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

Cell = str | int | float | date | None
Merge = tuple[int, int, int, int]


@dataclass
class Sheet:
    """One sheet; row indexes count from 0, so the spreadsheet shows them plus one.

    ``data`` maps a grid row to the row_id of the truth it carries; ``columns`` maps a column's key
    to its position; ``merges`` are first row, first column, last row, last column.
    """

    name: str
    grid: list[list[Cell]]
    columns: dict[str, int] = field(default_factory=dict)
    data: dict[int, int] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    header: range = range(0)
    bold: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)
    font: str = "Times New Roman"


@dataclass
class Book:
    """One file of the inbox; ``encoding`` and ``separator`` count for CSV only."""

    path: str
    sheets: list[Sheet]
    created: date
    file_type: Literal["xlsx", "csv"] = "xlsx"
    encoding: str = "utf-8-sig"
    separator: str = ","


def header_rows(paths: Sequence[tuple[str, ...]]) -> tuple[list[list[Cell]], list[Merge]]:
    """Merged header cells from one path of texts a column, upper cell first.

    Neighbours with the same upper texts share one cell; a short path reaches down to the last row.
    The merges count rows from the first header row.
    """
    depth = max(len(path) for path in paths)
    grid: list[list[Cell]] = [[None] * len(paths) for _ in range(depth)]
    merges: list[Merge] = []
    for level in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            stop = start + 1
            while stop < len(paths) and _same(paths[stop], path, level):
                stop += 1
            if level < len(path):
                grid[level][start] = path[level]
                last = depth - 1 if level == len(path) - 1 else level
                if last > level or stop - start > 1:
                    merges.append((level, start, last, stop - 1))
            start = stop
    return grid, merges


def _same(path: tuple[str, ...], other: tuple[str, ...], level: int) -> bool:
    return level < min(len(path), len(other)) - 1 and path[: level + 1] == other[: level + 1]


def letterhead(upper: str, lower: str, width: int) -> list[list[Cell]]:
    """The two head rows of an official document: who writes it, and the nation at the right."""
    right = max(width // 2, 2)
    rows: list[list[Cell]] = []
    for left, text in ((upper, NATION[0]), (lower, NATION[1])):
        rows.append([left, *[None] * (right - 1), text])
    return rows
