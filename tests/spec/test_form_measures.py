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


POOR, NEAR_POOR, NONE = "poor", "near_poor", "none"


def households(class_code, count=1, **more):
    row = {"class_code": class_code, "area_type": "rural", "member_count": 3, **more}
    return list(repeat(row, count))


# Each commune is told of once and stands for one case; all are of the former district of Ý Yên.
GROUPS, OUTSIDE, CAUSES, RETURNED = "13798", "13801", "13804", "13807"
SILENT_POOR, SILENT_NEAR_POOR, PARTLY_SILENT, BEFORE = "13810", "13813", "13816", "13819"
FILLED_FORM, EMPTY_FORM, REPLACED, OTHER_STANDARD = "13825", "13870", "13873", "13876"
OLD_VERSION = "an old version"
_TOLD = {"head_ethnicity": "kinh", "is_without_labour_capacity": False}
LISTS = {
    GROUPS: [
        *households(POOR, 2, is_without_labour_capacity=True),
        *households(POOR, 3, is_without_labour_capacity=False),
        *households(POOR, 4),
        *households(NEAR_POOR, 5, is_without_labour_capacity=True),
    ],
    OUTSIDE: [
        *households(POOR, 1, **_TOLD, has_member_of_merit=False),
        *households(
            POOR, 1, **(_TOLD | {"is_without_labour_capacity": True}), has_member_of_merit=True
        ),
        *households(POOR, 1, head_ethnicity="kinh", has_member_of_merit=True),
        *households(POOR, 1, **_TOLD),
    ],
    CAUSES: [
        *households(POOR, 2, causes=["illness", "labour"]),
        *households(POOR, 1, causes=["labour"]),
        *households(POOR, 1, causes=None),
    ],
    RETURNED: [
        *households(NEAR_POOR, period="2022", household_id="h-back"),
        *households(NONE, period="2022", household_id="h-new"),
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-back"),
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-new"),
        *households(NONE, class_before_code=NEAR_POOR, household_id="h-out"),
    ],
    REPLACED: [
        *households(NEAR_POOR, period="2022", household_id="h-wrong", submission_id=OLD_VERSION),
        *households(NONE, period="2022", household_id="h-wrong", submission_id="new version"),
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-wrong"),
    ],
    OTHER_STANDARD: [
        *households(NEAR_POOR, period="2020", standard_id="2016-2020", household_id="h-long-ago"),
        *households(NEAR_POOR, class_before_code=NONE, household_id="h-long-ago"),
    ],
    SILENT_POOR: households(POOR, 4),
    SILENT_NEAR_POOR: households(NEAR_POOR, 4),
    PARTLY_SILENT: households(POOR, 1, class_before_code=NEAR_POOR) + households(POOR, 3),
    BEFORE: households(POOR, 3, class_before_code=NONE) + households(POOR, 1),
}
_FORM = {"area_type": "rural", "resident_household_count": 200}
FORMS = [
    {**_FORM, "unit_code": FILLED_FORM, "average_living_household_count": 5},
    {**_FORM, "unit_code": EMPTY_FORM},
]


@pytest.fixture
def figure(estimate, one):
    """``figure(measure, commune)`` → (numerator, denominator, mark) of the commune in 2023."""

    def run(measure, commune):
        told = [{**row, "unit_code": unit} for unit, rows in LISTS.items() for row in rows]
        row = one(
            estimate(told, FORMS, superseded=(OLD_VERSION,)),
            measure=measure, level="commune", era="2020", unit_code=commune, period="2023",
        )  # fmt: skip
        return row["numerator"], row["denominator"], row["mark"]

    return run


def test_a_household_that_the_list_says_nothing_of_is_in_neither_sum(figure):
    # 2 of the 5 poor households whose list tells; the other 4 poor are unknown
    assert figure("without_labour_among_poor_household_rate", GROUPS) == (2, 5, "ok")
    # the same in persons, 3 a household
    assert figure("without_labour_among_poor_person_rate", GROUPS) == (6, 15, "ok")


def test_outside_the_groups_is_counted_and_not_a_difference(figure):
    # outside: the first; inside: the second (two groups at once) and the third; the fourth nobody knows
    assert figure("outside_groups_among_poor_household_rate", OUTSIDE) == (1, 3, "ok")


def test_causes_may_be_several(figure):
    # illness 2 of 3, labour 3 of 3: together more than all
    assert figure("cause_illness_among_poor_household_rate", CAUSES) == (2, 3, "ok")
    assert figure("cause_labour_among_poor_household_rate", CAUSES) == (3, 3, "ok")


def test_relapsed_near_poor_were_near_poor_at_an_earlier_review(figure):
    assert figure("relapsed_near_poor_household_count", RETURNED)[0] == 1
    assert figure("new_near_poor_household_count", RETURNED)[0] == 1
    assert figure("escaped_near_poor_household_count", RETURNED)[0] == 1
    assert figure("new_near_poor_person_count", RETURNED)[0] == 3


def test_a_list_that_was_replaced_tells_of_no_earlier_review(figure):
    # the version in force says that the household was on no list in 2022
    assert figure("relapsed_near_poor_household_count", REPLACED)[0] == 0
    assert figure("new_near_poor_household_count", REPLACED)[0] == 1


def test_nobody_relapses_across_a_change_of_standard(figure):
    assert figure("relapsed_near_poor_household_count", OTHER_STANDARD)[0] == 0
    assert figure("new_near_poor_household_count", OTHER_STANDARD)[0] == 1


def test_a_list_without_the_class_before_tells_no_flow(figure):
    # four poor households whose list does not say what they were: they did not all enter this year
    for measure in ("new_poor_household_count", "near_poor_became_poor_household_count"):
        assert figure(measure, SILENT_POOR)[0::2] == (None, "no_data")
    for measure in ("new_near_poor_household_count", "new_near_poor_person_count"):
        assert figure(measure, SILENT_NEAR_POOR)[0::2] == (None, "no_data")
    # one household of the list has a class before: the three blank ones were on no list
    assert figure("new_poor_household_count", PARTLY_SILENT)[0] == 3
    assert figure("near_poor_became_poor_household_count", PARTLY_SILENT)[0] == 1


def test_the_class_before_is_known_or_not(figure):
    assert figure("class_before_known_rate", BEFORE) == (3, 4, "ok")


def test_average_living_standard_is_form_1_and_unknown_where_left_empty(figure):
    # 5 / 200 = 2,5 %
    assert figure("average_living_household_rate", FILLED_FORM) == (5, 200, "ok")
    assert figure("average_living_household_rate", EMPTY_FORM)[2] == "no_data"
