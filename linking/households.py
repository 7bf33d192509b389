"""All households of a build linked: what is new is compared, everything is decided."""

import polars as pl

from linking import evidence
from linking.comparison import RULES, compared, described
from linking.decide import decide
from linking.spelling import name_key
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.link_memory import LinkMemory


def link(listed: pl.DataFrame, memory: LinkMemory) -> pl.DataFrame:
    """Rows of ``core_household__link`` for the households of ``listed``.

    listed: household_id, list, block (commune in force today), village, sex; a row a stay. Clear names are
    opened only for the communes with somebody not compared before.
    """
    memory.keep_rules(RULES)
    memory.keep_only(listed.select("household_id", "block").unique())
    names = listed["household_id"].unique().sort().to_frame().with_row_index("number")
    stays = _numbered(listed, names)
    places = stays.select("household_id", "block", "village").unique()
    sexes = stays.group_by("household_id").agg(sex=pl.col("sex").drop_nulls().mode().sort().first())
    _compare_new(places, sexes, names, memory)
    spellings = sexes.join(_numbered(memory.spellings(), names), on="household_id")
    compared = memory.compared()
    for side in ("one", "other"):
        compared = _numbered(compared, names, side)
    pairs = pl.concat([compared, _moved(spellings, places)])
    weighed = evidence.weighed(pairs, spellings, places)
    found = decide(weighed, stays.select("household_id", "list").unique())
    alone = evidence.name_strangers(spellings, places).rename({"strangers": "name_strangers"})
    rows = found.join(alone, on="household_id", how="left", maintain_order="left")
    for column in ("household_id", "linked_id"):
        rows = _named(rows, names, column)
    return CORE_HOUSEHOLD__LINK.conform(
        rows.select(
            "household_id",
            "linked_id",
            "way",
            certainty=evidence.certainty(pl.col("strangers")),
            name_certainty=evidence.certainty(pl.col("name_strangers")),
            is_contested="is_contested",
        )
    )


def _numbered(
    rows: pl.DataFrame, names: pl.DataFrame, column: str = "household_id"
) -> pl.DataFrame:
    """``rows`` of listed households with numbers for ids: they join several times as fast."""
    found = rows.join(names, left_on=column, right_on="household_id", maintain_order="left")
    return found.with_columns(pl.col("number").alias(column)).drop("number")


def _named(rows: pl.DataFrame, names: pl.DataFrame, column: str) -> pl.DataFrame:
    ids = names["household_id"]
    return rows.with_columns(ids.gather(rows[column]).alias(column))


def _compare_new(
    places: pl.DataFrame, sexes: pl.DataFrame, names: pl.DataFrame, memory: LinkMemory
) -> None:
    here = places.select("household_id", "block").unique()
    known = _numbered(memory.spellings(), names).select("household_id", block="blocks")
    fresh = here.join(known.explode("block"), on=["household_id", "block"], how="anti")
    if fresh.is_empty():
        return
    around = places.join(fresh.select("block").unique(), on="block", how="semi")
    present = around.select("household_id").unique().sort("household_id")
    clear = memory.open(_named(present, names, "household_id")["household_id"])
    clear = clear.join(names, on="household_id").select(
        pl.col("number_right").alias("household_id"), "name", "number", "birth"
    )
    people = described(clear, sexes, name_key(pl.col("name")))
    pairs = compared(people, around, fresh)
    memory.keep_compared(_named(_named(pairs, names, "one"), names, "other"))
    blocks = here.group_by("household_id").agg(blocks=pl.col("block").sort().str.join(" "))
    new = people.join(fresh.select("household_id").unique(), on="household_id").join(
        blocks, on="household_id"
    )
    memory.keep_spellings(_named(new, names, "household_id"))


def _moved(spellings: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Pairs of different communes with the same name, birth date and sex, where no two numbers differ."""
    known = spellings.drop_nulls("person").select("household_id", "person", "sex", "number_length")
    found = known.join(known, on="person", suffix="_b").filter(
        pl.col("household_id") < pl.col("household_id_b"),
        (pl.col("sex") == pl.col("sex_b")).fill_null(value=True),
        (pl.col("number_length") != pl.col("number_length_b")) | (pl.col("number_length") == 0),
    )
    local = places.select("household_id", "block").unique()
    pair = ["household_id", "household_id_b"]
    near = (
        found.select(pair)
        .join(local, on="household_id")
        .join(local.rename({"household_id": "household_id_b"}), on=["household_id_b", "block"])
    )
    return found.join(near, on=pair, how="anti").select(
        one="household_id",
        other="household_id_b",
        is_same_name=pl.lit(value=True),
        year_gap=pl.lit(0, dtype=pl.Int64),
        has_days=pl.lit(value=True),
        is_digit=pl.lit(value=False),
    )
