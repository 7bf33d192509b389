"""Were participants and comparison households alike before the model, and did they move alike?"""

from collections.abc import Iterator

import numpy as np
import polars as pl

from measures.evaluation.comparison import Matched
from measures.evaluation.following import STEPS, Study
from measures.evaluation.matching import balance_of
from measures.evaluation.traits import TRAITS


def balance(study: Study) -> pl.DataFrame:
    """One row a model and trait: means of participants and of the comparison before and after matching.

    ``difference`` is in standard deviations of the participants (Stuart, Statistical Science 25
    (2010), section 4.1: below 0.1 is alike, above 0.25 is not); null where all of
    these are the same and the others are not.
    """
    rows = []
    for model_id, found in study.matches.items():
        for trait, value in TRAITS.items():
            mine, offered = (_values(f, value) for f in (found.treated, found.offered))
            is_known = np.isfinite(offered)
            before, after = balance_of(
                mine[np.isfinite(mine)], offered[is_known], found.offered_weights[is_known]
            )
            rows.append(
                {
                    "model_id": model_id, "trait": trait, "participants_mean": _told(after["treated"]),
                    "before_mean": _told(before["control"]), "after_mean": _told(after["control"]),
                    "before_difference": _difference(before), "after_difference": _difference(after),
                }
            )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def trends(study: Study) -> pl.DataFrame:
    """One row a model, group and review from two before the baseline to two after it: mean B1 and n.

    A household counts at the reviews that name it; comparison households carry their weights.
    """
    rows = [
        {"model_id": model_id, **row}
        for model_id, found in study.matches.items()
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


def _mean(values: np.ndarray, weights: np.ndarray) -> float | None:
    known = np.isfinite(values)
    return float(np.average(values[known], weights=weights[known])) if known.any() else None


def _told(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _difference(row: dict[str, float]) -> float | None:
    """None where it cannot be computed; 0 where nobody differs in either group."""
    return (
        0.0 if np.isclose(row["treated"], row["control"], atol=1e-12) else _told(row["difference"])
    )
