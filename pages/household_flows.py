"""Who got out, who fell back, and who must be watched: households between two reviews."""

from functools import partial

import streamlit as st

from charts.churn import churn
from charts.flow_sankey import flow_sankey
from charts.numbers import amount
from measures import household_sums as sums
from measures.catalogue import cards
from measures.poor_list_flows import MEASURES
from measures.target_units import year_before
from ui import (
    blocks,
    frame,
    household_flows,
    household_forms,
    household_history,
    household_links,
    household_lists,
    printing,
    tables,
    url,
)
from ui.provenance import of_cards
from ui.texts import language, t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
lang, mode = language(), blocks.mode()
try:
    flows, history = rows.household_flows(), rows.household_history()
except NotAllowed:
    blocks.headline(t("household.visitor"))
    st.stop()
known = sums.reviews(flows)
if not known:
    blocks.headline(t("household.none"))
    st.stop()

newest = rows.newest_complete_period()
answer = blocks.answer_place()
with st.container(horizontal=True):
    period = url.choice(
        st.selectbox,
        t("household.period"),
        known,
        key="period",
        default=newest if newest in known else known[0],
        format_func=str,
        width=150,
    )
    months = household_history.choose_months()
cells = sums.matrix(flows, period)
moved = partial(sums.counted, cells)
opening = t("household.share_of_opening", count=amount(moved("poor", None), "household", lang))
coverage, told = household_flows.coverage(cells), household_flows.told(cells)
meaning = partial(of_cards, [cards()[measure.name] for measure in MEASURES])

with answer:
    blocks.headline(household_flows.headline(cells, period))
st.caption(f"{coverage} {t('household.beside_overview')}")
with st.grid(4, min_column_width=230):
    near, above = (moved("poor", other) for other in ("near_poor", "none"))
    blocks.text_card(t("household.to_near_poor"), amount(near, "household", lang), opening)
    blocks.text_card(t("household.above"), amount(above, "household", lang), opening)
    came = sums.churn(cells, period).came
    note = t("household.came.note", count=amount(moved("near_poor", "poor"), "household", lang))
    blocks.text_card(t("household.came"), amount(came, "household", lang), note)
    blocks.text_card(*household_history.relapse_card(history, months))

left, right = st.columns([3, 2], gap="large")
with left:
    blocks.chart(
        flow_sankey(household_flows.moves(cells), household_flows.short_names(), lang, mode),
        "household_sankey",
        household_flows.sankey_takeaway(cells),
        t("household.sankey.subtitle", before=year_before(period), period=period),
        f"{coverage} {told} {t('household.source')}",
        details=partial(meaning, "household_sankey"),
    )
with right:
    over_years, left_out = sums.churn_over_years(flows)
    words = (t("household.left"), t("household.came_short"), t("household.net"))
    blocks.chart(
        churn(over_years, words, lang, mode),
        "household_churn",
        household_flows.churn_takeaway(over_years),
        t("household.churn.subtitle", standard=cells["standard_id"][0]),
        f"{household_flows.churn_note(left_out)} {t('household.source')}",
        details=partial(meaning, "household_churn"),
    )
printing.subheader(t("household.matrix"))
tables.plain_table(
    household_flows.matrix_table(cells), "matrix", f"chuyen_doi_{period}", served, numbers=True
)

household_links.of_review(rows, period)

household_history.over_years(history, served)
household_forms.of_review(rows, period)
household_lists.watched_by_commune(rows)
household_lists.single_households(rows, period, cells["standard_id"][0])
