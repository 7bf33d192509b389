"""The papers of a meeting from the page: one button, progress, and one file to take home."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from reports.meeting.content import MeetingNotPossible, meeting_content
from reports.meeting.pack import write_pack
from reports.meeting.since import since_meeting
from reports.writing import Written
from ui import review
from ui.data import Rows
from ui.texts import plain, t
from warehouse.door import NotAllowed

_MADE = "meeting_pack_made"


def button(rows: Rows) -> None:
    """Draw the button; once pressed the papers are written and offered, a failed one is named."""
    if st.button(t("pack.make"), key="pack_make", icon=":material/description:"):
        _make(rows)
    made = st.session_state.get(_MADE)
    if made is None or made["build_id"] != rows.served.build_id:
        return
    for name, problem in made["failed"]:
        st.error(plain(t("pack.failed", name=name, problem=problem)), icon=":material/error:")
    st.download_button(
        t("pack.take", count=made["count"]),
        made["file"],
        file_name=f"{review.meeting_slug(rows)}.zip",
        mime="application/zip",
        key="pack_take",
        icon=":material/download:",
        on_click="ignore",
    )


def _make(rows: Rows) -> None:
    bar = st.progress(0.0, t("pack.progress", done=0, all=0))
    try:
        door, meeting = rows.door(), review.as_meeting(rows)
        since = since_meeting(Path(rows.served.folder), door, meeting)
        content = meeting_content(door, meeting, since)
    except (NotAllowed, MeetingNotPossible) as refusal:
        bar.empty()
        st.error(plain(str(refusal)), icon=":material/error:")
        return

    def said(_what: str, done: int, total: int) -> None:
        bar.progress(done / total, t("pack.progress", done=done, all=total))

    with TemporaryDirectory() as folder:
        papers = write_pack(content, Path(folder), said)
        packed = _packed(papers)
    bar.empty()
    written = [paper for paper in papers if paper.path]
    st.session_state[_MADE] = {
        "build_id": rows.served.build_id,
        "count": len(written),
        "failed": [(paper.name, paper.problem) for paper in papers if paper.problem],
        "file": packed,
    }


def _packed(papers: list[Written]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for paper in papers:
            if paper.path is not None:
                package.write(paper.path, paper.name)
    return file.getvalue()
