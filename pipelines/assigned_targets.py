"""Targets that a decision assigns: one row a unit, indicator and year.

The unit may be the province, a district or a commune; it is the one in force on the day of the
decision. A target without number and date of its decision is sent back: nobody assigned it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.layout import SheetTable
from pipelines.lines import SheetLine, reject_repeated, tidied
from pipelines.numbers import EXPECTED, decimal_number, whole_number
from pipelines.row_classes import NUMBERED, classify
from pipelines.rows_of_units import Named, unit_named
from pipelines.text import collapse_spaces
from reference.loading import era_at
from warehouse.core_tables import CORE_TARGET__ASSIGNED

COLUMNS = (
    "indicator", "target_year", "target_value", "decision_number", "decision_date", "version",
)  # fmt: skip
_REQUIRED = ("indicator", "target_year", "target_value", "decision_number", "decision_date")
_INDICATOR = re.compile(r"\s*([TR])\s*\.?\s*(\d)\.(\d)\b", re.IGNORECASE)
_EARLIEST = date(2021, 1, 1)
_TABLE = CORE_TARGET__ASSIGNED.name


@dataclass
class _Line(SheetLine):
    unit: Named | None
    values: dict[str, object]


def tidy(batch: Batch) -> list[TidyFile]:
    """The targets of each file as rows of ``core_target__assigned``."""
    rows = _classified(batch)
    return [_tidy_file(file, rows.filter(file=place)) for place, file in enumerate(batch.files)]


def _classified(batch: Batch) -> pl.DataFrame:
    rows = batch.rows(("row_number", "unit_name", *COLUMNS))
    has_figures = pl.any_horizontal(
        pl.col("target_value", "target_year").str.contains(r"\d").fill_null(False)
    )
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=COLUMNS,
        strong=has_figures & pl.col("unit_name").is_not_null() & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    return rows.with_columns(
        read_year=whole_number(pl.col("target_year")),
        read_value=decimal_number(pl.col("target_value")),
        read_version=whole_number(pl.col("version")),
        read_day=read_date(pl.col("decision_date"), earliest=_EARLIEST, latest=batch.context.today),
    )


def _tidy_file(file: OpenFile, rows: pl.DataFrame) -> TidyFile:
    sheets = {table.name: table for table in file.tables}
    lines = [
        _line(row, sheets[row["sheet"]], file)
        for row in rows.filter(kind="data").iter_rows(named=True)
    ]
    reject_repeated(lines, _key, _repeated)
    return tidied(_TABLE, lines, lambda loaded: _frame(loaded, file))


def _line(row: Mapping[str, object], sheet: SheetTable, file: OpenFile) -> _Line:
    line = _Line(sheet.name, int(str(row["row"])), None, {})

    def reject(column: str, found: str | None, expected: str) -> None:
        line.tell(sheet, column, "rejected", found, expected)

    for name in _REQUIRED:
        if row[name] is None:
            reject(name, "ô trống", "ô có giá trị")
    read = {
        "target_year": ("read_year", EXPECTED), "target_value": ("read_value", EXPECTED),
        "version": ("read_version", EXPECTED), "decision_date": ("read_day", DATE_EXPECTED),
    }  # fmt: skip
    for name, (source, expected) in read.items():
        cell: dict[str, object] = row[source]  # type: ignore[assignment]
        if cell["problem"]:
            reject(name, str(row[name]), expected[cell["problem"]])  # type: ignore[index]
        line.values[name] = cell["date"] if name == "decision_date" else cell["value"]
    if row["decision_date"] and not line.values["decision_date"] and not line.is_rejected:
        reject("decision_date", str(row["decision_date"]), "ngày đủ ngày, tháng, năm")
    indicator = _INDICATOR.match(str(row["indicator"] or ""))
    if row["indicator"] and not indicator:
        reject("indicator", str(row["indicator"]), "mã chỉ tiêu của kế hoạch, ví dụ T1.1")
    line.values["indicator"] = indicator and f"{indicator[1].upper()}{indicator[2]}.{indicator[3]}"
    line.values["decision_number"] = collapse_spaces(str(row["decision_number"] or "")) or None
    day = line.values["decision_date"]
    if isinstance(day, date):
        name = collapse_spaces(str(row["unit_name"] or row["label"] or ""))
        found = unit_named(name, era_at(day), file.identity.district, day)
        if isinstance(found, Named):
            line.unit = found
        else:
            reject("unit_name", found, "tên tỉnh, huyện hoặc xã tại ngày quyết định")
    return line


def _key(line: _Line) -> tuple[object, ...] | None:
    """Unit, indicator, year and which assignment it is; the first where it does not say."""
    values = line.values
    version = values["version"] or 1
    known = (line.unit, values["indicator"], values["target_year"], version)
    return known if line.unit else None


def _repeated(first: _Line, _line: _Line) -> tuple[str, str, str, str]:
    return (
        "Mã chỉ tiêu", f"chỉ tiêu đã có ở dòng {first.row}",
        "mỗi đơn vị, chỉ tiêu, năm và lần giao một dòng",
        "Xoá dòng thừa hoặc ghi lần giao rồi nộp lại tệp.",
    )  # fmt: skip


def _frame(lines: Sequence[_Line], file: OpenFile) -> pl.DataFrame:
    rows = [
        {
            "submission_id": file.sha256, "sheet": line.sheet, "row": line.row,
            "era": line.unit.era, "unit_code": line.unit.code, "level": line.unit.level,
            "indicator": line.values["indicator"], "year": line.values["target_year"],
            "value": line.values["target_value"],
            "decision_number": line.values["decision_number"],
            "decision_date": line.values["decision_date"],
            "version": line.values["version"] or 1,
        }
        for line in lines if line.unit
    ]  # fmt: skip
    return CORE_TARGET__ASSIGNED.conform(pl.DataFrame(rows, infer_schema_length=None))
