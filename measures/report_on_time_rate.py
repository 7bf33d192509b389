"""Reports of the agencies handed in before the 10th of June and of December (plan IV.16, indicator R.1).

Counted from the register of files by :mod:`measures.reporting`: the half-yearly workbooks and the status of duties
that were due. One whose day is not known is neither in time nor late and only lowers the coverage, which here
counts reports: ``units_expected`` were due, of ``units_reported`` the day is known.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl

from measures.reporting import DUTIES_FORM, agency_reports, on_time, report_days
from reference.loading import era_at, units
from reference.periods import last_day
from reference.plan import report_due
from reference.programmes import FORM_PREFIX
from warehouse.result_tables import RESULT__ESTIMATE


@dataclass(frozen=True)
class RegisterMeasure:
    """A figure over the register of files."""

    name: str
    unit: Literal["pct"]
    numerator: str
    denominator: str


MEASURE = RegisterMeasure("report_on_time_rate", "pct", "reports in time", "reports due")
COUNTED = "report"


def estimates(
    submissions: pl.DataFrame, coverage: pl.DataFrame, today: date, first_year: int = 0
) -> pl.DataFrame:
    """Rows of ``result__estimate`` for the province, one a half-year whose reports were due.

    Args:
        submissions: rows of ``quality__submission``.
        coverage: rows of ``quality__coverage``.
        today: the day that counts as today.
        first_year: half-years of earlier years are left out.
    """
    owed = pl.col("form").str.starts_with(FORM_PREFIX) | (pl.col("form") == DUTIES_FORM)
    files = report_days(submissions.filter(owed))
    told = coverage.filter(owed)
    rows = [
        _row(period, submissions, told, today)
        for period in _half_years(files["period"], today)
        if int(period[:4]) >= first_year
    ]
    if not rows:
        return RESULT__ESTIMATE.empty()
    return RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None))


def _half_years(reported: pl.Series, today: date) -> list[str]:
    """Every half-year from the first that an accepted file reported on, as far as reports were due."""
    years = reported.drop_nulls().str.slice(0, 4).cast(pl.Int64())
    if years.is_empty():
        return []
    first = int(str(years.min()))
    codes = [f"{year}-H{half}" for year in range(first, today.year + 1) for half in (1, 2)]
    started = str(reported.min())
    return [code for code in codes if code >= started and report_due(code) < today]


def _row(
    period: str, submissions: pl.DataFrame, coverage: pl.DataFrame, today: date
) -> dict[str, object]:
    reports = agency_reports(period, submissions, coverage, today)
    came, known = on_time(reports)
    era = era_at(last_day(period))
    place = units().filter(era=era, level="province").row(0, named=True)
    mark = "no_data" if not known else "ok" if came else "zero"
    return {
        "measure": MEASURE.name,
        "period": period,
        "selection": "best",
        "status": "official",
        "era": era,
        "level": "province",
        "unit_code": place["code"],
        "unit_name": place["name"],
        "value": _half_up(came, known) if known else None,
        "unit": MEASURE.unit,
        "numerator": float(came),
        "denominator": float(known),
        "mark": mark,
        "units_reported": known,
        "units_expected": len(reports),
    }


def _half_up(count: int, of: int) -> float:
    """Per cent to two decimals, rounded half up in whole numbers."""
    return (20_000 * count + of) // (2 * of) / 100
