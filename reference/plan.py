"""The plan's targets as data: one indicator a line of ``plan_indicators.yml``."""

from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from reference.records import Record

Aim = Literal["to_zero", "keep_full", "lower", "higher"]


class PlanIndicator(Record):
    """One indicator.

    ``aim`` is what the plan asks for; ``aim_value`` its number, null where the plan has none (never guessed).
    ``measure`` is null where no form that is read carries the figure.
    """

    id: str
    target: int
    measure: str | None
    aim: Aim
    aim_value: float | None
    deadline: int
    owner_role: str
    clause: str
    label_vi: str
    label_en: str
    ambiguity_vi: str
    ambiguity_en: str


@cache
def plan_indicators() -> tuple[PlanIndicator, ...]:
    """Every indicator, in the order of the targets."""
    path = Path(__file__).with_name("plan_indicators.yml")
    lines = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(PlanIndicator.model_validate(line) for line in lines)
