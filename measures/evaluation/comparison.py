"""Participants beside matched households of communes without a model.

Everybody in both groups begins on the list, so the difference of the shares out is the difference in
differences: nobody was out before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.spatial import cKDTree

from measures.evaluation.change import Effect, effect_on_commune_means, permutation_p_value

STRATUM = ("year", "class_code", "area_type", "is_without_labour_capacity", "size_band", "b1_band")
"""What a household must share with its comparison households; unknown matches unknown only."""
_B1_STEP = 20
"""Width of a band of B1, in points of Phiếu B."""
NEAREST_COMMUNES = 12
"""Communes without a model taken for each commune with one."""
FEATURES = ("poor_share", "mean_b1", "rural_share", "mean_size")


@dataclass(frozen=True)
class Comparison:
    """A model's participants against their comparison households.

    ``treated`` and ``control`` are commune means of the outcome less its mean among comparison
    households of the same stratum. ``expected_share`` is what the comparison leads one to expect
    among the participants without the model.
    """

    treated: tuple[float, ...]
    control: tuple[float, ...]
    households: int
    unmatched: int
    comparison_households: int
    share: float
    expected_share: float

    def effect(self, confidence: float = 0.95) -> Effect | None:
        """Additional share out, on commune means."""
        return effect_on_commune_means(self.treated, self.control, confidence)

    def placebo_p_value(self) -> float | None:
        """Share of placebo choices of communes that show as much."""
        return permutation_p_value(self.treated, self.control)


def strata(households: pl.DataFrame) -> pl.DataFrame:
    """``households`` with ``size_band`` and ``b1_band``, from ``member_count`` and ``b1_points``."""
    return households.with_columns(
        size_band=pl.col("member_count").clip(1, 4),
        b1_band=(pl.col("b1_points") // _B1_STEP).cast(pl.Int64),
    )


def compare(participants: pl.DataFrame, pool: pl.DataFrame, outcome: str) -> Comparison | None:
    """Match on ``STRATUM`` and compare commune means.

    Both frames hold one row a household with the columns of ``STRATUM``, ``commune`` and the
    boolean ``outcome`` (rows without a known outcome are left out). Coarsened exact matching:
    Iacus, King and Porro, Political Analysis 20 (2012). None when nobody is matched.
    """
    known = participants.drop_nulls(outcome).with_columns(pl.col(outcome).cast(pl.Float64))
    others = pool.drop_nulls(outcome).with_columns(pl.col(outcome).cast(pl.Float64))
    expected = others.group_by(STRATUM).agg(expected=pl.col(outcome).mean(), others=pl.len())
    matched = known.join(expected, on=STRATUM, how="inner", nulls_equal=True)
    if matched.is_empty():
        return None
    sizes = matched.group_by(STRATUM).agg(weight=pl.len() / pl.col("others").first())
    weighted = others.join(expected, on=STRATUM, nulls_equal=True).join(
        sizes, on=STRATUM, nulls_equal=True
    )
    rest = pl.col(outcome) - pl.col("expected")
    treated = matched.group_by("commune").agg(rest.mean().alias("mean")).sort("commune")
    control = (
        weighted.group_by("commune")
        .agg(((rest * pl.col("weight")).sum() / pl.col("weight").sum()).alias("mean"))
        .sort("commune")
    )
    return Comparison(
        treated=tuple(treated["mean"].to_list()),
        control=tuple(control["mean"].to_list()),
        households=matched.height,
        unmatched=known.height - matched.height,
        comparison_households=weighted.height,
        share=float(matched[outcome].to_numpy().mean()),
        expected_share=float(matched["expected"].to_numpy().mean()),
    )


def similar_communes(
    communes: pl.DataFrame, like: Sequence[str], candidates: Sequence[str], count: int
) -> list[str]:
    """The ``count`` candidates nearest to each of ``like`` on ``FEATURES`` (each in its own spread).

    ``communes`` has one row a ``commune``; rows with an unknown feature are neither. Order: nearest
    first.
    """
    known = communes.drop_nulls(["commune", *FEATURES])
    values = known.select(FEATURES).to_numpy()
    spread = values.std(axis=0)
    scaled = values / np.where(spread > 0, spread, 1)
    names = known["commune"].to_list()
    wanted, offered = set(like), set(candidates) - set(like)
    rows = [place for place, name in enumerate(names) if name in offered]
    points = [place for place, name in enumerate(names) if name in wanted]
    if not rows or not points:
        return []
    found, places = cKDTree(scaled[rows]).query(scaled[points], k=min(count, len(rows)))
    nearest: dict[str, float] = {}
    for distance, place in zip(np.ravel(found), np.ravel(places), strict=True):
        name = names[rows[int(place)]]
        nearest[name] = min(float(distance), nearest.get(name, float("inf")))
    return sorted(nearest, key=lambda name: (nearest[name], name))
