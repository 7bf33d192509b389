"""Signals of the review's integrity in the reader's words: where to look again, with base rate and number of cases."""

import polars as pl
import streamlit as st

from charts.labels import Row
from charts.numbers import MISSING, Language, number, rate
from charts.numbers import period as period_name
from charts.theme import STATUS_SYMBOLS
from measures.integrity_signals import FEWEST_OF_A_REVIEWER, NEAR_POINTS, SIGNALS
from ui import blocks, printing, url
from ui.build import Served
from ui.data import Rows
from ui.tables import plain_table
from ui.texts import language, t
from warehouse.door import NotAllowed


def show(served: Served, rows: Rows) -> None:
    """The section: sentence, what each signal is, table."""
    printing.subheader(t("integrity.title"))
    try:
        signals = rows.integrity_signals()
    except NotAllowed:
        blocks.nothing_to_show(t("integrity.visitor"))
        return
    periods = sorted(signals["period"].unique().to_list(), reverse=True)
    if not periods:
        blocks.nothing_to_show(t("integrity.none"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        period = url.choice(
            st.selectbox,
            t("integrity.period"),
            periods,
            key="signals",
            default=periods[0],
            format_func=lambda one: period_name(one, language()),
            width=200,
        )
        with st.popover(t("integrity.what"), icon=":material/help:"):
            for signal in SIGNALS:
                what = t(f"integrity.{signal}.what", near=NEAR_POINTS, few=FEWEST_OF_A_REVIEWER)
                st.markdown(f"**{t(f'integrity.{signal}')}**: {what}")
    of_period = signals.filter(period=period)
    st.markdown(sentence(of_period, period))
    st.caption(t("integrity.note"))
    plain_table(table(of_period), "signals", f"dau_hieu_{period}", served)


def sentence(signals: pl.DataFrame, period: str) -> str:
    """How many communes show how many marked signals, of how many looked at."""
    marked = signals.filter("is_marked")
    return t(
        "integrity.sentence",
        period=period_name(period, language()),
        marked=number(marked.height, language()),
        all=number(signals.height, language()),
        communes=number(marked["unit_code"].n_unique(), language()),
    )


def table(signals: pl.DataFrame) -> pl.DataFrame:
    """One row a signal of a commune or reviewer, the least likely first."""
    return pl.DataFrame(
        [_shown(row) for row in signals.sort("chance", "unit_code").iter_rows(named=True)]
    )


def _shown(row: Row) -> dict[str, str]:
    lang = language()
    apart = row["difference_points"]
    own = rate(row["share_pct"], lang) if apart is None else _points(apart, lang)
    mark = ("watch", "marked") if row["is_marked"] else ("good", "usual")
    return {
        t("column.unit"): row["unit_name"] or row["unit_code"],
        t("integrity.verdict"): f"{STATUS_SYMBOLS[mark[0]]} {t(f'integrity.{mark[1]}')}",
        t("integrity.signal"): t(f"integrity.{row['signal']}"),
        t("integrity.cases"): f"{number(row['cases'], lang)}/{number(row['cases_of'], lang)}",
        t("integrity.own"): own,
        t("integrity.base"): rate(row["base_share_pct"], lang),
        t("integrity.reviewer"): row["reviewer_id"][:8] if row["reviewer_id"] else MISSING,
    }


def _points(value: float, lang: Language) -> str:
    sign = "+" if value > 0 else ""
    return f"{sign}{number(value, lang, 1)} {t('integrity.points')}"
