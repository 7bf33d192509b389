"""Share of the poor, and of the near-poor, deprived in each of the twelve indicators (forms 5 and 7).

The denominator is the class's households whose list carries the mark; a deprivation rate of the whole
population cannot be computed from the review and is not offered.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ibis import Deferred, _

from measures.definition import GROUPINGS, Measure, households
from reference.loading import indicators

_CLASSES = ("poor", "near_poor")


def _measure(indicator: str, class_code: str) -> Measure:
    mark: Deferred = _[f"deprivation_{indicator}"]
    in_class: Deferred = _.class_code == class_code
    return Measure(
        name=f"deprivation_{indicator}_among_{class_code}",
        unit="pct",
        numerator=households(in_class & mark.fill_null(False)),
        denominator=households(in_class & mark.notnull()),
        needs=("marks",),
        groupings=GROUPINGS,
        grouped_by_commune=False,
    )


MEASURES = tuple(
    _measure(indicator.code, class_code) for class_code in _CLASSES for indicator in indicators()
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: the family's prose with the indicator's own names and definition put in."""
    for class_code in _CLASSES:
        words = content["classes"][class_code]
        for indicator in indicators():
            filled = {
                key: text.format(indicator=indicator, **words) if isinstance(text, str) else text
                for key, text in content["card"].items()
            }
            yield {"name": f"deprivation_{indicator.code}_among_{class_code}", **filled}
