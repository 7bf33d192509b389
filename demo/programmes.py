"""The agencies' half-yearly workbooks: one a form and half-year, a row for every commune."""

from dataclasses import dataclass
from datetime import date, timedelta

from demo.folder import Paths
from demo.geography import Unit, unit
from demo.names import without_tone
from demo.programme_figures import (
    PERIODS,
    Figures,
    figures,
    late_units,
    sent,
    units_of,
)
from demo.province import Province
from demo.report_letters import under_report
from demo.sheets import MARK, Book, Cell, Sheet, header_rows, letterhead
from reference.loading import agency_in_charge, era_at
from reference.periods import half_year_in_words, last_day
from reference.programmes import (
    ProgrammeForm,
    ProgrammeSheet,
    Quantity,
    programme_form,
    programme_forms,
)

FOLDER = "chuong-trinh"


@dataclass(frozen=True)
class ProgrammeTask:
    """One workbook of one agency; ``is_late`` is the second one, of the communes that came later."""

    form: str
    period: str
    is_late: bool
    path: str


def programme_tasks(province: Province, paths: Paths) -> list[ProgrammeTask]:
    """Every programme workbook of the inbox, by half-year."""
    tasks = []
    for period in PERIODS:
        for form in programme_forms():
            if not sent(form, period):
                continue
            stem = f"{without_tone(form.titles[-1]).capitalize()} {period}"
            path = paths.take(f"{FOLDER}/{period}", stem, "xlsx")
            tasks.append(ProgrammeTask(form.name, period, False, path))
            if late_units(form, period, list(units_of(province, period))):
                path = paths.take(f"{FOLDER}/{period}", f"{stem} bo sung", "xlsx")
                tasks.append(ProgrammeTask(form.name, period, True, path))
    return tasks


def programme_book(province: Province, task: ProgrammeTask) -> tuple[Book, int]:
    """The workbook of a task, and how many of its rows carry figures."""
    form = programme_form(task.form)
    everywhere = list(units_of(province, task.period))
    late = late_units(form, task.period, everywhere)
    known = figures(province, form, task.period)
    listed = late if task.is_late else everywhere
    cells = {code: known[code] for code in listed if code in known}
    if not task.is_late:
        cells = {code: found for code, found in cells.items() if code not in late}
    under = under_report(province.seed, form.form, task.period, is_late=task.is_late)
    sheets = [_sheet(form, sheet, task.period, under, listed, cells) for sheet in form.sheets]
    made = last_day(task.period) - timedelta(days=22 if not task.is_late else 5)
    loaded = sum(
        any(
            (programme.id, column.quantity) in found
            for programme in sheet.programmes
            for column in programme.columns
        )
        for sheet in form.sheets
        for found in cells.values()
    )
    return Book(task.path, sheets, created=made), loaded


def _sheet(
    form: ProgrammeForm,
    sheet: ProgrammeSheet,
    period: str,
    under: str,
    codes: list[str],
    cells: Figures,
) -> Sheet:
    """Districts in bold over their communes where there are districts; a total at the end."""
    columns = [
        (programme, column) for programme in sheet.programmes for column in programme.columns
    ]
    paths = [("STT",), ("Đơn vị",), *((p.label_vi, c.label_vi) for p, c in columns)]
    head, merges = header_rows(paths)
    agency = agency_in_charge(form.agency_role, last_day(period)).name_vi
    name, _, province_name = agency.partition(" tỉnh ")
    grid: list[list[Cell]] = [
        *letterhead(f"UBND TỈNH {province_name.upper()}", name.upper(), len(paths)),
        [MARK],
        [form.titles[0].upper()],
        [half_year_in_words(period).capitalize()],
        [under],
        [],
    ]
    first = len(grid)
    grid += [*head, ["A", "B", *(f"({number})" for number in range(1, len(columns) + 1))]]
    bold = set(range(first + len(head)))
    keys = [(programme.id, column.quantity) for programme, column in columns]
    quantities = [column for _, column in columns]
    for place, (district, members) in enumerate(_by_district(period, codes), start=1):
        if district:
            bold.add(len(grid))
            grid.append([place, district, *_sums(members, keys, quantities, cells)])
        for number, member in enumerate(members, start=1):
            own = cells.get(member.code, {})
            found = [
                _cell(own.get(key), column) for key, column in zip(keys, quantities, strict=True)
            ]
            grid.append([number, member.name, *found])
    bold.add(len(grid))
    everyone = [unit(era_at(last_day(period)), code) for code in codes]
    grid.append([None, "Tổng cộng", *_sums(everyone, keys, quantities, cells)])
    return Sheet(
        name=sheet.name,
        grid=grid,
        merges=[(r + first, c, r2 + first, c2) for r, c, r2, c2 in merges],
        header=range(first, first + len(head)),
        bold=bold,
    )


def _by_district(period: str, codes: list[str]) -> list[tuple[str | None, list[Unit]]]:
    era = era_at(last_day(period))
    found: dict[str | None, list[Unit]] = {}
    for code in codes:
        place = unit(era, code)
        found.setdefault(place.district_name, []).append(place)
    return sorted(found.items(), key=lambda pair: pair[0] or "")


def _sums(
    members: list[Unit], keys: list[tuple[str, str]], columns: list[Quantity], cells: Figures
) -> list[Cell]:
    sums: list[Cell] = []
    for key, column in zip(keys, columns, strict=True):
        known = [cells[m.code][key] for m in members if key in cells.get(m.code, {})]
        sums.append(sum(known) if known and column.is_summed else None)
    return sums


def _cell(value: int | None, column: Quantity) -> Cell:
    if value is None or column.unit != "date":
        return value
    return date(value // 10_000, value // 100 % 100, value % 100)
