"""What if: two simulations, never forecasts. They move the newest figures by a pace and promise nothing.

A pace is relative: the part of those still missing (poor households, persons without a card …) by which their
number fell in a year, so that large and small communes can be compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from measures.target_units import UnitStanding


@dataclass(frozen=True)
class Simulation:
    """One more year at two paces.

    ``median_pace`` is the yearly change of those missing over those missing before (−0,2: a fifth fewer);
    ``units`` are the slowest that would move faster; ``own`` and ``simulated`` are how many of their people would
    still be missing after a year at their own and at the median pace.
    """

    median_pace: float
    units: tuple[UnitStanding, ...]
    own: float
    simulated: float

    @property
    def median_pace_pct(self) -> float:
        """The median pace in per cent a year."""
        return 100 * self.median_pace

    @property
    def gain(self) -> float:
        """How many fewer would be missing."""
        return self.own - self.simulated


def at_median_pace(found: Sequence[UnitStanding], count: int) -> Simulation | None:
    """The ``count`` slowest units at the median pace of all; None where fewer than three have a pace."""
    paced = [(_pace(each), each) for each in found]
    known = [(pace, each) for pace, each in paced if pace is not None]
    if len(known) < 3:
        return None
    middle = median(pace for pace, _ in known)
    slower = sorted(
        ((pace, each) for pace, each in known if pace > middle), key=lambda one: -one[0]
    )[:count]
    return Simulation(
        middle,
        tuple(each for _, each in slower),
        sum((each.missing or 0) * (1 + pace) for pace, each in slower),
        sum((each.missing or 0) * (1 + middle) for _, each in slower),
    )


def needed_a_year(missing: float, at_year: float, by_year: int) -> int | None:
    """How many a year close the gap by the end of ``by_year``, rounded up; ``at_year`` is the figure's end.

    An end of 2025 is 2026.0 (decimal years). None when no time is left.
    """
    left = by_year + 1 - at_year
    return ceil(round(missing / left, 6)) if left > 0 else None


def _pace(unit: UnitStanding) -> float | None:
    if unit.missing is None or not unit.missing_before:
        return None
    return (unit.missing - unit.missing_before) / unit.missing_before
