"""Official forms 14 and 15: one commune's near-poor or poor households, person by person.

Rows are pseudonymous; names and birth years come in only with rows that ``warehouse.named_views`` opened for
somebody signed in, after noting it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import cast

import polars as pl
from xlsxwriter.worksheet import Worksheet

from reference.form_definitions import STATUS_VI
from reference.loading import era_at
from reference.periods import last_day
from reports.header_cells import header_blocks
from reports.official_forms.content import FormNotPossible
from reports.official_forms.pages import (
    break_pages,
    letterhead_rows,
    points_per_page,
    signature_rows,
)
from reports.sheet_layout import LINE_HEIGHT, TYPE, lay_across, new_book
from reports.table_file import safe
from reports.vietnamese import DEMO_MARK, NO_DATA, day, long_day
from reports.view_link import view_link
from warehouse.door import Door

_CLASS = {14: ("near_poor", "CẬN NGHÈO"), 15: ("poor", "NGHÈO")}
_HIDDEN = "đã ẩn"
_NEEDS = {
    "health": "Y tế",
    "education": "Giáo dục",
    "production": "Sản xuất",
    "credit": "Tín dụng",
    "housing": "Nhà ở",
    "other": "Khác",
}
_ENTRIES = {"new": "Hộ {} mới", "relapse": "Hộ tái {}", "former": "Hộ {} cũ"}
_HEADS: tuple[tuple[str, ...], ...] = (
    ("STT chủ hộ",),
    ("STT thành viên",),
    ("Họ và tên",),
    ("Năm sinh", "Nam"),
    ("Năm sinh", "Nữ"),
    ("Dân tộc",),
    ("Quan hệ với chủ hộ",),
    *(("Phân loại hộ", entry) for entry in _ENTRIES.values()),
    ("Chính sách có công",),
    ("Không có khả năng lao động",),
    *(("Nhu cầu hỗ trợ", need) for need in _NEEDS.values()),
)
_ETHNICITY = {"kinh": "Kinh", "minority": "Thiểu số"}
_DEPTH, _NAME = 3, 2
_PAPER, _WIDTH, _WIDTHS, _HEIGHTS = "A3", 10, {_NAME: 24}, (15, 30, 15)
_ROOM_TO_SIGN, _YEAR = 8, 4


@dataclass(frozen=True)
class ListContent:
    """A list and where it comes from; ``rows`` are those of ``core_review__person``.

    ``named_for`` is who signed in to see the names that ``rows`` then carry.
    """

    number: int
    unit_name: str
    period: str
    rows: pl.DataFrame
    build_id: str
    today: date
    is_demo: bool
    named_for: str | None = None

    @property
    def title(self) -> str:
        """Title with the class, the year and the status."""
        status = STATUS_VI[self.rows["status"][0]]
        return f"DANH SÁCH CHI TIẾT HỘ {_CLASS[self.number][1]} NĂM {self.period} ({status})"

    @property
    def checksum(self) -> str:
        """First 16 digits of the SHA-256 over the rows."""
        said = f"{self.title}|{self.unit_name}|{self.build_id}|{self.rows.write_json()}"
        return sha256(said.encode()).hexdigest()[:16]


def list_content(
    door: Door,
    number: int,
    unit_code: str,
    period: str,
    named: tuple[str, pl.DataFrame] | None = None,
) -> ListContent:
    """The persons on a commune's list; ``named`` is who asked for names, and the rows opened for that person.

    Raises:
        FormNotPossible: not a commune in force at that period, or it sent no such list.
        NotAllowed: a role that may not see rows.
    """
    if len(period) != 4:
        raise FormNotPossible("Danh sách là của kỳ rà soát năm: hãy ghi --period 2024.")
    era = era_at(last_day(period))
    unit = door.units(era, "commune").filter(pl.col("code") == unit_code)
    if unit.is_empty():
        raise FormNotPossible(f"Biểu {number} lập cho từng xã: không có xã {unit_code} ({era}).")
    rows = door.person_rows(period, era, unit_code) if named is None else named[1]
    rows = rows.filter(pl.col("class_code") == _CLASS[number][0])
    name = str(unit["name"][0])
    if rows.is_empty():
        raise FormNotPossible(f"{name} chưa gửi danh sách chi tiết (biểu {number}) năm {period}.")
    facts = door.build_facts()
    return ListContent(
        number,
        name,
        period,
        rows.sort("head_number", "member_number"),
        door.build.build_id,
        cast(date, facts["today"]),
        bool(facts["is_demo"]),
        named_for=None if named is None else named[0],
    )


def list_file(content: ListContent, meeting: str | None = None) -> bytes:
    """The workbook; ``meeting`` is the slug of the meeting the figures were frozen for."""
    target = BytesIO()
    book = new_book(target)
    page = book.add_worksheet(f"Biểu {content.number}")
    stamp = DEMO_MARK if content.is_demo else ""
    above = (f"Biểu {content.number}", stamp, content.build_id)
    lay_across(page, _PAPER, above, (f"Mã kiểm tra {content.checksum}", ""))
    font = TYPE
    bold = book.add_format({**font, "bold": True, "align": "center"})
    head = book.add_format(
        {
            **font,
            "bold": True,
            "align": "center",
            "valign": "vcenter",
            "text_wrap": True,
            "border": 1,
        }
    )
    plain = book.add_format({**font, "border": 1})
    centred = book.add_format({**font, "border": 1, "align": "center"})
    words = book.add_format(
        {
            **font,
            "border": 1,
            "align": "center",
            "valign": "vcenter",
            "italic": True,
            "font_size": 8,
        }
    )
    note = book.add_format({**font, "font_size": 9})
    width = len(_HEADS)
    letterhead_rows(book, page, width, ("ỦY BAN NHÂN DÂN", content.unit_name.upper()))
    if content.is_demo:
        page.merge_range(2, 0, 2, width - 1, DEMO_MARK, bold)
    page.merge_range(3, 0, 3, width - 1, content.title, bold)
    top = 5
    kind = _CLASS[content.number][1].lower()
    heads = [tuple(part.format(kind) for part in parts) for parts in _HEADS]
    for block in header_blocks(heads, _DEPTH):
        where = (top + block.first_row, block.first_column, top + block.last_row, block.last_column)
        if where[:2] == where[2:]:
            page.write_string(*where[:2], block.text, head)
        else:
            page.merge_range(*where, block.text, head)
    for place in range(width):
        page.write_string(top + _DEPTH, place, str(place + 1), head)
    for place, height in enumerate(_HEIGHTS, start=top):
        page.set_row(place, height)
    page.repeat_rows(top, top + _DEPTH)
    page.freeze_panes(top + _DEPTH + 1, 3)
    widths = [_WIDTHS.get(place, _WIDTH) for place in range(width)]
    for place, wide in enumerate(widths):
        page.set_column(place, place, wide)
    line = top + _DEPTH + 1
    for row in content.rows.iter_rows(named=True):
        for place, text in enumerate(_cells(row, is_named=content.named_for is not None)):
            look = words if text == NO_DATA else plain if place == _NAME else centred
            page.write_string(line, place, safe(text), look)
        line += 1
    dated = f"…………, {long_day(content.today)}"
    line = signature_rows(book, page, line + 1, width, dated)
    page.write_string(
        line,
        0,
        f"{_of_names(content)} Ô “{NO_DATA}”: danh sách không ghi. Mẫu chưa đối chiếu "
        f"với bản gốc. Bản dựng {content.build_id}, số liệu đến {day(content.today)}, "
        f"mã kiểm tra {content.checksum}; xem trên màn hình: {view_link(content.period, meeting)}.",
        note,
    )
    _break_pages(page, content, top, line + 1, widths)
    book.close()
    return target.getvalue()


def _break_pages(
    page: Worksheet, content: ListContent, top: int, end: int, widths: Sequence[float]
) -> None:
    """The members of one household, who are neighbours on the list, stay on one page."""
    sizes = content.rows["head_number"].rle().struct.field("len").to_list()
    heights = dict(zip(range(top, top + _DEPTH), _HEIGHTS, strict=True))
    break_pages(
        page,
        points_per_page(_PAPER, widths),
        sizes,
        (top, top + _DEPTH + 1, end),
        lambda place: heights.get(place, LINE_HEIGHT),
    )


def _of_names(content: ListContent) -> str:
    if content.named_for is None:
        return "Họ tên, năm sinh không xuất ở bản này."
    return f"Bản có họ tên, xuất cho {content.named_for} và đã ghi sổ: không chép, không gửi ra ngoài cơ quan."


def _cells(row: dict[str, object], *, is_named: bool) -> list[str]:
    needs = row["support_needs"]
    marks = [
        NO_DATA if needs is None else "x" if need in cast(list[str], needs) else ""
        for need in _NEEDS
    ]
    # The form has the year only.
    born = _text(row["birth"])[:_YEAR] if is_named and row["birth"] else NO_DATA
    born = born if is_named else _HIDDEN
    return [
        _text(row["head_number"]),
        _text(row["member_number"]),
        _text(row["name"]) if is_named else _HIDDEN,
        born if row["sex"] == "male" else "",
        born if row["sex"] == "female" else "",
        _ETHNICITY.get(str(row["ethnicity"]), NO_DATA),
        _text(row["relation"]),
        *_entry(row),
        _marked(row["has_merit"]),
        _marked(row["is_without_labour_capacity"]),
        *marks,
    ]


def _entry(row: dict[str, object]) -> list[str]:
    """A mark in one of three cells; a list may say it in the row of the head only."""
    kind = row.get("entry_kind")  # a build made before lists kept it
    if kind is None:
        return [NO_DATA if row["member_number"] == 1 else ""] * len(_ENTRIES)
    return ["x" if kind == each else "" for each in _ENTRIES]


def _text(value: object) -> str:
    return NO_DATA if value is None else str(value)


def _marked(value: object) -> str:
    return NO_DATA if value is None else "x" if value else ""
