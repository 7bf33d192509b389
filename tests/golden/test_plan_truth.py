"""The plan's indicators over models and reports (T8.2, T8.3, R.1) against the demo's own people, models and letters.

R.1 is of agencies, so it has no communes. T8.3 counts what the evaluation finds working: which parts those are is a
judgement with errors, so the places are compared for the parts found, and that no part without effect is among them.
"""

import json

import polars as pl
import pytest

from bench.links import rows_with_truth
from demo.histories import POOR
from demo.plan_truth import (
    communes_of_parts,
    participants_due,
    participants_out,
    reports_in_time,
)
from demo.province import imagine
from warehouse import engine
from warehouse.builds import current_build
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province
WORKING = ("evidence", "signs")
LINKED = """
    SELECT p.model_id, p.participant_number AS number, coalesce(l.linked_id, p.household_id) AS linked_id
    FROM core_model__participant p LEFT JOIN core_household__link l USING (household_id)
"""


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


@pytest.fixture(scope="module")
def followed(imagined, province):
    """Rows of the lists and participants, each with the true household and the one that the build linked it to."""
    rows = rows_with_truth(province.inbox, province.data).filter(
        pl.col("period").str.len_chars() == 4
    )
    rows = rows.with_columns(year=pl.col("period").cast(pl.Int32())).join(
        imagined.rows.select("household", "year", "klass", "before", "unit_code", "written_number"),
        on=["household", "year"],
    )
    with engine.reading(current_build(province.data).restricted) as connection:
        linked = engine.read(connection, LINKED)
    return rows, participants_due(imagined).join(linked, on=["model_id", "number"])


def by_commune(found):
    return found.group_by("unit_code").agg(pl.col("out", "known").sum())


def test_participants_out_of_poverty_are_those_of_the_rows_found(followed, told):
    """Every row with the true class of its household, tied as the build tied them: exactly the figures."""
    rows, members = followed
    found = participants_out(
        members.select("unit_code", "year", household="linked_id"),
        rows.select("year", "klass", household="linked_id"),
    )
    communes = told.estimates(["model_participants_out_rate"], level="commune")
    both = communes.join(by_commune(found), on="unit_code", how="full", coalesce=True).with_columns(
        pl.col("out", "known").fill_null(0)  # a commune without a participant
    )
    assert both.height == communes.height == 57
    assert both["numerator"].to_list() == both["out"].to_list()
    assert both["denominator"].to_list() == both["known"].to_list()
    whole = told.estimates(["model_participants_out_rate"]).row(0, named=True)
    assert (whole["numerator"], whole["denominator"]) == (found["out"].sum(), found["known"].sum())


def test_relapses_are_those_of_the_rows_found(followed, told):
    """Poor now, neither poor nor near-poor before, poor at an earlier review: rows tied as the build tied them."""
    rows, _ = followed
    key, is_poor = ["period", "unit_code"], pl.col("klass") == POOR
    earlier = rows.filter(is_poor).select("linked_id", before_year="year")
    back = rows.filter(is_poor, before=0).join(earlier, on="linked_id")
    back = back.filter(pl.col("before_year") < pl.col("year")).unique(["linked_id", "year"])
    names = ["relapsed_poor_household_count", "class_before_known_rate"]
    figures = told.estimates(names, level="commune").filter(pl.col("period").str.len_chars() == 4)
    known = figures.filter(measure=names[1], value=100.0).select(key)
    found = figures.filter(measure=names[0]).join(known, on=key, how="semi")
    both = found.join(back.group_by(key).len("true"), on=key, how="left")
    assert both.height > 400
    assert both["numerator"].sum() > 10
    # a commune to which nobody came back has no row of them
    assert both["numerator"].to_list() == both["true"].fill_null(0).to_list()


def test_of_a_participant_with_its_number_in_every_list_the_true_answer_is_told(followed, imagined):
    """Only whom a list writes without its number (exports have none) can be lost or taken for another."""
    rows, members = followed
    true = participants_out(members, imagined.rows)
    linked = participants_out(
        members.select("unit_code", "year", household="linked_id"),
        rows.select("year", "klass", household="linked_id"),
    )
    both = true.join(members.select("household", "linked_id").unique(), on="household").join(
        linked, left_on="linked_id", right_on="household", how="left", suffix="_told"
    )
    unnumbered = rows.filter(pl.col("written_number").is_null() | (pl.col("form") == "export"))
    numbered = both.join(unnumbered, on="household", how="anti")
    assert numbered.height > 500
    for name in ("out", "known"):
        assert numbered[name].to_list() == numbered[f"{name}_told"].to_list()


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
