"""Which household a row without an identity number is, by name, birth and commune alone."""

import polars as pl

YEAR_LETTERS = 12
"""Of a date key those that tell name and year; the others tell the day."""
_KEY = ["link_key", "date_key"]


def recognised(asked: pl.DataFrame, named: pl.DataFrame, born: pl.DataFrame) -> pl.DataFrame:
    """(link_key, date_key) → linked_id where one household fits, and no other.

    asked: link_key (name, birth year, commune), date_key (name and birth year, then name and birth date; null
    for a year alone). named: link_key, linked_id. born: date_key, linked_id. One birthday is not another's: a
    household known by other days of that year only does not fit; one known by the very day goes before one known
    by the year alone.
    """
    is_born = born.with_columns(is_born=pl.lit(value=True))
    year = pl.col("date_key").str.slice(0, YEAR_LETTERS)
    dated = born.select(year.alias("year"), "linked_id", is_dated=pl.lit(value=True)).unique()
    fitting = (
        asked.unique()
        .join(named, on="link_key")
        .join(is_born, on=["date_key", "linked_id"], how="left")
        .with_columns(year=year)
        .join(dated, on=["year", "linked_id"], how="left")
        .filter(pl.col("is_born") | pl.col("is_dated").is_null())
    )
    surer = fitting.filter(pl.col("is_born"))
    rest = fitting.join(surer, on=_KEY, how="anti", nulls_equal=True)
    found = pl.concat([surer, rest]).group_by(_KEY).agg(pl.col("linked_id").unique())
    return found.filter(pl.col("linked_id").list.len() == 1).explode("linked_id")
