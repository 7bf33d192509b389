"""The plan as data: its clauses, its indicators, its duties without a number, and its calendar.

A clause is named by part, section and place inside the section: ``II.2.3``. A section of parts I and II that is one
paragraph is named by itself (``I.1``, ``II.1``); ``III.2.0`` is a heading that carries a task. Text is that of the
plan, misprints included; ``note`` says where there is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal

import polars as pl
from pydantic import Field

from reference.loading import agencies
from reference.periods import PeriodError, last_day
from reference.records import Agency, Mark, Record
from reference.yaml_file import read_yaml

FOLDER = Path(__file__).parent
Kind = Literal["indicator", "programme series", "duty", "context"]
TargetKind = Literal["to_zero", "keep_100", "assigned"]
_LISTS = ("measures", "programmes", "duties", "clauses")


class Clause(Record):
    """One bullet or paragraph of the plan and what answers it.

    ``kind`` is the main answer; ``measures``, ``programmes`` and ``duties`` name all of them. ``due_rule`` is a rule
    of the calendar, ``page`` the page that shows the answer.
    """

    clause_id: str
    section: str
    text: str = Field(min_length=1)
    kind: Kind
    measures: tuple[str, ...]
    programmes: tuple[str, ...]
    duties: tuple[str, ...]
    owner_role: str
    deliverable_vi: str | None
    deliverable_en: str | None
    due_rule: str
    page: str
    note: str | None


class Duty(Record):
    """A duty without a number: its owner says every half-year where it stands."""

    duty_id: str
    label_vi: str
    label_en: str
    owner_role: str
    due_rule: str
    clauses: tuple[str, ...] = Field(min_length=1)
    deliverable_vi: str
    deliverable_en: str
    note: str | None


class PlanIndicator(Record):
    """An indicator of the plan, T1.1 to R.1.

    ``measure`` is a measure of the catalogue; None: there is no single figure, or none can be made from what is
    reported. ``worst_of`` are shares that should be 0 instead: the largest, turned round, is the figure.
    ``target_kind``: the plan's own ``to_zero`` or ``keep_100``, or ``assigned`` where only a decision gives a number
    (then ``target_value`` is None). A reference line is no target.
    """

    id: str
    measure: str | None
    worst_of: tuple[str, ...] = ()
    label_vi: str
    label_en: str
    numerator_vi: str
    numerator_en: str
    denominator_vi: str | None = None
    denominator_en: str | None = None
    unit: Literal["pct", "household", "count"]
    direction: Literal["lower_is_better", "higher_is_better"]
    target_kind: TargetKind
    target_value: float | None
    deadline_year: int
    frequency: Literal["year", "half_year"]
    owner_role: str
    clauses: tuple[str, ...] = Field(min_length=1)
    ambiguity_vi: str
    ambiguity_en: str
    reference_value: float | None = None
    reference_vi: str | None = None
    reference_en: str | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that its standing is told from."""
        return (self.measure,) if self.measure else self.worst_of


class Span(Record):
    """When a rule wants something: ``06-09`` is 9 June. ``part`` is the half-year it belongs to."""

    part: Literal["H1", "H2"] | None
    first: str | None
    last: str
    years: tuple[int, ...] | None = None
    words_vi: str
    words_en: str


class CalendarRule(Record):
    """One entry of the calendar; without spans it has words only (monthly, continuous).

    ``meeting_vi`` is the name of the meeting it asks for, with ``{year}``.
    """

    id: str
    label_vi: str
    label_en: str
    clause: str
    spans: tuple[Span, ...]
    monthly_from_day: int | None = None
    meeting_vi: str | None = None
    words_vi: str | None = None
    words_en: str | None = None
    mark: Mark
    source: str = Field(min_length=1)


@dataclass(frozen=True)
class Event:
    """One thing due in one year; ``last`` is the last day in time, ``first`` None where only that is fixed."""

    rule: CalendarRule
    span: Span
    first: date | None
    last: date


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the plan."""
    return tuple(Clause.model_validate(row) for row in _rows("plan_clauses.csv"))


@cache
def duties() -> dict[str, Duty]:
    """Duties without a number, by id."""
    return {row["duty_id"]: Duty.model_validate(row) for row in _rows("duties.csv")}


@cache
def plan_indicators() -> dict[str, PlanIndicator]:
    """The indicators by id, in the order of the plan."""
    found = _yaml("plan_indicators.yml")["indicators"]
    return {body["id"]: PlanIndicator.model_validate(body) for body in found}


@cache
def calendar() -> dict[str, CalendarRule]:
    """Rules of the calendar by id."""
    found = _yaml("calendar.yml")["rules"]
    return {body["id"]: CalendarRule.model_validate(body) for body in found}


def events(year: int) -> list[Event]:
    """What is due in a year, the earliest first."""
    found = [
        Event(
            rule,
            span,
            None if span.first is None else _day(year, span.first),
            _day(year, span.last),
        )
        for rule, span in _spans()
        if span.years is None or year in span.years
    ]
    return sorted(found, key=lambda event: event.last)


def next_meeting(today: date) -> str:
    """Name of the review that is being prepared: the first whose last day is not over."""
    return next(
        event.rule.meeting_vi.format(year=year)
        for year in range(today.year, today.year + 2)
        for event in events(year)
        if event.rule.meeting_vi and event.last >= today
    )


def report_due(half_year: str) -> date:
    """Last day on which the report of a half-year (``2025-H1``) is in time: 9 June or 9 December.

    Raises:
        PeriodError: not a half-year.
    """
    year, _, part = half_year.partition("-")
    for rule, span in _spans():
        if rule.id == "half_year_report" and span.part == part and last_day(half_year):
            return _day(int(year), span.last)
    raise PeriodError(f"Kỳ “{half_year}” không phải nửa năm; viết 2025-H1 hoặc 2025-H2.")


def review_due(year: int) -> date:
    """Last day of the yearly review: 14 December."""
    return next(event.last for event in events(year) if event.rule.id == "yearly_review")


def change_report_opens(month: str) -> date:
    """The 15th of a month (``2025-08``): the in-year review starts.

    Raises:
        PeriodError: not a month.
    """
    first = calendar()["monthly_review"].monthly_from_day
    end = last_day(month)
    if first is None or len(month) != len("2025-08") or not month[5:].isdigit():
        raise PeriodError(f"Kỳ “{month}” không phải tháng; viết 2025-08.")
    return end.replace(day=first)


def half_years(today: date, first_year: int) -> list[str]:
    """Half-years that began by ``today``, the newest first."""
    every = [
        f"{year}-{part}" for year in range(first_year, today.year + 1) for part in ("H1", "H2")
    ]
    return [each for each in reversed(every) if _first_day(each) <= today]


def owner_on(role: str, day: date) -> Agency | None:
    """Who holds a role on a day; None where the successor is not known."""
    held = [
        agency
        for agency in agencies()
        if agency.role == role
        and (agency.valid_from is None or agency.valid_from <= day)
        and (agency.valid_to is None or day <= agency.valid_to)
    ]
    return held[0] if len(held) == 1 else None


def _first_day(half_year: str) -> date:
    return last_day(half_year).replace(month=1 if half_year.endswith("1") else 7, day=1)


def _spans() -> Iterator[tuple[CalendarRule, Span]]:
    for rule in calendar().values():
        for span in rule.spans:
            yield rule, span


def _day(year: int, month_and_day: str) -> date:
    return date.fromisoformat(f"{year}-{month_and_day}")


def _rows(name: str) -> list[dict[str, Any]]:
    table = pl.read_csv(FOLDER / name, infer_schema=False)
    split = [
        pl.col(column)
        .fill_null("")
        .str.split(" ")
        .list.eval(pl.element().filter(pl.element() != ""))
        for column in _LISTS
        if column in table.columns
    ]
    return table.with_columns(split).to_dicts()


def _yaml(name: str) -> Any:
    return read_yaml(FOLDER / name)
