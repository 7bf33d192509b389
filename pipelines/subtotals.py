"""Totals that clerks write between the rows, counted again: a difference is a question."""

import re
from collections.abc import Sequence

import polars as pl

from pipelines.remarks import remark, together
from pipelines.text import fold

_HOUSEHOLDS = re.compile(r"(\d[\d.]*)\s*hộ(?!\s*(?:nghèo|cận|không|khẩu))")


def check_subtotals(rows: pl.DataFrame, *, persons: str) -> list[pl.DataFrame]:
    """Questions on subtotal rows whose households or persons are not those of the rows above.

    Needs ``file, table, row, kind, label`` and ``persons`` (Int64, also on subtotal rows). A total
    may be of the rows since the last heading, since the last total, of the sheet, of the sheets up
    to here or of the file: it is wrong only when it fits none of them.
    """
    remarks = []
    marked = rows.filter(pl.col("kind") == "subtotal")
    for file in marked["file"].unique().to_list():
        remarks += _check_file(rows.filter(file=file), persons)
    return [together(remarks)]


def _check_file(rows: pl.DataFrame, persons: str) -> list[pl.DataFrame]:
    cells = rows.select("table", "row", "kind", "label", persons).rows()
    remarks = []
    for place, (table, row, kind, label, written_persons) in enumerate(cells):
        if kind != "subtotal":
            continue
        scopes = _scopes(cells, place)
        counts = [len(scope) for scope in scopes]
        match = _HOUSEHOLDS.search(fold(label or ""))
        if match and int(match[1].replace(".", "")) not in counts:
            remarks.append(_ask(rows, table, row, None, f"ghi {match[1]} hộ", counts, "hộ"))
        sums = [sum(scope) for scope in scopes if None not in scope]
        if written_persons is not None and sums and written_persons not in sums:
            found = f"ghi {written_persons} nhân khẩu"
            remarks.append(_ask(rows, table, row, "member_count", found, sums, "nhân khẩu"))
    return remarks


def _scopes(cells: Sequence[tuple[int, int, str, str, int | None]], place: int) -> list[list[int]]:
    """Persons of the data rows that the total at ``place`` may stand for, the nearest first."""
    table = cells[place][0]
    since_heading: list[int | None] = []
    since_total: list[int | None] = []
    heading_seen = total_seen = False
    for other_table, _, kind, _, value in reversed(cells[:place]):
        if other_table != table:
            break
        total_seen = total_seen or kind == "subtotal"
        heading_seen = heading_seen or kind == "village"
        if kind == "data":
            if not total_seen:
                since_total.append(value)
            if not heading_seen:
                since_heading.append(value)
    sheet = [value for t, _, kind, _, value in cells if kind == "data" and t == table]
    so_far = [value for *_, kind, _, value in cells[:place] if kind == "data"]
    file = [value for *_, kind, _, value in cells if kind == "data"]
    return [since_heading, since_total, sheet, so_far, file]  # type: ignore[list-item]


def _ask(
    rows: pl.DataFrame, table: int, row: int, column: str | None, found: str,
    counted: Sequence[int], unit: str,
) -> pl.DataFrame:  # fmt: skip
    here = rows.filter(table=table, row=row)
    return remark(here, pl.lit(True), kind="question", column=column, found=found,
                  expected=f"cộng các dòng được {counted[0]} {unit}",
                  todo="Kiểm tra dòng cộng và các dòng ở trên; từng hộ được giữ như đã ghi.")  # fmt: skip
