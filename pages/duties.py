"""The plan's duties without a number: what is done, what is late, on what nobody reported."""

import streamlit as st

from measures.reporting import duty_reports
from reference.plan import duties as plan_duties
from ui import blocks, duties, frame, printing, tables
from ui.read_table import read_table
from ui.texts import t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
try:
    statuses = rows.duty_statuses()
except NotAllowed:
    blocks.headline(t("duty.visitor"))
    st.stop()

place = st.empty()
with st.container(horizontal=True, vertical_alignment="bottom"):
    half_year = duties.choose_half_year(served.today, duties.newest_reported(statuses))
    found = duty_reports(plan_duties(), statuses, half_year, served.today)
    role = duties.choose_owner(found, served.today)
    standing = duties.choose_standing()
with place:
    blocks.headline(duties.sentence(found, half_year))
st.caption(t("duty.note"))

with st.grid(5, min_column_width=150):
    for title, value in duties.cards(found):
        blocks.text_card(title, value, t("duty.card.note", all=len(found)))

printing.subheader(t("duty.list"))
read_table(
    duties.duties_table(duties.chosen(found, role, standing), served.today),
    [t(name) for name in duties.READ],
    "duties",
    f"nhiem_vu_{half_year}",
    served,
    opener=t("duty.every_column"),
)

printing.subheader(t("duty.by_owner"))
tables.plain_table(
    duties.by_owner(found, served.today), "owners", f"co_quan_{half_year}", served, numbers=True
)
