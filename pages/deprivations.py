"""The twelve deprivations: who lacks what and where, what makes up M0, which agency must act."""

from functools import partial

import streamlit as st

from charts.labels import figure_text, short_text, value_text
from charts.named_bars import named_bars
from measures.catalogue import cards
from reference.loading import indicators
from reference.programmes import programmes
from ui import (
    blocks,
    delivery,
    deprivations,
    filters,
    frame,
    reach,
    tables,
)
from ui.deprivation_places import show_places
from ui.printing import subheader
from ui.provenance import provenance
from ui.support_lists import show_lists
from ui.texts import language, t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
lang, mode, today = language(), blocks.mode(), served.today
answer = blocks.answer_place()
with st.container(horizontal=True, vertical_alignment="bottom"):
    class_code = deprivations.choose_class()
    period = deprivations.choose_period(rows)
    level = filters.level()
if period is None:
    blocks.headline(t("state.no_periods"))
    st.stop()

found = deprivations.figures(rows, period)
with answer:
    blocks.headline(deprivations.sentence(found, period, class_code))
with st.grid(4, min_column_width=200):
    for title, value, note in deprivations.cards(found, class_code):
        blocks.text_card(title, value, note)
st.caption(deprivations.shift_sentence(rows, period))
if rows.viewer.role == "visitor":
    st.info(t("dep.not_public"), icon=":material/lock:")

first = deprivations.deprived(indicators()[0].code, class_code)
card, row = cards()[first], found.get(first)
left, right = st.columns(2, gap="large")
with left:
    blocks.chart(
        named_bars(
            deprivations.bars(found, class_code),
            lang,
            mode,
            missing=t("target.no_data"),
            text=short_text if blocks.is_phone() else figure_text,
        ),
        "deprivation_bars",
        deprivations.bars_takeaway(found, class_code),
        t("dep.bars.subtitle", period=period),
        blocks.small_print(card, row, today),
        details=partial(provenance, rows, card, row, "deprivation_bars"),
    )
with right:
    m0, parts = cards()[deprivations.M0], deprivations.contributions(found)
    blocks.chart(
        named_bars(parts, lang, mode, missing=t("target.no_data"), text=value_text),
        "contribution_bars",
        deprivations.contributions_takeaway(found),
        t("dep.contributions.subtitle", period=period),
        blocks.small_print(m0, row, today),
        details=partial(provenance, rows, m0, found.get(deprivations.M0), "contribution_bars"),
    )
tables.plain_table(
    deprivations.of_indicators(found, class_code, today),
    "deprivations",
    f"thieu_hut_{class_code}_{period}",
    served,
)

show_places(rows, class_code, period, level)

subheader(t("dep.reach"))
with st.container(horizontal=True, vertical_alignment="bottom"):
    indicator = reach.choose_indicator()
    programme = reach.choose_programme(indicator)
    try:
        told = rows.programme_figures(programme, "province") if programme else None
    except NotAllowed:
        blocks.nothing_to_show(t("delivery.visitor"))
        st.stop()
    half_year = None if told is None else delivery.choose_period(told)
if programme is None or half_year is None:
    blocks.nothing_to_show(t("dep.reach.none"))
else:
    st.caption(reach.note(programmes()[programme], period, half_year))
    beside = reach.reached(rows, indicator, period, programme, half_year)
    tables.plain_table(
        reach.reach_table(beside), "reach", f"{indicator.code}_{programme}", served, numbers=True
    )
subheader(t("dep.own_rows"))
st.caption(t("dep.own_rows.note"))
tables.plain_table(
    reach.own_rows(found), "own_rows", f"ho_tro_tung_ho_{period}", served, numbers=True
)
show_lists(rows, period)
