"""A damped trend through a half-yearly series: the next half-years with an interval and the error of a back-test.

Additive damped trend of Holt (Hyndman & Athanasopoulos, Forecasting: principles and practice, 8.2 and 8.6). Eight
values carry two smoothing weights and no more: the damping is fixed, the start is the first value and the mean change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

import numpy as np

from measures.progress import Point

FEWEST = 8
DAMPING = 0.9
_HALF_YEAR = 0.5
_ORIGINS = 3
"""Back-tests leave out the last, the last two and the last three values."""
_FITTED = 4
"""Two weights, a level and a trend are taken from the data: so many degrees of freedom are gone."""


@dataclass(frozen=True)
class Ahead:
    """``value`` at time ``at`` with its 95 % interval; ``error`` is the mean miss one half-year ahead in back-tests."""

    at: float
    value: float
    low: float
    high: float
    error: float
    values_used: int


def ahead(series: Sequence[Point], until: float, limits: tuple[float, float]) -> Ahead | None:
    """The series at ``until`` (decimal years, a half-year's end), kept inside ``limits``.

    None, "không đủ dữ liệu", where fewer than the last eight half-years stand without a gap, or nothing is left to
    look ahead to.
    """
    run = unbroken(series)
    if len(run) < FEWEST:
        return None
    steps = round((until - run[-1][0]) / _HALF_YEAR)
    if steps < 1:
        return None
    values = [value for _, value in run]
    told, spread = _forecast(values, steps)
    misses = [
        abs(_forecast(values[:-cut], 1)[0] - values[len(values) - cut])
        for cut in range(1, _ORIGINS + 1)
    ]
    lowest, highest = limits
    value, low, high = (
        min(max(each, lowest), highest) for each in (told, told - spread, told + spread)
    )
    return Ahead(until, value, low, high, sum(misses) / len(misses), len(values))


def unbroken(series: Sequence[Point]) -> list[Point]:
    """The newest points that stand half a year apart without a gap."""
    start = 0
    for index, (one, next_one) in enumerate(pairwise(series), start=1):
        if abs(next_one[0] - one[0] - _HALF_YEAR) > _HALF_YEAR / 10:
            start = index
    return list(series[start:])


def _forecast(values: Sequence[float], steps: int) -> tuple[float, float]:
    """The value ``steps`` ahead and half the width of its 95 % interval."""
    if max(values) == min(values):
        return values[-1], 0.0
    # Seconds of import that only a long series is worth: most pages never need it.
    from scipy.stats import t as student  # noqa: PLC0415
    from statsmodels.tsa.holtwinters import ExponentialSmoothing  # noqa: PLC0415

    slope = (values[-1] - values[0]) / (len(values) - 1)
    model = ExponentialSmoothing(
        np.array(values, dtype=float),
        trend="add",
        damped_trend=True,
        initialization_method="known",
        initial_level=values[0] - DAMPING * slope,
        initial_trend=slope,
    )
    fitted = model.fit(damping_trend=DAMPING)
    level, trend = fitted.params["smoothing_level"], fitted.params["smoothing_trend"]
    free = len(values) - _FITTED
    damped = np.cumsum(DAMPING ** np.arange(1, steps))
    grown = 1 + float(np.sum((level * (1 + trend * damped)) ** 2))
    spread = student.ppf(0.975, free) * sqrt(float(fitted.sse) / free * grown)
    return float(fitted.forecast(steps)[-1]), float(spread)
