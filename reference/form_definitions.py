"""Official forms 1 to 15 as data: titles, header cells, numbering row and what each cell is made of.

The wording is recalled until somebody has compared it with the original (``confirmed``).
"""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from reference.records import Mark, Record
from reference.yaml_file import read_yaml

_FOLDER = Path(__file__).parent / "official_forms"
SUMMARY_FORMS = tuple(range(1, 14))
LIST_FORMS = (14, 15)
RowKind = Literal["household", "person"]
STATUS_VI = {
    "estimate": "ƯỚC",
    "preliminary": "SƠ BỘ",
    "official": "CHÍNH THỨC",
    "restated": "ĐIỀU CHỈNH",
}
"""What stands for {status} in a title."""


class Balance(Record):
    """What the other columns leave over: the positive part of (plus − minus), or of its opposite."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    side: Literal["decrease", "increase"]


class CellRule(Record):
    """What a cell shows; exactly one of the first six.

    ``value`` and ``previous`` (the review before, on today's map) are figures of a measure; ``numerator``
    is a count out of a rate, known only where its denominator reaches the figure of the measure ``of``;
    ``sum`` adds columns; ``unknown`` says why nobody can know. ``known_when`` names a rate that must be full.
    """

    value: str | None = None
    previous: str | None = None
    numerator: str | None = None
    sum: tuple[str, ...] = ()
    balance: Balance | None = None
    unknown: str | None = None
    of: str | None = None
    known_when: str | None = None

    @model_validator(mode="after")
    def is_one_thing(self) -> Self:
        """A rule is one of the six."""
        kinds = (self.value, self.previous, self.numerator, self.sum, self.balance, self.unknown)
        if sum(bool(kind) for kind in kinds) != 1 or (self.numerator is None) != (self.of is None):
            raise ValueError(f"not one rule: {self}")
        return self


class FormColumn(Record):
    """One numbered column: up to three header cells from above, and its cell by row kind.

    ``unit`` is ``open`` where the form does not say how its figure is made.
    """

    number: str
    unit: Literal["count", "pct", "open"] = "count"
    heads: tuple[str, ...] = Field(min_length=1, max_length=3)
    shown: str | None = None
    cells: dict[RowKind, CellRule]


class FormDefinition(Record):
    """One official form. ``title_vi`` has places for {status} and {year}."""

    number: int
    label_vi: str
    confirmed: bool
    note: str
    mark: Mark
    source: str
    title_vi: str
    paper: Literal["A3", "A4"]
    rows: tuple[RowKind, ...]
    whole_rows: bool = False
    remarks_vi: tuple[str, ...] = ()
    columns: tuple[FormColumn, ...]

    @model_validator(mode="after")
    def every_row_is_filled(self) -> Self:
        """Each column has a rule for each kind of row, and rules speak of columns that exist."""
        numbers = {column.number for column in self.columns}
        for column in self.columns:
            if set(column.cells) != set(self.rows):
                raise ValueError(f"column {column.number}: rows {set(column.cells)}")
            for rule in column.cells.values():
                named = {*rule.sum}
                if rule.balance:
                    named |= {*rule.balance.plus, *rule.balance.minus}
                if named - numbers:
                    raise ValueError(f"column {column.number} names {named - numbers}")
        return self


@cache
def form_definition(number: int) -> FormDefinition:
    """Definition of one of the forms 1 to 13.

    Raises:
        KeyError: there is no such form.
    """
    if number not in SUMMARY_FORMS:
        raise KeyError(number)
    return FormDefinition.model_validate(read_yaml(_FOLDER / f"form_{number:02d}.yml"))
