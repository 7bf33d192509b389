"""Blank programme workbooks: the communes of the half-year, and checks while typing.

Made from the declaration that reads them back (``reference/programmes``), so that a filled template
is a file of the inbox.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reference.loading import agency_in_charge, era_at, units
from reference.periods import half_year_in_words, last_day
from reference.programmes import Programme, ProgrammeForm, ProgrammeSheet, programme_form
from reports.sheet_layout import lay_across, new_book
from reports.vietnamese import WHOLE

TITLE_ROW, PERIOD_ROW, HEADER_ROW = 1, 2, 4
FIRST_ROW = HEADER_ROW + 2
UNIT_COLUMN, FIRST_COLUMN = 1, 2
_UNITS_SHEET, _GUIDE_SHEET = "Danh mục", "Hướng dẫn"
_FIT_COLUMNS, _COLUMNS_OF_A_PAGE = 14, 9
"""Wider sheets run over several pages, or nobody could read them: each page holds whole programmes."""
_LINE, _WIDE = 15, 16
"""Height of a line in points, width of a column in characters."""
_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
"""Fixed, so that the same template is the same file, byte for byte."""
_GUIDE = (
    "Mỗi xã, phường, thị trấn một dòng; không thêm cột, không đổi tiêu đề cột.",
    "Ô trống nghĩa là chưa có số liệu; không phát sinh thì ghi 0.",
    "Số tiền ghi bằng đồng. Ô bị bôi đỏ là số lớn hơn số nó không thể vượt.",
    "Số được hỗ trợ lớn hơn số có nhu cầu thì cả tệp bị giữ lại.",
    "Điền xong, chép tệp vào hộp thư đến rồi chạy lệnh build.",
)


def programme_template(form: str, period: str) -> bytes:
    """The blank workbook of a form for a half-year.

    Args:
        form: ``credit`` or ``programme_credit``.
        period: half-year, ``2026-H1``; its last day decides which communes are listed.

    Raises:
        KeyError: no such form, or nobody holds the agency's role on that day.
        PeriodError: not a half-year.
    """
    declared = programme_form(form)
    names = commune_names(period)
    target = BytesIO()
    book = new_book(target)
    book.set_properties({"created": _CREATED, "title": declared.label_vi})
    looks = _looks(book)
    for sheet in declared.sheets:
        _write_sheet(book.add_worksheet(sheet.name), declared, sheet, period, names, looks)
    _write_units(book.add_worksheet(_UNITS_SHEET), names)
    guide = book.add_worksheet(_GUIDE_SHEET)
    lay_across(guide, "A4", (declared.label_vi, "", ""), ("", ""))
    guide.set_column(0, 0, 100)
    for row, line in enumerate(_GUIDE):
        guide.write_string(row, 0, line)
    book.close()
    return target.getvalue()


def commune_names(period: str) -> list[str]:
    """Communes in force on the last day of ``period``, with their district where there is one."""
    here = units().filter(era=era_at(last_day(period)))
    above = {
        code: (name, level) for code, name, level in here.select("code", "name", "level").rows()
    }
    names = []
    for name, parent in (
        here.filter(level="commune")
        .sort("parent_code", "code")
        .select("name", "parent_code")
        .rows()
    ):
        parent_name, level = above.get(parent, ("", "province"))
        names.append(f"{name}, {parent_name}" if level == "district" else name)
    return names


def _looks(book: Workbook) -> dict[str, Format]:
    border: dict[str, object] = {"border": 1}
    head = {**border, "bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
    looks: dict[str, dict[str, object]] = {
        "title": {"bold": True, "font_size": 14},
        "plain": {},
        "head": head,
        "cell": border,
        "middle": {**border, "align": "center"},
        "number": {**border, "num_format": WHOLE},
        "date": {**border, "num_format": "dd/mm/yyyy"},
        "too_much": {"bg_color": "#F4C7C3"},
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_sheet(
    page: Worksheet,
    form: ProgrammeForm,
    sheet: ProgrammeSheet,
    period: str,
    names: list[str],
    looks: dict[str, Format],
) -> None:
    agency = agency_in_charge(form.agency_role, last_day(period))
    sizes = [len(programme.columns) for programme in sheet.programmes]
    is_wide = sum(sizes) > _FIT_COLUMNS
    lay_across(
        page, "A3", (form.label_vi, "", half_year_in_words(period)), ("", ""), fit=not is_wide
    )
    if is_wide:
        page.set_v_pagebreaks(_page_starts(sizes))
    page.repeat_columns(0, UNIT_COLUMN)
    page.write_string(0, 0, agency.name_vi.upper(), looks["plain"])
    page.write_string(TITLE_ROW, 0, form.label_vi.upper(), looks["title"])
    page.write_string(PERIOD_ROW, 0, half_year_in_words(period), looks["plain"])
    page.merge_range(HEADER_ROW, 0, HEADER_ROW + 1, 0, "STT", looks["head"])
    page.merge_range(HEADER_ROW, UNIT_COLUMN, HEADER_ROW + 1, UNIT_COLUMN, "Đơn vị", looks["head"])
    page.set_column(0, 0, 6)
    page.set_column(UNIT_COLUMN, UNIT_COLUMN, 36)
    place = FIRST_COLUMN
    for programme in sheet.programmes:
        _write_head(page, programme, place, looks["head"])
        _write_cells(page, programme, place, len(names), looks)
        place += len(programme.columns)
    page.set_row(TITLE_ROW, 1.5 * _LINE)
    page.set_row(HEADER_ROW, _LINE * max(map(_head_lines, sheet.programmes)))
    page.set_row(HEADER_ROW + 1, 4 * _LINE)
    for number, name in enumerate(names, start=1):
        row = FIRST_ROW + number - 1
        page.write_number(row, 0, number, looks["middle"])
        page.write_string(row, UNIT_COLUMN, name, looks["cell"])
    page.data_validation(
        FIRST_ROW, UNIT_COLUMN, FIRST_ROW + len(names) - 1, UNIT_COLUMN,
        {
            "validate": "list", "source": f"='{_UNITS_SHEET}'!$A$1:$A${len(names)}",
            "error_title": "Tên đơn vị", "error_message": "Chọn tên đơn vị trong danh mục.",
        },
    )  # fmt: skip
    page.freeze_panes(FIRST_ROW, FIRST_COLUMN)
    page.repeat_rows(HEADER_ROW, HEADER_ROW + 1)


def _page_starts(sizes: Sequence[int]) -> list[int]:
    """Columns before which a page ends, so that a programme of that many columns stays on one page."""
    starts, used, place = list[int](), 0, FIRST_COLUMN
    for size in sizes:
        if used and used + size > _COLUMNS_OF_A_PAGE:
            starts.append(place)
            used = 0
        used, place = used + size, place + size
    return starts


def _write_head(page: Worksheet, programme: Programme, place: int, look: Format) -> None:
    last = place + len(programme.columns) - 1
    if last > place:
        page.merge_range(HEADER_ROW, place, HEADER_ROW, last, programme.label_vi, look)
    else:
        page.write_string(HEADER_ROW, place, programme.label_vi, look)
    for offset, column in enumerate(programme.columns):
        page.write_string(HEADER_ROW + 1, place + offset, column.label_vi, look)
    page.set_column(place, last, _WIDE)


def _head_lines(programme: Programme) -> int:
    """Lines that a programme's name takes over its columns: bold letters are wider than the width counts."""
    return ceil(1.2 * len(programme.label_vi) / (_WIDE * len(programme.columns)))


def _write_cells(
    page: Worksheet, programme: Programme, place: int, count: int, looks: dict[str, Format]
) -> None:
    """Blank cells of a programme with what may be typed into each."""
    places = {column.quantity: place + at for at, column in enumerate(programme.columns)}
    last = FIRST_ROW + count - 1
    for column in programme.columns:
        at = places[column.quantity]
        is_date = column.unit == "date"
        for row in range(FIRST_ROW, last + 1):
            page.write_blank(row, at, None, looks["date" if is_date else "number"])
        if is_date:
            page.data_validation(
                FIRST_ROW, at, last, at,
                {"validate": "date", "criteria": ">=", "value": datetime(2021, 1, 1),
                 "error_title": "Ngày", "error_message": "Ghi ngày dạng 15/03/2025."},
            )  # fmt: skip
            continue
        own = xl_rowcol_to_cell(FIRST_ROW, at)
        message = "Ghi số nguyên từ 0 trở lên."
        rules = [f"ISNUMBER({own})", f"{own}>=0", f"{own}=INT({own})"]
        if column.at_most:
            bound = xl_rowcol_to_cell(FIRST_ROW, places[column.at_most])
            label = programme.column(column.at_most).label_vi
            message = f"Số nguyên từ 0, không lớn hơn “{label}”."
            rules.append(f"OR(ISBLANK({bound}),{own}<={bound})")
            page.conditional_format(
                FIRST_ROW, at, last, at,
                {"type": "formula", "format": looks["too_much"],
                 "criteria": f"=AND(ISNUMBER({own}),ISNUMBER({bound}),{own}>{bound})"},
            )  # fmt: skip
        page.data_validation(
            FIRST_ROW, at, last, at,
            {"validate": "custom", "value": f"=AND({','.join(rules)})",
             "error_title": column.label_vi[:32], "error_message": message},
        )  # fmt: skip


def _write_units(page: Worksheet, names: list[str]) -> None:
    page.set_column(0, 0, 40)
    for row, name in enumerate(names):
        page.write_string(row, 0, name)
    page.hide()
