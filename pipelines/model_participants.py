"""Households in models: one row a household, with what it got, paid back and passed on.

The household is recognised by its number or name as on the review lists; the build holds its pseudonym
only.
"""

import polars as pl

from pipelines import agency_codes, agency_rows
from pipelines.batch import Batch, TidyFile
from pipelines.household_heads import read_heads
from pipelines.reasons import FIX_CELL
from pipelines.remarks import remark
from pipelines.row_classes import NUMBERED, classify
from warehouse.core_tables import CORE_MODEL__PARTICIPANT

_PERSONAL = ("personal_name", "personal_identity_number", "personal_birth")
_DATES = ("entry_date", "exit_date")
_AMOUNTS = ("support_vnd", "b1_before_points", "b1_after_points", "recovered_vnd")
_COLUMNS = (
    "row_number", "unit_name", "model_id", "participant_number", "head_name", "birth", "sex",
    "identity_number", *_DATES, *_AMOUNTS, "passed_on_to", "is_exemplary",
)  # fmt: skip


def tidy(batch: Batch) -> list[TidyFile]:
    """The participants of each file as rows of ``core_model__participant``."""
    rows = classify(
        batch.rows((*_COLUMNS, *agency_rows.OF_HEADS)),
        labels=("unit_name", "head_name"),
        substance=("head_name", "identity_number", "participant_number", "entry_date"),
        strong=pl.col("model_id").is_not_null()
        & pl.col("participant_number").is_not_null()
        & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    today, is_demo = batch.context.today, batch.context.is_demo
    steps: tuple[agency_rows.Step, ...] = (
        lambda rows: agency_codes.identified(rows, "model_id"),
        lambda rows: agency_codes.identified_household(rows, "participant_number"),
        lambda rows: agency_codes.passed_on(rows, "passed_on_to", own="participant_number"),
        lambda rows: read_heads(rows, today=today, is_demo=is_demo),
        lambda rows: agency_rows.dated(rows, _DATES, ("entry_date",), today),
        lambda rows: agency_rows.amounts(rows, _AMOUNTS),
        lambda rows: agency_rows.coded_cells(rows, {"is_exemplary": ("yes_no", "Có hoặc Không")}),
    )
    data, told = agency_rows.stepped(rows, batch, steps)
    told += _remarks(data)
    data = data.with_columns(
        is_exemplary=pl.col("is_exemplary") == "yes",
    )
    return agency_rows.by_file(batch, CORE_MODEL__PARTICIPANT, data, told, _PERSONAL)


def _remarks(rows: pl.DataFrame) -> list[pl.DataFrame]:
    return [
        agency_rows.nobody_named(rows),
        remark(rows, pl.col("exit_date") < pl.col("entry_date"), kind="rejected",
               column="exit_date", found=pl.col("exit_date").dt.strftime("%d/%m/%Y"),
               expected="ngày ra không trước ngày tham gia", todo=FIX_CELL),
        agency_rows.repeated_keys(rows, ("model_id", "participant_number"),
                                 "mỗi hộ trong mô hình một mã"),
    ]  # fmt: skip
