"""``cli.py estimates``: the very numbers that the pages show."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import polars as pl
from rich.console import Console
from rich.table import Table

from commands.terminal import complain, print_json
from measures.catalogue import cards
from measures.definition import GROUPINGS
from reference.form_definitions import STATUS_VI
from reference.loading import standards
from reference.periods import PeriodError, last_day
from warehouse.door import ROLES, Door, Level, NothingPublished, Role, Viewer
from warehouse.geography import ERAS

LEVELS = ("province", "district", "commune")
FORMATS = ("table", "csv", "json")
SHORT_GROUPINGS = {
    "area": "area_type",
    "sex": "head_sex",
    "ethnicity": "head_ethnicity",
    "age": "head_age_band",
    "labour": "labour_capacity",
    "merit": "merit_member",
    "size": "household_size",
}
COLUMNS = (
    "measure",
    "period",
    "status",
    "standard_id",
    "era",
    "level",
    "unit_code",
    "unit_name",
    "group_by",
    "group",
    "value",
    "unit",
    "numerator",
    "denominator",
    "mark",
    "units_reported",
    "units_expected",
    "build_id",
)


_WIDTH, _NAME_WIDTH = 150, 24
"""Columns of text in a table that goes to a file or a narrow window: no name or figure is cut."""
_SHOWN = (
    "unit_code",
    "unit_name",
    "group",
    "value",
    "numerator",
    "denominator",
    "mark",
    "units_reported",
    "units_expected",
)


@dataclass(frozen=True)
class Question:
    """What was typed after ``estimates``."""

    measure: str
    by: str | None
    period: str | None
    status: str | None
    standard: str | None
    era: str | None
    role: str


class BadQuestion(ValueError):
    """An argument that cannot be answered; the message says what is possible."""


def run(data: Path, question: Question, output: str) -> int:
    """0 when answered (also by no rows), 2 when the question cannot be asked."""
    try:
        _require(output, FORMATS, "dạng kết quả")
        rows = answer(data, question)
    except (BadQuestion, PeriodError, NothingPublished) as error:
        complain(str(error))
        return 2
    if output == "json":
        print_json(rows.to_dicts())
    elif output == "csv":
        sys.stdout.write(rows.write_csv())
    else:
        _print_table(rows)
    return 0


def answer(data: Path, question: Question) -> pl.DataFrame:
    """Rows in the public columns, one a unit (and group).

    Raises:
        BadQuestion: unknown measure, breakdown, era, status, standard or role.
        PeriodError: a period written otherwise.
        NothingPublished: no build.
    """
    _require(question.measure, cards(), "chỉ tiêu")
    _require(question.role, ROLES, "vai trò")
    for told, allowed, what in (
        (question.era, ERAS, "thời kỳ"),
        (question.status, STATUS_VI, "trạng thái số liệu"),
        (question.standard, standards(), "chuẩn nghèo"),
    ):
        if told is not None:
            _require(told, allowed, what)
    if question.period is not None:
        last_day(question.period)
    level, group_by = _breakdown(question.by, question.era)
    door = Door.open(data, Viewer(cast(Role, question.role)))
    period = question.period or door.newest_complete_period()
    if period is None:
        raise BadQuestion("Chưa có kỳ rà soát nào đủ số xã báo cáo: hãy nêu --period.")
    rows = door.estimates(
        [question.measure],
        level=level,
        periods=[period],
        group_by=group_by,
        status=question.status,
        standard=question.standard,
        era=question.era if level == "commune" else None,
    )
    return rows.select(COLUMNS)


def _breakdown(by: str | None, era: str | None) -> tuple[Level, str | None]:
    if by is None:
        return ("commune" if era else "province"), None
    if by in LEVELS:
        return cast(Level, by), None
    name = SHORT_GROUPINGS.get(by, by)
    _require(name, GROUPINGS, "cách phân tổ", [*LEVELS, *SHORT_GROUPINGS])
    return "province", name


def _require(value: str, allowed: object, what: str, shown: object = None) -> None:
    choices = list(allowed)  # type: ignore[call-overload]
    if value not in choices:
        listed = ", ".join(shown or choices)  # type: ignore[arg-type]
        raise BadQuestion(f"Không có {what} “{value}”. Chọn một trong: {listed}.")


def _print_table(rows: pl.DataFrame) -> None:
    """The columns a person reads; the other formats carry all of them."""
    title = "không có dòng nào"
    if rows.height:
        title = " · ".join(str(rows[name].first()) for name in ("measure", "period", "unit"))
    table = Table(title=title)
    for name in _SHOWN:
        is_name = name == "unit_name"
        table.add_column(name, no_wrap=not is_name, min_width=_NAME_WIDTH if is_name else None)
    for row in rows.select(_SHOWN).iter_rows():
        table.add_row(*(_cell(value) for value in row))
    Console(width=max(_WIDTH, Console().width)).print(table)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.12g}" if isinstance(value, float) else str(value)
