"""What was received, what was rejected and why, what the checks found, what goes back to whom."""

import streamlit as st

from ui import audits, blocks, frame, integrity, printing, quality, reason_filters, tables
from ui.folded import folded
from ui.read_table import read_table
from ui.texts import t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
submissions = rows.submissions()
try:
    reasons = rows.reasons()
except NotAllowed:
    reasons = None
names = quality.unit_names(rows.unit_names())

blocks.headline(quality.received_sentence(submissions))
with st.grid(4, min_column_width=230):
    for title, value, note in quality.cards(served, submissions, rows.checks()):
        blocks.text_card(title, value, note)

printing.subheader(t("quality.received"))
st.caption(t("quality.received.note"))
tables.plain_table(quality.by_form(submissions), "received", "tep_da_nhan", served, numbers=True)

printing.subheader(t("quality.back"))
if reasons is None:
    blocks.nothing_to_show(t("quality.back.visitor"))
elif reasons.is_empty():
    blocks.nothing_to_show(t("quality.back.none"))
else:
    st.caption(quality.most_frequent(reasons))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        unit = reason_filters.unit_with_reasons(reasons, names)
        kind = reason_filters.reason_kind()
    found = quality.chosen_reasons(reasons, unit, kind)
    read_table(
        quality.to_send_back(found, names),
        [t(name) for name in quality.READ],
        "back",
        "o_can_sua",
        served,
        opener=quality.every_reason(found),
        most=quality.READ_ROWS,
    )

audits.show(served, rows)

printing.subheader(t("quality.checks"))
st.caption(t("quality.checks.note"))
tables.plain_table(quality.checks_table(rows.checks()), "checks", "bo_kiem_tra", served)

integrity.show(served, rows)

printing.subheader(t("quality.files"))
with folded(t("table.open"), "files") as is_open:
    tables.plain_table(
        quality.files_table(submissions, names), "files", "so_tep", served, is_open=is_open
    )
st.caption(t("quality.build", build=served.build_id))
