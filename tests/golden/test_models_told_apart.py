"""The twelve models of the whole demo province, from its workbooks: told apart as they were planted."""

import pytest

from demo.models import PLANS
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province

STRONG, NONE = ("MH01", "MH02", "MH03"), ("MH06", "MH07")
AT_THE_WORST, FADING, SMALL, REVOLVING, STANDING = "MH08", "MH09", "MH10", "MH11", "MH12"


@pytest.fixture(scope="module")
def door(province):
    return Door.open(province.data, Viewer("leader"))


@pytest.fixture(scope="module")
def found(door):
    rows = door.model_results("model").to_dicts()
    return {(row["model_id"], row["part"]): row for row in rows}


def test_strong_models_have_evidence_and_absent_effects_have_none(found):
    assert {found[model, "all"]["grade"] for model in STRONG} == {"evidence"}
    assert all(found[model, "all"]["grade"] in ("no_effect", "unclear") for model in NONE)


@pytest.mark.parametrize(
    "plan", [plan for plan in PLANS if plan.households > 9], ids=lambda p: p.name
)
def test_planted_effects_are_near_what_is_found(found, plan):
    # The demo cannot take more households out of a commune than got out: strong effects are a little less.
    row = found[plan.model_id, "all"]
    sites = [plan.effect] * plan.pilot_communes + [
        plan.effect_of_copy(kept) for kept in plan.copies
    ]
    assert row["effect_share"] == pytest.approx(sum(sites) / len(sites), abs=0.12)


def test_a_gain_of_the_worst_off_is_no_evidence(found):
    row = found[AT_THE_WORST, "all"]
    assert row["grade"] not in ("evidence", "signs")
    assert row["b1_change_points"] > row["b1_comparison_points"] + 5
    assert row["b1_regression_points"] > 5


def test_what_is_too_small_is_unclear(found):
    row = found[SMALL, "all"]
    assert (row["grade"], row["grade_reason"]) == ("unclear", "too_small")
    assert row["cost_per_exit_vnd"] is None


def test_copies_without_their_components_keep_less_of_the_effect(found):
    assert found[FADING, "copies"]["fidelity_share"] == pytest.approx(0.6)
    assert found[FADING, "all"]["replication_ratio"] < 0.8
    faithful = [found[model, "all"]["replication_ratio"] for model in STRONG]
    assert max(faithful) > found[FADING, "all"]["replication_ratio"]


def test_one_model_revolves_and_one_does_not(found):
    assert found[REVOLVING, "all"]["reach_per_first_funded"] > 1.6
    assert found[STANDING, "all"]["reach_per_first_funded"] < 1.2
    assert found[REVOLVING, "all"]["months_a_cycle"] > 4


def test_communes_with_a_working_model_are_counted_once(door):
    rows = door.estimates(["communes_with_model_rate"])
    row = rows.sort("period").row(-1, named=True)
    sites = door.model_results("model_site")
    assert (row["denominator"], row["units_reported"], row["units_expected"]) == (57, 57, 57)
    assert 0 < row["numerator"] <= sites["unit_code"].n_unique()


def test_where_next_names_no_commune_that_has_the_model(door):
    places, sites = door.model_results("model_next"), door.model_results("model_site")
    there = set(sites.select("family_id", "unit_code").iter_rows())
    assert not there & set(places.select("model_id", "unit_code").iter_rows())
    assert AT_THE_WORST not in set(places["model_id"])
