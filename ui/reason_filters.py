"""Filters of the list that goes back to the senders."""

import polars as pl
import streamlit as st

from charts.numbers import sort_key
from ui import url
from ui.filters import ALL
from ui.texts import t


def unit_with_reasons(reasons: pl.DataFrame, names: pl.DataFrame) -> tuple[str, str] | None:
    """One commune among those with something to look at, as (era, code)."""
    found = reasons.select("era", "unit_code").unique().drop_nulls()
    named = found.join(names, on=["era", "unit_code"]).rows(named=True)
    ordered = sorted(named, key=lambda unit: (sort_key(unit["unit_name"]), unit["era"]))
    codes = {f"{unit['era']}-{unit['unit_code']}": unit for unit in ordered}
    picked = url.choice(
        st.selectbox,
        t("filter.sender"),
        [ALL, *codes],
        key="sender",
        default=ALL,
        format_func=lambda one: (
            t("filter.everybody")
            if one == ALL
            else f"{codes[one]['unit_name']} ({t('era.' + codes[one]['era'])})"
        ),
        width=360,
    )
    unit = codes.get(picked)
    return None if unit is None else (unit["era"], unit["unit_code"])


def reason_kind() -> str | None:
    """Rejected rows, questions, warnings, or all of them."""
    picked = url.choice(
        st.segmented_control,
        t("filter.kind"),
        (ALL, "rejected", "question", "warning"),
        key="kind",
        default=ALL,
        required=True,
        format_func=lambda one: t("filter.everybody") if one == ALL else t(f"kind.{one}"),
    )
    return None if picked == ALL else picked
