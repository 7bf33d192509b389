"""Official forms 2 and 3: who left and who came onto the list of the poor or the near-poor.

Each unit has a row of households over a row of persons; its name stands in the first (a merged cell).
A row is loaded with all nine counts or sent back; rows above the communes are sums and no data. Whether a
row balances is judged by the gate.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.coded_values import coded
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, whole_number
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import NUMBERED, classify
from pipelines.summary import meaning
from pipelines.units import Resolution
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
Row = Mapping[str, object]


@dataclass
class Line:
    """One commune's households or persons, and what is wrong with the row."""

    sheet: str
    row: int
    name: str
    counted: str | None
    unit_code: str | None
    counts: Mapping[str, int | None]
    problems: list[Reason] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        """Whether the row goes back to the sender."""
        return any(reason.kind == "rejected" for reason in self.problems)


def tidy(batch: Batch) -> list[TidyFile]:
    """The communes of each file as rows of ``core_review__flow``; all files are of one form."""
    header = batch.tables[0].header
    if header is None:
        raise ValueError("a form of flows without a header")
    class_code = _CLASSES[header.form]
    parts = _classified(batch).partition_by("table", as_dict=True)
    numbers: dict[int, list[int]] = {place: [] for place, _ in enumerate(batch.files)}
    for number, place in batch.file_of_table.items():
        numbers[place].append(number)
    return [
        _tidy_file(file, [parts.get((number,)) for number in numbers[place]], class_code)
        for place, file in enumerate(batch.files)
    ]


def _classified(batch: Batch) -> pl.DataFrame:
    """Rows with their class, what they count and, for every count, a struct of value and problem."""
    rows = batch.rows(("row_number", "unit_name", "counted", *COUNTS))
    has_counts = pl.any_horizontal(pl.col(COUNTS).str.contains(r"\d"))
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=COUNTS,
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
    _reject_repeated(lines)
    loaded = [line for line in lines if not line.is_rejected]
    return TidyFile(
        tables={_TABLE: _frame(loaded, file, class_code)} if loaded else {},
        loaded=len(loaded),
        rejected=len(lines) - len(loaded),
        reasons=[reason for line in lines for reason in line.problems],
    )


def _lines(rows: pl.DataFrame, sheet: SheetTable, file: OpenFile) -> list[Line]:
    """The communes' rows of a sheet, top-down, each name resolved under the district above."""
    found = []
    for row, name, role, unit in _named(rows, file):
        if role not in ("commune", "unknown"):
            continue
        counts = {each: row[each]["value"] for each in COUNTS}  # type: ignore[index]
        code = unit.code_in_force if unit else None
        line = Line(sheet.name, int(str(row["row"])), name, _text(row["what"]), code, counts)
        line.problems = list(_problems(line, row, sheet, unit))
        found.append(line)
    return found


def _named(
    rows: pl.DataFrame, file: OpenFile
) -> Iterator[
    tuple[Row, str, Literal["commune", "above", "total", "village", "unknown"], Resolution | None]
]:
    """Rows of figures with what their name means; a row without a name belongs to the one above it."""
    district = file.identity.district
    above: tuple[int, str] | None = None
    is_figure = pl.col("kind").is_in(["data", "subtotal"])
    for row in rows.filter(is_figure).iter_rows(named=True):
        name = " ".join((row["unit_name"] or "").split())
        if not name and above and above[0] == row["row"] - 1:
            name = above[1]
        above = (row["row"], name)
        role, unit = meaning(name, district, file)
        if role == "above" and unit:
            is_district = bool(unit.candidates) and unit.candidates[0].level == "district"
            district = unit.code if is_district else file.identity.district
        yield row, name, role, unit


def _problems(line: Line, row: Row, sheet: SheetTable, unit: Resolution | None) -> Iterator[Reason]:
    """Why the row cannot be loaded, or what to ask about it."""

    def reason(column: str, found: str | None, expected: str) -> Reason:
        heading = sheet.heading(column)
        return Reason(line.sheet, line.row, heading, "rejected", found, expected, FIX_CELL_OF_FORM)

    if line.unit_code is None:
        warning = unit.warning if unit else line.name
        expected = "tên xã, phường, thị trấn trong danh mục hành chính"
        yield reason("unit_name", warning or "ô trống", expected)
    if line.counted is None:
        yield reason("counted", _text(row["counted"]), "Hộ hoặc Nhân khẩu")
    for name in COUNTS:
        cell: dict[str, str | int | None] = row[name]  # type: ignore[assignment]
        if cell["problem"]:
            yield reason(name, _text(row[f"raw:{name}"]), EXPECTED[cell["problem"]])  # type: ignore[index]
        elif cell["value"] is None:
            yield reason(name, "ô trống", "một số nguyên, không có thì ghi 0")


def _reject_repeated(lines: Sequence[Line]) -> None:
    """The second row of a commune for one thing: nobody can know which of the two counts."""
    seen: dict[tuple[str, str], Line] = {}
    for line in lines:
        if line.unit_code is None or line.counted is None or line.is_rejected:
            continue
        first = seen.setdefault((line.unit_code, line.counted), line)
        if first is not line:
            line.problems.append(
                Reason(line.sheet, line.row, "Đơn vị", "rejected",
                       f"“{line.name}” đã có ở dòng {first.row}",
                       "mỗi đơn vị một dòng hộ và một dòng nhân khẩu",
                       "Xoá dòng thừa rồi nộp lại tệp.")
            )  # fmt: skip


def _frame(lines: Sequence[Line], file: OpenFile, class_code: str) -> pl.DataFrame:
    identity = file.identity
    rows = [
        {
            "submission_id": file.sha256,
            "sheet": line.sheet,
            "row": line.row,
            "era": identity.era,
            "unit_code": line.unit_code,
            "period": identity.period,
            "status": identity.status,
            "standard_id": identity.standard_id,
            "class_code": class_code,
            "counted": line.counted,
            **line.counts,
        }
        for line in lines
    ]
    return CORE_REVIEW__FLOW.conform(pl.DataFrame(rows, infer_schema_length=None))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
