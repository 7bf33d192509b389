"""Programme workbooks of the agencies: one row a commune, its figures side by side.

Which programmes and columns there are is declared in ``reference/programmes``. A row is loaded or
sent back as a whole; a blank cell is no figure, never zero. Rows above the communes are sums and
no data.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.form_lines import is_district, meaning
from pipelines.layout import SheetTable
from pipelines.numbers import EXPECTED, whole_number
from pipelines.reasons import FIX_CELL, Kind, Reason
from pipelines.row_classes import NUMBERED, classify
from reference.programmes import PATH, Quantity, programme_form
from warehouse.core_tables import CORE_PROGRAMME__VALUE

_TABLE = CORE_PROGRAMME__VALUE.name
_EARLIEST = date(2010, 1, 1)
Key = tuple[str, str]
"""Programme and quantity."""


@dataclass
class Line:
    """One commune's row of one sheet: its figures, and what is wrong with it."""

    sheet: str
    row: int
    name: str
    unit_code: str | None
    values: dict[Key, float]
    problems: list[Reason] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        """Whether the row goes back to the sender."""
        return any(reason.kind == "rejected" for reason in self.problems)


def tidy(batch: Batch) -> list[TidyFile]:
    """The figures of each file as rows of ``core_programme__value``; all files are of one form."""
    header = batch.tables[0].header
    if header is None:
        raise ValueError("a programme workbook without a header")
    columns = _columns(header.form)
    parts = _classified(batch, columns).partition_by("table", as_dict=True)
    numbers: dict[int, list[int]] = {place: [] for place, _ in enumerate(batch.files)}
    for number, place in batch.file_of_table.items():
        numbers[place].append(number)
    return [
        _tidy_file(file, header.form, [parts.get((number,)) for number in numbers[place]], columns)
        for place, file in enumerate(batch.files)
    ]


def _columns(form: str) -> dict[str, Quantity]:
    """Canonical column to what stands in it."""
    return {
        f"{programme.id}{PATH}{column.quantity}": column
        for programme in programme_form(form).programmes
        for column in programme.columns
    }


def _classified(batch: Batch, columns: Mapping[str, Quantity]) -> pl.DataFrame:
    """Rows with their class and, for every figure, a struct of value and problem."""
    rows = batch.rows(("row_number", "unit_name", *columns))
    has_figures = pl.any_horizontal(pl.col(columns.keys()).str.contains(r"\d"))
    rows = classify(
        rows,
        labels=("unit_name", "row_number"),
        substance=tuple(columns),
        strong=has_figures & pl.col("unit_name").is_not_null() & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    latest = batch.context.today.replace(year=batch.context.today.year + 1)
    return rows.with_columns(
        *(
            pl.col(name).alias(f"raw:{name}")
            for name in columns
        ),
        *(
            read_date(pl.col(name), earliest=_EARLIEST, latest=latest).alias(name)
            if column.unit == "date"
            else whole_number(pl.col(name)).alias(name)
            for name, column in columns.items()
        ),
    )  # fmt: skip


def _tidy_file(
    file: OpenFile,
    form: str,
    parts: Sequence[pl.DataFrame | None],
    columns: Mapping[str, Quantity],
) -> TidyFile:
    """One file; ``parts`` are the rows of its sheets, null for a sheet without any."""
    lines = [
        line
        for sheet, rows in zip(file.tables, parts, strict=True)
        if rows is not None
        for line in _lines(rows, sheet, file, columns)
    ]
    _reject_repeated(lines)
    loaded = [line for line in lines if not line.is_rejected and line.values]
    return TidyFile(
        tables={_TABLE: _frame(loaded, file, form)} if loaded else {},
        loaded=len(loaded),
        rejected=sum(line.is_rejected for line in lines),
        reasons=[reason for line in lines for reason in line.problems],
    )


def _lines(
    rows: pl.DataFrame, sheet: SheetTable, file: OpenFile, columns: Mapping[str, Quantity]
) -> list[Line]:
    """The communes of a sheet, each name resolved under the district above it."""
    present = {name: column for name, column in columns.items() if name in sheet.columns}
    lines = []
    district = file.identity.district
    named = pl.col("unit_name").is_not_null() & (pl.col("kind") == "note")
    told = rows.filter(named | (pl.col("kind") == "data")).select(
        "row", "unit_name", "label", "kind", *present, *(f"raw:{name}" for name in present)
    )
    for row in told.iter_rows(named=True):
        name = " ".join((row["unit_name"] or row["label"] or "").split())
        role, found = meaning(name, district, file)
        if role == "above" and found:
            district = found.code if is_district(found) else file.identity.district
        if role not in ("commune", "unknown") or row["kind"] == "note":
            continue
        line = Line(sheet.name, row["row"], name, found.code_in_force if found else None, {})
        if role == "unknown" or found is None:
            line.problems.append(_unknown_unit(line, sheet, found.warning if found else name))
        elif found.warning and found.how == "toneless":
            line.problems.append(_loosely_named(line, sheet, found.warning))
        _read_figures(line, row, sheet, present)
        lines.append(line)
    return lines


def _read_figures(
    line: Line, row: Mapping[str, object], sheet: SheetTable, columns: Mapping[str, Quantity]
) -> None:
    """Take the figures of the row; tell of cells that are none, and of blanks beside figures."""
    blank = []
    for name, column in columns.items():
        cell: dict[str, object] = row[name]  # type: ignore[assignment]
        programme, _, quantity = name.partition(PATH)
        is_date = column.unit == "date"
        if cell["problem"]:
            expected = (DATE_EXPECTED if is_date else EXPECTED)[cell["problem"]]  # type: ignore[index]
            told = str(row[f"raw:{name}"])
            line.problems.append(_cell(line, sheet, name, "rejected", told, expected))
        elif is_date:
            if isinstance(day := cell["date"], date):
                line.values[programme, quantity] = float(f"{day:%Y%m%d}")
        elif isinstance(value := cell["value"], int):
            line.values[programme, quantity] = float(value)
        elif column.required:
            blank.append((programme, name))
    begun = {programme for programme, _ in line.values}
    line.problems += [
        _cell(line, sheet, name, "question", "ô trống", "một số nguyên, không có thì ghi 0")
        for programme, name in blank
        if programme in begun
    ]


def _cell(
    line: Line, sheet: SheetTable, column: str, kind: Kind, found: str, expected: str
) -> Reason:
    return Reason(line.sheet, line.row, sheet.heading(column), kind, found, expected, FIX_CELL)


def _unknown_unit(line: Line, sheet: SheetTable, found: str | None) -> Reason:
    return Reason(line.sheet, line.row, sheet.heading("unit_name"), "rejected", found,
                  "tên xã, phường, thị trấn trong danh mục hành chính",
                  "Sửa tên đơn vị rồi nộp lại tệp.")  # fmt: skip


def _loosely_named(line: Line, sheet: SheetTable, found: str) -> Reason:
    return Reason(line.sheet, line.row, sheet.heading("unit_name"), "warning", found,
                  "tên đúng dấu",
                  "Kiểm tra lại tên đơn vị; nếu đúng thì không phải làm gì.")  # fmt: skip


def _reject_repeated(lines: Sequence[Line]) -> None:
    """The second figure of a commune for one thing: nobody can know which of the two counts."""
    seen: dict[tuple[str, Key], Line] = {}
    for line in lines:
        if line.unit_code is None or line.is_rejected:
            continue
        first = [seen.setdefault((line.unit_code, key), line) for key in line.values]
        other = next((each for each in first if each is not line), None)
        if other:
            line.problems.append(
                Reason(line.sheet, line.row, "Đơn vị", "rejected",
                       f"“{line.name}” đã có ở dòng {other.row}", "mỗi đơn vị một dòng",
                       "Xoá dòng thừa rồi nộp lại tệp.")
            )  # fmt: skip


def _frame(lines: Sequence[Line], file: OpenFile, form: str) -> pl.DataFrame:
    identity = file.identity
    rows = [
        (line.sheet, line.row, line.unit_code, *key, value)
        for line in lines
        for key, value in line.values.items()
    ]
    frame = pl.DataFrame(
        rows,
        schema={
            "sheet": pl.String(), "row": pl.Int64(), "unit_code": pl.String(),
            "programme": pl.String(), "quantity": pl.String(), "value": pl.Float64(),
        },
        orient="row",
    )  # fmt: skip
    return CORE_PROGRAMME__VALUE.conform(
        frame.with_columns(
            submission_id=pl.lit(file.sha256),
            era=pl.lit(identity.era),
            period=pl.lit(identity.period),
            status=pl.lit(identity.status),
            form=pl.lit(form),
        )
    )
