"""Official forms 4 to 13: what the poor and the near-poor lack, who they are, why they are poor.

Which columns a form has, what they are counted in and which are rates is declared in
``reference/official_forms``. A commune's row is loaded or sent back; a cell that is blank or says that
there is no figure gives none, never zero. A row that says so in every cell is no data.
"""

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.cell_reader import read_cells
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
from pipelines.headings import heading_key
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, read_percentage, read_whole_number
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import NUMBERED, classify
from reference.analysis_forms import analysis_form, column_name
from reference.form_definitions import FormColumn, FormDefinition
from reference.loading import value_words
from warehouse.core_tables import CORE_REVIEW__FORM_CELL

_TABLE = CORE_REVIEW__FORM_CELL.name
_FIGURE = {"value": pl.Float64, "problem": pl.String, "is_blank": pl.Boolean}
_NONE = frozenset(
    heading_key(word) for words in value_words()["no_figure"].words.values() for word in words
)


def tidy(batch: Batch) -> list[TidyFile]:
    """The communes of each file as rows of ``core_review__form_cell``; all files are of one form."""
    header = batch.tables[0].header
    if header is None:
        raise ValueError("an official form without a header")
    definition = analysis_form(header.form)
    columns = {column_name(column.number): column for column in definition.columns}
    parts = sheets_of_files(batch, _classified(batch, definition, columns))
    return [
        _tidy_file(file, sheets, definition, columns)
        for file, sheets in zip(batch.files, parts, strict=True)
    ]


def _classified(
    batch: Batch, definition: FormDefinition, columns: Mapping[str, FormColumn]
) -> pl.DataFrame:
    """Rows with their class, what they count and, for every figure, a struct of value and problem."""
    rows = batch.rows(("row_number", "unit_name", "counted", *columns))
    has_kinds = len(definition.rows) > 1
    has_figures = pl.any_horizontal(pl.col(columns.keys()).str.contains(r"\d"))
    begins = pl.col("counted" if has_kinds else "unit_name").is_not_null()
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=("unit_name", *columns),
        strong=has_figures & begins & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    what = coded(pl.col("counted"), "counted").struct.field("value")
    return rows.with_columns(
        *(pl.col(name).alias(f"raw:{name}") for name in columns),
        *(_figure(name, column) for name, column in columns.items()),
        what=what if has_kinds else pl.lit(definition.rows[0]),
    )


def _figure(name: str, column: FormColumn) -> pl.Expr:
    read = read_whole_number if column.unit == "count" else read_percentage

    def cell(text: str | None) -> tuple[float | None, str | None, bool]:
        if not (key := heading_key(text or "")):
            return None, None, True
        return (None, None, False) if key in _NONE else (*read(text), False)

    return read_cells([pl.col(name)], cell, _FIGURE).alias(name)


def _tidy_file(
    file: OpenFile,
    parts: Sequence[pl.DataFrame | None],
    definition: FormDefinition,
    columns: Mapping[str, FormColumn],
) -> TidyFile:
    """One file; ``parts`` are the rows of its sheets, null for a sheet without any."""
    lines: list[Line] = []
    reasons: list[Reason] = []
    for sheet, rows in zip(file.tables, parts, strict=True):
        reasons += _on_columns(sheet, columns)
        if rows is not None:
            lines += _lines(rows, sheet, file, definition, columns)
    communes = [line for line in lines if line.role in ("commune", "unknown")]
    said = [line for line in communes if line.is_rejected or _figures(line)]
    reject_repeated(said, "mỗi đơn vị một dòng cho mỗi đối tượng")
    loaded = [line for line in said if not line.is_rejected]
    return TidyFile(
        tables={_TABLE: _frame(loaded, file, definition, columns)} if loaded else {},
        loaded=len(loaded),
        rejected=len(said) - len(loaded),
        reasons=[*reasons, *(reason for line in lines for reason in line.problems)],
    )


def _on_columns(sheet: SheetTable, columns: Mapping[str, FormColumn]) -> Iterator[Reason]:
    """Columns that only their number told, and columns that the sheet does not have."""
    by_number = sheet.header.by_number if sheet.header else frozenset()
    numbers = [column.number for name, column in columns.items() if name in by_number]
    missing = [column.number for name, column in columns.items() if name not in sheet.columns]
    if numbers:
        yield Reason(sheet.name, None, None, "warning", f"tên cột {', '.join(numbers)} khác mẫu",
                     "tên cột như mẫu biểu",
                     "Các cột này được đọc theo số ở hàng đánh số; kiểm tra hàng đó có đúng mẫu không.")  # fmt: skip
    if missing:
        yield Reason(sheet.name, None, None, "question", f"không thấy cột {', '.join(missing)}",
                     "đủ các cột của mẫu biểu",
                     "Thêm cột còn thiếu (giữ nguyên tên và hàng đánh số) ở lần nộp sau; các cột khác đã được đọc.")  # fmt: skip


def _lines(
    rows: pl.DataFrame,
    sheet: SheetTable,
    file: OpenFile,
    definition: FormDefinition,
    columns: Mapping[str, FormColumn],
) -> list[Line]:
    """The rows of figures of a sheet, top-down, each name resolved under the district above."""
    present = [name for name in columns if name in sheet.columns]
    named = list(lines_by_kind(rows, sheet, file, present))
    if file.identity.is_commune:
        own_totals([line for line, _ in named], file)
    for line, row in named:
        if line.role in ("commune", "unknown"):
            line.problems += _problems(line, row, sheet, columns)
    summed = [name for name in present if columns[name].unit == "count"]
    for counted in definition.rows:
        of_kind = [line for line, _ in named if line.counted == counted]
        ask_about_sums(of_kind, sheet, summed)
    return [line for line, _ in named]


def _problems(
    line: Line, row: Row, sheet: SheetTable, columns: Mapping[str, FormColumn]
) -> Iterator[Reason]:
    """Why the row cannot be loaded."""

    def reason(column: str, found: str, expected: str) -> Reason:
        heading = sheet.heading(column)
        return Reason(line.sheet, line.row, heading, "rejected", found, expected, FIX_CELL_OF_FORM)

    if line.unit_code is None:
        yield unnamed(line, sheet)
    if line.counted is None:
        yield reason("counted", str(row["counted"] or "ô trống"), "Hộ hoặc Nhân khẩu")
    cells: dict[str, dict[str, str | None]] = {name: row[name] for name in line.counts}  # type: ignore[misc]
    for name, cell in cells.items():
        if problem := cell["problem"]:
            expected = EXPECTED[problem]  # type: ignore[index]
            if columns[name].unit == "pct":
                expected += ", tính bằng %"
            yield reason(name, str(row[f"raw:{name}"]), expected)
    if all(cell["is_blank"] for cell in cells.values()):
        expected = "một số ở mỗi cột, không có thì ghi 0; chưa biết thì ghi “không đủ dữ liệu”"
        yield reason(next(iter(cells)), "cả dòng để trống", expected)


def _figures(line: Line) -> dict[str, float]:
    return {name: float(value) for name, value in line.counts.items() if value is not None}


def _frame(
    lines: Sequence[Line],
    file: OpenFile,
    definition: FormDefinition,
    columns: Mapping[str, FormColumn],
) -> pl.DataFrame:
    rows = [
        {
            **place_of(line, file),
            "form_number": definition.number,
            "column_number": int(columns[name].number),
            "value": value,
        }
        for line in lines
        for name, value in _figures(line).items()
    ]
    return CORE_REVIEW__FORM_CELL.conform(pl.DataFrame(rows, infer_schema_length=None))
