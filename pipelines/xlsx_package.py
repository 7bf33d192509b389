"""The ZIP package of an .xlsx file, looked at before anything is unpacked in full.

The reader (calamine) unpacks what it is given and holds a sheet as a full rectangle up to its last
cell, so sizes are judged here first, from the directory and from the sheets' own XML.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree

from pipelines.file_refusal import broken, locked, refused

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_COUNTED_PART = re.compile(r"xl/[^/]+\.xml")
# The pattern begins with plain letters, because for these the search leaps through the part.
_COUNT = re.compile(rb"ount=(?<=[cC]ount=)[\"'](\d{5,})")
# How often cells refer to a string: far more often than there are strings where a list repeats itself.
_TIMES_REFERRED = re.compile(rb"<(?:\w+:)?sst\b[^>]*?\scount=[\"'](\d+)")
_REFERENCE = re.compile(rb'\br="([A-Z]+)(\d+)"')
_RESULT_TYPE = re.compile(rb'\bt="(\w+)"')
_RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What the standard library raises on a damaged package, by experiment.
_DAMAGED = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, OverflowError,
    NotImplementedError, ElementTree.ParseError,
)  # fmt: skip
# DEFLATE cannot expand more than 1,032 times, so a smaller part is harmless whatever it declares.
_HARMLESS_BYTES = 20_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How big a file may be. ``cells`` and ``unpacked_bytes`` bound the memory of one sheet."""

    file_bytes: int = 50 * 1024 * 1024
    unpacked_ratio: int = 100
    unpacked_bytes: int = 1024 * 1024 * 1024
    rows: int = 200_000
    columns: int = 512
    cells: int = 20_000_000
    sheets: int = 200


class FormulaBlank(NamedTuple):
    """A formula cell without a usable stored result: it reads as an empty cell."""

    sheet: str
    row: int
    column: str


class _Patterns(NamedTuple):
    far_reference: re.Pattern[bytes]
    formula_begin: bytes
    formula_tag: re.Pattern[bytes]
    late_row: re.Pattern[bytes]
    far_cell: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    row_end: bytes
    value_tags: tuple[bytes, bytes]


def check_package(content: bytes, limits: Limits) -> list[FormulaBlank]:
    """Refuse a package that is broken, locked or too big; else its formula cells without result.

    Raises:
        FileRefused: with the reason.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            _check_directory(package, len(content), limits)
            return list(_check_parts(package, limits))
    except _DAMAGED as error:
        raise broken() from error


def _check_directory(package: zipfile.ZipFile, file_bytes: int, limits: Limits) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if "xl/workbook.bin" in names or "xl/workbook.xml" not in names:
        raise refused(
            "tệp nén không phải sổ tính Excel .xlsx",
            "Mở tệp bằng Excel, lưu lại (Save As) thành .xlsx rồi nộp lại.",
        )
    if any(part.flag_bits & 1 for part in parts):
        raise locked()
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked_ratio * file_bytes or unpacked > limits.unpacked_bytes:
        raise refused(
            f"tệp giải nén ra {unpacked // 1024 // 1024} MB, gấp {unpacked // file_bytes} lần",
            "Chép phần dữ liệu sang một sổ tính mới rồi nộp lại.",
            expected=f"không quá {limits.unpacked_bytes // 1024 // 1024} MB và {limits.unpacked_ratio} lần",
        )
    sheet_count = sum(_SHEET_PART.fullmatch(name) is not None for name in names)
    if sheet_count > limits.sheets:
        raise refused(
            f"tệp có {sheet_count} trang tính",
            "Tách tệp thành nhiều tệp nhỏ rồi nộp lại.",
            expected=f"không quá {limits.sheets} trang tính",
        )


def _check_parts(package: zipfile.ZipFile, limits: Limits) -> Iterator[FormulaBlank]:
    unpacked = sum(part.file_size for part in package.infolist())
    for part in package.infolist():
        is_sheet = _SHEET_PART.fullmatch(part.filename) is not None
        is_counted = _COUNTED_PART.fullmatch(part.filename) is not None
        if not (is_sheet or is_counted) and part.compress_size < _HARMLESS_BYTES:
            continue
        xml = package.read(part)  # a wrong declared size fails its checksum here
        if is_counted and _declares_too_many(xml, unpacked):
            raise broken()
        if is_sheet:
            yield from _check_sheet(package, part.filename, xml, limits)


def _declares_too_many(xml: bytes, unpacked: int) -> bool:
    """Whether a part says it has more items than it has letters: the reader would make room for them."""
    referred = _TIMES_REFERRED.search(xml, 0, 4_000)
    place = referred.span(1) if referred else None
    return any(
        int(found[1]) > (unpacked if found.span(1) == place else len(xml))
        for found in _COUNT.finditer(xml)
    )


def _check_sheet(
    package: zipfile.ZipFile, part: str, xml: bytes, limits: Limits
) -> Iterator[FormulaBlank]:
    patterns = _patterns(_prefix(xml))
    if patterns.far_reference.search(xml):
        _check_extent(package, part, xml, patterns, limits)
    if patterns.formula_begin in xml and patterns.formula_tag.search(xml):
        blanks = list(_blank_formulas(xml, patterns))
        sheet = _sheet_name(package, part) if blanks else ""
        yield from (FormulaBlank(sheet, row, column) for row, column in blanks)


def _check_extent(
    package: zipfile.ZipFile, part: str, xml: bytes, patterns: _Patterns, limits: Limits
) -> None:
    """Refuse a sheet with content beyond the limits; formatted blank cells do not count."""
    rows = [int(match[1]) for match in patterns.late_row.finditer(xml)
            if _has_value(xml, match.end(), patterns)]  # fmt: skip
    far_cells = {(letters.upper(), int(row)) for letters, row in patterns.far_cell.findall(xml)}
    columns = {_column_number(letters): letters.decode() for letters, _ in far_cells}
    last_row = max([*rows, *(row for _, row in far_cells)], default=0)
    last_column = max(columns, default=0)
    if last_row > limits.rows:
        raise refused(
            f"có dữ liệu ở dòng {last_row}",
            "Xoá các dòng thừa ở cuối trang tính (hoặc tách tệp) rồi nộp lại.",
            expected=f"không quá {limits.rows} dòng", sheet=_sheet_name(package, part),
        )  # fmt: skip
    if last_column > limits.columns or last_row * last_column > limits.cells:
        raise refused(
            f"có dữ liệu ở cột {columns[last_column]}",
            "Xoá các cột thừa ở bên phải trang tính rồi nộp lại.",
            expected=f"không quá {limits.columns} cột", sheet=_sheet_name(package, part),
        )  # fmt: skip


def _has_value(xml: bytes, begin: int, patterns: _Patterns) -> bool:
    """Whether the row whose tag ends at ``begin`` has a cell with a value."""
    content = xml[begin : xml.find(patterns.row_end, begin)]
    return any(tag in content for tag in patterns.value_tags)


def _blank_formulas(xml: bytes, patterns: _Patterns) -> Iterator[tuple[int, str]]:
    for attributes, value in patterns.formula.findall(xml):
        kind = _RESULT_TYPE.search(attributes)
        is_text = kind is not None and kind[1] == b"str"
        is_error = kind is not None and kind[1] == b"e"
        has_value = value.endswith(b">") and b"><" not in value and not value.endswith(b"/>")
        place = _REFERENCE.search(attributes)
        if place and (is_error or not (has_value or (is_text and value))):
            yield int(place[2]), place[1].decode()


def _sheet_name(package: zipfile.ZipFile, part: str) -> str:
    """The name on the tab of the sheet stored in ``part``."""
    relations = ElementTree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    wanted = {
        relation.get("Id")
        for relation in relations
        if part.endswith(relation.get("Target", "?").removeprefix("/").removeprefix("xl/"))
    }
    for element in ElementTree.fromstring(package.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet") and element.get(_RELATION_ID) in wanted:
            return element.get("name", "")
    return part.rpartition("/")[2].removesuffix(".xml")


def _prefix(xml: bytes) -> bytes:
    found = re.search(rb"<(\w+:)?worksheet\b", xml[:4_000])
    return found[1] or b"" if found else b""


@cache
def _patterns(prefix: bytes) -> _Patterns:
    p = re.escape(prefix)
    return _Patterns(
        # Only a sheet with a row from 10,000 or a column from CA on is looked at more closely: any
        # other is within the limits.
        far_reference=re.compile(
            rb" r=[\"'](?:[C-Zc-z][A-Za-z]|[A-Za-z][A-Za-z](?:[A-Za-z]|\d{5})|[A-Za-z]?\d{5})"
        ),
        formula_begin=b"<%bf" % prefix,
        formula_tag=re.compile(rb"<%bf[ >/]" % p),
        late_row=re.compile(rb"<%brow\b[^>]*?\sr=[\"'](\d{5,})[\"'][^>]*(?<!/)>" % p),
        far_cell=re.compile(
            rb"<%bc\b[^>]*?\sr=[\"'](?=[A-Za-z]{2}|[A-Za-z]\d{5})([A-Za-z]+)(\d+)[\"'][^>]*(?<!/)>"
            % p
        ),
        formula=re.compile(
            rb"<%bc\s([^>]*)>\s*<%bf(?:\s[^>]*)?(?:/>|>[^<]*</%bf>)\s*"
            rb"(<%bv\s*/>|<%bv[^>]*>[^<]*</%bv>)?" % (p, p, p, p, p, p)
        ),
        row_end=b"</%brow>" % prefix,
        value_tags=(b"<%bv" % prefix, b"<%bis" % prefix),
    )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
