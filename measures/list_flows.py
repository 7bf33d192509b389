"""How the lists changed since the lists before, beyond :mod:`measures.poor_list_flows`: forms 2 and 3.

The near-poor in households, and both classes in persons. ``class_before_known_rate`` says how far the lists
carry the class before: where it is below 100 %, the flows of that commune cannot be known.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import ibis
from ibis import Deferred, _

from measures.definition import Fact, Measure, households, persons

_POOR, _NEAR_POOR = _.class_code == "poor", _.class_code == "near_poor"
_WAS_POOR = (_.class_before_code == "poor").fill_null(False)
_WAS_NEAR_POOR = (_.class_before_code == "near_poor").fill_null(False)
_ENTERED = ~(_WAS_POOR | _WAS_NEAR_POOR)

_OF_POOR: dict[str, Deferred] = {
    "escaped_to_near_poor": _WAS_POOR & _NEAR_POOR,
    "escaped_above_near_poor": _WAS_POOR & (_.class_code == "none"),
    "near_poor_became_poor": _WAS_NEAR_POOR & _POOR,
    "relapsed_poor": _POOR & _ENTERED & _.was_poor_earlier,
    "new_poor": _POOR & _ENTERED & ~_.was_poor_earlier,
}
_OF_NEAR_POOR: dict[str, Deferred] = {
    "escaped_near_poor": _WAS_NEAR_POOR & (_.class_code == "none"),
    "relapsed_near_poor": _NEAR_POOR & _ENTERED & _.was_near_poor_earlier,
    "new_near_poor": _NEAR_POOR & _ENTERED & ~_.was_near_poor_earlier,
}


def _measure(name: str, unit: str, counted: Fact) -> Measure:
    return Measure(name=f"{name}_{unit}_count", unit=unit, numerator=counted, needs=("before",))  # type: ignore[arg-type]


def _told(flow: Deferred) -> Deferred:
    """Unknown where the list does not say the class before: all its households would look as if they had entered."""
    return _.tells_class_before.ifelse(flow, ibis.null("boolean"))


MEASURES = (
    *(_measure(name, "household", households(_told(flow))) for name, flow in _OF_NEAR_POOR.items()),
    *(
        _measure(name, "person", persons(_told(flow), _.member_count))
        for name, flow in (_OF_POOR | _OF_NEAR_POOR).items()
    ),
    Measure(
        name="class_before_known_rate",
        unit="pct",
        numerator=households(_.class_before_code.notnull()),
        denominator=households(_.class_code.notnull()),
    ),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a flow and unit: what is common to all, the unit's words and the flow's own."""
    for measure in MEASURES[:-1]:
        name = measure.name.removesuffix(f"_{measure.unit}_count")
        words = content["units"][measure.unit]
        own = {key: text.format(**words) for key, text in content["flows"][name].items()}
        counted = {"numerator_vi": words["counted_vi"], "numerator_en": words["counted_en"]}
        yield {
            "name": measure.name,
            "unit": measure.unit,
            **content["common"],
            **counted,
            **own,
        }
    yield {"name": MEASURES[-1].name, **content["common"], **content["class_before_known_rate"]}
