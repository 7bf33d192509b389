"""Persons in poor households as a share of resident persons (form 1, column 10)."""

from ibis import _

from measures.definition import Measure, persons, population

MEASURE = Measure(
    name="poor_person_rate",
    unit="pct",
    numerator=persons(_.class_code == "poor", _.member_count),
    denominator=population(_.resident_person_count),
    needs=("list", "population"),
    groupings=("area_type",),
    is_running=True,
)
