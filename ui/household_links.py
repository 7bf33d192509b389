"""How households of a review were found on the list before: one sentence and a small table."""

import polars as pl
import streamlit as st

from charts.numbers import MISSING, amount, number
from measures.household_names import UNFOUND, WAYS
from ui import blocks, printing, tables
from ui.data import Rows
from ui.texts import language, t


def of_review(rows: Rows, period: str) -> None:
    """The ways of one review, surest first."""
    printing.subheader(t("links.title"))
    links = rows.household_links(periods=(period,))
    known = links if links.is_empty() else links.drop_nulls("household_count")
    if known.is_empty():
        blocks.nothing_to_show(t("links.none"))
        return
    st.markdown(sentence(known, period))
    st.caption(t("links.note"))
    tables.plain_table(table(known), "links", f"noi_ho_{period}", rows.served, numbers=True)


def sentence(links: pl.DataFrame, period: str) -> str:
    """``Rà soát 2025: tìm lại được 21.041 hộ; ước tính nối nhầm 12 hộ. …``."""
    counts = dict(zip(links["way"], links["household_count"], strict=True))
    found = sum(count for way, count in counts.items() if way not in UNFOUND)
    wrong = links["expected_wrong"].sum()
    return t(
        "links.line",
        period=period,
        linked=amount(found, "household", language()),
        wrong=amount(round(wrong), "household", language()),
        ambiguous=amount(counts["ambiguous"], "household", language()),
        unlinked=amount(counts["unlinked"], "household", language()),
    )


def table(links: pl.DataFrame) -> pl.DataFrame:
    """A row a way: what it is, households, expected wrong ones."""
    by_way = {row["way"]: row for row in links.iter_rows(named=True)}
    return pl.DataFrame(
        [
            {
                t("links.way"): t(f"links.{way}"),
                t("links.count"): number(by_way[way]["household_count"], language()),
                t("links.wrong"): _wrong(by_way[way]["expected_wrong"]),
            }
            for way in WAYS
            if way in by_way
        ]
    )


def _wrong(expected: float | None) -> str:
    return MISSING if expected is None else number(expected, language(), 1)
