"""What one more household out of poverty costs, or that it cannot be told."""

from dataclasses import dataclass

from scipy import stats

from measures.evaluation.effect import Effect


@dataclass(frozen=True)
class CostPerExit:
    """Dong per additional household out, with the interval that the effect's interval implies."""

    estimate: float
    low: float
    high: float


def cost_per_additional_exit(
    cost_vnd: float, households: int, effect: Effect, confidence: float = 0.95
) -> CostPerExit | None:
    """cost / (exits in the model − expected exits without); None: "không ước lượng được".

    ``effect`` is the additional share out (0 to 1) of ``households``. The interval is Fieller's,
    which for a cost without error is the cost over the limits of the denominator; it is no interval
    when the denominator's covers 0 or lies below it. Source: Fieller, JRSS B 16 (1954).
    """
    ratio = fieller(cost_vnd, 0.0, households * effect.estimate,
                    households * effect.standard_error, effect.degrees_of_freedom, confidence)  # fmt: skip
    if ratio is None or effect.estimate <= 0 or cost_vnd <= 0:
        return None
    return CostPerExit(cost_vnd / (households * effect.estimate), *ratio)


def fieller(
    numerator: float,
    numerator_error: float,
    denominator: float,
    denominator_error: float,
    degrees_of_freedom: int,
    confidence: float = 0.95,
) -> tuple[float, float] | None:
    """Limits of a ratio of two independent means with their standard errors (Fieller 1954).

    None where the denominator is not apart from 0 at this confidence: the limits are then no
    interval. With g = (t·s_d/d)², limits are (r ± (t/d)·√(s_n²(1 − g) + r²s_d²)) / (1 − g).
    """
    if denominator == 0:
        return None
    t = float(stats.t.ppf((1 + confidence) / 2, degrees_of_freedom))
    g = (t * denominator_error / denominator) ** 2
    if g >= 1:
        return None
    ratio = numerator / denominator
    half = (
        t / abs(denominator)
        * (numerator_error**2 * (1 - g) + ratio**2 * denominator_error**2) ** 0.5
    )  # fmt: skip
    return (ratio - half) / (1 - g), (ratio + half) / (1 - g)
