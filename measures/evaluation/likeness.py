"""Were participants and comparison households alike before the model, and did they move alike?"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from measures.evaluation.comparison import Matched
from measures.evaluation.following import STEPS, Study

TRAITS = {
    "poor": pl.col("class_code") == "poor",
    "b1_points": pl.col("b1_points"),
    "rural": pl.col("area_type") == "rural",
    "without_labour": pl.col("is_without_labour_capacity"),
    "member_count": pl.col("member_count"),
}


def balance(study: Study) -> pl.DataFrame:
    """One row a model and trait: means of participants and of the comparison before and after matching.

    ``difference`` is in standard deviations of the participants (Stuart, Statistical Science 25
    (2010), section 4.1: below 0.1 is alike, above 0.25 is not); null where all of
    these are the same and the others are not.
    """
    rows = []
    for model_id, (found, offered) in study.matches.items():
        pool = offered.filter(pl.col("is_out").is_not_null())
        for trait, value in TRAITS.items():
            mine, theirs, everybody = (
                _values(f, value) for f in (found.treated, found.control, pool)
            )
            mean, spread = _mean(mine), _spread(mine)
            before, after = _mean(everybody), _mean(theirs, found.weights)
            rows.append(
                {
                    "model_id": model_id, "trait": trait, "participants_mean": mean,
                    "before_mean": before, "after_mean": after,
                    "before_difference": _standardised(mean, before, spread),
                    "after_difference": _standardised(mean, after, spread),
                }
            )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def trends(study: Study) -> pl.DataFrame:
    """One row a model, group and review from two before the baseline to two after it: mean B1 and n.

    A household counts at the reviews that name it; comparison households carry their weights.
    """
    rows = [
        {"model_id": model_id, **row}
        for model_id, (found, _pool) in study.matches.items()
        for row in _trend(found)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def _trend(found: Matched) -> Iterator[dict[str, object]]:
    groups = (
        ("participants", found.treated, np.ones(found.treated.height)),
        ("comparison", found.control, found.weights),
    )
    for name, rows, weights in groups:
        for step in STEPS:
            points = rows[f"b1_at_{step}"].cast(pl.Float64).to_numpy()
            yield {
                "group": name,
                "step": step,
                "b1_points": _mean(points, weights),
                "households": int(np.isfinite(points).sum()),
            }


def _values(rows: pl.DataFrame, value: pl.Expr) -> np.ndarray:
    return rows.select(value.cast(pl.Float64).alias("value"))["value"].to_numpy()


def _mean(values: np.ndarray, weights: np.ndarray | None = None) -> float | None:
    known = np.isfinite(values)
    if not known.any():
        return None
    return float(np.average(values[known], weights=None if weights is None else weights[known]))


def _spread(values: np.ndarray) -> float | None:
    known = values[np.isfinite(values)]
    return float(known.std(ddof=1)) if known.size > 1 else None


def _standardised(mean: float | None, other: float | None, spread: float | None) -> float | None:
    if mean is None or other is None or spread is None:
        return None
    if spread == 0:
        return 0.0 if mean == other else None
    return (mean - other) / spread
