"""Form 1: communes load, everything above them is counted again."""

import pytest

from pipelines.reading import InboxAnswer
from tests.unit.pipelines.making import csv_file, read, remarks, workbook

HEADER = [
    ["STT", "Đơn vị", "Tổng số hộ dân cư", "Tổng số nhân khẩu", "Kết quả rà soát về hộ", None, None,
     None, "Kết quả rà soát về nhân khẩu"],
    [None, None, None, None, "Hộ nghèo", None, "Hộ cận nghèo", None, "Hộ nghèo", "Hộ cận nghèo"],
    [None, None, None, None, "Số hộ", "Tỷ lệ (%)", "Số hộ", "Tỷ lệ (%)", "Số khẩu", "Số khẩu"],
    ["A", "B", "1", "2", "3", "4=3/1*100", "5", "6=5/1*100", "9", "11"],
]  # fmt: skip
FIRST = 8


def title(sender="UBND HUYỆN Ý YÊN", status="(CHÍNH THỨC) "):
    return [
        ["UBND TỈNH NAM ĐỊNH"],
        [sender],
        [f"TỔNG HỢP KẾT QUẢ {status}RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023"],
    ]


def line(number, unit_name, residents, poor_count, near_count, **changes):
    cells = {
        "number": number, "unit": unit_name, "households": residents, "persons": 3 * residents,
        "poor": poor_count, "poor_rate": None, "near": near_count, "near_rate": None,
        "poor_persons": 2 * poor_count, "near_persons": 3 * near_count,
    }  # fmt: skip
    return list((cells | changes).values())


def form(*rows, **about):
    return read(csv_file([*title(**about), *HEADER, *rows]))


def communes(reading):
    return reading.tables["core_population__unit"]


def test_a_district_over_its_communes():
    reading = form(
        line(None, "Huyện Ý Yên", 3000, 20, 17),
        line(1, "Xã Yên Bình", 1800, 12, 9),
        line(2, "Yên Nhân", 1200, 8, 8),
        line(None, "Tổng cộng", 3000, 20, 17),
    )
    assert (reading.outcome, reading.rows_loaded, reading.unit_code) == ("loaded", 2, "360")
    assert (reading.status, reading.era, reading.period) == ("official", "2020", "2023")
    assert communes(reading)["unit_code"].to_list() == ["13825", "13885"]
    assert communes(reading)["resident_household_count"].to_list() == [1800, 1200]
    assert communes(reading)["near_poor_person_count"].to_list() == [27, 24]
    assert communes(reading)["area_type"].to_list() == ["rural", "rural"]
    assert not reading.reasons


def test_numbers_in_the_vietnamese_manner():
    reading = form(line(1, "Xã Yên Bình", "1.842", 12, 9, persons="5 987"))
    assert communes(reading).row(0, named=True)["resident_household_count"] == 1842
    assert communes(reading).row(0, named=True)["resident_person_count"] == 5987


def test_a_total_that_is_not_the_sum_is_asked():
    reading = form(
        line(1, "Xã Yên Bình", 1800, 12, 9),
        line(2, "Xã Yên Nhân", 1200, 8, 8),
        line(None, "Tổng cộng", 3001, 20, 17, persons=9000),
    )
    assert reading.rows_loaded == 2
    assert remarks(reading, "question") == [(FIRST + 2, "Tổng số hộ dân cư")]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"unit": "Xã Yên Thành Đông"}, "Đơn vị"),
        ({"households": None}, "Tổng số hộ dân cư"),
        ({"poor": "nhiều"}, "Hộ nghèo - Số hộ"),
        ({"near": "12,5"}, "Hộ cận nghèo - Số hộ"),
    ],
)
def test_rows_that_go_back(changes, column):
    reading = form(
        line(1, "Xã Yên Nhân", 1200, 8, 8), line(2, "Xã Yên Bình", 1800, 12, 9, **changes)
    )
    assert (reading.outcome, reading.rows_loaded) == ("partly", 1)
    assert column in {found for _, found in remarks(reading, "rejected")}


def test_the_same_commune_twice_loads_once():
    reading = form(line(1, "Xã Yên Bình", 1800, 12, 9), line(2, "Xã Yên Bình", 1700, 12, 9))
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 1)


def test_a_communes_own_form_has_villages_and_their_total():
    reading = form(
        line(1, "Thôn An Cừ", 1000, 7, 4),
        line(2, "Thôn Đông", 800, 5, 5),
        line(None, "Tổng cộng", 1800, 12, 9),
        sender="UBND XÃ YÊN BÌNH, HUYỆN Ý YÊN",
    )
    assert (reading.rows_loaded, reading.unit_code) == (1, "13825")
    assert communes(reading)["poor_household_count"].to_list() == [12]
    assert not remarks(reading, "question")


def test_a_province_with_homonyms_under_their_districts():
    reading = form(
        line("I", "Huyện Nam Trực", 1000, 5, 5),
        line(1, "Xã Hồng Quang", 1000, 5, 5),
        line("II", "Huyện Nghĩa Hưng", 700, 4, 4),
        line(1, "Xã Nam Điền", 700, 4, 4),
        sender="SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
    )
    assert (reading.rows_loaded, reading.unit_code) == (2, "36")
    assert communes(reading)["unit_code"].to_list() == ["13984", "13963"]
    assert not remarks(reading, "question")


@pytest.mark.parametrize("status", ["", "(SƠ BỘ/CHÍNH THỨC) "])
def test_without_a_status_it_is_asked_or_answered(status):
    rows = [*title(status=status), *HEADER, line(1, "Xã Yên Bình", 1800, 12, 9)]
    asked = read(csv_file(rows))
    assert (asked.status, remarks(asked, "question")) == ("preliminary", [(None, None)])
    answered = read(csv_file(rows), answers=InboxAnswer(status="official"))
    assert (answered.status, remarks(answered, "question")) == ("official", [])


def test_a_list_in_another_sheet_is_told():
    rows = [*title(), *HEADER, line(1, "Xã Yên Bình", 1800, 12, 9)]
    rows += [line(2, "Xã Yên Nhân", 1200, 8, 8)]
    people = [["STT", "Họ và tên chủ hộ", "Kết quả rà soát"], [1, "Chủ hộ A", "Hộ nghèo"]]
    reading = read(workbook({"Bieu 01": rows, "DS": people}), "bieu.xlsx")
    assert (reading.form, reading.rows_loaded) == ("summary", 2)
    assert [reason.sheet for reason in reading.reasons] == ["DS"]
