"""The head of a household: name, birth, sex, ethnicity, identity number, as clerks write them."""

from datetime import date

import polars as pl

from pipelines import dates, identity_number
from pipelines.cell_reader import read_cells
from pipelines.coded_values import coded, ethnicity
from pipelines.dates import read_birth_by_sex, read_date
from pipelines.identity_number import read_identity_number, shape
from pipelines.reasons import ASK_COMMUNE
from pipelines.remarks import remark

EARLIEST_BIRTH = date(1900, 1, 1)
DEMO_PREFIXES = ("099",)
"""Identity numbers of the demo: a prefix that no province has."""
_FIX = "Sửa ô này theo giấy tờ của chủ hộ rồi nộp lại tệp; các dòng khác không bị ảnh hưởng."


def read_heads(
    rows: pl.DataFrame, *, today: date, is_demo: bool
) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """``rows`` with the head's personal columns and what may be published of them, and remarks.

    Adds ``personal_name``, ``personal_identity_number`` (9 or 12 digits), ``personal_birth`` (ISO
    date or year), ``birth_year``, ``head_sex``, ``head_ethnicity``. A day that does not exist
    rejects the row; anything else that is malformed is a question.
    """
    rows = rows.with_columns(
        _sex=coded(pl.col("sex"), "sex"),
        _one=read_date(pl.col("birth"), earliest=EARLIEST_BIRTH, latest=today),
        _two=read_birth_by_sex(pl.col("birth_male"), pl.col("birth_female"),
                               earliest=EARLIEST_BIRTH, latest=today),
    )  # fmt: skip
    rows = rows.with_columns(
        personal_name=_tidy_text(pl.col("head_name")),
        head_sex=pl.coalesce(pl.col("_sex").struct.field("value"), pl.col("_two").struct["sex"]),
        head_ethnicity=ethnicity(pl.col("ethnicity")),
        birth_year=_of_birth("year").cast(pl.Int64),
        birth_problem=_of_birth("problem"),
        personal_birth=pl.coalesce(
            _of_birth("date").dt.strftime("%Y-%m-%d"), _of_birth("year").cast(pl.String)
        ),
    )
    rows = rows.with_columns(
        _number=read_identity_number(
            pl.col("identity_number"),
            sex=pl.col("head_sex"),
            birth_year=pl.col("birth_year"),
            also_prefixes=DEMO_PREFIXES if is_demo else (),
        )
    ).with_columns(personal_identity_number=pl.col("_number").struct.field("number"))
    return rows, [*_birth_remarks(rows), *_sex_remarks(rows), *_number_remarks(rows)]


def age_band(birth_year: pl.Expr, year: pl.Expr) -> pl.Expr:
    """Age band of a head at the end of ``year``, when every birthday of the year has passed."""
    age = year - birth_year
    return (
        pl.when(age < 0).then(None)
        .when(age < 30).then(pl.lit("under_30"))
        .when(age < 60).then(pl.lit("30_59"))
        .when(age < 80).then(pl.lit("60_79"))
        .when(age.is_not_null()).then(pl.lit("80_plus"))
    )  # fmt: skip


def shaped(column: pl.Expr) -> pl.Expr:
    """The shape of a personal cell, for messages."""
    return read_cells([column], lambda cell: (shape(cell),), {"value": pl.String()}).struct.field(
        "value"
    )


def _of_birth(field: str) -> pl.Expr:
    return pl.coalesce(pl.col("_one").struct.field(field), pl.col("_two").struct.field(field))


def _tidy_text(column: pl.Expr) -> pl.Expr:
    """Text (in NFC since the sheet was read) with single spaces; null when nothing is left."""
    text = column.str.replace_all(r"\s{2,}|[\u{a0}\u{200b}\u{202f}\t\n]+", " ").str.strip_chars()
    return pl.when(text != "").then(text)


def _birth_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    problem = pl.col("birth_problem")
    has_one = pl.col("_one").struct.field("problem").is_not_null()
    remarks = []
    for column, where in (
        ("birth", has_one),
        ("birth_male", ~has_one & pl.col("birth_male").is_not_null()),
        ("birth_female", ~has_one & pl.col("birth_male").is_null()),
    ):
        asked = rows.filter(where.fill_null(False) & problem.is_not_null())
        expected = problem.replace_strict(dates.EXPECTED, default=None, return_dtype=pl.String)
        for kind, is_kind in (
            ("rejected", problem == "impossible_date"),
            ("question", problem != "impossible_date"),
        ):
            found = "có ở cả hai cột Nam và Nữ"
            remarks.append(
                remark(asked, is_kind, kind=kind, column=column,  # type: ignore[arg-type]
                       found=pl.when(problem == "both_columns").then(pl.lit(found))
                       .otherwise(shaped(pl.col(column))),
                       expected=expected, todo=_FIX if kind == "rejected" else ASK_COMMUNE)
            )  # fmt: skip
    return remarks


def _sex_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    said = pl.col("_sex").struct.field("value")
    column = pl.col("_two").struct.field("sex")
    return [
        remark(rows, pl.col("_sex").struct.field("hint").is_not_null()
               | pl.col("_sex").struct.field("is_unknown"),
               kind="question", column="sex", found=shaped(pl.col("sex")),
               expected="Nam hoặc Nữ", todo=ASK_COMMUNE),
        remark(rows, said != column, kind="question", column="sex",
               found="khác với cột năm sinh Nam/Nữ", expected="giới tính khớp với cột năm sinh",
               todo=ASK_COMMUNE),
    ]  # fmt: skip


def _number_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    problem = pl.col("_number").struct.field("problem")
    expected = problem.replace_strict(
        identity_number.EXPECTED, default=None, return_dtype=pl.String
    )
    return [
        remark(rows, problem.is_not_null(), kind="question", column="identity_number",
               found=shaped(pl.col("identity_number")), expected=expected, todo=ASK_COMMUNE)
    ]  # fmt: skip
