"""Persons in near-poor households (form 1, column 11)."""

from ibis import _

from measures.definition import GROUPINGS, Measure, persons

MEASURE = Measure(
    name="near_poor_person_count",
    unit="person",
    numerator=persons(_.class_code == "near_poor", _.member_count),
    groupings=GROUPINGS,
    is_running=True,
)
