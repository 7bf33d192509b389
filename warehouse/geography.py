"""Where the figures of one commune appear on another map, from the crosswalk 226 → 175 → 57.

Forward is exact: each older commune lies whole in its successor. A commune that shares ground with several
units of a map (a ward of two former districts) is ``not_attributable`` on it and never split.
"""

import polars as pl

from reference.loading import crosswalk, units
from warehouse.dim_tables import DIM__PLACEMENT, DIM__TOUCH, DIM__UNIT

NOT_ATTRIBUTABLE = "not_attributable"
ERAS = ("2020", "2024", "2025")
DISTRICT_ERA = "2020"
PROVINCE_CODE = "36"


def dim_unit() -> pl.DataFrame:
    """Rows of ``dim__unit``."""
    return DIM__UNIT.conform(units().select(*DIM__UNIT.columns))


def dim_touch() -> pl.DataFrame:
    """Rows of ``dim__touch``: every commune of every era against every map."""
    oldest = crosswalk()
    districts = (
        units()
        .filter(pl.col("era") == DISTRICT_ERA)
        .select(pl.col("code").alias("code_2020"), "parent_code")
    )
    ground = oldest.join(districts, on="code_2020")
    maps = [
        ground.select(
            pl.lit(from_era).alias("from_era"),
            pl.col(f"code_{from_era}").alias("from_code"),
            pl.lit(level).alias("level"),
            pl.lit(to_era).alias("to_era"),
            target.alias("to_code"),
        )
        for from_era in ERAS
        for level, to_era, target in (
            *(("province", era, pl.lit(PROVINCE_CODE)) for era in ERAS),
            ("district", DISTRICT_ERA, pl.col("parent_code")),
            *(("commune", era, pl.col(f"code_{era}")) for era in ERAS),
        )
    ]
    return DIM__TOUCH.conform(pl.concat(maps).unique(maintain_order=True))


def dim_placement() -> pl.DataFrame:
    """Rows of ``dim__placement``: one target a commune and map."""
    keys = ["from_era", "from_code", "level", "to_era"]
    placed = (
        dim_touch()
        .group_by(keys, maintain_order=True)
        .agg(
            to_code=pl.when(pl.len() == 1)
            .then(pl.col("to_code").first())
            .otherwise(pl.lit(NOT_ATTRIBUTABLE))
            .first()
        )
    )
    return DIM__PLACEMENT.conform(placed)
