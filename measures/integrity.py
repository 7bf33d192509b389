"""Signals that a review deserves another look: where to look, never who is guilty.

Every signal carries its number of cases, of how many, and the same share over the whole province (its base rate).
Lists hold only the households that were reviewed, so nothing here speaks of those nobody looked at.
Source: methods of the review's integrity (density at the cut of B1, heaping of B2, reviewers, no movement, a class
or an area type that changes alone).
"""

import numpy as np
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from scipy import stats

from measures import list_rows
from measures.integrity_signals import FEWEST_OF_A_REVIEWER, NEAR_POINTS
from measures.linked import by_household
from reference.loading import standards
from warehouse.contract import DEPRIVATION_COLUMNS
from warehouse.result_tables import RESULT__INTEGRITY_SIGNAL

LIMIT = 0.002
"""Chance, were the unit like the whole province, below which a signal is marked: the 99.8 % limits of a funnel."""
_REVIEW = ["period", "standard_id"]
_UNIT = [*_REVIEW, "era", "unit_code"]
_ANSWERS = ["b1_points", "b2_points", "area_type", *DEPRIVATION_COLUMNS]
_LISTED = ("poor", "near_poor")


def compute_signals(backend: Backend) -> None:
    """Write ``result__integrity_signal``. Needs the core, coverage and flow tables of the open build."""
    flows = backend.table("result__household_flow").filter(_.level == "commune").to_polars()
    names = backend.table("dim__unit").select("era", unit_code="code", unit_name="name").to_polars()
    found = signals(_lists(backend), flows).join(names, on=["era", "unit_code"], how="left")
    backend.create_table(
        RESULT__INTEGRITY_SIGNAL.name, RESULT__INTEGRITY_SIGNAL.conform(found), overwrite=True
    )


def signals(lists: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """All signals of all yearly reviews.

    Args:
        lists: one row a household on a list in force: period, standard_id, era, unit_code, household_id,
            class_code, reviewer_id and the answers (b1_points, b2_points, area_type, the twelve marks).
        flows: commune rows of ``result__household_flow``.

    Returns:
        signal, period, standard_id, era, unit_code, reviewer_id, cases, cases_of, base_cases, base_of,
        share_pct, base_share_pct, difference_points (reviewers only), chance and is_marked.
    """
    followed = _followed(lists)
    shares = (
        ("b1_at_the_cut", _near_b1_cut(lists)),
        ("b2_at_the_cut", _at_b2_cut(lists)),
        ("class_changed_alone", _unchanged(followed)),
        ("area_type_changed", _same_place(followed)),
    )
    parts = [_share(name, rows) for name, rows in shares]
    parts += [_no_exits(flows), _no_entries(flows), _reviewers(lists)]
    together = pl.concat(parts, how="diagonal_relaxed")
    return together.with_columns(
        share_pct=100 * pl.col("cases") / pl.col("cases_of"),
        base_share_pct=100 * pl.col("base_cases") / pl.col("base_of"),
        is_marked=pl.col("chance") < LIMIT,
    )


def _lists(backend: Backend) -> pl.DataFrame:
    """Households on the lists in force at yearly reviews."""
    chosen = list_rows.selected(backend).filter(
        _.selection == "best", _.kind == "list", _.period.length() == 4
    )
    keys = ["submission_id", "era", "unit_code", "period"]
    listed = backend.table("core_review__household").join(chosen.select(*keys), keys)
    rows = by_household(backend, listed)
    columns = [*_UNIT, "household_id", "class_code", "reviewer_id", *_ANSWERS]
    frame: pl.DataFrame = rows.select(*columns).to_polars()
    return frame


def _near_b1_cut(lists: pl.DataFrame) -> pl.DataFrame:
    """Of the households within ``NEAR_POINTS`` of the cut, those that just pass the income test."""
    cuts = pl.DataFrame(
        [
            (name, area, standard.b1_cut(area))
            for name, standard in standards().items()
            for area in ("rural", "urban")
        ],
        schema={"standard_id": pl.String(), "area_type": pl.String(), "cut": pl.Int64()},
        orient="row",
    )
    distance = pl.col("b1_points") - pl.col("cut")
    return (
        lists.join(cuts.drop_nulls(), on=["standard_id", "area_type"])
        .filter(distance > -NEAR_POINTS, distance <= NEAR_POINTS)
        .select(*_UNIT, is_case=distance <= 0)
    )


def _at_b2_cut(lists: pl.DataFrame) -> pl.DataFrame:
    """Of the households one indicator below the cut of B2 or exactly at it, those exactly at it."""
    cuts = pl.DataFrame(
        [
            (name, standard.b2_cut_points.value, standard.b2_points_per_deprivation.value)
            for name, standard in standards().items()
        ],
        schema={"standard_id": pl.String(), "cut": pl.Int64(), "step": pl.Int64()},
        orient="row",
    )
    points = pl.col("b2_points")
    return (
        lists.join(cuts.drop_nulls(), on="standard_id")
        .filter((points == pl.col("cut")) | (points == pl.col("cut") - pl.col("step")))
        .select(*_UNIT, is_case=points == pl.col("cut"))
    )


def _followed(lists: pl.DataFrame) -> pl.DataFrame:
    """Households with the list of the year before under the same standard: columns of both (``_before``)."""
    once = lists.unique([*_REVIEW, "household_id"], keep="none")
    before = once.with_columns(period=(pl.col("period").cast(pl.Int64) + 1).cast(pl.String))
    return once.join(before, on=[*_REVIEW, "household_id"], suffix="_before")


def _unchanged(followed: pl.DataFrame) -> pl.DataFrame:
    """Households whose every answer is known and the same as a year before; a case has another class."""
    same = [pl.col(name) == pl.col(f"{name}_before") for name in _ANSWERS]
    return followed.filter(*same).select(
        *_UNIT, is_case=pl.col("class_code") != pl.col("class_code_before")
    )


def _same_place(followed: pl.DataFrame) -> pl.DataFrame:
    """Households in the same commune as a year before; a case has another area type."""
    stayed = pl.col("unit_code") == pl.col("unit_code_before")
    return followed.filter(pl.col("era") == pl.col("era_before"), stayed).select(
        *_UNIT, is_case=pl.col("area_type") != pl.col("area_type_before")
    )


def _share(signal: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Cases of each commune beside the share of the whole province, with the chance of being so far from it."""
    counted = (
        rows.drop_nulls("is_case")
        .group_by(_UNIT)
        .agg(cases=pl.col("is_case").sum().cast(pl.Int64), cases_of=pl.len().cast(pl.Int64))
        .with_columns(
            base_cases=pl.col("cases").sum().over(_REVIEW),
            base_of=pl.col("cases_of").sum().over(_REVIEW),
        )
    )
    return _with_chance(signal, counted)


def _with_chance(signal: str, counted: pl.DataFrame) -> pl.DataFrame:
    """Adds ``chance``: two-sided, of the binomial law at the base rate (twice the smaller tail)."""
    cases, of = counted["cases"].to_numpy(), counted["cases_of"].to_numpy()
    base = counted["base_cases"].to_numpy() / counted["base_of"].to_numpy()
    tails = np.minimum(stats.binom.cdf(cases, of, base), stats.binom.sf(cases - 1, of, base))
    chance = pl.Series("chance", np.minimum(1.0, 2 * tails))
    return counted.with_columns(chance, signal=pl.lit(signal))


def _no_exits(flows: pl.DataFrame) -> pl.DataFrame:
    """Communes that no listed household left; the chance is that of none at the province's rate."""
    opening = flows.filter(pl.col("class_from").is_in(_LISTED))
    is_out = ~pl.col("class_to").is_in(_LISTED)
    return _nothing_moved("no_exits", opening, is_out)


def _no_entries(flows: pl.DataFrame) -> pl.DataFrame:
    """Communes whose list no household joined; the chance is that of none at the province's rate."""
    closing = flows.filter(pl.col("class_to").is_in(_LISTED))
    is_in = ~pl.col("class_from").is_in(_LISTED)
    return _nothing_moved("no_entries", closing, is_in)


def _nothing_moved(signal: str, moves: pl.DataFrame, is_case: pl.Expr) -> pl.DataFrame:
    counts = moves.with_columns(
        moved=pl.when(is_case).then("household_count").otherwise(0)
    ).drop_nulls("household_count")
    counted = (
        counts.group_by(_UNIT)
        .agg(cases=pl.col("moved").sum(), cases_of=pl.col("household_count").sum())
        .filter(pl.col("cases_of") > 0)
        .with_columns(
            base_cases=pl.col("cases").sum().over(*_REVIEW, "era"),
            base_of=pl.col("cases_of").sum().over(*_REVIEW, "era"),
        )
        .filter(pl.col("cases") == 0)
    )
    stays = 1 - pl.col("base_cases") / pl.col("base_of")
    return counted.with_columns(chance=stays.pow(pl.col("cases_of")), signal=pl.lit(signal))


def _reviewers(lists: pl.DataFrame) -> pl.DataFrame:
    """Reviewers whose mean B1 stands apart from that of the other reviewers of the same commune."""
    scored = lists.drop_nulls(["reviewer_id", "b1_points"]).with_columns(
        b1=pl.col("b1_points").cast(pl.Float64)
    )
    of_unit = scored.group_by(_UNIT).agg(
        base_of=pl.len(), total=pl.col("b1").sum(), squares=(pl.col("b1") ** 2).sum()
    )
    mine = scored.group_by([*_UNIT, "reviewer_id"]).agg(
        cases=pl.len(), own=pl.col("b1").sum(), own_squares=(pl.col("b1") ** 2).sum()
    )
    both = mine.join(of_unit, on=_UNIT).with_columns(others=pl.col("base_of") - pl.col("cases"))
    both = both.filter(
        pl.col("cases") >= FEWEST_OF_A_REVIEWER, pl.col("others") >= FEWEST_OF_A_REVIEWER
    )
    rest, n, m = pl.col("total") - pl.col("own"), pl.col("cases"), pl.col("others")
    both = both.with_columns(difference_points=pl.col("own") / n - rest / m).with_columns(
        error=(
            (pl.col("own_squares") - pl.col("own") ** 2 / n) / (n - 1) / n
            + (pl.col("squares") - pl.col("own_squares") - rest**2 / m) / (m - 1) / m
        ).sqrt()
    )
    both = both.filter(pl.col("error") > 0)
    z = (both["difference_points"] / both["error"]).abs().to_numpy()
    return both.select(
        *_UNIT, "reviewer_id", "cases", "base_of", "difference_points",
        pl.Series("chance", 2 * stats.norm.sf(z)),
        cases_of=pl.col("base_of"), base_cases=pl.lit(None, dtype=pl.Int64),
        signal=pl.lit("reviewer_apart"),
    )  # fmt: skip
