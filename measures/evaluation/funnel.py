"""The funnel instead of a league table: limits of shares. The app draws it and loads no scipy for it."""

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from statistics import NormalDist

import numpy as np
import polars as pl

WARNING_Z, ALARM_Z = 1.96, 3.09
"""Two-sided 95 % and 99.8 %: Spiegelhalter, Statistics in Medicine 24 (2005)."""
SMALL_GROUP = 30
"""Groups below this size get exact binomial limits."""


@dataclass(frozen=True)
class FunnelLimits:
    """Limits of a share for a group of ``count``; shares from 0 to 1."""

    count: int
    low: float
    high: float


@lru_cache(maxsize=4096)
def funnel_limits(
    target: float, count: int, z: float = WARNING_Z, dispersion: float = 1.0
) -> FunnelLimits:
    """Where the share of a group of ``count`` lies by chance when the true share is ``target``.

    p0 ± z√(φ p0(1 − p0)/n); below ``SMALL_GROUP`` exact binomial limits, interpolated between two
    counts as Spiegelhalter (2005), appendix A.1.1, does, and not inflated.
    """
    if not 0 < target < 1 or count <= 0:
        raise ValueError(f"no limits for a share of {target} in {count}")
    if count < SMALL_GROUP:
        tail = NormalDist().cdf(-z)
        return FunnelLimits(count, _exact(tail, count, target), _exact(1 - tail, count, target))
    half = z * math.sqrt(dispersion * target * (1 - target) / count)
    return FunnelLimits(count, max(target - half, 0.0), min(target + half, 1.0))


def _exact(probability: float, count: int, target: float) -> float:
    """Quantile of the binomial share, interpolated: (r − α)/n with r the quantile."""
    known = list(accumulate(_binomial(count, target)))
    quantile = min(bisect_left(known, probability), count)
    at, below = known[quantile], known[quantile - 1] if quantile else 0.0
    share = (at - probability) / (at - below) if at > below else 0.0
    return min(max((quantile - share) / count, 0.0), 1.0)


def _binomial(count: int, target: float) -> list[float]:
    """Chances of 0, 1 … ``count`` successes."""
    return [
        math.comb(count, found) * target**found * (1 - target) ** (count - found)
        for found in range(count + 1)
    ]


def over_dispersion(
    successes: Sequence[int], counts: Sequence[int], target: float, winsorised: float = 0.1
) -> float:
    """φ: mean of the squared z-scores, the outer tenth at each side pulled in; 1 where it is less.

    Source: Spiegelhalter (2005), section 3.2; not inflated unless φ exceeds 1 + 2√(2/k).
    """
    scores = sorted(
        (done / count - target) / math.sqrt(target * (1 - target) / count)
        for done, count in zip(successes, counts, strict=True)
    )
    if not scores:
        raise ValueError("no groups")
    cut = int(len(scores) * winsorised)
    low, high = scores[cut], scores[len(scores) - 1 - cut]
    phi = sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)
    return phi if phi > 1 + 2 * math.sqrt(2 / len(scores)) else 1.0


def funnel_line(share: float, dispersion: float, largest: int) -> pl.DataFrame:
    """The limits for every number of households up to ``largest``: households and the four limits."""
    sizes = np.arange(3, max(largest, 3) + 1).tolist()
    rows = []
    for count in sizes:
        inner, outer = (funnel_limits(share, count, z, dispersion) for z in (WARNING_Z, ALARM_Z))
        rows.append(
            {
                "households": count,
                "low_95_share": inner.low, "high_95_share": inner.high,
                "low_998_share": outer.low, "high_998_share": outer.high,
            }
        )  # fmt: skip
    return pl.DataFrame(rows)
