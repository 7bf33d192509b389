"""The plan's calendar: who has reported, who is late by how many days, whom to call, what to write."""

import streamlit as st

from ui import blocks, frame, printing, reminders, report_calendar, reporting, tables
from ui.texts import t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
place = st.empty()
half_year = reporting.choose_half_year(served.today)
try:
    agencies = reporting.of_agencies(rows, half_year)
except NotAllowed:
    with place:
        blocks.headline(t("report.visitor"))
    printing.subheader(t("report.calendar"))
    tables.plain_table(report_calendar.calendar_table(served.today), "calendar", "lich", served)
    st.stop()

with place:
    blocks.headline(reporting.sentence(agencies, half_year))
st.caption(t("report.note"))
if agencies:
    with st.grid(4, min_column_width=200):
        for title, value, note in reporting.cards(agencies):
            blocks.text_card(title, value, note)
    printing.subheader(t("report.agencies"))
    tables.plain_table(
        reporting.agencies_table(agencies, served.today),
        "agencies",
        f"bao_cao_co_quan_{half_year}",
        served,
    )

kind = reporting.choose_commune_kind()
communes = reporting.of_communes(rows, kind)
printing.subheader(reporting.commune_sentence(communes))
tables.plain_table(
    reporting.communes_table(communes, served.today), "communes", f"bao_cao_xa_{kind}", served
)

printing.subheader(t("report.letter"))
found = reminders.overdue([*agencies, *communes], served.today)
if found:
    st.caption(t("report.letter.note"))
    reminders.show_letter(reminders.letter(reminders.choose_overdue(found), served))
else:
    blocks.nothing_to_show(t("report.letter.none"))

printing.subheader(t("report.calendar"))
tables.plain_table(report_calendar.calendar_table(served.today), "calendar", "lich", served)
