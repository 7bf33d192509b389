"""Poor households able to work and with a member of merit: what a list does not say is not "none"."""

MEASURES = (
    "poor_households_with_labour_capacity_count",
    "poor_households_with_merit_member_count",
)
A, B = "13825", "13870"
LABOUR, MERIT = MEASURES


def household(unit, class_code="poor", **more):
    return {"unit_code": unit, "class_code": class_code, "area_type": "rural", **more}


SAID = [
    household(A, is_without_labour_capacity=False, has_member_of_merit=False),
    household(A, is_without_labour_capacity=False, has_member_of_merit=True),
    household(A, is_without_labour_capacity=True, has_member_of_merit=False),
    household(A, "near_poor"),
]


def test_households_that_the_list_speaks_of_are_counted(estimate, one):
    rows = estimate(SAID)
    where = {"level": "commune", "era": "2020", "unit_code": A}
    assert one(rows, measure=LABOUR, **where)["value"] == 2
    assert one(rows, measure=MERIT, **where)["value"] == 1
    assert one(rows, measure=LABOUR, **where)["units_reported"] == 1


def test_a_list_without_the_column_is_no_data_and_lowers_the_coverage(estimate, one):
    rows = estimate([*SAID, household(B), household(B, "near_poor")])
    there = one(rows, measure=LABOUR, level="commune", era="2020", unit_code=B)
    assert (there["mark"], there["value"], there["units_reported"]) == ("no_data", None, 0)
    district = one(rows, measure=LABOUR, level="district", unit_code="360")
    assert (district["value"], district["units_reported"]) == (2, 1)


def test_a_list_without_poor_households_knows_that_there_are_none(estimate, one):
    rows = estimate([*SAID, household(B, "near_poor")])
    there = one(rows, measure=LABOUR, level="commune", era="2020", unit_code=B)
    assert (there["mark"], there["value"], there["units_reported"]) == ("zero", 0, 1)
