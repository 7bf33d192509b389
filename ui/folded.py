"""A table behind a button: the browser loads and draws it when a reader opens it, and not before."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

IS_OPEN = False
"""Whether tables stand open from the start, as the tests of pages want them."""


@contextmanager
def folded(label: str, key: str) -> Iterator[bool]:
    """Place of a table; the answer says whether a reader has opened it.

    Args:
        label: what the button says.
        key: key of the table.
    """
    with st.expander(
        label,
        IS_OPEN,
        key=f"{key}_fold",
        icon=":material/table_rows:",
        on_change="rerun",
    ) as fold:
        yield bool(fold.open)
