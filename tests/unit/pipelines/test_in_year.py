"""Monthly in-year decisions, and communes that report that nothing happened."""

from datetime import date

import pytest

from tests.unit.pipelines.making import csv_file, read, remarks

TITLES = [
    ["UBND TỈNH NINH BÌNH"],
    [
        "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC CÔNG NHẬN (RÀ SOÁT THƯỜNG XUYÊN TRONG NĂM) THÁNG 8/2025"
    ],
]
HEADER = [
    ["STT", "Xã, phường, thị trấn", "Họ và tên chủ hộ", "Năm sinh", "Số CCCD", "Số khẩu",
     "Phân loại hộ", None, "Diện", "Quyết định công nhận", None],
    [None, None, None, None, None, None, "Trước rà soát", "Sau rà soát", None, "Số", "Ngày"],
]  # fmt: skip
FIRST = 5
DECISION = ["35/QĐ-UBND", "20/08/2025"]


def change(number, before="Hộ không nghèo", after="Hộ nghèo", entry="Phát sinh mới",
           decision=DECISION):  # fmt: skip
    head = [number, "Phường Hồng Quang", f"Chủ hộ {number}", "1961", f"036061{number:06d}", 3]
    return [*head, before, after, entry, *decision]


def months(*rows, titles=TITLES, header=HEADER):
    return read(csv_file([*titles, *header, *rows]))


def loaded(reading):
    return reading.tables["core_in_year__change"]


def test_a_decision_and_a_commune_without_any():
    reading = months(change(1), [2, "Xã Nam Trực", "Không phát sinh"])
    new, idle = loaded(reading).iter_rows(named=True)
    assert (reading.form, reading.outcome, reading.rows_loaded) == ("in_year", "loaded", 2)
    assert (reading.era, reading.unit_code, reading.period) == ("2025", "36", "2025-08")
    assert reading.status == "official"
    assert (new["unit_code"], new["change_kind"], new["entry_kind"]) == ("13984", "changed", "new")
    assert (new["class_before_code"], new["class_code"]) == ("none", "poor")
    assert (new["decision_number"], new["decision_date"]) == ("35/QĐ-UBND", date(2025, 8, 20))
    assert (new["personal_birth"], new["standard_id"]) == ("1961", "2022-2026")
    assert (idle["change_kind"], idle["class_code"]) == ("no_change", None)
    assert idle["personal_name"] is None
    assert not reading.reasons


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (change(1, after=None), "Phân loại hộ - Sau rà soát"),
        (change(1, after="Thoát nghèo"), "Phân loại hộ - Sau rà soát"),
        (change(1, decision=["35/QĐ-UBND", None]), "Quyết định công nhận - Ngày"),
        (change(1, decision=["35/QĐ-UBND", "20/08/2028"]), "Quyết định công nhận - Ngày"),
    ],
)
def test_rows_that_go_back(row, column):
    reading = months(row, change(2))
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 1)
    assert remarks(reading, "rejected") == [(FIRST, column)]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (change(1, before="Hộ nghèo"), "Phân loại hộ - Sau rà soát"),
        (change(1, decision=["35/QĐ-UBND", "20/07/2025"]), "Quyết định công nhận - Ngày"),
        (change(1, decision=[None, "20/08/2025"]), "Quyết định công nhận - Số"),
        (change(1, entry="abc"), "Diện"),
    ],
)
def test_rows_that_load_with_a_question(row, column):
    reading = months(row)
    assert reading.rows_loaded == 1
    assert remarks(reading, "question") == [(FIRST, column)]


@pytest.mark.parametrize(
    ("words", "classes"),
    [
        ("Công nhận hộ nghèo", (None, "poor")),
        ("Công nhận hộ cận nghèo", (None, "near_poor")),
        ("Thoát nghèo (trở thành hộ cận nghèo)", ("poor", "near_poor")),
        ("Hộ cận nghèo trở thành hộ nghèo", ("near_poor", "poor")),
        ("Thoát nghèo", None),
    ],
)
def test_classes_in_the_words_of_a_decision(words, classes):
    header = [["STT", "Họ và tên chủ hộ", "Số CCCD", "Nội dung biến động", "Số quyết định",
               "Ngày quyết định"]]  # fmt: skip
    titles = [["UBND XÃ NAM TRỰC"], ["DANH SÁCH BIẾN ĐỘNG HỘ NGHÈO THÁNG 8 NĂM 2025"]]
    reading = months([1, "Chủ hộ A", "036061000001", words, *DECISION],
                     titles=titles, header=header)  # fmt: skip
    if classes is None:
        assert (reading.outcome, reading.rows_rejected) == ("refused", 1)
    else:
        row = loaded(reading).row(0, named=True)
        assert (row["class_before_code"], row["class_code"]) == classes


def test_a_yearly_title_leaves_the_month_open():
    titles = [["UBND XÃ NAM TRỰC"], ["DANH SÁCH BIẾN ĐỘNG HỘ NGHÈO NĂM 2025"]]
    reading = months(change(1, decision=["1/QĐ-UBND", None]), titles=titles)
    assert (reading.outcome, reading.reasons[0].kind) == ("refused", "question")


def test_the_dates_of_the_decisions_tell_the_month():
    titles = [["UBND XÃ NAM TRỰC"], ["DANH SÁCH BIẾN ĐỘNG HỘ NGHÈO"]]
    assert months(change(1), titles=titles).period == "2025-08"
