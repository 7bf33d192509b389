"""The data annex as XLSX: every figure of the papers, and which sentence was made from which.

What a reader needs stands on the left and is printed; the codes that a program needs stand on the right.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reference.loading import standards
from reports.paper import Paper
from reports.report_content import ReportContent, Row, label
from reports.sheet_layout import LINE_HEIGHT, lay_across, lines_of, new_book
from reports.table_file import safe
from reports.vietnamese import (
    DECIMALS,
    NO_DATA,
    SHARE,
    STATUS,
    UNITS,
    WHOLE,
    capital,
    figure,
    period,
)

_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
_HEAD_HEIGHT, _SENTENCE = 32, 70
_VALUE, _RATES = "Số liệu", ("pct", "share")
_CENTRED = ("Đơn vị tính", "Tình trạng", "Mã chuẩn nghèo")


def _why_none(row: Row) -> str:
    return "" if row["value"] is not None else figure(None, row["mark"], row["unit"])


def _standard(name: str | None) -> str:
    return standards()[name].label_vi if name in standards() else ""


_COLUMNS: tuple[tuple[str, int, Callable[[Row], object]], ...] = (
    ("Chỉ tiêu", 58, lambda row: label(row["measure"])),
    ("Kỳ", 21, lambda row: period(row["period"])),
    ("Đơn vị", 34, lambda row: capital(row["unit_name"])),
    (_VALUE, 12, lambda row: row["value"]),
    ("Đơn vị tính", 10, lambda row: UNITS.get(row["unit"], "")),
    ("Tử số", 12, lambda row: row["numerator"]),
    ("Mẫu số", 12, lambda row: row["denominator"]),
    ("Tình trạng", 12, lambda row: STATUS.get(row["status"], NO_DATA)),
    ("Số xã đã báo cáo", 10, lambda row: row["units_reported"]),
    ("Tổng số xã", 10, lambda row: row["units_expected"]),
    ("Vì sao không có số", 22, _why_none),
    ("Mã chuẩn nghèo", 11, lambda row: row["standard_id"]),
    ("Mã chỉ tiêu", 30, lambda row: row["measure"]),
    ("Mã kỳ", 9, lambda row: row["period"]),
    ("Mã thời kỳ địa giới", 9, lambda row: row["era"]),
    ("Mã đơn vị", 9, lambda row: row["unit_code"]),
    ("Chuẩn nghèo", 50, lambda row: _standard(row["standard_id"])),
    ("Mã bản dựng", 22, lambda row: row["build_id"]),
)
"""Head, width, and what stands under it for a row of ``result__estimate``."""
_PRINTED = 12


class _Looks:
    """The formats of the book."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        head = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "top"}
        self.head: Format = book.add_format(head)
        top = {"valign": "top"}
        self.whole: Format = book.add_format({**top, "num_format": WHOLE})
        self.decimals: Format = book.add_format({**top, "num_format": DECIMALS})
        self.share: Format = book.add_format({**top, "num_format": SHARE})
        self.plain: Format = book.add_format(top)
        self.centred: Format = book.add_format({**top, "align": "center"})
        self.wrapped: Format = book.add_format({**top, "text_wrap": True})


def annex(report: Paper) -> bytes:
    """Sheets: the whole area, communes now and before, sentences with their figures, what it is."""
    content = report.content
    target = BytesIO()
    book = new_book(target)
    book.set_properties({"created": _CREATED, "title": content.name})
    looks = _Looks(book)
    whole = [row for _, row in sorted(content.province.items())]
    communes = [row for _, row in sorted(content.communes.items())]
    before = [row for _, row in sorted(content.communes_before.items())]
    sheets = (("Toàn địa bàn", whole), ("Theo đơn vị", communes), ("Theo đơn vị, kỳ trước", before))
    for name, rows in sheets:
        _figures(_sheet(book, content, name), rows, looks)
    _sentences(_sheet(book, content, "Câu và số liệu"), report, looks)
    _about(_sheet(book, content, "Ghi chú"), content, looks)
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, content: ReportContent, name: str) -> Worksheet:
    page: Worksheet = book.add_worksheet(name)
    above = (f"Phụ lục số liệu – {name}", content.stamp, "")
    lay_across(page, "A4", above, (content.source_line, ""))
    return page


def _figures(page: Worksheet, rows: Sequence[Row], looks: _Looks) -> None:
    _heads(page, 0, looks)
    for line, row in enumerate(rows, start=1):
        _write_row(page, line, 0, row, looks)
    page.freeze_panes(1, 1)
    page.repeat_rows(0)
    page.autofilter(0, 0, max(len(rows), 1), len(_COLUMNS) - 1)
    page.print_area(0, 0, max(len(rows), 1), _PRINTED - 1)


def _sentences(page: Worksheet, report: Paper, looks: _Looks) -> None:
    """Each sentence stands once, beside the first of its figures."""
    page.write_string(0, 0, "TT", looks.head)
    page.write_string(0, 1, "Câu", looks.head)
    page.set_column(0, 0, 5)
    page.set_column(1, 1, _SENTENCE)
    _heads(page, 2, looks)
    line = 1
    for number, sentence in enumerate(report.sentences(), start=1):
        page.write_number(line, 0, number, looks.centred)
        page.write_string(line, 1, safe(sentence.text), looks.wrapped)
        page.set_row(line, LINE_HEIGHT * lines_of([sentence.text], [_SENTENCE]))
        for row in sentence.figures:
            _write_row(page, line, 2, row, looks)
            if row["build_id"] != report.content.build_id:
                told = f"{label(row['measure'])} (tại kỳ họp trước)"
                page.write_string(line, 2, told, looks.plain)
            line += 1
        line += 0 if sentence.figures else 1
    page.freeze_panes(1, 2)
    page.repeat_rows(0)
    page.print_area(0, 0, max(line - 1, 1), 1 + _PRINTED)


def _heads(page: Worksheet, first: int, looks: _Looks) -> None:
    page.set_row(0, _HEAD_HEIGHT)
    for place, (head, width, _) in enumerate(_COLUMNS, start=first):
        page.write_string(0, place, head, looks.head)
        page.set_column(place, place, width)


def _write_row(page: Worksheet, line: int, first: int, row: Row, looks: _Looks) -> None:
    is_rate = row["unit"] in _RATES
    parts = looks.share if row["unit"] == "share" else looks.decimals
    for place, (head, _, cell) in enumerate(_COLUMNS, start=first):
        value = cell(row)
        if isinstance(value, int | float):
            is_whole = float(value).is_integer() and not (is_rate and head == _VALUE)
            page.write_number(line, place, value, looks.whole if is_whole else parts)
        elif value is not None:
            look = looks.centred if head in _CENTRED else looks.plain
            page.write_string(line, place, safe(str(value)), look)


def _about(page: Worksheet, content: ReportContent, looks: _Looks) -> None:
    notes = [
        ("Tài liệu", content.name),
        ("Bản dựng", content.build_id),
        ("Số liệu đến", f"{content.as_of:%d/%m/%Y}"),
        ("Tình trạng, độ đầy đủ", content.standing),
        *content.notes,
        ("Mã kiểm tra", content.checksum),
        ("Xem trên màn hình", content.link),
        *([("Dữ liệu", content.stamp)] if content.stamp else []),
    ]
    for line, (name, text) in enumerate(notes):
        page.write_string(line, 0, name, looks.wrapped)
        page.write_string(line, 1, safe(text), looks.wrapped)
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 90)
