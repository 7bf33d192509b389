"""Poor and near-poor households together."""

from ibis import _

from measures.definition import GROUPINGS, Measure, households

MEASURE = Measure(
    name="poor_and_near_poor_household_count",
    unit="household",
    numerator=households(_.class_code.isin(["poor", "near_poor"])),
    groupings=GROUPINGS,
    is_running=True,
)
