"""Audit samples (phúc tra): one row a household of the sample, listed or not, and what was found.

No person is named. A blank weight, stratum or cluster stays unknown; what can then not be estimated
is said by the measure.
"""

import polars as pl

from pipelines import agency_codes, agency_rows
from pipelines.batch import Batch, TidyFile
from pipelines.reasons import FIX_CELL
from pipelines.remarks import remark
from pipelines.row_classes import NUMBERED, classify
from warehouse.core_tables import CORE_AUDIT__HOUSEHOLD

_DATES = ("audit_date",)
_AMOUNTS = ("weight",)
_TEXTS = ("stratum", "cluster", "agency_name")
_CLASSES = "hộ nghèo, hộ cận nghèo hoặc hộ không nghèo"
_CODED = {
    "listing": ("listing", "có hoặc không"),
    "class_on_list": ("class", _CLASSES),
    "class_found": ("class", _CLASSES),
}
_COLUMNS = (
    "row_number", "unit_name", "audit_number", *_CODED, *_AMOUNTS, *_DATES, *_TEXTS,
)  # fmt: skip


def tidy(batch: Batch) -> list[TidyFile]:
    """The households of each sample as rows of ``core_audit__household``."""
    rows = classify(
        batch.rows(_COLUMNS),
        labels=("unit_name",),
        substance=("audit_number", "listing", "class_found"),
        strong=pl.col("audit_number").is_not_null()
        & pl.col("unit_name").is_not_null()
        & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    steps: tuple[agency_rows.Step, ...] = (
        lambda rows: agency_codes.identified_household(rows, "audit_number"),
        lambda rows: agency_rows.coded_cells(rows, _CODED, required=("listing", "class_found")),
        lambda rows: agency_rows.dated(rows, _DATES, (), batch.context.today),
        lambda rows: agency_rows.amounts(rows, _AMOUNTS),
    )
    data, told = agency_rows.stepped(rows, batch, steps)
    told += _remarks(data)
    is_listed = pl.col("listing") == "listed"
    data = data.with_columns(
        agency_rows.tidy_text(pl.col(*_TEXTS)),
        is_listed=is_listed,
        class_on_list=pl.when(is_listed).then("class_on_list").otherwise(pl.lit("none")),
    )
    return agency_rows.by_file(batch, CORE_AUDIT__HOUSEHOLD, data, told)


def _remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    is_listed = pl.col("listing") == "listed"
    is_on_a_list = pl.col("class_on_list").is_in(["poor", "near_poor"])
    return [
        remark(rows, is_listed & ~is_on_a_list.fill_null(False), kind="rejected",
               column="class_on_list", found="có trong danh sách nhưng không ghi hộ nghèo, cận nghèo",
               expected="hộ nghèo hoặc hộ cận nghèo", todo=FIX_CELL),
        remark(rows, (pl.col("listing") == "not_listed") & is_on_a_list, kind="rejected",
               column="class_on_list", found="không có trong danh sách nhưng ghi loại hộ",
               expected="ô trống", todo=FIX_CELL),
        agency_rows.repeated_keys(rows, ("unit_code", "audit_number"), "mỗi hộ một mã phiếu"),
    ]  # fmt: skip
