"""The same household twice in one file: exact repetitions go back, shared numbers are a question."""

from collections.abc import Sequence

import polars as pl

from pipelines.remarks import remark
from pipelines.text import folded


def repeated(
    rows: pl.DataFrame, *, number: str, column: str, columns: Sequence[str]
) -> list[pl.DataFrame]:
    """Remarks on rows (of many files) that repeat a row or a number of their own file.

    Rejected, from the second occurrence on: the same number, name and birth, or every one of
    ``columns`` the same. A question on all of them: the same number (``number`` holds it as read,
    ``column`` is where it was written) with another name or birth.
    """
    rows = rows.filter(_is_suspect(number)).with_columns(_name=folded(pl.col("personal_name")))
    same_person = ("file", number, "_name", "personal_birth")
    same_number = ("file", number)
    has_number = pl.col(number).is_not_null()
    is_known = pl.col("_name").is_not_null() & pl.col("personal_birth").is_not_null()
    is_copy = ~has_number & is_known & ~pl.struct("file", *columns).is_first_distinct()
    rows = rows.with_columns(
        _number_count=pl.len().over(same_number),
        _is_second=(has_number & ~pl.struct(same_person).is_first_distinct()) | is_copy,
        _persons=pl.struct("_name", "personal_birth").n_unique().over(same_number),
        _where=pl.format("{} ({})", pl.col("row"), pl.col("sheet"))
        .str.join(", ")
        .over(same_number),
    )
    return [
        remark(rows, pl.col("_is_second"), kind="rejected", column=column,
               found="dòng lặp lại một dòng ở trên", expected="mỗi hộ một dòng",
               todo="Xoá dòng lặp; dòng đầu tiên đã được nhập."),
        remark(rows, has_number & (pl.col("_number_count") > 1) & (pl.col("_persons") > 1)
               & ~pl.col("_is_second"),
               kind="question", column=column,
               found=pl.format("cùng một số ở các dòng {}", pl.col("_where")),
               expected="mỗi hộ một số khác nhau",
               todo="Các dòng đã được nhập; xã kiểm tra số của từng hộ."),
    ]  # fmt: skip


def _is_suspect(number: str) -> pl.Expr:
    """Rows that share their number, or without one their name, with another row of the file."""
    has_number = pl.col(number).is_not_null()
    shares_number = has_number & (pl.len().over("file", number) > 1)
    return shares_number | (~has_number & (pl.len().over("file", "personal_name") > 1))
