"""Resident persons (form 1, column 2)."""

from ibis import _

from measures.definition import Measure, population

MEASURE = Measure(
    name="resident_person_count",
    unit="person",
    numerator=population(_.resident_person_count),
    needs=("population",),
    groupings=("area_type",),
)
