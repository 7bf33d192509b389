"""What changed between two periods of one unit, and which figures may be compared at all.

Differences are taken only between figures of one standard whose coverage is complete; everything
else has no difference (None), so that no sentence can speak of one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeGuard

import polars as pl

from charts.labels import Row, complete, has_figure
from charts.numbers import split_period

QUARTER_OF_THE_FALL = 0.25


@dataclass(frozen=True)
class Change:
    """Two comparable figures and the later minus the earlier one, in the measure's own unit."""

    earlier: Row
    later: Row

    @property
    def difference(self) -> float:
        """Later minus earlier; points for a rate."""
        return float(round(self.later["value"] - self.earlier["value"], 6))


def row_of(rows: pl.DataFrame, measure: str, period: str | None) -> Row | None:
    """The one row of a measure in a period (rows of one unit and no group)."""
    if period is None:
        return None
    found = rows.filter(pl.col("measure") == measure, pl.col("period") == period)
    return None if found.is_empty() else found.row(0, named=True)


def row_of_unit(rows: pl.DataFrame, unit_code: str) -> Row | None:
    """The one row of a unit (rows of one measure, one period and no group)."""
    found = rows.filter(pl.col("unit_code") == unit_code)
    return None if found.is_empty() else found.row(0, named=True)


def reviews(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of yearly reviews: no running list."""
    return rows.filter(pl.col("period").str.len_chars() == 4)


def change(rows: pl.DataFrame, measure: str, period: str | None) -> Change | None:
    """Change of a yearly figure against the review a year before."""
    if period is None or split_period(period)[1] is not None:
        return None
    later = row_of(rows, measure, period)
    earlier = row_of(rows, measure, str(int(period) - 1))
    if later is None or earlier is None or not comparable(earlier, later):
        return None
    return Change(earlier, later)


def comparable(earlier: Row, later: Row) -> bool:
    """Same standard, both complete, both with a figure."""
    return earlier["standard_id"] == later["standard_id"] and all(
        has_figure(row) and is_complete(row) for row in (earlier, later)
    )


def is_complete(row: Row) -> bool:
    """Whether all communes that should be in the figure are."""
    return bool(row["units_reported"] == row["units_expected"])


def can_be_headline(row: Row | None) -> TypeGuard[Row]:
    """Whether a figure may stand for the whole: it exists and nobody is missing from it."""
    return row is not None and has_figure(row) and is_complete(row)


def newest_running(rows: pl.DataFrame, measure: str) -> Row | None:
    """The running list that reaches furthest; quarters before months."""
    found = [
        row
        for row in rows.filter(pl.col("measure") == measure).iter_rows(named=True)
        if split_period(row["period"])[1] is not None
    ]
    quarters = [row for row in found if "Q" in row["period"]] or found
    return max(quarters, key=lambda row: row["period"], default=None)


def fewest_with_a_quarter(
    later: pl.DataFrame, earlier: pl.DataFrame, whole: float
) -> tuple[int, Sequence[str]] | None:
    """How few units together make a quarter of the fall, and which; None without a fall.

    Args:
        later: ``result__estimate`` rows of a count, one a unit, all complete.
        earlier: the same units a year before, in the same era.
        whole: the fall of the whole area: a reader who sees some of its units only is told nothing.
    """
    falls = _falls(complete(later), complete(earlier))
    total = sum(fall for _, fall in falls)
    if total <= 0 or len(falls) < later.height or round(total - whole, 6):
        return None
    reached, names = 0.0, []
    for name, fall in sorted(falls, key=lambda one: -one[1]):
        reached += fall
        names.append(name)
        if reached >= QUARTER_OF_THE_FALL * total:
            break
    return len(names), names


def _falls(later: pl.DataFrame, earlier: pl.DataFrame) -> list[tuple[str, float]]:
    before = earlier.select("unit_code", "standard_id", before="value")
    pairs = later.join(before, on=["unit_code", "standard_id"]).drop_nulls(["value", "before"])
    return [(row["unit_name"], row["before"] - row["value"]) for row in pairs.iter_rows(named=True)]
