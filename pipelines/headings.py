"""Header cells matched with the columns of a form, by the words in ``reference/forms``.

A heading is compared without case, tone style, spaces and punctuation: "Số CCCD/ số định danh" and
"số cccd, số định danh" are the same words.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from pipelines.header_stacks import HeaderCell, stacks
from pipelines.text import fold
from reference.analysis_forms import ANALYSIS_FORMS
from reference.loading import FORMS, form_layout

_BETWEEN_WORDS = re.compile(r"[^\w%]+|_")
_REMARK_BEGINS = re.compile(r"(?<=\S)\s*[(\[:\n]")
_REMARK = re.compile(r"\s+năm\s+\d{4}\s*$", re.IGNORECASE)
_ONE_OF = {"in_year": ("change", "class")}
"""Columns of which a form needs one: some months tell the change, some the class after it."""
_SHORT_LEAF = 4
"""Header cells up to this length ("Nam", "B1", "Ngày") are told together with their group."""
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
class Headings:
    """The columns found, in their order; ``doubled`` are those that a second column matches too.

    ``by_number`` are those that only the numbering row tells.
    """

    found: tuple[Heading, ...]
    doubled: frozenset[str]
    by_number: frozenset[str] = frozenset()

    def missing(self, form: str) -> tuple[str, ...]:
        """Required columns of the form that were not found, neither as a cell nor as marks."""
        names = {heading.column.partition(":")[0] for heading in self.found}
        alternatives = _ONE_OF.get(form, ())
        neither = {alternatives[0]} if alternatives and names.isdisjoint(alternatives) else set()
        return tuple(sorted((required_columns(form) - names) | neither))


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
def vocabulary(titled: tuple[str, ...] = ()) -> frozenset[str]:
    """Keys of every header cell that some form knows, upper cells included.

    The short words of forms 4 to 13 ("Kinh", "Tổng số") count for those of ``titled`` only.
    """
    return frozenset(
        key for form in (*FORMS, *titled) if form not in ANALYSIS_FORMS or form in titled
        for leaf, paths in _spellings(form).items() for key in
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
def match_headings(form: str, rows: tuple[tuple[str | None, ...], ...]) -> Headings:
    """The columns of ``form`` found under the header ``rows`` (top row first, equal widths).

    Where two physical columns match the same column, the one with the longer path of upper cells
    wins, then the left one, which is then told as ``doubled``. A spelling that names a group never
    beats the cell under it.
    """
    found: dict[str, tuple[int, Heading]] = {}
    doubled: set[str] = set()
    for index, cells in enumerate(stacks(rows)):
        for match in _matches(form, cells):
            known = found.get(match.column)
            if known is None or known[0] < match.specificity:
                text = " ".join(match.text.split())
                found[match.column] = (match.specificity, Heading(index, match.column, text))
                doubled.discard(match.column)
                break
            if known[0] == match.specificity:
                doubled.add(match.column)
    headings = sorted((heading for _, heading in found.values()), key=lambda h: h.index)
    return Headings(tuple(headings), frozenset(doubled))


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


def _matches(form: str, cells: tuple[HeaderCell, ...]) -> Iterator[Match]:
    """The columns that the cells above one column can mean, the best first.

    The lowest cell decides. An upper cell stands for the column only where it is a single cell
    with a remark under it ("Khu vực" over "1: thành thị; 2: nông thôn").
    """
    keys = [heading_key(cell.text) for cell in cells]
    has_own_leaf = bool(cells) and cells[-1].is_own
    if has_own_leaf:
        yield from _marks_under(form, keys[:-1], cells[-1])
    for place in range(len(cells) - 1, -1, -1):
        is_lowest = place == len(cells) - 1
        if cells[place].is_own and (is_lowest or cells[place].group_width == 1):
            yield from _by_path(form, cells, keys, place)
    own = [cell.text for cell in cells if cell.is_own]
    if len(own) > 1:
        yield from _alone(form, heading_key(" ".join(own)), 1, " ".join(own))
    if has_own_leaf:
        yield from _marks_under(form, [""], cells[-1])
        yield from _alone(form, _without_remark(cells[-1].text), 0, cells[-1].text)


def _by_path(
    form: str, cells: tuple[HeaderCell, ...], keys: list[str], place: int
) -> Iterator[Match]:
    """Columns by one header cell and the cells above it, longer paths first."""
    paths = _spellings(form).get(keys[place], ())
    is_long = len(keys[place]) > _SHORT_LEAF
    clear = {column for path, column in paths if not path and is_long}
    text = _told(cells, place, _spellings(form))
    for path, column in paths:
        if _in_order(path, keys[:place]):
            group = cells[place - 1].text if path and column not in clear else None
            yield Match(len(path) + 1, column, f"{group} - {text}" if group else text)


def _marks_under(form: str, groups: Sequence[str], leaf: HeaderCell) -> Iterator[Match]:
    """The column of marks for one value, under a group header or ("") without one."""
    for group in groups:
        if mark := _marks(form).get((group, heading_key(leaf.text))):
            yield Match(2 if group else 1, mark, leaf.text)


def _alone(form: str, key: str | None, specificity: int, text: str) -> Iterator[Match]:
    """Columns with a spelling that needs no upper cell."""
    for path, column in _spellings(form).get(key, ()) if key else ():
        if not path:
            yield Match(specificity, column, text)


def _told(
    cells: tuple[HeaderCell, ...], place: int, spellings: Mapping[str, tuple[tuple[Path, str], ...]]
) -> str:
    """The header text that people call the column by: not the remark under it."""
    above = cells[place - 1] if place else None
    is_name = above and above.is_own and above.group_width == 1 and heading_key(above.text)
    return above.text if above and is_name in spellings else cells[place].text


@cache
def _marks(form: str) -> Mapping[tuple[str, str], str]:
    """(group header, header of one value) to ``group:value``.

    For columns with several values and for classes; a class can also stand without a group ("Hộ
    nghèo", "Hộ cận nghèo" as two columns of marks).
    """
    layout = form_layout(form)
    found: dict[tuple[str, str], str] = {}
    for column in layout.columns:
        if column.values is None or not (column.several or column.values == "class"):
            continue
        groups = [heading_key(group) for group in column.headers]
        groups += [""] if column.name == "class" else []
        for value, words in layout.values[column.values].words.items():
            keys = {heading_key(word) for word in words if not word.isdigit()}
            found |= {(group, key): f"{column.name}:{value}" for group in groups for key in keys}
    return found


@lru_cache(maxsize=4_096)
def _without_remark(text: str) -> str | None:
    """Key of a heading without what clerks add behind it: "Số khẩu (người)", "Kết quả năm 2024"."""
    bare = _REMARK.sub("", _REMARK_BEGINS.split(text, maxsplit=1)[0])
    key = heading_key(bare)
    return key if key and key != heading_key(text) else None


def _in_order(path: Path, upper: Sequence[str]) -> bool:
    rest = iter(upper)
    return all(part in rest for part in path)
