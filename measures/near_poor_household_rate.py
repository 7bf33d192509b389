"""Near-poor households as a share of resident households (form 1, column 6)."""

from ibis import _

from measures.definition import Measure, households, population

MEASURE = Measure(
    name="near_poor_household_rate",
    unit="pct",
    numerator=households(_.class_code == "near_poor"),
    denominator=population(_.resident_household_count),
    needs=("list", "population"),
    groupings=("area_type",),
    is_running=True,
)
