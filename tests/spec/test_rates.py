"""Rates and counts, each with its arithmetic in a comment."""

from itertools import repeat

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


def test_a_group_rate_comes_from_the_sums(estimate, one):
    rows = estimate(
        households(A, POOR, 1) + households(B, POOR, 30),
        [form1(A, 10), form1(B, 1000)],
    )
    row = one(rows, measure="poor_household_rate", level="district", unit_code="360")
    # (1 + 30) / (10 + 1000) = 3,069 % → 3,07; the mean of 10 % and 3 % would be 6,5
    assert row["value"] == 3.07
    assert (row["numerator"], row["denominator"]) == (31, 1010)


def test_rates_round_half_up(estimate, one):
    rows = estimate(households(A, POOR, 189), [form1(A, 20_000)])
    # 189 / 20.000 = 0,945 % → 0,95 (half to even would give 0,94)
    assert (
        one(rows, measure="poor_household_rate", level="commune", era="2020", unit_code=A)["value"]
        == 0.95
    )


def test_zero_missing_and_no_case_are_three_different_things(estimate, one):
    rows = estimate(
        households(A, NONE, 2) + households(B, NONE, 1),
        [form1(A, 500), form1(B, 0)],
    )
    where = {"measure": "poor_household_rate", "level": "commune", "era": "2020"}
    assert one(rows, **where, unit_code=A)["mark"] == "zero"
    assert one(rows, **where, unit_code=A)["value"] == 0
    assert one(rows, **where, unit_code=B)["mark"] == "no_case"
    assert one(rows, **where, unit_code=B)["value"] is None
    elsewhere = one(rows, **where, unit_code="13792")
    assert (elsewhere["mark"], elsewhere["value"]) == ("no_data", None)


def test_coverage_counts_communes_with_both_list_and_form_1(estimate, one):
    rows = estimate(households(A, POOR, 1) + households(B, POOR, 1), [form1(A, 100)])
    rate = one(rows, measure="poor_household_rate", level="province", period="2023")
    count = one(rows, measure="poor_household_count", level="province", period="2023")
    assert (rate["units_reported"], rate["units_expected"]) == (1, 226)
    assert (count["units_reported"], count["units_expected"]) == (2, 226)


def test_official_goes_before_preliminary_and_both_stay_available(estimate, one):
    rows = estimate(
        households(A, POOR, 5, status="preliminary") + households(A, POOR, 4, status="official")
    )
    where = {"measure": "poor_household_count", "level": "commune", "era": "2020", "unit_code": A}
    assert one(rows, **where)["value"] == 4
    assert one(rows, **where)["status"] == "official"
    assert one(rows, **where, selection="preliminary")["value"] == 5


def test_the_weakest_status_names_the_sum(estimate, one):
    rows = estimate(households(A, POOR, 1, status="preliminary") + households(B, POOR, 1))
    row = one(rows, measure="poor_household_count", level="district", unit_code="360")
    assert (row["value"], row["status"]) == (2, "preliminary")


def test_persons_are_counted_from_members_and_unknown_ones_left_out(estimate, one):
    rows = estimate(
        [
            *households(A, POOR, 1, member_count=4),
            *households(A, POOR, 1, member_count=None),
            *households(A, NEAR_POOR, 1, member_count=3),
        ]
    )
    where = {"level": "commune", "era": "2020", "unit_code": A}
    assert one(rows, measure="poor_person_count", **where)["value"] == 4
    assert one(rows, measure="near_poor_person_count", **where)["value"] == 3


def test_poor_and_near_poor_together(estimate, one):
    rows = estimate(
        households(A, POOR, 2) + households(A, NEAR_POOR, 3) + households(A, NONE, 4),
        [form1(A, 200)],
    )
    where = {"level": "commune", "era": "2020", "unit_code": A}
    # (2 + 3) / 200 = 2,5 %
    assert one(rows, measure="poor_and_near_poor_household_rate", **where)["value"] == 2.5
    assert one(rows, measure="reviewed_household_count", **where)["value"] == 9


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


def test_intensity_and_adjusted_headcount(estimate, one):
    rows = estimate(
        [
            {"unit_code": A, "class_code": POOR, "b2_points": 30},
            {"unit_code": A, "class_code": POOR, "b2_points": 60},
            {"unit_code": A, "class_code": NEAR_POOR, "b2_points": 20},
        ],
        [form1(A, 100)],
    )
    where = {"level": "commune", "era": "2020", "unit_code": A}
    # A = (3 + 6) / (12 · 2) = 0,375; H = 2 / 100; M0 = 0,02 · 0,375 = 0,0075
    assert one(rows, measure="deprivation_intensity", **where)["value"] == 0.375
    assert one(rows, measure="adjusted_headcount", **where)["value"] == 0.0075


def test_deprivations_are_shares_of_the_class_whose_list_has_the_marks(estimate, one):
    rows = estimate(
        [
            {
                "unit_code": A,
                "class_code": POOR,
                "deprivation_water": True,
                "deprivation_employment": False,
            },
            {
                "unit_code": A,
                "class_code": POOR,
                "deprivation_water": False,
                "deprivation_employment": False,
            },
            {
                "unit_code": A,
                "class_code": POOR,
                "deprivation_water": None,
                "deprivation_employment": None,
            },
            {
                "unit_code": A,
                "class_code": NEAR_POOR,
                "deprivation_water": True,
                "deprivation_employment": False,
            },
        ]
    )
    row = one(
        rows, measure="deprivation_water_among_poor", level="commune", era="2020", unit_code=A
    )
    # one of the two poor households with marks; the third is unknown, not "not deprived"
    assert (row["value"], row["numerator"], row["denominator"]) == (50.0, 1, 2)
