"""Cells with one of a few meanings ("Hộ nghèo", "x", "2: nông thôn"), by reference/forms/value_words.yml."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import polars as pl

from pipelines.cell_reader import read_cells
from pipelines.headings import heading_key
from pipelines.text import collapse_spaces, fold
from reference.loading import value_words

_BLANK = re.compile(r"[-–—−.…\s]*")
_LIST_END = re.compile(r"[;\n+•]|(?<!\d)/(?!\d)|\s-\s")
_ENUMERATION = re.compile(r"^\s*(?:\d{1,2}|[a-hđ])\s*[.):]\s*|^\s*[-–]\s*")
SEPARATOR = ";"
_MINORITY = re.compile(r"[^\W\d_]{2,}")


def coded(column: pl.Expr, values: str) -> pl.Expr:
    """A column of one coded value as a struct of strings.

    ``value`` is the canonical value; ``hint`` is the question for the commune where the cell says
    something that is no value ("thoát nghèo" among classes); ``is_unknown`` (Boolean) marks other
    text. Blank cells and dashes have null in both.
    """

    def read(cell: str | None) -> tuple[object, ...]:
        if cell is None or _BLANK.fullmatch(cell):
            return None, None, False
        value, hint = _look_up(values, cell)
        return value, hint, value is None and hint is None

    return read_cells(
        [column], read, {"value": pl.String(), "hint": pl.String(), "is_unknown": pl.Boolean()}
    )


def marked(column: pl.Expr) -> pl.Expr:
    """A column of marks as a struct: ``value`` (Boolean, a blank cell is false), ``is_unknown``."""

    def read(cell: str | None) -> tuple[object, ...]:
        value = mark_of(cell)
        return value, value is None

    return read_cells([column], read, {"value": pl.Boolean(), "is_unknown": pl.Boolean()})


def mark_of(cell: str | None) -> bool | None:
    """Whether a cell is marked; a blank cell is not, other text is neither."""
    if cell is None or _BLANK.fullmatch(cell):
        return False
    value, _ = _look_up("yes_no", cell)
    return value == "yes" if value else None


def several(column: pl.Expr, values: str) -> pl.Expr:
    """A column of several values in one cell as a struct of strings.

    ``values`` has the canonical values in the order of the form, joined by ``SEPARATOR`` (empty for
    a blank cell); ``unknown`` the parts that are no value, null when all are known.
    """

    def read(cell: str | None) -> tuple[object, ...]:
        if cell is None or _BLANK.fullmatch(cell):
            return "", None
        found, unknown = set[str](), list[str]()
        for part in _LIST_END.split(cell):
            for value, text in _parts(values, part):
                found.add(value) if value else unknown.append(text)
        order = [value for value in value_words()[values].words if value in found]
        return SEPARATOR.join(order), "; ".join(unknown) or None

    return read_cells([column], read, {"values": pl.String(), "unknown": pl.String()})


def as_list(joined: pl.Expr) -> pl.Expr:
    """The values of :func:`several` as lists, an empty one for a blank cell."""
    empty = pl.lit([], pl.List(pl.String()))
    return pl.when(joined == "").then(empty).otherwise(joined.str.split(SEPARATOR))


def ethnicity(column: pl.Expr) -> pl.Expr:
    """``kinh``, ``minority`` for any other people named, null for blank or unreadable cells."""

    def read(cell: str | None) -> tuple[object, ...]:
        if cell is None or not _MINORITY.search(cell):
            return (None,)
        value, _ = _look_up("ethnicity", cell)
        return (value or "minority",)

    return read_cells([column], read, {"value": pl.String()}).struct.field("value")


def _parts(values: str, text: str) -> Iterator[tuple[str | None, str]]:
    """The values of a part that may use commas, inside a value or between values."""
    words = [word for word in _ENUMERATION.sub("", text).split(",") if word.strip()]
    start = 0
    while start < len(words):
        for end in range(len(words), start, -1):
            piece = collapse_spaces(",".join(words[start:end]))
            value, _ = _look_up(values, _ENUMERATION.sub("", piece))
            if value or end == start + 1:
                yield value, piece
                start = end
                break


def meaning(values: str, text: str) -> tuple[str | None, str | None]:
    """The canonical value of a text, else the question that it raises; neither for other text."""
    return _look_up(values, text)


@lru_cache(maxsize=8_192)
def _look_up(values: str, cell: str) -> tuple[str | None, str | None]:
    words, hints = _words(values)
    for key in _keys(cell):
        if key in words:
            return words[key], None
        if key in hints:
            return None, hints[key]
    return None, None


def _keys(text: str) -> Sequence[str]:
    return fold(text), heading_key(text)


@cache
def _words(values: str) -> tuple[dict[str, str], dict[str, str]]:
    """Spelling to value, and spelling to question, of one set."""
    found = value_words()[values]
    words = {
        key: value for value, spellings in found.words.items() for each in spellings
        for key in _keys(each) if key
    }  # fmt: skip
    hints = {key: hint for each, hint in found.questions.items() for key in _keys(each) if key}
    return words, hints
