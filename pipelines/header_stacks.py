"""The header cells that stand over each column, merged cells read as the groups they are."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One header cell above a column.

    ``group_width`` counts the columns the cell stands over; ``is_own`` is false where it was
    filled in from the left.
    """

    text: str
    is_own: bool
    group_width: int


def stacks(rows: Sequence[Sequence[str | None]]) -> list[tuple[HeaderCell, ...]]:
    """The header cells above each column, group headers filled to the right under their parent."""
    width = len(rows[0])
    found: list[list[HeaderCell]] = [[] for _ in range(width)]
    starts_group = [False] * width
    for depth, row in enumerate(rows):
        may_fill = depth < len(rows) - 1
        starts_group = [known or row[place] is not None for place, known in enumerate(starts_group)]
        for start, text in enumerate(row):
            if text is None:
                continue
            end = start + 1
            while may_fill and end < width and not starts_group[end]:
                end += 1
            for place in range(start, end):
                found[place].append(HeaderCell(text, place == start, end - start))
    return [tuple(stack) for stack in found]
