"""What the matrix of moves and the history of households add up to, for one unit."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from measures.household_names import NO_LONGER, NOT_BEFORE


@dataclass(frozen=True)
class Churn:
    """One review: households that left the list of the poor and that came onto it."""

    period: str
    left: int
    came: int

    @property
    def net(self) -> int:
        """Came less left: the change of the list."""
        return self.came - self.left


@dataclass(frozen=True)
class Relapse:
    """Of those that escaped at the review ``period`` how many were poor again; ``share_pct`` None: nobody escaped."""

    period: str
    households: int
    share_pct: float | None


def reviews(flows: pl.DataFrame) -> list[str]:
    """Closing reviews with any figure, the newest first; ``flows`` are ``result__household_flow`` rows."""
    if flows.is_empty():
        return []
    return flows.drop_nulls("household_count")["period"].unique().sort(descending=True).to_list()


def matrix(flows: pl.DataFrame, period: str) -> pl.DataFrame:
    """The cells of one review; empty where nothing was reported."""
    if flows.is_empty():
        return flows
    return flows.filter(period=period).drop_nulls("household_count")


def counted(cells: pl.DataFrame, one: str | None, other: str | None) -> int:
    """Households from ``one`` to ``other``; None means any class, staying included."""
    columns = (cells[name].to_list() for name in ("class_from", "class_to", "household_count"))
    return sum(
        count
        for was, became, count in zip(*columns, strict=True)
        if count is not None and one in (None, was) and other in (None, became)
    )


def form_lines(cells: pl.DataFrame, kind: str, other: str) -> pl.DataFrame:
    """Form 2 or 3 of the list ``kind``, a row a unit: unit_code, unit_name, opening, to_other, to_none, to_gone,
    from_other, from_none, from_new, closing (households); opening − out + in = closing.
    """
    was, became = pl.col("class_from"), pl.col("class_to")
    sums = {
        "opening": was == kind,
        "to_other": (was == kind) & (became == other),
        "to_none": (was == kind) & (became == "none"),
        "to_gone": (was == kind) & (became == NO_LONGER),
        "from_other": (was == other) & (became == kind),
        "from_none": (was == "none") & (became == kind),
        "from_new": (was == NOT_BEFORE) & (became == kind),
        "closing": became == kind,
    }
    count = pl.col("household_count")
    return cells.group_by("unit_code", "unit_name").agg(
        count.filter(which).sum().alias(name) for name, which in sums.items()
    )


def churn(cells: pl.DataFrame, period: str) -> Churn:
    """Who left the list of the poor and who came onto it."""
    stayed = counted(cells, "poor", "poor")
    left, came = counted(cells, "poor", None) - stayed, counted(cells, None, "poor") - stayed
    return Churn(period, left, came)


def is_whole(rows: pl.DataFrame) -> bool:
    """Whether every commune sent both lists."""
    return bool((rows["units_reported"] == rows["units_expected"]).all())


def churn_over_years(flows: pl.DataFrame) -> tuple[list[Churn], Sequence[str]]:
    """Reviews that every commune is in, the oldest first, and those left out because some are missing."""
    cells = {period: matrix(flows, period) for period in sorted(reviews(flows))}
    shown = [churn(found, period) for period, found in cells.items() if is_whole(found)]
    return shown, [period for period, found in cells.items() if not is_whole(found)]


def relapse(history: pl.DataFrame, figure: str) -> Relapse | None:
    """The newest review whose ``figure`` (``relapsed_24`` …) is known, of ``result__household_history`` rows."""
    known = history.filter(pl.col("figure") == figure).drop_nulls("household_count").sort("period")
    if known.is_empty():
        return None
    row = known.row(-1, named=True)
    escaped = history.filter(figure="escaped", period=row["period"])["household_count"].item()
    share = 100 * row["household_count"] / escaped if escaped else None
    return Relapse(row["period"], row["household_count"], share)
