"""True answers of the plan's indicators over models and reports, from the simulated people and letters themselves."""

from collections.abc import Iterator

import polars as pl

from demo.geography import ERA_OF_YEAR, homes
from demo.histories import NONE
from demo.models import YEAR, models
from demo.programme_figures import PERIODS, sent
from demo.province import Province
from demo.report_letters import letter
from reference.plan import report_due
from reference.programmes import programme_forms

_ERA = ERA_OF_YEAR[YEAR]
REVIEWS = 2
"""Yearly reviews inside 24 months of the day a household joined a model."""


def reports_in_time(seed: int) -> dict[str, tuple[int, int]]:
    """By half-year: reports of the agencies dated no later than the plan's day, and reports owed (R.1).

    A workbook that is never sent is owed too; a supplement of communes that came later is no report of its own.
    """
    return {period: _in_time(seed, period) for period in PERIODS}


def _in_time(seed: int, period: str) -> tuple[int, int]:
    due = report_due(period)
    owed = len(programme_forms()) + 1
    return sum(letter(seed, form, period, is_late=False)[1] <= due for form in _sent(period)), owed


def _sent(period: str) -> Iterator[str]:
    for form in programme_forms():
        if sent(form, period):
            yield form.form
    yield "duties"


def participants_due(province: Province) -> pl.DataFrame:
    """model_id, number, household, unit_code (of the register's year), year: participants whose reviews are over.

    ``year`` is the first that the household joined a model in.
    """
    members = models(province).members
    year = pl.col("entry").dt.year().min().over("home", "household")
    unit_of_home = pl.Series("unit_code", homes()[f"code_{_ERA}"])
    return members.select(
        "model_id",
        "number",
        "household",
        unit_code=unit_of_home.gather(members["home"]),
        year=year,
    ).filter(pl.col("year") + REVIEWS - 1 <= YEAR)


def participants_out(members: pl.DataFrame, seen: pl.DataFrame) -> pl.DataFrame:
    """household, unit_code, out, known: participants that left the list within two reviews (T8.2).

    Out: neither poor nor near-poor at one of the two, and not on the list again at the second. Known: out, or seen on
    the list at the second. Whom the lists of a year do not name is not known from it: moved or died.

    Args:
        members: household, unit_code, year (of joining); only who was on the list the year before counts.
        seen: household, year, klass of every row of a list; of two rows of one year the poorer class speaks.
    """
    seen = seen.group_by("household", "year").agg(pl.col("klass").max())
    before = seen.filter(pl.col("klass") != NONE).select("household", year=pl.col("year") + 1)
    members = members.select("household", "unit_code", "year").unique()
    members = members.join(before, on=["household", "year"], how="semi")
    for place in range(REVIEWS):
        at = seen.select("household", pl.col("klass").alias(f"class_{place}"), at=pl.col("year"))
        members = members.with_columns(at=pl.col("year") + place).join(
            at, on=["household", "at"], how="left"
        )
    is_back = (pl.col(f"class_{REVIEWS - 1}") != NONE).fill_null(value=False)
    was_out = pl.any_horizontal(
        [(pl.col(f"class_{place}") == NONE).fill_null(value=False) for place in range(REVIEWS)]
    )
    return members.select("household", "unit_code", out=was_out & ~is_back, known=was_out | is_back)


def communes_of_parts(province: Province) -> pl.DataFrame:
    """unit_code (of the register's year), model_id of the pilot, part, effect: where models run (T8.3).

    ``effect``: mean planted effect of the part (the pilots, or the copies) over all of its communes.
    """
    sites = models(province).sites
    units = pl.Series("unit_code", homes()[f"code_{_ERA}"])
    family, part = pl.coalesce("copy_of", "model_id"), pl.col("copy_of").is_null()
    told = sites.select(
        unit_code=units.gather(sites["home"]),
        model_id=family,
        part=pl.when(part).then(pl.lit("pilot")).otherwise(pl.lit("copies")),
        effect=pl.col("effect"),
    )
    return told.with_columns(pl.col("effect").mean().over("model_id", "part"))
