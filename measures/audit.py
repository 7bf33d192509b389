"""Errors of targeting as an audit sample (phúc tra) shows them: who is on the list wrongly, who was left out.

Inclusion error = Σw·1(listed, not eligible) / Σw·1(listed); exclusion error = Σw·1(eligible, not listed) /
Σw·1(eligible), which only a sample that also drew households off the list can tell. The variance is that of
a linearised ratio over clusters within strata, SE = √(Σ_h n_h/(n_h−1) Σ_c (z_hc − z̄_h)²).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import sqrt
from typing import Any, Literal

import polars as pl
from ibis.backends.duckdb import Backend
from scipy.special import stdtrit

from measures.support_figures import current_rows
from warehouse.result_tables import RESULT__AUDIT

Error = Literal["inclusion", "exclusion"]
FORM = "audit_sample"
LISTS = {"either": ("poor", "near_poor"), "poor": ("poor",), "near_poor": ("near_poor",)}
"""The lists judged, each by the classes it holds: both together, and each alone."""
CONFIDENCE = 0.95
_AUDIT = ["period", "status", "agency_name"]
_CLUSTER = ["stratum", "era", "unit_code", "cluster"]


@dataclass(frozen=True)
class Interval:
    """Standard error and limits of a share from 0 to 1; None and a ``reason`` where there are none."""

    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    reason: str | None = None


def compute_audits(backend: Backend) -> None:
    """Write ``result__audit`` of the samples that are current; one audit is one agency and year."""
    rows = current_rows(backend, "core_audit__household", FORM).to_polars()
    found = [
        {**dict(zip(_AUDIT, key, strict=True)), **line}
        for key, sample in rows.group_by(_AUDIT, maintain_order=True)
        for line in errors(sample)
    ]
    frame = pl.DataFrame(found, infer_schema_length=None) if found else RESULT__AUDIT.empty()
    ordered = RESULT__AUDIT.conform(frame).sort("period", "agency_name", "list_class", "error")
    backend.create_table(RESULT__AUDIT.name, ordered.to_arrow(), overwrite=True)


def errors(sample: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Inclusion and exclusion error of each list from one sample.

    ``sample``: rows of ``core_audit__household``. Shares are in percent. ``mark`` is ok, zero, no_case (nobody of
    the sample is concerned) or no_data, then with ``reason``: no_unlisted, no_weights or some_weights.
    """
    written = sample["weight"].count()
    rows = sample.with_columns(w=pl.col("weight") if written else pl.lit(1.0))
    for name, classes in LISTS.items():
        is_listed = pl.col("is_listed") & pl.col("class_on_list").is_in(classes)
        is_eligible = pl.col("class_found").is_in(classes)
        for error, of, wrong in (
            ("inclusion", is_listed, is_listed & ~is_eligible),
            ("exclusion", is_eligible, is_eligible & ~is_listed),
        ):
            judged = rows.with_columns(x=of.cast(pl.Float64), y=wrong.cast(pl.Float64))
            reason = _why_unknown(rows, error, written)
            yield {"list_class": name, "error": error, **_figure(judged, reason)}


def _why_unknown(rows: pl.DataFrame, error: str, written: int) -> str | None:
    if 0 < written < rows.height:
        return "some_weights"
    if error == "exclusion" and rows["is_listed"].all():
        return "no_unlisted"
    # Households off the list are drawn at quite another rate than those on it.
    return "no_weights" if error == "exclusion" and not written else None


def _figure(rows: pl.DataFrame, reason: str | None) -> dict[str, Any]:
    counted = {
        "households": int(rows["x"].sum()),
        "wrong_households": int(rows["y"].sum()),
        "sampled_households": rows.height,
        "units_sampled": rows.select("era", "unit_code").n_unique(),
        "first_date": rows["audit_date"].min(),
        "last_date": rows["audit_date"].max(),
    }
    if reason:
        return {**counted, "mark": "no_data", "reason": reason}
    wrong, of = (float((rows[side] * rows["w"]).sum()) for side in ("y", "x"))
    sums = {"numerator": wrong, "denominator": of}
    if of == 0:
        return {**counted, **sums, "mark": "no_case"}
    share = wrong / of
    interval = linearised(rows, share)
    return {
        **counted,
        **sums,
        "value": 100 * share,
        "standard_error_points": _percent(interval.standard_error),
        "low": _percent(interval.low),
        "high": _percent(interval.high),
        "interval_reason": interval.reason,
        "mark": "ok" if wrong else "zero",
    }


def linearised(rows: pl.DataFrame, share: float) -> Interval:
    """95 % interval of ``share`` = Σwy/Σwx, by t with clusters less strata degrees of freedom.

    ``rows``: w, y, x, stratum (null = one stratum), era, unit_code, cluster (a name inside its commune). Without
    clusters, with a stratum of one cluster or without any variation nothing is estimated.
    """
    if rows["cluster"].null_count():
        return Interval(reason="no_clusters")
    total = float((rows["w"] * rows["x"]).sum())
    z = pl.col("w") * (pl.col("y") - share * pl.col("x")) / total
    clusters = rows.group_by(_CLUSTER).agg(z=z.sum())
    strata = clusters.group_by("stratum").agg(n=pl.len(), spread=pl.col("z").var())
    if strata["n"].min() == 1:
        return Interval(reason="lonely_cluster")
    error = sqrt(float((strata["n"] * strata["spread"]).sum()))
    if error == 0:
        return Interval(reason="no_variation")
    freedom = clusters.height - strata.height
    reach = float(stdtrit(freedom, (1 + CONFIDENCE) / 2)) * error
    return Interval(error, max(share - reach, 0.0), min(share + reach, 1.0))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
