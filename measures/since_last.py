"""What is new since the last report: each indicator's newest complete figure against the complete one before it.

Rules: the same standard and the same kind of period on both sides; a figure that not all communes are in is never
compared. A target of the plan is as good as the worst of its indicators that the plan gives a number; where none of
those is known, as the worst of the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from measures.target_standing import Standing, Status

Verdict = Literal["better", "worse", "same"]
_WORST_FIRST: tuple[Status, ...] = (
    "away", "worse", "slow", "short", "partial", "unknown_trend", "same", "better", "on_pace", "met",
)  # fmt: skip


@dataclass(frozen=True)
class Since:
    """``difference`` is newest minus earlier in the measure's unit, points for a rate; periods by their codes."""

    standing: Standing
    earlier_period: str
    earlier: float
    now: float
    difference: float
    verdict: Verdict


@dataclass(frozen=True)
class Restated:
    """Figures of reviews that this build has otherwise than the build before: changed, and new."""

    changed: int
    added: int


def since_last(found: Standing) -> Since | None:
    """None where there is no complete figure before the newest one."""
    if found.row is None or found.row["value"] is None or len(found.series) < 2:
        return None
    (end, earlier), (_, now) = found.series[-2:]
    difference = round(now - earlier, 2)
    lower_is_better = found.indicator.direction == "lower_is_better"
    verdict: Verdict = "same"
    if difference:
        verdict = "better" if (difference < 0) == lower_is_better else "worse"
    is_half = "-H" in found.row["period"]
    return Since(found, _period(end, is_half=is_half), earlier, now, difference, verdict)


def news(found: Sequence[Standing]) -> list[Since]:
    """Indicators with a figure before, those that got worse first, then those that got better."""
    order = {"worse": 0, "better": 1, "same": 2}
    told = [each for each in map(since_last, found) if each is not None]
    return sorted(told, key=lambda each: order[each.verdict])


def worst(found: Sequence[Standing]) -> Status:
    """The status of a target from those of its indicators; ``no_data`` only where nothing is known of any.

    Where the plan gives numbers and none of them is known, the first known indicator of the plan speaks: the worst
    of the rest would tell a reader without those figures the contrary of what others read.
    """
    known = [each for each in found if each.status != "no_data"]
    bound = [each for each in found if each.indicator.target_value is not None]
    told = [each for each in bound if each.status != "no_data"] or (known[:1] if bound else known)
    return min((each.status for each in told), key=_WORST_FIRST.index, default="no_data")


def restated(differences: pl.DataFrame, level: str = "commune") -> Restated:
    """Counts of ``quality__difference`` rows of one level."""
    own = differences.filter(pl.col("level") == level, pl.col("value_after").is_not_null())
    changed = own.filter(pl.col("value_before").is_not_null()).height
    return Restated(changed, own.height - changed)


def _period(end: float, *, is_half: bool) -> str:
    """The code of the period that ends at ``end`` (decimal years, the end of 2025 is 2026.0)."""
    year = int(end)
    if not is_half:
        return str(year - 1)
    return f"{year}-H1" if end > year else f"{year - 1}-H2"
