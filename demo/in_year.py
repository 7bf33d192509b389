"""Which changes of class were decided in the course of a year, and in which month."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from demo.geography import homes, unit
from demo.histories import NONE, POOR
from demo.province import SMALL_UNITS_2025, Province
from demo.randomness import stream
from reference.loading import era_at

FIRST_MONTH, LAST_MONTH = date(2024, 1, 1), date(2026, 8, 1)
ENTRY_SHARE, RISE_SHARE, EXIT_SHARE = 0.25, 0.25, 0.3
"""Of a year's changes, those decided in-year: onto the list, near-poor to poor, off or down."""
MONTH_WEIGHTS = (4, 5, 9, 10, 10, 9, 9, 10, 5, 3, 2, 1)
"""From September on the yearly review leaves little to decide."""
LATE_UNITS = (SMALL_UNITS_2025[-1], "14308")
"""Two communes whose newest month the department has not received yet."""


def months() -> list[date]:
    """First days of the months that have a file."""
    count = 12 * (LAST_MONTH.year - FIRST_MONTH.year) + LAST_MONTH.month - FIRST_MONTH.month + 1
    return [date(FIRST_MONTH.year + i // 12, i % 12 + 1, 1) for i in range(count)]


def last_day(month: date) -> date:
    """Last day of the month that begins on ``month``."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def era_of_month(month: date) -> str:
    """Era of the units a file of that month names: by its last day."""
    return era_at(last_day(month))


def in_year_events(province: Province) -> pl.DataFrame:
    """The truth rows whose change was decided in-year, with month, day and decision.

    Adds to the columns of ``province.rows``: month (first day), decision_date, decision_number.
    Every event ends in the class the household has on that year's list.
    """
    rows = province.rows.filter(
        (pl.col("year") >= FIRST_MONTH.year)
        & (pl.col("before") != pl.col("klass"))
        & (pl.col("entry").is_null() | (pl.col("entry") != "moved"))
    )
    share = (
        pl.when(pl.col("before") == NONE)
        .then(ENTRY_SHARE)
        .when(pl.col("klass") == POOR)
        .then(RISE_SHARE)
        .otherwise(EXIT_SHARE)
    )
    drawn = stream(province.seed, "in year").random((province.row_count, 3))[rows["row_id"]]
    rows = rows.with_columns(luck=drawn[:, 0], month_luck=drawn[:, 1], day_luck=drawn[:, 2])
    rows = rows.filter(pl.col("luck") < share)
    limits = np.cumsum(MONTH_WEIGHTS) / sum(MONTH_WEIGHTS)
    month = np.searchsorted(limits, rows["month_luck"].to_numpy()) + 1
    rows = rows.with_columns(month=pl.date(pl.col("year"), pl.lit(pl.Series(month)), 1)).filter(
        pl.col("month") <= LAST_MONTH
    )
    day = pl.duration(days=16 + (pl.col("day_luck") * 11).cast(pl.Int64))
    rows = rows.with_columns(decision_date=pl.col("month") + day)
    numbers = 20 + 9 * pl.col("month").dt.month() + pl.col("home") % 9
    return rows.with_columns(decision_number=pl.format("{}/QĐ-UBND", numbers)).sort(
        "month", "home", "row_id"
    )


def expected_units(province: Province, month: date) -> list[str]:
    """Communes with a row in the file of that month, by code; the late ones are left out."""
    column = homes()[f"code_{era_of_month(month)}"].to_list()
    late = LATE_UNITS if month == LAST_MONTH else ()
    return sorted({column[home] for home in province.home_numbers} - set(late))


def unit_of_home(home: int, month: date) -> str:
    """Commune in force at the end of the month where a home lies."""
    code: str = homes()[f"code_{era_of_month(month)}"][home]
    return code


def former_name(home: int) -> str:
    """Commune of the era before the merger of 2025, as the department names it."""
    return unit("2024", homes()["code_2024"][home]).name
