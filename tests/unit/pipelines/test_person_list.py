"""Detailed lists (forms 14 and 15): one row a person, each under the head of the household."""

import pytest

from tests.unit.pipelines.making import csv_file, read, remarks

HEADER = [
    ["Số thứ tự", None, "Họ và tên", "Năm sinh", None, "Dân tộc", "Quan hệ với chủ hộ",
     "Người có công", "Không có khả năng lao động", "Nhu cầu hỗ trợ", None, "Có thẻ BHYT"],
    ["Chủ hộ", "Thành viên", None, "Nam", "Nữ", None, None, None, None, "Y tế", "Nhà ở", None],
]  # fmt: skip
FIRST = 6
"""Row of the first person: three title rows and two header rows stand above."""


def persons(*rows, title="DANH SÁCH CHI TIẾT HỘ NGHÈO NĂM 2023"):
    titles = [["UBND HUYỆN Ý YÊN"], ["UBND XÃ YÊN BÌNH"], [title]]
    return read(csv_file([*titles, *HEADER, *rows]))


def loaded(reading):
    return reading.tables["core_review__person"]


HEAD = [1, 1, "Chủ hộ A", "1980", None, "Kinh", "Chủ hộ", "x", None, None, "x"]
CHILD = [None, 2, "Thành viên B", None, "2014", "Kinh", "Con", None, None, None, None, "Không"]


def test_members_follow_their_head():
    reading = persons([None, None, "Thôn An Cừ"], HEAD, CHILD)
    head, child = loaded(reading).iter_rows(named=True)
    assert (reading.form, reading.outcome, reading.rows_loaded) == ("person_list", "loaded", 2)
    assert (head["head_number"], head["member_number"]) == (1, 1)
    assert (child["head_number"], child["member_number"]) == (1, 2)
    assert (head["sex"], child["sex"]) == ("male", "female")
    assert (head["age_band"], child["age_band"]) == ("31_59", "6_15")  # 43 and 9 in 2023
    assert (head["relation"], child["relation"]) == ("chủ hộ", "con")
    assert (child["personal_head_name"], child["personal_head_birth"]) == ("Chủ hộ A", "1980")
    assert child["village_name"] == "Thôn An Cừ"
    assert (head["has_merit"], child["has_merit"]) == (True, False)
    assert (head["has_health_insurance"], child["has_health_insurance"]) == (None, False)
    assert head["is_undernourished"] is None
    assert (head["support_needs"], child["support_needs"]) == (["housing"], [])
    assert head["class_code"] == "poor"


def test_form_14_lists_the_near_poor():
    reading = persons(HEAD, title="DANH SÁCH CHI TIẾT HỘ CẬN NGHÈO NĂM 2023")
    assert loaded(reading)["class_code"].to_list() == ["near_poor"]


def test_a_title_for_both_classes_sends_every_row_back():
    reading = persons(HEAD, title="DANH SÁCH CHI TIẾT HỘ NGHÈO VÀ HỘ CẬN NGHÈO NĂM 2023")
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("refused", 0, 1)


@pytest.mark.parametrize(
    "row", [CHILD, [1, 1, None, "1980", None, "Kinh", "Chủ hộ"], [*HEAD[:3], "30/02/1980"]]
)
def test_rows_that_go_back(row):
    reading = persons(row, HEAD)
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("partly", 1, 1)
    assert remarks(reading, "rejected")[0][0] == FIRST


def test_a_birth_in_both_columns_is_asked():
    reading = persons([*HEAD[:4], "1980", *HEAD[5:]])
    assert loaded(reading)["sex"].to_list() == [None]
    assert remarks(reading, "question") == [(FIRST, "Năm sinh - Nam")]


def test_a_head_with_another_relation_is_asked():
    reading = persons([*HEAD[:6], "Con", *HEAD[7:]])
    assert remarks(reading, "question") == [(FIRST, "Quan hệ với chủ hộ")]


def test_how_a_household_came_onto_the_list_is_one_mark_of_three():
    kinds = ["Hộ nghèo mới", "Hộ tái nghèo", "Hộ nghèo cũ"]
    header = [["Số thứ tự", None, "Họ và tên", "Năm sinh", None, "Phân loại hộ", None, None],
              ["Chủ hộ", "Thành viên", None, "Nam", "Nữ", *kinds]]  # fmt: skip
    titles = [["UBND HUYỆN Ý YÊN"], ["UBND XÃ YÊN BÌNH"], ["DANH SÁCH CHI TIẾT HỘ NGHÈO NĂM 2023"]]
    marks = [
        ("x", None, None),
        (None, "x", None),
        (None, None, "x"),
        (None, None, None),
        ("x", None, "x"),
        (None, "?", None),
    ]
    rows = [[n, 1, f"Chủ hộ {n}", "1980", None, *marked] for n, marked in enumerate(marks, start=1)]
    reading = read(csv_file([*titles, *header, *rows]))
    kept = loaded(reading)["entry_kind"].to_list()
    assert kept == ["new", "relapse", "former", None, None, None]
    asked = [(each.kind, each.row, each.column) for each in reading.reasons if each.row > FIRST + 3]
    assert [each[:2] for each in asked] == [("question", FIRST + 4), ("question", FIRST + 5)]
