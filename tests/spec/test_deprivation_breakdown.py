"""Contributions to M0, censored headcounts and support on a household's own row, by hand."""

import pytest

from measures.multidimensional import shift
from reference.loading import deprivation_answers, indicators, value_words
from reference.programmes import programmes

CODES = [indicator.code for indicator in indicators()]
MEASURES = (
    "deprivation_intensity",
    "adjusted_headcount",
    *(f"contribution_{code}_to_adjusted_headcount" for code in CODES),
    "censored_headcount_water_rate",
    "censored_headcount_housing_area_rate",
    "supported_among_poor_deprived_in_housing_area_rate",
)

A, B, C = "13825", "13870", "13792"
WHERE = {"level": "district", "unit_code": "360"}


def household(unit, class_code, *deprived, **more):
    marks = {f"deprivation_{code}": code in deprived for code in CODES}
    row = {"unit_code": unit, "class_code": class_code, "area_type": "rural", **marks}
    return {**row, "b2_points": 10 * len(deprived), **more}


def form1(unit, resident):
    return {"unit_code": unit, "resident_household_count": resident, "area_type": "rural"}


LISTS = [
    household(A, "poor", "water", "sanitation", "housing_area", support_given=["housing"]),
    household(A, "poor", "water", "sanitation", "internet", "employment", support_given=["health"]),
    household(B, "poor", "water", "housing_area", "housing_quality", support_given=None),
    household(B, "near_poor", "water", "internet"),
]
FORMS = [form1(A, 100), form1(B, 150)]


def test_contributions_are_parts_of_all_deprivations_and_add_up(estimate, one):
    rows = estimate(LISTS, FORMS)
    of = {
        code: one(rows, measure=f"contribution_{code}_to_adjusted_headcount", **WHERE)
        for code in CODES
    }
    # the poor have 3 + 4 + 3 = 10 deprivations; water 3, sanitation 2, housing area 2
    assert (of["water"]["numerator"], of["water"]["denominator"], of["water"]["value"]) == (
        3,
        10,
        30,
    )
    assert of["sanitation"]["value"] == of["housing_area"]["value"] == 20
    assert of["nutrition"]["mark"] == "zero"
    assert sum(row["value"] for row in of.values()) == 100


def test_contribution_is_the_weighted_censored_headcount_over_m0(estimate, one):
    rows = estimate(LISTS, FORMS)
    water = one(rows, measure="censored_headcount_water_rate", **WHERE)
    # 3 poor households deprived in water of 250 residents; the near-poor one is not counted
    assert (water["numerator"], water["denominator"], water["value"]) == (3, 250, 1.2)
    m0 = one(rows, measure="adjusted_headcount", **WHERE)
    # M0 = 10 / (12 · 250) = 0,0033; phi = (1/12 · 0,012) / 0,003333 = 0,3
    assert (m0["numerator"], m0["denominator"]) == (10, 3000)
    phi = water["numerator"] / water["denominator"] / 12 / (m0["numerator"] / m0["denominator"])
    assert round(phi, 6) == 0.3


def test_a_list_without_marks_is_in_no_breakdown_though_it_is_in_m0(estimate, one):
    bare = {"unit_code": C, "class_code": "poor", "area_type": "rural", "b2_points": 30}
    rows = estimate([*LISTS, bare], [*FORMS, form1(C, 500)])
    where = {"level": "province"}
    assert one(rows, measure="adjusted_headcount", **where)["numerator"] == 13
    water = one(rows, measure="censored_headcount_water_rate", **where)
    # C's 500 residents are not in the denominator: nobody knows who is deprived of water there
    assert (water["denominator"], water["units_reported"]) == (250, 2)
    there = one(
        rows, measure="censored_headcount_water_rate", level="commune", era="2020", unit_code=C
    )
    assert (there["value"], there["mark"], there["units_reported"]) == (None, "no_data", 0)


def test_one_poor_household_without_marks_makes_its_commune_unknown(estimate, one):
    blank = {"unit_code": A, "class_code": "poor", "area_type": "rural", "b2_points": 30}
    rows = estimate([*LISTS, blank], FORMS)
    water = one(rows, measure="censored_headcount_water_rate", **WHERE)
    assert (water["numerator"], water["denominator"], water["units_reported"]) == (1, 150, 1)


def test_support_speaks_of_rows_that_say_what_was_given(estimate, one):
    rows = estimate(LISTS, FORMS)
    row = one(rows, measure="supported_among_poor_deprived_in_housing_area_rate", **WHERE)
    # deprived in housing area: the first of A (housing given) and that of B, whose list has no such column
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 1, 100)


def sums(numerator, denominator, standard="2022-2026"):
    return {
        "numerator": numerator, "denominator": denominator, "value": 1.0, "standard_id": standard,
        "units_reported": 57, "units_expected": 57,
    }  # fmt: skip


def test_the_change_of_m0_is_split_between_headcount_and_intensity():
    # H 0,02 → 0,01 and A 0,4 → 0,5: M0 0,008 → 0,005
    # ½(0,5+0,4)(0,01−0,02) = −0,0045; ½(0,01+0,02)(0,5−0,4) = +0,0015; together −0,003
    found = shift((sums(20, 1000), sums(96, 240)), (sums(10, 1000), sums(60, 120)))
    assert found.of_headcount == pytest.approx(-0.0045)
    assert found.of_intensity == pytest.approx(0.0015)
    assert found.total == pytest.approx(0.005 - 0.008)


def test_no_change_of_m0_is_told_across_a_standard():
    old = (sums(20, 1000, "2016-2020"), sums(96, 240, "2016-2020"))
    assert shift(old, (sums(10, 1000), sums(60, 120))) is None


def test_every_indicator_has_an_answer_of_known_programmes_and_support():
    answers = deprivation_answers()
    assert list(answers) == CODES
    for answer in answers.values():
        assert set(answer.programmes) <= set(programmes())
        assert set(answer.support) <= set(value_words()["support"].words)
