"""Households deprived in one indicator beside those that one programme reached, place by place.

Two counts of two sources: the review's list and the agency's workbook. They are not the same households, so their
difference is one between the counts of a commune (chênh lệch ở cấp xã) and tells nobody who was reached.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from measures.comparison import is_whole

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Reach:
    """One unit. Counts are None where the unit did not report in full; ``difference`` is deprived less reached.

    ``difference`` is also None where the programme does not count households.
    """

    unit_code: str
    unit_name: str | None
    poor: float | None
    near_poor: float | None
    need: float | None
    reached: float | None
    difference: float | None


def reach(deprived: pl.DataFrame, figures: pl.DataFrame, unit: str) -> list[Reach]:
    """Units of one map in the order of ``deprived``.

    Args:
        deprived: ``result__estimate`` rows of ``deprivation_<code>_among_poor`` and ``…_near_poor``, one period.
        figures: ``result__programme`` rows of one programme and half-year, the same level and map.
        unit: what the programme counts (``household``, ``person`` …).
    """
    told = {(row["unit_code"], row["quantity"]): row for row in figures.iter_rows(named=True)}
    listed: dict[str, dict[str, Row]] = {}
    for row in deprived.iter_rows(named=True):
        listed.setdefault(row["unit_code"], {})[row["measure"].rpartition("_among_")[2]] = row
    found = []
    for code, by_class in listed.items():
        poor, near_poor = (_deprived(by_class.get(each)) for each in ("poor", "near_poor"))
        need = _told(told.get((code, "need")) or told.get((code, "eligible")))
        reached = _told(told.get((code, "reached")))
        difference = None
        if unit == "household" and None not in (poor, near_poor, reached):
            difference = (poor or 0) + (near_poor or 0) - (reached or 0)
        name = next(iter(by_class.values()))["unit_name"]
        found.append(Reach(code, name, poor, near_poor, need, reached, difference))
    return found


def _deprived(row: Row | None) -> float | None:
    if row is None or row["units_reported"] < row["units_expected"]:
        return None
    # A class without households has none that is deprived.
    return 0.0 if row["mark"] == "no_case" else row["numerator"] if is_whole(row) else None


def _told(row: Row | None) -> float | None:
    if row is None or row["units_reported"] < row["units_expected"]:
        return None
    value: float | None = row["value"]
    return value
