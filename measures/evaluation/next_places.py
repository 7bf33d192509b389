"""Where a model could go next: communes without it that resemble those where it worked."""

from collections.abc import Collection, Mapping

import polars as pl

from measures.evaluation.comparison import similar_communes
from measures.evaluation.following import Study, features

PLACES_NEXT = 8
"""Communes named for each model; who gets it is for people to decide."""
WORKED = ("evidence", "signs")


def working_sites(study: Study, grades: Mapping[tuple[str, str], str]) -> pl.DataFrame:
    """Rows of the register whose part of the model (pilot, copies) works.

    ``grades``: (pilot's model_id, part) → grade.
    """
    part = (
        pl.when(pl.col("model_kind") == "pilot").then(pl.lit("pilot")).otherwise(pl.lit("copies"))
    )
    named = study.register.with_columns(family_id=pl.coalesce("copy_of", "model_id"), part=part)
    worked = [f"{model} {part}" for (model, part), grade in grades.items() if grade in WORKED]
    return named.filter(pl.concat_str("family_id", "part", separator=" ").is_in(worked))


def next_places(
    study: Study, newest: pl.DataFrame, grades: Mapping[tuple[str, str], str]
) -> pl.DataFrame:
    """One row a working model and commune: place in the order of likeness, and the need there.

    ``newest``: households on the newest list, of one year, with the columns of ``followed``'s lists.
    Models without a working part have no row.
    """
    listed = newest.filter(pl.col("class_code") != "none").with_columns(
        commune=pl.concat_str("era", "unit_code", separator=":")
    )
    communes = features(listed)
    need = listed.group_by("commune", "era", "unit_code").agg(
        poor_household_count=(pl.col("class_code") == "poor").sum().cast(pl.Int64),
        near_poor_household_count=(pl.col("class_code") == "near_poor").sum().cast(pl.Int64),
    )
    by_name = {row["commune"]: row for row in need.to_dicts()}
    where = pl.concat_str("era", "unit_code", separator=":")
    family = pl.coalesce("copy_of", "model_id")
    there = study.register.select(commune=where, family=family).unique()
    worked = working_sites(study, grades).select(commune=where, family="family_id").unique()
    rows = []
    for (model_id,), sites in worked.sort("family", "commune").group_by(
        "family", maintain_order=True
    ):
        own = set(there.filter(family=model_id)["commune"].to_list())
        offered = [name for name in by_name if name not in own]
        found = similar_communes(communes, sites["commune"].to_list(), offered, PLACES_NEXT)
        for position, name in enumerate(found[:PLACES_NEXT], start=1):
            rows.append(
                {
                    "model_id": model_id, "position": position,
                    **{key: value for key, value in by_name[name].items() if key != "commune"},
                    "other_model_count": _models_in(there, name, {model_id}),
                }
            )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def _models_in(there: pl.DataFrame, commune: str, without: Collection[object]) -> int:
    return there.filter(pl.col("commune") == commune, ~pl.col("family").is_in(list(without))).height
