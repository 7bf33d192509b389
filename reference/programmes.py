"""The programme contract: which agency reports what, in which workbook, sheet and column.

One file of ``reference/programmes`` is one half-yearly workbook. The same declaration reads a filled
workbook, checks it and writes the blank one. A figure is named by programme and quantity, for example
``credit_poor`` and ``need``; it stands for one commune and one half-year.
"""

from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator

from reference.records import FormColumn, FormLayout, Mark, Record
from reference.yaml_file import read_yaml

FOLDER = Path(__file__).parent / "programmes"
Unit = Literal[
    "household", "person", "pupil", "vnd", "date", "enterprise", "establishment", "commune", "model",
    "works", "case", "request", "session", "item", "visit",
]  # fmt: skip
Group = Literal[
    "poor", "near_poor", "newly_escaped", "other", "poor_and_near_poor",
    "poor_near_poor_newly_escaped", "officer", "all",
]  # fmt: skip
FORM_PREFIX = "programme_"
PATH = "."
"""Between programme and quantity in the canonical name of a column."""


class Quantity(Record):
    """One column of a programme.

    ``also_vi``: other words that stand over the column in workbooks handed out earlier.
    ``at_most`` names the quantity of the same programme that this one can never exceed.
    ``is_balance``: a state on the last day or a sum since January; half-years of it are never
    added. A ``date`` is written as a number, 20250315.
    """

    quantity: str
    label_vi: str
    label_en: str
    unit: Unit
    also_vi: tuple[str, ...] = ()
    required: bool = False
    at_most: str | None = None
    is_balance: bool = False

    @property
    def is_summed(self) -> bool:
        """Whether communes may be added up."""
        return self.unit != "date"


class Programme(Record):
    """What is reported for one programme; ``clause`` is the clause of the plan it answers."""

    id: str
    label_vi: str
    label_en: str
    group: Group
    unit: Unit
    clause: str
    columns: tuple[Quantity, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def bounds_exist(self) -> Self:
        """A bound is another quantity of the programme, in the same unit."""
        units = {column.quantity: column.unit for column in self.columns}
        if len(units) != len(self.columns):
            raise ValueError(f"{self.id}: a quantity twice")
        for column in self.columns:
            if column.at_most is not None and units.get(column.at_most) != column.unit:
                raise ValueError(f"{self.id}: {column.quantity} at most {column.at_most}")
        return self

    def column(self, quantity: str) -> Quantity:
        """The column of a quantity.

        Raises:
            KeyError: the programme does not report it.
        """
        for column in self.columns:
            if column.quantity == quantity:
                return column
        raise KeyError((self.id, quantity))


class ProgrammeSheet(Record):
    """One sheet of the workbook: its programmes stand side by side over the same communes."""

    name: str
    programmes: tuple[Programme, ...] = Field(min_length=1)


class ProgrammeForm(Record):
    """One workbook of one agency; ``agency_role`` is a role of ``agencies.csv``."""

    name: str
    label_vi: str
    label_en: str
    titles: tuple[str, ...] = Field(min_length=1)
    agency_role: str
    frequency: Literal["half_year"]
    confirmed: bool
    note: str
    mark: Mark
    source: str = Field(min_length=1)
    sheets: tuple[ProgrammeSheet, ...] = Field(min_length=1)

    @property
    def form(self) -> str:
        """Name of the form in ``quality__submission``."""
        return FORM_PREFIX + self.name

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """The programmes of all sheets, in their order."""
        return tuple(each for sheet in self.sheets for each in sheet.programmes)


@cache
def programme_forms() -> tuple[ProgrammeForm, ...]:
    """Every programme workbook, by name."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.yml")))


def programme_form_names() -> tuple[str, ...]:
    """Names of the forms (``programme_credit``), without reading them."""
    return tuple(FORM_PREFIX + path.stem for path in sorted(FOLDER.glob("*.yml")))


def programme_form(name: str) -> ProgrammeForm:
    """The workbook of that name, with or without ``programme_`` before it.

    Raises:
        KeyError: no such workbook.
    """
    wanted = name.removeprefix(FORM_PREFIX)
    for form in programme_forms():
        if form.name == wanted:
            return form
    raise KeyError(name)


@cache
def programmes() -> dict[str, Programme]:
    """Every programme by its id, in the order of the workbooks.

    Raises:
        ValueError: two workbooks declare the same programme.
    """
    found: dict[str, Programme] = {}
    for form in programme_forms():
        for programme in form.programmes:
            if programme.id in found:
                raise ValueError(f"programme {programme.id} twice")
            found[programme.id] = programme
    return found


@cache
def form_of_programme() -> dict[str, str]:
    """Name of the form (``programme_credit``) by programme id."""
    return {each.id: form.form for form in programme_forms() for each in form.programmes}


@cache
def programme_layout(form: str) -> FormLayout:
    """Header words of a programme workbook: the programme over its quantities.

    Raises:
        KeyError: no such workbook.
    """
    declared = programme_form(form)
    columns = [
        FormColumn(name="row_number", headers=("stt", "tt")),
        FormColumn(name="unit_name", headers=UNIT_HEADERS, required=True),
        *(
            FormColumn(
                name=f"{programme.id}{PATH}{column.quantity}",
                headers=tuple(
                    f"{programme.label_vi} | {words}".lower()
                    for words in (column.label_vi, *column.also_vi)
                ),
            )
            for programme in declared.programmes
            for column in programme.columns
        ),
    ]
    return FormLayout(
        name=declared.form,
        label_vi=declared.label_vi,
        label_en=declared.label_en,
        confirmed=declared.confirmed,
        note=declared.note,
        mark=declared.mark,
        source=declared.source,
        titles=declared.titles,
        columns=tuple(columns),
        values={},
    )


UNIT_HEADERS = ("đơn vị", "tên đơn vị", "xã, phường, thị trấn", "xã, phường", "địa bàn")


def _read(path: Path) -> ProgrammeForm:
    content = read_yaml(path)
    return ProgrammeForm.model_validate({"name": path.stem, **content})
