"""The one rule that turns the figures of a model into a grade of evidence (page ``about`` quotes it)."""

from typing import Literal

from measures.evaluation.effect import Effect

Grade = Literal["evidence", "signs", "unclear", "no_effect"]
Reason = Literal[
    "too_small", "not_estimated", "sure", "few_communes", "not_rare", "fades", "likely", "little", "wide"
]  # fmt: skip
GRADES: tuple[Grade, ...] = ("evidence", "signs", "unclear", "no_effect")

LEAST_HOUSEHOLDS, LEAST_COMMUNES = 30, 2
"""Fewer households or communes with a known result, and nothing is judged."""
COMMUNES_FOR_EVIDENCE = 3
USEFUL_SHARE = 0.10
"""Fewer than one additional household out in ten is no reason to replicate a model."""
PLACEBO_LIMIT = 0.05


def judge(
    effect: Effect | None,
    *,
    wider: Effect | None,
    households: int,
    communes: int,
    placebo_p_value: float | None,
    later_estimate: float | None,
) -> tuple[Grade, Reason]:
    """Grade of evidence for an effect on the share of households out of poverty, and what decided it.

    - too small (fewer than ``LEAST_HOUSEHOLDS`` households or ``LEAST_COMMUNES`` communes with a
      known result): ``unclear``;
    - ``evidence``: the 95 % interval lies above 0, at least ``COMMUNES_FOR_EVIDENCE`` communes, no
      more than ``PLACEBO_LIMIT`` of placebo choices of communes show as much, and the effect a year
      later, where known, is above 0;
    - ``signs``: the 95 % interval lies above 0 but one of these is missing; or the 90 % interval
      lies above 0 and the effect is at least ``USEFUL_SHARE``;
    - ``no_effect``: the 95 % interval lies below ``USEFUL_SHARE``;
    - ``unclear``: all else.

    Args:
        effect: 95 % interval; None when it cannot be estimated.
        wider: the same at 90 %.
        households, communes: with a known result, in the model.
        later_estimate: additional share out a year later; None when unknown.
    """
    if households < LEAST_HOUSEHOLDS or communes < LEAST_COMMUNES:
        return "unclear", "too_small"
    if effect is None or wider is None:
        return "unclear", "not_estimated"
    if effect.low > 0:
        if communes < COMMUNES_FOR_EVIDENCE:
            return "signs", "few_communes"
        if placebo_p_value is None or placebo_p_value > PLACEBO_LIMIT:
            return "signs", "not_rare"
        if later_estimate is not None and later_estimate <= 0:
            return "signs", "fades"
        return "evidence", "sure"
    if wider.low > 0 and effect.estimate >= USEFUL_SHARE:
        return "signs", "likely"
    return ("no_effect", "little") if effect.high < USEFUL_SHARE else ("unclear", "wide")
