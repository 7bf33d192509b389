"""Models in a build in miniature, and the parts of the evaluation on tables checked by hand."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ibis
import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal
from statsmodels.api import OLS, add_constant

from measures import list_rows, model_results
from measures.evaluation.change import CommuneMeans, effect_between
from measures.evaluation.following import followed, study
from measures.evaluation.funnel import funnel_line
from measures.evaluation.likeness import balance, trends
from measures.evaluation.next_places import next_places, working_sites
from measures.evaluation.passing import tree
from measures.evaluation.sites import sites
from measures.results import write_estimates
from reference.loading import units
from warehouse import engine
from warehouse.core_tables import (
    CORE_MODEL__PARTICIPANT,
    CORE_MODEL__REGISTER,
    CORE_REVIEW__HOUSEHOLD,
)
from warehouse.dim_tables import DIM__PLACEMENT, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.model_tables import (
    RESULT__MODEL,
    RESULT__MODEL_NEXT,
    RESULT__MODEL_SITE,
    RESULT__MODEL_TURN,
)
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import RESULT__ESTIMATE

CODES = units().filter(era="2020", level="commune")["code"].sort().to_list()
A, B, C = CODES[:3]
STANDARD = "2022-2026"
# (household, commune, class by year): A has the model; B and C are alike and have none.
FATES = (
    ("p1", A, ("poor", "none", "poor")),
    ("p2", A, ("poor", "near_poor", None)),
    ("p3", A, ("poor", "poor", "poor")),
    ("p4", A, ("poor", None, None)),
    ("b1", B, ("poor", "none", None)),
    ("b2", B, ("poor", "poor", "poor")),
    ("c1", C, ("poor", "near_poor", "near_poor")),
    ("c2", C, ("poor", "poor", "poor")),
)
YEARS = ("2021", "2022", "2023")


def lists() -> pl.DataFrame:
    """Rows as the evaluation reads them."""
    rows = [
        {
            "household_id": name, "year": int(year), "era": "2020", "unit_code": code, "class_code": klass,
            "b1_points": 100.0, "area_type": "rural", "is_without_labour_capacity": False, "member_count": 2,
        }
        for name, code, classes in FATES
        for year, klass in zip(YEARS, classes, strict=True)
        if klass
    ]  # fmt: skip
    return pl.DataFrame(rows)


def register(**changed: object) -> pl.DataFrame:
    row = {
        "submission_id": "reg", "sheet": "M", "row": 9, "era": "2020", "unit_code": A, "period": "2023",
        "status": "official", "model_id": "M1", "model_name": "Nuôi gà", "model_type": "livestock",
        "model_kind": "pilot", "started_date": date(2022, 1, 5), "agency_name": "Sở",
        "budget_central_vnd": 80e6, "core_components": ["con giống", "tập huấn"],
    }  # fmt: skip
    return CORE_MODEL__REGISTER.conform(pl.DataFrame([row | changed]))


def participants() -> pl.DataFrame:
    rows = [
        {
            "submission_id": "par", "sheet": "H", "row": 9 + place, "household_id": f"p{place}", "era": "2020",
            "unit_code": A, "period": "2023", "status": "official", "model_id": "M1",
            "participant_number": f"H{place}", "entry_date": date(2022, place, 1), "support_vnd": 10e6,
            "recovered_vnd": 5e6 if place == 1 else 0.0, "passed_on_to": ["H2", "H3"] if place == 1 else None,
        }
        for place in (1, 2, 3, 4)
    ]  # fmt: skip
    return CORE_MODEL__PARTICIPANT.conform(pl.DataFrame(rows))


def test_who_is_out_and_who_comes_back_is_told_by_later_lists():
    # 2023 is whole: who left the list in 2022 and is not on it has stayed off.
    found = followed(lists(), whole_years=[2021, 2022, 2023]).filter(year=2021)
    rows = {row["household_id"]: row for row in found.to_dicts()}
    assert [rows[name]["is_out"] for name in ("p1", "p2", "p3", "p4")] == [True, True, False, None]
    assert rows["p1"]["is_back_12"] is True
    assert rows["p2"]["is_back_12"] is None  # near-poor in 2022 and not named in 2023
    assert rows["b1"]["is_back_12"] is False  # off the list in 2022, not on the whole list of 2023
    assert rows["p3"]["is_back_12"] is None  # never out
    partial = followed(lists(), whole_years=[2021, 2022]).filter(year=2021, household_id="b1")
    assert partial["is_back_12"].to_list() == [None]


def test_means_of_few_households_have_wider_intervals():
    # Others: 0, 0.1, −0.1: variance 0.01, of which 0.004 from their households: 0.006 between communes.
    # Treated: (0.006 + 0.02) / 2 = 0.013; error √(0.013 + 0.01/3) = 0.1278; t(3; 0.975) = 3.182
    found = effect_between(
        CommuneMeans((0.2, 0.4), (0.02, 0.02)), CommuneMeans((0.0, 0.1, -0.1), (0.004,) * 3)
    )
    assert found is not None
    assert found.estimate == pytest.approx(0.3)
    assert found.standard_error == pytest.approx(0.1278, abs=1e-4)
    assert found.high - found.estimate == pytest.approx(3.182 * 0.1278, abs=1e-3)


def test_the_estimate_is_that_of_the_regression_on_commune_means():
    rng = np.random.default_rng(3)
    own, others = rng.normal(0.3, 0.1, 6), rng.normal(0, 0.05, 40)
    dummy = add_constant(np.repeat([1.0, 0.0], [6, 40]))
    found = effect_between(
        CommuneMeans(tuple(own), (0.01,) * 6), CommuneMeans(tuple(others), (0.001,) * 40)
    )
    assert found is not None
    assert found.estimate == pytest.approx(
        OLS(np.concatenate([own, others]), dummy).fit().params[1]
    )


def test_nothing_is_estimated_from_single_households():
    assert effect_between(CommuneMeans((1.0,), None), CommuneMeans((0.0, 0.0), (0.1, 0.1))) is None


def test_a_site_carries_what_was_expected_of_its_households():
    found = study(register(), participants(), lists())
    row = sites(found).row(0, named=True)
    # p1 and p2 of three known are out; half of the comparison households are.
    assert (row["participants"], row["households"], row["out"]) == (4, 3, 2)
    assert row["expected_share"] == pytest.approx(0.5)
    assert row["effect_share"] == pytest.approx(2 / 3 - 0.5)
    assert row["fidelity_share"] == 1


def test_both_groups_are_followed_and_weighed_at_the_baseline():
    found = study(register(), participants(), lists())
    alike = balance(found).filter(trait="poor").row(0, named=True)
    assert (alike["participants_mean"], alike["after_mean"], alike["after_difference"]) == (1, 1, 0)
    trend = trends(found).filter(group="participants")
    # p1, p2, p3 at the baseline and the review after; p1 and p3 at the second.
    assert dict(trend.select("step", "households").iter_rows()) == {-2: 0, -1: 0, 0: 3, 1: 3, 2: 2}


def test_who_joins_later_is_compared_until_then():
    # c2 joins after the review of 2022: its row of 2021 counts, what came after it joined does not.
    late = pl.DataFrame([{"household_id": "c2", "unit_code": C, "entry_date": date(2023, 1, 1)}])
    both = pl.concat([participants(), CORE_MODEL__PARTICIPANT.conform(late)])
    rows = study(register(), both, lists()).outside.filter(household_id="c2")
    assert rows["year"].to_list() == [2021]
    assert rows.select("is_out", "is_out_later").row(0) == (False, None)


def test_the_tree_counts_turns_from_the_first_household():
    found = {row["participant_number"]: row for row in tree(participants()).to_dicts()}
    assert [found[f"H{n}"]["turn"] for n in (1, 2, 3, 4)] == [1, 2, 2, 1]
    assert found["H3"]["received_from"] == "H1"


def test_the_line_of_the_funnel_narrows():
    line = funnel_line(0.4, 1.0, 60)
    widths = (line["high_95_share"] - line["low_95_share"]).to_list()
    assert widths[0] > widths[20] > widths[-1]
    # 0.4 ± 1.96 √(0.24/60) = 0.4 ± 0.124
    assert line["high_95_share"][-1] == pytest.approx(0.524, abs=1e-3)


def test_next_places_are_communes_without_the_model_alike_to_those_where_it_worked():
    rows = lists().filter(year=2021)
    found = study(register(), participants(), lists())
    assert next_places(found, rows, {("M1", "pilot"): "unclear"}).is_empty()
    places = next_places(found, rows, {("M1", "pilot"): "signs"})
    assert set(places["unit_code"]) == {B, C}
    assert places["poor_household_count"].to_list() == [2, 2]
    assert working_sites(found, {("M1", "pilot"): "evidence"})["unit_code"].to_list() == [A]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, pl.DataFrame]:
    """A file with the tables of the evaluation, and the rows of ``result__estimate`` it gave."""
    return _build(tmp_path_factory.mktemp("models") / "build.duckdb", YEARS)


def _build(
    path: Path,
    years: Sequence[str],
    communes: pl.DataFrame | None = None,
    unsent: Sequence[tuple[str, str]] = (),
) -> tuple[Path, pl.DataFrame]:
    place = {"era": "2020", "status": "official"}
    households = lists().with_columns(
        submission_id=pl.concat_str(pl.lit("list-"), "unit_code", pl.lit("-"), "year"), sheet=pl.lit("DS"),
        row=pl.int_range(pl.len()), period=pl.col("year").cast(pl.String), status=pl.lit("official"),
        standard_id=pl.lit(STANDARD),
    ).drop("year")  # fmt: skip
    told = [
        place | {"submission_id": f"list-{code}-{year}", "form": "review_list", "unit_code": code,
                 "period": year, "standard_id": STANDARD, "row_count": 1, "is_current": True}
        for code in (A, B, C) for year in years if (code, year) not in unsent
    ]  # fmt: skip
    told += [
        place | {"submission_id": name, "form": form, "unit_code": A, "period": "2023", "row_count": 1,
                 "is_current": True}
        for name, form in (("reg", "model_register"), ("par", "model_participants"))
    ]  # fmt: skip
    with engine.writing(path) as connection:
        for table, rows in (
            (CORE_REVIEW__HOUSEHOLD, households),
            (CORE_MODEL__REGISTER, register()),
            (CORE_MODEL__PARTICIPANT, participants()),
            (QUALITY__COVERAGE, pl.DataFrame(told, infer_schema_length=None)),
            (DIM__UNIT, dim_unit() if communes is None else communes),
            (DIM__PLACEMENT, dim_placement()),
            (DIM__TOUCH, dim_touch()),
        ):
            engine.create(connection, table, rows)
    with engine.ibis_writing(path) as backend:
        backend.create_table("flow_selected", list_rows.selected(backend), temp=True)
        found = model_results.compute_models(backend)
        assert found is not None
        return path, found.to_polars()


def whole(path: Path, table: object) -> pl.DataFrame:
    with engine.reading(path) as connection:
        return engine.whole(connection, table)  # type: ignore[arg-type]


def test_a_build_tells_what_is_known_and_what_is_not(built):
    row = whole(built[0], RESULT__MODEL).filter(part="all").row(0, named=True)
    assert (row["participants"], row["listed"], row["households"], row["out"]) == (4, 4, 3, 2)
    assert (row["grade"], row["grade_reason"]) == ("unclear", "too_small")
    # p1 was out and is back; of p2 nothing is known: the list of 2023 is not whole.
    assert (row["relapsed_12"], row["relapse_known_12"]) == (1, 1)
    assert row["effect_share"] == pytest.approx(2 / 3 - 0.5)
    assert row["cost_per_exit_vnd"] is None  # its interval holds 0
    assert (row["cost_vnd"], row["budget_central_vnd"], row["own_money_vnd"]) == (80e6, 80e6, None)
    assert (row["reach_per_first_funded"], row["recovered_share"]) == (2, pytest.approx(0.125))
    assert (row["units_reported"], row["first_review"], row["last_review"]) == (3, 2021, 2023)


def test_a_build_has_no_place_for_a_model_that_has_not_worked(built):
    assert whole(built[0], RESULT__MODEL_NEXT).is_empty()
    assert whole(built[0], RESULT__MODEL_SITE)["unit_name"].is_not_null().all()
    assert whole(built[0], RESULT__MODEL_TURN)["turn"].to_list() == [1, 2, 2, 1]


def test_no_commune_with_a_working_model_is_zero_of_all(built):
    row = built[1].filter(level="province").row(0, named=True)
    assert (row["measure"], row["period"], row["mark"]) == (
        "communes_with_model_rate",
        "2023",
        "zero",
    )
    assert (row["value"], row["numerator"], row["denominator"]) == (0, 0, 226)
    # Three communes sent the list the grades rest on; of the others nothing is known.
    assert (row["units_reported"], row["units_expected"]) == (3, 226)
    communes = built[1].filter(level="commune")
    assert dict(communes["mark"].value_counts().iter_rows()) == {"zero": 3, "no_data": 223}


def test_without_a_register_there_is_nothing(tmp_path: Path):
    path = tmp_path / "empty.duckdb"
    with engine.writing(path) as connection:
        for table in (
            CORE_REVIEW__HOUSEHOLD, CORE_MODEL__REGISTER, CORE_MODEL__PARTICIPANT, QUALITY__COVERAGE,
        ):  # fmt: skip
            engine.create(connection, table, table.empty())
    with engine.ibis_writing(path) as backend:
        found = model_results.compute_models(backend)
        assert found is not None
        assert found.to_polars().is_empty()
    assert whole(path, RESULT__MODEL).is_empty()


@pytest.mark.parametrize("years", [(), ("2021",)])
def test_without_two_reviews_models_are_listed_and_nothing_is_said_of_them(tmp_path, years):
    path, _estimates = _build(tmp_path / "build.duckdb", years)
    row = whole(path, RESULT__MODEL).filter(part="all").row(0, named=True)
    assert (row["grade"], row["participants"], row["households"]) == ("unclear", 4, 0)
    assert row["effect_share"] is None
    assert row["first_review"] is None


def test_a_review_that_has_begun_takes_no_commune_out_of_the_rate(tmp_path):
    # 2023: one of three communes has sent its list; the grades rest on 2022, which all three sent
    three = dim_unit().filter((pl.col("level") != "commune") | pl.col("code").is_in([A, B, C]))
    begun = [(B, "2023"), (C, "2023")]
    _path, found = _build(tmp_path / "build.duckdb", YEARS, three, begun)
    row = found.filter(level="province").row(0, named=True)
    assert row["units_reported"] == 3


def test_a_list_of_a_later_year_tells_every_register_anew(built, tmp_path):
    path, told = tmp_path / "build.duckdb", RESULT__ESTIMATE.conform(built[1])
    stale = told.with_columns(value=pl.lit(99.0))
    other = stale.head(1).with_columns(measure=pl.lit("poor_household_rate"))
    with engine.writing(path) as connection:
        engine.create(connection, RESULT__ESTIMATE, pl.concat([stale, other]))
    with engine.ibis_writing(path) as backend:
        nothing = ibis.memtable(RESULT__ESTIMATE.empty(), schema=RESULT__ESTIMATE.ibis_schema)
        write_estimates(backend, [nothing], 2026, told)
    known = whole(path, RESULT__ESTIMATE)
    assert_frame_equal(known, pl.concat([told, other]), check_row_order=False)


def test_scores_that_never_differ_have_no_regression_to_the_mean(built):
    row = whole(built[0], RESULT__MODEL).filter(part="all").row(0, named=True)
    assert row["b1_regression_points"] is None
