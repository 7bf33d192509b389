"""What changed since the last meeting: figures, corrections and why, alerts, ranks, decisions due."""

import streamlit as st

from measures.meeting_changes import moved, new_alerts
from ui import blocks, decisions, frame, meeting_changes, printing, tables, targets
from ui.texts import t

served, rows = frame.open_page()
place = st.empty()
meeting = meeting_changes.choose(rows)
if meeting is None:
    with place:
        blocks.headline(t("since.no_meeting"))
    st.code(t("since.no_meeting.command"), language=None)
    st.stop()

then = meeting_changes.rows_of(meeting, rows)
before, after = targets.standings(then), targets.standings(rows)
restated = meeting_changes.restated(then, rows)
alerts, said = new_alerts(before, after), decisions.everything(rows)
due = meeting_changes.due(said, served.today)
with place:
    blocks.headline(meeting_changes.sentence(then, rows))

with st.grid(4, min_column_width=180):
    blocks.text_card(
        t("since.card.moved"), str(len(moved(before, after))), t("since.card.moved.note")
    )
    blocks.text_card(t("since.card.restated"), str(len(restated)), t("since.card.restated.note"))
    blocks.text_card(t("since.card.alerts"), str(len(alerts)), t("since.card.alerts.note"))
    blocks.text_card(t("since.card.due"), str(len(due)), t("since.card.due.note"))

if alerts:
    printing.subheader(t("since.alerts"))
    tables.plain_table(meeting_changes.figures_table(alerts), "alerts", "canh_bao_moi", served)

printing.subheader(t("since.figures"))
figures = meeting_changes.figures_table(moved(before, after))
tables.plain_table(figures, "moved", "so_lieu_thay_doi", served)

printing.subheader(t("since.restated"))
if restated:
    st.caption(t("since.restated.note"))
    corrected = meeting_changes.restated_table(restated)
    tables.plain_table(corrected, "restated", "so_lieu_dieu_chinh", served)
else:
    blocks.nothing_to_show(t("since.restated.none"))

meeting_changes.ranking(then, rows)
ranks = meeting_changes.ranks_table(then, rows)
if not ranks.is_empty():
    tables.plain_table(ranks, "ranks", "xep_hang", served, numbers=True)

if decisions.may_write(rows):
    printing.subheader(t("since.due"))
    if due:
        tables.plain_table(decisions.table(due, served.today), "due", "ket_luan_den_han", served)
    else:
        blocks.nothing_to_show(t("since.due.none"))
