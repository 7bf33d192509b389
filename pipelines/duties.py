"""Where the duties without a number stand: one row a duty (and unit, where units report).

Who owes a duty is known from ``reference/duties.csv``, not from the row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial

import polars as pl

from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.dates import EXPECTED as DATE_EXPECTED
from pipelines.dates import read_date
from pipelines.layout import SheetTable
from pipelines.lines import SheetLine, reject_repeated, tidied
from pipelines.row_classes import NUMBERED, classify
from pipelines.rows_of_units import Named, unit_named
from pipelines.text import collapse_spaces, fold
from pipelines.unit_names import province_code
from reference.loading import duty_owners, value_words
from warehouse.core_tables import CORE_DUTY__STATUS

COLUMNS = ("duty_id", "duty_status", "evidence", "due_date")
_EARLIEST = date(2021, 1, 1)
_TABLE = CORE_DUTY__STATUS.name


@dataclass
class _Line(SheetLine):
    unit: Named
    duty_id: str | None
    status: str | None
    evidence: str | None
    due_date: date | None


def tidy(batch: Batch) -> list[TidyFile]:
    """The duties of each file as rows of ``core_duty__status``."""
    rows = _classified(batch)
    return [_tidy_file(file, rows.filter(file=place)) for place, file in enumerate(batch.files)]


def _classified(batch: Batch) -> pl.DataFrame:
    rows = batch.rows(("row_number", "unit_name", *COLUMNS))
    rows = classify(
        rows,
        labels=("duty_id", "row_number"),
        substance=("duty_status", "evidence"),
        strong=pl.col("duty_id").is_not_null()
        & pl.col("duty_status").is_not_null()
        & ~pl.col("is_header"),
        numbered=pl.col("row_number").str.contains(NUMBERED),
    )
    latest = batch.context.today.replace(year=2100, day=1)
    return rows.with_columns(
        read_due=read_date(pl.col("due_date"), earliest=_EARLIEST, latest=latest)
    )


def _tidy_file(file: OpenFile, rows: pl.DataFrame) -> TidyFile:
    sheets = {table.name: table for table in file.tables}
    lines = [
        _line(row, sheets[row["sheet"]], file)
        for row in rows.filter(kind="data").iter_rows(named=True)
    ]
    reject_repeated(lines, lambda line: (line.unit.code, line.duty_id), _repeated)
    return tidied(_TABLE, lines, lambda loaded: _frame(loaded, file))


def _line(row: Mapping[str, object], sheet: SheetTable, file: OpenFile) -> _Line:
    identity = file.identity
    due: dict[str, object] = row["read_due"]  # type: ignore[assignment]
    line = _Line(
        sheet=sheet.name,
        row=int(str(row["row"])),
        unit=Named(identity.era, province_code(identity.era), "province"),
        duty_id=collapse_spaces(str(row["duty_id"] or "")) or None,
        status=_statuses().get(fold(str(row["duty_status"] or ""))),
        evidence=collapse_spaces(str(row["evidence"] or "")) or None,
        due_date=day if isinstance(day := due["date"], date) else None,
    )

    tell = partial(line.tell, sheet)
    if line.duty_id not in duty_owners():
        tell("duty_id", "rejected", line.duty_id or "ô trống", "mã nhiệm vụ trong danh mục")
    if line.status is None:
        words = ", ".join(each[0] for each in value_words()["duty_status"].words.values())
        tell("duty_status", "rejected", str(row["duty_status"] or "ô trống"), words)
    if line.status == "done" and line.evidence is None:
        tell("evidence", "question", "ô trống", "văn bản hoặc nơi xem được kết quả")
    if due["problem"]:
        tell("due_date", "question", str(row["due_date"]), DATE_EXPECTED[due["problem"]])  # type: ignore[index]
    if row["unit_name"]:
        name = collapse_spaces(str(row["unit_name"]))
        found = unit_named(name, identity.era, identity.district, identity.last_day)
        if isinstance(found, Named):
            line.unit = found
        else:
            tell("unit_name", "rejected", found, "tên tỉnh, huyện hoặc xã trong danh mục")
    return line


def _repeated(first: _Line, _line: _Line) -> tuple[str, str, str, str]:
    return (
        "Mã nhiệm vụ", f"nhiệm vụ đã có ở dòng {first.row}", "mỗi đơn vị và nhiệm vụ một dòng",
        "Xoá dòng thừa rồi nộp lại tệp.",
    )  # fmt: skip


def _frame(lines: Sequence[_Line], file: OpenFile) -> pl.DataFrame:
    rows = [
        {
            "submission_id": file.sha256, "sheet": line.sheet, "row": line.row,
            "era": line.unit.era, "unit_code": line.unit.code, "period": file.identity.period,
            "duty_id": line.duty_id, "owner_role": duty_owners()[str(line.duty_id)],
            "duty_status": line.status, "evidence": line.evidence, "due_date": line.due_date,
        }
        for line in lines
    ]  # fmt: skip
    return CORE_DUTY__STATUS.conform(pl.DataFrame(rows, infer_schema_length=None))


@cache
def _statuses() -> dict[str, str]:
    return {
        fold(word): status
        for status, words in value_words()["duty_status"].words.items()
        for word in words
    }
