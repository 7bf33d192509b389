"""The evaluation tells the planted effects of the demo apart."""

import polars as pl
import pytest

from demo.models import COMPONENTS, PLANS, models
from demo.province import imagine
from measures.evaluation.following import study
from measures.evaluation.portfolio import figures

CLASSES = {0: "none", 1: "near_poor", 2: "poor"}


@pytest.fixture(scope="module")
def found() -> dict[tuple[str, str], dict[str, object]]:
    province = imagine(5, "province")
    lists = province.rows.filter(pl.col("year") < 2026).select(
        household_id=pl.col("household").cast(pl.String), year=pl.col("year").cast(pl.Int64),
        era=pl.lit("x"), unit_code=pl.col("home").cast(pl.String),
        class_code=pl.col("klass").replace_strict(CLASSES, return_dtype=pl.String),
        b1_points=pl.col("b1").cast(pl.Float64),
        area_type=pl.when("is_urban").then(pl.lit("urban")).otherwise(pl.lit("rural")),
        is_without_labour_capacity="no_labour", member_count="members",
    )  # fmt: skip
    known = models(province)
    plans = {plan.number: plan for plan in PLANS}
    register = known.sites.select(
        "model_id", "copy_of",
        model_name=pl.col("plan").replace_strict({n: p.name for n, p in plans.items()}, return_dtype=pl.String),
        model_type=pl.lit("livestock"), agency_name=pl.lit("Sở"),
        model_kind=pl.when(pl.col("copy_of").is_null()).then(pl.lit("pilot")).otherwise(pl.lit("copy")),
        budget_central_vnd=pl.lit(3e8), budget_local_vnd=pl.lit(None, pl.Float64),
        budget_other_vnd=pl.lit(None, pl.Float64), own_money_vnd=pl.lit(None, pl.Float64),
        core_components=pl.col("components").map_elements(
            lambda count: list(COMPONENTS[:count]), return_dtype=pl.List(pl.String)
        ),
    )  # fmt: skip
    participants = known.members.select(
        "model_id", participant_number="number", entry_date="entry",
        household_id=pl.col("household").cast(pl.String),
        support_vnd=pl.col("support").cast(pl.Float64),
        recovered_vnd=pl.col("recovered").cast(pl.Float64),
        is_exemplary=pl.col("number").str.ends_with("1").cast(pl.Boolean),
        passed_on_to=pl.when(pl.col("passed_on_to").is_not_null()).then(pl.concat_list("passed_on_to")),
    )  # fmt: skip
    rows = figures(study(register, participants, lists))
    return {(row["model_id"], row["part"]): row for row in rows.to_dicts()}


def test_planted_effects_are_told_apart(found):
    grades = {model: row["grade"] for (model, part), row in found.items() if part == "all"}
    assert {grades[f"MH{number:02d}"] for number in (1, 2, 3)} == {"evidence"}
    assert grades["MH10"] == "unclear"
    for number in (6, 7, 8):
        assert grades[f"MH{number:02d}"] in ("unclear", "no_effect")


def test_households_held_up_as_an_example_are_counted(found):
    whole, parts = found["MH01", "all"], [found["MH01", part] for part in ("pilot", "copies")]
    assert 0 < whole["exemplary"] < whole["participants"]
    assert whole["exemplary"] == sum(part["exemplary"] for part in parts)


def test_the_gain_of_the_worst_off_is_not_its_effect(found):
    row = found["MH08", "all"]
    assert row["b1_change_points"] > row["b1_comparison_points"] + 5
    assert row["b1_regression_points"] > 5


def test_copies_with_few_components_keep_little_of_the_effect(found):
    faithful, poor = found["MH01", "copies"], found["MH09", "copies"]
    assert faithful["fidelity_share"] == 1
    assert poor["fidelity_share"] == pytest.approx(18 / 30)
    assert poor["replication_ratio"] < faithful["replication_ratio"]


def test_support_revolves_in_one_model_and_not_in_another(found):
    assert found["MH11", "all"]["reach_per_first_funded"] > 1.6
    assert found["MH12", "all"]["reach_per_first_funded"] < 1.2


def test_cost_is_told_only_where_there_is_an_effect(found):
    sure, none = found["MH01", "all"], found["MH06", "all"]
    assert (
        sure["cost_per_exit_low_vnd"] < sure["cost_per_exit_vnd"] < sure["cost_per_exit_high_vnd"]
    )
    assert none["cost_per_exit_vnd"] is None
