"""Households on the communes' lists, whatever their class."""

from ibis import _

from measures.definition import GROUPINGS, Measure, households

MEASURE = Measure(
    name="reviewed_household_count",
    unit="household",
    numerator=households(_.class_code.notnull()),
    groupings=GROUPINGS,
)
