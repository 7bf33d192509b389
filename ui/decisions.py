"""Notes and decisions on the pages: who may write them, the form, and what became of the earlier ones."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl
import streamlit as st

from charts.numbers import MISSING, day, sort_key
from charts.theme import STATUS_SYMBOLS
from measures.agenda import Point
from reference.loading import agencies
from reference.plan import events, owner_on, plan_indicators
from ui import access, review, targets
from ui.data import Rows
from ui.folded import folded
from ui.tables import plain_table
from ui.texts import language, plain, t
from warehouse import decisions
from warehouse.decisions import Entry, Figure, NotRecorded, Said, Status

_WRITERS = ("leader", "analyst")
_SYMBOLS: dict[Status, str] = {
    "late": STATUS_SYMBOLS["bad"],
    "open": STATUS_SYMBOLS["watch"],
    "done": STATUS_SYMBOLS["good"],
}


def may_write(rows: Rows) -> bool:
    """Whether this viewer may take down what a meeting decided: those who see the whole province."""
    return rows.viewer.role in _WRITERS


def everything(rows: Rows) -> list[Entry]:
    """All that was said at any meeting; none for visitors."""
    if rows.viewer.role == "visitor":
        return []
    return decisions.entries(Path(rows.served.folder))


def of_earlier_meetings(entries: Sequence[Entry], rows: Rows) -> list[Entry]:
    """Decisions of the meetings before the one shown: late first, then open, then done."""
    own = review.meeting_slug(rows)
    last = rows.served.meeting.as_of if rows.served.meeting else None
    found = [
        each
        for each in entries
        if each.kind == "decision"
        and each.said.meeting != own
        and (last is None or each.said_at.date() <= last)
    ]
    order = list(_SYMBOLS)
    return sorted(found, key=lambda each: order.index(each.status(rows.served.today)))


def of_point(entries: Sequence[Entry], point: Point, rows: Rows) -> list[Entry]:
    """What this meeting said of one point, the newest first."""
    own = review.meeting_slug(rows)
    return [
        each
        for each in reversed(entries)
        if each.said.meeting == own and each.figure.indicator_id == point.standing.indicator.id
    ]


def take_down(point: Point, rows: Rows) -> None:
    """The form for a note or a decision on the figure shown."""
    if not may_write(rows):
        st.info(t("decision.not_yours"), icon=":material/lock:")
        return
    today, owners = rows.served.today, _owners(rows.served.today)
    default = owner_on(point.standing.indicator.owner_role, today)
    with st.form(f"decision_{point.standing.indicator.id}", clear_on_submit=True):
        text = st.text_area(t("decision.text"), key="decision_text", height=90, max_chars=2000)
        with st.container(horizontal=True, vertical_alignment="bottom"):
            agency = st.selectbox(
                t("decision.agency"),
                list(owners),
                index=list(owners).index(default.agency_id) if default else None,
                format_func=lambda code: owners[code],
                key=f"decision_agency_{point.standing.indicator.id}",
            )
            due = st.date_input(
                t("decision.due"), value=_next_report(today), min_value=today,
                format="DD/MM/YYYY", key="decision_due", width=170,
            )  # fmt: skip
            decided = st.form_submit_button(t("decision.decide"), type="primary", key="decide")
            noted = st.form_submit_button(t("decision.note"), key="note")
    if decided or noted:
        _keep(point, rows, text, agency if decided else None, due if decided else None)


def told(entries: Sequence[Entry], today: date) -> None:
    """Notes and decisions as lines of large type."""
    for each in entries:
        if each.kind == "note":
            st.subheader(f"✎ {plain(each.text)}", anchor=False)
            st.caption(plain(_by(each)))
            continue
        who = f"{_agency(each)}, {t('decision.by', day=day(each.due_date))}"
        heard = f": {each.follow_ups[-1].text}" if each.follow_ups else ""
        st.subheader(
            plain(f"{status_text(each, today)} · {each.text} ({who}){heard}"), anchor=False
        )
        st.caption(plain(_by(each)))


def follow_up(earlier: Sequence[Entry], rows: Rows) -> None:
    """Earlier decisions with where they stand, their table one click away, and the form to say what became of one."""
    today = rows.served.today
    told(earlier, today)
    with folded(t("decision.every_column"), "decisions") as is_open:
        plain_table(table(earlier, today), "decisions", "ket_luan", rows.served, is_open=is_open)
    if not may_write(rows):
        return
    open_ones = {each.entry_id: each for each in earlier if each.status(today) != "done"}
    if not open_ones:
        return
    with st.form("follow_up", clear_on_submit=True):
        number = st.selectbox(
            t("decision.which"),
            list(open_ones),
            format_func=lambda one: f"{one}. {open_ones[one].text}",
            key="follow_up_which",
        )
        text = st.text_input(t("decision.heard"), key="follow_up_text", max_chars=1000)
        with st.container(horizontal=True):
            done = st.form_submit_button(t("decision.done"), type="primary", key="follow_up_done")
            still = st.form_submit_button(t("decision.still"), key="follow_up_still")
    if done or still:
        folder = Path(rows.served.folder)
        decisions.follow_up(folder, number, text, _said(rows), is_done=done)
        st.rerun()


def table(entries: Sequence[Entry], today: date) -> pl.DataFrame:
    """One row a decision: where it stands, what, who, by when, what was heard since."""
    return pl.DataFrame(
        [
            {
                t("decision.column.status"): status_text(each, today),
                t("decision.column.number"): str(each.entry_id),
                t("decision.text"): each.text,
                t("decision.agency"): _agency(each),
                t("decision.due"): day(each.due_date),
                t("decision.column.about"): _about(each),
                t("decision.column.heard"): each.follow_ups[-1].text
                if each.follow_ups
                else MISSING,
                t("decision.column.by"): _by(each),
                t("decision.column.build"): each.said.build_id,
            }
            for each in entries
        ]
    )


def sentence(entries: Sequence[Entry], today: date) -> str:
    """How many are done, late and open."""
    counts = Counter(each.status(today) for each in entries)
    return t(
        "decision.sentence",
        all=len(entries),
        **{status: counts[status] for status in _SYMBOLS},
    )


def status_text(entry: Entry, today: date) -> str:
    """Symbol and word."""
    status = entry.status(today)
    return f"{_SYMBOLS[status]} {t(f'decision.status.{status}')}"


def _keep(point: Point, rows: Rows, text: str, agency: str | None, due: date | None) -> None:
    folder, row = Path(rows.served.folder), point.official
    figure = Figure(
        point.standing.indicator.id,
        point.standing.indicator.measure,
        row["period"] if row else None,
        row["era"] if row else None,
        row["unit_code"] if row else None,
    )
    try:
        if due is None:
            decisions.add_note(folder, text, figure, _said(rows))
        else:
            decisions.add_decision(folder, text, agency or "", due, figure, _said(rows))
    except NotRecorded as refusal:
        st.error(plain(str(refusal)), icon=":material/error:")
        return
    st.toast(t("decision.kept"), icon=":material/check:")


def _said(rows: Rows) -> Said:
    return Said(review.meeting_slug(rows), rows.served.build_id, access.person(rows.served.is_demo))


def _owners(today: date) -> dict[str, str]:
    """Agencies in force today by code, sorted as Vietnamese sorts."""
    found = {
        each.agency_id: each.name_vi if language() == "vi" else each.name_en
        for each in agencies()
        if (each.valid_from is None or each.valid_from <= today)
        and (each.valid_to is None or today <= each.valid_to)
    }
    return dict(sorted(found.items(), key=lambda item: sort_key(item[1])))


def _next_report(today: date) -> date:
    """The last day of the next half-yearly report: what was decided is told there at the latest."""
    return min(
        event.last
        for year in (today.year, today.year + 1)
        for event in events(year)
        if event.rule.id == "half_year_report" and event.last >= today
    )


def _agency(entry: Entry) -> str:
    for each in agencies():
        if each.agency_id == entry.agency_id:
            return each.name_vi if language() == "vi" else each.name_en
    return entry.agency_id or MISSING


def _about(entry: Entry) -> str:
    indicator = plan_indicators().get(entry.figure.indicator_id or "")
    name = targets.label(indicator) if indicator else entry.figure.indicator_id
    parts = (name, entry.figure.period)
    return " · ".join(part for part in parts if part) or MISSING


def _by(entry: Entry) -> str:
    return f"{entry.said.who}, {day(entry.said_at.date())}"
