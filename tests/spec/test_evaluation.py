"""Evaluation of models: published checks, and small tables with the arithmetic beside them."""

from datetime import date

import numpy as np
import polars as pl
import pytest
from statsmodels.api import OLS, add_constant

from measures.evaluation import change, comparison, cost, funnel, grade, replication, shares
from measures.evaluation.effect import Effect
from measures.evaluation.replication import Passing


def effect(
    estimate: float, low: float, high: float, error: float = 0.05, degrees: int = 20
) -> Effect:
    return Effect(estimate, low, high, error, degrees, degrees + 2)


def test_difference_in_differences_of_card_and_krueger():
    # American Economic Review 84 (1994), table 3: (21.03 − 20.44) − (21.17 − 23.33) = 0.59 + 2.16
    found = change.difference_in_differences(20.44, 21.03, 23.33, 21.17)
    assert found == pytest.approx(2.75, abs=1e-9)


def test_commune_means_are_compared_by_a_pooled_t():
    # means 4 and 2; squares 2 + 2 = 4 over 4 degrees of freedom: variance 1; error √(1·(1/3+1/3))
    # t(4; 0.975) = 2.776; 2 ± 2.776 · 0.8165 = −0.267 … 4.267
    found = change.effect_on_commune_means([3, 4, 5], [1, 2, 3])
    assert found is not None
    assert (found.estimate, found.degrees_of_freedom, found.communes) == (2, 4, 6)
    assert found.standard_error == pytest.approx(0.8165, abs=1e-4)
    assert (found.low, found.high) == pytest.approx((-0.267, 4.267), abs=1e-3)


def test_commune_means_agree_with_the_regression_of_the_library():
    rng = np.random.default_rng(1)
    treated, control = rng.normal(0.3, 0.1, 5), rng.normal(0.1, 0.1, 17)
    outcome = np.concatenate([treated, control])
    model = OLS(outcome, add_constant(np.repeat([1.0, 0.0], [5, 17]))).fit()
    found = change.effect_on_commune_means(treated.tolist(), control.tolist())
    assert found is not None
    assert found.estimate == pytest.approx(model.params[1])
    assert (found.low, found.high) == pytest.approx(tuple(model.conf_int()[1]))


def test_intervals_on_commune_means_cover_with_few_treated_communes():
    rng = np.random.default_rng(2)
    inside = 0
    for _ in range(400):
        found = change.effect_on_commune_means(
            rng.normal(0.2, 0.1, 3).tolist(), rng.normal(0, 0.1, 20).tolist()
        )
        assert found is not None
        inside += found.low <= 0.2 <= found.high
    assert 0.92 <= inside / 400 <= 0.98


def test_nothing_is_estimated_from_two_communes():
    assert change.effect_on_commune_means([1.0], [0.0]) is None


def test_every_placebo_choice_is_counted():
    # 2 of 5 communes can be chosen in 10 ways; one is as large as the true one
    assert change.permutation_p_value([9, 8], [1, 2, 3], alternative="greater") == pytest.approx(
        0.1
    )


def test_a_group_chosen_at_its_worst_rises_without_any_effect():
    # (1 − 0.6)(100 − 80) = 8
    assert change.regression_to_the_mean(80, 100, 0.6) == pytest.approx(8)
    assert change.regression_to_the_mean(80, 100, 1) == 0
    with pytest.raises(ValueError, match="correlation"):
        change.regression_to_the_mean(80, 100, 1.2)


@pytest.mark.parametrize(
    ("successes", "count", "limits"),
    [(81, 263, (0.2553, 0.3662)), (15, 148, (0.0624, 0.1605)), (0, 20, (0, 0.1611)), (1, 29, (0.0061, 0.1718))],
)  # fmt: skip
def test_wilson_interval_of_newcombe(successes, count, limits):
    # Newcombe, Statistics in Medicine 17 (1998), table I, method 3
    assert shares.wilson_interval(successes, count) == pytest.approx(limits, abs=5e-5)


def test_funnel_limits_of_a_large_group():
    # 0.3 ± 1.96 · √(0.3 · 0.7 / 100) = 0.3 ± 0.0898; φ = 4 doubles the width
    narrow, wide = (funnel.funnel_limits(0.3, 100, dispersion=phi) for phi in (1, 4))
    assert (narrow.low, narrow.high) == pytest.approx((0.2102, 0.3898), abs=1e-4)
    assert (wide.low, wide.high) == pytest.approx((0.1204, 0.4796), abs=1e-4)
    assert funnel.funnel_limits(0.3, 100, funnel.ALARM_Z).high == pytest.approx(0.4416, abs=1e-4)


def test_funnel_limits_of_a_small_group_are_exact():
    # Binomial(10; 0.5): P(≤1) = 0.0107, P(≤2) = 0.0547; 0.025 lies 0.6756 of the way back from 2
    found = funnel.funnel_limits(0.5, 10)
    assert found.low == pytest.approx((2 - (0.0547 - 0.025) / (0.0547 - 0.0107)) / 10, abs=1e-3)
    assert funnel.funnel_limits(0.02, 5).low >= 0


def test_groups_that_differ_more_than_by_chance_widen_the_funnel():
    # z of 40, 50, 60 of 100 against 0.5 are −2, 0, 2: φ = 8/3 > 1 + 2√(2/3)
    assert funnel.over_dispersion([40, 50, 60], [100] * 3, 0.5) == pytest.approx(8 / 3)
    assert funnel.over_dispersion([49, 50, 51], [100] * 3, 0.5) == 1


def test_fidelity_and_replication_ratio():
    assert replication.fidelity(["seed", "loan"], ["seed", "loan", "buyer", "visits"]) == 0.5
    assert replication.fidelity(["seed"], []) is None
    assert replication.replication_ratio(effect(0.1, 0, 0.2), effect(0.2, 0.1, 0.3)) == 0.5
    assert replication.replication_ratio(effect(0.1, 0, 0.2), effect(0.2, -0.1, 0.3)) is None


def test_support_that_is_passed_on_reaches_more_households():
    # two first funded; A → C → D: four reached; recovered 8 of 20; 12 months and 6 months
    turns = [
        Passing("A", None, date(2023, 1, 1), 10, 8),
        Passing("B", None, date(2023, 1, 1), 10, 0),
        Passing("C", "A", date(2024, 1, 1), None, None),
        Passing("D", "C", date(2024, 7, 1), None, None),
    ]
    found = replication.revolving_reach(turns)
    assert (found.first_funded, found.reached, found.per_first_funded) == (2, 4, 2)
    assert found.share_recovered == pytest.approx(0.4)
    assert found.months_a_cycle == pytest.approx((365 + 182) / 2 / (365.25 / 12))
    assert found.longest_chain == 3


def test_a_circle_of_givers_ends():
    turns = [
        Passing("A", "B", date(2023, 1, 1), None, None),
        Passing("B", "A", date(2023, 1, 1), None, None),
    ]
    assert replication.revolving_reach(turns).longest_chain == 2
    assert replication.revolving_reach(turns).per_first_funded is None


def test_fieller_limits():
    # Without error of the numerator: 100 / (10 ± 2.086 · 2) = 7.06 … 17.16
    assert cost.fieller(100, 0, 10, 2, 20) == pytest.approx((7.0563, 17.1588), abs=1e-2)
    assert cost.fieller(100, 0, 10, 6, 20) is None


def test_cost_per_additional_household_out():
    # 3 000 million / (100 households · 0.3) = 100 million
    found = cost.cost_per_additional_exit(3_000, 100, effect(0.3, 0.2, 0.4))
    assert found is not None
    assert found.estimate == pytest.approx(100)
    assert found.low < 100 < found.high
    assert cost.cost_per_additional_exit(3_000, 100, effect(0.05, -0.05, 0.15)) is None


def graded(found: Effect | None, wider: Effect | None = None, **known: object) -> str:
    given = {"households": 80, "communes": 4, "placebo_p_value": 0.01, "later_estimate": 0.1}
    return grade.judge(found, wider=wider or found, **{**given, **known})[0]  # type: ignore[arg-type]


def test_grade_of_evidence():
    sure, open_ = effect(0.2, 0.1, 0.3), effect(0.12, -0.01, 0.25)
    assert graded(sure) == "evidence"
    assert graded(sure, communes=2) == "signs"
    assert graded(sure, later_estimate=-0.02) == "signs"
    assert graded(open_, effect(0.12, 0.01, 0.23)) == "signs"
    assert graded(open_) == "unclear"
    assert graded(effect(0.01, -0.05, 0.07)) == "no_effect"
    assert graded(sure, households=12) == "unclear"
    assert graded(None) == "unclear"


def households(rows: list[tuple[str, str, bool | None]]) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=["commune", "class_code", "is_out"], orient="row")
    return comparison.strata(
        frame.with_columns(
            year=pl.lit(2022), area_type=pl.lit("rural"), member_count=pl.lit(2),
            is_without_labour_capacity=pl.lit(False), b1_points=pl.lit(100.0),
        )
    )  # fmt: skip


def test_participants_are_compared_within_their_stratum():
    # Comparison: half of the poor and all near-poor are out; participants: one of two poor
    # and the near-poor one. Expected (0.5 + 0.5 + 1) / 3, found 2 / 3: no effect.
    pool = households(
        [("c", "poor", True), ("c", "poor", False), ("d", "near_poor", True), ("d", "poor", True),
         ("d", "poor", False)]
    )  # fmt: skip
    members = households(
        [("a", "poor", True), ("a", "poor", False), ("b", "near_poor", True), ("b", "none", True),
         ("b", "poor", None)]
    )  # fmt: skip
    found = comparison.compare(comparison.match(members, pool, "is_out"), "is_out")
    assert found is not None
    assert (found.households, found.unmatched, found.comparison_households) == (3, 1, 5)
    assert found.share == found.expected_share == pytest.approx(2 / 3)
    measured = found.effect()
    assert measured is not None
    assert measured.estimate == pytest.approx(0)


def test_nobody_matched_is_no_comparison():
    members, pool = households([("a", "none", True)]), households([("c", "poor", True)])
    assert comparison.compare(comparison.match(members, pool, "is_out"), "is_out") is None
    assert comparison.match(members.clear(), pool, "is_out") is None


def test_the_nearest_communes_come_first():
    communes = pl.DataFrame(
        {
            "commune": ["a", "b", "c", "d"],
            **{name: [1.0, 1.1, 3.0, None] for name in comparison.FEATURES},
        }
    )
    assert comparison.similar_communes(communes, ["a"], ["b", "c", "d"], 2) == ["b", "c"]
    assert comparison.similar_communes(communes, ["d"], ["b"], 2) == []
