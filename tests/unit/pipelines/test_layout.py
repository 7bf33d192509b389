"""Headers found by their text, and what stands above and below them."""

import pytest

from pipelines.headings import match_headings
from pipelines.layout import cut_sheet
from pipelines.workbook import open_workbook
from reference.loading import FORMS, form_layout
from tests.unit.pipelines.making import HEADER, TITLE, csv_file, household, read


def tables(rows):
    (sheet,) = open_workbook(csv_file(rows), "ds.csv")
    return cut_sheet(sheet)


def columns(form, *rows):
    headings = match_headings(form, tuple(tuple(row) for row in rows))
    return {heading.column: heading.index for heading in headings.found}


@pytest.mark.parametrize("form", FORMS)
def test_every_spelling_of_every_form_is_found(form):
    for column in form_layout(form).columns:
        for spelling in column.headers:
            path = [part.strip() for part in spelling.split("|")]
            found = columns(form, *([part] for part in path))
            assert column.name in found, spelling


def test_a_group_header_reaches_over_its_columns_only():
    found = columns(
        "review_list",
        ["STT", "Chủ hộ", None, "Điểm", None, "Kết quả rà soát"],
        [None, "Họ và tên", "Ngày sinh", "B1", "B2", None],
    )
    assert found == {
        "row_number": 0, "head_name": 1, "birth": 2, "b1_points": 3, "b2_points": 4, "class": 5
    }  # fmt: skip


def test_a_remark_under_a_header_is_not_the_header():
    found = columns(
        "review_list",
        ["Họ và tên chủ hộ", "Khu vực", "Kết luận rà soát"],
        [None, "1: thành thị; 2: nông thôn", "1: nghèo; 2: cận nghèo"],
    )
    assert found == {"head_name": 0, "area_type": 1, "class": 2}


def test_case_punctuation_and_tone_style_do_not_matter():
    found = columns("review_list", ["HỌ VÀ TÊN  CHỦ HỘ", "Thôn (Xóm,TDP)", "Kết quả\nrà soát"])
    assert set(found) == {"head_name", "village_name", "class"}


def test_a_heading_in_parts_over_two_rows():
    found = columns("review_list", ["Họ và tên", "Số", "Kết quả"], ["chủ hộ", "khẩu", "rà soát"])
    assert set(found) == {"head_name", "member_count", "class"}


def test_causes_as_columns_of_marks():
    found = columns(
        "review_list",
        ["Họ và tên chủ hộ", "Kết quả rà soát", "Nguyên nhân nghèo", None, None],
        [None, None, "Thiếu vốn", "Thiếu lao động", "Khác"],
    )
    assert {name for name in found if ":" in name} == {
        "causes:capital", "causes:labour", "causes:other"
    }  # fmt: skip


@pytest.mark.parametrize(
    "numbering",
    [
        [],
        [[str(place) for place in range(1, 11)]],
        [[f"({place})" for place in range(1, 11)]],
        [["A", "B", *(str(place) for place in range(1, 9))]],
        [[None, None, None, "dd/mm/yyyy"], [str(place) for place in range(1, 11)]],
    ],
)
def test_numbering_rows_belong_to_the_header(numbering):
    (table,) = tables([*TITLE, HEADER, *numbering, household(1)])
    assert table.height == 1
    assert table.head_count == len(TITLE) + 1 + len(numbering)


def test_titles_are_what_stands_above():
    (table,) = tables([*TITLE, HEADER, household(1)])
    assert table.titles == tuple(row[0] for row in TITLE)


def test_a_sheet_without_header_keeps_every_row():
    (table,) = tables([["Ghi chú"], ["Mỗi hộ một dòng"]])
    assert (table.header, table.head_count, table.height) == (None, 0, 2)


def test_a_title_that_fits_two_forms_is_decided_by_the_columns():
    # "Phiếu tổng hợp kết quả rà soát" contains a title of form 1
    (table,) = tables([["PHIẾU TỔNG HỢP KẾT QUẢ RÀ SOÁT HỘ NGHÈO"], HEADER, household(1)])
    assert table.header.form == "review_list"


def test_missing_columns_are_named():
    (table,) = tables([["DANH SÁCH HỘ NGHÈO"], HEADER[:-1], household(1)[:-1]])
    assert (table.header.form, table.header.missing) == ("review_list", ("class",))


def test_a_filled_column_that_the_form_does_not_have_is_told():
    header = [*HEADER, "Nghề nghiệp", "Điện thoại", "Ghi chú"]
    rows = [[*household(1), "Làm ruộng", None, "mới"], [*household(2), None, None, None]]
    reading = read(csv_file([*TITLE, header, list(range(1, 14)), *rows]))
    (told,) = (each for each in reading.reasons if "chưa được đọc" in (each.found or ""))
    assert (told.kind, told.row, told.found) == (
        "warning", None, "cột chưa được đọc: “Nghề nghiệp”"
    )  # fmt: skip
    assert reading.outcome == "loaded"
