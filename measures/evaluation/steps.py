"""Does a copy that leaves components out keep the effect? The places of a model by what they kept."""

import polars as pl


def steps(sites: pl.DataFrame) -> pl.DataFrame:
    """One row a share of core components kept (``fidelity_share``), most first.

    Args:
        sites: rows of ``result__model_site``; those without a known share or result are left out.

    Returns:
        fidelity_share, site_count, households (with a known result) and effect_share: households out
        less those expected, of all households of these places.
    """
    known = sites.drop_nulls(["fidelity_share", "out", "expected_share", "households"])
    expected = (pl.col("expected_share") * pl.col("households")).sum()
    return (
        known.filter(pl.col("households") > 0)
        .group_by("fidelity_share")
        .agg(
            site_count=pl.len(),
            effect_share=(pl.col("out").sum() - expected) / pl.col("households").sum(),
            households=pl.col("households").sum(),
        )
        .sort("fidelity_share", descending=True)
    )
