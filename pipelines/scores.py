"""Scores of Phiếu B: B1, B2 as points or as a count, the twelve marks, and the class they lead to."""

from functools import cache

import polars as pl

from pipelines.coded_values import mark_of
from pipelines.numbers import EXPECTED, decimal_number
from pipelines.remarks import remark
from reference.loading import indicators, standards

MARKS = tuple(f"deprivation_{indicator.code}" for indicator in indicators())
_POINTS = 10
_MOST = _POINTS * len(MARKS)
_B2_EXPECTED = f"bội số của 10 từ 0 đến {_MOST}, hoặc số chỉ số thiếu hụt từ 0 đến {len(MARKS)}"
_FIX = "Sửa ô này theo Phiếu B rồi nộp lại tệp; các dòng khác không bị ảnh hưởng."
_LOADED = "Dòng đã được nhập như xã ghi; xã kiểm tra lại Phiếu B."
_CLASS_WORDS = {"poor": "hộ nghèo", "near_poor": "hộ cận nghèo", "none": "hộ không nghèo"}


def read_scores(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """``rows`` with ``b1`` (Float64), ``b2`` (Int64, points), the twelve marks as Boolean.

    Needs ``class_code``. An impossible score rejects the row; a missing one, or one that the marks
    contradict, is a question. Marks are null where the sheet has no such column, and where a
    household with points has none filled in.
    """
    rows = rows.with_columns(
        _b1=decimal_number(pl.col("b1_points")), _b2=decimal_number(pl.col("b2_points"))
    ).with_columns(
        b1=pl.col("_b1").struct.field("value"), _b2_value=pl.col("_b2").struct.field("value")
    )
    rows = rows.with_columns(_points())
    remarks = _score_remarks(rows)
    rows, mark_remarks = _read_marks(rows)
    rows = rows.with_columns(b2=pl.col("b2").cast(pl.Int64, strict=False))
    return rows, [*remarks, *mark_remarks]


def class_questions(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """A question for each class that does not follow from B1, B2 and the area.

    Needs ``class_code, b1, b2, area_type, standard_id``. Nothing is asked under a standard whose
    cuts are unknown or that decides by a band of incomes.
    """
    cuts = _cuts()
    rows = rows.join(cuts, on=["standard_id", "area_type"], how="left", maintain_order="left")
    is_low = pl.col("b1") <= pl.col("b1_cut")
    expected = (
        pl.when(~is_low).then(pl.lit("none"))
        .when(is_low & (pl.col("b2") >= pl.col("b2_cut"))).then(pl.lit("poor"))
        .when(is_low & (pl.col("b2") < pl.col("b2_cut"))).then(pl.lit("near_poor"))
    )  # fmt: skip
    rows = rows.with_columns(_expected=expected)
    words = pl.col("class_code").replace_strict(_CLASS_WORDS, default=None, return_dtype=pl.String)
    wanted = pl.col("_expected").replace_strict(_CLASS_WORDS, default=None, return_dtype=pl.String)
    shown = pl.format(
        "{}, B1 = {}, B2 = {}", words, _shown(pl.col("b1")), pl.col("b2").cast(pl.String)
        .fill_null("trống"),
    )  # fmt: skip
    area = pl.col("area_type").replace_strict(
        {"rural": "nông thôn", "urban": "thành thị"}, default="", return_dtype=pl.String
    )
    why = pl.format("{} (khu vực {}: B1 ≤ {}, B2 ≥ {})", wanted, area,
                    _shown(pl.col("b1_cut").cast(pl.Float64)), pl.col("b2_cut"))  # fmt: skip
    return [
        remark(rows, pl.col("_expected") != pl.col("class_code"), kind="question", column="class",
               found=shown, expected=why, todo=_LOADED)
    ]  # fmt: skip


def _points() -> list[pl.Expr]:
    """B2 in points, decided by column: a count if the column holds counts only.

    Values that only a count can be (1 to 12, not 10) against values that only points can be (20
    to 120): where both stand in one column, the counts are taken as counts, with a question.
    """
    value = pl.col("_b2_value")
    is_step = (value % _POINTS == 0) & value.is_between(0, _MOST)
    is_count = value.is_between(1, len(MARKS)) & (value % 1 == 0) & (value != _POINTS)
    is_points = is_step & (value > _POINTS)
    decided = {
        over: (is_count.any().over(over), is_points.any().over(over)) for over in ("table", "file")
    }
    counts_here, points_here = decided["table"]
    counts_there, points_there = decided["file"]
    is_undecided = ~counts_here & ~points_here
    counts = (
        pl.when(is_undecided)
        .then(counts_there & ~points_there)
        .otherwise(counts_here & ~points_here)
    )
    counts = counts.fill_null(False)
    is_as_count = is_count | (counts & (value == _POINTS))
    return [
        pl.when(is_as_count).then(value * _POINTS).when(is_step).then(value).alias("b2"),
        (is_count & ~counts).fill_null(False).alias("_is_count_among_points"),
    ]


def _score_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    b1_problem = pl.col("_b1").struct.field("problem")
    b2_problem = pl.col("_b2").struct.field("problem")
    b1_text = pl.col("b1_points").str.strip_chars()
    b2_text = pl.col("b2_points").str.strip_chars()
    is_impossible = pl.col("_b2_value").is_not_null() & pl.col("b2").is_null()
    is_not_scored = (
        pl.col("quick_review").str.to_lowercase().str.contains("không").fill_null(False)
        & (pl.col("class_code") == "none")
    ).fill_null(False)
    return [
        remark(rows, b1_problem.is_not_null(), kind="rejected", column="b1_points",
               found=b1_text, expected=b1_problem.replace_strict(EXPECTED, default="một số"),
               todo=_FIX),
        remark(rows, pl.col("b1") < 0, kind="rejected", column="b1_points", found=b1_text,
               expected="điểm từ 0 trở lên", todo=_FIX),
        remark(rows, b2_problem.is_not_null() | is_impossible, kind="rejected",
               column="b2_points", found=b2_text, expected=_B2_EXPECTED, todo=_FIX),
        remark(rows, pl.col("_is_count_among_points"), kind="question", column="b2_points",
               found=pl.format("{} trong cột ghi điểm", b2_text), expected=_B2_EXPECTED,
               todo="Đã hiểu là số chỉ số thiếu hụt (mỗi chỉ số 10 điểm); xã xác nhận hoặc sửa."),
        *(
            remark(rows, pl.col(f"_b{number}").struct.field("value").is_null()
                   & pl.col(f"_b{number}").struct.field("problem").is_null()
                   & pl.col(f"has_b{number}_points") & ~is_not_scored,
                   kind="question", column=f"b{number}_points", found="ô trống",
                   expected=f"điểm B{number} của Phiếu B", todo=_LOADED)
            for number in (1, 2)
        ),
    ]  # fmt: skip


def _read_marks(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    if not any(rows[name].null_count() < rows.height for name in MARKS):
        return rows.with_columns(pl.lit(None, pl.Boolean).alias(name) for name in MARKS), []
    cells = {cell for name in MARKS for cell in rows[name].unique().to_list() if cell is not None}
    meanings = {cell: mark_of(cell) for cell in cells}
    unknown = [cell for cell, meaning in meanings.items() if meaning is None]
    remarks = [
        remark(rows, pl.col(name).is_in(unknown), kind="question", column=name,
               found=pl.col(name), expected="x hoặc để trống", todo=_LOADED)
        for name in MARKS if unknown
    ]  # fmt: skip
    words = [cell for cell, meaning in meanings.items() if meaning is not None]
    rows = rows.with_columns(
        pl.when(pl.col(name).is_null()).then(False)
        .otherwise(pl.col(name).replace_strict(words, [meanings[cell] for cell in words],
                                               default=None, return_dtype=pl.Boolean()))
        .alias(name)
        for name in MARKS
    ).with_columns(pl.when(pl.col(f"has_{name}")).then(pl.col(name)).alias(name) for name in MARKS)  # fmt: skip
    count = pl.sum_horizontal(pl.col(MARKS).cast(pl.Int64))
    is_whole = pl.all_horizontal(pl.col(MARKS).is_not_null())
    differs = is_whole & pl.col("b2").is_not_null() & (count * _POINTS != pl.col("b2"))
    rows = rows.with_columns(_marks=count, _differs=differs.fill_null(False))
    remarks.append(
        remark(rows, pl.col("_differs"), kind="question", column="b2_points",
               found=pl.format("B2 = {}, {} chỉ số được đánh dấu",
                               pl.col("b2").cast(pl.Int64), pl.col("_marks")),
               expected="B2 bằng 10 điểm cho mỗi chỉ số được đánh dấu", todo=_LOADED)
    )  # fmt: skip
    is_unfilled = pl.col("_differs") & (pl.col("_marks") == 0)
    rows = rows.with_columns(pl.when(~is_unfilled).then(pl.col(name)).alias(name) for name in MARKS)
    return rows, remarks


def _shown(number: pl.Expr) -> pl.Expr:
    """A score in the Vietnamese manner: 140, 140,5."""
    return number.cast(pl.String).str.replace(r"\.0$", "").str.replace(".", ",", literal=True)


@cache
def _cuts() -> pl.DataFrame:
    """standard_id, area_type, b1_cut, b2_cut of the standards that decide by B1 and B2 alone."""
    rows = [
        (each.id, area, each.b1_cut(area), each.b2_cut_points.value)
        for each in standards().values()
        if each.rule.value == "income_and_deprivation"
        for area in ("rural", "urban")
    ]
    schema = {
        "standard_id": pl.String, "area_type": pl.String, "b1_cut": pl.Int64, "b2_cut": pl.Int64
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")
