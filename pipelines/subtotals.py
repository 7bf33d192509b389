"""Totals that clerks write between the rows, counted again: a difference is a question."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.remarks import remark
from pipelines.text import fold

_HOUSEHOLDS = re.compile(r"(\d[\d.]*)\s*hộ(?!\s*(?:nghèo|cận|không|khẩu))")


@dataclass
class Scope:
    """The data rows that a total can stand for: how many, and their persons (null = unknown)."""

    households: int = 0
    persons: int | None = 0

    def add(self, persons: int | None) -> None:
        """One more data row."""
        self.households += 1
        if self.persons is None or persons is None:
            self.persons = None
        else:
            self.persons += persons


def check_subtotals(rows: pl.DataFrame, *, persons: str) -> list[pl.DataFrame]:
    """Questions on subtotal rows whose households or persons are not those of the rows above.

    Needs ``file, table, row, kind, label`` and ``persons`` (Int64, also on subtotal rows). A total
    may be of the rows since the last heading, since the last total, of the sheet, of the sheets up
    to here or of the file: it is wrong only when it fits none of them.
    """
    with_totals = rows.filter((pl.col("kind") == "subtotal").any().over("file"))
    cells = with_totals.select("file", "table", "row", "kind", "label", persons).rows()
    files, sheets = defaultdict[int, Scope](Scope), defaultdict[int, Scope](Scope)
    for file, table, _, kind, _, count in cells:
        if kind == "data":
            files[file].add(count)
            sheets[table].add(count)
    remarks = []
    so_far = since_heading = since_total = Scope()
    last_file = last_table = None
    for file, table, row, kind, label, count in cells:
        if table != last_table:
            since_heading, since_total = Scope(), Scope()
            so_far = so_far if file == last_file else Scope()
            last_file, last_table = file, table
        if kind == "data":
            for scope in (so_far, since_heading, since_total):
                scope.add(count)
        elif kind == "village":
            since_heading = Scope()
        elif kind == "subtotal":
            scopes = (since_heading, since_total, sheets[table], so_far, files[file])
            remarks += _compare(with_totals, (table, row), label, count, scopes)
            since_total = Scope()
    return remarks


def _compare(
    rows: pl.DataFrame, place: tuple[int, int], label: str | None, persons: int | None,
    scopes: Sequence[Scope],
) -> list[pl.DataFrame]:  # fmt: skip
    """What a total says of households and persons against the rows it can stand for."""
    remarks = []
    match = _HOUSEHOLDS.search(fold(label or ""))
    counts = [scope.households for scope in scopes]
    if match and int(match[1].replace(".", "")) not in counts:
        remarks.append(_ask(rows, place, None, f"ghi {match[1]} hộ", counts, "hộ"))
    sums = [scope.persons for scope in scopes if scope.persons is not None]
    if persons is not None and sums and persons not in sums:
        found = f"ghi {persons} nhân khẩu"
        remarks.append(_ask(rows, place, "member_count", found, sums, "nhân khẩu"))
    return remarks


def _ask(
    rows: pl.DataFrame, place: tuple[int, int], column: str | None, found: str,
    counted: Sequence[int], unit: str,
) -> pl.DataFrame:  # fmt: skip
    here = rows.filter(table=place[0], row=place[1])
    return remark(here, pl.lit(True), kind="question", column=column, found=found,
                  expected=f"cộng các dòng được {counted[0]} {unit}",
                  todo="Kiểm tra dòng cộng và các dòng ở trên; từng hộ được giữ như đã ghi.")  # fmt: skip
