"""Resident households (form 1, column 1)."""

from ibis import _

from measures.definition import Measure, population

MEASURE = Measure(
    name="resident_household_count",
    unit="household",
    numerator=population(_.resident_household_count),
    needs=("population",),
    groupings=("area_type",),
)
