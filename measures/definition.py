"""What a measure is: a formula over the core tables and a card that explains it."""

from dataclasses import dataclass
from typing import Literal

import ibis
from ibis import Deferred
from pydantic import BaseModel, ConfigDict

Source = Literal["list", "population"]
Needs = Literal["list", "marks", "labour", "merit", "before", "population"]
"""``marks``, ``labour``, ``merit``, ``before`` (the class before): lists that carry these columns, ``labour`` and
``merit`` for every poor household."""

GROUPINGS = (
    "area_type",
    "head_sex",
    "head_ethnicity",
    "head_age_band",
    "labour_capacity",
    "merit_member",
    "household_size",
)


@dataclass(frozen=True)
class Fact:
    """A sum over the rows of one source.

    ``value`` is an Ibis expression on one row: of a household on a list, or of a commune's row of form 1.
    Null means unknown and is left out of the sum; a sum of nothing but nulls is null, never zero.
    """

    source: Source
    value: Deferred


@dataclass(frozen=True)
class Measure:
    """A formula.

    Group rates are always taken from the sums of ``numerator`` and ``denominator``, never averaged.
    ``needs`` says which submissions a commune must have sent to be in the figure; ``groupings`` which
    breakdowns both sums allow; ``is_running`` whether a running list (last official list and in-year
    decisions) can carry it.
    """

    name: str
    unit: Literal["household", "person", "pct", "share"]
    numerator: Fact
    denominator: Fact | None = None
    needs: tuple[Needs, ...] = ("list",)
    groupings: tuple[str, ...] = ()
    grouped_by_commune: bool = True
    is_running: bool = False

    @property
    def is_over_population(self) -> bool:
        """Whether the denominator is form 1, which knows communes as they were, not older ones."""
        facts = (self.numerator, self.denominator)
        return any(fact is not None and fact.source == "population" for fact in facts)

    @property
    def scale(self) -> int:
        """100 for percentages, else 1."""
        return 100 if self.unit == "pct" else 1

    @property
    def decimals(self) -> int:
        """Digits after the comma of a ratio, rounded half up."""
        return 4 if self.unit == "share" else 2


@dataclass(frozen=True)
class ModelMeasure:
    """A ratio over the register of models; what it counts are communes."""

    name: str
    unit: Literal["pct"]
    denominator: Literal["commune"] = "commune"
    decimals: int = 2


class Card(BaseModel):
    """Prose and facts about a measure that a statistician can edit."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    label_vi: str
    label_en: str
    unit: str
    direction: Literal["lower_is_better", "higher_is_better", "neutral"]
    definition_vi: str
    definition_en: str
    numerator_vi: str
    numerator_en: str
    denominator_vi: str | None = None
    denominator_en: str | None = None
    source_vi: str
    source_en: str
    agency_role: str
    legal_reference: str
    caveats_vi: list[str] = []
    caveats_en: list[str] = []


def households(condition: Deferred) -> Fact:
    """Households on a list that meet ``condition``."""
    return Fact("list", condition.cast("int64"))


def persons(condition: Deferred, member_count: Deferred) -> Fact:
    """Persons in households that meet ``condition``; where it or the member count is unknown they are left out."""
    met = condition.ifelse(member_count, 0)
    return Fact("list", condition.notnull().ifelse(met, ibis.null("int64")))


def population(column: Deferred) -> Fact:
    """A column of form 1."""
    return Fact("population", column)
