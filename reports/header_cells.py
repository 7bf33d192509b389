"""Merged header cells of a form from one path of texts a column."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Block:
    """One header cell, maybe over several rows and columns; all four counted from 0, ends included."""

    text: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


def header_blocks(paths: Sequence[tuple[str, ...]], depth: int) -> list[Block]:
    """Neighbours with the same upper texts share a cell; a short path reaches down to the last row."""
    blocks: list[Block] = []
    for row in range(depth):
        start = 0
        while start < len(paths):
            path = paths[start]
            stop = start + 1
            while stop < len(paths) and _same(paths[stop], path, row):
                stop += 1
            if row < len(path):
                last = depth - 1 if row == len(path) - 1 else row
                blocks.append(Block(path[row], row, start, last, stop - 1))
            start = stop
    return blocks


def _same(path: tuple[str, ...], other: tuple[str, ...], row: int) -> bool:
    return row < min(len(path), len(other)) - 1 and path[: row + 1] == other[: row + 1]
