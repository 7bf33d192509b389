"""Sums of the matrix of moves, by hand."""

import polars as pl

from measures.household_sums import churn_over_years, form_lines, relapse
from warehouse.result_tables import RESULT__HOUSEHOLD_FLOW, RESULT__HOUSEHOLD_HISTORY


def flows(period, reported, **moves):
    rows = [
        {
            "period": period, "class_from": cell.split("__")[0], "class_to": cell.split("__")[1],
            "household_count": count, "units_reported": reported, "units_expected": 57,
        }
        for cell, count in moves.items()
    ]  # fmt: skip
    return RESULT__HOUSEHOLD_FLOW.conform(pl.DataFrame(rows))


def test_a_review_that_communes_are_missing_from_does_not_stand_beside_whole_ones():
    # 2025: 30 + 20 left, 15 came, net −35; of 2026 only 31 of 57 communes have sent both lists
    whole = flows("2025", 57, poor__poor=40, poor__near_poor=30, poor__none=20, none__poor=15)
    begun = flows("2026", 31, poor__poor=10, poor__none=6)
    shown, left_out = churn_over_years(pl.concat([begun, whole]))
    assert [(each.period, each.left, each.came, each.net) for each in shown] == [
        ("2025", 50, 15, -35)
    ]
    assert left_out == ["2026"]


def test_relapse_is_a_share_of_those_that_escaped_and_no_case_where_nobody_did():
    def history(escaped):
        rows = [
            {"figure": figure, "period": "2023", "household_count": count}
            for figure, count in (("escaped", escaped), ("relapsed_24", 4 if escaped else 0))
        ]
        return RESULT__HOUSEHOLD_HISTORY.conform(pl.DataFrame(rows))

    # 4 / 80 = 5 %
    assert relapse(history(80), "relapsed_24").share_pct == 5
    assert relapse(history(0), "relapsed_24").share_pct is None
    assert relapse(history(80), "relapsed_12") is None


def test_forms_2_and_3_of_one_unit_balance():
    cells = flows(
        "2025", 57, poor__poor=40, poor__near_poor=30, poor__none=20, poor__no_longer_on_list=10,
        near_poor__poor=5, near_poor__near_poor=50, near_poor__none=7, none__poor=3,
        not_on_list_before__poor=12, not_on_list_before__near_poor=9,
    )  # fmt: skip
    # form 2: 40 + 30 + 20 + 10 = 100 before; 100 − (30 + 20 + 10) + (5 + 3 + 12) = 60 = 40 + 5 + 3 + 12
    poor = form_lines(cells, "poor", "near_poor").row(0, named=True)
    assert [poor[name] for name in ("opening", "to_other", "to_none", "to_gone")] == [
        100,
        30,
        20,
        10,
    ]
    assert [poor[name] for name in ("from_other", "from_none", "from_new", "closing")] == [
        5,
        3,
        12,
        60,
    ]
    # form 3: 5 + 50 + 7 = 62 before; 62 − (5 + 7 + 0) + (30 + 0 + 9) = 89 = 30 + 50 + 9
    near = form_lines(cells, "near_poor", "poor").row(0, named=True)
    assert [near[name] for name in ("opening", "to_other", "to_none", "to_gone")] == [62, 5, 7, 0]
    assert [near[name] for name in ("from_other", "from_none", "from_new", "closing")] == [
        30,
        0,
        9,
        89,
    ]
