"""Identity numbers (CCCD of 12 digits, CMND of 9): form, lost zeros, contradictions.

A CCCD is province (001-096), century and sex (0 male, 1 female of the 1900s; 2, 3 of the 2000s),
last two digits of the birth year, six random digits (Thông tư 59/2021/TT-BCA, Điều 4; Nghị định
137/2015/NĐ-CP, Điều 13). Spreadsheets drop leading zeros of numbers.

Values never leave this module in a message: :func:`shape` describes a value without it.
"""

import re
from collections.abc import Collection
from typing import Any, Literal, NamedTuple

import polars as pl

from pipelines.cell_reader import Fields, read_cells
from pipelines.text import collapse_spaces

Problem = Literal[
    "not_digits", "wrong_length", "unknown_province", "dummy", "sex_differs", "birth_year_differs"
]

EXPECTED: dict[Problem, str] = {
    "not_digits": "12 chữ số (CCCD) hoặc 9 chữ số (CMND)",
    "wrong_length": "12 chữ số (CCCD) hoặc 9 chữ số (CMND)",
    "unknown_province": "số CCCD bắt đầu bằng mã tỉnh từ 001 đến 096",
    "dummy": "số thật của người này, hoặc để trống",
    "sex_differs": "chữ số thứ tư của CCCD khớp với giới tính",
    "birth_year_differs": "chữ số thứ tư đến thứ sáu của CCCD khớp với năm sinh",
}
"""What to tell the clerk for each problem."""

_SEPARATORS = re.compile("[\\s.'’-]")
_DIGITS = re.compile("[0-9]+")
_TWELVE_DIGITS = "^[0-9]{12}$"
_ONE_DIGIT = "^0*(?:" + "|".join(f"{digit}*" for digit in range(1, 10)) + ")0*$"
_LAST_PROVINCE = 96
_FIELDS: Fields = {
    "number": pl.String, "kind": pl.String, "is_restored": pl.Boolean, "problem": pl.String,
}  # fmt: skip


class IdentityReading(NamedTuple):
    """What a cell says: ``number`` of 9 or 12 digits, null when not well formed."""

    number: str | None = None
    kind: Literal["cccd", "cmnd"] | None = None
    is_restored: bool = False
    problem: Problem | None = None


def shape(value: str | None) -> str:
    """What a personal value looks like, without the value: "11 chữ số", "dạng ##/##/####"."""
    text = collapse_spaces(value or "")
    if not text:
        return "ô trống"
    if text.isdigit():
        return f"{len(text)} chữ số"
    if not any(char.isalpha() for char in text):
        return f"dạng {re.sub(r'[0-9]', '#', text)}"
    if any(char.isdigit() for char in text):
        return f"{len(text)} ký tự, có chữ cái lẫn chữ số"
    return f"{len(text)} ký tự, có chữ cái"


def read_identity_number(
    column: pl.Expr,
    *,
    sex: pl.Expr | None = None,
    birth_year: pl.Expr | None = None,
    also_prefixes: Collection[str] = (),
) -> pl.Expr:
    """A column of identity numbers as a struct.

    Fields: ``number`` (String of 9 or 12 digits, null when not well formed), ``kind`` ("cccd",
    "cmnd"), ``is_restored`` (leading zeros were put back), ``problem`` (String, null if none).
    A contradiction to ``sex`` ("male", "female") or ``birth_year`` is a problem of a number that
    stays. ``also_prefixes`` are accepted beside the provinces (the demo's 099).
    """

    is_plain = _is_plain(column, sex, birth_year, also_prefixes)
    said = {"sex": sex, "birth_year": birth_year}
    given = {name: cells for name, cells in said.items() if cells is not None}

    def read(cell: str | None, *row: Any) -> IdentityReading:
        found = identity_of(cell, also_prefixes=also_prefixes)
        problem = found.problem or contradiction(found, **dict(zip(given, row, strict=True)))
        return found._replace(problem=problem)

    plain = pl.struct(
        column.alias("number"),
        pl.lit("cccd").alias("kind"),
        pl.lit(value=False).alias("is_restored"),
        pl.lit(None, pl.String).alias("problem"),
    )
    rest = [pl.when(~is_plain).then(cells) for cells in (column, *given.values())]
    return pl.when(is_plain).then(plain).otherwise(read_cells(rest, read, _FIELDS))


def _is_plain(
    column: pl.Expr,
    sex: pl.Expr | None,
    birth_year: pl.Expr | None,
    also_prefixes: Collection[str],
) -> pl.Expr:
    """Twelve digits about which there is nothing to say: nearly every number of a list.

    The other cells are read one by one, so this only has to be right where it says yes.
    """
    prefix = column.str.slice(0, 3)
    number = pl.when(column.str.contains(_TWELVE_DIGITS)).then(column)
    century_and_sex = number.str.slice(3, 1).cast(pl.Int64)
    is_known = prefix.cast(pl.Int64, strict=False).is_between(1, _LAST_PROVINCE)
    is_plain = (is_known | prefix.is_in(list(also_prefixes))) & ~number.str.contains(_ONE_DIGIT)
    if sex is not None:
        is_plain &= sex.is_null() | (sex == "female").eq(century_and_sex % 2 == 1)
    if birth_year is not None:
        year = 1900 + century_and_sex // 2 * 100 + number.str.slice(4, 2).cast(pl.Int64)
        is_plain &= birth_year.is_null() | (birth_year == year)
    return is_plain.fill_null(value=False)


def identity_of(cell: str | None, *, also_prefixes: Collection[str] = ()) -> IdentityReading:
    """What one cell says, and the problem with it.

    Ten digits are a CCCD that lost two zeros only where its province begins with 00.
    """
    digits = _SEPARATORS.sub("", cell or "")
    if not digits:
        return IdentityReading()
    number = digits if len(digits) == 9 else digits.zfill(12)
    prefix = number[:3]
    if problem := _malformed(digits, prefix, also_prefixes):
        return IdentityReading(problem=problem)
    kind: Literal["cccd", "cmnd"] = "cccd" if len(number) == 12 else "cmnd"
    return IdentityReading(number, kind, is_restored=len(number) != len(digits))


def _malformed(digits: str, prefix: str, also_prefixes: Collection[str]) -> Problem | None:
    if not _DIGITS.fullmatch(digits):
        return "not_digits"
    length = len(digits)
    is_known = prefix in also_prefixes or 1 <= int(prefix) <= _LAST_PROVINCE
    if length not in (9, 10, 11, 12) or (length in (10, 11) and not is_known):
        return "wrong_length"
    if len(set(digits.strip("0"))) < 2:
        return "dummy"
    return "unknown_province" if length == 12 and not is_known else None


def contradiction(
    reading: IdentityReading, sex: str | None = None, birth_year: int | None = None
) -> Problem | None:
    """Where a CCCD contradicts what the row says of the person; unknowns contradict nothing."""
    if reading.number is None or reading.kind != "cccd":
        return None
    century_and_sex = int(reading.number[3])
    if sex is not None and sex != ("female" if century_and_sex % 2 else "male"):
        return "sex_differs"
    year = 1900 + century_and_sex // 2 * 100 + int(reading.number[4:6])
    return "birth_year_differs" if birth_year is not None and birth_year != year else None
