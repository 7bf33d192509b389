"""Intensity A and adjusted headcount M0 of multidimensional poverty.

Alkire & Foster 2011, J. Public Econ. 95:476: twelve indicators of equal weight; a household is poor by the
official rule (income test and at least three deprivations). A is the mean share of deprivations among the
poor; M0 = H · A with H over all resident households: those outside the review are non-poor by the rule.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ibis import _

from measures.comparison import is_whole
from measures.definition import GROUPINGS, Fact, Measure, population
from reference.loading import indicators

_INDICATORS = indicators()
Sums = tuple[Mapping[str, Any], Mapping[str, Any]]
"""Rows of ``result__estimate``: the headcount H and the intensity A of one review."""
# B2 counts ten points an indicator, so lists that carry no marks still tell how many there are.
_DEPRIVATIONS_OF_POOR = Fact(
    "list", (_.class_code == "poor").ifelse(_.b2_points / _INDICATORS[0].points, 0)
)
_POSSIBLE_OF_POOR = Fact(
    "list", ((_.class_code == "poor") & _.b2_points.notnull()).cast("int64") * len(_INDICATORS)
)

MEASURES = (
    Measure(
        name="deprivation_intensity",
        unit="share",
        numerator=_DEPRIVATIONS_OF_POOR,
        denominator=_POSSIBLE_OF_POOR,
        groupings=GROUPINGS,
        grouped_by_commune=False,
    ),
    Measure(
        name="adjusted_headcount",
        unit="share",
        numerator=_DEPRIVATIONS_OF_POOR,
        denominator=population(_.resident_household_count * len(_INDICATORS)),
        needs=("list", "population"),
        groupings=("area_type",),
        grouped_by_commune=False,
    ),
)


def cards(content: Mapping[str, object]) -> Iterator[object]:
    """The card of each measure, as it stands in the file."""
    for name, body in content.items():
        yield {"name": name, **body}  # type: ignore[dict-item]


def mean_deprivations(intensity: Mapping[str, Any]) -> float | None:
    """How many of the twelve indicators a poor household lacks on average: A times twelve, from the sums."""
    if not intensity["denominator"]:
        return None
    mean: float = intensity["numerator"] * len(_INDICATORS) / intensity["denominator"]
    return mean


@dataclass(frozen=True)
class Shift:
    """How M0 changed between two reviews: ``of_headcount`` and ``of_intensity`` add up to ``total``."""

    total: float
    of_headcount: float
    of_intensity: float


def shift(before: Sums, after: Sums) -> Shift | None:
    """The change of M0 split evenly (Shapley) between H and A; None where a sum is unknown or of another standard.

    ΔM0 = ½(A¹+A⁰)(H¹−H⁰) + ½(H¹+H⁰)(A¹−A⁰), each from its sums and not from rounded values.

    Args:
        before: rows of ``poor_household_rate`` and ``deprivation_intensity`` of the earlier review.
        after: the same of the later one.
    """
    rows = (*before, *after)
    if not all(is_whole(row) and row["denominator"] for row in rows):
        return None
    if len({row["standard_id"] for row in rows}) > 1:
        return None
    (h0, a0), (h1, a1) = (
        tuple(row["numerator"] / row["denominator"] for row in pair) for pair in (before, after)
    )
    of_headcount, of_intensity = (a1 + a0) * (h1 - h0) / 2, (h1 + h0) * (a1 - a0) / 2
    return Shift(of_headcount + of_intensity, of_headcount, of_intensity)
