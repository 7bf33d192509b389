"""How far a series has come towards a target, by published methods that may disagree.

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
_YEARS = 5
_FEWEST_VALUES = 4
_LIMIT_POWER = 4.44


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
    """The mean yearly change of the last five years (at least four values) extended to the target year.

    Source: Statistisches Bundesamt, Indikatoren zur Deutschen Nachhaltigkeitsstrategie, status of indicators.
    Missed by less than 5 % of (target − current): on track; to 20 %: slightly off; more: off track.
    """
    recent = _last_years(series)
    if len(recent) < _FEWEST_VALUES:
        return None
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


def german_keep(series: Series, target: float) -> GermanVerdict | None:
    """A value to be held every year, more being better: the last value first, then the trend (at least four values).

    Reached and not falling: met; reached and falling: slightly off; missed and rising: off track; else moving away.
    """
    recent = _last_years(series)
    if len(recent) < _FEWEST_VALUES:
        return None
    moved = recent[-1][1] - recent[0][1]
    if recent[-1][1] >= target:
        return "met" if moved >= 0 else "slightly_off"
    return "off_track" if moved > 0 else "moving_away"


def growth(
    series: Series, target: float, target_year: int, *, rises: bool, stand_in: float = 0.001
) -> Growth | None:
    """Observed over required compound growth rate; ``rises`` says whether more is better.

    Source: Eurostat, Sustainable development in the EU, annex on the assessment; Open SDG progress. A zero target
    needs a stand-in, which changes the verdict: show it only with that note. A series that began at its target
    has no required rate: no verdict, unless the target still stands.
    """
    if len(series) < 2 or series[0][1] <= 0 or series[-1][1] <= 0:
        return None
    (first_year, first), (year, current) = series[0], series[-1]
    if (current >= target) if rises else (current <= target):
        return Growth(1.0, "met")
    observed = (current / first) ** (1 / (year - first_year)) - 1
    required = ((target or stand_in) / first) ** (1 / (target_year - first_year)) - 1
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


def growth_to_limit(series: Series, limit: float) -> Growth | None:
    """Growth towards a natural limit without a path in numbers; ``ratio`` is the yearly growth over the threshold.

    Source: Open SDG progress, indicators without a target. Thresholds of 1.5, 0.5 and 0 % a year shrink with
    1 − (first/limit)^4.44, so that who began near the limit need not grow as fast. Whoever began at the limit and
    did not fall is on track.
    """
    if len(series) < 2 or series[0][1] <= 0 or series[-1][1] <= 0:
        return None
    (first_year, first), (year, current) = series[0], series[-1]
    if first >= limit:
        return Growth(1.0, "on_track") if current >= first else Growth(-1.0, "deterioration")
    observed = 100 * ((current / first) ** (1 / (year - first_year)) - 1)
    shrunk = 1 - (first / limit) ** _LIMIT_POWER
    limits: tuple[tuple[float, GrowthVerdict], ...] = (
        (1.5, "on_track"),
        (0.5, "moderate"),
        (0.0, "limited"),
    )
    worst: GrowthVerdict = "deterioration"
    verdict = next((name for least, name in limits if observed >= least * shrunk), worst)
    return Growth(observed / (limits[0][0] * shrunk), verdict)


def unsd(series: Series, target: float, target_year: int) -> Unsd | None:
    """Share of the way from the base to the target that the growth so far will have gone.

    Source: UNSD, SDG Progress Chart, technical note.
    """
    if len(series) < 2 or series[0][1] <= 0 or series[-1][1] <= 0 or target == series[0][1]:
        return None
    (first_year, first), (year, current) = series[0], series[-1]
    rate = (current / first) ** (1 / (year - first_year)) - 1
    projected = current * (1 + rate) ** (target_year - year)
    progress = (projected - first) / (target - first)
    verdict: UnsdVerdict = (
        "on_track" if progress >= 0.95 else "fair" if progress >= 0.10 else "limited"
    )
    return Unsd(progress, verdict)


def required_pace(series: Series, target: float, target_year: int) -> float | None:
    """(target − current) / (years left), in the unit of the series a year; None when no year is left."""
    if not series:
        return None
    year, current = series[-1]
    return (target - current) / (target_year - year) if target_year > year else None


def observed_pace(series: Series) -> float | None:
    """Mean change a year over the last five years; None for a single value."""
    recent = _last_years(series)
    if len(recent) < 2:
        return None
    return (recent[-1][1] - recent[0][1]) / (recent[-1][0] - recent[0][0])


def _last_years(series: Series) -> Series:
    return [point for point in series if point[0] >= series[-1][0] - _YEARS]
