"""One door to the files that communes send: XLSX, XLS and CSV as sheets of text.

Reading is a pure function of the bytes. Cells come as text: whole numbers without ".0", decimals
with a dot, dates as yyyy-mm-dd (a time is kept when it is not midnight). Text and number cells
are deliberately not told apart: where it would matter ("1.842"), the kind of the column decides
(:mod:`pipelines.numbers`), and the reader would have to parse every sheet twice.

Merged cells hold their value in the top-left cell only; the XLS and XLSX readers do not tell the
merged ranges.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from pathlib import PurePath

import fastexcel

from pipelines.delimited import read_delimited
from pipelines.file_refusal import FileRefused, broken, locked, refused
from pipelines.xls_container import check_container
from pipelines.xlsx_package import FormulaBlank, Limits, check_package

__all__ = [
    "Cells",
    "FileRefused",
    "FormulaBlank",
    "Limits",
    "Sheet",
    "column_letter",
    "contents_of",
    "open_workbook",
]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MIDNIGHT = " 00:00:00"
_KINDS = {".xlsx": "zip", ".xlsm": "zip", ".xls": "ole", ".csv": "text"}
_CONTENT_NAMES = {"zip": "sổ tính .xlsx", "ole": "sổ tính .xls", "text": "văn bản"}
Cells = Mapping[str, list[str | None]]
"""The columns of a sheet (``c0`` …) as lists."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file.

    ``numbers`` are the row numbers the spreadsheet shows, from 1; ``cells`` the columns, an element a
    row (``c0`` is column A; blank cells are null). Rows without content are left out, hidden rows are
    not. They are lists: a workbook of a commune has some dozens of rows, and the fixed cost of queries
    on each of a thousand such files is more than their reading. ``contents`` is what stands in the
    cells, each text once. ``formula_blanks`` are formula cells without a usable stored result (none,
    or an error such as #REF!): they read as null.
    """

    name: str
    is_hidden: bool
    numbers: list[int]
    cells: Cells
    contents: frozenset[str]
    formula_blanks: list[FormulaBlank]


def open_workbook(content: bytes, file_name: str, limits: Limits | None = None) -> list[Sheet]:
    """The sheets of a file in their order; sheets without any content have no rows.

    A CSV file is one sheet named "csv". Text is as stored: TCVN3, VNI and NFD are made Unicode by
    :func:`pipelines.encoding_detection.decode_cells`.

    Raises:
        FileRefused: not a workbook, wrong extension, password, broken, or over the limits.
    """
    limits = limits or Limits()
    if len(content) > limits.file_bytes:
        raise refused(
            f"tệp nặng {len(content) / 1024 / 1024:.1f} MB".replace(".", ","),
            "Bỏ ảnh và trang tính thừa, hoặc tách tệp, rồi nộp lại.",
            expected=f"không quá {limits.file_bytes // 1024 // 1024} MB",
        )
    kind = _kind(content, file_name)
    if kind == "text":
        return [_delimited_sheet(content, limits)]
    if kind == "ole":
        check_container(content, limits)
        return _excel_sheets(content, [], limits)
    return _excel_sheets(content, check_package(content, limits), limits)


def column_letter(index: int) -> str:
    """Letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _kind(content: bytes, file_name: str) -> str:
    extension = PurePath(file_name).suffix.lower()
    expected = _KINDS.get(extension)
    if expected is None:
        raise refused(f"tệp có đuôi {extension or 'trống'}", "Lưu lại thành .xlsx rồi nộp lại.")
    if not content:
        raise refused("tệp rỗng (0 byte)", "Nộp lại tệp có dữ liệu.")
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise locked()
    if content.startswith((_ZIP, b"PK\x05\x06")):
        found = "zip"
    else:
        found = "ole" if content.startswith(_OLE) else "text"
    if found == expected:
        return found
    if found == "text":
        raise refused(
            f"tệp có đuôi {extension} nhưng bên trong không phải sổ tính Excel",
            "Mở tệp bằng Excel, lưu lại (Save As) thành .xlsx rồi nộp lại.",
        )
    raise refused(
        f"tệp có đuôi {extension} nhưng bên trong là {_CONTENT_NAMES[found]}",
        "Đổi lại đúng đuôi tệp, hoặc mở bằng Excel và lưu lại thành .xlsx rồi nộp lại.",
    )


def _excel_sheets(content: bytes, blanks: list[FormulaBlank], limits: Limits) -> list[Sheet]:
    try:
        reader = fastexcel.read_excel(content)
        return [_excel_sheet(reader, name, blanks, limits) for name in reader.sheet_names]
    except fastexcel.FastExcelError as error:
        raise (locked() if "assword" in str(error) else broken()) from error
    except BaseException as error:
        # What the reader did not foresee in a damaged file; its class cannot be imported.
        if type(error).__name__ == "PanicException":
            raise broken() from error
        raise


def _excel_sheet(
    reader: fastexcel.ExcelReader, name: str, blanks: list[FormulaBlank], limits: Limits
) -> Sheet:
    sheet = reader.load_sheet(
        name, header_row=None, skip_rows=0, dtypes="string", whitespace_as_null=True
    )
    is_hidden = sheet.visible != "visible"
    columns = [column.absolute_index for column in sheet.selected_columns]
    if not columns:
        return Sheet(name, is_hidden, [], {}, frozenset(), [])
    _check_size(sheet.total_height, len(columns), name, limits)
    # The reader leaves out the columns before the first with content.
    cells: dict[str, list[str | None]] = {
        f"c{index}": [None] * sheet.height for index in range(columns[0])
    }
    for index, column in zip(columns, sheet.to_polars().get_columns(), strict=True):
        cells[f"c{index}"] = column.to_list()
    return _sheet(name, is_hidden, cells, [blank for blank in blanks if blank.sheet == name])


def _sheet(name: str, is_hidden: bool, cells: Cells, blanks: list[FormulaBlank]) -> Sheet:
    """The sheet of the columns with all their rows: these numbered, the blank ones left out."""
    height = len(next(iter(cells.values()), []))
    contents = contents_of(cells)
    blank: Sequence[int] = range(height)
    for values in cells.values():
        blank = [row for row in blank if values[row] is None]
    numbers = list(range(1, height + 1))
    if blank:
        dropped = set(blank)
        kept = [row not in dropped for row in range(height)]
        numbers = list(compress(numbers, kept))
        cells = {column: list(compress(values, kept)) for column, values in cells.items()}
    if _MIDNIGHT in "\n".join(contents):
        cells = {
            column: [value and value.removesuffix(_MIDNIGHT) for value in values]
            for column, values in cells.items()
        }
        contents = contents_of(cells)
    return Sheet(name, is_hidden, numbers, cells, contents, blanks)


def contents_of(cells: Cells) -> frozenset[str]:
    """What stands in the columns, each text once."""
    return frozenset(filter(None, set[str | None]().union(*cells.values())))


def _delimited_sheet(content: bytes, limits: Limits) -> Sheet:
    records = read_delimited(content)
    width = max(map(len, records), default=0)
    _check_size(len(records), width, "csv", limits)
    cells = {
        f"c{index}": [
            record[index] if index < len(record) and record[index].strip() else None
            for record in records
        ]
        for index in range(width)
    }
    return _sheet("csv", False, cells, [])


def _check_size(rows: int, columns: int, sheet: str, limits: Limits) -> None:
    if rows > limits.rows or columns > limits.columns:
        raise refused(
            f"trang tính có {rows} dòng, {columns} cột",
            "Xoá các dòng và cột thừa (hoặc tách tệp) rồi nộp lại.",
            expected=f"không quá {limits.rows} dòng và {limits.columns} cột", sheet=sheet,
        )  # fmt: skip
