"""Numbers as Vietnamese clerks write them, read by the kind of their column.

A point groups thousands and a comma begins decimals, but sheets made with English settings have it
the other way, so "1.842" is 1842 in a column of counts and cannot be known in a column of scores.
What cannot be read for certain is not read: the value is null and ``problem`` says why.

Blank cells and dashes ("-", "--") are null without a problem.
"""

import re
from typing import Literal

import polars as pl

from pipelines.cell_reader import read_cells
from pipelines.text import collapse_spaces

Problem = Literal["not_a_number", "not_whole", "negative", "ambiguous"]

EXPECTED: dict[Problem, str] = {
    "not_a_number": "một số",
    "not_whole": "một số nguyên, không có phần thập phân",
    "negative": "một số không âm",
    "ambiguous": "một số viết rõ: phần nghìn hay phần thập phân",
}
"""What to tell the clerk for each problem."""

_BLANK = re.compile("[-–—−]*")
_SIGNED = re.compile(r"[-−] ?(?=[0-9])")
_WHOLE = re.compile(
    r"([0-9]{1,15}|[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+))"
    r"(?:(?<=[0-9]),0{1,2}|(?<![. ][0-9]{3})\.0{1,2})?"
)
_ONE_GROUP = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")
_POINT_DECIMAL = re.compile(
    r"[0-9]{1,15}(?:\.[0-9]+)?"
    r"|[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,})"
)
_COMMA_DECIMAL = re.compile(
    r"[0-9]{1,15},[0-9]+"
    r"|[1-9][0-9]{0,2}(?:(?:(?:\.[0-9]{3})+|(?: [0-9]{3})+),[0-9]+"
    r"|(?:\.[0-9]{3}){2,}|(?: [0-9]{3})+)"
)


def whole_number(column: pl.Expr) -> pl.Expr:
    """A column of counts: a struct of ``value`` (Int64) and ``problem`` (String, null if none).

    "1.842" and "1 842" are 1842, "60,0" is 60; "1,842" is ambiguous, "12,5" is not whole.
    """
    return read_cells([column], read_whole_number, {"value": pl.Int64, "problem": pl.String})


def decimal_number(column: pl.Expr) -> pl.Expr:
    """A column of scores: a struct of ``value`` (Float64) and ``problem`` (String, null if none).

    "140,5", "140.5", "1.234,5", "1,234.5" and "-5" are read; "1.842" and "1,842" are ambiguous.
    """
    return read_cells([column], read_decimal_number, {"value": pl.Float64, "problem": pl.String})


def read_whole_number(cell: str | None) -> tuple[int | None, Problem | None]:
    """One count and the problem with it."""
    text = cleaned(cell)
    if text is None:
        return None, None
    whole = _WHOLE.fullmatch(text)
    if whole:
        return int(re.sub("[. ]", "", whole[1])), None
    if _SIGNED.match(text):
        return None, "negative"
    if _ONE_GROUP.fullmatch(text):
        return None, "ambiguous"
    is_number = _POINT_DECIMAL.fullmatch(text) or _COMMA_DECIMAL.fullmatch(text)
    return None, "not_whole" if is_number else "not_a_number"


def read_decimal_number(cell: str | None) -> tuple[float | None, Problem | None]:
    """One score and the problem with it."""
    text = cleaned(cell)
    if text is None:
        return None, None
    size = _SIGNED.sub("", text, count=1) if _SIGNED.match(text) else text
    sign = 1 if size == text else -1
    if _ONE_GROUP.fullmatch(size):
        return None, "ambiguous"
    if _POINT_DECIMAL.fullmatch(size):
        return sign * float(size.replace(",", "")), None
    if _COMMA_DECIMAL.fullmatch(size):
        return sign * float(re.sub("[. ]", "", size).replace(",", ".")), None
    return None, "not_a_number"


def read_percentage(cell: str | None) -> tuple[float | None, Problem | None]:
    """One percentage in percent points ("12,5", "12.5 %") and the problem with it.

    No share of a whole has thousands: "3.125" is three and an eighth.
    """
    text = cleaned((cell or "").replace("%", ""))
    if text is not None and _ONE_GROUP.fullmatch(text):
        return float(text.replace(",", ".")), None
    return read_decimal_number(text)


def cleaned(cell: str | None) -> str | None:
    """The text with single spaces; null when blank or only dashes."""
    text = collapse_spaces(cell or "")
    return None if _BLANK.fullmatch(text) else text
