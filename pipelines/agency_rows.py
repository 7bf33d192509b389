"""What the workbooks of models, support and audits share: communes by row, dates, amounts, coded cells."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import polars as pl

from pipelines.batch import Batch, TidyFile
from pipelines.cell_reader import read_cells
from pipelines.coded_values import coded
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.numbers import EXPECTED as NUMBER_EXPECTED
from pipelines.numbers import decimal_number
from pipelines.reasons import ASK, FIX_CELL
from pipelines.remarks import rejected_rows, remark, tell
from pipelines.rows_of_units import Named, unit_named
from pipelines.text import collapse_spaces, fold
from warehouse.contract import Table

OF_HEADS = ("birth_male", "birth_female", "ethnicity")
"""Columns of the lists that these forms do not have; the reader of heads expects them."""
_EARLIEST = date(2010, 1, 1)
_FOUND = {"era": pl.String(), "unit_code": pl.String(), "unit_problem": pl.String()}
Told = list[pl.DataFrame]
Step = Callable[[pl.DataFrame], tuple[pl.DataFrame, Told]]


def stepped(rows: pl.DataFrame, batch: Batch, steps: Sequence[Step]) -> tuple[pl.DataFrame, Told]:
    """Rows of data placed in their communes, then read column by column: what all ``steps`` make and tell."""
    rows, told = placed(rows.filter(kind="data").drop("kind", "label"), batch)
    for step in steps:
        rows, more = step(rows)
        told += more
    return rows, told


def placed(rows: pl.DataFrame, batch: Batch) -> tuple[pl.DataFrame, Told]:
    """``rows`` with ``era`` and ``unit_code`` of the commune that ``unit_name`` names; else rejected."""
    keys = rows.select("file", "unit_name").unique(maintain_order=True)
    found = [
        (file, name, *_commune(batch, file, collapse_spaces(name or "")))
        for file, name in keys.iter_rows()
    ]
    units = pl.DataFrame(found, schema={**keys.schema, **_FOUND}, orient="row")
    rows = rows.join(
        units, on=["file", "unit_name"], how="left", nulls_equal=True, maintain_order="left"
    )
    return rows, [
        remark(rows, pl.col("unit_problem").is_not_null(), kind="rejected", column="unit_name",
               found=pl.col("unit_problem"),
               expected="tên một xã, phường, thị trấn trong danh mục hành chính của kỳ báo cáo",
               todo=FIX_CELL)
    ]  # fmt: skip


def _commune(batch: Batch, file: int, name: str) -> tuple[str | None, str | None, str | None]:
    identity = batch.files[file].identity
    if not name:
        return None, None, "ô trống"
    found = unit_named(name, identity.era, identity.district, identity.last_day)
    if not isinstance(found, Named):
        return None, None, found
    if found.level != "commune":
        return None, None, f"“{name}” không phải xã, phường, thị trấn"
    return found.era, found.code, None


def dated(
    rows: pl.DataFrame, columns: Sequence[str], required: Sequence[str], latest: date
) -> tuple[pl.DataFrame, Told]:
    """Columns of whole dates up to ``latest``; a required one that is none rejects the row."""
    told: Told = []
    for name in columns:
        rows = rows.with_columns(_read=read_date(pl.col(name), earliest=_EARLIEST, latest=latest))
        day, problem = (pl.col("_read").struct.field(field) for field in ("date", "problem"))
        expected = problem.replace_strict(DATE_EXPECTED, default=None, return_dtype=pl.String)
        is_required = name in required
        told.append(
            remark(rows, day.is_null() & (pl.col(name).is_not_null() | pl.lit(is_required)),
                   kind="rejected" if is_required else "question", column=name,
                   found=pl.col(name).fill_null("ô trống"),
                   expected=expected.fill_null("ngày đủ ngày, tháng, năm"),
                   todo=FIX_CELL if is_required else ASK)
        )  # fmt: skip
        rows = rows.with_columns(day.alias(name))
    return rows.drop("_read", strict=False), told


def amounts(rows: pl.DataFrame, columns: Sequence[str]) -> tuple[pl.DataFrame, Told]:
    """Columns of numbers; what cannot be read is a question and stays unknown."""
    told: Told = []
    for name in columns:
        rows = rows.with_columns(_read=decimal_number(pl.col(name)))
        problem = pl.col("_read").struct.field("problem")
        expected = problem.replace_strict(NUMBER_EXPECTED, default=None, return_dtype=pl.String)
        told.append(
            remark(rows, problem.is_not_null(), kind="question", column=name,
                   found=pl.col(name), expected=expected, todo=ASK)
        )  # fmt: skip
        rows = rows.with_columns(pl.col("_read").struct.field("value").alias(name))
    return rows.drop("_read", strict=False), told


def coded_cells(
    rows: pl.DataFrame, columns: Mapping[str, tuple[str, str]], required: Sequence[str] = ()
) -> tuple[pl.DataFrame, Told]:
    """Columns of coded values: each has its set of value words and, in words, what is expected.

    A cell that is none of them is a question and stays unknown; where it is ``required``, the row goes back,
    and so it does where the cell is blank.
    """
    told: Told = []
    for name, (values, expected) in columns.items():
        rows = rows.with_columns(_read=coded(pl.col(name), values))
        read = pl.col("_read").struct
        is_required = name in required
        is_other = read.field("is_unknown") | read.field("hint").is_not_null()
        told.append(
            remark(rows, read.field("value").is_null() if is_required else is_other,
                   kind="rejected" if is_required else "question", column=name,
                   found=pl.col(name).fill_null("ô trống"), expected=expected,
                   todo=pl.coalesce(read.field("hint"), pl.lit(FIX_CELL if is_required else ASK)))
        )  # fmt: skip
        rows = rows.with_columns(read.field("value").alias(name))
    return rows.drop("_read", strict=False), told


def nobody_named(rows: pl.DataFrame) -> pl.DataFrame:
    """Rejects every row that has neither the name of a head nor an identity number."""
    return remark(
        rows, pl.col("personal_name").is_null() & pl.col("personal_identity_number").is_null(),
        kind="rejected", column="head_name", found="không có tên và không có số định danh",
        expected="họ tên chủ hộ hoặc số định danh", todo=FIX_CELL,
    )  # fmt: skip


def listed(column: pl.Expr) -> pl.Expr:
    """The parts of a cell between semicolons, folded, each once; null for a blank cell."""

    def read(cell: str | None) -> tuple[object, ...]:
        parts = [fold(part) for part in (cell or "").split(";") if part.strip()]
        return (";".join(dict.fromkeys(parts)) or None,)

    joined = read_cells([column], read, {"value": pl.String()}).struct.field("value")
    return joined.str.split(";")


def tidy_text(column: pl.Expr) -> pl.Expr:
    """Text with single spaces; null when nothing is left."""
    text = column.str.replace_all(r"\s+", " ").str.strip_chars()
    return pl.when(text != "").then(text)


def repeated_keys(rows: pl.DataFrame, keys: Sequence[str], expected: str) -> pl.DataFrame:
    """Rejects every row whose ``keys`` stand in an earlier row of its file."""
    is_known = pl.all_horizontal(pl.col(key).is_not_null() for key in keys)
    is_second = is_known & ~pl.struct("file", *keys).is_first_distinct()
    return remark(rows, is_second, kind="rejected", column=keys[-1],
                  found="dòng lặp lại một dòng ở trên", expected=expected,
                  todo="Xoá dòng thừa rồi nộp lại tệp.")  # fmt: skip


def by_file(
    batch: Batch, table: Table, data: pl.DataFrame, told: Told, personal: Sequence[str] = ()
) -> list[TidyFile]:
    """The rows that nothing rejects, as frames of the contract, with what is to be said."""
    kept = data.join(rejected_rows(told), on=["table", "row"], how="anti")
    reasons = tell(told, batch.tables, batch.file_of_table)
    found = []
    for place, file in enumerate(batch.files):
        rows = kept.filter(file=place).with_columns(
            submission_id=pl.lit(file.sha256),
            period=pl.lit(file.identity.period),
            status=pl.lit(file.identity.status),
        )
        columns = [name for name in table.schema if name in rows.columns]
        frame = table.conform(rows.select(columns)).hstack(rows.select(personal))
        found.append(
            TidyFile(
                tables={table.name: frame} if rows.height else {},
                loaded=rows.height,
                rejected=data.filter(file=place).height - rows.height,
                reasons=reasons.get(place, []),
            )
        )
    return found
