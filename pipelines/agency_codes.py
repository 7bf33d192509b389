"""Codes that an agency gives to models, households and questionnaires, told apart from what names a person.

A build keeps codes in clear, so that a name or an identity number typed in their place must not pass for one.
"""

import re

import polars as pl

from pipelines.cell_reader import read_cells
from pipelines.reasons import FIX_CELL
from pipelines.remarks import impersonal, remark
from pipelines.text import collapse_spaces

Told = list[pl.DataFrame]
_ANY = {"value": pl.String()}
_IDENTITY_NUMBER = re.compile(r"\d{9}|0\d{11}")
_BETWEEN_CODES = re.compile(r"[;,\n]")


def identified(rows: pl.DataFrame, column: str) -> tuple[pl.DataFrame, Told]:
    """A required code of the agency's own, with single spaces and in capitals."""
    return _required(rows.with_columns(_code(column)), column)


def identified_household(rows: pl.DataFrame, column: str) -> tuple[pl.DataFrame, Told]:
    """A required code of a household, as :func:`identified`; a name or identity number is sent back."""
    is_personal = read_cells(
        [pl.col(column)], lambda cell: (_names_a_person(cell or ""),), {"value": pl.Boolean()}
    ).struct.field("value")
    told = remark(
        rows, is_personal, kind="rejected", column=column, found="họ tên hoặc số định danh",
        expected="mã do cơ quan đặt, không phải họ tên hay số định danh", todo=FIX_CELL,
    )  # fmt: skip
    rows, blank = _required(rows.with_columns(_code(column)), column)
    return rows, [told, *blank]


def passed_on(rows: pl.DataFrame, column: str, own: str) -> tuple[pl.DataFrame, Told]:
    """A list of codes of other households of the model, null where nobody is named.

    A name, an identity number and the household's ``own`` code are asked about and not kept.
    """

    def read(cell: str | None, own_code: str | None) -> tuple[object, ...]:
        parts = [collapse_spaces(part) for part in _BETWEEN_CODES.split(cell or "")]
        kept = [
            part.upper() for part in parts
            if part and not _names_a_person(part) and part.upper() != own_code
        ]  # fmt: skip
        return ";".join(dict.fromkeys(kept)) or None, len(kept) < len([*filter(None, parts)])

    fields = {"codes": pl.String(), "is_cut": pl.Boolean()}
    rows = rows.with_columns(_read=read_cells([pl.col(column), pl.col(own)], read, fields))
    told = remark(
        rows, pl.col("_read").struct.field("is_cut"), kind="question", column=column,
        found="họ tên, số định danh hoặc mã của chính hộ này", expected="mã của hộ khác trong cùng mô hình",
        todo="Dòng đã được nhập, phần này không giữ lại; ghi mã hộ ở lần nộp sau.",
    )  # fmt: skip
    codes = pl.col("_read").struct.field("codes").str.split(";")
    return rows.with_columns(codes.alias(column)).drop("_read"), [told]


def _code(column: str) -> pl.Expr:
    """Capitals with single spaces; null when nothing is left."""

    def read(cell: str | None) -> tuple[object, ...]:
        return (collapse_spaces(cell or "").upper() or None,)

    return read_cells([pl.col(column)], read, _ANY).struct.field("value").alias(column)


def _required(rows: pl.DataFrame, column: str) -> tuple[pl.DataFrame, Told]:
    return rows, [
        remark(rows, pl.col(column).is_null(), kind="rejected", column=column, found="ô trống",
               expected="ô có giá trị", todo=FIX_CELL)
    ]  # fmt: skip


def _names_a_person(text: str) -> bool:
    text = collapse_spaces(text)
    digits = re.sub(r"[\s.]", "", text)
    return bool(_IDENTITY_NUMBER.fullmatch(digits)) or impersonal(text.title()) != text.title()
