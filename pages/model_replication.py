"""Which models of poverty reduction work, what they cost, and where they could go next; then one of them."""

from functools import partial

import streamlit as st

from charts.forest import forest
from measures.evaluation.grade import GRADES
from ui import blocks, frame, model_evidence, model_facts, model_views, models
from ui.read_table import read_table
from ui.texts import language, t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
lang, mode = language(), blocks.mode()
own = rows.viewer.role == "officer"
try:
    found = rows.model_results("model")
except NotAllowed:
    blocks.headline(t("model.visitor"))
    st.stop()
if found.is_empty():
    blocks.headline(t("model.none"))
    blocks.nothing_to_show(t("model.none.todo"))
    st.stop()

whole = models.whole_models(found)
blocks.headline(models.headline(whole))
st.caption(models.basis(whole[0]))
with st.grid(5, min_column_width=190):
    for grade in GRADES:
        title, value, note = models.grade_card(whole, grade)
        blocks.text_card(title, value, note)
    blocks.text_card(t("model.spread"), *model_facts.spread(rows))

place = st.container()
model_id = models.choose(whole)
row = next(one for one in whole if one["model_id"] == model_id)
with place:
    words = (t("model.forest.none"), t("model.forest.useful"))
    blocks.chart(
        forest(models.intervals(whole, model_id), models.useful(), words, lang, mode),
        "model_forest",
        models.takeaway(whole),
        models.subtitle(t("model.forest.subtitle"), whole[0]),
        t("model.forest.note") + " " + t("model.source"),
        details=partial(model_evidence.method, "model_forest"),
    )
    read_table(
        models.portfolio(whole, rows.model_results("model_site"), own=own),
        [t(f"model.column.{name}") for name in models.READ],
        "portfolio",
        "mo_hinh_giam_ngheo",
        served,
        opener=t("model.every_column"),
        numbers=True,
        taken=models.portfolio_numbers(found),
    )

st.header(models.title(row))
st.markdown(models.verdict(row))
st.caption(model_facts.story(row, rows.model_results("model_site"), own=own))
with st.grid(4, min_column_width=220):
    for title, value, note in model_facts.facts(row):
        blocks.text_card(title, value, note)
view = model_views.choose()
if own:
    st.caption(t("model.own_sites"))
model_views.show(view, rows, row, found)
