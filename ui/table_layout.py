"""How wide columns and how high rows of a table are, so that texts are read whole and a phone shows more than one column."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any, Literal

import polars as pl
import streamlit as st

from ui.blocks import is_phone

_PINNED_PX, _PINNED_LETTERS, _WIDE_PINNED_PX, _WIDE_PINNED_LETTERS = 176, 21, 340, 44
_MOST_LINES, _LINE_PX, _ROW_EDGE_PX = 4, 20, 16
_WRAPPED_PX, _HEADER_PX, _ROWS_AT_ONCE = 70, 38, 8
"""A pinned column takes less than half of a phone's width; longer texts go on in a second line.
Streamlit breaks lines only in rows of ``_WRAPPED_PX`` and more.
"""
_LONG_PX, _LETTERS_IN_LONG = 360, 46
_LONGEST = 5
"""Of thousands of texts the few longest decide how high a row is."""
_FLAT_EDGE_PX, _FLAT_LETTER_PX = 24, 7.2
_OFTEN = 0.1
"""So wide is a column whose texts are often longer than this, or that is the last; they go on in further lines."""


def _lines(texts: pl.Series, letters: int) -> int:
    told = texts.cast(pl.String).drop_nulls().to_frame("text")
    longest_first = told.top_k(_LONGEST, by=pl.col("text").str.len_chars())["text"]
    longest = max((len(wrap(text, letters)) for text in longest_first), default=1)
    return min(_MOST_LINES, max(longest, 1))


def long_columns(shown: pl.DataFrame) -> list[str]:
    """Columns beside the first one that need more than one line."""
    long = {
        name: (shown[name].cast(pl.String).str.len_chars() > _LETTERS_IN_LONG).sum()
        for name in shown.columns[1:]
    }
    last = shown.columns[-1]
    return [
        name
        for name, count in long.items()
        if count and (name == last or count >= _OFTEN * shown.height)
    ]


def _pinned() -> tuple[int, int]:
    """Width of the first column, and letters in a line of it."""
    if is_phone():
        return _PINNED_PX, _PINNED_LETTERS
    return _WIDE_PINNED_PX, _WIDE_PINNED_LETTERS


def long_column() -> Any:
    """A column whose texts go on in further lines."""
    return st.column_config.TextColumn(width=_LONG_PX)


def flat_column(texts: pl.Series, is_first: bool) -> Any:
    """As wide as its longest text or its heading; the first one pinned, and no wider than leaves room for others."""
    letters = max(len(text) for text in (texts.name, *map(str, texts)))
    width = round(_FLAT_EDGE_PX + _FLAT_LETTER_PX * letters)
    return st.column_config.TextColumn(
        pinned=is_first, width=min(width, _WIDE_PINNED_PX) if is_first else width
    )


def first_column(texts: pl.Series) -> Any:
    """Pinned, and narrow enough that a phone shows other columns beside it."""
    width, letters = _pinned()
    is_long = _lines(texts, letters) > 1
    return st.column_config.TextColumn(pinned=True, width=width if is_long else None)


def row_height(shown: pl.DataFrame, long: Sequence[str]) -> int | None:
    """Room for the longest text of the first column or a long one; None for rows of one line."""
    if not shown.width:
        return None
    others = [_lines(shown[name], _LETTERS_IN_LONG) for name in long]
    lines = max(_lines(shown.to_series(0), _pinned()[1]), *others, 1)
    return max(_WRAPPED_PX, _ROW_EDGE_PX + _LINE_PX * lines) if lines > 1 else None


def height(shown: pl.DataFrame, tall: int | None) -> int | Literal["auto"]:
    """As many rows at once as a table of short rows has."""
    return "auto" if tall is None else _HEADER_PX + tall * min(shown.height, _ROWS_AT_ONCE)
