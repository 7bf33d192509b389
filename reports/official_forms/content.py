"""What an official form shows for a unit and a review: rows of cells through the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any, Literal, cast

import polars as pl

from measures.form_cells import Cell, Cells, needed_measures, unit_cells, upper_cells
from reference.form_definitions import STATUS_VI, FormDefinition, RowKind, form_definition
from reference.loading import era_at
from reference.periods import last_day
from reports.vietnamese import DEMO_MARK, PUBLIC_MARK
from warehouse.door import Door, NotAllowed

_STATUS_ORDER = tuple(STATUS_VI)
_PUBLIC_FORMS = (1,)
_NOT_PUBLIC = Cell(None, "not_public")
_COVERAGE = "poor_household_count"
LevelOfRow = Literal["province", "district", "commune"]


class FormNotPossible(LookupError):
    """The form cannot be written for this; the message says why, in Vietnamese."""


@dataclass(frozen=True)
class FormRow:
    """One line of the form: a unit, counted in households or persons."""

    number: int | None
    unit_name: str
    level: LevelOfRow
    kind: RowKind
    cells: Cells


@dataclass(frozen=True)
class FormContent:
    """A filled form and where it comes from."""

    definition: FormDefinition
    unit_code: str
    unit_name: str
    district_name: str | None
    level: LevelOfRow
    period: str
    status: str
    rows: tuple[FormRow, ...]
    units_reported: int
    units_expected: int
    units_whole: int
    build_id: str
    today: date
    is_demo: bool
    is_public: bool = False

    @property
    def stamp(self) -> str:
        """What stands over the form: simulated, public, or nothing."""
        marks = [(self.is_demo, DEMO_MARK), (self.is_public, PUBLIC_MARK)]
        return " · ".join(text for is_so, text in marks if is_so)

    @property
    def title(self) -> str:
        """Title with the status and the year."""
        year = self.period[:4]
        return self.definition.title_vi.format(status=STATUS_VI[self.status], year=year)

    @property
    def full_name(self) -> str:
        """The unit with its district: several districts have a commune of the same name."""
        return f"{self.unit_name}, {self.district_name}" if self.district_name else self.unit_name

    @property
    def checksum(self) -> str:
        """First 16 digits of the SHA-256 over everything the form says."""
        said = [self.title, self.unit_name, self.build_id, self.status]
        for row in self.rows:
            said.append(f"{row.unit_name}|{row.kind}")
            said += [f"{number}={cell.value}/{cell.mark}" for number, cell in row.cells.items()]
        return sha256("\n".join(said).encode()).hexdigest()[:16]


def form_content(
    door: Door, number: int, unit_code: str, period: str, status: str | None = None
) -> FormContent:
    """Fill a form 1 to 13 for a province, a district or a commune in force at the period.

    A visitor's door makes the public form 1: what the public file does not carry is said to be not public.

    Raises:
        FormNotPossible: no such form or unit, or no yearly review of that period.
        NotAllowed: a visitor who asks for another form, or an officer for more than one unit.
    """
    definition = _definition(number)
    if len(period) != 4:
        raise FormNotPossible(f"Biểu {number} là biểu của kỳ rà soát năm: hãy ghi --period 2024.")
    era = era_at(last_day(period))
    unit, communes, districts = _units(door, era, unit_code)
    _refuse(door, number, unit["level"])
    is_public = door.viewer.role == "visitor"
    now_names, before_names = needed_measures(definition)
    codes = communes["code"].to_list()
    now = door.estimates(
        (*now_names, _COVERAGE), level="commune", periods=[period], status=status, units=codes
    )
    before = door.estimates(
        before_names, level="commune", periods=[str(int(period) - 1)], era=era, units=codes
    )
    if now.is_empty():
        raise FormNotPossible(f"Bản {door.build.build_id} không có số liệu năm {period}.")
    reported = now.filter(pl.col("units_reported") > 0)
    facts = door.build_facts()
    if is_public:
        whole, rows = 0, _public_rows(door, definition, unit, communes, period, now)
    else:
        whole, rows = _rows(definition, unit, communes, districts, now, before)
    return FormContent(
        definition=definition,
        unit_code=unit_code,
        unit_name=unit["name"],
        district_name=_district_of(door, era, unit),
        level=unit["level"],
        period=period,
        status=_weakest(reported, status),
        rows=tuple(rows),
        units_reported=reported["unit_code"].n_unique(),
        units_expected=len(codes),
        units_whole=whole,
        build_id=door.build.build_id,
        today=cast(date, facts["today"]),
        is_demo=bool(facts["is_demo"]),
        is_public=is_public,
    )


def _definition(number: int) -> FormDefinition:
    try:
        return form_definition(number)
    except KeyError as error:
        raise FormNotPossible(f"Không có biểu tổng hợp số {number}; có biểu 1 đến 13.") from error


def _refuse(door: Door, number: int, level: str) -> None:
    if door.viewer.role == "visitor" and number not in _PUBLIC_FORMS:
        raise NotAllowed("Bản công khai chỉ có biểu 1.")
    if door.viewer.role == "officer" and level != "commune":
        raise NotAllowed("Cán bộ chỉ được xuất biểu của đơn vị mình phụ trách.")


def _units(
    door: Door, era: str, unit_code: str
) -> tuple[dict[str, Any], pl.DataFrame, pl.DataFrame]:
    """The unit asked for, the communes inside it and the districts inside it, by code."""
    provinces, districts = door.units(era, "province"), door.units(era, "district")
    communes = door.units(era, "commune")
    found = pl.concat([provinces, districts, communes]).filter(pl.col("code") == unit_code)
    if found.is_empty():
        raise FormNotPossible(f"Không có đơn vị {unit_code} ở thời kỳ {era} của số liệu.")
    unit = found.row(0, named=True)
    if unit["level"] == "commune":
        return unit, communes.filter(pl.col("code") == unit_code), districts.clear()
    if unit["level"] == "district":
        inside = communes.filter(pl.col("parent_code") == unit_code)
        return unit, inside, districts.filter(pl.col("code") == unit_code)
    return unit, communes, districts


def _district_of(door: Door, era: str, unit: dict[str, Any]) -> str | None:
    """Name of a commune's district; None above the commune and where there are no districts."""
    if unit["level"] != "commune":
        return None
    names = dict(door.units(era, "district").select("code", "name").iter_rows())
    return names.get(unit["parent_code"])


def _rows(
    definition: FormDefinition,
    unit: dict[str, Any],
    communes: pl.DataFrame,
    districts: pl.DataFrame,
    now: pl.DataFrame,
    before: pl.DataFrame,
) -> tuple[int, list[FormRow]]:
    """How many communes have every row whole, and the lines: upper levels over their communes."""
    figures_now, figures_before = _by_unit(now), _by_unit(before)
    cells = {
        (code, kind): unit_cells(
            definition, kind, figures_now.get(code, {}), figures_before.get(code, {})
        )
        for code in communes["code"]
        for kind in definition.rows
    }
    whole = sum(
        all(
            cell.mark != "no_data"
            for kind in definition.rows
            for cell in cells[code, kind].values()
        )
        for code in communes["code"]
    )

    def upper(name: str, level: LevelOfRow, codes: Sequence[str]) -> list[FormRow]:
        return [
            FormRow(
                None, name, level, kind, upper_cells(definition, [cells[c, kind] for c in codes])
            )
            for kind in definition.rows
        ]

    def lower(inside: pl.DataFrame) -> list[FormRow]:
        return [
            FormRow(place, row["name"], "commune", kind, cells[row["code"], kind])
            for place, row in enumerate(inside.iter_rows(named=True), start=1)
            for kind in definition.rows
        ]

    lines: list[FormRow] = []
    if unit["level"] == "province":
        lines += upper(unit["name"], "province", communes["code"].to_list())
    if districts.is_empty():
        return whole, lines + lower(communes)
    for district in districts.iter_rows(named=True):
        inside = communes.filter(pl.col("parent_code") == district["code"])
        lines += upper(district["name"], "district", inside["code"].to_list())
        lines += lower(inside)
    return whole, lines


def _public_rows(
    door: Door,
    definition: FormDefinition,
    unit: dict[str, Any],
    communes: pl.DataFrame,
    period: str,
    now: pl.DataFrame,
) -> list[FormRow]:
    """Lines as the public file tells them: no sum of communes, which would give back what is hidden."""
    names = needed_measures(definition)[0]
    above = door.estimates(names, level="province", periods=[period])
    figures = {**_by_unit(now), **_by_unit(above)}
    lines: list[FormRow] = []

    def line(place: int | None, name: str, level: LevelOfRow, code: str) -> None:
        told = figures.get(code, {})
        for kind in definition.rows:
            cells = {
                column.number: unit_cells(definition, kind, told, {})[column.number]
                if column.cells[kind].value in told
                else _NOT_PUBLIC
                for column in definition.columns
            }
            lines.append(FormRow(place, name, level, kind, cells))

    if unit["level"] == "province":
        line(None, unit["name"], "province", unit["code"])
    for place, row in enumerate(communes.iter_rows(named=True), start=1):
        line(place, row["name"], "commune", row["code"])
    return lines


def _by_unit(rows: pl.DataFrame) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows.iter_rows(named=True):
        found.setdefault(row["unit_code"], {})[row["measure"]] = row
    return found


def _weakest(reported: pl.DataFrame, asked: str | None) -> str:
    known = [status for status in reported["status"].drop_nulls().unique() if status in STATUS_VI]
    return min(known, key=_STATUS_ORDER.index) if known else asked or "estimate"
