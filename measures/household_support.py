"""What lists of support by household tell: every policy received, deprivations, what was answered (T6.1, T6.2).

A household is one row with what its rows on the list say. One whose rows do not say whether something was
received is unknown and in neither sum; a list that names no deprivation at all tells nothing of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import ibis
from ibis import Deferred, _

from reference.loading import indicators

FORM = "household_support"


@dataclass(frozen=True)
class HouseholdMeasure:
    """A ratio of households on a list that an agency keeps, not on the review's.

    ``numerator`` and ``denominator`` are expressions on one household: 1, 0, or null where it is unknown.
    """

    name: str
    numerator: Deferred
    denominator: Deferred
    unit: Literal["pct"] = "pct"
    decimals: int = 2


def _known(condition: Deferred, is_yes: Deferred, is_open: Deferred) -> Deferred:
    """1 for households that meet ``condition`` and whose answer is known, null where it is open, else 0."""
    return condition.ifelse((is_yes | ~is_open).ifelse(1, ibis.null("int64")), 0)


def _all_policies() -> HouseholdMeasure:
    """Entitled to something; one policy that was not received decides, whatever the others say."""
    return HouseholdMeasure(
        "all_policies_received_rate",
        numerator=(_.is_entitled & ~_.is_left_out).ifelse(1, 0),
        denominator=_known(_.is_entitled, _.is_left_out, _.is_entitled_open),
    )


def _deprived(indicator: str) -> HouseholdMeasure:
    return HouseholdMeasure(
        f"deprivation_{indicator}_among_newly_escaped",
        numerator=(_.is_newly_escaped & _[f"has_{indicator}"]).ifelse(1, 0),
        denominator=_.is_newly_escaped.ifelse(
            _.names_deprivations.ifelse(1, ibis.null("int64")), 0
        ),
    )


def _answered(indicator: str) -> HouseholdMeasure:
    has, got, is_open = (_[f"{word}_{indicator}"] for word in ("has", "got", "open"))
    denominator = _known(has, got, is_open)
    return HouseholdMeasure(
        f"support_for_{indicator}_rate",
        numerator=got.ifelse(1, 0),
        denominator=_.names_deprivations.ifelse(denominator, ibis.null("int64")),
    )


MEASURES = (
    _all_policies(),
    *(_deprived(indicator.code) for indicator in indicators()),
    *(_answered(indicator.code) for indicator in indicators()),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: what is common, the family's words, and the indicator's own name in them."""
    yield {"name": MEASURES[0].name, **content["common"], **content["all_policies"]}
    families = (
        ("deprived", "deprivation_{code}_among_newly_escaped"),
        ("answered", "support_for_{code}_rate"),
    )
    for family, name in families:
        for indicator in indicators():
            words = {
                key: text.format(indicator=indicator) if isinstance(text, str) else text
                for key, text in content[family].items()
            }
            yield {"name": name.format(code=indicator.code), **content["common"], **words}
