"""Who has reported what, and by how many days late: counted from the register of files, never from figures.

A report's day is the day of its document, or the day the file was received if that is earlier or the document has no
day. The files of a data folder's first intake say nothing about when they were sent: without a dated document such
a report, if its due day was over by then, counts as handed in on a day not known, neither in time nor late.
Calendar: plan IV.16 and Decision 24/2021/QĐ-TTg, in ``reference/calendar.yml``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl

from reference.loading import era_at, units
from reference.periods import last_day
from reference.plan import Duty, report_due, review_due
from reference.programmes import programme_forms

Standing = Literal["on_time", "late", "undated", "missing", "not_due"]
DutyStanding = Literal["done", "late", "in_progress", "not_started", "no_report"]
LIST_FORMS, SUMMARY_FORMS, CHANGE_FORMS = ("review_list", "export"), ("summary",), ("in_year",)
DUTIES_FORM = "duties"
_ACCEPTED = ("loaded", "partly")
_LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")
_WORST_FIRST: tuple[DutyStanding, ...] = ("late", "not_started", "in_progress", "done")


@dataclass(frozen=True)
class Report:
    """One report that is owed.

    ``days_late``: days after ``due`` on which it came, or that have passed without it; None where it was in time,
    is not due yet or came on a day not known. ``unit_code`` is None for an agency's report on the whole province;
    ``units_reported`` of ``units_expected`` communes are in it.
    """

    form: str
    owner_role: str
    period: str
    due: date
    reported: date | None
    standing: Standing
    days_late: int | None
    units_reported: int
    units_expected: int
    unit_code: str | None = None
    unit_name: str | None = None


@dataclass(frozen=True)
class DutyReport:
    """Where one duty stands in a half-year, the worst of the units that reported on it."""

    duty: Duty
    standing: DutyStanding
    evidence: str | None
    due: date | None
    units_reported: int


def report_days(submissions: pl.DataFrame) -> pl.DataFrame:
    """Day of every accepted file that was not withdrawn.

    Args:
        submissions: rows of ``quality__submission``.

    Returns:
        submission_id, form, period, reported_date, is_first_intake (received with the folder's first files, and its
        document has no date).
    """
    received = pl.col("received_at").dt.convert_time_zone(_LOCAL_TIME.key).dt.date()
    return (
        submissions.with_columns(received_date=received)
        .with_columns(
            is_first_intake=pl.col("document_date").is_null()
            & (pl.col("received_date") == pl.col("received_date").min())
        )
        .filter(pl.col("outcome").is_in(_ACCEPTED), pl.col("withdrawn_at").is_null())
        .select(
            "submission_id",
            "form",
            "period",
            reported_date=pl.min_horizontal("document_date", "received_date"),
            is_first_intake="is_first_intake",
        )
    )


def agency_reports(
    period: str, submissions: pl.DataFrame, coverage: pl.DataFrame, today: date
) -> list[Report]:
    """The half-yearly workbooks of the agencies and the status of duties, in the order of the forms.

    Args:
        period: half-year, ``2025-H1``.
        submissions: rows of ``quality__submission``.
        coverage: rows of ``quality__coverage``.
        today: the day that counts as today.

    Raises:
        PeriodError: not a half-year.
    """
    due = report_due(period)
    days = report_days(submissions).filter(period=period)
    covered = _current_units(coverage).filter(period=period)
    expected = _communes(period).height
    owed = [(form.form, form.agency_role, expected) for form in programme_forms()]
    return [
        _report(
            form,
            role,
            period,
            due,
            days.filter(form=form),
            today,
            min(count, covered.filter(form=form).height),
            count,
        )
        for form, role, count in [*owed, (DUTIES_FORM, "poverty_reduction", 1)]
    ]


def review_reports(
    year: int,
    forms: Sequence[str],
    submissions: pl.DataFrame,
    coverage: pl.DataFrame,
    today: date,
) -> list[Report]:
    """What each commune owes of one yearly review, by name; any of ``forms`` (``LIST_FORMS``) will do."""
    return _commune_reports(str(year), review_due(year), forms, submissions, coverage, today)


def change_reports(
    month: str, submissions: pl.DataFrame, coverage: pl.DataFrame, today: date
) -> list[Report]:
    """The in-year report of each commune for a month (``2026-08``), due on the month's last day."""
    return _commune_reports(month, last_day(month), CHANGE_FORMS, submissions, coverage, today)


def owing(reports: Iterable[Report]) -> list[Report]:
    """Reports whose day is over and that have not come, the longest overdue first."""
    missing = [report for report in reports if report.standing == "missing"]
    return sorted(missing, key=lambda report: -(report.days_late or 0))


def on_time(reports: Iterable[Report]) -> tuple[int, int]:
    """Reports in time and reports owed (R.1); those not due yet or of a day not known are in neither."""
    known = [each for each in reports if each.standing in ("on_time", "late", "missing")]
    return sum(each.standing == "on_time" for each in known), len(known)


def duty_reports(
    duties: Mapping[str, Duty], statuses: pl.DataFrame, period: str, today: date
) -> list[DutyReport]:
    """Every duty with its standing in a half-year; without a row it is ``no_report``.

    What is not done and whose day was over at the end of the half-year (or today, if that is earlier) is late,
    whatever the owner wrote.

    Args:
        duties: the duties of the plan.
        statuses: rows of ``core_duty__status`` that count.
        period: half-year.
        today: the day that counts as today.
    """
    at = min(today, last_day(period))
    told: dict[str, list[dict[str, object]]] = {}
    for row in statuses.filter(period=period).iter_rows(named=True):
        told.setdefault(row["duty_id"], []).append(row)
    return [_duty_report(duty, told.get(duty.duty_id, []), at) for duty in duties.values()]


def _duty_report(duty: Duty, rows: list[dict[str, object]], at: date) -> DutyReport:
    if not rows:
        return DutyReport(duty, "no_report", None, None, 0)
    judged = [(_judged(row, at), row) for row in rows]
    standing, worst = min(judged, key=lambda pair: _WORST_FIRST.index(pair[0]))
    due = worst["due_date"]
    return DutyReport(
        duty,
        standing,
        str(worst["evidence"]) if worst["evidence"] else None,
        due if isinstance(due, date) else None,
        len(rows),
    )


def _judged(row: dict[str, object], at: date) -> DutyStanding:
    due = row["due_date"]
    for standing in _WORST_FIRST:
        if row["duty_status"] == standing:
            is_overdue = standing != "done" and isinstance(due, date) and due < at
            return "late" if is_overdue else standing
    raise ValueError(f"duty status {row['duty_status']!r}")


def _commune_reports(
    period: str,
    due: date,
    forms: Sequence[str],
    submissions: pl.DataFrame,
    coverage: pl.DataFrame,
    today: date,
) -> list[Report]:
    days = report_days(submissions).drop("form", "period")
    came = (
        coverage.filter(pl.col("form").is_in(forms), period=period)
        .select("submission_id", "unit_code", "era")
        .join(days, on="submission_id")
    )
    communes = _communes(period)
    return [
        _report(
            forms[0],
            "local_government",
            period,
            due,
            (own := came.filter(unit_code=code, era=era)),
            today,
            min(own.height, 1),
            1,
            code,
            name,
        )
        for era, code, name in communes.select("era", "code", "name").iter_rows()
    ]


def _report(
    form: str,
    role: str,
    period: str,
    due: date,
    files: pl.DataFrame,
    today: date,
    reported: int,
    expected: int,
    code: str | None = None,
    name: str | None = None,
) -> Report:
    first = files.sort("reported_date").head(1).to_dicts()
    day: date | None = first[0]["reported_date"] if first else None
    standing: Standing
    if day is None:
        standing = "missing" if today > due else "not_due"
    elif day <= due:
        standing = "on_time"
    else:
        standing = "undated" if first[0]["is_first_intake"] else "late"
    days_late = ((day or today) - due).days if standing in ("late", "missing") else None
    known = None if standing == "undated" else day
    return Report(
        form, role, period, due, known, standing, days_late, reported, expected, code, name
    )


def _current_units(coverage: pl.DataFrame) -> pl.DataFrame:
    return coverage.filter("is_current").select("form", "period", "era", "unit_code").unique()


def _communes(period: str) -> pl.DataFrame:
    return units().filter(era=era_at(last_day(period)), level="commune").sort("code")
