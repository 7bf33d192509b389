"""Targets that a decision assigns: one row a unit, indicator and year.

The unit may be the province, a district or a commune; it is the one in force on the day of the
decision. A target without number and date of its decision is sent back: nobody assigned it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, decimal_number, whole_number
from pipelines.reasons import FIX_CELL, Reason
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
class _Line:
    sheet: str
    row: int
    unit: Named | None
    values: dict[str, object]
    problems: list[Reason] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        return any(reason.kind == "rejected" for reason in self.problems)


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
    _reject_repeated(lines)
    loaded = [line for line in lines if not line.is_rejected]
    return TidyFile(
        tables={_TABLE: _frame(loaded, file)} if loaded else {},
        loaded=len(loaded),
        rejected=len(lines) - len(loaded),
        reasons=[reason for line in lines for reason in line.problems],
    )


def _line(row: Mapping[str, object], sheet: SheetTable, file: OpenFile) -> _Line:
    line = _Line(sheet.name, int(str(row["row"])), None, {})

    def reject(column: str, found: str | None, expected: str) -> None:
        line.problems.append(
            Reason(
                sheet.name, line.row, sheet.heading(column), "rejected", found, expected, FIX_CELL
            )
        )

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


def _reject_repeated(lines: Sequence[_Line]) -> None:
    seen: dict[tuple[object, ...], _Line] = {}
    for line in lines:
        if line.is_rejected or line.unit is None:
            continue
        key = (line.unit, *(line.values[name] for name in ("indicator", "target_year", "version")))
        if (first := seen.setdefault(key, line)) is not line:
            line.problems.append(
                Reason(line.sheet, line.row, "Mã chỉ tiêu", "rejected",
                       f"chỉ tiêu đã có ở dòng {first.row}",
                       "mỗi đơn vị, chỉ tiêu, năm và lần giao một dòng",
                       "Xoá dòng thừa hoặc ghi lần giao rồi nộp lại tệp.")
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
