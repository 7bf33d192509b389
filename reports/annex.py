"""The data annex as XLSX: every figure of the papers, and which sentence was made from which."""

from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.paper import Paper
from reports.report_content import ReportContent, Row
from reports.table_file import safe

_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
_COLUMNS = (
    "measure",
    "period",
    "status",
    "standard_id",
    "era",
    "unit_code",
    "unit_name",
    "value",
    "unit",
    "numerator",
    "denominator",
    "mark",
    "units_reported",
    "units_expected",
)


def annex(report: Paper) -> bytes:
    """Sheets: the whole area, communes now and before, sentences with their figures, what it is."""
    content = report.content
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _CREATED, "title": content.name})
    bold = book.add_format({"bold": True, "bottom": 1})
    whole = [row for _, row in sorted(content.province.items())]
    communes = [row for _, row in sorted(content.communes.items())]
    before = [row for _, row in sorted(content.communes_before.items())]
    sheets = (("Toàn địa bàn", whole), ("Theo đơn vị", communes), ("Theo đơn vị, kỳ trước", before))
    for name, rows in sheets:
        _figures(_sheet(book, content, name), rows, bold)
    _sentences(_sheet(book, content, "Câu và số liệu"), report, bold)
    _about(_sheet(book, content, "Ghi chú"), content)
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, content: ReportContent, name: str) -> Worksheet:
    page: Worksheet = book.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if content.stamp:
        page.set_header(f"&C&B{content.stamp}")
    page.set_footer(f"&L&8 {content.source_line}&R&P/&N")
    return page


def _figures(page: Worksheet, rows: list[Row], bold: Format) -> None:
    for place, name in enumerate(_COLUMNS):
        page.write_string(0, place, name, bold)
    for line, row in enumerate(rows, start=1):
        for place, name in enumerate(_COLUMNS):
            _write(page, line, place, row[name])
    page.freeze_panes(1, 0)
    page.set_column(0, 0, 44)
    page.set_column(6, 6, 34)


def _sentences(page: Worksheet, report: Paper, bold: Format) -> None:
    header = ("TT", "Câu", *_COLUMNS)
    for place, name in enumerate(header):
        page.write_string(0, place, name, bold)
    line = 1
    for number, sentence in enumerate(report.sentences(), start=1):
        page.write_number(line, 0, number)
        page.write_string(line, 1, safe(sentence.text))
        for row in sentence.figures or ({},):
            for place, name in enumerate(_COLUMNS, start=2):
                _write(page, line, place, row.get(name))
            line += 1
    page.set_column(1, 1, 80)


def _about(page: Worksheet, content: ReportContent) -> None:
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
        page.write_string(line, 0, name)
        page.write_string(line, 1, safe(text))
    page.set_column(0, 0, 24)
    page.set_column(1, 1, 60)


def _write(page: Worksheet, line: int, place: int, value: object) -> None:
    if isinstance(value, int | float):
        page.write_number(line, place, value)
    elif value is not None:
        page.write_string(line, place, safe(str(value)))
