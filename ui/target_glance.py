"""All indicators of the plan on one screen: a table to read, the whole of it to sort and take home, and what slips."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from measures.target_standing import Standing
from ui import tables, targets
from ui.blocks import is_phone
from ui.build import Served
from ui.texts import plain, t

_READ = ("indicator", "status", "figure", "missing", "pace", "owner")
_FURTHEST = 2


def slipping(found: Sequence[Standing]) -> str:
    """Which indicators get worse, and which are furthest from their 100 %; empty where none is."""
    worse = [each for each in found if each.status in ("away", "worse")]
    short = sorted(
        (
            each
            for each in found
            if each.status in ("short", "slow") and each.gap and _is_rate(each)
        ),
        key=lambda each: abs(each.gap or 0),
        reverse=True,
    )
    names = "; ".join(targets.label(each.indicator) for each in worse)
    furthest = "; ".join(
        t(
            "targets.furthest.one",
            label=targets.label(each.indicator),
            missing=targets.missing(each),
        )
        for each in short[:_FURTHEST]
    )
    told = [
        t("targets.worse", names=names) if names else "",
        t("targets.furthest", names=furthest) if furthest else "",
    ]
    return " ".join(filter(None, told))


def show(found: Sequence[Standing], assigned: pl.DataFrame, served: Served, today: date) -> None:
    """On a wide screen texts go on in further lines and nothing lies beyond the page; all columns are one click away."""
    every = targets.at_a_glance(found, assigned, today)
    if is_phone():
        tables.plain_table(every, "targets", "muc_tieu", served, is_overview=True)
        return
    read = every.select(t(f"target.column.{name}") for name in _READ)
    st.table(
        read.with_columns(pl.all().map_elements(_cell, return_dtype=pl.String)),
        hide_index=True,
        border="horizontal",
    )
    with st.expander(t("targets.every_column"), icon=":material/table_rows:"):
        tables.plain_table(every, "targets", "muc_tieu", served, is_overview=True)


def _cell(text: str) -> str:
    """A number and its unit stay together."""
    return plain(text.replace(" %", "\u00a0%"))


def _is_rate(found: Standing) -> bool:
    return found.row is not None and found.row["unit"] == "pct"
