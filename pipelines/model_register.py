"""Models of poverty reduction: one row a model and commune, a pilot or a copy of one.

A copy that names no pilot is sent back: nothing could be compared with it. Money that is not written
stays unknown.
"""

from datetime import date

import polars as pl

from pipelines import agency_codes, agency_rows
from pipelines.batch import Batch, TidyFile
from pipelines.coded_values import coded
from pipelines.reasons import ASK, FIX_CELL
from pipelines.remarks import remark
from pipelines.row_classes import NUMBERED, classify
from warehouse.core_tables import CORE_MODEL__REGISTER

_DATES = ("started_date", "ended_date")
_LAST_END = date(2050, 12, 31)
"""A model may have an end that is planned."""
_AMOUNTS = ("budget_central_vnd", "budget_local_vnd", "budget_other_vnd", "own_money_vnd")
_COLUMNS = (
    "row_number", "unit_name", "model_id", "model_name", "model_type", "model_kind", "copy_of",
    *_DATES, "agency_name", *_AMOUNTS, "core_components",
)  # fmt: skip
_TYPES = "trồng trọt, chăn nuôi, thủy sản, chế biến, thủ công nghiệp, dịch vụ, hợp tác xã hoặc liên kết chuỗi giá trị"


def tidy(batch: Batch) -> list[TidyFile]:
    """The models of each file as rows of ``core_model__register``."""
    rows = classify(
        batch.rows(_COLUMNS),
        labels=("unit_name", "model_name"),
        substance=("model_id", "model_kind", "model_name"),
        strong=pl.col("model_id").is_not_null()
        & pl.col("unit_name").is_not_null()
        & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    steps: tuple[agency_rows.Step, ...] = (
        lambda rows: agency_codes.identified(rows, "model_id"),
        _read_kind,
        lambda rows: agency_rows.dated(rows, ("started_date",), (), batch.context.today),
        lambda rows: agency_rows.dated(rows, ("ended_date",), (), _LAST_END),
        lambda rows: agency_rows.amounts(rows, _AMOUNTS),
    )
    data, told = agency_rows.stepped(rows, batch, steps)
    told.append(
        agency_rows.repeated_keys(data, ("unit_code", "model_id"), "mỗi mô hình và xã một dòng")
    )
    data = data.with_columns(
        agency_rows.tidy_text(pl.col("model_name", "agency_name")),
        core_components=agency_rows.listed(pl.col("core_components")),
    )
    return agency_rows.by_file(batch, CORE_MODEL__REGISTER, data, told)


def _read_kind(rows: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
    """Type, pilot or copy, and the pilot that a copy names."""
    rows = rows.with_columns(
        _type=coded(pl.col("model_type"), "model_type"),
        _kind=coded(pl.col("model_kind"), "model_kind"),
        copy_of=agency_rows.tidy_text(pl.col("copy_of")).str.to_uppercase(),
    )
    kind = pl.col("_kind").struct.field("value")
    told = [
        remark(rows, kind.is_null(), kind="rejected", column="model_kind",
               found=pl.col("model_kind").fill_null("ô trống"),
               expected="mô hình gốc hoặc mô hình nhân rộng", todo=FIX_CELL),
        remark(rows, (kind == "copy") & pl.col("copy_of").is_null(), kind="rejected",
               column="copy_of", found="ô trống", expected="mã của mô hình gốc",
               todo=FIX_CELL),
        remark(rows, (kind == "copy") & (pl.col("copy_of") == pl.col("model_id")),
               kind="rejected", column="copy_of", found=pl.col("copy_of"),
               expected="mã của mô hình gốc, khác mã của dòng này", todo=FIX_CELL),
        remark(rows, (kind == "pilot") & pl.col("copy_of").is_not_null(), kind="question",
               column="copy_of", found=pl.col("copy_of"), expected="ô trống với mô hình gốc",
               todo=ASK),
        remark(rows, pl.col("_type").struct.field("is_unknown"), kind="question",
               column="model_type", found=pl.col("model_type"), expected=_TYPES,
               todo=ASK),
    ]  # fmt: skip
    return rows.with_columns(
        model_type=pl.col("_type").struct.field("value"),
        model_kind=kind,
        copy_of=pl.when(kind == "copy").then(pl.col("copy_of")),
    ), told
