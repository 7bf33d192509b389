"""Where each unit of one map stands on one indicator, and how far it moved in a year.

Level and change stand side by side: near the target little can move, far from it much. Only a unit whose figure is
complete has a status, and only figures of one standard and one map a year apart have a change.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from statistics import median
from typing import Any, Literal

import polars as pl

from measures.comparison import change
from measures.target_standing import is_met
from reference.plan import PlanIndicator

Row = Mapping[str, Any]
_ALIKE, _FEWEST_ALIKE = 10, 5
UnitStatus = Literal[
    "met", "short", "better", "same", "worse", "unknown_trend", "no_case", "no_data"
]


@dataclass(frozen=True)
class UnitStanding:
    """``change`` is newest minus a year before; ``missing`` counts who is not reached, or still on the list.

    ``missing_before`` is the same a year earlier. None: not known.
    """

    unit_code: str
    unit_name: str | None
    row: Row
    status: UnitStatus
    before: float | None
    change: float | None
    missing: float | None
    missing_before: float | None


def year_before(period: str) -> str:
    """The same period of the year before: ``2024-H2`` for ``2025-H2``."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def unit_standings(indicator: PlanIndicator, rows: pl.DataFrame, period: str) -> list[UnitStanding]:
    """Units of ``rows`` (``result__estimate``, one map and level, the indicator's measure) at ``period``."""
    own = [row for row in rows.to_dicts() if row["measure"] == indicator.measure]
    before = year_before(period)
    earlier = {row["unit_code"]: row for row in own if row["period"] == before}
    return [
        _standing(indicator, row, earlier.get(row["unit_code"]))
        for row in own
        if row["period"] == period
    ]


def not_reached(rows: pl.DataFrame) -> pl.DataFrame:
    """Rates turned round: the share, and in the numerator the number, of those who are not reached.

    From the sums, to two decimals, half up in whole numbers as all rates are. Where there is no figure there is none
    of this either.
    """
    left = pl.col("denominator") - pl.col("numerator")
    whole = pl.col("denominator").round(0).cast(pl.Int64)
    hundredths = (2 * 10_000 * left.round(0).cast(pl.Int64) + whole) // (2 * whole)
    is_known = pl.col("value").is_not_null()
    return rows.with_columns(
        numerator=pl.when(is_known).then(left),
        value=pl.when(is_known).then(hundredths / 100),
        mark=pl.when(is_known & (left == 0)).then(pl.lit("zero"))
        .when(is_known & (pl.col("mark") == "zero")).then(pl.lit("ok"))
        .otherwise(pl.col("mark")),
    )  # fmt: skip


def moved_most(found: Sequence[UnitStanding], lower_is_better: bool) -> list[UnitStanding]:
    """Units with a change, from the one that got better most to the one that got worse most."""
    sign = 1 if lower_is_better else -1
    moved = [each for each in found if each.change is not None]
    return sorted(moved, key=lambda each: sign * (each.change or 0))


def typical_changes(found: Sequence[UnitStanding]) -> dict[str, float]:
    """By unit, the median change of the ten units that started nearest to its own level, itself left out.

    The typical path from that level: who began near the target could move little. Empty for units without a change,
    and where fewer than five others have one. Source: World Bank, Atlas of Sustainable Development Goals 2023.
    """
    moved = [each for each in found if each.change is not None and each.before is not None]
    if len(moved) <= _FEWEST_ALIKE:
        return {}
    typical = {}
    for each in moved:
        others = [(_distance(one, each), one.unit_code, one) for one in moved if one is not each]
        near = [one.change or 0 for _, _, one in sorted(others, key=itemgetter(0, 1))[:_ALIKE]]
        typical[each.unit_code] = round(median(near), 2)
    return typical


def _distance(one: UnitStanding, other: UnitStanding) -> float:
    return abs((one.before or 0) - (other.before or 0))


def _standing(indicator: PlanIndicator, row: Row, earlier: Row | None) -> UnitStanding:
    moved = change(earlier, row)
    is_whole = row["units_reported"] == row["units_expected"]
    return UnitStanding(
        row["unit_code"],
        row["unit_name"],
        row,
        _status(indicator, row, moved.difference if moved else None) if is_whole else "no_data",
        None if moved is None else moved.earlier["value"],
        None if moved is None else moved.difference,
        _missing(indicator, row) if is_whole else None,
        None if moved is None else _missing(indicator, moved.earlier),
    )


def _status(indicator: PlanIndicator, row: Row, moved: float | None) -> UnitStatus:
    if row["mark"] == "no_case":
        return "no_case"
    if row["value"] is None:
        return "no_data"
    if is_met(indicator, row):
        return "met"
    if indicator.target_kind == "keep_100":
        return "short"
    if moved is None:
        return "unknown_trend"
    if moved == 0:
        return "same"
    return "better" if (moved < 0) == (indicator.direction == "lower_is_better") else "worse"


def _missing(indicator: PlanIndicator, row: Row) -> float | None:
    if row["numerator"] is None:
        return None
    if indicator.direction == "lower_is_better":
        return float(row["numerator"])
    return None if row["denominator"] is None else float(row["denominator"] - row["numerator"])
