"""Small files for the readers, written down as rows."""

import csv
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

import xlsxwriter

from pipelines.read import FileReading, InboxAnswer, ReadingContext, SourceFile, read_file

Cell = str | int | float | None
Rows = Sequence[Sequence[Cell]]

TODAY = date(2026, 9, 15)
TITLE: Rows = [
    ["UBND HUYỆN Ý YÊN"],
    ["UBND XÃ YÊN BÌNH"],
    ["DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"],
    ["(Kèm theo Quyết định số 125/QĐ-UBND ngày 08/12/2023 của UBND xã Yên Bình)"],
]
HEADER: Sequence[Cell] = [
    "STT", "Thôn", "Họ và tên chủ hộ", "Ngày, tháng, năm sinh", "Giới tính", "Số CCCD", "Số khẩu",
    "Điểm B1", "Điểm B2", "Kết quả rà soát",
]  # fmt: skip


def household(number: int, **changes: Cell) -> list[Cell]:
    """A poor household that loads without a remark, with some of its cells changed."""
    cells: dict[str, Cell] = {
        "number": number,
        "village": "Thôn An Cừ",
        "name": f"Chủ hộ {number:03d}",
        "birth": "08/02/1961",
        "sex": "Nam",
        "identity": f"036061{number:06d}",
        "members": 3,
        "b1": 120,
        "b2": 40,
        "class": "Hộ nghèo",
    }
    return list((cells | changes).values())


def csv_file(rows: Rows, encoding: str = "utf-8", separator: str = ",") -> bytes:
    """A CSV file of these rows."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)


def workbook(sheets: Mapping[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    """An XLSX file of these sheets."""
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for index, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(index, place, cell)
                elif cell is not None:
                    sheet.write_number(index, place, cell)
    book.close()
    return content.getvalue()


def read(
    content: bytes,
    path: str = "danh sach.csv",
    answers: InboxAnswer | None = None,
    today: date = TODAY,
) -> FileReading:
    """The file as read, with the accounting checked."""
    reading = read_file(SourceFile(path, content, answers), ReadingContext(today))
    told = {(reason.sheet, reason.row) for reason in reading.reasons if reason.kind == "rejected"}
    if reading.outcome == "partly":
        assert len({place for place in told if place[1]}) == reading.rows_rejected
    return reading


def households(*rows: Sequence[Cell], title: Rows = TITLE) -> FileReading:
    """A review list with these rows under the usual title and header."""
    return read(csv_file([*title, HEADER, *rows]))


def remarks(reading: FileReading, kind: str) -> list[tuple[int | None, str | None]]:
    """(row, column) of the remarks of one kind."""
    return [(reason.row, reason.column) for reason in reading.reasons if reason.kind == kind]


def filled(template: bytes, cells: dict[str, float], sheet: int = 1) -> bytes:
    """The template with numbers typed into cells of one sheet, everything else as it was."""
    target = io.BytesIO()
    part = f"xl/worksheets/sheet{sheet}.xml"
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                page = text.decode()
                for cell, value in cells.items():
                    page, count = re.subn(
                        rf'<c r="{cell}"( s="\d+")/>', rf'<c r="{cell}"\1><v>{value}</v></c>', page
                    )
                    assert count == 1, cell
                text = page.encode()
            copy.writestr(name, text)
    return target.getvalue()
