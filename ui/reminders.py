"""The letter to those who have not reported: to whom, what they owe, and its draft."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from charts.numbers import period
from measures.reporting import Report, owing
from reports.reminder_letter import Owed, reminder
from ui import url
from ui.build import Served
from ui.duties import owner
from ui.texts import catalogue, t

REMINDING, AUTHORITY = "poverty_reduction", "provincial_government"


@dataclass(frozen=True)
class Overdue:
    """One agency or commune and every report it owes."""

    name: str
    reports: tuple[Report, ...]


def overdue(reports: Sequence[Report], today: date) -> list[Overdue]:
    """Who owes at least one report, the longest overdue first."""
    found: dict[str, list[Report]] = {}
    for report in owing(reports):
        name = report.unit_name or owner(report.owner_role, today)
        found.setdefault(name, []).append(report)
    return [Overdue(name, tuple(owed)) for name, owed in found.items()]


def choose_overdue(found: Sequence[Overdue]) -> Overdue:
    """One of those who owe a report."""
    names = [each.name for each in found]
    picked = url.choice(
        st.selectbox,
        t("report.letter.to"),
        names,
        key="remind",
        default=names[0],
        format_func=lambda name: name,
        width=460,
    )
    return found[names.index(picked)]


def letter(one: Overdue, served: Served) -> str:
    """Draft of the reminder, in Vietnamese whatever language the page speaks."""

    def name(role: str) -> str:
        return owner(role, served.today, "vi")

    say = catalogue().say
    return reminder(
        name(REMINDING),
        name(AUTHORITY),
        one.reports[0].unit_name or name(one.reports[0].owner_role),
        [
            Owed(
                say(f"form.{report.form}", "vi"),
                period(report.period, "vi"),
                report.due,
                report.days_late or 0,
            )
            for report in one.reports
        ],
        served.today,
        served.is_demo,
    )


def show_letter(text: str) -> None:
    """The draft with a button that copies it and one that takes it home as a text file."""
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        t("report.letter.take"),
        text.encode("utf-8-sig"),
        file_name="nhac_bao_cao.txt",
        mime="text/plain",
        key="letter_txt",
        icon=":material/download:",
        on_click="ignore",
    )
