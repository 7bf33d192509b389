"""Moves of households between two reviews, in the words and sums that the page shows."""

from collections.abc import Sequence

import polars as pl

from charts.flow_sankey import Move
from charts.numbers import MISSING, amount, number
from measures.household_names import CLASSES, NO_LONGER, NOT_BEFORE
from measures.household_sums import Churn, churn, counted
from ui.texts import language, t

LISTED = ("poor", "near_poor")
_ORDER = (*CLASSES, NOT_BEFORE, NO_LONGER)


def class_names() -> dict[str, str]:
    """Class of the matrix → name, in the order shown."""
    return {code: t(f"move.{code}") for code in _ORDER}


def short_names() -> dict[str, str]:
    """The same in two words: both ends of a picture have to stand side by side on a phone."""
    return {code: t(f"move.short.{code}") for code in _ORDER}


def moves(cells: pl.DataFrame) -> list[Move]:
    """The bands of the picture; who was reviewed and is on no list either year is no move."""
    found = {
        (row["class_from"], row["class_to"]): row["household_count"]
        for row in cells.iter_rows(named=True)
    }
    return [
        (one, other, found[one, other])
        for one in _ORDER
        for other in _ORDER
        if (one in LISTED or other in LISTED) and found.get((one, other))
    ]


def headline(cells: pl.DataFrame, period: str) -> str:
    """``Năm 2024: 1.910 hộ ra khỏi danh sách nghèo, 1.000 hộ vào; danh sách giảm 910 hộ.``"""
    one = churn(cells, period)
    words = {
        "period": period,
        "left": amount(one.left, "household", language()),
        "came": amount(one.came, "household", language()),
        "net": amount(abs(one.net), "household", language()),
    }
    way = "same" if one.net == 0 else "fell" if one.net < 0 else "rose"
    return t(f"household.headline.{way}", **words)


def coverage(cells: pl.DataFrame) -> str:
    """Communes with both lists, of those that should have them."""
    row = cells.row(0, named=True)
    return t(
        "household.coverage",
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )


def sankey_takeaway(cells: pl.DataFrame) -> str:
    """What became of the households that were poor at the review before."""
    ends = {
        name: amount(counted(cells, "poor", other), "household", language())
        for name, other in (
            ("all", None), ("stayed", "poor"), ("near", "near_poor"), ("above", "none"),
        )
    }  # fmt: skip
    return t("household.sankey", **ends)


def churn_takeaway(reviews: Sequence[Churn]) -> str:
    """How many left and came at the first and at the last review of the picture."""
    if not reviews:
        return t("household.churn")
    first, last = reviews[0], reviews[-1]
    if first.period == last.period:
        return t("household.churn")
    numbers = {
        f"{way}_{side}": number(getattr(one, way), language())
        for way in ("left", "came")
        for side, one in (("first", first), ("last", last))
    }
    return t("household.churn.takeaway", first=first.period, last=last.period, **numbers)


def churn_note(left_out: Sequence[str]) -> str:
    """Which reviews the picture over the years leaves out."""
    if not left_out:
        return t("household.churn.all")
    return t("household.churn.left_out", periods=", ".join(left_out))


def told(cells: pl.DataFrame) -> str:
    """How many moves rest on what the commune wrote, not on the household being found."""
    count = int(cells["told_count"].sum())
    return t("household.told", count=amount(count, "household", language()))


def matrix_table(cells: pl.DataFrame) -> pl.DataFrame:
    """The table twin of the picture: a row a class before, a column a class after."""
    names = class_names()
    rows = []
    for one in (*CLASSES, NOT_BEFORE):
        row = {t("column.class_before"): names[one]}
        for other in (*CLASSES, NO_LONGER):
            impossible = (one, other) == (NOT_BEFORE, NO_LONGER)
            count = None if impossible else counted(cells, one, other)
            row[names[other]] = number(count, language())
        rows.append(row)
    return pl.DataFrame(rows)


def watched_table(history: pl.DataFrame) -> pl.DataFrame:
    """Communes with newly escaped households at risk, the most first."""
    found = history.filter(pl.col("figure") == "watched", pl.col("household_count") > 0)
    ordered = found.sort("household_count", "unit_name", descending=[True, False])
    return pl.DataFrame(
        [
            {
                t("column.unit"): row["unit_name"] or t("household.not_attributable"),
                t("history.watched"): number(row["household_count"], language()),
            }
            for row in ordered.iter_rows(named=True)
        ]
    )


def watched_rows(households: pl.DataFrame) -> pl.DataFrame:
    """Newly escaped households at risk, one a row, by pseudonym."""
    if households.is_empty():
        return households
    signs = {
        name: t(f"household.sign.{name}")
        for name in ("is_near_poor", "is_without_labour_capacity", "is_deprived")
    }
    told = pl.concat_str(
        [pl.when(name).then(pl.lit(word)) for name, word in signs.items()],
        separator=", ",
        ignore_nulls=True,
    )
    return households.select(
        *_place(),
        pl.col("last_poor_period").alias(t("household.last_poor")),
        told.alias(t("household.signs")),
    )


def poor_rows(households: pl.DataFrame) -> pl.DataFrame:
    """Poor households, one a row, by pseudonym."""
    if households.is_empty():
        return households
    lang = language()
    heads = {"member_count": t("household.members"), "b1_points": "B1", "b2_points": "B2"}
    figures = [
        pl.Series(head, [number(value, lang) for value in households[name]], dtype=pl.String())
        for name, head in heads.items()
    ]
    return households.select(*_place(), *figures)


def _place() -> list[pl.Expr]:
    """The first characters of the pseudonym (enough to find the row again), commune and village."""
    return [
        pl.col("household_id").str.slice(0, 10).alias(t("column.household")),
        pl.col("unit_name").alias(t("column.unit")),
        pl.col("village_name").replace("", None).fill_null(MISSING).alias(t("column.village")),
    ]
