"""Faults that a careful reader repairs: the file looks wrong, every true answer is still in it."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Literal

import numpy as np

from demo import legacy_text
from demo.review_list import Layout
from demo.sheets import Book, Cell, Sheet

Kind = Literal[
    "tcvn3",
    "vni",
    "nfd",
    "old_tones",
    "text_numbers",
    "b2_as_count",
    "dashes",
    "dates",
    "lost_zero",
    "subtotals",
    "hidden_rows",
    "extra_sheets",
    "csv_semicolon",
    "csv_1258",
    "csv_tcvn3",
    "older_era",
    "same_file_twice",
    "repeated_row",
]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
CSV_KINDS = ("csv_semicolon", "csv_1258", "csv_tcvn3")
EXCEL_ZERO = date(1899, 12, 30)
NO_BREAK_SPACE = "\u00a0"


def possible(kind: Kind, layout: Layout) -> bool:
    """Whether this fault can be on any list of that layout and still be repaired.

    ``older_era`` depends on the commune and brings its own layout.
    """
    if kind in CSV_KINDS:
        return layout != "villages"
    if kind == "subtotals":
        return layout == "marks"
    return kind != "older_era"


def spoil(kind: Kind, rng: np.random.Generator, book: Book) -> dict[tuple[str, int], str]:
    """Put the fault on ``book`` in place; returns the (sheet, grid row) that must be rejected.

    Faults that lie in how the book was made or how often it is sent (subtotals, older era, same
    file twice) leave it as it is.
    """
    if kind == "repeated_row":
        return _repeat_row(rng, book)
    if kind in _PLAIN:
        _PLAIN[kind](book)
    if kind in _RANDOM:
        _RANDOM[kind](rng, book)
    return {}


def rewrite(book: Book, change: Callable[[str], str], font: str | None = None) -> None:
    """Every text cell of the book through ``change``; sheet names stay."""
    for sheet in book.sheets:
        sheet.font = font or sheet.font
        sheet.grid[:] = [
            [change(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.grid
        ]


def data_cells(book: Book, *keys: str) -> Iterator[tuple[list[Cell], int]]:
    """(row, position) of the cells in these columns, data rows only; absent columns are skipped."""
    for sheet in book.sheets:
        places = [sheet.columns[key] for key in keys if key in sheet.columns]
        for index in sheet.data:
            for place in places:
                yield sheet.grid[index], place


def _tcvn3(book: Book) -> None:
    rewrite(book, legacy_text.tcvn3, ".VnTime")


def _vni(book: Book) -> None:
    rewrite(book, legacy_text.vni, "VNI-Times")


def _nfd(book: Book) -> None:
    rewrite(book, legacy_text.decomposed)


def _old_tones(book: Book) -> None:
    rewrite(book, legacy_text.old_tones)


def _text_numbers(rng: np.random.Generator, book: Book) -> None:
    shapes: tuple[Callable[[int], str], ...] = (
        str,
        lambda n: f"{n} ",
        lambda n: f" {n}",
        lambda n: f"{n},0",
        lambda n: f"{NO_BREAK_SPACE}{n}",
    )
    for row, place in data_cells(book, "b1", "b2"):
        cell = row[place]
        if isinstance(cell, int):
            row[place] = shapes[int(rng.integers(len(shapes)))](cell)
    for row, place in data_cells(book, "members"):
        row[place] = f"0{row[place]}"


def _b2_as_count(book: Book) -> None:
    for row, place in data_cells(book, "b2"):
        cell = row[place]
        if isinstance(cell, int):
            row[place] = cell // 10


def _dashes(book: Book) -> None:
    for row, place in data_cells(book, "number", "income", "causes", "needs", "given"):
        if row[place] is None:
            row[place] = "--"


def _dates(rng: np.random.Generator, book: Book) -> None:
    """Text, date cell, bare serial number, ISO text, mixed; years without a day become numbers."""
    for row, place in data_cells(book, "birth", "birth_male", "birth_female", "review_date"):
        cell = row[place]
        if isinstance(cell, str) and "/" in cell:
            row[place] = _other_shape(rng, datetime.strptime(cell, "%d/%m/%Y").date(), cell)
        elif isinstance(cell, str) and cell.isdigit():
            row[place] = int(cell)


def _other_shape(rng: np.random.Generator, day: date, written: str) -> Cell:
    shapes: tuple[Cell, ...] = (written, day, (day - EXCEL_ZERO).days, day.isoformat())
    return shapes[int(rng.integers(len(shapes)))]


def _lost_zero(book: Book) -> None:
    for row, place in data_cells(book, "number"):
        cell = row[place]
        if isinstance(cell, str):
            row[place] = int(cell)


def _hidden_rows(rng: np.random.Generator, book: Book) -> None:
    for sheet in book.sheets:
        rows = list(sheet.data)
        start = int(rng.integers(max(len(rows) - 3, 1)))
        sheet.hidden.update(rows[start : start + 3])


def _extra_sheets(book: Book) -> None:
    guide: list[list[Cell]] = [
        ["HƯỚNG DẪN GHI BIỂU"],
        [],
        ["Điểm B1, điểm B2 lấy từ phiếu B đã có chữ ký của chủ hộ."],
        ["Mỗi hộ ghi một dòng; hộ mới tách ghi thành dòng riêng."],
    ]
    book.sheets.insert(0, Sheet(name="Hướng dẫn", grid=guide))
    book.sheets.append(Sheet(name="Sheet2", grid=[]))


def _csv_semicolon(book: Book) -> None:
    book.separator = ";"


def _csv_1258(book: Book) -> None:
    rewrite(book, legacy_text.windows_1258)
    book.encoding, book.separator = "cp1258", ";"


def _csv_tcvn3(book: Book) -> None:
    rewrite(book, legacy_text.tcvn3)
    book.encoding = "latin-1"


def _repeat_row(rng: np.random.Generator, book: Book) -> dict[tuple[str, int], str]:
    """Copy one row with number, name and birth right under itself: the second must be rejected."""
    sheet = book.sheets[int(rng.integers(len(book.sheets)))]
    place = sheet.columns["number"]
    whole = [index for index in sheet.data if sheet.grid[index][place] is not None]
    if not whole:
        return {}
    index = whole[int(rng.integers(len(whole)))]
    row_id = sheet.data[index]
    insert_row(sheet, index + 1, list(sheet.grid[index]))
    sheet.data[index + 1] = row_id
    return {(sheet.name, index + 1): "repeated_row"}


def insert_row(sheet: Sheet, at: int, row: list[Cell]) -> None:
    """Put ``row`` at grid row ``at`` (under the header) and move what stands below."""

    def shifted(index: int) -> int:
        return index + (index >= at)

    sheet.grid.insert(at, row)
    sheet.data = {shifted(index): row_id for index, row_id in sheet.data.items()}
    sheet.bold = {shifted(index) for index in sheet.bold}
    sheet.hidden = {shifted(index) for index in sheet.hidden}


def vietnamese_numbers(book: Book) -> None:
    """Numbers of form 1 as text: 1.842 households, 0,65 per cent."""
    for sheet in book.sheets:
        for row in sheet.grid[sheet.header.stop + 1 :]:
            for place, cell in enumerate(row[2:], start=2):
                if isinstance(cell, float):
                    row[place] = f"{cell:.2f}".replace(".", ",")
                elif isinstance(cell, int):
                    row[place] = f"{cell:,}".replace(",", ".")


_PLAIN: dict[Kind, Callable[[Book], None]] = {
    "tcvn3": _tcvn3,
    "vni": _vni,
    "nfd": _nfd,
    "old_tones": _old_tones,
    "b2_as_count": _b2_as_count,
    "dashes": _dashes,
    "lost_zero": _lost_zero,
    "extra_sheets": _extra_sheets,
    "csv_semicolon": _csv_semicolon,
    "csv_1258": _csv_1258,
    "csv_tcvn3": _csv_tcvn3,
}
_RANDOM: dict[Kind, Callable[[np.random.Generator, Book], None]] = {
    "text_numbers": _text_numbers,
    "dates": _dates,
    "hidden_rows": _hidden_rows,
}
