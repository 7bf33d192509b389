"""Official forms 2 and 3: who left and who came onto the list of the poor or the near-poor.

Each unit has a row of households over a row of persons; its name stands in the first (a merged cell).
A row is loaded with all nine counts or sent back; rows above the communes are sums and no data, compared with
them. In a commune's own file of villages the total is the commune. Whether a row balances is judged by the gate.
"""

from collections.abc import Iterator, Sequence

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.coded_values import coded
from pipelines.form_lines import (
    Line,
    Row,
    ask_about_sums,
    lines_by_kind,
    own_totals,
    place_of,
    reject_repeated,
    sheets_of_files,
    unnamed,
)
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, whole_number
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import NUMBERED, classify
from warehouse.core_tables import CORE_REVIEW__FLOW

COUNTS = (
    "opening_count",
    "left_to_other_count",
    "left_above_count",
    "other_decrease_count",
    "came_from_other_count",
    "relapsed_count",
    "new_count",
    "other_increase_count",
    "closing_count",
)
_CLASSES = {"poor_flows": "poor", "near_poor_flows": "near_poor"}
_TABLE = CORE_REVIEW__FLOW.name


def tidy(batch: Batch) -> list[TidyFile]:
    """The communes of each file as rows of ``core_review__flow``; all files are of one form."""
    header = batch.tables[0].header
    if header is None:
        raise ValueError("a form of flows without a header")
    class_code = _CLASSES[header.form]
    parts = sheets_of_files(batch, _classified(batch))
    return [
        _tidy_file(file, sheets, class_code)
        for file, sheets in zip(batch.files, parts, strict=True)
    ]


def _classified(batch: Batch) -> pl.DataFrame:
    """Rows with their class, what they count and, for every count, a struct of value and problem."""
    rows = batch.rows(("row_number", "unit_name", "counted", *COUNTS))
    has_counts = pl.any_horizontal(pl.col(COUNTS).str.contains(r"\d"))
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=("unit_name", *COUNTS),
        strong=has_counts & pl.col("counted").is_not_null() & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    return rows.with_columns(
        *(pl.col(name).alias(f"raw:{name}") for name in COUNTS),
        *(whole_number(pl.col(name)).alias(name) for name in COUNTS),
        what=coded(pl.col("counted"), "counted").struct.field("value"),
    )


def _tidy_file(file: OpenFile, parts: Sequence[pl.DataFrame | None], class_code: str) -> TidyFile:
    """One file; ``parts`` are the rows of its sheets, null for a sheet without any."""
    lines = [
        line
        for sheet, rows in zip(file.tables, parts, strict=True)
        if rows is not None
        for line in _lines(rows, sheet, file)
    ]
    communes = [line for line in lines if line.role in ("commune", "unknown")]
    reject_repeated(communes, "mỗi đơn vị một dòng hộ và một dòng nhân khẩu")
    loaded = [line for line in communes if not line.is_rejected]
    return TidyFile(
        tables={_TABLE: _frame(loaded, file, class_code)} if loaded else {},
        loaded=len(loaded),
        rejected=len(communes) - len(loaded),
        reasons=[reason for line in lines for reason in line.problems],
    )


def _lines(rows: pl.DataFrame, sheet: SheetTable, file: OpenFile) -> list[Line]:
    """The rows of figures of a sheet, top-down, each name resolved under the district above."""
    named = list(lines_by_kind(rows, sheet, file, COUNTS))
    if file.identity.is_commune:
        own_totals([line for line, _ in named], file)
    for line, row in named:
        if line.role in ("commune", "unknown"):
            line.problems += _problems(line, row, sheet)
    for counted in ("household", "person"):
        ask_about_sums([line for line, _ in named if line.counted == counted], sheet)
    return [line for line, _ in named]


def _problems(line: Line, row: Row, sheet: SheetTable) -> Iterator[Reason]:
    """Why the row cannot be loaded, or what to ask about it."""

    def reason(column: str, found: str | None, expected: str) -> Reason:
        heading = sheet.heading(column)
        return Reason(line.sheet, line.row, heading, "rejected", found, expected, FIX_CELL_OF_FORM)

    if line.unit_code is None:
        yield unnamed(line, sheet)
    if line.counted is None:
        yield reason("counted", _text(row["counted"]) or "ô trống", "Hộ hoặc Nhân khẩu")
    written = [_text(row[f"raw:{name}"]) for name in COUNTS]
    if all(line.counts[name] is None for name in COUNTS):
        found = "cả chín cột không có số nào" if any(written) else "cả chín cột để trống"
        yield reason(COUNTS[0], found, "chín số nguyên, không có thì ghi 0")
        return
    for name, raw in zip(COUNTS, written, strict=True):
        cell: dict[str, str | int | None] = row[name]  # type: ignore[assignment]
        if cell["problem"]:
            yield reason(name, raw, EXPECTED[cell["problem"]])  # type: ignore[index]
        elif cell["value"] is None:
            yield reason(name, raw or "ô trống", "một số nguyên, không có thì ghi 0")


def _frame(lines: Sequence[Line], file: OpenFile, class_code: str) -> pl.DataFrame:
    rows = [
        {
            **place_of(line, file),
            "class_code": class_code,
            **line.counts,
        }
        for line in lines
    ]
    return CORE_REVIEW__FLOW.conform(pl.DataFrame(rows, infer_schema_length=None))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
