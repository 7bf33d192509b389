"""Escapes, relapses and entries over the years: the table, and the relapses within the months asked for."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from charts.numbers import number, rate
from measures.household_names import RELAPSE_MONTHS, RELAPSE_REVIEWS
from measures.household_sums import is_whole, relapse
from ui import printing, tables, url
from ui.build import Served
from ui.texts import language, t


def choose_months() -> str:
    """Within how many months a return counts as a relapse; it stands in the URL."""
    return url.choice(
        st.selectbox,
        t("household.months"),
        list(RELAPSE_MONTHS),
        key="months",
        default="24",
        format_func=lambda months: t("household.within", months=months),
        width=150,
    )


def over_years(history: pl.DataFrame, served: Served) -> None:
    """The table of all reviews."""
    printing.subheader(t("household.history"))
    st.caption(t("household.history.note"))
    name = "thoat_ngheo_tai_ngheo"
    tables.plain_table(history_table(history), "history", name, served, numbers=True)


def relapse_card(history: pl.DataFrame, months: str) -> tuple[str, str, str]:
    """(title, share and number, note) of relapses within ``months`` among those that escaped."""
    title = t("household.relapse", months=months)
    found = relapse(history, RELAPSE_MONTHS[months])
    if found is None:
        return title, t("household.unknown"), t("household.relapse.none")
    note = t("household.relapse.note", period=found.period)
    if found.share_pct is None:
        return title, t("household.no_case"), note
    figure = t(
        "household.relapse.figure",
        share=rate(found.share_pct, language()),
        count=number(found.households, language()),
    )
    return title, figure, note


def history_table(history: pl.DataFrame) -> pl.DataFrame:
    """Escapes, relapses among them, entries, duration: a row a review, the newest first."""
    rows = []
    for (period,), year in history.sort("period", descending=True).group_by(
        "period", maintain_order=True
    ):
        found = dict(zip(year["figure"], year["household_count"], strict=True))
        told = str(period) if is_whole(year) else _partly(year.row(0, named=True))
        row = {t("column.period"): told}
        for name in ("escaped", *RELAPSE_REVIEWS, "entered_new", "entered_again"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        for name in ("chronic", "transient", "unlinked"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        rows.append(row)
    return pl.DataFrame(rows)


def _partly(row: Mapping[str, Any]) -> str:
    return t(
        "household.partly",
        period=row["period"],
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )
