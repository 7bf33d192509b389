"""Which pairs of households are worth a thought, and how their names, births and numbers compare.

A pair is compared inside the communes in force today, into which all older communes lead. What two households
differ in for certain (sex, day of birth, a number that is more than one digit away, the year of birth by more
than one) makes them two; such pairs are not kept.
"""

import polars as pl

from linking.spelling import are_alike

RULES = 2
"""Raised when a comparison changes: what the vault remembers of comparisons is then made anew."""
_PAIR = ["one", "other"]
_LONGEST_NUMBER = 12


def described(people: pl.DataFrame, sexes: pl.DataFrame, key: pl.Expr) -> pl.DataFrame:
    """One row a household: household_id, number, key, year, day (``mm-dd``, null for a year alone), sex.

    people: household_id, name, number, birth (ISO date or year). sexes: household_id, sex.
    """
    is_date = pl.col("birth").str.len_chars() == len("2000-12-31")
    rows = people.join(sexes, on="household_id", how="left")
    return rows.select(
        "household_id",
        "number",
        key=key,
        year=pl.col("birth").str.slice(0, 4).cast(pl.Int64),
        day=pl.when(is_date).then(pl.col("birth").str.slice(5)),
        sex="sex",
    )


def compared(people: pl.DataFrame, places: pl.DataFrame, fresh: pl.DataFrame) -> pl.DataFrame:
    """Pairs with a fresh household in a common commune, ``one`` < ``other``, each pair once.

    people: what :func:`described` gives. places: household_id, block, village of everybody in the communes
    concerned. fresh: household_id, block not compared before. Answers one, other, is_same_name, year_gap
    (0, 1, null where a year is missing), has_days, is_digit (the numbers differ in one digit).
    """
    local = places.select("household_id", "block").unique().join(people, on="household_id")
    local = local.drop_nulls("key")
    new = local.join(fresh, on=["household_id", "block"], how="semi")
    digits = _digit_pairs(new, local)
    parts = [
        digits,
        _pairs(new, local, ["block", "key"]),
        _pairs(new.drop_nulls("day"), local.drop_nulls("day"), ["block", "day"]),
        *_neighbours(new, local, places),
    ]
    rows = _without_contradiction(pl.concat(parts).unique(), people, digits)
    rows = rows.filter(are_alike(rows["key"], rows["key_b"]))
    return rows.select(
        *_PAIR,
        is_same_name=pl.col("key") == pl.col("key_b"),
        year_gap=_year_gap(),
        has_days=pl.col("day").is_not_null() & pl.col("day_b").is_not_null(),
        is_digit="is_digit",
    ).sort(_PAIR)


def _pairs(new: pl.DataFrame, local: pl.DataFrame, on: list[str]) -> pl.DataFrame:
    found = new.select(*on, x="household_id").join(local.select(*on, y="household_id"), on=on)
    found = found.filter(pl.col("x") != pl.col("y"))
    return found.select(one=pl.min_horizontal("x", "y"), other=pl.max_horizontal("x", "y")).unique()


def _neighbours(new: pl.DataFrame, local: pl.DataFrame, places: pl.DataFrame) -> list[pl.DataFrame]:
    """Heads of one village born in the same year or the next: their names may be alike only."""
    villages = places.drop_nulls("village").unique()
    on = ["household_id", "block"]
    here, there = (
        rows.drop_nulls("year").select(*on, "year").join(villages, on=on) for rows in (new, local)
    )
    return [
        _pairs(here.with_columns(pl.col("year") + step), there, ["block", "village", "year"])
        for step in (-1, 0, 1)
    ]


def _digit_pairs(new: pl.DataFrame, local: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one commune whose numbers of equal length differ in one digit: two of three parts are then equal."""
    here, there = (_parts(rows.drop_nulls("number")) for rows in (new, local))
    found = [
        _pairs(here, there, ["block", "length", one, other])
        for one, other in (("first", "second"), ("first", "third"), ("second", "third"))
    ]
    numbers = local.select("household_id", "number").drop_nulls().unique()
    rows = (
        pl.concat(found)
        .unique()
        .join(numbers, left_on="one", right_on="household_id")
        .join(numbers, left_on="other", right_on="household_id", suffix="_b")
    )
    differing = pl.sum_horizontal(
        (pl.col("number").str.slice(place, 1) != pl.col("number_b").str.slice(place, 1)).cast(
            pl.Int64
        )
        for place in range(_LONGEST_NUMBER)
    )
    return rows.filter(differing == 1).select(_PAIR)


def _parts(numbered: pl.DataFrame) -> pl.DataFrame:
    number, length = pl.col("number"), pl.col("number").str.len_chars()
    return numbered.with_columns(
        length=length,
        first=number.str.slice(0, length // 2),
        second=number.str.slice(length // 2, length // 4),
        third=number.str.slice(length // 2 + length // 4),
    )


def _year_gap() -> pl.Expr:
    return (pl.col("year") - pl.col("year_b")).abs()


def _without_contradiction(
    found: pl.DataFrame, people: pl.DataFrame, digits: pl.DataFrame
) -> pl.DataFrame:
    near = digits.with_columns(is_digit=pl.lit(value=True))
    rows = (
        found.join(people, left_on="one", right_on="household_id")
        .join(people, left_on="other", right_on="household_id", suffix="_b")
        .filter(
            (pl.col("sex") == pl.col("sex_b")).fill_null(value=True),
            (pl.col("day") == pl.col("day_b")).fill_null(value=True),
            (_year_gap() <= 1).fill_null(value=True),
        )
        .join(near, on=_PAIR, how="left")
        .with_columns(pl.col("is_digit").fill_null(value=False))
    )
    lengths = pl.col("number").str.len_chars(), pl.col("number_b").str.len_chars()
    return rows.filter(pl.col("is_digit") | (lengths[0] != lengths[1]).fill_null(value=True))
