"""Review lists: what loads, what is asked, what goes back; the arithmetic by hand."""

import pytest

from tests.unit.pipelines.making import (
    HEADER,
    TITLE,
    csv_file,
    household,
    households,
    read,
    remarks,
    workbook,
)

FIRST = len(TITLE) + 2
"""Row of the first household: four title rows and the header stand above."""


def loaded(reading):
    return reading.tables["core_review__household"]


def test_a_clean_row_becomes_one_household():
    reading = households(household(1))
    row = loaded(reading).row(0, named=True)
    assert (reading.outcome, reading.rows_read, reading.rows_loaded) == ("loaded", 6, 1)
    assert (row["sheet"], row["row"]) == ("csv", FIRST)
    assert (row["era"], row["unit_code"], row["period"]) == ("2020", "13825", "2023")
    assert (row["status"], row["decision_number"]) == ("official", "125/QĐ-UBND")
    assert (row["class_code"], row["b1_points"], row["b2_points"]) == ("poor", 120.0, 40)
    assert (row["area_type"], row["member_count"], row["head_sex"]) == ("rural", 3, "male")
    assert row["head_age_band"] == "60_79"  # 2023 - 1961 = 62
    assert row["personal_birth"] == "1961-02-08"
    assert row["personal_identity_number"] == "036061000001"
    assert row["deprivation_water"] is None
    assert row["causes"] is None
    assert not reading.reasons


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"class": None}, "Kết quả rà soát"),
        ({"class": "Hộ thoát nghèo"}, "Kết quả rà soát"),
        ({"class": "đang xét"}, "Kết quả rà soát"),
        ({"b2": 45}, "Điểm B2"),
        ({"b2": 130}, "Điểm B2"),
        ({"b2": "x"}, "Điểm B2"),
        ({"b1": -5}, "Điểm B1"),
        ({"b1": "1O5"}, "Điểm B1"),
        ({"birth": "31/02/1960"}, "Ngày, tháng, năm sinh"),
        ({"name": None, "identity": None}, "Họ và tên chủ hộ"),
    ],
)
def test_rows_that_go_back(changes, column):
    reading = households(household(1), household(2, **changes))
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("partly", 1, 1)
    assert remarks(reading, "rejected") == [(FIRST + 1, column)]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"b1": None}, "Điểm B1"),
        ({"b1": "--"}, "Điểm B1"),
        ({"b2": None}, "Điểm B2"),
        ({"birth": "8/2/61"}, "Ngày, tháng, năm sinh"),
        ({"identity": "12345"}, "Số CCCD"),
        ({"identity": "036161000002"}, "Số CCCD"),
        ({"members": None}, "Số khẩu"),
        ({"members": "ba"}, "Số khẩu"),
        ({"sex": "1"}, "Giới tính"),
        ({"class": "Hộ cận nghèo"}, "Kết quả rà soát"),
        ({"b2": 20}, "Kết quả rà soát"),
        ({"b1": 141}, "Kết quả rà soát"),
    ],
)
def test_rows_that_load_with_a_question(changes, column):
    reading = households(household(1), household(2, **changes))
    assert (reading.outcome, reading.rows_loaded) == ("loaded", 2)
    assert remarks(reading, "question") == [(FIRST + 1, column)]


def test_the_shape_of_a_personal_cell_is_told_and_never_its_value():
    reading = households(household(1, identity="12345", birth="8/2/61", sex="Nguyễn"))
    assert {reason.found for reason in reading.reasons} == {
        "5 chữ số", "dạng #/#/##", "6 ký tự, có chữ cái"
    }  # fmt: skip


def test_a_row_typed_one_column_too_far_tells_no_name_and_no_number():
    row = [1, None, *household(1)[1:-1]]
    reading = households(household(2), [*row[:9], "Trần Thị Bình"])
    told = " ".join(str(reason.found) for reason in reading.reasons)
    assert reading.rows_rejected == 1
    assert "Trần" not in told
    assert "036061" not in told


def test_a_decision_written_once_is_that_of_every_row():
    header = [*HEADER, "Số quyết định", "Ngày quyết định", "Xã, phường cũ"]
    rows = [
        [*household(1), "125/QĐ-UBND", "08/12/2023", None],
        [*household(2), None, None, None],
        [*household(3), None, None, None],
    ]
    title = [["UBND XÃ YÊN BÌNH, HUYỆN Ý YÊN"], ["DANH SÁCH HỘ NGHÈO NĂM 2023"]]
    reading = read(csv_file([*title, header, *rows]))
    assert loaded(reading)["decision_number"].to_list() == ["125/QĐ-UBND"] * 3
    assert reading.status == "official"


def test_a_cut_itself_passes():
    # rural: B1 <= 140 and B2 >= 30 is poor, B2 < 30 (0 too) is near-poor
    reading = households(
        household(1, b1=140, b2=30),
        household(2, b1=140, b2=0, **{"class": "Hộ cận nghèo"}),
        household(3, b1=140.5, b2=30, **{"class": "Hộ không nghèo"}),
    )
    assert not reading.reasons


def test_a_column_of_counts_is_points_times_ten():
    reading = households(household(1, b2=4), household(2, b2=10), household(3, b2=3))
    assert loaded(reading)["b2_points"].to_list() == [40, 100, 30]
    assert not reading.reasons


def test_a_count_among_points_is_asked():
    reading = households(household(1, b2=50), household(2, b2=4), household(3, b2=30))
    assert loaded(reading)["b2_points"].to_list() == [50, 40, 30]
    assert remarks(reading, "question") == [(FIRST + 1, "Điểm B2")]


def test_the_same_number_with_two_heads_loads_both_with_a_question():
    reading = households(household(1), household(2, identity="036061000001"))
    assert reading.rows_loaded == 2
    assert remarks(reading, "question") == [(FIRST, "Số CCCD"), (FIRST + 1, "Số CCCD")]


def test_a_repeated_row_goes_back():
    reading = households(household(1), household(2), [9, *household(1)[1:]])
    assert (reading.rows_loaded, reading.rows_rejected) == (2, 1)
    assert remarks(reading, "rejected") == [(FIRST + 2, "Số CCCD")]


def test_namesakes_without_number_both_load():
    reading = households(
        household(1, name="Chủ hộ A", identity=None, birth="1961"),
        household(2, name="Chủ hộ A", identity=None, birth="1961", village="Thôn Khác"),
    )
    assert reading.rows_loaded == 2


def test_rows_between_the_data_are_no_data():
    reading = households(
        [None, None, "Thôn An Cừ"],
        household(1),
        household(2),
        [None, None, "Cộng thôn An Cừ: 2 hộ", None, None, None, 6],
        ["II", None, "HỘ CẬN NGHÈO"],
        HEADER,
        household(3),
        [None, None, "Tổng cộng: 3 hộ", None, None, None, 9],
        [4],
        [None, None, None, None, None, None, None, "Yên Bình, ngày 08 tháng 12 năm 2023"],
        [None, None, "NGƯỜI LẬP BIỂU", None, None, None, "TM. ỦY BAN NHÂN DÂN"],
        [None, None, "Nguyễn Văn A", None, None, None, "Trần Văn B"],
    )
    assert (reading.outcome, reading.rows_loaded) == ("loaded", 3)
    assert not remarks(reading, "question")


def test_a_wrong_subtotal_is_asked():
    reading = households(
        household(1), household(2), [None, None, "Cộng: 3 hộ", None, None, None, 7]
    )
    assert reading.rows_loaded == 2
    assert remarks(reading, "question") == [(FIRST + 2, None), (FIRST + 2, "Số khẩu")]


def test_the_village_comes_from_the_heading_above():
    reading = households(
        ["I", None, "Thôn Đông: 1 hộ"], household(1, village=None),
        [None, "Thôn Đoài"], household(2, village=None),
    )  # fmt: skip
    assert loaded(reading)["village_name"].to_list() == ["Thôn Đông", "Thôn Đoài"]


def test_a_numbered_village_heading_is_no_household():
    reading = households(
        [1, None, "Xóm Đông"], household(1, village=None), household(2, village=None),
        [2, None, "Thôn 5"], household(3, village=None),
    )  # fmt: skip
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("loaded", 3, 0)
    assert loaded(reading)["village_name"].to_list() == ["Xóm Đông", "Xóm Đông", "Thôn 5"]
    assert [row for row, _ in remarks(reading, "warning")] == [FIRST, FIRST + 3]


@pytest.mark.parametrize(
    ("heading", "code", "class_code"),
    [
        ("Kết luận (1: Nghèo; 2: Cận nghèo; 3: Không nghèo)", "3", "none"),
        ("Kết luận (1 - Cận nghèo, 2 - Nghèo, 3 - Không nghèo)", "1", "near_poor"),
        ("Kết luận (0. Không nghèo 1. Cận nghèo 2. Nghèo)", 2, "poor"),
        ("Kết luận (1: Nghèo; 2: Cận nghèo; 3: Không nghèo)", "2", "near_poor"),
        ("Kết luận (1: Nghèo; 2: Cận nghèo; 3: Không nghèo)", "Hộ nghèo", "poor"),
        ("Kết luận", "1", "poor"),
    ],
)
def test_a_header_that_explains_its_codes_is_believed(heading, code, class_code):
    rows = [[*household(1, b1=None, b2=None)[:-1], code]]
    reading = read(csv_file([*TITLE, [*HEADER[:-1], heading], *rows]))
    assert loaded(reading)["class_code"].to_list() == [class_code]


def test_codes_of_the_area_are_those_of_the_header_above():
    header = [[*HEADER, "Khu vực"], [*[None] * len(HEADER), "1: nông thôn; 2: thành thị"]]
    reading = read(csv_file([*TITLE, *header, [*household(1), "1"], [*household(2), "2"]]))
    assert loaded(reading)["area_type"].to_list() == ["rural", "urban"]


def test_a_code_without_a_class_stays_a_question_under_the_legend_of_the_form():
    heading = "Kết luận (1: nghèo; 2: cận nghèo; 3: thoát nghèo)"
    rows = [household(1), [*household(2)[:-1], "3"]]
    reading = read(csv_file([*TITLE, [*HEADER[:-1], heading], *rows]))
    (told,) = (each for each in reading.reasons if each.kind == "rejected")
    assert (told.row, told.found) == (FIRST + 1, "3")
    assert "Mã 3" in told.todo


def test_merged_village_cells_stand_for_the_rows_below():
    reading = households(
        household(1, village="Thôn Đông"), household(2, village=None),
        household(3, village=None), household(4, village="Thôn Đoài"), household(5, village=None),
    )  # fmt: skip
    assert loaded(reading)["village_name"].to_list() == 3 * ["Thôn Đông"] + 2 * ["Thôn Đoài"]


def test_one_sheet_a_village():
    rows = [[None, None, *household(n)[2:]] for n in (1, 2)]
    content = workbook(
        {
            "Hướng dẫn": [["Ghi mỗi hộ một dòng."]],
            "Xóm 1": [*TITLE, HEADER, rows[0]],
            "Xóm 2": [*TITLE, HEADER, rows[1]],
        }
    )
    reading = read(content, "ds.xlsx")
    assert loaded(reading)["village_name"].to_list() == ["Xóm 1", "Xóm 2"]
    assert reading.rows_not_data == 11  # one instruction, twice four titles and a header


def test_twelve_marks_give_deprivations_and_are_compared_with_b2():
    header = [*HEADER[:-1], "Việc làm", "Nguồn nước", "Nhà tiêu", "Kết quả rà soát"]
    rows = [
        [*household(1, b2=20)[:-1], "x", None, "X", "Hộ cận nghèo"],
        [*household(2, b2=20)[:-1], None, None, None, "Hộ cận nghèo"],
    ]
    reading = read(csv_file([*TITLE, header, *rows]))
    assert loaded(reading)["deprivation_employment"].to_list() == [True, False]
    assert loaded(reading)["deprivation_water"].to_list() == [False, False]
    assert loaded(reading)["deprivation_nutrition"].to_list() == [None, None]


def test_class_marked_in_columns_of_its_own():
    header = [*HEADER[:-1], "Hộ nghèo", "Hộ cận nghèo"]
    rows = [
        [*household(1)[:-1], "x", None],
        [*household(2, b2=10)[:-1], None, "x"],
        [*household(3)[:-1], "x", "x"],
    ]
    reading = read(csv_file([*TITLE, header, *rows]))
    assert loaded(reading)["class_code"].to_list() == ["poor", "near_poor"]
    assert reading.rows_rejected == 1


def test_two_columns_for_the_conclusion_are_asked_not_guessed():
    header = [*HEADER[:-1], "Kết quả rà soát năm 2022", "Kết quả rà soát năm 2023"]
    reading = read(csv_file([*TITLE, header, [*household(1), "Hộ nghèo"]]))
    assert (reading.outcome, reading.rows_loaded) == ("refused", 0)
    assert "hai cột" in str(reading.reasons[0].found)


def test_a_second_table_with_other_columns_is_read_by_its_own_header():
    second = ["STT", "Họ và tên chủ hộ", "Kết quả rà soát", "Số CCCD"]
    reading = households(household(1), second, [1, "Chủ hộ 002", "Hộ nghèo", "036061000002"])
    assert loaded(reading)["personal_name"].to_list() == ["Chủ hộ 001", "Chủ hộ 002"]
    assert loaded(reading)["b1_points"].to_list() == [120.0, None]


def test_rows_of_a_sheet_without_header_go_back():
    content = workbook({"DS": [*TITLE, HEADER, household(1)], "Tiếp": [household(2)]})
    reading = read(content, "ds.xlsx")
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 1)


def test_blank_lines_of_a_template_are_no_data():
    reading = households(household(1), [2], [3, "Thôn An Cừ"])
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("loaded", 1, 0)


def test_a_list_without_any_household_is_refused_with_a_question():
    reading = households()
    assert reading.outcome == "refused"
    assert reading.reasons[0].kind == "question"
