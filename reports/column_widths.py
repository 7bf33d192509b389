"""How wide the columns of a printed table are where a line has not room for all: so that it is few lines high."""

from collections.abc import Sequence
from itertools import product
from math import ceil

_PADDING = 3
_EARLY = 1.1
"""Words break before the line is full."""
_FARTHEST = 12
"""A column that needs more than so many characters for one line less does not get them."""


def lines_in(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many characters."""
    room = max(width - _PADDING, 1)
    return 1 if len(text) <= room else ceil(_EARLY * len(text) / room)


def fewest_lines(
    columns: Sequence[Sequence[str]], fewest: Sequence[int], most: Sequence[int], line: int
) -> tuple[int, ...]:
    """Widths between the fewest and the most that fill ``line`` characters: each next step is the one that saves
    most lines for its width. What is left when no step saves any goes to the columns that are most lines long.
    """
    widths = list(fewest)
    while step := _best_step(columns, widths, most, line - sum(widths)):
        place, more = step
        widths[place] += more
    lines = [
        sum(lines_in(text, width) for text in column)
        for column, width in zip(columns, widths, strict=True)
    ]
    for place in sorted(range(len(widths)), key=lines.__getitem__, reverse=True):
        widths[place] += max(0, min(most[place] - widths[place], line - sum(widths)))
    return tuple(widths)


def _best_step(
    columns: Sequence[Sequence[str]], widths: Sequence[int], most: Sequence[int], spare: int
) -> tuple[int, int] | None:
    """(column, characters more) of the step that saves most for its width; None where none saves a line."""
    heights = [
        [lines_in(text, width) for text in column]
        for column, width in zip(columns, widths, strict=True)
    ]
    tallest = [max(cells) for cells in zip(*heights, strict=True)]
    best, found = 0.0, None
    for place, more in product(range(len(widths)), range(1, min(spare, _FARTHEST) + 1)):
        if widths[place] + more > most[place]:
            continue
        saved = 0
        for text, height, top in zip(columns[place], heights[place], tallest, strict=True):
            less = height - lines_in(text, widths[place] + more)
            # A line less counts double in the cell that makes its row as high as it is.
            saved += less * (2 if height == top else 1)
        if saved / more > best:
            best, found = saved / more, (place, more)
    return found
