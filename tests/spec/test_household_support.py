"""Measures over lists of support by household, each with its arithmetic in a comment."""

MEASURES = ()

A, B = "13825", "13870"  # Yên Bình and Yên Cường are in Ý Yên (360)
C, D, E = "13633", "13636", "13639"


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
    given("h6", "credit", False, unit=C),
    given("h6", "housing", None, unit=C),
    given("h7", "credit", None, unit=D),
    given("h8", "nothing", None, unit=D),
    given("h9", "nothing", None, unit=E),
]


def test_every_policy_received_over_those_entitled_to_one(estimate, one):
    rows = estimate(support=LIST).filter(measure="all_policies_received_rate")
    here = {"level": "commune", "era": "2020"}
    row = one(rows, unit_code=A, **here)
    # h1 has both, h2 lacks one; h3 is unknown and h4 entitled to nothing: 1 of 2
    assert (row["numerator"], row["denominator"], row["value"]) == (1, 2, 50)
    above = one(rows, level="district", unit_code="360")
    # (1 + 1) of (2 + 1) = 66,67 %, from the sums
    assert (above["numerator"], above["denominator"], above["value"]) == (2, 3, 66.67)
    assert (above["status"], above["period"], above["mark"]) == ("official", "2023", "ok")
    # One refusal decides, whatever is unknown beside it.
    refused = one(rows, unit_code=C, **here)
    assert (refused["numerator"], refused["denominator"], refused["mark"]) == (0, 1, "zero")
    # Only unknown is no data, entitled to nothing is no case, a commune without a list is no data.
    marks = [one(rows, unit_code=unit, **here)["mark"] for unit in (D, E, "13642")]
    assert marks == ["no_data", "no_case", "no_data"]
    # D tells nothing: four of the five lists are in the figure.
    province = one(rows, level="province", era="2020")
    assert (province["units_reported"], province["units_expected"]) == (4, 226)


def test_without_a_list_there_is_no_row_at_all(estimate):
    assert estimate().filter(measure="all_policies_received_rate").is_empty()


ESCAPED = [
    given("h1", "water_sanitation", True, deprivation="water", household_class="newly_escaped"),
    given("h1", "housing", False, deprivation="housing_quality", household_class="newly_escaped"),
    given("h2", "nothing", None, household_class="newly_escaped"),
    given("h3", "water_sanitation", None, deprivation="water", household_class="newly_escaped"),
    given("h4", "water_sanitation", False, deprivation="water"),
    given("h5", "credit", True, unit=B, household_class="newly_escaped"),
]


def test_deprivations_of_newly_escaped_households_and_what_answered_them(estimate, one):
    rows = estimate(support=ESCAPED)
    where = {"level": "commune", "era": "2020", "unit_code": A}
    water = one(rows, measure="deprivation_water_among_newly_escaped", **where)
    # h1 and h3 of h1, h2, h3; h4 is poor
    assert (water["numerator"], water["denominator"], water["value"]) == (2, 3, 66.67)
    internet = one(rows, measure="deprivation_internet_among_newly_escaped", **where)
    assert (internet["numerator"], internet["mark"]) == (0, "zero")
    # B's list names no deprivation at all: it tells nothing of them.
    silent = one(rows, measure="deprivation_water_among_newly_escaped", **{**where, "unit_code": B})
    assert (silent["mark"], silent["value"]) == ("no_data", None)
    answered = one(rows, measure="support_for_water_rate", **where)
    # h1 was supported, h4 was not, h3 is unknown: 1 of 2
    assert (answered["numerator"], answered["denominator"], answered["value"]) == (1, 2, 50)
    housing = one(rows, measure="support_for_housing_quality_rate", **where)
    assert (housing["numerator"], housing["denominator"], housing["mark"]) == (0, 1, "zero")
    assert one(rows, measure="support_for_nutrition_rate", **where)["mark"] == "no_case"
