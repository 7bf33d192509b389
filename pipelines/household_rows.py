"""The rows of household lists: which are data, in which village they stand, which file they are of."""

import polars as pl

from pipelines.batch import Batch
from pipelines.coded_values import coded, marked
from pipelines.household_heads import shaped
from pipelines.numbers import whole_number
from pipelines.remarks import remark
from pipelines.row_classes import NUMBERED, classify, starts_like, village_of
from pipelines.scores import MARKS
from pipelines.text import folded
from reference.loading import form_layout, value_words

COLUMNS = tuple(
    dict.fromkeys(c.name for form in ("review_list", "export") for c in form_layout(form).columns)
)
"""Canonical columns of both forms that have one row a household."""
SEVERAL = {"causes": "cause", "support_needs": "support", "support_given": "support"}
"""Columns with several values in a cell, and the set the values are of."""
FLAGS = {"no_labour_capacity": "is_without_labour_capacity", "merit_member": "has_member_of_merit"}
"""Columns of marks on the household, and the columns of the contract."""
_PRESENCE = (*MARKS, *SEVERAL, *FLAGS, "b1_points", "b2_points", "member_count")
_VILLAGE_SHEET = r"(?i)^\s*(thôn|xóm|tdp|tổ|đội|khu|làng)\s"
_SUBSTANCE = (
    "head_name", "identity_number", "household_code", "birth", "birth_male", "birth_female",
    "class", "class_before", "b1_points", "b2_points", "member_count",
)  # fmt: skip
_WRITTEN_ONCE = ("commune_name", "district_name", "decision_number", "decision_date")
"""Columns that have one value for the whole list, which clerks write or merge at its top."""


def classified_rows(batch: Batch) -> pl.DataFrame:
    """All rows under the headers.

    Adds ``kind`` and ``label`` of :mod:`pipelines.row_classes`, ``class_code`` and ``_class`` (see
    :func:`pipelines.coded_values.coded`), ``members`` and ``_members``, ``village``, and
    ``has_<column>`` for the columns that not every list has.
    """
    rows = batch.rows(COLUMNS, presence=_PRESENCE)
    rows = rows.with_columns(class_in_words(rows, name) for name in ("class", "class_before"))
    rows = rows.with_columns(
        _class=coded(pl.col("class"), "class"), _members=whole_number(pl.col("member_count"))
    )
    rows = rows.with_columns(
        class_code=pl.col("_class").struct.field("value"),
        members=pl.col("_members").struct.field("value"),
    )
    is_numbered = pl.col("row_number").str.contains(NUMBERED)
    rows = rows.with_columns(is_numbered_heading=_is_numbered_heading(is_numbered))
    rows = classify(
        rows,
        labels=("row_number", "village_name", "head_name", "commune_name"),
        substance=_SUBSTANCE,
        strong=_is_household(is_numbered) & ~pl.col("is_numbered_heading"),
        numbered=is_numbered,
    )
    gaps = [name for name in _WRITTEN_ONCE if 0 < rows[name].null_count() < rows.height]
    rows = rows.with_columns(
        filled_down("village_name", most=None), *(filled_down(name, most=1) for name in gaps)
    )
    return rows.with_columns(village=_village())


def heading_remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    """A row with nothing but a name, or "1", "Xóm Đông", could be a household nobody filled in."""
    is_name = (pl.col("kind") == "note") & pl.col("head_name").is_not_null()
    return [
        remark(rows, pl.col("is_numbered_heading"), kind="warning", column="head_name",
               found="dòng chỉ có số thứ tự và tên thôn",
               expected="một hộ có kết quả rà soát, hoặc tên thôn",
               todo="Dòng được coi là tên thôn, không phải hộ; nếu là hộ thì điền đủ rồi nộp lại."),
        remark(rows, is_name & (pl.col("filled") == 1), kind="warning", column="head_name",
               found=pl.format("dòng chỉ có một ô ({})", shaped(pl.col("head_name"))),
               expected="một hộ có kết quả rà soát, hoặc tên thôn",
               todo="Dòng được coi là tiêu đề, không phải hộ; nếu là hộ thì điền đủ rồi nộp lại.")
    ]  # fmt: skip


def class_in_words(rows: pl.DataFrame, name: str) -> pl.Expr:
    """A column of classes, taken from columns of marks ("class:poor") where a sheet has these.

    Two marks in one row name no class; the text then says so and is asked about.
    """
    marks = [column for column in rows.columns if column.startswith(f"{name}:")]
    if not marks:
        return pl.col(name)
    words = {
        value: next(word for word in spellings if not word.isdigit())
        for value, spellings in value_words()["class"].words.items()
    }
    ticked = pl.concat_list(
        pl.when(marked(pl.col(column)).struct.field("value")).then(
            pl.lit(words[column.partition(":")[2]])
        )
        for column in marks
    ).list.drop_nulls()
    text = pl.when(ticked.list.len() > 0).then(ticked.list.join(" và "))
    return pl.coalesce(pl.col(name), text).alias(name)


def filled_down(name: str, most: int | None) -> pl.Expr:
    """A column whose cells were merged downwards: each value once, at the top of its rows.

    Only data rows count, only where no value comes twice (a column that repeats its values has
    blank cells for another reason), and only with at most ``most`` values, where that is given.
    """
    is_data = pl.col("kind") == "data"
    value = pl.col(name).filter(is_data)
    written, different = value.count(), value.drop_nulls().n_unique()
    is_merged = (
        (written > 0)
        & (different == written)
        & (different <= (most or pl.len()))
        & (value.null_count() > written)
        & value.first().is_not_null()
    )
    filled = pl.when(is_data).then(pl.col(name)).forward_fill()
    return (
        pl.when(is_merged.over("table") & is_data)
        .then(filled.over("table"))
        .otherwise(pl.col(name))
        .alias(name)
    )


def _is_numbered_heading(is_numbered: pl.Expr) -> pl.Expr:
    """A running number and a village in the column of names, nothing else: "1", "Xóm Đông"."""
    name = pl.when(is_numbered & (pl.col("filled") == 2)).then(pl.col("head_name"))
    return starts_like("village", folded(name)).fill_null(False)


def _is_household(is_numbered: pl.Expr) -> pl.Expr:
    """Certainly a household: numbered with something in it, or named with a birth or a class."""
    has_class = pl.coalesce("class_code", pl.col("_class").struct.field("hint")).is_not_null()
    has_number = pl.col("identity_number").str.contains(r"\d{6}")
    has_birth = pl.coalesce("birth", "birth_male", "birth_female").str.contains(r"\d{4}")
    has_head = pl.col("head_name").is_not_null()
    return (
        (is_numbered & (has_head | has_number | has_class)).fill_null(False)
        | has_number.fill_null(False)
        | (has_head & (has_class | has_birth) & (pl.col("filled") > 2)).fill_null(False)
    )


def _village() -> pl.Expr:
    """The village in the row, else in the heading above, else the sheet when it is one's name."""
    heading = pl.when(pl.col("kind") == "village").then(village_of(pl.col("label")))
    of_sheet = pl.when(pl.col("sheet").str.contains(_VILLAGE_SHEET)).then(pl.col("sheet"))
    return pl.coalesce(
        pl.col("village_name").str.strip_chars(), heading.forward_fill().over("table"), of_sheet
    )
