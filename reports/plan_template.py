"""Blank workbooks of targets, duties, models, support and audits, from the header words that read them back."""

import re
from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from reference.loading import (
    agency_in_charge,
    era_at,
    form_layout,
    units,
    value_words,
)
from reference.periods import half_year_in_words, last_day
from reference.plan import duties
from reports.programme_template import commune_names
from reports.sheet_layout import LINE_HEIGHT, lay_across, lines_of, new_book
from reports.vietnamese import capital

_OF_COMMUNES = ("model_register", "model_participants", "household_support", "audit_sample")
FORMS = ("assigned_targets", "duties", *_OF_COMMUNES)
HEADER_ROW = 4
_BLANK_ROWS, _RULED_ROWS = 300, 25
_SIGNS = ("STT", "CCCD", "B1")
_DATES = ("decision_date", "started_date", "ended_date", "entry_date", "exit_date",
    "support_date", "audit_date",
)  # fmt: skip
_AMOUNTS = (
    "target_value", "budget_central_vnd", "budget_local_vnd", "budget_other_vnd", "own_money_vnd",
    "support_vnd", "b1_before_points", "b1_after_points", "recovered_vnd", "amount_vnd", "weight",
)  # fmt: skip
_UNITS_SHEET = "Danh mục"
_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
"""Fixed, so that the same template is the same file, byte for byte."""
_WIDTHS = {"row_number": 6, "unit_name": 36, "indicator_name": 40, "duty_name": 72, "evidence": 30, "note": 24,
    "model_name": 40, "head_name": 28, "core_components": 50, "agency_name": 30,
    "policy": 40, "deprivation": 40, "household_class": 22,
}  # fmt: skip


def plan_template(form: str, period: str) -> bytes:
    """The blank workbook of one of ``FORMS``; all but the duties speak of the period's year.

    Raises:
        KeyError: another form.
        PeriodError: not a half-year, for the duties.
    """
    if form not in FORMS:
        raise KeyError(form)
    layout = form_layout(form)
    day = last_day(period)
    columns = [column.name for column in layout.columns]
    heads = [_head(column.headers[0]) for column in layout.columns]
    target = BytesIO()
    book = new_book(target)
    book.set_properties({"created": _CREATED, "title": layout.label_vi})
    bold = book.add_format({"bold": True})
    head = book.add_format(
        {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    )
    page = book.add_worksheet("Biểu")
    lay_across(page, "A4", (layout.label_vi, "", ""), ("", ""))
    page.write_string(0, 0, agency_in_charge("poverty_reduction", day).name_vi.upper())
    page.write_string(1, 0, layout.titles[0].upper() + _year(form, period), bold)
    if form == "duties":
        page.write_string(2, 0, half_year_in_words(period))
    widths = [_WIDTHS.get(name, 16) for name in columns]
    for place, (width, text) in enumerate(zip(widths, heads, strict=True)):
        page.write_string(HEADER_ROW, place, text, head)
        page.set_column(place, place, width)
    page.set_row(HEADER_ROW, LINE_HEIGHT * lines_of(heads, widths))
    page.repeat_rows(HEADER_ROW)
    page.freeze_panes(HEADER_ROW + 1, 0)
    names = commune_names(period)
    if form not in _OF_COMMUNES:
        names = [_province(era_at(day)), *_districts(era_at(day)), *names]
    lists = {column.name: _words(column.values) for column in layout.columns if column.values}
    _allow(page, columns, form, {"unit_name": names, **lists})
    cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    if form == "duties":
        _write_duties(page, columns, cell)
    else:
        _rule(page, len(columns), cell)
    listed = book.add_worksheet(_UNITS_SHEET)
    listed.hide()
    for place, words in enumerate((names, *lists.values())):
        listed.write_column(0, place, words)
    book.close()
    return target.getvalue()


def _head(words: str) -> str:
    """Header words, which are data in small letters, as they are printed: ``Số định danh cá nhân/CCCD``."""
    printed = capital(words)
    for sign in _SIGNS:
        printed = re.sub(rf"\b{sign}\b", sign, printed, flags=re.IGNORECASE)
    return printed


def _rule(page: Worksheet, width: int, cell: Format) -> None:
    """Ruled rows to write on where the list is printed blank."""
    for row in range(HEADER_ROW + 1, HEADER_ROW + 1 + _RULED_ROWS):
        page.set_row(row, LINE_HEIGHT * 1.5)
        for place in range(width):
            page.write_blank(row, place, None, cell)


def _year(form: str, period: str) -> str:
    return "" if form == "duties" else f" NĂM {period[:4]}"


def _write_duties(page: Worksheet, columns: list[str], cell: Format) -> None:
    """One row a duty with its number, code and text; the rest is for its owner to fill in."""
    for row, duty in enumerate(duties().values(), start=HEADER_ROW + 1):
        for place in range(len(columns)):
            page.write_blank(row, place, None, cell)
        page.write_number(row, columns.index("row_number"), row - HEADER_ROW, cell)
        page.write_string(row, columns.index("duty_id"), duty.duty_id, cell)
        page.write_string(row, columns.index("duty_name"), duty.label_vi, cell)
        width = _WIDTHS["duty_name"]
        page.set_row(row, LINE_HEIGHT * lines_of([duty.label_vi], [width]))


def _allow(page: Worksheet, columns: list[str], form: str, lists: dict[str, list[str]]) -> None:
    """What may be typed into each column; ``lists`` stand in this order on the hidden sheet."""
    rule_of_dates = {
        "validate": "date", "criteria": ">=", "value": datetime(2021, 1, 1),
        "error_message": "Ghi ngày dạng 15/03/2025.",
    }  # fmt: skip
    rule_of_amounts = {
        "validate": "decimal", "criteria": ">=", "value": 0, "error_message": "Số từ 0 trở lên.",
    }  # fmt: skip
    rules: dict[str, dict[str, object]] = {
        name: {
            "validate": "list",
            "source": f"='{_UNITS_SHEET}'!" + xl_range_abs(0, place, len(words) - 1, place),
            "error_message": "Chọn trong danh sách.",
        }
        for place, (name, words) in enumerate(lists.items())
    }
    rules |= {
        "target_year": {
            "validate": "integer", "criteria": "between", "minimum": 2021, "maximum": 2030,
            "error_message": "Năm từ 2021 đến 2030.",
        },
        "version": {
            "validate": "integer", "criteria": ">=", "value": 1,
            "error_message": "Lần giao: 1, 2, …",
        },
        **dict.fromkeys(_DATES, rule_of_dates),
        **dict.fromkeys(_AMOUNTS, rule_of_amounts),
    }  # fmt: skip
    last = HEADER_ROW + max(_BLANK_ROWS, len(duties()) if form == "duties" else 0)
    for name, rule in rules.items():
        if name in columns:
            at = columns.index(name)
            page.data_validation(HEADER_ROW + 1, at, last, at, rule)


def _words(values: str) -> list[str]:
    """One spelling of each value, in words rather than by number."""
    return [
        next(each for each in spellings if not each.isdigit()).capitalize()
        for spellings in value_words()[values].words.values()
    ]


def _province(era: str) -> str:
    name: str = units().filter(era=era, level="province")["name"].item()
    return name


def _districts(era: str) -> list[str]:
    return units().filter(era=era, level="district").sort("code")["name"].to_list()
