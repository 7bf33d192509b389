"""Rates and counts, each with its arithmetic in a comment."""

from itertools import repeat

import pytest

MEASURES = (
    "poor_household_rate",
    "poor_household_count",
    "poor_and_near_poor_household_rate",
    "poor_person_count",
    "near_poor_person_count",
    "reviewed_household_count",
    "resident_household_count",
    "deprivation_intensity",
    "adjusted_headcount",
    "deprivation_water_among_poor",
)


A, B = "13825", "13870"  # Yên Bình and Yên Cường, both in the former district of Ý Yên (360)
POOR, NEAR_POOR, NONE = "poor", "near_poor", "none"


def households(unit, class_code, count, **more):
    return list(
        repeat({"unit_code": unit, "class_code": class_code, "area_type": "rural", **more}, count)
    )


def form1(unit, resident_households, **more):
    return {
        "unit_code": unit,
        "resident_household_count": resident_households,
        "area_type": "rural",
        **more,
    }


# Each stands for one case; the first two are the only ones told of in Ý Yên (360).
HALF, NOBODY, NO_RESIDENTS = "14224", "14227", "14230"
TWO_STATUSES, PERSONS, TOGETHER, INTENSITY, MARKS = "14233", "14236", "14239", "13975", "13978"
WEAKEST_A, WEAKEST_B = "13633", "13636"
LISTS = [
    *households(A, POOR, 1),
    *households(B, POOR, 30),
    *households(HALF, POOR, 189),
    *households(NOBODY, NONE, 2),
    *households(NO_RESIDENTS, NONE, 1),
    *households(TWO_STATUSES, POOR, 5, status="preliminary"),
    *households(TWO_STATUSES, POOR, 4, status="official"),
    *households(WEAKEST_A, POOR, 1, status="preliminary"),
    *households(WEAKEST_B, POOR, 1),
    *households(PERSONS, POOR, 1, member_count=4),
    *households(PERSONS, POOR, 1, member_count=None),
    *households(PERSONS, NEAR_POOR, 1, member_count=3),
    *households(TOGETHER, POOR, 2),
    *households(TOGETHER, NEAR_POOR, 3),
    *households(TOGETHER, NONE, 4),
    *households(INTENSITY, POOR, 1, b2_points=30),
    *households(INTENSITY, POOR, 1, b2_points=60),
    *households(INTENSITY, NEAR_POOR, 1, b2_points=20),
    *households(MARKS, POOR, 1, deprivation_water=True, deprivation_employment=False),
    *households(MARKS, POOR, 1, deprivation_water=False, deprivation_employment=False),
    *households(MARKS, POOR, 1, deprivation_water=None, deprivation_employment=None),
    *households(MARKS, NEAR_POOR, 1, deprivation_water=True, deprivation_employment=False),
]
FORMS = [
    form1(A, 10),
    form1(B, 1000),
    form1(HALF, 20_000),
    form1(NOBODY, 500),
    form1(NO_RESIDENTS, 0),
    form1(TOGETHER, 200),
    form1(INTENSITY, 100),
]


@pytest.fixture
def told(estimate):
    """The figures of all cases from one build."""
    return estimate(LISTS, FORMS)


def of(unit):
    return {"level": "commune", "era": "2020", "unit_code": unit}


def test_a_group_rate_comes_from_the_sums(told, one):
    row = one(told, measure="poor_household_rate", level="district", unit_code="360")
    # (1 + 30) / (10 + 1000) = 3,069 % → 3,07; the mean of 10 % and 3 % would be 6,5
    assert row["value"] == 3.07
    assert (row["numerator"], row["denominator"]) == (31, 1010)


def test_rates_round_half_up(told, one):
    # 189 / 20.000 = 0,945 % → 0,95 (half to even would give 0,94)
    assert one(told, measure="poor_household_rate", **of(HALF))["value"] == 0.95


def test_zero_missing_and_no_case_are_three_different_things(told, one):
    rate = "poor_household_rate"
    assert one(told, measure=rate, **of(NOBODY))["mark"] == "zero"
    assert one(told, measure=rate, **of(NOBODY))["value"] == 0
    assert one(told, measure=rate, **of(NO_RESIDENTS))["mark"] == "no_case"
    assert one(told, measure=rate, **of(NO_RESIDENTS))["value"] is None
    elsewhere = one(told, measure=rate, **of("13792"))
    assert (elsewhere["mark"], elsewhere["value"]) == ("no_data", None)


def test_coverage_counts_communes_with_both_list_and_form_1(estimate, one):
    rows = estimate(households(A, POOR, 1) + households(B, POOR, 1), [form1(A, 100)])
    rate = one(rows, measure="poor_household_rate", level="province", period="2023")
    count = one(rows, measure="poor_household_count", level="province", period="2023")
    assert (rate["units_reported"], rate["units_expected"]) == (1, 226)
    assert (count["units_reported"], count["units_expected"]) == (2, 226)


def test_official_goes_before_preliminary_and_both_stay_available(told, one):
    where = {"measure": "poor_household_count", **of(TWO_STATUSES)}
    assert one(told, **where)["value"] == 4
    assert one(told, **where)["status"] == "official"
    assert one(told, **where, selection="preliminary")["value"] == 5


def test_the_weakest_status_names_the_sum(told, one):
    row = one(told, measure="poor_household_count", level="district", unit_code="356")
    assert (row["value"], row["status"]) == (2, "preliminary")


def test_persons_are_counted_from_members_and_unknown_ones_left_out(told, one):
    assert one(told, measure="poor_person_count", **of(PERSONS))["value"] == 4
    assert one(told, measure="near_poor_person_count", **of(PERSONS))["value"] == 3


def test_poor_and_near_poor_together(told, one):
    # (2 + 3) / 200 = 2,5 %
    rate = one(told, measure="poor_and_near_poor_household_rate", **of(TOGETHER))
    assert rate["value"] == 2.5
    assert one(told, measure="reviewed_household_count", **of(TOGETHER))["value"] == 9


def test_groups_have_their_own_denominators(estimate, one):
    rows = estimate(
        households(A, POOR, 3, head_sex="female") + households(A, POOR, 1, head_sex="male"),
        [form1(A, 200)],
    )
    where = {"level": "province", "group_by": "head_sex"}
    assert one(rows, measure="poor_household_count", group="female", **where)["value"] == 3
    # form 1 knows no sex of the head: no rate is offered
    assert rows.filter(measure="poor_household_rate", group_by="head_sex").is_empty()
    assert (
        one(
            rows,
            measure="poor_household_rate",
            level="province",
            group_by="area_type",
            group="rural",
        )["value"]
        == 2
    )


def test_intensity_and_adjusted_headcount(told, one):
    # A = (3 + 6) / (12 · 2) = 0,375; H = 2 / 100; M0 = 0,02 · 0,375 = 0,0075
    assert one(told, measure="deprivation_intensity", **of(INTENSITY))["value"] == 0.375
    assert one(told, measure="adjusted_headcount", **of(INTENSITY))["value"] == 0.0075


def test_deprivations_are_shares_of_the_class_whose_list_has_the_marks(told, one):
    row = one(told, measure="deprivation_water_among_poor", **of(MARKS))
    # one of the two poor households with marks; the third is unknown, not "not deprived"
    assert (row["value"], row["numerator"], row["denominator"]) == (50.0, 1, 2)
