"""Units beside each other, the reference path, the outlook and the two simulations, by hand."""

import polars as pl
import pytest

from measures.outlook import derived_path, outlook
from measures.target_standing import standing
from measures.target_units import (
    moved_most,
    not_reached,
    typical_changes,
    unit_standings,
    year_before,
)
from measures.what_if import at_median_pace, needed_a_year
from reference.plan import plan_indicators
from warehouse.result_tables import RESULT__ESTIMATE

INDICATORS = plan_indicators()
POOR, CARDS = INDICATORS["T1.2"], INDICATORS["T4.1"]


def frame(indicator, *rows, **more):
    body = [
        {
            "measure": indicator.measure, "unit_code": code, "unit_name": code, "period": period,
            "value": value, "mark": "ok" if value else "zero", "numerator": value, "unit": "household",
            "units_reported": 1, "units_expected": 1, "standard_id": "2022-2026", **more,
        }
        for code, period, value in rows
    ]  # fmt: skip
    return RESULT__ESTIMATE.conform(pl.DataFrame(body, infer_schema_length=None))


FOUR = frame(
    POOR,
    ("a", "2024", 100), ("a", "2025", 50),
    ("b", "2024", 100), ("b", "2025", 80),
    ("c", "2024", 50), ("c", "2025", 50),
    ("d", "2024", 20), ("d", "2025", 24),
    ("e", "2025", 7),
)  # fmt: skip


def test_who_is_not_reached_is_counted_from_the_sums():
    rows = frame(CARDS, ("a", "2025-H1", 97.5), ("b", "2025-H1", 100.0), ("c", "2025-H1", None))
    rows = rows.with_columns(
        numerator=pl.Series([39.0, 7.0, None]), denominator=pl.Series([40.0, 7.0, 0.0])
    )
    found = not_reached(rows).select("unit_code", "value", "numerator", "denominator").rows()
    # 40 − 39 = 1 of 40 = 2.5 %; 7 − 7 = 0; 0 of 0 stays without a figure
    assert found == [("a", 2.5, 1, 40), ("b", 0, 0, 7), ("c", None, None, 0)]
    # 2 of 64 is 3,125 %: half up
    half = rows.head(1).with_columns(numerator=62.0, denominator=64.0)
    assert not_reached(half)["value"].to_list() == [3.13]
    assert not_reached(rows)["mark"].to_list()[:2] == ["ok", "zero"]


def test_level_and_change_stand_side_by_side():
    found = {each.unit_code: each for each in unit_standings(POOR, FOUR, "2025")}
    assert (found["a"].before, found["a"].change, found["a"].status) == (100, -50, "better")
    assert found["c"].status == "same"
    assert found["d"].status == "worse"
    assert (found["e"].change, found["e"].status) == (None, "unknown_trend")


def test_who_moved_most_begins_with_the_best_and_leaves_out_who_has_no_year_before():
    found = moved_most(unit_standings(POOR, FOUR, "2025"), lower_is_better=True)
    assert [each.unit_code for each in found] == ["a", "b", "c", "d"]


def test_what_must_be_full_is_met_short_or_no_case():
    full = frame(CARDS, ("a", "2025-H2", 100.0), standard_id=None, numerator=40, denominator=40)
    part = frame(CARDS, ("b", "2025-H2", 90.0), standard_id=None, numerator=36, denominator=40)
    none = frame(CARDS, ("c", "2025-H2", None), standard_id=None, mark="no_case")
    late = frame(CARDS, ("d", "2025-H2", 90.0), units_reported=0)
    found = unit_standings(CARDS, pl.concat([full, part, none, late]), "2025-H2")
    assert [each.status for each in found] == ["met", "short", "no_case", "no_data"]
    assert [each.missing for each in found] == [0, 4, None, None]


def test_a_unit_with_one_left_out_is_short_though_the_rate_rounds_to_100():
    # 29,999 / 30,000 = 99.9967 %, shown as 100,00 %
    almost = frame(CARDS, ("a", "2025-H2", 100.0), numerator=29_999, denominator=30_000)
    (found,) = unit_standings(CARDS, almost, "2025-H2")
    assert (found.status, found.missing) == ("short", 1)


def test_no_change_is_taken_across_a_standard():
    old = frame(POOR, ("a", "2024", 100), standard_id="2016-2020")
    found = unit_standings(POOR, pl.concat([old, frame(POOR, ("a", "2025", 50))]), "2025")
    assert found[0].change is None
    assert year_before("2025-H2") == "2024-H2"


def test_the_slowest_at_the_median_pace():
    # paces: a −0,5; b −0,2; c 0; d +0,2 → median −0,1; the slowest two are d and c
    found = at_median_pace(unit_standings(POOR, FOUR, "2025"), 2)
    assert found.median_pace == pytest.approx(-0.1)
    assert [each.unit_code for each in found.units] == ["d", "c"]
    # own pace: 24·1,2 + 50·1,0 = 78,8; at the median: (24 + 50)·0,9 = 66,6; 12,2 fewer
    assert (found.own, found.simulated) == (pytest.approx(78.8), pytest.approx(66.6))
    assert found.gain == pytest.approx(12.2)


def test_two_units_have_no_median_worth_the_name():
    two = frame(POOR, ("a", "2024", 10), ("a", "2025", 5), ("b", "2024", 10), ("b", "2025", 9))
    assert at_median_pace(unit_standings(POOR, two, "2025"), 1) is None


def test_households_a_year_that_close_the_gap():
    # the end of 2025 (2026.0) leaves five years to the end of 2030: 1.000 / 5
    assert needed_a_year(1000, 2026.0, 2030) == 200
    assert needed_a_year(1000, 2026.5, 2026) == 2000
    assert needed_a_year(1000, 2026.0, 2025) is None
    # 2 in four and a half years is one a year, not none
    assert needed_a_year(2, 2026.5, 2030) == 1


def series(indicator, values, **more):
    return standing(
        indicator, frame(indicator, *(("36", *each) for each in values.items()), **more)
    )


FIVE = {"2021": 180, "2022": 160, "2023": 140, "2024": 120, "2025": 100}


def test_the_reference_path_is_a_straight_line_and_ends_with_the_standard():
    # 180 at the end of 2021 to 0 at the end of 2030: 20 a year; the standard ends with the review of 2026
    assert derived_path(series(POOR, FIVE)) == [
        (2021, 180), (2022, 160), (2023, pytest.approx(140)), (2024, pytest.approx(120)),
        (2025, pytest.approx(100)), (2026, pytest.approx(80)),
    ]  # fmt: skip
    assert derived_path(series(INDICATORS["T1.1"], FIVE)) == []


def test_the_outlook_goes_no_further_than_the_standard_and_needs_five_values():
    found = outlook(series(POOR, FIVE))
    # −20 a year from 100: 80 at the end of 2026, the last review of the standard
    assert (found.year, found.value, found.values_used) == (2026, pytest.approx(80), 5)
    assert outlook(series(POOR, {"2024": 120, "2025": 100})) is None


def test_the_outlook_of_a_half_yearly_figure_ends_with_the_year_it_is_in():
    halves = {f"{year}-H{half}": 90.0 + place for place, (year, half) in enumerate(
        (year, half) for year in (2023, 2024, 2025) for half in (1, 2)
    )}  # fmt: skip
    halves["2026-H1"] = 99.0
    found = outlook(series(CARDS, halves, standard_id=None, unit="pct"))
    # 90 → 99 in three years: +3 a year, half a year left: 100,5, held at 100
    assert (found.year, found.value) == (2026, 100)


def test_the_typical_path_is_that_of_units_that_started_alike():
    # nearest to 20 of 12 units at 10, 20, … 120: 10 to 110 without 20 itself, that is ten others
    rows = [(f"{start:03}", "2024", float(start)) for start in range(10, 121, 10)]
    fell = [(f"{start:03}", "2025", start * 0.9) for start in range(10, 121, 10)]
    found = unit_standings(POOR, frame(POOR, *rows, *fell), "2025")
    typical = typical_changes(found)
    # changes of a tenth: −1, −3, −4 … −11; their median lies between −6 and −7
    assert typical["020"] == -6.5
    # the ten nearest to 120 are 20 to 110: between −6 and −7
    assert typical["120"] == -6.5


def test_five_units_have_no_typical_path():
    rows = [("abcde"[index], year, 10.0 + index) for index in range(5) for year in ("2024", "2025")]
    assert typical_changes(unit_standings(POOR, frame(POOR, *rows), "2025")) == {}
