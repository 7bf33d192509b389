"""Filters of the list that goes back to the senders."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from charts.numbers import sort_key
from ui import url
from ui.filters import ALL
from ui.texts import t


def unit_with_reasons(
    reasons: pl.DataFrame, names: Mapping[tuple[str, str], str]
) -> tuple[str, str] | None:
    """One commune among those with something to look at, as (era, code)."""
    found = reasons.select("era", "unit_code").unique().drop_nulls().rows()
    ordered = sorted(found, key=lambda key: (sort_key(names.get(key, key[1])), key[0]))
    codes = {f"{era}-{code}": (era, code) for era, code in ordered}
    picked = url.choice(
        st.selectbox,
        t("filter.sender"),
        [ALL, *codes],
        key="sender",
        default=ALL,
        format_func=lambda one: (
            t("filter.everybody")
            if one == ALL
            else f"{names.get(codes[one], codes[one][1])} ({t(f'era.{codes[one][0]}')})"
        ),
        width=360,
    )
    return codes.get(picked)


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
