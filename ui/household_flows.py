"""Moves of households between two reviews, in the words and sums that the page shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from charts.flow_sankey import Move
from charts.numbers import MISSING, amount, number, rate, sort_key
from measures.household_moves import CLASSES, NO_LONGER, NOT_BEFORE
from measures.household_sums import (
    RELAPSE_REVIEWS,
    Churn,
    churn,
    counted,
    is_whole,
    matrix,
    relapse,
)
from ui.data import Rows
from ui.tables import difference_text
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


def _partly(row: Mapping[str, Any]) -> str:
    return t(
        "household.partly",
        period=row["period"],
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )


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


def form_table(
    flows: pl.DataFrame, openings: Mapping[str, float | None], kind: str, period: str
) -> pl.DataFrame:
    """Official form 2 (``poor``) or 3 (``near_poor``): opening − out + in = closing, a row a unit.

    ``openings`` is unit → households on the list of the year before; the last column is what the
    moves tell of the opening list less that.
    """
    other = "near_poor" if kind == "poor" else "poor"
    cells = matrix(flows, period)
    rows = []
    # What no unit can claim has no name and comes last.
    units = sorted(
        cells.group_by("unit_code", "unit_name"),
        key=lambda one: (not one[0][1], sort_key(str(one[0][1] or ""))),
    )
    for (code, name), unit in units:
        opening, closing = counted(unit, kind, None), counted(unit, None, kind)
        before = openings.get(str(code))
        sums = {
            "opening": opening,
            f"to_{other}": counted(unit, kind, other),
            "to_none": counted(unit, kind, "none"),
            "to_gone": counted(unit, kind, NO_LONGER),
            f"from_{other}": counted(unit, other, kind),
            "from_none": counted(unit, "none", kind),
            "from_new": counted(unit, NOT_BEFORE, kind),
            "closing": closing,
        }
        row = {t("column.unit"): str(name) if name else t("household.not_attributable")}
        row |= {t(f"form.{key}"): number(value, language()) for key, value in sums.items()}
        row[t("form.difference")] = MISSING if before is None else difference_text(opening - before)
        rows.append(row)
    return pl.DataFrame(rows)


def openings(rows: Rows, kind: str, period: str, era: str) -> dict[str, float | None]:
    """Unit → households on the list of the year before, communes on the map of ``era``."""
    found = rows.estimates(
        (f"{kind}_household_count",), level="commune", periods=(str(int(period) - 1),), era=era
    )
    return dict(zip(found["unit_code"], found["value"], strict=True))


def history_table(history: pl.DataFrame) -> pl.DataFrame:
    """Escapes, relapses among them, entries, duration: a row a review, the newest first."""
    rows = []
    for (period,), year in history.sort("period", descending=True).group_by(
        "period", maintain_order=True
    ):
        found = dict(zip(year["figure"], year["household_count"], strict=True))
        told = str(period) if is_whole(year) else _partly(year.row(0, named=True))
        row = {t("column.period"): told}
        for name in ("escaped", *RELAPSE_REVIEWS, "entered_new", "entered_again"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        for name in ("chronic", "transient", "unlinked"):
            row[t(f"history.{name}")] = number(found.get(name), language())
        rows.append(row)
    return pl.DataFrame(rows)


def relapse_card(history: pl.DataFrame) -> tuple[str, str, str]:
    """(title, share and number, note) of relapses within 24 months among those that escaped."""
    title, found = t("household.relapse"), relapse(history, "relapsed_24")
    if found is None:
        return title, t("household.unknown"), t("household.relapse.none")
    note = t("household.relapse.note", period=found.period)
    if found.share_pct is None:
        return title, t("household.no_case"), note
    counted_in = amount(found.households, "household", language())
    return title, f"{rate(found.share_pct, language())} = {counted_in}", note


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
    return pl.DataFrame(
        [
            {
                t("column.household"): _pseudonym(row["household_id"]),
                t("column.unit"): row["unit_name"],
                t("column.village"): row["village_name"] or MISSING,
                t("household.last_poor"): row["last_poor_period"],
                t("household.signs"): ", ".join(
                    t(f"household.sign.{name}")
                    for name in ("is_near_poor", "is_without_labour_capacity", "is_deprived")
                    if row[name]
                ),
            }
            for row in households.iter_rows(named=True)
        ]
    )


def poor_rows(households: pl.DataFrame) -> pl.DataFrame:
    """Poor households, one a row, by pseudonym."""
    return pl.DataFrame(
        [
            {
                t("column.household"): _pseudonym(row["household_id"]),
                t("column.unit"): row["unit_name"],
                t("column.village"): row["village_name"] or MISSING,
                t("household.members"): number(row["member_count"], language()),
                "B1": number(row["b1_points"], language()),
                "B2": number(row["b2_points"], language()),
            }
            for row in households.iter_rows(named=True)
        ]
    )


def _pseudonym(household_id: str) -> str:
    """The first characters: enough to find the row again, short enough to read."""
    return household_id[:10]
