"""The interval of a share."""

from statsmodels.stats.proportion import proportion_confint


def wilson_interval(successes: int, count: int, confidence: float = 0.95) -> tuple[float, float]:
    """Interval of a share; 0 of n and n of n stay inside 0 to 1.

    Source: Wilson, JASA 22 (1927). Check: 81 of 263 is 0.2553 to 0.3662 (Newcombe, Statistics in
    Medicine 17 (1998), table I).
    """
    if count <= 0 or not 0 <= successes <= count:
        raise ValueError(f"{successes} of {count} is no share")
    low, high = proportion_confint(successes, count, alpha=1 - confidence, method="wilson")
    return float(low), float(high)
