"""Near-poor households on the communes' lists (form 1, column 5)."""

from ibis import _

from measures.definition import GROUPINGS, Measure, households

MEASURE = Measure(
    name="near_poor_household_count",
    unit="household",
    numerator=households(_.class_code == "near_poor"),
    groupings=GROUPINGS,
    is_running=True,
)
