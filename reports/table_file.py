"""A table as the reader takes it home: CSV that Excel opens, or a workbook with a page of notes.

Text that begins like a formula is written so that no spreadsheet ever runs it.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO

import polars as pl
import xlsxwriter

from reports.sheet_layout import LINE_HEIGHT, lay_across, lines_of, new_book
from reports.vietnamese import DECIMALS, WHOLE

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST_COLUMN, _LONG, _OF_LONG = 36, 150, 80
"""Characters a column may be wide; and one whose longest text has more than the second."""
_SIGNED = re.compile(r"\+\d[\d.,]*\s(?:%|[^\W\d_]+(?: [^\W\d_]+)*(?: %)?)")
"""A signed figure with its unit, such as ``+17 hộ``: no spreadsheet can run it."""
_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
"""Fixed, so that the same table is the same file, byte for byte."""


def safe(text: str) -> str:
    """``text`` with an apostrophe before a formula sign; a signed figure with its unit stays as it is."""
    is_risky = text.startswith(_FORMULA_STARTS) and _SIGNED.fullmatch(text) is None
    return f"'{text}" if is_risky else text


def csv(rows: pl.DataFrame) -> bytes:
    """UTF-8 with BOM (for Excel), comma, decimal point; numbers are plain and unrounded."""
    texts = [
        pl.col(name).map_elements(safe, return_dtype=pl.String()) for name in _text_columns(rows)
    ]
    return b"\xef\xbb\xbf" + rows.with_columns(texts).write_csv().encode()


def checksum(rows: pl.DataFrame) -> str:
    """First 16 digits of the SHA-256 over every cell."""
    return sha256(rows.write_csv().encode()).hexdigest()[:16]


def workbook(
    rows: pl.DataFrame,
    sheet: str,
    notes_sheet: str,
    notes: Sequence[tuple[str, str]],
    marks: tuple[str, str] = ("", ""),
) -> bytes:
    """A workbook: the table with a frozen header, and a second sheet that says what it is.

    Args:
        rows: columns named as the reader shall see them.
        sheet: name of the sheet of the table.
        notes_sheet: name of the sheet of the notes.
        notes: pairs such as (source, form 1 of 2024).
        marks: what stands over every printed page in the middle, such as that data are simulated, and under it,
            such as the build.
    """
    target = BytesIO()
    book = new_book(target)
    book.set_properties({"created": _CREATED})
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    table, told = book.add_worksheet(sheet), book.add_worksheet(notes_sheet)
    for page in (table, told):
        lay_across(page, "A4", ("", marks[0], ""), (marks[1], ""))
    _write_table(book, table, rows, bold, wrapped)
    _write_notes(told, notes, bold, wrapped)
    book.close()
    return target.getvalue()


def _write_table(
    book: xlsxwriter.Workbook,
    page: xlsxwriter.worksheet.Worksheet,
    rows: pl.DataFrame,
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    whole, decimal, day = (
        book.add_format({"num_format": form, "valign": "top"})
        for form in (WHOLE, DECIMALS, "dd/mm/yyyy")
    )
    widths = [_width(rows[name]) for name in rows.columns]
    page.set_row(0, LINE_HEIGHT * lines_of(rows.columns, widths))
    for line, row in enumerate(rows.rows(), start=1):
        told = [cell if isinstance(cell, str) else "" for cell in row]
        page.set_row(line, LINE_HEIGHT * lines_of(told, widths))
    for place, name in enumerate(rows.columns):
        page.write_string(0, place, safe(name), bold)
        page.set_column(place, place, widths[place])
        look = whole if _is_whole(rows[name]) else decimal
        for line, value in enumerate(rows[name], start=1):
            if isinstance(value, bool) or value is None:
                page.write(line, place, value)
            elif isinstance(value, int | float):
                page.write_number(line, place, value, look)
            elif isinstance(value, date):
                page.write_datetime(line, place, datetime(value.year, value.month, value.day), day)
            else:
                page.write_string(line, place, safe(str(value)), wrapped)
    page.repeat_rows(0)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, rows.height, max(len(rows.columns) - 1, 0))


def _write_notes(
    page: xlsxwriter.worksheet.Worksheet,
    notes: Sequence[tuple[str, str]],
    bold: xlsxwriter.format.Format,
    wrapped: xlsxwriter.format.Format,
) -> None:
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 100)
    for line, (name, text) in enumerate(notes):
        page.write_string(line, 0, safe(name), bold)
        page.write_string(line, 1, safe(text), wrapped)


def _is_whole(column: pl.Series) -> bool:
    """Whether a column of figures counts: counts come as floats where one of them is missing."""
    return column.dtype.is_integer() or (
        column.dtype.is_float() and bool((column.drop_nulls() % 1 == 0).all())
    )


def _width(column: pl.Series) -> int:
    longest = column.cast(pl.String(), strict=False).str.len_chars().max()
    found = longest if isinstance(longest, int) else 0
    widest = _OF_LONG if found > _LONG else _WIDEST_COLUMN
    return min(max(found, len(column.name)) + 2, widest)


def _text_columns(rows: pl.DataFrame) -> Mapping[str, pl.DataType]:
    return {name: kind for name, kind in rows.schema.items() if kind == pl.String()}
