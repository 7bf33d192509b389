"""How sure a pair is one household: the strangers that would agree as well by chance.

``strangers`` is what Fellegi and Sunter weigh, told as a count: the households of that sex that might stand
there, times the chance that one of them agrees by accident, divided by the chance that two lists that speak
of the same household agree so. The certainty of a link is 1 / (1 + strangers).
"""

import polars as pl

YEARS, DAYS = 40, 365
"""Birth years over which heads of households spread, and days of a year."""
SAME_NAME, ALIKE_NAME = 0.95, 0.04
SAME_YEAR, NEXT_YEAR = 0.96, 0.04
SAME_VILLAGE, OTHER_VILLAGE = 0.98, 0.02
ONE_DIGIT_OFF = 0.04
MOVED = 0.02
"""Chances that two lists write one household so, or that it moved to another commune between them."""
ALIKE_BY_CHANCE = 0.01
DIGIT_BY_CHANCE = 54e-6
"""Of a million serial numbers of six digits 54 are one digit away from a given one."""
_PAIR = ["one", "other"]


def weighed(pairs: pl.DataFrame, people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """``pairs`` with ``way`` and ``strangers``.

    pairs: one, other, is_same_name, year_gap, has_days, is_digit. people: household_id, spelling (any name of
    the key), sex; everybody, because rare names are told from frequent ones. places: household_id, block,
    village.
    """
    rows = _with_places(pairs, places)
    rows = rows.join(_bearers(people), left_on="one", right_on="household_id")
    by_name = (
        pl.when("is_same_name")
        .then(pl.col("name_share") / SAME_NAME)
        .otherwise(ALIKE_BY_CHANCE / ALIKE_NAME)
    )
    by_year = (
        pl.when(pl.col("year_gap") == 1)
        .then(2 / YEARS / NEXT_YEAR)
        .when(pl.col("year_gap") == 0)
        .then(1 / YEARS / SAME_YEAR)
        .otherwise(1.0)
    )
    by_day = pl.when("has_days").then(1 / DAYS).otherwise(1.0)
    by_number = pl.when("is_digit").then(DIGIT_BY_CHANCE / ONE_DIGIT_OFF).otherwise(1.0)
    by_place = (
        pl.when(~pl.col("in_block"))
        .then(1 / MOVED)
        .when("in_village")
        .then(pl.col("village_share") / SAME_VILLAGE)
        .when("has_villages")
        .then(1 / OTHER_VILLAGE)
        .otherwise(1.0)
    )
    crowd = pl.when("in_block").then("block_people").otherwise("people")
    way = (
        pl.when("is_digit").then(pl.lit("number_digit"))
        .when(~pl.col("in_block")).then(pl.lit("moved"))
        .when("has_days").then(pl.lit("name_date"))
        .otherwise(pl.lit("name_year"))
    )  # fmt: skip
    strangers = crowd * by_name * by_year * by_day * by_number * by_place
    return rows.select(*_PAIR, way=way, strangers=strangers)


def name_strangers(people: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """(household_id, strangers): others whom the same name and birth year may mean.

    They are looked for in its village where the household was only ever listed in one, else in its commune.
    """
    local = places.join(_crowds(places), on="block").join(
        _villages(places), on=["block", "village"], how="left"
    )
    crowd = local.group_by("household_id").agg(
        pl.when((pl.len() == 1) & pl.col("village").first().is_not_null())
        .then(pl.col("villagers").first() / 2)
        .otherwise(pl.col("block_people").max())
        .alias("crowd")
    )
    rows = _bearers(people).join(crowd, on="household_id")
    strangers = pl.col("crowd") * pl.col("name_share") / SAME_NAME / YEARS / SAME_YEAR
    return rows.select("household_id", strangers=strangers)


def certainty(strangers: pl.Expr) -> pl.Expr:
    """Chance that a pair is one household."""
    return 1 / (1 + strangers)


def _bearers(people: pl.DataFrame) -> pl.DataFrame:
    """household_id, people (of the sex), name_share (of these, those who bear the name)."""
    return people.select(
        "household_id",
        people=pl.len().over("sex").cast(pl.Float64),
        name_share=pl.len().over("sex", "spelling") / pl.len().over("sex"),
    )


def _crowds(places: pl.DataFrame) -> pl.DataFrame:
    """Households of each commune that are of one sex: half of them."""
    return places.group_by("block").agg(block_people=pl.col("household_id").n_unique() / 2)


def _villages(places: pl.DataFrame) -> pl.DataFrame:
    return places.group_by("block", "village").agg(villagers=pl.col("household_id").n_unique())


def _with_places(pairs: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Adds in_block, in_village, has_villages, village_share, block_people."""
    crowds, villages = _crowds(places), _villages(places)
    met = (
        pairs.select(*_PAIR)
        .join(places, left_on="one", right_on="household_id")
        .join(places, left_on=["other", "block"], right_on=["household_id", "block"], suffix="_b")
        .join(crowds, on="block")
        .join(villages, on=["block", "village"], how="left")
    )
    together = (pl.col("village") == pl.col("village_b")).fill_null(value=False)
    share = pl.when(together).then(pl.col("villagers") / (2 * pl.col("block_people")))
    facts = met.group_by(_PAIR).agg(
        in_block=pl.lit(value=True).first(),
        in_village=together.any(),
        has_villages=(pl.col("village").is_not_null() & pl.col("village_b").is_not_null()).any(),
        village_share=share.min(),
        block_people=pl.col("block_people").max(),
    )
    told = ["in_block", "in_village", "has_villages"]
    joined = pairs.join(facts, on=_PAIR, how="left")
    return joined.with_columns(pl.col(told).fill_null(value=False))
