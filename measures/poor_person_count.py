"""Persons in poor households (form 1, column 9)."""

from ibis import _

from measures.definition import GROUPINGS, Measure, persons

MEASURE = Measure(
    name="poor_person_count",
    unit="person",
    numerator=persons(_.class_code == "poor", _.member_count),
    groupings=GROUPINGS,
    is_running=True,
)
