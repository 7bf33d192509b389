"""The plan's duties without a number: where each stands, by owner, in the reader's words."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import streamlit as st

from charts.numbers import MISSING, Language, day, number, period, sort_key
from charts.theme import STATUS_SYMBOLS
from measures.reporting import DutyReport, DutyStanding
from reference.loading import agencies
from reference.plan import Duty, calendar, half_years, owner_on
from ui import url
from ui.filters import ALL
from ui.texts import language, t

FIRST_YEAR = 2022
READ = ("column.duty", "duty.standing", "column.owner", "column.evidence", "column.due")
"""Columns of the duties that are read at once."""
STANDINGS: tuple[DutyStanding, ...] = ("done", "in_progress", "late", "not_started", "no_report")
_WORST_FIRST: tuple[DutyStanding, ...] = ("late", "not_started", "no_report", "in_progress", "done")
_SYMBOLS: Mapping[DutyStanding, str] = {
    "done": STATUS_SYMBOLS["good"],
    "in_progress": STATUS_SYMBOLS["watch"],
    "late": STATUS_SYMBOLS["bad"],
    "not_started": STATUS_SYMBOLS["bad"],
    "no_report": STATUS_SYMBOLS["unknown"],
}


def choose_half_year(today: date, default: str | None = None) -> str:
    """One half-year that has begun; it stands in the URL."""
    options = half_years(today, FIRST_YEAR)
    return url.choice(
        st.selectbox,
        t("duty.period"),
        options,
        key="half_year",
        default=default if default in options else options[0],
        format_func=lambda code: period(code, language()),
        width=240,
    )


def newest_reported(statuses: pl.DataFrame) -> str | None:
    """The newest half-year that anybody reported on."""
    found: str | None = statuses["period"].max()  # type: ignore[assignment]
    return found


def choose_owner(found: Sequence[DutyReport], today: date) -> str | None:
    """One owner's role, or None for all of them."""
    names = {report.duty.owner_role: owner(report.duty.owner_role, today) for report in found}
    ordered = sorted(names, key=lambda role: sort_key(names[role]))
    picked = url.choice(
        st.selectbox,
        t("duty.owner"),
        [ALL, *ordered],
        key="owner",
        default=ALL,
        format_func=lambda role: t("filter.everybody") if role == ALL else names[role],
        width=380,
    )
    return None if picked == ALL else picked


def choose_standing() -> DutyStanding | None:
    """One standing, or None for all of them."""
    picked = url.choice(
        st.segmented_control,
        t("duty.standing"),
        (ALL, *STANDINGS),
        key="standing",
        default=ALL,
        required=True,
        format_func=lambda one: t("filter.everybody") if one == ALL else t(f"duty.{one}"),
    )
    return next((one for one in STANDINGS if one == picked), None)


def owner(role: str, on: date, lang: Language | None = None) -> str:
    """Agency that holds a role on a day; its last known holder where the successor is not known.

    ``lang`` is the reader's language unless given.
    """
    is_vi = (lang or language()) == "vi"
    agency = owner_on(role, on)
    if agency is not None:
        return agency.name_vi if is_vi else agency.name_en
    last = [agency for agency in agencies() if agency.role == role][-1]
    return t("duty.owner.unknown", last=last.name_vi if is_vi else last.name_en)


def sentence(found: Sequence[DutyReport], half_year: str) -> str:
    """How many duties are done, late and without any report."""
    counted = Counter(report.standing for report in found)
    when = period(half_year, language())
    if counted["no_report"] == len(found):
        return t("duty.sentence.none", period=when, all=len(found))
    return t(
        "duty.sentence",
        period=when,
        all=len(found),
        done=counted["done"],
        late=counted["late"],
        open=counted["in_progress"] + counted["not_started"],
        silent=counted["no_report"],
    )


def cards(found: Sequence[DutyReport]) -> list[tuple[str, str]]:
    """Title and number of each standing."""
    counted = Counter(report.standing for report in found)
    return [
        (f"{_SYMBOLS[one]} {t(f'duty.{one}').capitalize()}", number(counted[one], language()))
        for one in STANDINGS
    ]


def by_owner(found: Sequence[DutyReport], on: date) -> pl.DataFrame:
    """Agencies, whatever their roles, and how many duties stand where; late and silent ones first."""
    counted: dict[str, Counter[DutyStanding]] = {}
    for report in found:
        counted.setdefault(owner(report.duty.owner_role, on), Counter())[report.standing] += 1
    ordered = sorted(
        counted,
        key=lambda name: (-counted[name]["late"], -counted[name]["no_report"], sort_key(name)),
    )
    return pl.DataFrame(
        [
            {
                t("column.owner"): name,
                **{
                    f"{_SYMBOLS[one]} {t(f'duty.{one}')}": number(counted[name][one], language())
                    for one in STANDINGS
                },
            }
            for name in ordered
        ]
    )


def chosen(
    found: Sequence[DutyReport], role: str | None, standing: DutyStanding | None
) -> list[DutyReport]:
    """The duties of an owner and a standing; None means all."""
    return [
        report
        for report in found
        if role in (None, report.duty.owner_role) and standing in (None, report.standing)
    ]


def duties_table(found: Sequence[DutyReport], on: date) -> pl.DataFrame:
    """One row a duty, the late ones first: owner, standing, evidence, due day, what must be delivered."""
    return pl.DataFrame(
        [
            {
                t("column.duty"): f"{report.duty.duty_id} {_label(report.duty)}",
                t("duty.standing"): f"{_SYMBOLS[report.standing]} {t(f'duty.{report.standing}')}",
                t("column.owner"): owner(report.duty.owner_role, on),
                t("column.evidence"): report.evidence or MISSING,
                t("column.due"): _due(report),
                t("column.deliverable"): _deliverable(report.duty),
                t("column.clause"): ", ".join(report.duty.clauses),
            }
            for report in sorted(found, key=lambda each: _WORST_FIRST.index(each.standing))
        ]
    )


def _due(report: DutyReport) -> str:
    if report.due is not None:
        return day(report.due)
    rule = calendar()[report.duty.due_rule]
    vi = language() == "vi"
    return (rule.label_vi if vi else rule.label_en).lower()


def _label(duty: Duty) -> str:
    return duty.label_vi if language() == "vi" else duty.label_en


def _deliverable(duty: Duty) -> str:
    return duty.deliverable_vi if language() == "vi" else duty.deliverable_en
