"""Support by household: one row a household and a policy it is entitled to, received or not.

The household is recognised by its number or name as on the review lists; the build holds its
pseudonym only. A cell that does not say whether the support was received is unknown, never a no.
"""

import polars as pl

from pipelines import agency_rows
from pipelines.batch import Batch, TidyFile
from pipelines.household_heads import read_heads
from pipelines.reasons import ASK, FIX_CELL
from pipelines.remarks import remark
from pipelines.row_classes import NUMBERED, classify
from warehouse.core_tables import CORE_SUPPORT__HOUSEHOLD

_PERSONAL = ("personal_name", "personal_identity_number", "personal_birth")
_DATES = ("support_date",)
_AMOUNTS = ("amount_vnd",)
_CODED = {
    "household_class": ("followed_class", "hộ nghèo, hộ cận nghèo, hộ mới thoát nghèo hoặc hộ khác"),
    "policy": (
        "policy", "một chính sách của mẫu, hoặc “không thuộc diện hưởng chính sách nào”",
    ),
    "deprivation": ("deprivation", "một trong mười hai chỉ số thiếu hụt"),
    "support_status": ("support_status", "đã nhận hoặc chưa nhận"),
}  # fmt: skip
_COLUMNS = (
    "row_number", "unit_name", "head_name", "birth", "sex", "identity_number", *_CODED, *_DATES,
    *_AMOUNTS, "agency_name",
)  # fmt: skip


def tidy(batch: Batch) -> list[TidyFile]:
    """The support of each file as rows of ``core_support__household``."""
    rows = classify(
        batch.rows((*_COLUMNS, *agency_rows.OF_HEADS)),
        labels=("unit_name", "head_name"),
        substance=("head_name", "identity_number", "policy", "support_status"),
        strong=pl.col("head_name").is_not_null()
        & pl.col("policy").is_not_null()
        & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    today, is_demo = batch.context.today, batch.context.is_demo
    steps: tuple[agency_rows.Step, ...] = (
        lambda rows: read_heads(rows, today=today, is_demo=is_demo),
        lambda rows: agency_rows.coded_cells(rows, _CODED, required=("policy",)),
        lambda rows: agency_rows.dated(rows, _DATES, (), today),
        lambda rows: agency_rows.amounts(rows, _AMOUNTS),
    )
    data, told = agency_rows.stepped(rows, batch, steps)
    told += _remarks(data)
    data = data.with_columns(
        is_received=_is_received(), agency_name=agency_rows.tidy_text(pl.col("agency_name"))
    )
    return agency_rows.by_file(batch, CORE_SUPPORT__HOUSEHOLD, data, told, _PERSONAL)


def _is_received() -> pl.Expr:
    """A day of receipt says yes where the status is blank; who is entitled to nothing gets nothing."""
    said = pl.col("support_status")
    return (
        pl.when(pl.col("policy") == "nothing").then(None)
        .when(said.is_not_null()).then(said == "received")
        .when(pl.col("support_date").is_not_null()).then(True)
    )  # fmt: skip


def _remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    is_entitled = pl.col("policy") != "nothing"
    is_got = (pl.col("support_status") == "received") | pl.col("support_date").is_not_null()
    is_open = pl.col("support_status").is_null() & pl.col("support_date").is_null()
    return [
        agency_rows.nobody_named(rows),
        remark(rows, (pl.col("support_status") == "not_received")
               & pl.col("support_date").is_not_null(),
               kind="rejected", column="support_status", found="chưa nhận nhưng có ngày hỗ trợ",
               expected="đã nhận, hoặc bỏ trống ngày hỗ trợ", todo=FIX_CELL),
        remark(rows, ~is_entitled & is_got, kind="question", column="support_status",
               found="không thuộc diện hưởng nhưng ghi đã nhận",
               expected="chính sách đã nhận, hoặc bỏ trống tình trạng và ngày hỗ trợ", todo=ASK),
        remark(rows, is_entitled & is_open, kind="question", column="support_status",
               found="không ghi đã nhận hay chưa nhận", expected="đã nhận hoặc chưa nhận",
               todo=ASK),
    ]  # fmt: skip
