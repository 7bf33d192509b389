"""Who has reported to whom by when, in the reader's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import polars as pl
import streamlit as st

from charts.numbers import MISSING, day, number, period, sort_key
from charts.theme import STATUS_SYMBOLS
from measures.reporting import (
    LIST_FORMS,
    SUMMARY_FORMS,
    Report,
    Standing,
    agency_reports,
    change_reports,
    on_time,
    review_reports,
)
from reference.plan import half_years, report_due, review_due
from ui import url
from ui.data import Rows
from ui.duties import FIRST_YEAR, owner
from ui.texts import language, t

COMMUNE_KINDS = ("list", "summary", "change")
_SYMBOLS: Mapping[Standing, str] = {
    "on_time": STATUS_SYMBOLS["good"],
    "late": STATUS_SYMBOLS["watch"],
    "missing": STATUS_SYMBOLS["bad"],
    "undated": STATUS_SYMBOLS["unknown"],
    "not_due": STATUS_SYMBOLS["unknown"],
}
_WORST_FIRST: tuple[Standing, ...] = ("missing", "late", "undated", "not_due", "on_time")


def choose_half_year(today: date) -> str:
    """A half-year; at first the newest whose report is due by today."""
    options = half_years(today, FIRST_YEAR)
    due = [each for each in options if report_due(each) < today]
    return url.choice(
        st.selectbox,
        t("report.period"),
        options,
        key="half_year",
        default=due[0] if due else options[0],
        format_func=lambda code: period(code, language()),
        width=240,
    )


def choose_commune_kind() -> str:
    """What the communes owe: the review's list, form 1, or the monthly report."""
    return url.choice(
        st.segmented_control,
        t("report.kind"),
        COMMUNE_KINDS,
        key="report",
        default="list",
        required=True,
        format_func=lambda kind: t(f"report.kind.{kind}"),
    )


def of_agencies(rows: Rows, half_year: str) -> list[Report]:
    """The agencies' reports; none for an officer, who is in charge of communes.

    Raises:
        NotAllowed: the viewer is a visitor.
    """
    coverage = rows.coverage()
    if rows.viewer.role == "officer":
        return []
    return agency_reports(half_year, rows.submissions(), coverage, rows.served.today)


def of_communes(rows: Rows, kind: str) -> list[Report]:
    """The newest review or month that is over, one report a commune; an officer's own communes only.

    Raises:
        NotAllowed: the viewer is a visitor.
    """
    today = rows.served.today
    files = (rows.submissions(), rows.coverage(), today)
    if kind == "change":
        found = change_reports(f"{_month_before(today):%Y-%m}", *files)
    else:
        year = today.year if review_due(today.year) < today else today.year - 1
        found = review_reports(year, LIST_FORMS if kind == "list" else SUMMARY_FORMS, *files)
    if rows.viewer.role == "officer":
        return [each for each in found if each.unit_code in rows.viewer.scope]
    return found


def _month_before(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)


def sentence(reports: Sequence[Report], half_year: str) -> str:
    """How many reports of agencies came in time, late and not at all."""
    counted = Counter(report.standing for report in reports)
    when = period(half_year, language())
    if not reports:
        return t("report.sentence.officer")
    if counted["not_due"] == len(reports):
        return t("report.sentence.not_due", period=when, day=day(reports[0].due))
    if counted["missing"] + counted["not_due"] == len(reports):
        return t("report.sentence.none", period=when, all=len(reports))
    told = t(
        "report.sentence",
        period=when,
        all=len(reports),
        on_time=counted["on_time"],
        late=counted["late"],
        missing=counted["missing"],
    )
    if not counted["undated"]:
        return told
    return told + t("report.sentence.undated", undated=counted["undated"])


def commune_sentence(reports: Sequence[Report]) -> str:
    """How many communes reported on one review or month."""
    if not reports:
        return t("report.communes.none")
    counted = Counter(report.standing for report in reports)
    return t(
        "report.communes",
        period=period(reports[0].period, language()),
        day=day(reports[0].due),
        came=len(reports) - counted["missing"] - counted["not_due"],
        all=len(reports),
        late=counted["late"],
        missing=counted["missing"],
    )


def cards(reports: Sequence[Report]) -> list[tuple[str, str, str]]:
    """In time of those owed (R.1), late, missing, and how many came on a day not known."""
    counted = Counter(report.standing for report in reports)
    in_time, owed = on_time(reports)
    share = f"{number(in_time, language())} / {number(owed, language())}"
    return [
        (
            t("report.card.on_time"),
            share if owed else t("report.card.no_case"),
            t("report.card.on_time.note"),
        ),
        *(
            (
                f"{_SYMBOLS[one]} {t(f'report.{one}').capitalize()}",
                number(counted[one], language()),
                t(f"report.card.{one}.note"),
            )
            for one in ("late", "missing", "undated")
        ),
    ]


def agencies_table(reports: Sequence[Report], today: date) -> pl.DataFrame:
    """One row a report of an agency, the worst first, with the role to call."""
    return pl.DataFrame(
        [
            {
                t("column.form"): t(f"form.{report.form}"),
                t("report.standing"): standing_text(report),
                t("report.reported"): day(report.reported),
                t("report.communes_in_it"): _communes_in_it(report),
                t("column.owner"): owner(report.owner_role, today),
                t("report.call"): _call(report, today),
            }
            for report in worst_first(reports)
        ]
    )


def communes_table(reports: Sequence[Report], today: date) -> pl.DataFrame:
    """One row a commune, the worst first."""
    return pl.DataFrame(
        [
            {
                t("column.unit"): report.unit_name,
                t("report.standing"): standing_text(report),
                t("report.reported"): day(report.reported),
                t("report.call"): _call(report, today),
            }
            for report in worst_first(reports)
        ]
    )


def worst_first(reports: Sequence[Report]) -> list[Report]:
    """Missing before late before in time; then most days, then names."""
    return sorted(
        reports,
        key=lambda each: (
            _WORST_FIRST.index(each.standing),
            -(each.days_late or 0),
            sort_key(each.unit_name or each.form),
        ),
    )


def standing_text(report: Report) -> str:
    """Symbol, word and days: ``■ chưa gửi, quá hạn 98 ngày``."""
    text = f"{_SYMBOLS[report.standing]} {t(f'report.{report.standing}')}"
    if report.days_late is None:
        return text
    return text + t("report.days", days=number(report.days_late, language()))


def _communes_in_it(report: Report) -> str:
    if report.unit_code is not None or report.units_expected == 1:
        return MISSING
    found = number(report.units_reported, language())
    return f"{found}/{number(report.units_expected, language())}"


def _call(report: Report, today: date) -> str:
    """The role to call where something is owed; the project keeps no names or numbers of persons."""
    is_partial = report.standing != "not_due" and report.units_reported < report.units_expected
    if report.standing != "missing" and not is_partial:
        return MISSING
    return t("report.call.role", name=report.unit_name or owner(report.owner_role, today))
