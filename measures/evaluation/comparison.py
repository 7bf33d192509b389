"""Participants beside matched households of communes without a model.

Everybody in both groups begins on the list, so the difference of the shares out is the difference in
differences: nobody was out before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.spatial import cKDTree
from statsmodels.regression.linear_model import WLS

from measures.evaluation.change import CommuneMeans, effect_between, permutation_p_value
from measures.evaluation.effect import Effect
from measures.evaluation.matching import match_weights

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

    ``treated`` and ``control`` are commune means of the outcome less what is expected of a
    household of the same stratum and B1. ``expected_share`` is what the comparison leads one to
    expect among the participants without the model.
    """

    treated: CommuneMeans
    control: CommuneMeans
    households: int
    unmatched: int
    comparison_households: int
    share: float
    expected_share: float

    def effect(self, confidence: float = 0.95) -> Effect | None:
        """Additional share out, on commune means."""
        return effect_between(self.treated, self.control, confidence)

    def placebo_p_value(self) -> float | None:
        """Share of placebo choices of communes that show as much."""
        return permutation_p_value(self.treated.values, self.control.values)


def strata(households: pl.DataFrame) -> pl.DataFrame:
    """``households`` with ``size_band`` and ``b1_band``, from ``member_count`` and ``b1_points``.

    ``stratum`` is one number for all of ``STRATUM``.
    """
    banded = households.with_columns(
        size_band=pl.col("member_count").clip(1, 4),
        b1_band=(pl.col("b1_points") // _B1_STEP).cast(pl.Int64),
    )
    return banded.with_columns(stratum=pl.struct(STRATUM).hash())


@dataclass(frozen=True)
class Matched:
    """Participants with at least one comparison household of their stratum, and those households.

    ``offered_weights`` (one a row of ``offered``, all households they were chosen from) are 0 for
    whoever was not taken; ``weights`` (one a row of ``control``, those taken) make the comparison's
    strata as frequent as the participants'; ``expected`` is the outcome of comparison households
    of each row's stratum at the row's own B1.
    """

    treated: pl.DataFrame
    offered: pl.DataFrame
    offered_weights: np.ndarray
    control: pl.DataFrame
    weights: np.ndarray
    expected_treated: np.ndarray
    expected_control: np.ndarray
    unmatched: int


def match(participants: pl.DataFrame, pool: pl.DataFrame, outcome: str) -> Matched | None:
    """Match on ``STRATUM``; rows without a known ``outcome`` are left out. None when nobody is.

    Both frames hold one row a household with the columns of :func:`strata`, ``commune`` and the
    boolean ``outcome``. Coarsened exact matching: Iacus, King and Porro, Political Analysis 20 (2012),
    by the library (:mod:`measures.evaluation.matching`).
    """
    known, others = (rows.filter(pl.col(outcome).is_not_null()) for rows in (participants, pool))
    together = np.concatenate([known["stratum"].to_numpy(), others["stratum"].to_numpy()])
    names, codes = np.unique(together, return_inverse=True)
    mine, theirs = codes[: known.height], codes[known.height :]
    matched, offered_weights = match_weights(mine, theirs)
    is_matched, is_used = matched > 0, offered_weights > 0
    if not is_matched.any():
        return None
    treated, control = known.filter(pl.Series(is_matched)), others.filter(pl.Series(is_used))
    mine, theirs, weights = mine[is_matched], theirs[is_used], offered_weights[is_used]
    outcomes, points = _numbers(control, outcome), _numbers(control, "b1_points")
    usual, middle = (_means_by(theirs, values, len(names)) for values in (outcomes, points))
    slopes = _slopes(control, outcomes - usual[theirs], points - middle[theirs], weights)
    return Matched(
        treated=treated,
        offered=others,
        offered_weights=offered_weights,
        control=control,
        weights=weights,
        expected_treated=usual[mine]
        + _of_class(treated, slopes) * _known(_numbers(treated, "b1_points") - middle[mine]),
        expected_control=usual[theirs]
        + _of_class(control, slopes) * _known(points - middle[theirs]),
        unmatched=int((~is_matched).sum()),
    )


def _slopes(
    control: pl.DataFrame, rest: np.ndarray, points: np.ndarray, weights: np.ndarray
) -> dict[str, float]:
    """Change of the outcome by one point of B1 inside a stratum, of each class.

    A band of B1 is wide: whoever is chosen at the worst stands low in it, and would seem to do
    worse than the others of the band.
    """
    found = {}
    for name in control["class_code"].unique().to_list():
        here = (control["class_code"] == name).to_numpy() & np.isfinite(points) & (points != 0)
        if here.any():
            found[name] = float(WLS(rest[here], points[here], weights[here]).fit().params[0])
    return found


def _of_class(rows: pl.DataFrame, slopes: dict[str, float]) -> np.ndarray:
    return np.asarray(
        rows["class_code"].replace_strict(slopes, default=0.0, return_dtype=pl.Float64)
    )


def _known(points: np.ndarray) -> np.ndarray:
    """Nothing is added for a household without B1: its whole stratum has none."""
    return np.where(np.isfinite(points), points, 0.0)


def _means_by(codes: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    sizes = np.bincount(codes, minlength=count)
    return np.asarray(np.bincount(codes, weights=values, minlength=count) / np.maximum(sizes, 1))


def compare(found: Matched | None, outcome: str) -> Comparison | None:
    """Commune means of both groups, matched on the same ``outcome``. None when nobody is matched."""
    if found is None:
        return None
    own, others = _numbers(found.treated, outcome), _numbers(found.control, outcome)
    return Comparison(
        treated=_commune_means(found.treated, own - found.expected_treated, np.ones(len(own))),
        control=_commune_means(found.control, others - found.expected_control, found.weights),
        households=len(own),
        unmatched=found.unmatched,
        comparison_households=len(others),
        share=float(own.mean()),
        expected_share=float(found.expected_treated.mean()),
    )


def _numbers(rows: pl.DataFrame, column: str) -> np.ndarray:
    return rows[column].cast(pl.Float64).to_numpy()


def _commune_means(rows: pl.DataFrame, rest: np.ndarray, weights: np.ndarray) -> CommuneMeans:
    """Weighted mean of each commune in the order of their names, and how far chance moves it.

    The variance inside a commune is taken as the same in all: a few households tell little of it.
    """
    codes = rows["commune"].rank("dense").to_numpy().astype(np.int64) - 1
    total = np.bincount(codes, weights=weights)
    values = np.bincount(codes, weights=rest * weights) / total
    sizes = total**2 / np.bincount(codes, weights=weights**2)
    squares = np.bincount(codes, weights=weights * (rest - values[codes]) ** 2) / total
    free = float(sizes.sum() - len(sizes))
    inside = float((squares * sizes).sum() / free) if free > 1e-9 else None
    return CommuneMeans(
        tuple(values.tolist()), None if inside is None else tuple((inside / sizes).tolist())
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
