"""Writes one file of the inbox; the same book always gives the same bytes."""

import csv
import io
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from demo.sheets import MARK, Book, Cell, Sheet


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
    workbook = xlsxwriter.Workbook(content, {"in_memory": True})
    day = datetime.combine(book.created, datetime.min.time())
    workbook.set_properties({"created": day, "title": MARK, "author": MARK, "comments": MARK})
    for sheet in book.sheets:
        formats = {
            bold: workbook.add_format({"bold": bold, "font_name": sheet.font})
            for bold in (False, True)
        }
        dated = workbook.add_format({"num_format": "dd/mm/yyyy", "font_name": sheet.font})
        worksheet = workbook.add_worksheet(sheet.name)
        worksheet.set_landscape()
        worksheet.set_header(f"&C{MARK}")
        _fill(worksheet, sheet, formats, dated)
    workbook.close()
    return content.getvalue()


def _fill(worksheet: Worksheet, sheet: Sheet, formats: dict[bool, Format], dated: Format) -> None:
    """Cells, then merges (a merge writes its own first cell again)."""
    for index, row in enumerate(sheet.grid):
        style = formats[index in sheet.bold]
        for place, cell in enumerate(row):
            if cell is None:
                continue
            if isinstance(cell, str):
                worksheet.write_string(index, place, cell, style)
            elif isinstance(cell, date):
                worksheet.write_datetime(index, place, cell, dated)
            else:
                worksheet.write_number(index, place, cell, style)
    for first, left, last, right in sheet.merges:
        text = sheet.grid[first][left]
        worksheet.merge_range(first, left, last, right, text, formats[True])
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
