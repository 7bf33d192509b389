"""The agenda of a review: one point an indicator of the plan, those that slip first, with three columns of figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from measures.target_standing import Standing, Status

Row = Mapping[str, Any]
URGENCY: tuple[Status, ...] = (
    *("away", "slow", "short", "worse"),
    *("partial", "no_data", "unknown_trend"),
    *("same", "better", "on_pace", "met"),
)
"""What slips first, then what nobody can judge, then what goes well."""


@dataclass(frozen=True)
class Point:
    """One point: where the indicator stands, and the figures side by side.

    ``official`` is the newest complete review or half-year; ``running`` the newest running list and ``year_ago``
    the same list a year before. An indicator without running lists has the same half-year a year before.
    """

    standing: Standing
    official: Row | None
    running: Row | None
    year_ago: Row | None


def agenda(standings: Sequence[Standing], rows: pl.DataFrame) -> list[Point]:
    """The points in the order of urgency, equal ones in the plan's order.

    Args:
        standings: where every indicator stands.
        rows: ``result__estimate`` of the province for their measures, without groups.
    """
    ordered = sorted(standings, key=lambda each: URGENCY.index(each.status))
    return [_point(each, rows) for each in ordered]


def _point(standing: Standing, rows: pl.DataFrame) -> Point:
    measure, official = standing.indicator.measure, standing.row
    own = {
        row["period"]: row
        for row in rows.filter(measure=measure or "").iter_rows(named=True)
        if row["value"] is not None
    }
    months = [period for period in own if len(period) == 7 and period[5:].isdigit()]
    whole = [each for each in months if own[each]["units_reported"] == own[each]["units_expected"]]
    running = max(whole or months, default=None)
    if official is not None and running is not None and running[:4] <= official["period"][:4]:
        running = None
    base = running or (official["period"] if official is not None else None)
    return Point(
        standing,
        official,
        own.get(running) if running else None,
        own.get(f"{int(base[:4]) - 1}{base[4:]}") if base else None,
    )
