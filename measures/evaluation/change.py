"""Effect of a model on a mean, and what a mean does without any effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval, in the unit of the outcome; ``communes`` counts both groups."""

    estimate: float
    low: float
    high: float
    standard_error: float
    degrees_of_freedom: int
    communes: int


def difference_in_differences(
    treated_before: float, treated_after: float, control_before: float, control_after: float
) -> float:
    """(T1 − T0) − (C1 − C0), in the unit of the four means.

    Source: Card and Krueger, American Economic Review 84 (1994), table 3: employees a restaurant,
    20.44 → 21.03 in New Jersey against 23.33 → 21.17 in Pennsylvania = 2.75 (2.76 as printed there,
    from figures before rounding).
    """
    return (treated_after - treated_before) - (control_after - control_before)


def effect_on_commune_means(
    treated: Sequence[float], control: Sequence[float], confidence: float = 0.95
) -> Effect | None:
    """Mean change of the treated communes less that of the others: pooled t, G − 2 degrees of freedom.

    Each value is one commune's mean change (or mean outcome where all began alike). Households of a
    commune share its year, so communes are the units of inference: Donald and Lang, Review of
    Economics and Statistics 89 (2007). None without a treated commune, or with fewer than three
    communes in all.
    """
    communes = len(treated) + len(control)
    if not treated or not control or communes < 3:
        return None
    means = CompareMeans(DescrStatsW(np.asarray(treated)), DescrStatsW(np.asarray(control)))
    error = float(np.sqrt(_pooled_variance(treated, control) * _inverse(treated, control)))
    low, high = means.tconfint_diff(alpha=1 - confidence, usevar="pooled")
    return Effect(
        estimate=float(np.mean(treated) - np.mean(control)),
        low=float(low),
        high=float(high),
        standard_error=error,
        degrees_of_freedom=communes - 2,
        communes=communes,
    )


def _pooled_variance(treated: Sequence[float], control: Sequence[float]) -> float:
    squares = sum(float(np.var(group)) * len(group) for group in (treated, control))
    return squares / (len(treated) + len(control) - 2)


def _inverse(treated: Sequence[float], control: Sequence[float]) -> float:
    return 1 / len(treated) + 1 / len(control)


def permutation_p_value(
    treated: Sequence[float],
    control: Sequence[float],
    *,
    draws: int = 4999,
    seed: int = 0,
    alternative: Literal["two-sided", "greater"] = "two-sided",
) -> float | None:
    """Share of placebo choices of treated communes with an effect as large.

    All choices where there are no more than ``draws``, else so many at random (the one that
    happened counts as one of them). None with fewer than two communes on a side. Source: Fisher, The Design of Experiments (1935), chapter 2;
    Phipson and Smyth, Statistical Applications in Genetics 9 (2010) for the one that is added.
    """
    if len(treated) < 2 or len(control) < 2:
        return None
    result = stats.permutation_test(
        (np.asarray(treated), np.asarray(control)),
        lambda first, second, axis: np.mean(first, axis=axis) - np.mean(second, axis=axis),
        n_resamples=draws,
        vectorized=True,
        alternative=alternative,
        rng=np.random.default_rng(seed),
    )
    return float(result.pvalue)


def regression_to_the_mean(chosen_mean: float, population_mean: float, correlation: float) -> float:
    """Change of the mean without any effect, for a group chosen at ``chosen_mean``: (1 − ρ)(μ − x).

    ``correlation`` is that of two measurements a period apart in the whole population. Source: Davis,
    American Journal of Epidemiology 104 (1976); Barnett et al., International Journal of
    Epidemiology 34 (2005).
    """
    if not -1 <= correlation <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, not {correlation}")
    return (1 - correlation) * (population_mean - chosen_mean)
