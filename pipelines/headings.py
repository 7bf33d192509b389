"""Header cells matched with the columns of a form, by the words in ``reference/forms``.

A heading is compared without case, tone style, spaces and punctuation: "Số CCCD/ số định danh" and
"số cccd, số định danh" are the same words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.text import fold
from reference.loading import FORMS, form_layout

_BETWEEN_WORDS = re.compile(r"[^\w%]+|_")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """One physical column: its place from 0, its canonical name, the text of its header.

    A column of marks under a group ("Nguyên nhân nghèo" over "Thiếu vốn") is named
    ``group:value``, e.g. ``causes:capital``.
    """

    index: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class HeaderCell:
    """One header cell above a column.

    ``group_width`` counts the columns the cell stands over; ``is_own`` is false where it was
    filled in from the left.
    """

    text: str
    is_own: bool
    group_width: int


@dataclass(frozen=True, slots=True)
class Match:
    """A column that header cells can mean; a longer path of upper cells is more specific."""

    specificity: int
    column: str
    text: str


@lru_cache(maxsize=8_192)
def heading_key(text: str) -> str:
    """Letters, digits and % of a heading, folded, single spaces between words."""
    return _BETWEEN_WORDS.sub(" ", fold(text)).strip()


@cache
def vocabulary() -> frozenset[str]:
    """Keys of every header cell that some form knows, upper cells included."""
    return frozenset(
        key for form in FORMS for leaf, paths in _spellings(form).items() for key in
        (leaf, *(part for path, _ in paths for part in path))
    )  # fmt: skip


@cache
def required_columns(form: str) -> frozenset[str]:
    """Columns without which the form cannot be read."""
    return frozenset(column.name for column in form_layout(form).columns if column.required)


@cache
def title_keys(form: str) -> tuple[str, ...]:
    """Keys of the form's titles, the longest first."""
    return tuple(sorted({heading_key(t) for t in form_layout(form).titles}, key=len, reverse=True))


@lru_cache(maxsize=1_024)
def match_headings(form: str, rows: tuple[tuple[str | None, ...], ...]) -> tuple[Heading, ...]:
    """The columns of ``form`` found under the header ``rows`` (top row first, equal widths).

    Where two physical columns match the same column, the one with the longer path of upper cells
    wins, then the left one; a spelling that names a group never beats the cell under it.
    """
    found: dict[str, tuple[int, Heading]] = {}
    for index, cells in enumerate(_stacks(rows)):
        for match in _matches(form, cells):
            known = found.get(match.column)
            if known is None or known[0] < match.specificity:
                text = " ".join(match.text.split())
                found[match.column] = (match.specificity, Heading(index, match.column, text))
                break
    return tuple(sorted((heading for _, heading in found.values()), key=lambda h: h.index))


@cache
def _spellings(form: str) -> Mapping[str, tuple[tuple[Path, str], ...]]:
    """Lowest cell to (upper cells, column), the longest path first."""
    found: dict[str, list[tuple[Path, str]]] = defaultdict(list)
    for column in form_layout(form).columns:
        for spelling in column.headers:
            *upper, leaf = (heading_key(part) for part in spelling.split("|"))
            found[leaf].append((tuple(upper), column.name))
    return {
        leaf: tuple(sorted(paths, key=lambda path: -len(path[0]))) for leaf, paths in found.items()
    }


def _stacks(rows: Sequence[Sequence[str | None]]) -> list[tuple[HeaderCell, ...]]:
    """The header cells above each column, group headers filled to the right under their parent."""
    width = len(rows[0])
    stacks: list[list[HeaderCell]] = [[] for _ in range(width)]
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
                stacks[place].append(HeaderCell(text, place == start, end - start))
    return [tuple(stack) for stack in stacks]


def _matches(form: str, cells: tuple[HeaderCell, ...]) -> Iterator[Match]:
    """The columns that the cells above one column can mean, the best first.

    The lowest cell decides. An upper cell stands for the column only where it is a single cell
    with a remark under it ("Khu vực" over "1: thành thị; 2: nông thôn").
    """
    spellings = _spellings(form)
    keys = [heading_key(cell.text) for cell in cells]
    if cells and cells[-1].is_own:
        for upper in keys[:-1]:
            if mark := _marks(form).get((upper, keys[-1])):
                yield Match(2, mark, cells[-1].text)
    for place in range(len(cells) - 1, -1, -1):
        is_lowest = place == len(cells) - 1
        if not cells[place].is_own or not (is_lowest or cells[place].group_width == 1):
            continue
        paths = spellings.get(keys[place], ())
        alone = {column for path, column in paths if not path}
        for path, column in paths:
            if _in_order(path, keys[:place]):
                text = _told(cells, place, spellings)
                is_clear = column in alone
                group = cells[place - 1].text if path and not is_clear else None
                yield Match(len(path) + 1, column, f"{group} - {text}" if group else text)
    own = [cell.text for cell in cells if cell.is_own]
    if len(own) > 1:
        for path, column in spellings.get(heading_key(" ".join(own)), ()):
            if not path:
                yield Match(1, column, " ".join(own))


def _told(
    cells: tuple[HeaderCell, ...], place: int, spellings: Mapping[str, tuple[tuple[Path, str], ...]]
) -> str:
    """The header text that people call the column by: not the remark under it."""
    above = cells[place - 1] if place else None
    is_name = above and above.is_own and above.group_width == 1 and heading_key(above.text)
    return above.text if above and is_name in spellings else cells[place].text


@cache
def _marks(form: str) -> Mapping[tuple[str, str], str]:
    """(group header, header of one value) to ``group:value``, for columns with several values."""
    layout = form_layout(form)
    return {
        (heading_key(group), heading_key(word)): f"{column.name}:{value}"
        for column in layout.columns
        if column.several and column.values
        for group in column.headers
        for value, words in layout.values[column.values].words.items()
        for word in words
    }


def _in_order(path: Path, upper: Sequence[str]) -> bool:
    rest = iter(upper)
    return all(part in rest for part in path)
