"""Poor households on the communes' lists (form 1, column 3)."""

from ibis import _

from measures.definition import GROUPINGS, Measure, households

MEASURE = Measure(
    name="poor_household_count",
    unit="household",
    numerator=households(_.class_code == "poor"),
    groupings=GROUPINGS,
    is_running=True,
)
