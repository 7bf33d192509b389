"""Remarks on rows, collected as frames while many files are read at once, and told file by file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from pipelines.identity_number import shape
from pipelines.layout import SheetTable
from pipelines.reasons import ASK, ASK_COMMUNE, FIX_CELL, Kind, Reason
from reference.loading import form_layout

_LONGEST_FOUND = 200
_LONGEST_NAME = 6
_QUOTED = re.compile(r"“([^“”]+)”")
_UNIT_WORDS = ("xã", "phường", "thị", "huyện", "quận", "thành", "tỉnh", "tp", "tt")
_LIKE_A_NUMBER = re.compile(r"\d{9}")
_SCHEMA: dict[str, pl.DataType] = {
    "table": pl.Int64(),
    "row": pl.Int64(),
    "column": pl.String(),
    "kind": pl.String(),
    "found": pl.String(),
    "expected": pl.String(),
    "todo": pl.String(),
}


def remark(
    rows: pl.DataFrame,
    where: pl.Expr,
    *,
    kind: Kind,
    column: str | None,
    found: pl.Expr | str | None,
    expected: pl.Expr | str,
    todo: pl.Expr | str,
) -> pl.DataFrame:
    """One remark for each of ``rows`` (columns ``table``, ``row``) where the condition is true.

    ``column`` is canonical; it becomes the header text of the sheet in :func:`tell`. With several
    ("identity_number|household_code") the first that the sheet has counts.
    """
    found_here = (
        rows.lazy()
        .filter(where.fill_null(False))
        .select(
            "table",
            pl.col("row").cast(pl.Int64),
            column=pl.lit(column, pl.String),
            kind=pl.lit(kind),
            found=_text(found),
            expected=_text(expected),
            todo=_text(todo),
        )
    )
    return found_here.collect()


def rejected_rows(remarks: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The (table, row) of every row that some remark rejects."""
    return together(remarks).filter(kind="rejected").select("table", "row").unique()


def together(remarks: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All remarks in one frame."""
    return pl.concat([pl.DataFrame(schema=_SCHEMA), *remarks])


def tell(
    remarks: Iterable[pl.DataFrame],
    tables: Sequence[SheetTable],
    files: Mapping[int, int],
) -> dict[int, list[Reason]]:
    """Reasons by file, in the order of sheets and rows; ``files`` gives the file of a table.

    What is asked about a row that goes back for something else is to be mended at once, too.
    """
    told: dict[int, list[Reason]] = defaultdict(list)
    sent_back = set(rejected_rows(remarks := list(remarks)).iter_rows())
    for table, row, column, kind, found, expected, todo in (
        together(remarks).sort("table", "row", maintain_order=True).iter_rows()
    ):
        sheet = tables[table]
        shown = found and impersonal(found)
        is_loaded = (table, row) not in sent_back
        to_do = todo if is_loaded or todo not in (ASK, ASK_COMMUNE) else FIX_CELL
        told[files[table]].append(
            Reason(sheet.name, row, _heading(sheet, column), kind, shown, expected, to_do)
        )
    return told


def impersonal(found: str) -> str:
    """What was found, cut short; its shape only where a name or number of a person slipped in.

    A row that was typed one column too far has a name where a class or a commune should stand.
    """
    found = _QUOTED.sub(_unless_a_name, found)
    words = found.split()
    is_like_a_name = 1 < len(words) <= _LONGEST_NAME and all(
        word.isalpha() and word[0].isupper() for word in words
    )
    is_class = "nghèo" in found.lower()
    if (is_like_a_name and not is_class) or _LIKE_A_NUMBER.search(found):
        return shape(found)
    return found[:_LONGEST_FOUND]


def _unless_a_name(quoted: re.Match[str]) -> str:
    """The quotation, or its shape where it is three words and more that may well be a person's name."""
    words = quoted[1].split()
    is_like_a_name = 3 <= len(words) <= _LONGEST_NAME and all(
        word.isalpha() and word[0].isupper() for word in words
    )
    if is_like_a_name and words[0].lower() not in _UNIT_WORDS:
        return f"“{shape(quoted[1])}”"
    return quoted[0]


def _heading(sheet: SheetTable, column: str | None) -> str | None:
    """The header text as the sheet has it, else as the official form writes it."""
    if column is None:
        return None
    alternatives = column.split("|")
    column = next((each for each in alternatives if each in sheet.columns), alternatives[0])
    if column in sheet.columns:
        return sheet.heading(column)
    if sheet.header is None:
        return column
    known = {c.name: c.headers[0] for c in form_layout(sheet.header.form).columns}
    words = known.get(column, column)
    return words[:1].upper() + words[1:]


def _text(value: pl.Expr | str | None) -> pl.Expr:
    return value.cast(pl.String) if isinstance(value, pl.Expr) else pl.lit(value, pl.String)
