"""Household by household: what the communes' lists of support say of each deprivation."""

import polars as pl
import streamlit as st

from charts.numbers import number
from reference.loading import indicators
from ui.blocks import nothing_to_show
from ui.data import Rows
from ui.deprivations import name, reported, told
from ui.tables import plain_table
from ui.texts import language, t


def answered(code: str) -> str:
    """Name of the share of households with a deprivation that received what was written for it."""
    return f"support_for_{code}_rate"


def among_newly_escaped(code: str) -> str:
    """Name of the share of newly escaped households that the lists call deprived in it."""
    return f"deprivation_{code}_among_newly_escaped"


def show_lists(rows: Rows, period: str) -> None:
    """The twelve indicators of one year's lists; said so where no commune has sent one."""
    st.subheader(t("dep.lists"))
    st.caption(t("dep.lists.note"))
    if rows.viewer.role == "visitor":
        nothing_to_show(t("dep.lists.visitor"))
        return
    codes = [each.code for each in indicators()]
    names = (*map(answered, codes), *map(among_newly_escaped, codes))
    found = {
        row["measure"]: row
        for row in rows.estimates(names, periods=(period,)).iter_rows(named=True)
    }
    if not found:
        nothing_to_show(t("dep.lists.none", period=period))
        return
    table = pl.DataFrame(
        [
            {
                t("dep.column.indicator"): name(each),
                t("dep.lists.named"): number(row["denominator"] if row else None, language()),
                t("dep.lists.received"): told(row),
                t("dep.lists.escaped"): told(found.get(among_newly_escaped(each.code))),
                t("column.coverage"): reported(row),
            }
            for each in indicators()
            for row in [found.get(answered(each.code))]
        ]
    )
    plain_table(table, "support_lists", f"danh_sach_ho_tro_{period}", rows.served, numbers=True)
