from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from charts import numbers


@pytest.mark.parametrize(
    ("value", "decimals", "vi", "en"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (6131, 0, "6.131", "6,131"),
        (-910, 0, "−910", "−910"),
        (None, 0, "–", "–"),
        (2.5, 0, "3", "3"),  # half up, not to the even number
    ],
)
def test_numbers_in_both_languages(value, decimals, vi, en):
    assert numbers.number(value, "vi", decimals) == vi
    assert numbers.number(value, "en", decimals) == en


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.95, "0,95 %"),
        (0.945, "0,95 %"),  # half up from the decimal as written
        (9.994, "9,99 %"),
        (9.995, "10,0 %"),  # two decimals would show 10,00: one from 10 on
        (12.45, "12,5 %"),
        (0, "0,00 %"),
    ],
)
def test_rates_have_two_decimals_under_ten(value, text):
    assert numbers.rate(value, "vi") == text


def test_rate_and_number_stand_together():
    assert numbers.rate_and_number(0.95, 6131, "household", "vi") == "0,95 % = 6.131 hộ"
    assert numbers.rate_and_number(0.0, 1, "person", "en") == "0.00% = 1 person"


def test_what_a_form_only_counts_is_a_whole_number():
    assert numbers.amount(1768, "count", "vi") == "1.768"


def test_a_change_of_a_rate_is_in_points():
    assert numbers.signed(-0.14, "pct", "vi") == "−0,14 điểm %"
    assert numbers.signed(12.5, "points", "vi") == "+12,50 điểm %"
    assert numbers.signed(-910, "household", "vi") == "−910 hộ"


@pytest.mark.parametrize(
    ("code", "vi", "en", "end"),
    [
        ("2024", "2024", "2024", 2025.0),
        ("2025-H1", "6 tháng đầu năm 2025", "first half of 2025", 2025.5),
        ("2025-Q3", "quý III/2025", "Q3/2025", 2025.75),
        ("2025-06", "tháng 6/2025", "June 2025", 2025.5),
    ],
)
def test_periods(code, vi, en, end):
    assert numbers.period(code, "vi") == vi
    assert numbers.period(code, "en") == en
    assert numbers.period_end(code) == end


def test_what_is_not_a_period_is_an_error():
    with pytest.raises(ValueError, match="2025-13"):
        numbers.period("2025-13", "vi")


def test_dates_and_local_time():
    assert numbers.day(date(2025, 3, 5)) == "05/03/2025"
    assert numbers.moment(datetime(2025, 3, 5, 20, 0, tzinfo=UTC)) == "06/03/2025 03:00"


def test_vietnamese_order_of_names():
    names = ["Xã Ý Yên", "Xã Đông A", "Xã Dân", "Xã Ăn", "Xã An", "Xã Âu", "Trực Hưng", "Trực Hùng"]
    assert sorted(names, key=numbers.sort_key) == [
        "Trực Hùng",  # u before ư
        "Trực Hưng",
        "Xã An",
        "Xã Ăn",
        "Xã Âu",
        "Xã Dân",
        "Xã Đông A",
        "Xã Ý Yên",
    ]


@given(
    st.decimals(-(10**12), 10**12, places=4, allow_nan=False),
    st.sampled_from(["vi", "en"]),
    st.integers(0, 3),
)
def test_numbers_are_written_as_unicode_says_for_the_language(value, language, decimals):
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    expected = format_decimal(rounded, format=pattern, locale=language).replace("-", "−")
    assert numbers.number(value, language, decimals) == expected
