"""How the list of the poor changed since the list before: the columns of official form 2 that lists tell.

The class before is what the commune wrote on this year's list. A relapse needs history: the household is
recognised among the poor of an earlier review by its pseudonym, so relapses are a lower bound. A list without the
class before tells no flow: its households would all look as if they had entered.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import ibis
from ibis import Deferred, _

from measures.definition import Measure, households

_POOR = _.class_code == "poor"
_WAS_POOR = _.class_before_code == "poor"
_WAS_NEAR_POOR = _.class_before_code == "near_poor"
_ENTERED = _POOR & ~(_WAS_POOR | _WAS_NEAR_POOR).fill_null(False)

_FLOWS: dict[str, Deferred] = {
    "escaped_to_near_poor_household_count": (_WAS_POOR & (_.class_code == "near_poor")).fill_null(
        False
    ),
    "escaped_above_near_poor_household_count": (_WAS_POOR & (_.class_code == "none")).fill_null(
        False
    ),
    "near_poor_became_poor_household_count": (_WAS_NEAR_POOR & _POOR).fill_null(False),
    "relapsed_poor_household_count": _ENTERED & _.was_poor_earlier,
    "new_poor_household_count": _ENTERED & ~_.was_poor_earlier,
}

MEASURES = tuple(
    Measure(
        name=name,
        unit="household",
        numerator=households(_.tells_class_before.ifelse(condition, ibis.null("boolean"))),
        needs=("before",),
    )
    for name, condition in _FLOWS.items()
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a flow: what is common to all, and its own words."""
    for name in _FLOWS:
        yield {"name": name, **content["common"], **content["flows"][name]}
