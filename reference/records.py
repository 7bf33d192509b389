"""Types of the reference data: every value has a source and a mark, unknown is a ``gap``."""

from collections.abc import Mapping
from datetime import date
from typing import Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

AreaType = Literal["rural", "urban"]
Mark = Literal["verified", "recalled", "derived", "gap"]
Rule = Literal["income_and_deprivation", "income_or_band_and_deprivation"]
Value = TypeVar("Value")


class Record(BaseModel):
    """Immutable, and closed: a misspelt key in a data file is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Record, Generic[Value]):
    """One value with where it comes from."""

    value: Value | None
    mark: Mark
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def unknown_is_a_gap(self) -> Self:
        """Unknown and ``gap`` go together, so that nothing unknown looks like a fact."""
        if (self.value is None) != (self.mark == "gap"):
            raise ValueError(f"value {self.value!r} with mark {self.mark!r}")
        return self


class Standard(Record):
    """A poverty standard; its years are policy years, both ends included.

    Lines are VND a person a month, both ends of the poor side included ("trở xuống"); cuts and
    points are those of Phiếu B. The upper ends of a band exist only under
    ``income_or_band_and_deprivation``.
    """

    id: str
    label_vi: str
    label_en: str
    legal_reference: str
    scope: Literal["national", "province"]
    rule: Sourced[Rule]
    valid_from_year: Sourced[int]
    valid_to_year: Sourced[int]
    indicator_count: Sourced[int]
    min_deprivations: Sourced[int]
    income_line_rural_vnd: Sourced[int]
    income_line_urban_vnd: Sourced[int]
    income_band_upper_rural_vnd: Sourced[int] | None = None
    income_band_upper_urban_vnd: Sourced[int] | None = None
    average_living_upper_rural_vnd: Sourced[int]
    average_living_upper_urban_vnd: Sourced[int]
    b1_cut_rural: Sourced[int]
    b1_cut_urban: Sourced[int]
    b1_band_upper_rural: Sourced[int] | None = None
    b1_band_upper_urban: Sourced[int] | None = None
    b2_cut_points: Sourced[int]
    b2_points_per_deprivation: Sourced[int]

    def income_line_vnd(self, area_type: AreaType) -> int | None:
        """Line of the area type, VND a person a month."""
        line = self.income_line_rural_vnd if area_type == "rural" else self.income_line_urban_vnd
        return line.value

    def b1_cut(self, area_type: AreaType) -> int | None:
        """Highest B1 that passes the income test; ``None`` while the circular is unknown."""
        cut = self.b1_cut_rural if area_type == "rural" else self.b1_cut_urban
        return cut.value


class Review(Record):
    """The yearly review at the end of ``year`` and the standards it is reported under."""

    year: int
    standards: tuple[str, ...] = Field(min_length=1)
    mark: Mark
    source: str = Field(min_length=1)


class Indicator(Record):
    """One deprivation indicator; ``position`` counts from 1 in the order of the official form."""

    position: int
    code: str
    dimension: str
    dimension_vi: str
    dimension_en: str
    label_vi: str
    label_en: str
    definition_vi: str
    definition_en: str
    responsible_agency_id: str
    responsible_role: str
    points: int
    mark: Mark
    source: str = Field(min_length=1)


class DeprivationAnswer(Record):
    """What answers one deprivation: programmes reported by commune, kinds of support on a household's own row."""

    programmes: tuple[str, ...]
    support: tuple[str, ...]


class ValueWords(Record):
    """How clerks write a coded value: canonical value to its spellings.

    ``questions`` maps spellings that are no value, although they stand in such columns, to the
    Vietnamese question that goes back to the commune.
    """

    words: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, str] = {}


class FormColumn(Record):
    """A column: canonical name and header spellings.

    A spelling is the text of the lowest header cell, or a path ``"điểm | b1"`` from an upper to a
    lower header cell (cells between may be left out) where the lowest cell alone is ambiguous;
    where several columns fit, the longest path decides.
    ``number`` is the number under the header in the official form; ``values`` names a set of
    ``forms/value_words.yml``, ``several`` says that a cell may hold more than one of them.
    """

    name: str
    headers: tuple[str, ...] = Field(min_length=1)
    required: bool = False
    personal: bool = False
    number: int | None = None
    values: str | None = None
    several: bool = False


class FormLayout(Record):
    """How a form looks: spellings of its title and its columns, in the order of the form."""

    name: str
    label_vi: str
    label_en: str
    confirmed: bool
    note: str
    mark: Mark
    source: str = Field(min_length=1)
    titles: tuple[str, ...]
    columns: tuple[FormColumn, ...]
    values: Mapping[str, ValueWords]

    def column(self, name: str) -> FormColumn:
        """The column with that canonical name; ``KeyError`` when the form has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"form {self.name} has no column {name}")


class Agency(Record):
    """Who held one role when; one row for each agency and role, both days included."""

    agency_id: str
    name_vi: str
    name_en: str
    valid_from: date | None
    valid_to: date | None
    successor_id: str | None
    role: str
    source: str = Field(min_length=1)
    mark: Mark
    note: str | None
