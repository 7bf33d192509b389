"""Numbers and dates as Vietnamese officials write them."""

from datetime import date

import pytest

from measures.comparison import change
from reports.header_cells import Block, header_blocks
from reports.sentences import change_words
from reports.vietnamese import figure, long_day, number, period, rate


def test_numbers_have_dots_commas_and_round_half_up():
    assert number(1234567) == "1.234.567"
    assert number(1234.565, 2) == "1.234,57"
    assert rate(0.945) == "0,95%"
    assert number(-3) == "−3"


def test_zero_missing_and_no_case_read_differently():
    assert figure(0, "zero", "household") == "0 hộ"
    assert figure(None, "no_data", "household") == "không đủ dữ liệu"
    assert figure(None, "no_case", "pct") == "không phát sinh"


def test_a_share_has_three_decimals_and_so_has_its_change():
    row = {"unit": "share", "value": 0.3262, "units_reported": 1, "units_expected": 1,
           "standard_id": "2022-2026"}  # fmt: skip
    assert figure(row["value"], "ok", "share") == "0,326"
    assert change_words(change(row, row | {"value": 0.3235})) == "giảm 0,002"
    assert change_words(change(row, row | {"value": 0.3264})) == "không thay đổi"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 3, 5), "ngày 05 tháng 3 năm 2026"),
        (date(2026, 2, 15), "ngày 15 tháng 02 năm 2026"),
        (date(2026, 11, 24), "ngày 24 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_zero(day, text):
    assert long_day(day) == text


def test_periods_in_words():
    said = [period(code) for code in ("2024", "2025-H1", "2025-H2", "2025-Q3", "2026-08")]
    assert said == [
        "năm 2024",
        "6 tháng đầu năm 2025",
        "6 tháng cuối năm 2025",
        "quý III/2025",
        "tháng 8/2026",
    ]


def test_neighbours_share_a_header_cell_and_short_paths_reach_down():
    blocks = header_blocks([("STT",), ("Hộ", "Số"), ("Hộ", "Tỷ lệ")], 2)
    assert blocks == [
        Block("STT", 0, 0, 1, 0),
        Block("Hộ", 0, 1, 0, 2),
        Block("Số", 1, 1, 1, 1),
        Block("Tỷ lệ", 1, 2, 1, 2),
    ]
