"""The plan's indicators over models and reports (T8.2, T8.3, R.1) against the demo's own people, models and letters.

R.1 is of agencies, so it has no communes. T8.3 counts what the evaluation finds working: which parts those are is a
judgement with errors, so the places are compared for the parts found, and that no part without effect is among them.
"""

import json

import polars as pl
import pytest

from demo.plan_truth import communes_of_parts, participants_out, reports_in_time
from demo.province import imagine
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province
WORKING = ("evidence", "signs")


@pytest.fixture(scope="module")
def imagined(province):
    told = json.loads((province.inbox / "demo.json").read_text("utf-8"))
    return imagine(told["seed"], told["size"])


@pytest.fixture(scope="module")
def told(province):
    return Door.open(province.data, Viewer("command"))


def test_reports_in_time_are_those_whose_letter_says_so(imagined, told):
    rows = told.estimates(["report_on_time_rate"])
    found = {
        period: (int(came), int(due))
        for period, came, due in rows.select("period", "numerator", "denominator").iter_rows()
    }
    assert found == reports_in_time(imagined.seed)
    assert rows["units_reported"].eq(rows["units_expected"]).all()
    exact = 100 * rows["numerator"] / rows["denominator"]
    assert (rows["value"] - exact).abs().max() <= 0.005 + 1e-9


def test_participants_out_of_poverty_are_the_true_ones(imagined, told):
    true = participants_out(imagined)
    communes = told.estimates(["model_participants_out_rate"], level="commune")
    both = communes.join(true, on="unit_code", how="full", coalesce=True).with_columns(
        pl.col("out", "known").fill_null(0)  # a commune without a participant
    )
    assert both.height == communes.height == 57
    assert true["known"].sum() > 1_000
    # One household in a thousand is written so differently that nobody finds it again, or a stranger is taken for it.
    for told_name, true_name in (("numerator", "out"), ("denominator", "known")):
        wrong = (both[told_name] - both[true_name]).abs()
        assert wrong.max() <= 1
        assert wrong.sum() <= 5
    whole = told.estimates(["model_participants_out_rate"]).row(0, named=True)
    assert abs(whole["numerator"] - true["out"].sum()) <= 5
    assert abs(whole["denominator"] - true["known"].sum()) <= 5


def test_communes_with_a_working_model_are_where_the_models_are(imagined, told):
    grades = told.model_results("model").select("model_id", "part", "grade")
    parts = communes_of_parts(imagined).join(grades, on=["model_id", "part"])
    working = parts.filter(pl.col("grade").is_in(WORKING))
    assert working["effect"].min() > 0
    assert set(parts.filter(effect=0)["grade"]) <= {"no_effect", "unclear"}
    communes = told.estimates(["communes_with_model_rate"], level="commune")
    has_model = set(working["unit_code"])
    assert {
        code: numerator for code, numerator in communes.select("unit_code", "numerator").iter_rows()
    } == {code: float(code in has_model) for code in communes["unit_code"]}
    whole = told.estimates(["communes_with_model_rate"]).row(0, named=True)
    assert (whole["numerator"], whole["denominator"]) == (len(has_model), communes.height)
