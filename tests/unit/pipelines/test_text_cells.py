"""Numbers, dates and identity numbers in the shapes of domain.md section 9. No number is real."""

import datetime as dt
import re

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.dates import date_of, read_birth_by_sex, read_date
from pipelines.identity_number import contradiction, identity_of, read_identity_number, shape
from pipelines.numbers import (
    decimal_number,
    read_decimal_number,
    read_whole_number,
    whole_number,
)
from pipelines.text import collapse_spaces

QUICK = settings(max_examples=60, deadline=None)
FIRST, TODAY = dt.date(1900, 1, 1), dt.date(2026, 9, 15)
days = st.dates(min_value=dt.date(1905, 1, 1), max_value=TODAY)


def read(cell):
    return date_of(cell, earliest=FIRST, latest=TODAY)


def grouped(number, separator):
    return f"{number:,}".replace(",", separator)


@given(st.integers(min_value=0, max_value=10**12))
@QUICK
def test_a_count_is_read_with_points_spaces_and_a_zero_fraction(number):
    for separator in (".", " ", "\u00a0", "\u202f"):
        assert read_whole_number(f" {grouped(number, separator)}\u00a0") == (number, None)
    assert read_whole_number(f"{number},0") == (number, None)
    assert read_whole_number(f"{number}.0") == (number, None)


@given(st.decimals(min_value=0, max_value=10**6, places=1))
@QUICK
def test_a_score_is_read_with_comma_or_point(score):
    whole, _, fraction = f"{score}".partition(".")
    for text in (f"{whole},{fraction}", f"{whole}.{fraction}", f"{int(whole):,}.{fraction}"):
        assert read_decimal_number(text) == (float(score), None)
    vietnamese = f"{grouped(int(whole), '.')},{fraction}"
    assert read_decimal_number(vietnamese) == (float(score), None)


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("1.842", 1842, None),
        ("1,842", None, "ambiguous"),
        ("12,5", None, "not_whole"),
        ("1.84", None, "not_whole"),
        ("-5", None, "negative"),
        ("x", None, "not_a_number"),
        ("1O5", None, "not_a_number"),
        ("12 3", None, "not_a_number"),
        ("05", 5, None),
        ("--", None, None),
        (" \u00a0", None, None),
        (None, None, None),
        ("1.842.0", None, "not_a_number"),
    ],
)
def test_counts(cell, value, problem):
    assert read_whole_number(cell) == (value, problem)


@pytest.mark.parametrize(
    ("cell", "value", "problem"),
    [
        ("140,5", 140.5, None),
        ("140.5", 140.5, None),
        ("60,0", 60, None),
        ("1.234,5", 1234.5, None),
        ("1 842", 1842, None),
        ("0.125", 0.125, None),
        ("1.842", None, "ambiguous"),
        ("-5", -5, None),
        ("1O5", None, "not_a_number"),
        ("2,5%", None, "not_a_number"),
        ("-", None, None),
        ("", None, None),
    ],
)
def test_scores(cell, value, problem):
    assert read_decimal_number(cell) == (value, problem)


@given(st.text(max_size=12))
@QUICK
def test_any_text_is_read_flagged_or_blank(text):
    for reader in (read_whole_number, read_decimal_number):
        value, problem = reader(text)
        assert value is None or problem is None
        # a cell of dashes, spaces and invisible characters only is a blank one
        assert value is not None or problem is not None or not collapse_spaces(text).strip(" -–—−")


def test_an_invisible_character_alone_is_a_blank_cell():
    assert read_whole_number("\xad") == read_decimal_number("\u200b") == (None, None)


def test_number_columns_are_structs():
    rows = pl.DataFrame({"a": ["1.842", None, "x"]})
    found = rows.select(
        whole_number(pl.col("a")).alias("count"), decimal_number(pl.col("a")).alias("score")
    )
    assert found["count"].struct.field("value").to_list() == [1842, None, None]
    assert found["score"].struct.field("problem").to_list() == ["ambiguous", None, "not_a_number"]
    assert rows.clear().select(whole_number(pl.col("a"))).height == 0


@given(days)
@QUICK
def test_a_day_is_read_in_all_its_shapes(day):
    serial = (day - dt.date(1899, 12, 30)).days
    shapes = [
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d-%m-%Y}",
        f" {day:%d.%m.%Y}\u00a0",
        f"{day.isoformat()}",
        f"{day.isoformat()} 00:00:00",
        f"ngày {day.day} tháng {day.month} năm {day.year}",
    ]
    shapes += [str(serial)] if serial > 2_100 else []
    for text in shapes:
        assert read(text) == (day, day.year, "day", None)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("31/02/1960", "impossible_date"),
        ("05/13/1960", "impossible_date"),
        ("29/02/2023", "impossible_date"),
        ("13/1960", "impossible_date"),
        ("5/3/60", "two_digit_year"),
        ("16/09/2026", "out_of_range"),
        ("2027", "out_of_range"),
        ("99999", "out_of_range"),
        ("không nhớ", "not_a_date"),
        ("196", "not_a_date"),
    ],
)
def test_what_is_no_date_is_flagged_and_not_read(cell, problem):
    assert read(cell) == (None, None, None, problem)


@pytest.mark.parametrize("cell", [None, "", "--", " "])
def test_a_blank_date_is_no_problem(cell):
    assert read(cell) == (None, None, None, None)


def test_a_year_or_a_month_is_kept_as_such():
    assert read("1960") == (None, 1960, "year", None)
    assert read("03/1960") == (None, 1960, "month", None)


def test_the_column_that_holds_the_birth_tells_the_sex():
    rows = pl.DataFrame(
        {"nam": ["1960", None, "1957", "--"], "nữ": [None, "05/03/1961", "1957", ""]}
    )
    bounds = {"earliest": FIRST, "latest": TODAY}
    found = rows.select(read_birth_by_sex(pl.col("nam"), pl.col("nữ"), **bounds).alias("b"))
    born = found["b"].struct.unnest()
    assert born["sex"].to_list() == ["male", "female", None, None]
    assert born["year"].to_list() == [1960, 1961, None, None]
    assert born["problem"].to_list() == [None, None, "both_columns", None]
    dates = rows.select(read_date(pl.col("nữ"), **bounds).alias("d"))["d"].struct.unnest()
    assert dates["date"].to_list() == [None, dt.date(1961, 3, 5), None, None]


def test_lost_zeros_are_put_back_where_only_one_number_can_be_meant():
    assert identity_of("36061901101") == ("036061901101", "cccd", True, None)
    assert identity_of("1203004567") == ("001203004567", "cccd", True, None)
    assert identity_of("0360619011").problem == "wrong_length"


@pytest.mark.parametrize(
    ("cell", "number", "problem"),
    [
        ("036061901101", "036061901101", None),
        (" 036 061.901-101\u00a0", "036061901101", None),
        ("168123456", "168123456", None),
        ("099061901101", None, "unknown_province"),
        ("97061901101", None, "wrong_length"),
        ("12345678", None, "wrong_length"),
        ("03606190110A", None, "not_digits"),
        ("000000000000", None, "dummy"),
        ("111111111", None, "dummy"),
        ("", None, None),
        (None, None, None),
    ],
)
def test_identity_numbers(cell, number, problem):
    found = identity_of(cell)
    assert (found.number, found.problem) == (number, problem)


def test_the_unassigned_prefix_is_accepted_only_when_asked():
    assert identity_of("099061901101", also_prefixes=["099"]).problem is None
    assert identity_of("99061901101", also_prefixes=["099"]).number == "099061901101"


def test_century_sex_and_year_are_held_against_the_row():
    # 036 | 0: nam, thế kỷ 20 | 61: sinh 1961; 036 | 3: nữ, thế kỷ 21 | 05: sinh 2005
    assert contradiction(identity_of("036061901101"), "male", 1961) is None
    assert contradiction(identity_of("036061901101"), "female", 1961) == "sex_differs"
    assert contradiction(identity_of("036305901101"), "female", 2005) is None
    assert contradiction(identity_of("036305901101"), None, 1905) == "birth_year_differs"
    assert contradiction(identity_of("168123456"), "male", 1961) is None


def test_identity_columns_with_and_without_sex():
    rows = pl.DataFrame(
        {"id": ["036061901101", "36061901101", None], "sex": ["female", None, None]}
    )
    alone = rows.select(read_identity_number(pl.col("id")).alias("i"))["i"].struct.unnest()
    assert alone["is_restored"].to_list() == [False, True, False]
    beside = rows.select(read_identity_number(pl.col("id"), sex=pl.col("sex")).alias("i"))
    assert beside["i"].struct.field("problem").to_list() == ["sex_differs", None, None]


@given(st.text(alphabet="0123456789/. -abcÁ", min_size=1, max_size=14))
@QUICK
def test_a_shape_shows_no_digit_run_of_the_value(value):
    told = shape(value)
    assert not any(run in told for run in re.findall(r"\d{3,}", value))


def test_shapes():
    assert shape("36061901101") == "11 chữ số"
    assert shape("31/02/1960") == "dạng ##/##/####"
    assert shape("03606A") == "6 ký tự, có chữ cái lẫn chữ số"
    assert shape(None) == "ô trống"
