"""What the official forms need beyond form 1, each with its arithmetic in a comment."""

from itertools import repeat

import pytest

MEASURES = (
    "resident_household_count",
    "escaped_near_poor_household_count",
    "relapsed_near_poor_household_count",
    "new_near_poor_household_count",
    "new_near_poor_person_count",
    "class_before_known_rate",
    "new_poor_household_count",
    "near_poor_became_poor_household_count",
    "average_living_household_count",
    "average_living_household_rate",
    "without_labour_among_poor_household_rate",
    "without_labour_among_poor_person_rate",
    "outside_groups_among_poor_household_rate",
    "cause_labour_among_poor_household_rate",
    "cause_illness_among_poor_household_rate",
)


A = "13825"  # Yên Bình
POOR, NEAR_POOR, NONE = "poor", "near_poor", "none"


def households(class_code, count=1, **more):
    row = {
        "unit_code": A,
        "class_code": class_code,
        "area_type": "rural",
        "member_count": 3,
        **more,
    }
    return list(repeat(row, count))


@pytest.fixture
def figure(estimate, one):
    """``figure(measure, households=…)`` → (numerator, denominator, mark) of the one commune."""

    def run(measure, period="2023", **given):
        row = one(
            estimate(**given),
            measure=measure,
            level="commune",
            era="2020",
            unit_code=A,
            period=period,
        )
        return row["numerator"], row["denominator"], row["mark"]

    return run


def test_a_household_that_the_list_says_nothing_of_is_in_neither_sum(figure):
    rows = [
        *households(POOR, 2, is_without_labour_capacity=True),
        *households(POOR, 3, is_without_labour_capacity=False),
        *households(POOR, 4),
        *households(NEAR_POOR, 5, is_without_labour_capacity=True),
    ]
    # 2 of the 5 poor households whose list tells; the other 4 poor are unknown
    measure = "without_labour_among_poor_household_rate"
    assert figure(measure, households=rows) == (2, 5, "ok")
    # the same in persons, 3 a household
    measure = "without_labour_among_poor_person_rate"
    assert figure(measure, households=rows) == (6, 15, "ok")


def test_outside_the_groups_is_counted_and_not_a_difference(figure):
    told = {"head_ethnicity": "kinh", "is_without_labour_capacity": False}
    rows = [
        *households(POOR, 1, **told, has_member_of_merit=False),
        *households(
            POOR, 1, **(told | {"is_without_labour_capacity": True}), has_member_of_merit=True
        ),
        *households(POOR, 1, head_ethnicity="kinh", has_member_of_merit=True),
        *households(POOR, 1, **told),
    ]
    # outside: the first; inside: the second (two groups at once) and the third; the fourth nobody knows
    assert figure("outside_groups_among_poor_household_rate", households=rows) == (1, 3, "ok")


def test_causes_may_be_several(figure):
    rows = [
        *households(POOR, 2, causes=["illness", "labour"]),
        *households(POOR, 1, causes=["labour"]),
        *households(POOR, 1, causes=None),
    ]
    # illness 2 of 3, labour 3 of 3: together more than all
    assert figure("cause_illness_among_poor_household_rate", households=rows) == (2, 3, "ok")
    assert figure("cause_labour_among_poor_household_rate", households=rows) == (3, 3, "ok")


def test_relapsed_near_poor_were_near_poor_at_an_earlier_review(figure):
    before = [{**row, "period": "2022"} for row in households(NEAR_POOR, household_id="h-back")] + [
        {**row, "period": "2022"} for row in households(NONE, household_id="h-new")
    ]
    now = [
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-back"),
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-new"),
        *households(NONE, class_before_code=NEAR_POOR, household_id="h-out"),
    ]
    rows = before + now
    assert figure("relapsed_near_poor_household_count", households=rows)[0] == 1
    assert figure("new_near_poor_household_count", households=rows)[0] == 1
    assert figure("escaped_near_poor_household_count", households=rows)[0] == 1
    assert figure("new_near_poor_person_count", households=rows)[0] == 3


def test_a_list_without_the_class_before_tells_no_flow(figure):
    # four poor households whose list does not say what they were: they did not all enter this year
    for measure in ("new_poor_household_count", "near_poor_became_poor_household_count"):
        assert figure(measure, households=households(POOR, 4))[0::2] == (None, "no_data")
    for measure in ("new_near_poor_household_count", "new_near_poor_person_count"):
        assert figure(measure, households=households(NEAR_POOR, 4))[0::2] == (None, "no_data")
    # one household of the list has a class before: the three blank ones were on no list
    told = households(POOR, 1, class_before_code=NEAR_POOR) + households(POOR, 3)
    assert figure("new_poor_household_count", households=told)[0] == 3
    assert figure("near_poor_became_poor_household_count", households=told)[0] == 1


def test_the_class_before_is_known_or_not(figure):
    rows = households(POOR, 3, class_before_code=NONE) + households(POOR, 1)
    assert figure("class_before_known_rate", households=rows) == (3, 4, "ok")


def test_average_living_standard_is_form_1_and_unknown_where_left_empty(figure):
    form = {"unit_code": A, "area_type": "rural", "resident_household_count": 200}
    told = [{**form, "average_living_household_count": 5}]
    # 5 / 200 = 2,5 %
    assert figure("average_living_household_rate", population=told) == (5, 200, "ok")
    assert figure("average_living_household_rate", population=[form])[2] == "no_data"
