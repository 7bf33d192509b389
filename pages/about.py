"""Method, standards, glossary and sources, from the cards and the reference data themselves."""

import streamlit as st

from measures.catalogue import cards
from reference.loading import indicators, sources, standards
from ui import about, blocks, frame, printing
from ui.texts import t

served = frame.open_method()
blocks.headline(t("about.headline"))
st.markdown(t("about.intro"))

with st.grid(5, min_column_width=220):
    for name in ("count", "complete", "standard", "map", "privacy"):
        with st.container(border=True, height="stretch"):
            st.markdown(f"**{t(f'about.rule.{name}.title')}**  \n{t(f'about.rule.{name}.text')}")

printing.subheader(t("about.plan"))
st.caption(t("about.plan.note"))
for clause in about.plan_section():
    about.clause_card(clause, served.today if served else None)

about.fact_table(t("about.standards"), about.standards_table(standards().values()))

st.subheader(t("about.measures"))
st.caption(t("about.measures.note"))
about.card_chooser(cards())

about.fact_table(t("about.grade"), about.grade_rule(), t("about.grade.note"))
about.fact_table(t("about.indicators"), about.indicators_table(indicators()))
about.fact_table(t("about.glossary"), about.glossary_table())
about.fact_table(t("about.sources"), about.sources_table(sources()), t("about.sources.note"))
