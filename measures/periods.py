"""Which periods the data can speak of: yearly reviews, and running lists by month, quarter and half-year."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table

from reference.loading import era_at
from reference.periods import SPANS, last_day

if TYPE_CHECKING:
    # a reader of cards needs no engine
    from ibis.backends.duckdb import Backend

_SCHEMA = {
    "period": pl.String(),
    "is_running": pl.Boolean(),
    "era": pl.String(),
    "opening_period": pl.String(),
    "last_day": pl.Date(),
    "first_month": pl.String(),
    "last_due_month": pl.String(),
}


def periods(backend: "Backend", today: date, first_year: int = 0) -> Table:
    """One row a period from ``first_year`` on: era in force on its last day and, for a running list, its opening review.

    ``first_month`` to ``last_due_month`` are the months whose in-year reports are due: those that were over
    on ``today``.
    """
    coverage = backend.table("quality__coverage")
    seen = coverage.select("form", "period").distinct().to_polars()
    forms = pl.col("form")
    reviews = (
        seen.filter(forms.is_in(["review_list", "export", "summary"]))["period"]
        .unique()
        .sort()
        .to_list()
    )
    months = seen.filter(forms == "in_year")["period"].unique().sort().to_list()
    rows = [_review(period) for period in reviews if len(period) == 4]
    rows += [_running(period, today) for period in _running_periods(months, reviews)]
    wanted = [row for row in rows if int(str(row[0])[:4]) >= first_year]
    return ibis.memtable(pl.DataFrame(wanted, schema=_SCHEMA, orient="row"))


def months_due(calendar_table: Table) -> Table:
    """(period, month, month_era) of every in-year report a running list waits for."""
    known = calendar_table.filter(_.is_running).to_polars()
    rows = [
        (row["period"], month, era_at(last_day(month)))
        for row in known.iter_rows(named=True)
        for month in _months(row["first_month"], row["last_due_month"])
    ]
    schema = {"period": pl.String(), "month": pl.String(), "month_era": pl.String()}
    return ibis.memtable(pl.DataFrame(rows, schema=schema, orient="row"))


def _review(period: str) -> tuple[object, ...]:
    day = last_day(period)
    return period, False, era_at(day), None, day, None, None


def _running(period: str, today: date) -> tuple[object, ...]:
    day = last_day(period)
    year = day.year
    over = [month for month in range(1, day.month + 1) if last_day(f"{year}-{month:02d}") < today]
    last_due = f"{year}-{over[-1]:02d}" if over else None
    return period, True, era_at(day), str(year - 1), day, f"{year}-01", last_due


def _running_periods(months: Iterable[str], reviews: Iterable[str]) -> list[str]:
    """Months up to the newest report of each year that follows a review, and the spans they reach into."""
    newest: dict[int, int] = {}
    for period in months:
        year, month = int(period[:4]), int(period[5:])
        newest[year] = max(newest.get(year, 0), month)
    found = []
    for year, reached in sorted(newest.items()):
        if str(year - 1) not in reviews:
            continue
        found += [f"{year}-{month:02d}" for month in range(1, reached + 1)]
        found += [f"{year}-{span}" for span, (first, _last) in SPANS.items() if first <= reached]
    return found


def _months(first: str, last: str | None) -> list[str]:
    if last is None:
        return []
    return [f"{first[:4]}-{month:02d}" for month in range(int(first[5:]), int(last[5:]) + 1)]
