"""The numbered columns of official forms 4 to 13 as tables that checks can join: what each cell must agree with."""

import re

import polars as pl

from reference.analysis_forms import ANALYSIS_FORMS, analysis_form
from reference.form_definitions import CellRule, FormColumn, FormDefinition, RowKind

_RATE = re.compile(r"\d+=(\d+)/(\d+)\*100")
_SCHEMA = {
    "form_number": pl.Int64(),
    "counted": pl.String(),
    "column_number": pl.Int64(),
    "label_vi": pl.String(),
    "is_rate": pl.Boolean(),
    "whole": pl.Int64(),
    "rate_part": pl.Int64(),
    "rate_whole": pl.Int64(),
    "measure": pl.String(),
    "told_by": pl.String(),
    "whole_measure": pl.String(),
}


def official_column() -> pl.DataFrame:
    """One row a form, what is counted and a column.

    Columns: ``label_vi`` ("Cột 3 - Dinh dưỡng"), ``is_rate``, ``whole`` (the column it is a part of),
    ``rate_part`` and ``rate_whole`` (columns of the formula that the form prints), and what our lists say:
    ``told_by`` value or numerator of ``measure``, a count out of ``whole_measure``.
    """
    rows = [
        _row(definition, kind, column)
        for definition in map(analysis_form, ANALYSIS_FORMS)
        for kind in definition.rows
        for column in definition.columns
    ]
    return pl.DataFrame(rows, schema=_SCHEMA)


def official_sum() -> pl.DataFrame:
    """One row a part of a column that is a sum: ``form_number, counted, column_number, part, part_count``."""
    rows = [
        (definition.number, kind, int(column.number), int(part), len(rule.sum))
        for definition in map(analysis_form, ANALYSIS_FORMS)
        for column in definition.columns
        for kind, rule in column.cells.items()
        for part in rule.sum
    ]
    names = ("form_number", "counted", "column_number", "part", "part_count")
    schema = {name: pl.String() if name == "counted" else pl.Int64() for name in names}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _row(definition: FormDefinition, kind: RowKind, column: FormColumn) -> dict[str, object]:
    rule = column.cells[kind]
    rate = _RATE.fullmatch(column.shown or "")
    return {
        "form_number": definition.number,
        "counted": kind,
        "column_number": int(column.number),
        "label_vi": f"Cột {column.number} - {column.heads[-1]}",
        "is_rate": column.unit == "pct",
        "whole": _whole(definition, kind, rule),
        "rate_part": int(rate[1]) if rate else None,
        "rate_whole": int(rate[2]) if rate else None,
        "measure": rule.value or rule.numerator,
        "told_by": "value" if rule.value else "numerator" if rule.numerator else None,
        "whole_measure": rule.of,
    }


def _whole(definition: FormDefinition, kind: RowKind, rule: CellRule) -> int | None:
    """Number of the column that shows the figure a count is a part of."""
    wholes = [
        int(column.number)
        for column in definition.columns
        if rule.of is not None and column.cells[kind].value == rule.of
    ]
    return wholes[0] if wholes else None
