"""Stages and money of one programme, by hand."""

from measures.programme_money import money, share_pct, stages
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
