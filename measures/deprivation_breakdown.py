"""Where multidimensional poverty comes from, indicator by indicator, and whom support has reached.

Alkire & Foster 2011, J. Public Econ. 95:476, with weights of one twelfth: the censored headcount h_j is the share
of all residents who are poor and deprived in j; the contribution of j is h_j / 12 over M0, that is the deprivations
in j over all deprivations of the poor, and the twelve add up to 100 %. Both come from lists that carry the marks;
M0 itself needs only B2, so its coverage may be wider. ``supported_…`` stays on the household's own row and speaks
only of households whose list says what was given.
"""

from collections.abc import Iterator, Mapping
from functools import reduce
from operator import add, or_
from typing import Any

from ibis import Deferred, _

from measures.definition import Fact, Measure, households, population
from reference.loading import deprivation_answers, indicators

_POOR: Deferred = _.class_code == "poor"
_ANSWERED = {code: each.support for code, each in deprivation_answers().items() if each.support}


def _mark(code: str) -> Deferred:
    return _[f"deprivation_{code}"]


_ALL_MARKS: Deferred = reduce(add, (_mark(each.code).cast("int64") for each in indicators()))
_DEPRIVATIONS_OF_POOR = Fact("list", _POOR.ifelse(_ALL_MARKS, 0))


def _contribution(code: str) -> Measure:
    # A row with a blank among its twelve marks is in neither sum, or the twelve would not add up.
    is_whole = _ALL_MARKS.notnull()
    return Measure(
        name=f"contribution_{code}_to_adjusted_headcount",
        unit="pct",
        numerator=households(_POOR & is_whole & _mark(code).fill_null(False)),
        denominator=_DEPRIVATIONS_OF_POOR,
        needs=("marks",),
    )


def _censored(code: str) -> Measure:
    return Measure(
        name=f"censored_headcount_{code}_rate",
        unit="pct",
        numerator=households(_POOR & _mark(code)),
        denominator=population(_.resident_household_count),
        needs=("marks", "population"),
    )


def _supported(code: str, kinds: tuple[str, ...]) -> Measure:
    is_deprived = _POOR & _mark(code).fill_null(False)
    given: Deferred = reduce(or_, (_.support_given.contains(kind) for kind in kinds))
    return Measure(
        name=f"supported_among_poor_deprived_in_{code}_rate",
        unit="pct",
        numerator=households(is_deprived & given.fill_null(False)),
        denominator=households(is_deprived & _.support_given.notnull()),
        needs=("marks",),
    )


MEASURES = (
    *(_contribution(indicator.code) for indicator in indicators()),
    *(_censored(indicator.code) for indicator in indicators()),
    *(_supported(code, kinds) for code, kinds in _ANSWERED.items()),
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a measure: its kind's prose with the indicator's names put in."""
    named = {each.code: each for each in indicators()}
    for kind, codes in (
        ("contribution", tuple(named)),
        ("censored", tuple(named)),
        ("supported", tuple(_ANSWERED)),
    ):
        for code in codes:
            filled = {
                key: text.format(indicator=named[code]) if isinstance(text, str) else text
                for key, text in {**content["common"], **content[kind]}.items()
            }
            yield {**filled, "name": filled["name"]}
