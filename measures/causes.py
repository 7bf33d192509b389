"""Causes of poverty that the lists name for poor households (form 10).

Several causes may be named for one household: the shares do not add up to 100 %.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ibis import Deferred, _

from measures.definition import Measure, households
from reference.loading import value_words

CAUSES = tuple(value_words()["cause"].words)


def _measure(cause: str) -> Measure:
    is_poor: Deferred = _.class_code == "poor"
    return Measure(
        name=f"cause_{cause}_among_poor_household_rate",
        unit="pct",
        numerator=households(is_poor & _.causes.contains(cause).fill_null(False)),
        denominator=households(is_poor & _.causes.notnull()),
    )


MEASURES = tuple(_measure(cause) for cause in CAUSES)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a cause: the family's prose with the cause's name put in."""
    for cause in CAUSES:
        words = content["causes"][cause]
        filled = {
            key: value.format(**words) if isinstance(value, str) else value
            for key, value in content["card"].items()
        }
        yield {"name": f"cause_{cause}_among_poor_household_rate", **filled}
