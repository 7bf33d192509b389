"""The OLE container of an .xls file, looked at before it is read.

The reader (calamine) trusts the sizes and chains that the file declares: a damaged .xls can make it
ask for hundreds of gigabytes, which ends the process and with it the whole build. So the container
and the records that declare sizes are walked here first. Sources: [MS-CFB] 2.2 to 2.6, [MS-XLS]
2.3 and 2.4 (record numbers).
"""

import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipelines.file_refusal import broken, locked, refused
from pipelines.xlsx_package import Limits

_END_OF_CHAIN = 0xFFFFFFFE
_FREE = 0xFFFFFFFF
_MINI_SECTOR = 64
_MINI_CUTOFF = 4096
_ROWS, _COLUMNS = 65_536, 256

_FILE_PASS = 0x002F
_BOUND_SHEET = 0x0085
_END_OF_PART = 0x000A
_STRING_TABLE = 0x00FC
_DIMENSIONS = 0x0200
_CELLS = frozenset({0x0006, 0x00BD, 0x00FD, 0x0203, 0x0204, 0x0205, 0x027E})


class _Header(NamedTuple):
    sector_shift: int
    directory_sectors: int
    table_sectors: int
    directory_start: int
    mini_table_start: int
    mini_table_sectors: int
    more_table_start: int


class _Entry(NamedTuple):
    name: str
    start: int
    size: int


def check_container(content: bytes, limits: Limits) -> None:
    """Refuse an .xls that is broken, locked, or declares more than an .xls can hold.

    Raises:
        FileRefused: with the reason.
    """
    try:
        stream = _workbook_stream(content)
        sheets = list(_sheet_starts(stream))
        if len(sheets) > limits.sheets:
            raise refused(
                f"tệp có {len(sheets)} trang tính",
                "Tách tệp thành nhiều tệp nhỏ rồi nộp lại.",
                expected=f"không quá {limits.sheets} trang tính",
            )
        for start in sheets:
            _check_sheet(stream, start)
    except (struct.error, IndexError, ValueError) as error:
        raise broken() from error


def _workbook_stream(content: bytes) -> bytes:
    header = _Header(*struct.unpack_from("<H8xIII8xIII", content, 30))
    if header.sector_shift not in (9, 12):
        raise broken()
    size = 1 << header.sector_shift
    count = len(content) // size
    declared = (header.directory_sectors, header.table_sectors, header.mini_table_sectors)
    if max(declared) > count:
        raise broken()
    table = _sector_table(content, header, size, count)
    directory = _joined(content, table, header.directory_start, size, offset=size)
    entries = [_entry(directory, place, size) for place in range(0, len(directory), 128)]
    if any(entry.size > len(content) for entry in entries):
        raise broken()
    found = {entry.name: entry for entry in reversed(entries)}
    book = found.get("Workbook") or found.get("Book")
    if book is None:
        raise refused(
            "tệp .xls không phải sổ tính Excel",
            "Mở tệp bằng Excel, lưu lại (Save As) thành .xlsx rồi nộp lại.",
        )
    mini_stream = _joined(content, table, entries[0].start, size, offset=size)
    mini_table = array("I", _joined(content, table, header.mini_table_start, size, offset=size))
    if book.size < _MINI_CUTOFF:
        return _joined(mini_stream, mini_table, book.start, _MINI_SECTOR, offset=0)[: book.size]
    return _joined(content, table, book.start, size, offset=size)[: book.size]


def _sector_table(content: bytes, header: _Header, size: int, count: int) -> Sequence[int]:
    """For each sector of the file the one that follows it."""
    sectors = array("I", content[76:512])
    following = header.more_table_start
    while following not in (_FREE, _END_OF_CHAIN):
        more = array("I", _sector(content, following, size, offset=size))
        following = more.pop()
        sectors.extend(more)
        if len(sectors) > count + 2 * size:
            raise broken()
    table = array("I")
    for sector in sectors:
        if sector != _FREE:
            table.frombytes(_sector(content, sector, size, offset=size))
    return table


def _joined(content: bytes, table: Sequence[int], start: int, size: int, *, offset: int) -> bytes:
    """The sectors of a chain, one after the other.

    Raises:
        FileRefused: a sector outside the content, or a chain that runs in a circle.
    """
    pieces: list[bytes] = []
    sector = start
    while sector != _END_OF_CHAIN and not (sector == _FREE and not pieces):
        pieces.append(_sector(content, sector, size, offset=offset))
        if len(pieces) * size > len(content):
            raise broken()
        sector = table[sector]
    return b"".join(pieces)


def _sector(content: bytes, sector: int, size: int, *, offset: int) -> bytes:
    begin = offset + sector * size
    piece = content[begin : begin + size]
    if len(piece) < size:
        raise broken()
    return piece


def _entry(directory: bytes, place: int, sector_size: int) -> _Entry:
    name = directory[place : place + 64].decode("utf-16-le", errors="replace").split("\0")[0]
    start, low, high = struct.unpack_from("<III", directory, place + 116)
    return _Entry(name, start, low if sector_size == 512 else low + (high << 32))


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place of the content and its length, up to the end of the part that begins there."""
    kind, place = 0, start
    while kind != _END_OF_PART:
        kind, length = struct.unpack_from("<HH", stream, place)
        if place + 4 + length > len(stream):
            raise broken()
        yield kind, place + 4, length
        place += 4 + length


def _sheet_starts(stream: bytes) -> Iterator[int]:
    for kind, place, _ in _records(stream, 0):
        if kind == _FILE_PASS:
            raise locked()
        if kind == _BOUND_SHEET:
            yield struct.unpack_from("<I", stream, place)[0]
        if kind == _STRING_TABLE and struct.unpack_from("<I", stream, place + 4)[0] > len(stream):
            raise broken()


def _check_sheet(stream: bytes, start: int) -> None:
    for kind, place, length in _records(stream, start):
        if kind == _DIMENSIONS:
            rows_columns = "<IIHH" if length == 14 else "<HHHH"
            row, end_row, column, end_column = struct.unpack_from(rows_columns, stream, place)
            is_empty = not end_row or not end_column
            fits = row < end_row <= _ROWS and column < end_column <= _COLUMNS
            if not (is_empty or fits):
                raise broken()
        elif kind in _CELLS and struct.unpack_from("<H", stream, place + 2)[0] >= _COLUMNS:
            raise broken()
