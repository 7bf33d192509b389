"""How a form lies on paper: its letterhead, its signatures, and where its pages end.

A page never ends inside a unit (its rows of households and of persons) or a household, and the signatures are
never alone under an empty header: the last units go with them.
"""

from collections.abc import Callable, Sequence
from itertools import accumulate

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.sheet_layout import BOTTOM, LEFT, RIGHT, TOP, TYPE
from reports.table_file import safe
from reports.vietnamese import MADE_BY, NATION, SIGNED_BY

_ACROSS = {"A3": (1190.55, 841.89), "A4": (841.89, 595.28)}
"""Width and height in points of the paper that lies across."""
_INCH = 72
_SPARE = 0.96
"""Share of a page that is counted on: programs differ a little in how wide a column is."""
_WITH_SIGNATURES, _ROOM_TO_SIGN = 3, 4


def letterhead_rows(book: Workbook, page: Worksheet, width: int, sender: tuple[str, str]) -> None:
    """Two rows: who writes on the left, the nation and its motto on the right; ``width`` columns in all."""
    plain, bold, motto = (
        book.add_format({**TYPE, "align": "center", **more})
        for more in ({}, {"bold": True}, {"bold": True, "underline": 1})
    )
    middle = max(width // 2, 3)
    looks = ((plain, bold), (bold, motto))
    for line, (left, right) in enumerate(zip(sender, NATION, strict=True)):
        page.merge_range(line, 0, line, middle - 1, safe(left), looks[line][0])
        page.merge_range(line, middle, line, width - 1, right, looks[line][1])


def signature_rows(book: Workbook, page: Worksheet, top: int, width: int, dated: str) -> int:
    """Day, who made the form and who signs it, with room for stamp and signature; the row after them."""
    middle, last = width // 2, width - 1
    bold, italic = (
        book.add_format({**TYPE, "align": "center", more: True}) for more in ("bold", "italic")
    )
    page.merge_range(top, middle, top, last, dated, italic)
    for first, end, (who, how) in ((0, middle - 1, MADE_BY), (middle, last, SIGNED_BY)):
        page.merge_range(top + 1, first, top + 1, end, who, bold)
        page.merge_range(top + 2, first, top + 2, end, how, italic)
    return top + 3 + _ROOM_TO_SIGN


def points_per_page(paper: str, widths: Sequence[float]) -> float:
    """Points of rows that one page holds when columns of ``widths`` (in characters) fill its width."""
    wide, high = _ACROSS[paper]
    points = sum((int(width * 7 + 0.5) + 5) * 0.75 for width in widths)
    scale = min((wide - (LEFT + RIGHT) * _INCH) / points, 1)
    return (high - (TOP + BOTTOM) * _INCH) / scale * _SPARE


def page_starts(
    units: Sequence[float], head: float, repeated: float, tail: float, room: float
) -> list[int]:
    """Places of the units that begin a page after the first.

    Args:
        units: height of each unit.
        head: height of what stands over the first unit on the first page.
        repeated: height of the header on the pages after it.
        tail: height of what stands under the last unit.
        room: height of a page; all in points.
    """
    starts, used = list[int](), head
    for place, height in enumerate(units):
        if used + height > room and place:
            starts.append(place)
            used = repeated
        used += height
    first_of_last = starts[-1] if starts else 0
    moved = max(len(units) - _WITH_SIGNATURES, first_of_last + 1)
    if used + tail > room and moved < len(units):
        starts.append(moved)
    return starts


def break_pages(
    page: Worksheet,
    room: float,
    sizes: Sequence[int],
    lines: tuple[int, int, int],
    height_of: Callable[[int], float],
) -> None:
    """Set the page breaks of a form.

    Args:
        page: the sheet.
        room: points of rows that a page holds.
        sizes: how many rows each unit has.
        lines: first row of the table's header, first row of the body, the row after everything.
        height_of: height of a row in points.
    """
    header, body, end = lines

    def height(first: int, last: int) -> float:
        return sum(height_of(line) for line in range(first, last))

    begins = [body, *accumulate(sizes, initial=body)][1:]
    units = [height(line, line + size) for line, size in zip(begins, sizes, strict=False)]
    starts = page_starts(
        units, height(0, body), height(header, body), height(begins[-1], end), room
    )
    page.set_h_pagebreaks([begins[place] for place in starts])
