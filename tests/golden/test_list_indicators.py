"""The plan's indicators over lists of households (T1, T6, T8) against the demo's own people, by every level.

The truth is imagined anew from the seed of the demo: nothing of the readers stands between it and these counts.
"""

import json

import polars as pl
import pytest

from demo.geography import ERA_OF_YEAR, YEARS, homes
from demo.histories import NEAR, POOR
from demo.province import imagine
from measures.target_units import unit_standings
from reference.loading import indicators
from reference.plan import plan_indicators
from warehouse.door import Door, Viewer

pytestmark = pytest.mark.province
KEY = ["period", "unit_code"]
IS_POOR, IS_NEAR = pl.col("klass") == POOR, pl.col("klass") == NEAR
COUNTED = {
    "poor_households_with_labour_capacity_count": (IS_POOR & ~pl.col("no_labour"), None),
    "poor_households_with_merit_member_count": (IS_POOR & pl.col("merit"), None),
    "poor_household_rate": (IS_POOR, None),
} | {
    f"deprivation_{each.code}_among_{name}": (
        is_class & (pl.col("marks") // 2 ** (each.position - 1) % 2 == 1),
        is_class,
    )
    for each in indicators()
    for name, is_class in (("poor", IS_POOR), ("near_poor", IS_NEAR))
}
FLAGGED = [
    "poor_households_with_labour_capacity_count",
    "poor_households_with_merit_member_count",
]
SUMMED = [*COUNTED, "relapsed_poor_household_count", "communes_with_model_rate"]
SUMMED += ["all_policies_received_rate", "model_participants_out_rate"]


def _imagined(province):
    told = json.loads((province.inbox / "demo.json").read_text("utf-8"))
    return imagine(told["seed"], told["size"])


@pytest.fixture(scope="module")
def people(province):
    """One row a household and yearly list, as the communes know them."""
    return _imagined(province).rows.with_columns(period=pl.col("year").cast(pl.String))


@pytest.fixture(scope="module")
def told(province):
    return Door.open(province.data, Viewer("command"))


@pytest.mark.parametrize("name", COUNTED)
def test_every_commune_that_reported_has_the_true_count(people, told, name):
    inside, of = COUNTED[name]
    counts = [inside.sum().cast(pl.Float64).alias("true_numerator")]
    counts += [] if of is None else [of.sum().cast(pl.Float64).alias("true_denominator")]
    truth = people.group_by(KEY).agg(*counts)
    communes = told.estimates([name], level="commune").filter(
        pl.col("period").str.len_chars() == 4,
        pl.col("units_reported") == pl.col("units_expected"),
    )
    both = communes.join(truth, on=KEY, how="left").with_columns(
        pl.col("^true_.*$").fill_null(0),  # a commune without a single household on the list
    )
    assert both.height > 400
    wrong = both.filter(pl.col("numerator") != pl.col("true_numerator"))
    assert wrong.is_empty(), wrong.select(*KEY, "numerator", "true_numerator")
    if of is not None:
        assert both["denominator"].eq(both["true_denominator"]).all()


def test_resident_households_under_the_rate_are_the_true_ones(province, told):
    imagined = _imagined(province)
    residents = [
        {"period": str(year), "unit_code": code, "true": int(count)}
        for place, year in enumerate(YEARS)
        for code, count in zip(
            homes()[f"code_{ERA_OF_YEAR[year]}"],
            imagined.quotas.resident_households[:, place],
            strict=True,
        )
    ]
    true = pl.DataFrame(residents).group_by(KEY).agg(pl.col("true").sum())
    communes = told.estimates(["poor_household_rate"], level="commune")
    both = communes.filter(pl.col("denominator").is_not_null()).join(true, on=KEY)
    assert both.height > 800
    assert both["denominator"].eq(both["true"]).all()


@pytest.mark.parametrize("name", FLAGGED)
def test_the_plans_first_target_is_known_of_everybody_in_the_last_official_reviews(told, name):
    rows = told.estimates([name]).filter(pl.col("period").str.len_chars() == 4)
    reported = dict(rows.select("period", "units_reported").iter_rows())
    expected = dict(rows.select("period", "units_expected").iter_rows())
    assert {p for p in reported if reported[p] == expected[p]} == {"2024", "2025"}
    # a list without the two columns is not known to have none: it lowers the coverage, never the count
    assert 0 < reported["2026"] < expected["2026"]


@pytest.mark.parametrize("name", SUMMED)
def test_communes_and_former_districts_sum_to_the_province(told, name):
    # Unknown parts have an unknown sum: nothing known is not zero.
    sums = [
        pl.when(pl.col(part).count() > 0).then(pl.col(part).sum()).alias(part)
        for part in ("numerator", "denominator")
    ]
    whole = told.estimates([name]).filter(pl.col("period").str.len_chars() == 4)
    assert whole.height > 0
    for level in ("commune", "district"):
        rows = told.estimates([name], level=level).group_by("period").agg(*sums)
        both = whole.join(rows, on="period", suffix="_of_parts")
        assert both.height == whole.height
        for part in ("numerator", "denominator"):
            assert both[part].eq_missing(both[f"{part}_of_parts"]).all(), level


def test_relapses_are_those_whom_an_earlier_review_knew_as_poor(people, told):
    """Neither poor nor near-poor at the review before, poor now and at an earlier one.

    Only of communes whose lists say for every household what it was before: elsewhere nobody can know.
    """
    seen = people.select("household", "klass", before_year=pl.col("year"))
    poor = people.filter(IS_POOR).select("household", "year", *KEY)
    last = poor.join(
        seen.filter(pl.col("klass") != 0),
        left_on=["household", pl.col("year") - 1],
        right_on=["household", "before_year"],
        how="anti",
    )
    earlier = last.join(seen.filter(IS_POOR), on="household")
    earlier = earlier.filter(pl.col("before_year") < pl.col("year") - 1)
    true = earlier.unique(["household", "year"]).group_by(KEY).len("true")
    names = ["relapsed_poor_household_count", "class_before_known_rate"]
    rows = told.estimates(names, level="commune").filter(pl.col("period").str.len_chars() == 4)
    known = rows.filter(measure=names[1], value=100.0).select(KEY)
    found = rows.filter(measure=names[0]).join(known, on=KEY, how="semi")
    both = found.join(true, on=KEY, how="left").with_columns(
        pl.col("true").fill_null(0),  # nobody in truth came back there
    )
    assert both.height > 400
    assert both["true"].sum() > 10
    # One household in a hundred is not found again, and a stranger is taken for one about as rarely.
    assert (both["numerator"] - both["true"]).abs().sum() <= 3


def test_every_policy_received_is_told_by_the_lists(province, told):
    truth = json.loads((province.truth / "summary.json").read_text("utf-8"))["support"]
    true = {each["unit_code"]: (each["received_all"], each["entitled"]) for each in truth}
    rows = told.estimates(["all_policies_received_rate"], level="commune")
    found = rows.filter(pl.col("units_reported") > 0).select(
        "unit_code", "numerator", "denominator"
    )
    assert {unit: pair for unit, *pair in found.iter_rows()} == {
        unit: list(pair) for unit, pair in true.items()
    }


@pytest.mark.parametrize("indicator", plan_indicators().values(), ids=lambda each: each.id)
def test_a_unit_that_is_not_complete_has_no_status_and_no_place_in_a_ranking(told, indicator):
    if indicator.measure is None:
        pytest.skip("no single figure")
    for level in ("commune", "district"):
        rows = told.estimates([indicator.measure], level=level)
        for period in rows["period"].unique():
            for each in unit_standings(indicator, rows, period):
                if each.row["units_reported"] != each.row["units_expected"]:
                    assert (each.status, each.change, each.missing) == ("no_data", None, None)
