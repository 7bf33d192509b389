"""Communes with at least one model that works, over all communes (register of models, yearly)."""

from typing import TYPE_CHECKING

import polars as pl

from measures import skeleton
from measures.definition import ModelMeasure
from reference.loading import era_at
from reference.periods import last_day

if TYPE_CHECKING:
    # a reader of cards needs no engine
    from ibis.backends.duckdb import Backend

MEASURE = ModelMeasure("communes_with_model_rate", "pct")
_PLACE = ["level", "to_era", "to_code"]


def sums(
    backend: "Backend", working: pl.DataFrame, register: pl.DataFrame, listed: pl.DataFrame
) -> pl.DataFrame:
    """Numerator, denominator and coverage of each period of the register and unit of every map.

    ``working``: rows of the register whose model works and still runs. The register is the agency's
    for the whole province: a commune that is not on it has no model. ``listed``: (era, unit_code) of
    the communes whose review lists the grades rest on; the others are not in the coverage.
    """
    communes = backend.table("dim__unit").filter(lambda unit: unit.level == "commune")
    names = backend.table("dim__unit").select("era", "code", "name").to_polars()
    units = communes.select("era", "code").to_polars()
    placement = backend.table("dim__placement").to_polars()
    ground = skeleton.ground(backend).to_polars()
    found = []
    for (period, rank), _rows in register.group_by("period", "status_rank"):
        era = era_at(last_day(str(period)))
        has_model = working.filter(pl.col("period") == period, pl.col("era") == era)["unit_code"]
        told = placement.filter(level="commune", to_era=era).join(
            listed, left_on=["from_era", "from_code"], right_on=["era", "unit_code"], how="semi"
        )
        here = units.filter(era=era).select(
            from_era="era",
            from_code="code",
            has_model=pl.col("code").is_in(has_model.to_list()),
            is_told=pl.col("code").is_in(told["to_code"].to_list()),
        )
        placed = (
            here.join(placement, on=["from_era", "from_code"])
            .group_by(_PLACE)
            .agg(
                numerator=pl.col("has_model").sum().cast(pl.Float64),
                denominator=pl.len().cast(pl.Float64),
                units_reported=pl.col("is_told").sum().cast(pl.Int64),
            )
        )
        expected = (
            ground.filter(pl.col("era") == era)
            .group_by(_PLACE)
            .agg(units_expected=pl.len().cast(pl.Int64))
        )
        shown = (pl.col("level") == "district") | (pl.col("to_era") == era)
        found.append(
            placed.join(expected, on=_PLACE, how="left").filter(shown).with_columns(
                pl.col("units_expected").fill_null(pl.col("units_reported")),
                period=pl.lit(period), status_rank=pl.lit(rank),
            )
        )  # fmt: skip
    named = names.rename({"era": "to_era", "code": "to_code", "name": "unit_name"})
    together: pl.DataFrame = pl.concat(found)
    return together.join(named, on=["to_era", "to_code"], how="left")
