"""Method, standards, glossary and sources, from the cards and the reference data themselves."""

import streamlit as st

from measures.catalogue import cards
from reference.loading import indicators, sources, standards
from ui import about, blocks, build, frame
from ui.texts import t

frame.run_under_app()
blocks.headline(t("about.headline"))
st.markdown(t("about.intro"))

with st.container(horizontal=True):
    for name in ("count", "complete", "standard", "map", "privacy"):
        with st.container(border=True, width=360):
            st.markdown(f"**{t(f'about.rule.{name}.title')}**  \n{t(f'about.rule.{name}.text')}")

st.subheader(t("about.plan"))
st.caption(t("about.plan.note"))
served = build.served()
for clause in about.plan_section():
    about.clause_card(clause, served.today if served else None)

st.subheader(t("about.standards"))
st.table(
    about.standards_table(standards().values()),
    border="horizontal",
    hide_index=True,
    alt=t("about.standards"),
)

st.subheader(t("about.measures"))
st.caption(t("about.measures.note"))
about.card_chooser(cards())

st.subheader(t("about.grade"))
st.caption(t("about.grade.note"))
st.table(about.grade_rule(), border="horizontal", hide_index=True, alt=t("about.grade"))

st.subheader(t("about.indicators"))
st.table(
    about.indicators_table(indicators()),
    border="horizontal",
    hide_index=True,
    alt=t("about.indicators"),
)

st.subheader(t("about.glossary"))
st.table(about.glossary_table(), border="horizontal", hide_index=True, alt=t("about.glossary"))

st.subheader(t("about.sources"))
st.caption(t("about.sources.note"))
st.dataframe(about.sources_table(sources()), hide_index=True, alt=t("about.sources"))
