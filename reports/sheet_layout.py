"""How the sheets of a workbook lie on paper: one face, across, as wide as the page, marked above and below."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

TYPE = {"font_name": "Times New Roman", "font_size": 11, "font_scheme": "none"}
"""Of no theme: a program would put the theme's own face in its place."""
LINE_HEIGHT = 15.0
"""Height in points of a row that has none of its own."""
LEFT, RIGHT, TOP, BOTTOM = 0.6, 0.4, 0.7, 0.6
"""Margins in inches."""
PAPERS = {"A3": 8, "A4": 9}
_CODE_SIGN = "&"


def new_book(target: BytesIO) -> Workbook:
    """A workbook in this face. Columns are as wide as its characters: one that a machine lacks would change them all.

    The library adds to the properties it is given, so each book has its own: the same content is the same file.
    """
    return Workbook(target, {"in_memory": True, "default_format_properties": dict(TYPE)})


def lay_across(
    page: Worksheet,
    paper: str,
    above: tuple[str, str, str],
    below: tuple[str, str],
    *,
    fit: bool = True,
) -> None:
    """Landscape; as many pages as it needs, but one wide.

    Args:
        page: the sheet.
        paper: ``A3`` or ``A4``.
        above: what stands left, in the middle (bold) and right over every page.
        below: what stands left and right under every page, before the page number.
        fit: whether columns are made smaller until all of them are on one page.
    """
    page.set_landscape()
    page.set_paper(PAPERS[paper])
    if fit:
        page.fit_to_pages(1, 0)
    page.set_margins(left=LEFT, right=RIGHT, top=TOP, bottom=BOTTOM)
    left, middle, right = map(_plain, above)
    page.set_header(f"&L&8 {left}" + (f"&C&B{middle}" if middle else "") + f"&R&8 {right}")
    page.set_footer(f"&L&8 {_plain(below[0])}&R&8 {_plain(below[1])} Trang &P/&N")


def lines_of(texts: Sequence[str], widths: Sequence[float]) -> int:
    """Lines that the longest of ``texts`` takes in columns of so many characters; words break early."""
    return max(
        (ceil(1.15 * len(text) / width) for text, width in zip(texts, widths, strict=True) if text),
        default=1,
    )


def _plain(text: str) -> str:
    """A text whose ampersands are no codes."""
    return text.replace(_CODE_SIGN, _CODE_SIGN * 2)
