"""Effect of a model on a mean, and what a mean does without any effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from measures.evaluation.effect import Effect


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


@dataclass(frozen=True)
class CommuneMeans:
    """One mean a commune, and the variance that the number of its households gives each of them.

    ``sampling`` is None where no commune has two households.
    """

    values: tuple[float, ...]
    sampling: tuple[float, ...] | None


def effect_between(
    treated: CommuneMeans, control: CommuneMeans, confidence: float = 0.95
) -> Effect | None:
    """Difference of means of commune means, where those of the treated rest on fewer households.

    The variance of a treated commune's mean is that between communes, as the others show it, and
    that of its own households: 18 participants swing more than 70 comparison households, and the
    pooled variance of :func:`effect_on_commune_means` would make the interval too short (simulated:
    ``bench/model_truth.py``). G − 2 degrees of freedom. Components of variance by the method of
    moments: Searle, Casella and McCulloch, Variance Components (1992), chapter 3. None without a
    treated commune, with fewer than two others, or where no commune has two participants.
    """
    communes = len(treated.values) + len(control.values)
    if not treated.values or len(control.values) < 2:
        return None
    if treated.sampling is None or control.sampling is None:
        return None
    spread = float(np.var(control.values, ddof=1))
    between = max(spread - float(np.mean(control.sampling)), 0.0)
    own = (between + float(np.mean(treated.sampling))) / len(treated.values)
    error = float(np.sqrt(own + spread / len(control.values)))
    estimate = float(np.mean(treated.values) - np.mean(control.values))
    reach = float(stats.t.ppf((1 + confidence) / 2, communes - 2)) * error
    return Effect(estimate, estimate - reach, estimate + reach, error, communes - 2, communes)


def _pooled_variance(treated: Sequence[float], control: Sequence[float]) -> float:
    squares = sum(float(np.var(group)) * len(group) for group in (treated, control))
    return squares / (len(treated) + len(control) - 2)


def _inverse(treated: Sequence[float], control: Sequence[float]) -> float:
    return 1 / len(treated) + 1 / len(control)


def permutation_p_value(
    treated: Sequence[float],
    control: Sequence[float],
    *,
    draws: int = 999,
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
