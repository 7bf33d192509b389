"""A wide table as a few columns that are read whole; all of its columns are one click away, to sort and take home."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from ui.blocks import is_phone
from ui.build import Served
from ui.folded import folded
from ui.tables import plain_table
from ui.texts import plain, t

_SHORT = 16
"""Letters of a text that is not broken into lines: a sign with its words, a number with its limits."""


def read_table(
    every: pl.DataFrame,
    read: Sequence[str],
    key: str,
    file_name: str,
    served: Served,
    *,
    opener: str,
    numbers: bool = False,
    taken: pl.DataFrame | None = None,
    is_overview: bool = False,
    most: int | None = None,
) -> None:
    """On a wide screen texts go on in further lines and nothing lies beyond the page; a phone shows all columns.

    Args:
        every: the table with all columns, as texts.
        read: the headings among them that are read at once.
        key: stable name of the element.
        file_name: file name without ending.
        served: the build shown.
        opener: what the button to all columns says.
        numbers: whether columns of numbers are aligned right.
        taken: what goes into the files, where not the texts.
        is_overview: all rows at once, one line each.
        most: how many rows are read at once, where there may be thousands.
    """
    if not is_phone() and not every.is_empty():
        shown = (
            every.head(most or every.height)
            .select(read)
            .with_columns(pl.all().map_elements(_cell, return_dtype=pl.String))
        )
        st.table(shown, hide_index=True, border="horizontal", alt=t("table.alt", name=file_name))
        with folded(opener, key) as is_open:
            plain_table(every, key, file_name, served, numbers, taken, is_overview, is_open)
        return
    plain_table(every, key, file_name, served, numbers, taken, is_overview)


def _cell(text: str) -> str:
    """A short text stays on one line, and a number and its unit together."""
    broken, kept = (" ", "\u00a0") if len(text) <= _SHORT else (" %", "\u00a0%")
    return plain(text.replace(broken, kept))
