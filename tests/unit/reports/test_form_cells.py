"""Cells of official forms, each with its arithmetic in a comment."""

import pytest

from measures.catalogue import measures
from measures.form_cells import Cell, needed_measures, unit_cells, upper_cells
from reference.form_definitions import SUMMARY_FORMS, form_definition


def figure(value, unit="household", **more):
    mark = "no_data" if value is None else "zero" if value == 0 else "ok"
    return {
        "value": value,
        "mark": mark,
        "unit": unit,
        "numerator": value,
        "denominator": None,
    } | more


def flows(**changed):
    names = {
        "escaped_to_near_poor": 67,
        "escaped_above_near_poor": 49,
        "near_poor_became_poor": 19,
        "relapsed_poor": 0,
        "new_poor": 40,
        "poor": 554,
    } | changed
    now = {f"{name}_household_count": figure(value) for name, value in names.items()}
    now["class_before_known_rate"] = figure(100, "pct", numerator=900, denominator=900)
    return now


BEFORE = {"poor_household_count": figure(613)}


@pytest.mark.parametrize("number", SUMMARY_FORMS)
def test_a_form_speaks_of_measures_that_exist(number):
    now, before = needed_measures(form_definition(number))
    assert {*now, *before} <= measures().keys()


@pytest.mark.parametrize("number", SUMMARY_FORMS)
def test_a_form_is_numbered_from_one_without_a_gap(number):
    columns = form_definition(number).columns
    assert [column.number for column in columns] == [str(i + 1) for i in range(len(columns))]


def test_what_is_left_over_closes_form_2():
    cells = unit_cells(form_definition(2), "household", flows(), BEFORE)
    # 613 − 67 − 49 + 19 + 0 + 40 = 556, two more than the 554 on the list: two left otherwise
    assert (cells["4"].value, cells["8"].value) == (2, 0)
    cells = unit_cells(form_definition(2), "household", flows(poor=560), BEFORE)
    assert (cells["4"].value, cells["8"].value) == (0, 4)


@pytest.mark.parametrize("broken", ["before", "flow", "class before"])
def test_a_row_of_form_2_is_whole_or_says_nothing(broken):
    now, before = flows(), dict(BEFORE)
    if broken == "before":
        before = {}
    elif broken == "flow":
        now["new_poor_household_count"] = figure(None)
    else:
        now["class_before_known_rate"] = figure(99, "pct", numerator=899, denominator=900)
    cells = unit_cells(form_definition(2), "household", now, before)
    assert {cell.mark for cell in cells.values()} == {"no_data"}


def test_a_group_is_known_only_where_everybody_is():
    now = {
        "poor_household_count": figure(9),
        "minority_among_poor_household_rate": figure(0, "pct", numerator=0, denominator=9),
        "merit_among_poor_household_rate": figure(50, "pct", numerator=4, denominator=8),
    }
    cells = unit_cells(form_definition(8), "household", now, {})
    assert cells["2"] == Cell(0, "zero")
    assert cells["4"].mark == "no_data"  # 8 of 9 households told: 4 may be 5


def test_a_rate_of_an_upper_level_comes_from_sums_and_missing_units_are_no_zeros():
    form = form_definition(1)

    def unit(poor, residents):
        rate = figure(100 * poor / residents, "pct", numerator=poor, denominator=residents)
        return unit_cells(form, "household", {"poor_household_rate": rate}, {})

    # (1 + 30) / (10 + 1000) = 3,07 %; the mean of 10 % and 3 % would be 6,5
    total = upper_cells(form, [unit(1, 10), unit(30, 1000), unit_cells(form, "household", {}, {})])
    assert total["4"].value == 3.07
    assert total["1"].mark == "no_data"


def test_a_total_that_misses_a_unit_that_reported_says_so():
    form = form_definition(8)
    told = {
        "poor_household_count": figure(9),
        "merit_among_poor_household_rate": figure(50, "pct", numerator=4, denominator=9),
    }
    silent = {"poor_household_count": figure(20)}
    units = [unit_cells(form, "household", now, {}) for now in (told, silent, {})]
    total = upper_cells(form, units)
    # 9 + 20 poor in both units that reported, 4 with merit in the one whose list tells
    assert (total["1"].value, total["1"].is_partial) == (29, False)
    assert (total["4"].value, total["4"].known_units, total["4"].reported_units) == (4, 1, 2)
    assert total["4"].is_partial
