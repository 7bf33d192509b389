"""Official form 1: residents, poor and near-poor of communes, one row a commune.

A district's file has a bold row for the district over its communes and a total; a province's file
has many such groups; a commune's own file has one row, or rows of villages and their total. Rows
above the commune are recomputed from the communes: a difference is a question, never a figure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, whole_number
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import NUMBERED, begins_with, classify
from pipelines.title_words import units_named
from pipelines.units import Resolution, resolve_for_date, resolve_unit
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
Role = Literal["commune", "above", "total", "village", "unknown"]
Counts = Mapping[str, int | None]


@dataclass
class Line:
    """One row of the form: what its name means, its counts and what is wrong with it."""

    row: int
    name: str
    role: Role
    found: Resolution | None
    counts: Counts
    problems: list[Reason] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        """Whether the row goes back to the sender."""
        return any(reason.kind == "rejected" for reason in self.problems)


def tidy(batch: Batch) -> list[TidyFile]:
    """The communes of each file as rows of ``core_population__unit``."""
    parts = _classified(batch).partition_by("table", as_dict=True)
    numbers: dict[int, list[int]] = {place: [] for place, _ in enumerate(batch.files)}
    for number, place in batch.file_of_table.items():
        numbers[place].append(number)
    return [
        _tidy_file(file, [parts.get((number,)) for number in numbers[place]])
        for place, file in enumerate(batch.files)
    ]


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
            district = found.code if _is_district(found) else file.identity.district
        counts = {each: row[each]["value"] for each in COUNTS}
        line = Line(row["row"], name, role, found, counts)
        if role in ("commune", "unknown"):
            line.problems = _problems(line, row, sheet)
        lines.append(line)
    return lines


def meaning(name: str, district: str | None, file: OpenFile) -> tuple[Role, Resolution | None]:
    """What a row is about. A bare name is a commune if one of the district has it, else a district."""
    era, day = file.identity.era, file.identity.last_day
    if begins_with(name, "subtotal"):
        return "total", None
    words = units_named([name])
    level = words[0].level if words else None
    if level in ("district", "province"):
        return "above", resolve_unit(name, era, level=level)
    if level is None and begins_with(name, "village"):
        return "village", None
    found = resolve_for_date(name, district, day)
    if found.code_in_force:
        return "commune", found
    above = resolve_unit(name, era, level="district") if level is None else None
    return ("above", above) if above and above.code else ("unknown", found)


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


def ask_about_sums(lines: Sequence[Line], sheet: SheetTable) -> None:
    """Compare rows above the communes with the sums of the rows that stand under (or over) them."""
    parts: Role = "commune" if any(line.role == "commune" for line in lines) else "village"
    everything = [line for line in lines if line.role == parts]
    for place, line in enumerate(lines):
        if line.role == "total":
            _compare(line, everything, sheet)
        elif line.role == "above":
            below = []
            for other in lines[place + 1 :]:
                if other.role in ("above", "total"):
                    break
                below.append(other)
            is_top = not below and place + 1 < len(lines)
            _compare(line, everything if is_top else below, sheet)


def _compare(line: Line, parts: Sequence[Line], sheet: SheetTable) -> None:
    if not parts:
        return
    for name in line.counts:
        values = [part.counts[name] for part in parts]
        written, known = line.counts[name], [value for value in values if value is not None]
        if written is None or len(known) < len(values) or written == sum(known):
            continue
        line.problems.append(
            Reason(sheet.name, line.row, sheet.heading(name), "question",
                   f"dòng “{line.name}” ghi {written}, cộng {len(parts)} đơn vị được {sum(known)}",
                   "tổng bằng cộng các dòng đơn vị",
                   "Kiểm tra dòng tổng và các dòng đơn vị; số của từng đơn vị được giữ như đã ghi.")
        )  # fmt: skip


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


def _is_district(found: Resolution) -> bool:
    return bool(found.candidates) and found.candidates[0].level == "district"


def _raw(sheet: SheetTable, row: int, column: str) -> str:
    """The cell as written; counts of communes are not personal."""
    return str(sheet.cells(column)[sheet.body["row"].to_list().index(row)])
