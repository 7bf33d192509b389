"""How wide the columns of a printed table are where a line has not room for all: so that it is few lines high."""

from collections.abc import Sequence
from functools import cache
from math import ceil

_PADDING = 3
_EARLY = 1.1
"""Words break before the line is full."""
_FARTHEST = 12
"""No step is longer: so many characters for a line less are better spent elsewhere."""


def lines_in(text: str, width: int) -> int:
    """Lines that a text takes in a column of so many characters."""
    room = max(width - _PADDING, 1)
    return 1 if len(text) <= room else ceil(_EARLY * len(text) / room)


def width_for(length: int, lines: int) -> int:
    """The width in which a text of so many characters takes no more than so many lines."""
    return ceil(_EARLY * length / lines) + _PADDING


def fewest_lines(
    columns: Sequence[Sequence[str]], fewest: Sequence[int], most: Sequence[int], line: int
) -> tuple[int, ...]:
    """Widths between the fewest and the most that fill ``line`` characters.

    Each next step is the one that saves most lines of the table for its width. Where no column alone saves one, the
    column whose texts take most lines becomes a character wider, the narrowest of those that are equal.
    """

    @cache
    def heights(place: int, width: int) -> list[int]:
        return [lines_in(text, width) for text in columns[place]]

    def best_step(widths: Sequence[int], spare: int) -> tuple[int, int] | None:
        now = [heights(place, width) for place, width in enumerate(widths)]
        best, found = 0.0, None
        for place, own in enumerate(now):
            others = [max(rest) for rest in zip(*now[:place], *now[place + 1 :], strict=True)]
            before = sum(map(max, own, others))
            for more in range(1, min(spare, _FARTHEST, most[place] - widths[place]) + 1):
                after = sum(map(max, heights(place, widths[place] + more), others))
                if (before - after) / more > best:
                    best, found = (before - after) / more, (place, more)
        return found

    widths = list(fewest)
    while (spare := line - sum(widths)) > 0:
        open_ = [place for place, width in enumerate(widths) if width < most[place]]
        if not open_:
            break
        place, more = best_step(widths, spare) or (
            max(open_, key=lambda each: (sum(heights(each, widths[each])), -widths[each])),
            1,
        )
        widths[place] += more
    return tuple(widths)
