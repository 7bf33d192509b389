"""Dates as communes write them, with what is known of them: the day, the month or the year.

Read: 05/03/1960, 5.3.1960, 05-03-1960, "ngày 5 tháng 3 năm 1960" (day first, always), 1960-03-05,
each with or without a time, a spreadsheet's serial number (22345), 3/1960, and a bare year.
Not read: years of two digits, days that do not exist, dates outside the range given.
"""

import datetime as dt
import re
from functools import partial
from typing import Literal, NamedTuple

import polars as pl

from pipelines.cell_reader import Fields, read_cells
from pipelines.numbers import cleaned

Precision = Literal["day", "month", "year"]
Problem = Literal["not_a_date", "impossible_date", "two_digit_year", "out_of_range", "both_columns"]

EXPECTED: dict[Problem, str] = {
    "not_a_date": "ngày dạng dd/mm/yyyy hoặc năm gồm 4 chữ số",
    "impossible_date": "ngày có thật, dạng dd/mm/yyyy (ngày trước, tháng sau)",
    "two_digit_year": "năm viết đủ 4 chữ số",
    "out_of_range": "ngày trong khoảng hợp lý, không ở tương lai",
    "both_columns": "năm sinh ở một trong hai cột Nam, Nữ",
}
"""What to tell the clerk for each problem."""

_PLAIN_DAY = "^[0-9]{2}/[0-9]{2}/[0-9]{4}$"
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?"
_DAY_FIRST = re.compile(r"([0-9]{1,2}) ?[/.-] ?([0-9]{1,2}) ?[/.-] ?([0-9]{4})" + _TIME)
_IN_WORDS = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})[/.-]([0-9]{1,2})" + _TIME)
_MONTH = re.compile(r"([0-9]{1,2}) ?[/.-] ?([0-9]{4})")
_YEAR = re.compile(r"((?:18|19|20)[0-9]{2})(?:\.0+)?")
_SERIAL = re.compile(r"(?!(?:18|19|20)[0-9]{2}(?:\.|$))([0-9]{4,5})(?:\.[0-9]+)?")
_SHORT_YEAR = re.compile(r"[0-9]{1,2} ?[/.-] ?[0-9]{1,2} ?[/.-] ?[0-9]{2}")
# Day 0 of the serial numbers; the spreadsheet's wrong leap day of 1900 lies before any date read.
_SERIAL_ZERO = dt.date(1899, 12, 30)
_FIELDS: Fields = {
    "date": pl.Date,
    "year": pl.Int32,
    "precision": pl.String,
    "problem": pl.String,
}


class DateReading(NamedTuple):
    """What a cell says: ``date`` only when the day is known; ``problem`` when nothing was read."""

    date: dt.date | None = None
    year: int | None = None
    precision: Precision | None = None
    problem: Problem | None = None


def read_date(column: pl.Expr, *, earliest: dt.date, latest: dt.date) -> pl.Expr:
    """A column of dates as a struct with the fields of :class:`DateReading`.

    ``date`` (Date), ``year`` (Int32), ``precision`` and ``problem`` (String). Blank cells and
    dashes have null in all four. ``earliest`` and ``latest`` bound what is accepted.
    """
    day = _plain_day(column, earliest, latest)
    rest = pl.when(day.is_null()).then(column)
    found = read_cells([rest], partial(date_of, earliest=earliest, latest=latest), _FIELDS)
    return pl.when(day.is_not_null()).then(_of_day(day)).otherwise(found)


def _plain_day(column: pl.Expr, earliest: dt.date, latest: dt.date) -> pl.Expr:
    """The day of cells like 05/03/1960 that are in range: nearly all; the others are read singly."""
    written = pl.when(column.str.contains(_PLAIN_DAY)).then(column)
    day = written.str.to_date("%d/%m/%Y", strict=False)
    return pl.when(day.is_between(earliest, latest)).then(day)


def _of_day(day: pl.Expr) -> pl.Expr:
    return pl.struct(
        day.alias("date"),
        day.dt.year().alias("year"),
        pl.lit("day").alias("precision"),
        pl.lit(None, pl.String).alias("problem"),
    )


def read_birth_by_sex(
    male: pl.Expr, female: pl.Expr, *, earliest: dt.date, latest: dt.date
) -> pl.Expr:
    """The birth columns "Nam" and "Nữ" as a struct: the fields of :func:`read_date` and ``sex``.

    ``sex`` is "male" or "female" by the column that is filled. Both filled: nothing is read and
    the problem is "both_columns".
    """
    return read_cells(
        [male, female],
        partial(_birth_by_sex, earliest=earliest, latest=latest),
        {**_FIELDS, "sex": pl.String},
    )


def date_of(cell: str | None, *, earliest: dt.date, latest: dt.date) -> DateReading:
    """What one cell says, and the problem with it."""
    text = cleaned(cell)
    if text is None:
        return DateReading()
    found = _written(text)
    if found.problem:
        return found
    year = found.year or 0
    is_in_range = (
        earliest <= found.date <= latest if found.date else earliest.year <= year <= latest.year
    )
    return found if is_in_range else DateReading(problem="out_of_range")


def _birth_by_sex(
    male: str | None, female: str | None, *, earliest: dt.date, latest: dt.date
) -> tuple[object, ...]:
    in_male, in_female = cleaned(male), cleaned(female)
    if in_male and in_female:
        return (*DateReading(problem="both_columns"), None)
    sex = "male" if in_male else "female" if in_female else None
    return (*date_of(in_male or in_female, earliest=earliest, latest=latest), sex)


def _written(text: str) -> DateReading:
    if match := _DAY_FIRST.fullmatch(text) or _IN_WORDS.fullmatch(text):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _SERIAL.fullmatch(text):
        day = _SERIAL_ZERO + dt.timedelta(days=int(match[1]))
        return DateReading(date=day, year=day.year, precision="day")
    return _without_day(text)


def _without_day(text: str) -> DateReading:
    if match := _YEAR.fullmatch(text):
        return DateReading(year=int(match[1]), precision="year")
    if match := _MONTH.fullmatch(text):
        if 1 <= int(match[1]) <= 12:
            return DateReading(year=int(match[2]), precision="month")
        return DateReading(problem="impossible_date")
    is_short = _SHORT_YEAR.fullmatch(text) is not None
    return DateReading(problem="two_digit_year" if is_short else "not_a_date")


def _day(year: int, month: int, day: int) -> DateReading:
    try:
        return DateReading(date=dt.date(year, month, day), year=year, precision="day")
    except ValueError:
        return DateReading(problem="impossible_date")
