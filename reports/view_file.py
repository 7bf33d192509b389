"""The view on screen as PDF: its sentences and tables as the reader sees them, and where they come from."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import cast

import polars as pl

from reports.paper import TextTable
from reports.printed import printed_table, printed_view

_WIDE = 7
"""More columns than these need landscape pages."""
_LINE, _LINE_ACROSS = 120, 180
"""Characters of a line of a table, upright and landscape."""
_TALL, _FEW_WORDS = 1.2, 600
_SIZE = re.compile(r'<svg[^>]*?\bwidth="(?P<width>[\d.]+)[^>]*?\bheight="(?P<height>[\d.]+)')
_MOST_ROWS, _FIRST_ROWS = 240, 60
"""A table of more rows is no table for paper: its first ones are printed."""


@dataclass(frozen=True)
class Part:
    """A piece of a view: a sentence, a picture, or a table of texts; ``numbers`` are its columns of figures.

    A heading that only ``names_next`` is left out where nothing printed follows it.
    ``picture`` makes the SVG of a chart, and only when the file is asked for.
    """

    text: str = ""
    is_heading: bool = False
    names_next: bool = False
    table: pl.DataFrame | None = None
    picture: Callable[[], str] | None = None
    numbers: Sequence[str] = ()


@dataclass(frozen=True)
class ViewWords:
    """What the file says about itself, in the reader's language.

    ``more`` and ``checksum`` are texts with a place for {count} and {code}.
    """

    title: str
    stamp: str
    source: str
    more: str
    checksum: str


def view_pdf(parts: Sequence[Part], words: ViewWords) -> bytes:
    """The file. Of a table longer than 240 rows the first 60 stand there, with how many more the screen has."""
    code = _checksum(parts, words)
    return printed_view(
        title=words.title,
        stamp=words.stamp,
        source=f"{words.source} · {words.checksum.format(code=code)}",
        sections=_sections(parts, words),
    )


def _sections(parts: Sequence[Part], words: ViewWords) -> list[dict[str, object]]:
    """A heading with its sentences and the picture or table under them stay together on a page.

    Words straight after a picture are its source and stay below it.
    """
    found: list[dict[str, object]] = []
    title, texts, is_name = "", list[str](), False
    for part in parts:
        if part.text and part.is_heading:
            if texts or (title and not is_name):
                found.append(_section(title, texts))
            title, texts, is_name = part.text, [], part.names_next
        elif part.text and found and found[-1]["picture"] and not (title or texts):
            found[-1] = {**found[-1], "below": [*cast(list[str], found[-1]["below"]), part.text]}
        elif part.text:
            texts.append(part.text)
        else:
            tables = [] if part.table is None else [printed_table(_text_table(part, words))]
            picture = "" if part.picture is None else part.picture()
            is_wide = part.table is not None and part.table.width > _WIDE
            found.append({**_section(title, texts, picture, tables), "is_wide": is_wide})
            title, texts = "", []
    if texts or (title and not is_name):
        found.append(_section(title, texts))
    _lead_words(found)
    return found


def _lead_words(found: list[dict[str, object]]) -> None:
    """Few words before a page across go on it: alone they would leave theirs empty."""
    for section, after in zip(found[-2::-1], found[:0:-1], strict=True):
        length = sum(map(len, cast(list[str], section["texts"])))
        if not (section["picture"] or section["tables"]) and length <= _FEW_WORDS:
            section["is_wide"] = after["is_wide"]


def _section(
    title: str, texts: Sequence[str], picture: str = "", tables: Sequence[object] = ()
) -> dict[str, object]:
    return {
        "title": title,
        "texts": list(texts),
        "tables": list(tables),
        "picture": picture,
        "below": [],
        "is_wide": False,
        "is_tall": _is_tall(picture),
    }


def _is_tall(picture: str) -> bool:
    """Whether an SVG is too tall to share a page with more than its words."""
    found = _SIZE.search(picture)
    return found is not None and float(found["height"]) > _TALL * float(found["width"])


def _text_table(part: Part, words: ViewWords) -> TextTable:
    if part.table is None:
        raise ValueError("a part without a table")
    is_long = part.table.height > _MOST_ROWS
    rows = part.table.head(_FIRST_ROWS) if is_long else part.table
    more = part.table.height - rows.height
    columns = rows.columns
    return TextTable(
        title="",
        header=tuple(columns),
        rows=tuple(tuple("" if cell is None else str(cell) for cell in row) for row in rows.rows()),
        left=frozenset(place for place, name in enumerate(columns) if name not in part.numbers),
        notes=(words.more.format(count=more),) if more else (),
        line=_LINE_ACROSS if part.table.width > _WIDE else _LINE,
    )


def _checksum(parts: Sequence[Part], words: ViewWords) -> str:
    """First 16 digits of the SHA-256 over every text and cell."""
    said = [words.title, words.source]
    for part in parts:
        said.append(part.text)
        if part.table is not None:
            said.append(part.table.write_csv())
    return sha256("\n".join(said).encode()).hexdigest()[:16]
