"""How far a series has come towards a target, by three published methods that may disagree.

Series are pairs (year, value) of one standard, oldest first; a year may be a half (2024.5). No method speaks of
a series that is too short: the answer is None, "không đủ dữ liệu".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Series = Sequence[Point]
GermanVerdict = Literal["met", "on_track", "slightly_off", "off_track", "moving_away"]
GrowthVerdict = Literal["met", "on_track", "moderate", "limited", "deterioration"]
UnsdVerdict = Literal["on_track", "fair", "limited"]
_CHANGES = 5
_FEWEST_CHANGES = 4


@dataclass(frozen=True)
class German:
    """``missed_by`` is the share of (target − current) by which the trend misses; below 0 it overshoots."""

    projected: float
    missed_by: float
    verdict: GermanVerdict


@dataclass(frozen=True)
class Growth:
    """``ratio`` is the observed over the required growth rate, signed."""

    ratio: float
    verdict: GrowthVerdict


@dataclass(frozen=True)
class Unsd:
    """``progress`` is the share of the way that the trend will have gone."""

    progress: float
    verdict: UnsdVerdict


def german(series: Series, target: float, target_year: int) -> German | None:
    """The mean of the last five yearly changes (at least four) extended to the target year.

    Source: Statistisches Bundesamt, Indikatoren zur Deutschen Nachhaltigkeitsstrategie, status of indicators.
    Missed by less than 5 % of (target − current): on track; to 20 %: slightly off; more: off track.
    """
    if len(series) <= _FEWEST_CHANGES:
        return None
    recent = series[-_CHANGES - 1 :]
    (first_year, first), (year, current) = recent[0], recent[-1]
    pace = (current - first) / (year - first_year)
    projected = current + pace * (target_year - year)
    to_go = target - current
    if to_go == 0:
        return German(projected, 0.0, "met")
    missed_by = (target - projected) / to_go
    if pace * to_go < 0:
        return German(projected, missed_by, "moving_away")
    if missed_by < 0:
        return German(projected, missed_by, "met")
    limits: tuple[tuple[float, GermanVerdict], ...] = ((0.05, "on_track"), (0.20, "slightly_off"))
    off_track: GermanVerdict = "off_track"
    verdict = next((name for limit, name in limits if missed_by < limit), off_track)
    return German(projected, missed_by, verdict)


def growth(
    series: Series, target: float, target_year: int, stand_in: float = 0.001
) -> Growth | None:
    """Observed over required compound growth rate.

    Source: Eurostat, Sustainable development in the EU, annex on the assessment; Open SDG progress. A zero target
    needs a stand-in, which changes the verdict: show it only with that note.
    """
    (first_year, first), (year, current) = series[0], series[-1]
    goal = target or stand_in
    if len(series) < 2 or first <= 0 or current <= 0:
        return None
    rises = goal > first
    if (current >= target) if rises else (current <= target):
        return Growth(1.0, "met")
    observed = (current / first) ** (1 / (year - first_year)) - 1
    required = (goal / first) ** (1 / (target_year - first_year)) - 1
    if required == 0:
        return None
    ratio = observed / abs(required) * (1 if rises else -1)
    limits: tuple[tuple[float, GrowthVerdict], ...] = (
        (0.95, "on_track"),
        (0.60, "moderate"),
        (0.0, "limited"),
    )
    worst: GrowthVerdict = "deterioration"
    verdict = next((name for limit, name in limits if ratio >= limit), worst)
    return Growth(ratio, verdict)


def unsd(series: Series, target: float, target_year: int) -> Unsd | None:
    """Share of the way from the base to the target that the growth so far will have gone.

    Source: UNSD, SDG Progress Chart, technical note.
    """
    (first_year, first), (year, current) = series[0], series[-1]
    if len(series) < 2 or first <= 0 or current <= 0 or target == first:
        return None
    rate = (current / first) ** (1 / (year - first_year)) - 1
    projected = current * (1 + rate) ** (target_year - year)
    progress = (projected - first) / (target - first)
    verdict: UnsdVerdict = (
        "on_track" if progress >= 0.95 else "fair" if progress >= 0.10 else "limited"
    )
    return Unsd(progress, verdict)


def required_pace(series: Series, target: float, target_year: int) -> float | None:
    """(target − current) / (years left), in the unit of the series a year; None when no year is left."""
    year, current = series[-1]
    return (target - current) / (target_year - year) if target_year > year else None


def observed_pace(series: Series) -> float | None:
    """Mean change a year over the last five changes; None for a single value."""
    if len(series) < 2:
        return None
    recent = series[-_CHANGES - 1 :]
    return (recent[-1][1] - recent[0][1]) / (recent[-1][0] - recent[0][0])
