"""Official forms 14 and 15: one commune's near-poor or poor households, person by person.

Rows are pseudonymous; names and birth years come in only with rows that ``warehouse.named_views`` opened for
somebody signed in, after noting it.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import cast

import polars as pl
import xlsxwriter

from reference.form_definitions import STATUS_VI
from reference.loading import era_at
from reference.periods import last_day
from reports.header_cells import header_blocks
from reports.official_forms.content import FormNotPossible
from reports.table_file import safe
from reports.vietnamese import DEMO_MARK, MADE_BY, NATION, NO_DATA, SIGNED_BY, day, long_day
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
_HEADS: tuple[tuple[str, ...], ...] = (
    ("STT chủ hộ",),
    ("STT thành viên",),
    ("Họ và tên",),
    ("Năm sinh", "Nam"),
    ("Năm sinh", "Nữ"),
    ("Dân tộc",),
    ("Quan hệ với chủ hộ",),
    ("Hộ mới, tái, cũ",),
    ("Chính sách có công",),
    ("Không có khả năng lao động",),
    *(("Nhu cầu hỗ trợ", need) for need in _NEEDS.values()),
)
_ETHNICITY = {"kinh": "Kinh", "minority": "Thiểu số"}
_DEPTH, _NAME = 3, 2
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


def list_file(content: ListContent) -> bytes:
    """The workbook."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet(f"Biểu {content.number}")
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.set_margins(left=0.6, right=0.4, top=0.7, bottom=0.6)
    stamp = f"&C&B{DEMO_MARK}" if content.is_demo else ""
    page.set_header(f"&L&8 Biểu {content.number}{stamp}&R&8 {content.build_id}")
    page.set_footer(f"&L&8 Mã kiểm tra {content.checksum}&R&8 Trang &P/&N")
    font = {"font_name": "Times New Roman", "font_size": 11}
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
    italic = book.add_format({**font, "italic": True, "align": "center"})
    note = book.add_format({**font, "font_size": 9})
    width = len(_HEADS)
    sender = ("ỦY BAN NHÂN DÂN", content.unit_name.upper())
    above = book.add_format({**font, "align": "center"})
    motto = book.add_format({**font, "bold": True, "align": "center", "underline": 1})
    looks = ((above, bold), (bold, motto))
    for line, (left, right) in enumerate(zip(sender, NATION, strict=True)):
        page.merge_range(line, 0, line, width // 2 - 1, safe(left), looks[line][0])
        page.merge_range(line, width // 2, line, width - 1, right, looks[line][1])
    if content.is_demo:
        page.merge_range(2, 0, 2, width - 1, DEMO_MARK, bold)
    page.merge_range(3, 0, 3, width - 1, content.title, bold)
    top = 5
    for block in header_blocks(_HEADS, _DEPTH):
        where = (top + block.first_row, block.first_column, top + block.last_row, block.last_column)
        if where[:2] == where[2:]:
            page.write_string(*where[:2], block.text, head)
        else:
            page.merge_range(*where, block.text, head)
    for place in range(width):
        page.write_string(top + _DEPTH, place, str(place + 1), head)
    page.repeat_rows(top, top + _DEPTH)
    page.freeze_panes(top + _DEPTH + 1, 3)
    page.set_column(0, width - 1, 11)
    page.set_column(2, 2, 24)
    line = top + _DEPTH + 1
    for row in content.rows.iter_rows(named=True):
        for place, text in enumerate(_cells(row, is_named=content.named_for is not None)):
            page.write_string(line, place, safe(text), plain if place == _NAME else centred)
        line += 1
    dated = f"…………, {long_day(content.today)}"
    page.merge_range(line + 1, width // 2, line + 1, width - 1, dated, italic)
    for first, last, (who, how) in (
        (0, width // 2 - 1, MADE_BY),
        (width // 2, width - 1, SIGNED_BY),
    ):
        page.merge_range(line + 2, first, line + 2, last, who, bold)
        page.merge_range(line + 3, first, line + 3, last, how, italic)
    line += _ROOM_TO_SIGN
    page.write_string(
        line + 1,
        0,
        f"{_of_names(content)} Ô “{NO_DATA}”: danh sách không ghi. Mẫu chưa đối chiếu "
        f"với bản gốc. Bản dựng {content.build_id}, số liệu đến {day(content.today)}, "
        f"mã kiểm tra {content.checksum}; xem trên màn hình: {view_link(content.period)}.",
        note,
    )
    book.close()
    return target.getvalue()


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
        NO_DATA,
        _marked(row["has_merit"]),
        _marked(row["is_without_labour_capacity"]),
        *marks,
    ]


def _text(value: object) -> str:
    return NO_DATA if value is None else str(value)


def _marked(value: object) -> str:
    return NO_DATA if value is None else "x" if value else ""
