"""How wide columns and how high rows of a table are, so that texts are read whole and no column lies beyond the page."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal, cast

import polars as pl
import streamlit as st

from ui.blocks import is_phone

ROOM_PX = 1206
"""Width of a page on a projector of 1366 pixels."""
_PINNED_PX, _LONG_PX = 176, 360
"""A pinned column takes less than half of a phone's width; longer texts go on in a second line."""
_EDGE_PX, _LETTER_PX, _SPARE_PX = 24, 7.2, 8
_MOST_LINES, _FITTED_LINES, _LINE_PX, _ROW_EDGE_PX = 4, 2, 20, 16
_WRAPPED_PX, _HEADER_PX, _ROWS_AT_ONCE, _FEW_ROWS = 70, 38, 8, 12
"""Streamlit breaks lines only in rows of ``_WRAPPED_PX`` and more."""
_LONGEST = 5
"""Of thousands of texts the few longest decide how wide a column and how high a row is."""
_OFTEN = 0.1
"""Texts of a column are long when they are so this often, or the column is the last."""


@dataclass(frozen=True)
class Layout:
    """``widths`` in pixels of the columns whose texts go on in further lines; None is a row of one line.

    ``first`` is the width of the first column: left to itself it is as wide as the texts of the rows in view.
    """

    first: int
    widths: Mapping[str, int]
    row_height: int | None
    height: int | Literal["auto", "content"]


def layout(shown: pl.DataFrame, numbers: Sequence[str]) -> Layout:
    """Columns as wide as their texts where all fit on the page, else the widest texts go on in further lines.

    Args:
        shown: texts; column names are headings.
        numbers: columns that stay on one line.
    """
    texts = {name: _longest(shown[name]) for name in shown.columns}
    first = shown.columns[0]
    widths = dict.fromkeys(_long_columns(shown, numbers), _LONG_PX)
    if is_phone():
        if _width(texts[first]) > _PINNED_PX:
            widths[first] = _PINNED_PX
    else:
        if _width(texts[first]) > _LONG_PX:
            widths[first] = _LONG_PX
        widths = _fitted(shown, texts, widths, numbers)
    lines = max((_lines(texts[name], width) for name, width in widths.items()), default=1)
    tall = None if lines < 2 else max(_WRAPPED_PX, _ROW_EDGE_PX + _LINE_PX * lines)
    rows = shown.height if shown.height <= _FEW_ROWS else _ROWS_AT_ONCE
    narrow = widths.get(first, _width([first, *texts[first]]) + _SPARE_PX)
    return Layout(narrow, widths, tall, "auto" if tall is None else _HEADER_PX + tall * rows)


def flat(shown: pl.DataFrame) -> dict[str, Any]:
    """Each column as wide as its longest text or its heading, the first one pinned: one line a row."""
    return {
        name: st.column_config.TextColumn(
            pinned=name == shown.columns[0], width=_width([name, *_longest(shown[name])])
        )
        for name in shown.columns
    }


def whole(texts: pl.Series, width: int) -> pl.Series:
    """Texts that end with ``…`` where they need more lines than a row has: the files have them whole."""
    letters, told = _letters(width), texts.cast(pl.String)
    # A line ends where the next word does not fit, two that follow each other hold more than one line's letters:
    # the wrapping itself, which takes long, is left to texts that may need too many lines by both.
    longest_word = cast(int, told.str.split(" ").explode().str.len_chars().max() or 0)
    at_least = max(letters * (_MOST_LINES // 2), (letters + 1 - longest_word) * _MOST_LINES)
    may_be_long = told.filter(told.str.len_chars() > at_least).unique()
    wrapped = {text: wrap(text, letters) for text in may_be_long}
    return told.replace(
        {
            text: " ".join([*lines[: _MOST_LINES - 1], "…"])
            for text, lines in wrapped.items()
            if len(lines) > _MOST_LINES
        }
    )


def _fitted(
    shown: pl.DataFrame,
    texts: Mapping[str, Sequence[str]],
    widths: Mapping[str, int],
    numbers: Sequence[str],
) -> dict[str, int]:
    """``widths`` and those of more columns, the widest first, until all columns lie on the page.

    Where two lines a text, or as many as ``widths`` need anyway, are not enough for that, ``widths`` alone: the
    reader scrolls sideways.
    """
    natural = {name: min(_width([name, *texts[name]]), _LONG_PX) for name in shown.columns}
    taken, lines = natural | dict(widths), dict.fromkeys(shown.columns, 1)
    needed = {name: _lines(texts[name], width) for name, width in widths.items()}
    found = dict(widths)
    most = max([_FITTED_LINES, *needed.values()])
    # A column may be narrower than it is with no more lines than it has.
    lines |= {name: count - 1 for name, count in needed.items()}
    open_to = [name for name in shown.columns if name not in numbers]
    while sum(taken.values()) > ROOM_PX and open_to:
        widest = max(open_to, key=taken.__getitem__)
        lines[widest] += 1
        narrower = max(_width([widest]), _narrowest(texts[widest], lines[widest]))
        if lines[widest] > most:
            open_to.remove(widest)
        elif narrower < taken[widest]:
            taken[widest] = found[widest] = narrower
    spare = ROOM_PX - sum(taken.values())
    if spare < 0:
        return dict(widths)
    return {name: width + spare // len(found) for name, width in found.items()}


def _long_columns(shown: pl.DataFrame, numbers: Sequence[str]) -> list[str]:
    """Columns of words beside the first one that need more than one line."""
    most, last = _letters(_LONG_PX), shown.columns[-1]
    long = {
        name: (shown[name].cast(pl.String).str.len_chars() > most).sum()
        for name in shown.columns[1:]
        if name not in numbers
    }
    return [
        name
        for name, count in long.items()
        if count and (name == last or count >= _OFTEN * shown.height)
    ]


def _longest(texts: pl.Series) -> list[str]:
    told = texts.cast(pl.String).drop_nulls().to_frame("text")
    return told.top_k(_LONGEST, by=pl.col("text").str.len_chars())["text"].to_list()


def _width(texts: Sequence[str]) -> int:
    return round(_EDGE_PX + _LETTER_PX * max(map(len, texts), default=0))


def _letters(width: int) -> int:
    return int((width - _EDGE_PX) / _LETTER_PX)


def _lines(texts: Sequence[str], width: int) -> int:
    longest = max((len(wrap(text, _letters(width))) for text in texts), default=1)
    return min(_MOST_LINES, max(longest, 1))


def _narrowest(texts: Sequence[str], lines: int) -> int:
    """The least width at which no text needs more than ``lines`` lines."""
    letters = max((math.ceil(len(text) / lines) for text in texts), default=1)
    while any(len(wrap(text, letters, break_long_words=False)) > lines for text in texts):
        letters += 1
    words = max((len(word) for text in texts for word in text.split()), default=1)
    return math.ceil(_EDGE_PX + _LETTER_PX * max(letters, words))
