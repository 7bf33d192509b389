"""Households to look after: how many by commune, and one by one for those who may see that."""

import streamlit as st

from ui import blocks, household_flows, named_forms, named_lists, printing, tables, url
from ui.data import Rows
from ui.texts import t
from warehouse.door import NotAllowed
from warehouse.named_views import Wanted


def watched_by_commune(rows: Rows) -> None:
    """How many newly escaped households are at risk, commune by commune."""
    printing.subheader(t("household.watch"))
    st.caption(t("household.watch.note"))
    watched = household_flows.watched_table(rows.household_history("commune"))
    if watched.is_empty():
        blocks.nothing_to_show(t("household.watch.none"))
    else:
        tables.plain_table(watched, "watched", "ho_can_theo_doi", rows.served, numbers=True)


def single_households(rows: Rows, period: str, standard: str) -> None:
    """Pseudonymous rows: poor households able to work or with a member of merit, and those to watch."""
    printing.subheader(t("household.poor_lists"))
    try:
        at_risk = rows.watched_households()
    except NotAllowed:
        blocks.nothing_to_show(t("household.rows.refused"))
        return
    kind = url.choice(
        st.segmented_control,
        t("household.kind"),
        ("labour", "merit"),
        key="kind",
        default="labour",
        required=True,
        format_func=lambda code: t(f"household.kind.{code}"),
    )
    poor = rows.poor_households(period, standard, labour=kind == "labour", merit=kind == "merit")
    st.caption(t("household.poor_lists.note"))
    name = f"ho_ngheo_{kind}_{period}"
    tables.plain_table(household_flows.poor_rows(poor), "poor_rows", name, rows.served)
    named_lists.offer(rows, Wanted("labour" if kind == "labour" else "merit", period, standard))
    printing.subheader(t("household.watch") + ": " + t("household.rows"))
    name = "ho_can_theo_doi_tung_ho"
    tables.plain_table(household_flows.watched_rows(at_risk), "watched_rows", name, rows.served)
    named_lists.offer(rows, Wanted("watch", period, standard))
    named_forms.offer(rows, period)
