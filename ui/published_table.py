"""What was once announced beside what the lists give."""

from typing import Any

import polars as pl
import streamlit as st

from charts.numbers import number, signed
from charts.theme import STATUS_SYMBOLS
from reference.citations import cited
from ui import printing
from ui.build import Served
from ui.comparisons import against_published, own_published
from ui.data import Rows
from ui.tables import plain_table
from ui.texts import language, t


def published_table(rows: Rows, published: pl.DataFrame, name: str, served: Served) -> None:
    """What was once announced beside what the lists now give, year by year."""
    pairs: list[dict[str, Any]] = against_published(
        rows.estimates((name,)), own_published(published, name)
    )
    if not pairs:
        return
    printing.subheader(t("published.title"))
    st.caption(t("published.note"))
    shown = pl.DataFrame(
        [
            {
                t("column.period"): str(pair["period"]),
                t("column.published"): number(pair["published"], language()),
                t("column.computed"): number(pair["computed"], language()),
                t("column.difference"): difference_text(pair["difference"]),
                t("column.coverage"): pair["coverage"],
                t("column.source"): cited(str(pair["source"]), language()),
            }
            for pair in pairs
        ]
    )
    plain_table(shown, "published", f"cong_bo_{name}", served)


def difference_text(difference: float) -> str:
    """``● 0`` where both agree, else a mark, the sign and the number."""
    if difference == 0:
        return f"{STATUS_SYMBOLS['good']} 0"
    return f"{STATUS_SYMBOLS['watch']} {signed(difference, '', language())}"
