"""Writes one file of the inbox; the same book always gives the same bytes."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

from demo.plain_sheet import PlainSheet
from demo.sheets import MARK, Book, Cell, Sheet

COLUMN_WIDTH = 12


def book_bytes(book: Book) -> bytes:
    """Content of the file that ``book`` becomes."""
    return _csv(book) if book.file_type == "csv" else _xlsx(book)


def write_bytes(folder: Path, path: str, content: bytes) -> None:
    """Write ``content`` at ``path`` under ``folder``, whose missing parents are made."""
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


def _xlsx(book: Book) -> bytes:
    content = io.BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    day = datetime.combine(book.created, datetime.min.time())
    workbook.set_properties({"created": day, "title": MARK, "author": MARK, "comments": MARK})
    looks = {font: _looks(workbook, font) for font in dict.fromkeys(s.font for s in book.sheets)}
    for sheet in book.sheets:
        worksheet: PlainSheet = workbook.add_worksheet(sheet.name, PlainSheet)
        worksheet.set_landscape()
        worksheet.set_header(f"&C{MARK}")
        _fill(worksheet, sheet, looks[sheet.font])
    workbook.close()
    return content.getvalue()


def _looks(workbook: Workbook, font: str) -> dict[str, Format]:
    """Cell formats by what the cell is."""
    head: dict[str, object] = {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "border": 1,
    }
    looks: dict[str, dict[str, object]] = {
        "plain": {},
        "bold": {"bold": True},
        "head": head,
        "date": {"num_format": "dd/mm/yyyy"},
    }
    return {name: workbook.add_format({**look, "font_name": font}) for name, look in looks.items()}


def _fill(worksheet: PlainSheet, sheet: Sheet, looks: dict[str, Format]) -> None:
    """Cells, then merges (a merge writes its own first cell again)."""
    if sheet.header:
        worksheet.set_column(0, len(sheet.grid[sheet.header.start]) - 1, COLUMN_WIDTH)
    for index, row in enumerate(sheet.grid):
        style = looks["bold" if index in sheet.bold else "plain"]
        if index in sheet.header:
            style = looks["head"]
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, date):
                worksheet.write_datetime(index, place, cell, looks["date"])
            else:
                worksheet.put(index, place, cell, style)
    for first, left, last, right in sheet.merges:
        text = sheet.grid[first][left]
        worksheet.merge_range(first, left, last, right, text, looks["head"])
    for index in sorted(sheet.hidden):
        worksheet.set_row(index, None, None, {"hidden": True})


def _csv(book: Book) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=book.separator, lineterminator="\r\n")
    for row in book.sheets[0].grid:
        writer.writerow(["" if cell is None else _plain(cell) for cell in row])
    return text.getvalue().encode(book.encoding)


def _plain(cell: Cell) -> str:
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)
