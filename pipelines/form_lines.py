"""Rows of official forms that name a unit each: what a row is about, and what its figures must add up to.

A district's file has a bold row for the district over its communes and a total; a province's file
has many such groups; a commune's own file has one row, or rows of villages and their total. Rows
above the commune are recomputed from the communes: a difference is a question, never a figure.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from pipelines.batch import Batch, OpenFile
from pipelines.layout import SheetTable
from pipelines.reasons import FIX_CELL_OF_FORM, Reason
from pipelines.row_classes import begins_with
from pipelines.title_words import units_named
from pipelines.units import Resolution, resolve_for_date, resolve_unit

Role = Literal["commune", "above", "total", "village", "unknown"]
Counts = Mapping[str, int | float | None]
Row = Mapping[str, object]


@dataclass
class Line:
    """One row of a form: what its name means, its figures and what is wrong with it.

    ``counted`` tells households from persons on forms with a row of each; null where the row does not.
    """

    row: int
    name: str
    role: Role
    found: Resolution | None
    counts: Counts
    problems: list[Reason] = field(default_factory=list)
    sheet: str = ""
    counted: str | None = None

    @property
    def is_rejected(self) -> bool:
        """Whether the row goes back to the sender."""
        return any(reason.kind == "rejected" for reason in self.problems)

    @property
    def unit_code(self) -> str | None:
        """The commune in force, null where the row names none."""
        return self.found.code_in_force if self.found else None


def sheets_of_files(batch: Batch, rows: pl.DataFrame) -> list[list[pl.DataFrame | None]]:
    """``rows`` by file and sheet (column ``table``), null for a sheet without any."""
    parts = rows.partition_by("table", as_dict=True)
    found: list[list[pl.DataFrame | None]] = [[] for _ in batch.files]
    for number, place in batch.file_of_table.items():
        found[place].append(parts.get((number,)))
    return found


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


def is_district(found: Resolution) -> bool:
    """Whether a unit above the commune is a district."""
    return bool(found.candidates) and found.candidates[0].level == "district"


def lines_by_kind(
    rows: pl.DataFrame, sheet: SheetTable, file: OpenFile, figures: Sequence[str]
) -> Iterator[tuple[Line, Row]]:
    """Rows of figures with what their name means; persons without a name belong to the row above.

    ``rows`` have ``what`` (household, person or null) and a struct with ``value`` for each of ``figures``.
    """
    district = file.identity.district
    above: tuple[int, str] | None = None
    is_figure = pl.col("kind").is_in(["data", "subtotal"])
    for row in rows.filter(is_figure).iter_rows(named=True):
        label = row["label"] if row["kind"] == "subtotal" else None
        name, counted = " ".join((row["unit_name"] or label or "").split()), row["what"]
        if not name and counted != "household" and above and above[0] == row["row"] - 1:
            name = above[1]
        above = (row["row"], name)
        role, unit = meaning(name, district, file) if name else ("unknown", None)
        if role == "above" and unit:
            district = unit.code if is_district(unit) else file.identity.district
        counts = {each: row[each]["value"] for each in figures}
        line = Line(row["row"], name, role, unit, counts, sheet=sheet.name, counted=counted)
        yield line, row


def place_of(line: Line, file: OpenFile) -> dict[str, str | int | None]:
    """Where a row stands and what it is about: the columns that the tables of these forms share."""
    identity = file.identity
    return {
        "submission_id": file.sha256,
        "sheet": line.sheet,
        "row": line.row,
        "era": identity.era,
        "unit_code": line.unit_code,
        "period": identity.period,
        "status": identity.status,
        "standard_id": identity.standard_id,
        "counted": line.counted,
    }


def own_totals(lines: Sequence[Line], file: OpenFile) -> None:
    """In a commune's own file of villages, the first total of each thing is the commune's row."""
    if any(line.role == "commune" for line in lines):
        return
    unit = resolve_unit(str(file.identity.unit_code), file.identity.era)
    told: set[str | None] = set()
    for line in lines:
        if line.role == "unknown":
            line.role = "village"
        elif line.role == "total" and line.counted not in told:
            line.role, line.found = "commune", unit
            told.add(line.counted)


def unnamed(line: Line, sheet: SheetTable) -> Reason:
    """The row names no commune that there is."""
    found = line.found.warning if line.found else line.name
    expected = "tên xã, phường, thị trấn trong danh mục hành chính"
    heading = sheet.heading("unit_name")
    found = found or "ô trống"
    return Reason(line.sheet, line.row, heading, "rejected", found, expected, FIX_CELL_OF_FORM)


def reject_repeated(lines: Sequence[Line], expected: str) -> None:
    """The second row of a commune for one thing: nobody can know which of the two counts."""
    seen: dict[tuple[str, str], Line] = {}
    for line in lines:
        if line.unit_code is None or line.counted is None or line.is_rejected:
            continue
        first = seen.setdefault((line.unit_code, line.counted), line)
        if first is not line:
            line.problems.append(
                Reason(line.sheet, line.row, "Đơn vị", "rejected",
                       f"“{line.name}” đã có ở dòng {first.row}", expected,
                       "Xoá dòng thừa rồi nộp lại tệp.")
            )  # fmt: skip


def ask_about_sums(
    lines: Sequence[Line], sheet: SheetTable, figures: Collection[str] | None = None
) -> None:
    """Compare rows above the communes with the sums of the rows that stand under (or over) them.

    ``figures`` are those that may be added up, by default all.
    """
    parts: Role = "commune" if any(line.role == "commune" for line in lines) else "village"
    everything = [line for line in lines if line.role == parts]
    for place, line in enumerate(lines):
        names = list(line.counts) if figures is None else figures
        if line.role == "total":
            _compare(line, everything, sheet, names)
        elif line.role == "above":
            below = []
            for other in lines[place + 1 :]:
                if other.role in ("above", "total"):
                    break
                below.append(other)
            is_top = not below and place + 1 < len(lines)
            _compare(line, everything if is_top else below, sheet, names)


def _compare(line: Line, parts: Sequence[Line], sheet: SheetTable, names: Collection[str]) -> None:
    if not parts:
        return
    for name in names:
        values = [part.counts[name] for part in parts]
        written, known = line.counts[name], [value for value in values if value is not None]
        if written is None or len(known) < len(values) or written == sum(known):
            continue
        line.problems.append(
            Reason(sheet.name, line.row, sheet.heading(name), "question",
                   f"dòng “{line.name}” ghi {written:.0f}, cộng {len(parts)} đơn vị được {sum(known):.0f}",
                   "tổng bằng cộng các dòng đơn vị",
                   "Kiểm tra dòng tổng và các dòng đơn vị; số của từng đơn vị được giữ như đã ghi.")
        )  # fmt: skip
