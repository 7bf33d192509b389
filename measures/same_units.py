"""A period that some communes reported, against the year before of the same communes and no others."""

from dataclasses import dataclass

import polars as pl

from measures.comparison import as_printed
from measures.target_units import year_before

_TOLD = ("ok", "zero")


@dataclass(frozen=True)
class SameUnits:
    """Sums over the ``units`` communes that both periods have whole under one standard; rates in per cent."""

    units: int
    before: str
    numerator_before: float
    rate_before: float
    numerator: float
    rate: float

    @property
    def points(self) -> float:
        """Later minus earlier of the rates as they are printed, with two decimals."""
        return float(as_printed(self.rate, "pct") - as_printed(self.rate_before, "pct"))


def same_units(rows: pl.DataFrame, period: str) -> SameUnits | None:
    """Compare ``period`` with the year before; None where no commune has both.

    Args:
        rows: ``result__estimate`` rows of one rate, one a unit and period, on one map.
        period: the later one.
    """
    before = year_before(period)
    told = rows.filter(
        pl.col("units_reported") == pl.col("units_expected"),
        pl.col("mark").is_in(_TOLD),
        pl.col("unit_code") != "not_attributable",
    )
    sums = ("numerator", "denominator")
    pairs = told.filter(period=period).join(
        told.filter(period=before).select("unit_code", "standard_id", *sums),
        on=["unit_code", "standard_id"],
        suffix="_before",
    )
    found = {name: float(pairs[name].sum()) for each in sums for name in (each, f"{each}_before")}
    if not (found["denominator"] and found["denominator_before"]):
        return None
    return SameUnits(
        units=pairs.height,
        before=before,
        numerator_before=found["numerator_before"],
        rate_before=100 * found["numerator_before"] / found["denominator_before"],
        numerator=found["numerator"],
        rate=100 * found["numerator"] / found["denominator"],
    )
