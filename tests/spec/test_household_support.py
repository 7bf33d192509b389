"""Measures over lists of support by household, each with its arithmetic in a comment."""

MEASURES = ("poor_household_count", "poor_household_rate")

A, B = "13825", "13870"  # Yên Bình and Yên Cường are in Ý Yên (360)


def given(household, policy, received, unit=A, **more):
    return {
        "household_id": household, "unit_code": unit, "household_class": "poor", "policy": policy,
        "deprivation": None, "is_received": received, **more,
    }  # fmt: skip


LIST = [
    given("h1", "health_insurance", True),
    given("h1", "credit", True),
    given("h2", "health_insurance", True),
    given("h2", "housing", False),
    given("h3", "health_insurance", None),  # nobody wrote whether it was received
    given("h4", "nothing", None),  # followed, entitled to nothing
    given("h5", "credit", True, unit=B),
]


def test_every_policy_received_over_those_entitled_to_one(estimate, one):
    rows = estimate(support=LIST)
    row = one(rows, measure="all_policies_received_rate", level="commune", era="2020", unit_code=A)
    # h1 has both, h2 lacks one; h3 is unknown and h4 entitled to nothing: 1 of 2
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 50)
    above = one(rows, measure="all_policies_received_rate", level="district", unit_code="360")
    # (1 + 1) of (2 + 1) = 66,67 %, from the sums
    assert (above["numerator"], above["denominator"], above["value"]) == (2, 3, 66.67)
    assert (above["status"], above["period"], above["mark"]) == ("official", "2023", "ok")


def test_coverage_is_that_of_the_communes_that_sent_a_list(estimate, one):
    rows = estimate(support=LIST)
    row = one(rows, measure="all_policies_received_rate", level="province", era="2020")
    assert (row["units_reported"], row["units_expected"]) == (2, 226)
    other = one(
        rows, measure="all_policies_received_rate", level="commune", era="2020", unit_code="13633"
    )
    assert (other["mark"], other["value"]) == ("no_data", None)


def test_without_a_list_there_is_no_row_at_all(estimate):
    rows = estimate()
    assert rows.filter(measure="all_policies_received_rate").is_empty()


def test_one_refusal_decides_whatever_is_unknown_beside_it(estimate, one):
    rows = estimate(support=[given("h1", "credit", False), given("h1", "housing", None)])
    row = one(rows, measure="all_policies_received_rate", level="commune", era="2020", unit_code=A)
    assert (row["numerator"], row["denominator"], row["mark"]) == (0, 1, "zero")


def test_only_unknown_is_no_data_and_only_entitled_to_nothing_is_no_case(estimate, one):
    rows = estimate(
        support=[
            given("h1", "credit", None),
            given("h2", "nothing", None),
            given("h3", "nothing", None, unit=B),
        ]
    )
    marks = {
        unit: one(
            rows, measure="all_policies_received_rate", level="commune", era="2020", unit_code=unit
        )["mark"]
        for unit in (A, B)
    }
    assert marks == {A: "no_data", B: "no_case"}


ESCAPED = [
    given("h1", "water_sanitation", True, deprivation="water", household_class="newly_escaped"),
    given("h1", "housing", False, deprivation="housing_quality", household_class="newly_escaped"),
    given("h2", "nothing", None, household_class="newly_escaped"),
    given("h3", "water_sanitation", None, deprivation="water", household_class="newly_escaped"),
    given("h4", "water_sanitation", False, deprivation="water"),
    given("h5", "credit", True, unit=B, household_class="newly_escaped"),
]


def test_deprivations_of_newly_escaped_households(estimate, one):
    rows = estimate(support=ESCAPED)
    where = {"level": "commune", "era": "2020", "unit_code": A}
    water = one(rows, measure="deprivation_water_among_newly_escaped", **where)
    # h1 and h3 of h1, h2, h3; h4 is poor
    assert (water["numerator"], water["denominator"], water["value"]) == (2, 3, 66.67)
    internet = one(rows, measure="deprivation_internet_among_newly_escaped", **where)
    assert (internet["numerator"], internet["mark"]) == (0, "zero")


def test_a_list_that_names_no_deprivation_tells_nothing_of_them(estimate, one):
    rows = estimate(support=ESCAPED)
    row = one(
        rows, measure="deprivation_water_among_newly_escaped", level="commune", era="2020",
        unit_code=B,
    )  # fmt: skip
    assert (row["mark"], row["value"]) == ("no_data", None)


def test_support_answers_a_deprivation_of_the_same_household(estimate, one):
    rows = estimate(support=ESCAPED)
    where = {"level": "commune", "era": "2020", "unit_code": A}
    water = one(rows, measure="support_for_water_rate", **where)
    # h1 was supported, h4 was not, h3 is unknown: 1 of 2
    assert (water["numerator"], water["denominator"], water["value"]) == (1, 2, 50)
    housing = one(rows, measure="support_for_housing_quality_rate", **where)
    assert (housing["numerator"], housing["denominator"], housing["mark"]) == (0, 1, "zero")
    assert one(rows, measure="support_for_nutrition_rate", **where)["mark"] == "no_case"
