"""Official form 1: residents, poor and near-poor of communes, one row a commune.

Which rows stand above the communes and how they are compared: :mod:`pipelines.form_lines`.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.form_lines import Line, ask_about_sums, is_district, meaning, sheets_of_files
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, whole_number
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import NUMBERED, classify
from pipelines.units import resolve_unit
from reference.loading import unit_area_type
from warehouse.core_tables import CORE_POPULATION__UNIT

REQUIRED = ("resident_household_count", "poor_household_count", "near_poor_household_count")
COUNTS = (
    "resident_household_count",
    "resident_person_count",
    "poor_household_count",
    "near_poor_household_count",
    "average_living_household_count",
    "poor_person_count",
    "near_poor_person_count",
    "average_living_person_count",
)
_TABLE = CORE_POPULATION__UNIT.name


def tidy(batch: Batch) -> list[TidyFile]:
    """The communes of each file as rows of ``core_population__unit``."""
    parts = sheets_of_files(batch, _classified(batch))
    return [_tidy_file(file, sheets) for file, sheets in zip(batch.files, parts, strict=True)]


def _tidy_file(file: OpenFile, parts: Sequence[pl.DataFrame | None]) -> TidyFile:
    """One file; ``parts`` are the rows of its sheets, null for a sheet without any."""
    communes: list[tuple[str, Line]] = []
    reasons: list[Reason] = []
    rejected = 0
    for sheet, rows in zip(file.tables, parts, strict=True):
        lines = _lines(rows, sheet, file) if rows is not None else []
        if file.identity.is_commune:
            _own_total(lines, file)
        ask_about_sums(lines, sheet)
        communes += [(sheet.name, line) for line in lines if _is_loaded(line)]
        rejected += sum(line.is_rejected for line in lines)
        reasons += [reason for line in lines for reason in line.problems]
    reasons += _reject_repeated(communes)
    loaded = [(sheet, line) for sheet, line in communes if not line.is_rejected]
    rejected += len(communes) - len(loaded)
    return TidyFile(
        tables={_TABLE: _frame(loaded, file)} if loaded else {},
        loaded=len(loaded),
        rejected=rejected,
        reasons=reasons,
    )


def _classified(batch: Batch) -> pl.DataFrame:
    """Rows with their class and, for every count, a struct of value and problem."""
    rows = batch.rows(("row_number", "unit_name", *COUNTS))
    has_counts = pl.any_horizontal(pl.col(REQUIRED).str.contains(r"\d"))
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=("unit_name", *COUNTS),
        strong=has_counts & pl.col("unit_name").is_not_null() & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    return rows.with_columns(whole_number(pl.col(name)).alias(name) for name in COUNTS)


def _lines(rows: pl.DataFrame, sheet: SheetTable, file: OpenFile) -> list[Line]:
    """The data and total rows of a sheet, top-down, each name resolved under the district above."""
    lines = []
    district = file.identity.district
    for row in rows.filter(pl.col("kind").is_in(["data", "subtotal"])).iter_rows(named=True):
        name = " ".join((row["unit_name"] or row["label"] or "").split())
        role, found = meaning(name, district, file)
        if role == "above" and found:
            district = found.code if is_district(found) else file.identity.district
        counts = {each: row[each]["value"] for each in COUNTS}
        line = Line(row["row"], name, role, found, counts)
        if role in ("commune", "unknown"):
            line.problems = _problems(line, row, sheet)
        lines.append(line)
    return lines


def _problems(line: Line, row: Mapping[str, object], sheet: SheetTable) -> list[Reason]:
    """Why the row cannot be loaded, or what to ask about it."""
    told = []
    if line.role == "unknown" or line.found is None:
        warning = line.found.warning if line.found else line.name
        told.append(Reason(sheet.name, line.row, sheet.heading("unit_name"), "rejected", warning,
                           "tên xã, phường, thị trấn trong danh mục hành chính",
                           "Sửa tên đơn vị rồi nộp lại tệp."))  # fmt: skip
    elif line.found.warning and line.found.how == "toneless":
        told.append(Reason(sheet.name, line.row, sheet.heading("unit_name"), "warning",
                           line.found.warning, "tên đúng dấu",
                           "Kiểm tra lại tên đơn vị; nếu đúng thì không phải làm gì."))  # fmt: skip
    for name in COUNTS:
        if name not in sheet.columns and name not in REQUIRED:
            continue
        cell: dict[str, str | int | None] = row[name]  # type: ignore[assignment]
        if cell["problem"]:
            told.append(Reason(sheet.name, line.row, sheet.heading(name), "rejected",
                               _raw(sheet, line.row, name), EXPECTED[cell["problem"]],  # type: ignore[index]
                               FIX_CELL_OF_FORM))  # fmt: skip
        elif cell["value"] is None:
            kind: Literal["rejected", "question"] = "rejected" if name in REQUIRED else "question"
            told.append(Reason(sheet.name, line.row, sheet.heading(name), kind, "ô trống",
                               "một số nguyên, không có thì ghi 0", FIX_CELL_OF_FORM))  # fmt: skip
    return told


def _own_total(lines: Sequence[Line], file: OpenFile) -> None:
    """In a commune's own file of villages, the total is the commune's row."""
    if any(line.role == "commune" for line in lines):
        return
    unit = file.identity.unit_code
    for line in lines:
        if line.role == "unknown":
            line.role, line.problems = "village", []
    for line in lines:
        if (
            line.role == "total"
            and unit
            and all(line.counts[name] is not None for name in REQUIRED)
        ):
            line.role = "commune"
            line.found = resolve_unit(unit, file.identity.era)
            return


def _reject_repeated(communes: Sequence[tuple[str, Line]]) -> list[Reason]:
    """The second row of a commune in one file: nobody can know which of the two counts."""
    told, seen = [], dict[str, Line]()
    for sheet, line in communes:
        code = f"{line.found.era} {line.found.code}" if line.found else ""
        if seen.setdefault(code, line) is line:
            continue
        reason = Reason(sheet, line.row, "Đơn vị", "rejected",
                        f"“{line.name}” đã có ở dòng {seen[code].row}", "mỗi đơn vị một dòng",
                        "Xoá dòng thừa rồi nộp lại tệp.")  # fmt: skip
        line.problems.append(reason)
        told.append(reason)
    return told


def _frame(lines: Sequence[tuple[str, Line]], file: OpenFile) -> pl.DataFrame:
    identity = file.identity
    rows = [
        {
            "submission_id": file.sha256,
            "sheet": sheet,
            "row": line.row,
            "era": identity.era,
            "unit_code": code,
            "period": identity.period,
            "status": identity.status,
            "standard_id": identity.standard_id,
            "area_type": unit_area_type(identity.era, code),
            **line.counts,
        }
        for sheet, line in lines
        if line.found and (code := line.found.code_in_force)
    ]
    return CORE_POPULATION__UNIT.conform(pl.DataFrame(rows, infer_schema_length=None))


def _is_loaded(line: Line) -> bool:
    return line.role == "commune" and not line.is_rejected


def _raw(sheet: SheetTable, row: int, column: str) -> str:
    """The cell as written; counts of communes are not personal."""
    return str(sheet.cells(column)[sheet.numbers.index(row)])
