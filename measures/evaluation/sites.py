"""One row a model and commune of today: fidelity beside effect, and its place in the funnel."""

import polars as pl

from measures.evaluation.following import Study
from measures.evaluation.funnel import ALARM_Z, WARNING_Z, funnel_limits, over_dispersion
from measures.evaluation.portfolio import core_components
from measures.evaluation.replication import fidelity

_SITE = ("model_id", "era", "unit_code")


def sites(study: Study) -> pl.DataFrame:
    """One row a model (pilot or copy) and commune; shares from 0 to 1, null where nothing is known.

    ``effect_share`` is the share out less what was expected of these households. The funnel is that
    of all sites of all models around their common share out: a site outside it differs from the
    others by more than chance; none is ranked.
    """
    rows = [row for model_id, family in study.families() for row in _sites(study, model_id, family)]
    return _in_funnel(rows)


def _sites(study: Study, family_id: str, family: pl.DataFrame) -> list[dict[str, object]]:
    results = _results(study, family_id)
    joined = study.participants.group_by(_SITE).len()
    counted = {row[:-1]: row[-1] for row in joined.iter_rows()}
    core = core_components(family.filter(model_kind="pilot"))
    rows = []
    for row in family.unique(_SITE, keep="first", maintain_order=True).iter_rows(named=True):
        key = tuple(row[name] for name in _SITE)
        kept = row["core_components"]
        rows.append(
            {
                "family_id": family_id,
                **{
                    name: row[name] for name in (*_SITE, "model_kind", "started_date", "ended_date")
                },
                "participants": counted.get(key, 0),
                "fidelity_share": fidelity(kept, core) if kept is not None else None,
                **results.get(key, {"households": 0}),
            }
        )
    return rows


def _results(study: Study, family_id: str) -> dict[tuple[str, ...], dict[str, object]]:
    """Site → households with a known result, those out, and expected and additional share."""
    if family_id not in study.matches:
        return {}
    found = study.matches[family_id]
    rows = found.treated.with_columns(expected=pl.Series(found.expected_treated))
    summed = rows.group_by(_SITE).agg(
        households=pl.len().cast(pl.Int64),
        out=pl.col("is_out").sum().cast(pl.Int64),
        out_share=pl.col("is_out").mean(),
        expected_share=pl.col("expected").mean(),
    )
    summed = summed.with_columns(effect_share=pl.col("out_share") - pl.col("expected_share"))
    return {tuple(row[name] for name in _SITE): row for row in summed.to_dicts()}


def _in_funnel(rows: list[dict[str, object]]) -> pl.DataFrame:
    """Add the common share, φ, and limits at 95 and 99.8 % for the number of households of each site."""
    known = [row for row in rows if row.get("households")]
    counts = [int(str(row["households"])) for row in known]
    outs = [int(str(row["out"])) for row in known]
    share = sum(outs) / sum(counts) if counts else None
    if share is None or not 0 < share < 1:
        return pl.DataFrame(rows, infer_schema_length=None)
    phi = over_dispersion(outs, counts, share)
    for row, count in zip(known, counts, strict=True):
        inner, outer = (funnel_limits(share, count, z, phi) for z in (WARNING_Z, ALARM_Z))
        row |= {
            "funnel_share": share, "dispersion": phi,
            "low_95_share": inner.low, "high_95_share": inner.high,
            "low_998_share": outer.low, "high_998_share": outer.high,
        }  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)
