"""What changed since the build before: the household counts that leadership knows by heart."""

import duckdb
import polars as pl

from warehouse import engine
from warehouse.builds import Build
from warehouse.quality_tables import QUALITY__DIFFERENCE

WATCHED = ("poor_household_count", "near_poor_household_count", "resident_household_count")
_FIGURES = """
    SELECT measure, period, level, era, unit_code, value
    FROM result__estimate
    WHERE selection = 'best' AND group_by IS NULL AND list_contains(?::VARCHAR[], measure)
      AND (level = 'province' OR level = 'commune') AND length(period) = 4
      AND unit_code <> 'not_attributable'
"""
_KEY = ["measure", "period", "level", "era", "unit_code"]


def differences(connection: duckdb.DuckDBPyConnection, previous: Build | None) -> pl.DataFrame:
    """Rows of ``quality__difference``: yearly figures of province and communes that are not as before.

    ``connection`` has the new build open. The first build differs from nothing.
    """
    if previous is None:
        return QUALITY__DIFFERENCE.empty()
    now = engine.read(connection, _FIGURES, (list(WATCHED),))
    with engine.reading(previous.restricted) as older:
        before = engine.read(older, _FIGURES, (list(WATCHED),))
    both = now.join(before, on=_KEY, how="full", coalesce=True, suffix="_before")
    changed = both.filter(pl.col("value").ne_missing(pl.col("value_before")))
    return QUALITY__DIFFERENCE.conform(
        changed.select(*_KEY, value_before="value_before", value_after="value").sort(_KEY)
    )
