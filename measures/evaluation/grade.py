"""The one rule that turns the figures of a model into a grade of evidence (page ``about`` quotes it)."""

from typing import Literal

from measures.evaluation.change import Effect

Grade = Literal["evidence", "signs", "unclear", "no_effect"]

LEAST_HOUSEHOLDS, LEAST_COMMUNES = 30, 2
"""Fewer households or communes with a known result, and nothing is judged."""
COMMUNES_FOR_EVIDENCE = 3
USEFUL_SHARE = 0.10
"""Fewer than one additional household out in ten is no reason to replicate a model."""
PLACEBO_LIMIT = 0.05


def grade(
    effect: Effect | None,
    *,
    wider: Effect | None,
    households: int,
    communes: int,
    placebo_p_value: float | None,
    later_estimate: float | None,
) -> Grade:
    """Grade of evidence for an effect on the share of households out of poverty.

    - too small (fewer than 30 households or 2 communes with a known result): ``unclear``;
    - ``evidence``: the 95 % interval lies above 0, at least 3 communes, no more than 5 % of placebo
      choices of communes show as much, and the effect a year later, where known, is above 0;
    - ``signs``: the 95 % interval lies above 0 but one of these is missing; or the 90 % interval
      lies above 0 and at least one more household in ten is out;
    - ``no_effect``: the 95 % interval lies below one additional household in ten;
    - ``unclear``: all else.

    Args:
        effect: 95 % interval; None when it cannot be estimated.
        wider: the same at 90 %.
        households, communes: with a known result, in the model.
        later_estimate: additional share out a year later; None when unknown.
    """
    is_small = households < LEAST_HOUSEHOLDS or communes < LEAST_COMMUNES
    if effect is None or wider is None or is_small:
        return "unclear"
    if effect.low > 0:
        is_placebo_rare = placebo_p_value is not None and placebo_p_value <= PLACEBO_LIMIT
        lasts = later_estimate is None or later_estimate > 0
        is_sure = communes >= COMMUNES_FOR_EVIDENCE and is_placebo_rare and lasts
        return "evidence" if is_sure else "signs"
    if wider.low > 0 and effect.estimate >= USEFUL_SHARE:
        return "signs"
    return "no_effect" if effect.high < USEFUL_SHARE else "unclear"
