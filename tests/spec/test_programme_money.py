"""Stages and money of one programme, by hand."""

from measures.programme_money import (
    bounded,
    least_reached_first,
    money,
    reach_of_need,
    share_pct,
    stages,
)
from reference.programmes import programmes

HOUSING, CREDIT, BUDGET, TRAINING = (
    programmes()[name] for name in ("housing_built", "credit_poor", "budget_local", "extension_training")
)  # fmt: skip


def told(told=57, **values):
    return {
        quantity: {"value": value, "units_reported": told, "units_expected": 57}
        for quantity, value in values.items()
    }


def test_each_stage_is_a_share_of_the_one_that_bounds_it():
    found = stages(HOUSING, told(need=40, reached=30, outcome=24, disbursed_vnd=1_500))
    # 30 of 40 = 75 %; 24 of 30 = 80 %; money is not a stage
    assert [(each.quantity, each.share_pct) for each in found] == [
        ("need", None), ("reached", 75), ("outcome", 80),
    ]  # fmt: skip


def test_money_is_allocated_disbursed_and_reaches_households_inside_one_programme():
    found = money(CREDIT, told(need=10, reached=8, requested_vnd=500, disbursed_vnd=400))
    # 400 of 500 asked for = 80 %; 400 / 8 = 50 a household
    assert (found.planned_quantity, found.disbursed_pct, found.per_reached_vnd) == ("requested_vnd", 80, 50)  # fmt: skip


def test_a_budget_line_knows_no_households_and_a_training_no_money():
    found = money(BUDGET, told(allocated_vnd=200, disbursed_vnd=150))
    assert (found.disbursed_pct, found.reached, found.per_reached_vnd) == (75, None, None)
    assert money(TRAINING, told(need=3, reached=2)) is None


def test_no_share_of_sums_over_other_communes_or_of_nothing():
    part = told(told=40, disbursed_vnd=100)["disbursed_vnd"]
    whole = told(allocated_vnd=200)["allocated_vnd"]
    assert share_pct(part, whole) is None
    assert share_pct(whole, told(allocated_vnd=0)["allocated_vnd"]) is None
    assert share_pct(None, whole) is None


def test_need_is_reached_to_a_share_and_the_rest_is_missing():
    found = reach_of_need(HOUSING, told(need=40, reached=30, outcome=24))
    assert (found.column.quantity, found.share_pct, found.missing) == ("reached", 75, 10)
    nobody = reach_of_need(HOUSING, told(need=0, reached=0))
    assert (nobody.share_pct, nobody.missing) == (None, 0)
    unlike = reach_of_need(HOUSING, {**told(need=40), **told(told=50, reached=30)})
    assert (unlike.share_pct, unlike.missing, unlike.is_complete) == (None, None, False)
    assert reach_of_need(HOUSING, told(need=40)) is None


def test_a_share_of_the_labour_force_or_of_a_budget_is_no_need():
    jobless = told(eligible=1_000, reached=16)
    assert bounded(programmes()["unemployment"], jobless).share_pct == 1.6
    assert reach_of_need(programmes()["unemployment"], jobless) is None
    assert reach_of_need(BUDGET, told(allocated_vnd=200, disbursed_vnd=150)) is None


def test_only_what_all_communes_reported_is_ranked():
    low, high = (
        reach_of_need(each, told(need=10, reached=n)) for each, n in ((HOUSING, 4), (CREDIT, 9))
    )
    begun = reach_of_need(TRAINING, told(told=56, need=10, reached=1))
    assert least_reached_first([begun, high, low]) == [low, high, begun]
