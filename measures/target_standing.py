"""Where an indicator of the plan stands: gap, pace and status, from its own rows and nothing else.

A status is only given on complete figures of one standard. An indicator without a number in the plan gets a
direction, never a verdict.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import polars as pl

from measures import progress
from reference.periods import last_day
from reference.plan import PlanIndicator

Row = Mapping[str, Any]
Status = Literal[
    "met", "on_pace", "slow", "away", "short", "better", "worse", "same", "unknown_trend", "partial", "no_data"
]  # fmt: skip
SLIPPING: tuple[Status, ...] = ("away", "slow", "short", "worse")
"""The worst first."""
FEWEST_VALUES = 5
"""Fewer values give no outlook (methods of progress, plan indicators)."""
_TOLD = ("ok", "zero", "not_attributable", "no_case")
_REVIEW_OR_HALF_YEAR = re.compile(r"\d{4}(-H[12])?")


@dataclass(frozen=True)
class Standing:
    """One indicator.

    ``row`` is the newest complete figure, else the newest official one, else the newest. ``gap`` is target minus value in the measure's
    unit (points for a rate); ``people`` what is still missing in the numerator's unit; paces are in the
    measure's unit a year. ``series`` are the complete yearly or half-yearly points of the row's standard.
    """

    indicator: PlanIndicator
    row: Row | None
    status: Status
    gap: float | None = None
    people: float | None = None
    observed: float | None = None
    required: float | None = None
    series: tuple[progress.Point, ...] = ()


def standings(indicators: Iterable[PlanIndicator], rows: pl.DataFrame) -> list[Standing]:
    """Where each of ``indicators`` stands, from ``result__estimate`` rows of one unit.

    Running lists within a year are left out: their coverage and seasons differ from those of reviews.
    """
    told: dict[str, list[Row]] = {}
    for row in rows.filter(pl.col("mark").is_in(_TOLD)).iter_rows(named=True):
        if _REVIEW_OR_HALF_YEAR.fullmatch(row["period"]):
            told.setdefault(row["measure"], []).append(row)
    return [_standing(each, _told_of(each, told)) for each in indicators]


def standing(indicator: PlanIndicator, rows: pl.DataFrame) -> Standing:
    """Where one indicator stands; see :func:`standings`."""
    return standings([indicator], rows)[0]


def _told_of(indicator: PlanIndicator, told: Mapping[str, list[Row]]) -> list[Row]:
    """Rows of the indicator's measure; of an indicator of many, the worst at each time, turned round."""
    if indicator.measure:
        return told.get(indicator.measure, [])
    worst: dict[tuple[str, str, str | None], Row] = {}
    for row in (row for name in indicator.worst_of for row in told.get(name, [])):
        time = (row["period"], row["status"], row["standard_id"])
        if row["value"] is not None and (time not in worst or row["value"] > worst[time]["value"]):
            worst[time] = row
    return [_turned_round(row) for row in worst.values()]


def _turned_round(row: Row) -> Row:
    """Those who are not in the share; both have two decimals, so nothing is rounded again."""
    left = row["denominator"] - row["numerator"]
    return {
        **row,
        "value": round(100 - row["value"], 2),
        "numerator": left,
        "mark": "ok" if left else "zero",
    }


def _standing(indicator: PlanIndicator, rows: Sequence[Row]) -> Standing:
    reviews = [row for row in rows if _is_review(row)]
    told = sorted(reviews or rows, key=lambda row: period_end(row["period"]))
    if not told:
        return Standing(indicator, None, "no_data")
    complete = [row for row in told if row["units_reported"] == row["units_expected"]]
    if not complete:
        # A review that has begun says less than the one that is over.
        over = [row for row in told if row["status"] == "official"]
        return Standing(indicator, (over or told)[-1], "partial")
    row = complete[-1]
    series = tuple(
        (period_end(each["period"]), each["value"])
        for each in complete
        if each["standard_id"] == row["standard_id"] and each["value"] is not None
    )
    if row["value"] is None:
        return Standing(indicator, row, "no_data", series=series)
    return _judged(indicator, row, series)


def age_days(period: str, today: date) -> int:
    """Days since the period was over; 0 while it runs."""
    return max((today - last_day(period)).days, 0)


def is_met(indicator: PlanIndicator, row: Row) -> bool:
    """Whether nobody is missing: of a full rate by its sums, since 39.999 of 40.000 is rounded to 100 %."""
    if indicator.target_value is None or row["value"] != indicator.target_value:
        return False
    if indicator.target_kind != "keep_100" or row["denominator"] is None:
        return True
    return bool(row["numerator"] == row["denominator"])


def _judged(indicator: PlanIndicator, row: Row, series: tuple[progress.Point, ...]) -> Standing:
    observed = progress.observed_pace(series)
    if indicator.target_value is None:
        return Standing(
            indicator, row, _direction(indicator, observed), observed=observed, series=series
        )
    gap = indicator.target_value - row["value"]
    required = progress.required_pace(series, indicator.target_value, indicator.deadline_year + 1)
    return Standing(
        indicator,
        row,
        "met" if is_met(indicator, row) else _status(indicator, gap, series, required),
        gap=gap,
        people=_people(indicator, row),
        observed=observed,
        required=required if indicator.target_kind == "to_zero" else None,
        series=series,
    )


def _status(
    indicator: PlanIndicator,
    gap: float,
    series: tuple[progress.Point, ...],
    required: float | None,
) -> Status:
    """Pace observed against pace required; from fewer than five values only the direction is told."""
    observed = progress.observed_pace(series)
    if indicator.target_kind == "keep_100":
        return "short"
    if observed is None or required is None:
        return "unknown_trend"
    if observed * gap < 0:
        return "away"
    if len(series) < FEWEST_VALUES:
        return "better" if observed else "same"
    return "on_pace" if abs(observed) >= abs(required) else "slow"


def _direction(indicator: PlanIndicator, observed: float | None) -> Status:
    if observed is None:
        return "unknown_trend"
    if observed == 0:
        return "same"
    return "better" if (observed < 0) == (indicator.direction == "lower_is_better") else "worse"


def _people(indicator: PlanIndicator, row: Row) -> float | None:
    """Who is still missing: those with need and not reached, or those still on the list."""
    if indicator.target_kind == "to_zero":
        return float(row["value"])
    if row["denominator"] is None:
        return None
    return float(row["denominator"] - row["numerator"])


def _is_review(row: Row) -> bool:
    return len(row["period"]) == len("2024")


def period_end(period: str) -> float:
    """Last moment of a period in decimal years: the review of 2025 ends at 2026.0."""
    day = last_day(period)
    return day.year + day.month / 12
