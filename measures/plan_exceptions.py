"""The two groups that the plan singles out: poor households able to work, and those with a member of merit.

Plan II.2.1: by 2030 basically no poor household except those without labour capacity, and none with a member of
merit. A list without the column leaves its households out of the sum: unknown is not "no".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ibis import _

from measures.definition import Measure, households

_POOR = _.class_code == "poor"

MEASURES = (
    Measure(
        name="poor_households_with_labour_capacity_count",
        unit="household",
        numerator=households(_POOR & ~_.is_without_labour_capacity),
        needs=("labour",),
    ),
    Measure(
        name="poor_households_with_merit_member_count",
        unit="household",
        numerator=households(_POOR & _.has_member_of_merit),
        needs=("merit",),
    ),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: what is common to both, and its own words."""
    for name, body in content["measures"].items():
        yield {"name": name, **content["common"], **body}
