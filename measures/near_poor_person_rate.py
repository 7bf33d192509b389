"""Persons in near-poor households as a share of resident persons (form 1, column 12)."""

from ibis import _

from measures.definition import Measure, persons, population

MEASURE = Measure(
    name="near_poor_person_rate",
    unit="pct",
    numerator=persons(_.class_code == "near_poor", _.member_count),
    denominator=population(_.resident_person_count),
    needs=("list", "population"),
    groupings=("area_type",),
    is_running=True,
)
