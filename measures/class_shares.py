"""Groups of people among the poor and the near-poor (forms 8, 9, 12 and 13), in households and in persons.

Groups overlap: a household without labour capacity may have a member of merit. "None of the three" is
counted directly and never as a difference. Households whose list does not say are in neither sum, so a
denominator below the class's own count tells that the group cannot be known there.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from ibis import Deferred, _

from measures.definition import Fact, Measure, households, persons

CLASSES = ("poor", "near_poor")
_KINH, _MINORITY = _.head_ethnicity == "kinh", _.head_ethnicity == "minority"
_WITHOUT_LABOUR, _MERIT = _.is_without_labour_capacity, _.has_member_of_merit
GROUPS: dict[str, Deferred] = {
    "kinh": _KINH,
    "minority": _MINORITY,
    "without_labour": _WITHOUT_LABOUR,
    "merit": _MERIT,
    "female_head": _.head_sex == "female",
    # Null where one of the three is unknown and none is true: then nobody knows.
    "outside_groups": (_.head_ethnicity != "minority")
    & (_WITHOUT_LABOUR.cast("int64") == 0)
    & (_MERIT.cast("int64") == 0),
}


def _counted(unit: str, condition: Deferred) -> Fact:
    return households(condition) if unit == "household" else persons(condition, _.member_count)


def _measure(group: str, class_code: str, unit: str) -> Measure:
    member, in_class = GROUPS[group], _.class_code == class_code
    return Measure(
        name=f"{group}_among_{class_code}_{unit}_rate",
        unit="pct",
        numerator=_counted(unit, in_class & member.fill_null(False)),
        denominator=_counted(unit, in_class & member.notnull()),
    )


MEASURES = tuple(
    _measure(group, class_code, unit)
    for class_code in CLASSES
    for group in GROUPS
    for unit in ("household", "person")
)


def cards(content: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """One card a group, class and unit: the family's prose with their words put in."""
    for class_code in CLASSES:
        for group in GROUPS:
            for unit in ("household", "person"):
                words = {
                    **content["classes"][class_code],
                    **content["groups"][group],
                    **content["units"][unit],
                }
                filled = {
                    key: value.format(**words) if isinstance(value, str) else value
                    for key, value in content["card"].items()
                }
                yield {"name": f"{group}_among_{class_code}_{unit}_rate", **filled}
