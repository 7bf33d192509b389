"""The columns of a review list: header texts, and what stands under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from demo.review_list import ReviewList
from demo.sheets import Cell
from demo.words import CAUSES, CLASS_CODES, CLASS_WORDS, MARK_HEADERS, SUPPORT

FLAGS_ASKED_FOR = 2024
"""From this review on the province wants two more columns in official lists made on the template: without them nobody
can count the plan's first target.
"""


@dataclass(frozen=True)
class Column:
    """A column: key, header path, and its values, one a row of the list."""

    key: str
    header: tuple[str, ...]
    values: Sequence[Cell]


def template_columns(listed: ReviewList) -> list[Column]:
    """The 19 columns of the template, with codes instead of words, and two flags once they are asked for."""
    rows, unit = listed.rows, listed.unit
    place, head, review = "Địa bàn rà soát", "Thông tin hộ", "Kết quả rà soát"
    count = rows.height
    older = listed.older_places or [(unit.district_name or "", unit.name)] * count
    columns = [
        Column("province", (place, "Tỉnh"), [listed.province] * count),
        Column("district", (place, "Huyện/Thành phố"), [_bare_district(d) for d, _ in older]),
        Column("commune", (place, "Xã/Phường/Thị trấn"), [commune for _, commune in older]),
        Column("village", (place, "Thôn/Xóm/TDP"), list[Cell](listed.villages)),
        Column(
            "area",
            (place, "Khu vực", "1: Thành thị; 2: Nông thôn"),
            [1 if urban else 2 for urban in rows["is_urban"]],
        ),
        Column("name", (head, "Họ và tên chủ hộ"), rows["written_name"].to_list()),
        Column("birth", (head, "Ngày sinh"), rows["written_birth"].to_list()),
        Column("sex", (head, "Giới tính"), ["Nữ" if f else "Nam" for f in rows["female"]]),
        Column("ethnicity", (head, "Dân tộc"), _ethnicity(listed)),
        Column("address", (head, "Địa chỉ"), list[Cell](listed.villages)),
        Column("number", (head, "Số CCCD"), rows["written_number"].to_list()),
        Column("members", (head, "Số thành viên"), rows["members"].to_list()),
        Column("b1", (review, "Điểm", "B1"), rows["b1"].to_list()),
        Column("b2", (review, "Điểm", "B2"), rows["b2"].to_list()),
        Column("income", (review, "Thu nhập bình quân"), [None] * count),
        Column(
            "before",
            (review, "Phân loại trước rà soát", "1: Nghèo; 2: Cận nghèo"),
            _class_cells(listed, "before"),
        ),
        Column(
            "class",
            (review, "Kết luận rà soát", "1: Nghèo; 2: Cận nghèo"),
            _class_cells(listed, "klass"),
        ),
        Column("review_date", (review, "Ngày rà soát"), review_days(listed)),
        Column("reviewer", (review, "Cán bộ rà soát"), list[Cell](listed.reviewers)),
    ]
    if listed.has_former and listed.older_places is None:
        del columns[1]
        columns.append(_former(listed))
    if listed.decision and listed.year >= FLAGS_ASKED_FOR:
        columns += _flags(rows)
    return columns


def marks_columns(listed: ReviewList) -> list[Column]:
    """The official list with the twelve deprivations as columns."""
    rows = listed.rows
    return [
        Column("number_in_list", ("STT",), list[Cell](range(1, rows.height + 1))),
        Column("village", ("Thôn, xóm, tổ dân phố",), list[Cell](listed.villages)),
        Column("name", ("Họ và tên chủ hộ",), rows["written_name"].to_list()),
        Column("birth", ("Ngày, tháng, năm sinh",), rows["written_birth"].to_list()),
        Column("sex", ("Giới tính",), ["Nữ" if f else "Nam" for f in rows["female"]]),
        Column("ethnicity", ("Dân tộc",), _ethnicity(listed)),
        Column("number", ("Số định danh cá nhân/CCCD",), rows["written_number"].to_list()),
        Column("area", ("Khu vực",), _area_words(rows)),
        Column("members", ("Số nhân khẩu",), rows["members"].to_list()),
        Column("b1", ("Kết quả chấm điểm phiếu B", "Điểm B1"), rows["b1"].to_list()),
        Column("b2", ("Kết quả chấm điểm phiếu B", "Điểm B2"), rows["b2"].to_list()),
        *_mark_columns(listed, "Thiếu hụt các dịch vụ xã hội cơ bản"),
        *_facts(listed),
    ]


def village_columns(listed: ReviewList) -> list[Column]:
    """The columns of a village's sheet: no village, the birth under Nam or under Nữ."""
    rows = listed.rows
    births = list(zip(rows["written_birth"], rows["female"], strict=True))
    return [
        Column("number_in_list", ("TT",), list[Cell](range(1, rows.height + 1))),
        Column("name", ("Họ tên chủ hộ",), rows["written_name"].to_list()),
        Column("birth_male", ("Năm sinh", "Nam"), [None if f else b for b, f in births]),
        Column("birth_female", ("Năm sinh", "Nữ"), [b if f else None for b, f in births]),
        Column("number", ("Số CCCD/CMND",), rows["written_number"].to_list()),
        Column("ethnicity", ("Dân tộc",), _ethnicity(listed)),
        Column("area", ("Khu vực",), _area_words(rows)),
        Column("members", ("Số khẩu",), rows["members"].to_list()),
        Column("b1", ("Điểm", "B1"), rows["b1"].to_list()),
        Column("b2", ("Điểm", "B2"), rows["b2"].to_list()),
        *_mark_columns(listed, "Chỉ số thiếu hụt"),
        *_facts(listed),
    ]


def _facts(listed: ReviewList) -> list[Column]:
    """Columns at the right of the two fuller layouts."""
    rows = listed.rows
    listed_before = Column("before", ("Phân loại trước rà soát",), _class_cells(listed, "before"))
    columns = [
        listed_before,
        Column("class", ("Kết quả rà soát",), _class_cells(listed, "klass")),
        Column("kind", ("Hình thức rà soát",), ["Định kỳ"] * rows.height),
        *_flags(rows),
        Column("causes", ("Nguyên nhân nghèo",), _chosen(rows["causes"], CAUSES)),
        Column("needs", ("Nhu cầu hỗ trợ",), _chosen(rows["needs"], SUPPORT)),
        Column("given", ("Nội dung đã được hỗ trợ",), _chosen(rows["given"], SUPPORT)),
        Column("review_date", ("Ngày rà soát",), review_days(listed)),
        Column("reviewer", ("Cán bộ rà soát",), list[Cell](listed.reviewers)),
    ]
    if listed.decision and listed.decision_columns:
        number, day = listed.decision
        columns += [
            Column("decision_number", ("Quyết định công nhận", "Số"), [number] * rows.height),
            Column(
                "decision_date", ("Quyết định công nhận", "Ngày"), [f"{day:%d/%m/%Y}"] * rows.height
            ),
        ]
    if listed.has_former:
        columns.append(_former(listed))
    return columns


def _flags(rows: pl.DataFrame) -> list[Column]:
    return [
        Column("no_labour", ("Hộ không có khả năng lao động",), _ticks(rows["no_labour"])),
        Column("merit", ("Hộ có thành viên là người có công",), _ticks(rows["merit"])),
    ]


def review_days(listed: ReviewList) -> list[Cell]:
    """Days after 5 September; a preliminary list comes out of the first week."""
    first = date(listed.year, 9, 5)
    span = 365 if listed.decision else 7
    return [f"{first + timedelta(days=d % span):%d/%m/%Y}" for d in listed.rows["review_day"]]


def _class_cells(listed: ReviewList, column: str) -> list[Cell]:
    words = CLASS_CODES if listed.words == "codes" else CLASS_WORDS[listed.words]
    return [words[klass] for klass in listed.rows[column]]


def _ticks(flags: pl.Series) -> list[Cell]:
    return ["x" if flag else None for flag in flags]


def _mark_columns(listed: ReviewList, above: str) -> list[Column]:
    marks = listed.rows["marks"]
    return [
        Column(f"mark_{i}", (above, *header), _ticks(marks // (1 << i) % 2 == 1))
        for i, header in enumerate(MARK_HEADERS)
    ]


def _chosen(bits: pl.Series, words: tuple[str, ...]) -> list[Cell]:
    cells = {
        value: "; ".join(word for i, word in enumerate(words) if value >> i & 1) or None
        for value in bits.unique()
    }
    return [cells[value] for value in bits]


def _ethnicity(listed: ReviewList) -> list[Cell]:
    return ["Mường" if minority else "Kinh" for minority in listed.rows["minority"]]


def _former(listed: ReviewList) -> Column:
    header = ("Xã, phường, thị trấn cũ (trước 01/7/2025)",)
    return Column("former", header, [former or None for former in listed.formers])


def _bare_district(name: str) -> str:
    """``Ý Yên`` for ``Huyện Ý Yên``, as the template's own sample writes it."""
    for kind in ("Thành phố ", "Huyện "):
        name = name.removeprefix(kind)
    return name


def _area_words(rows: pl.DataFrame) -> list[Cell]:
    return ["Thành thị" if urban else "Nông thôn" for urban in rows["is_urban"]]
