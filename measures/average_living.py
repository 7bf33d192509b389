"""Households of average living standard in farming, forestry, fishery and salt work (form 1, columns 7, 8, 13, 14).

Only form 1 tells of them: the review lists carry no such class.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ibis import _

from measures.definition import Measure, population

_COUNTED = {"household": _.average_living_household_count, "person": _.average_living_person_count}
_RESIDENTS = {"household": _.resident_household_count, "person": _.resident_person_count}

MEASURES = (
    *(
        Measure(
            name=f"average_living_{unit}_count",
            unit=unit,  # type: ignore[arg-type]
            numerator=population(column),
            needs=("population",),
        )
        for unit, column in _COUNTED.items()
    ),
    *(
        Measure(
            name=f"average_living_{unit}_rate",
            unit="pct",
            numerator=population(column),
            # Residents of communes that left the column empty are not in the denominator.
            denominator=population(column.notnull().ifelse(_RESIDENTS[unit], None)),
            needs=("population",),
        )
        for unit, column in _COUNTED.items()
    ),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: what is common to all, and its own words."""
    for measure in MEASURES:
        yield {"name": measure.name, **content["common"], **content["measures"][measure.name]}
