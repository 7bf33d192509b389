"""A sheet cut into title, header and rows: the header is found by its text, never by its place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from pipelines.encoding_detection import decode_frame
from pipelines.headings import (
    Heading,
    heading_key,
    match_headings,
    required_columns,
    title_keys,
    vocabulary,
)
from pipelines.workbook import FormulaBlank, Sheet, column_letter
from reference.loading import FORMS

HEAD_ROWS = 60
"""A header is looked for in this many rows with content."""
_HEADER_HEIGHT = 4
_NUMBER_CELL = re.compile(r"\(?\d+([.,/]\d+)*\)?")
_NUMBERING_CELL = re.compile(r"\(?\s*(\d{1,2}|[A-Za-zĐđ])\s*\)?(\s*=.*)?")
TextRow = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet, or the best that was found of one.

    ``first`` and ``last`` count rows with content from 0; ``last`` includes the numbering row.
    ``missing`` holds the required columns of ``form`` that were not found.
    """

    first: int
    last: int
    form: str
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet after the header was found (``header`` is None where there is none).

    ``titles`` are the texts above the header, or of the whole sheet without one. ``rows`` has one
    row a sheet row below the header: ``row`` (number the spreadsheet shows), the columns of the
    form that were found (String), ``first_text`` (the leftmost cell), ``line`` (all cells of a row
    with few cells, else null), ``filled`` (number of cells with content), ``is_header`` (a copy of
    the header between the rows). ``head_count`` counts the rows above ``rows``.
    """

    name: str
    is_hidden: bool
    header: Header | None
    titles: tuple[str, ...]
    rows: pl.DataFrame
    head_count: int
    encodings: tuple[str, ...]
    formula_blanks: tuple[FormulaBlank, ...]

    def heading(self, column: str) -> str:
        """Header text of a canonical column, as the sheet writes it."""
        found = (h.text for h in self.header.headings if h.column == column) if self.header else ()
        return " ".join(next(iter(found), column).split())

    @property
    def columns(self) -> frozenset[str]:
        """Canonical columns that the sheet has."""
        return frozenset(h.column for h in self.header.headings) if self.header else frozenset()


def cut_sheet(sheet: Sheet) -> SheetTable:
    """Title, header and rows of one sheet, all text in Unicode NFC."""
    cells, encodings = decode_frame(sheet.rows)
    columns = [name for name in cells.columns if name != "row"]
    head = [tuple(row) for row in cells.head(HEAD_ROWS).select(columns).iter_rows()]
    header = find_header(head, sheet.name)
    if header is None:
        titles, body, start = _texts(head), cells.clear(), cells.height
    else:
        titles, start = _texts(head[: header.first]), header.last + 1
        body = cells.slice(start)
    return SheetTable(
        name=sheet.name,
        is_hidden=sheet.is_hidden,
        header=header,
        titles=titles,
        rows=_canonical(body, columns, header, head),
        head_count=start,
        encodings=tuple(sorted(set(encodings.values()))),
        formula_blanks=_blanks_under(sheet, header),
    )


def find_header(head: Sequence[TextRow], sheet_name: str) -> Header | None:
    """The first block of rows that reads as the header of a known form.

    A block is one to four rows of which each has a cell that some form knows and none has a
    number. Of its heights the one with the most columns counts.
    """
    for start in _block_starts(head):
        found = _best_header(head, start, sheet_name)
        if found:
            return found
    return None


def _block_starts(head: Sequence[TextRow]) -> Iterator[int]:
    for place, row in enumerate(head):
        if _known_cells(row) >= 2:
            yield place - 1 if place and _known_cells(head[place - 1]) else place


def _best_header(head: Sequence[TextRow], start: int, sheet_name: str) -> Header | None:
    above = heading_key(" ".join((*_texts(head[:start]), sheet_name)))
    best: tuple[int, str, tuple[Heading, ...], tuple[str, ...], int] | None = None
    for height in range(1, _block_height(head, start) + 1):
        form, headings, missing = _choose_form(tuple(head[start : start + height]), above)
        if best is None or (len(headings), -len(missing)) > (best[0], -len(best[3])):
            best = (len(headings), form, headings, missing, height)
    if best is None or best[0] < 2 or best[0] - len(best[3]) < 1:
        return None
    last = start + best[4] - 1
    return Header(start, last + _numbering_rows(head, last), best[1], best[2], best[3])


def _block_height(head: Sequence[TextRow], start: int) -> int:
    height = 1
    for row in head[start + 1 : start + _HEADER_HEIGHT]:
        if not _known_cells(row) or any(cell and _NUMBER_CELL.fullmatch(cell) for cell in row):
            break
        height += 1
    return height


def _known_cells(row: TextRow) -> int:
    return sum(heading_key(cell) in vocabulary() for cell in row if cell and len(cell) < 120)


def _choose_form(
    rows: tuple[TextRow, ...], above: str
) -> tuple[str, tuple[Heading, ...], tuple[str, ...]]:
    """Form, its columns and its missing required columns for a header under a title.

    A form with all required columns comes before one without; then the longest title that stands
    above decides, then the number of columns.
    """
    ranked = []
    for place, form in enumerate(FORMS):
        headings = match_headings(form, rows)
        missing = required_columns(form) - {heading.column for heading in headings}
        title = next((len(key) for key in title_keys(form) if key in above), 0)
        rank = (not missing, title, len(headings), -place)
        ranked.append((rank, form, headings, tuple(sorted(missing))))
    _, form, headings, missing_columns = max(ranked, key=lambda candidate: candidate[0])
    return form, headings, missing_columns


def _numbering_rows(head: Sequence[TextRow], last: int) -> int:
    """Rows from the header down to its numbering row ("(1) (2)", "A B 1 2"), 0 without one."""
    for distance, row in enumerate(head[last + 1 : last + 4], start=1):
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and all(_NUMBERING_CELL.fullmatch(cell) for cell in cells):
            return distance
        if any(cell and _NUMBER_CELL.fullmatch(cell) for cell in row):
            return 0
    return 0


def _texts(rows: Sequence[TextRow]) -> tuple[str, ...]:
    return tuple(cell for row in rows for cell in row if cell)


def _canonical(
    body: pl.DataFrame, columns: list[str], header: Header | None, head: Sequence[TextRow]
) -> pl.DataFrame:
    texts = pl.col(columns)
    filled = pl.sum_horizontal(texts.is_not_null()) if columns else pl.lit(0)
    headings = header.headings if header else ()
    line = pl.concat_str(texts, separator=" ", ignore_nulls=True) if columns else pl.lit("")
    return body.select(
        pl.col("row").cast(pl.Int64),
        *(pl.col(columns[h.index]).alias(h.column) for h in headings),
        (pl.coalesce(texts) if columns else pl.lit("")).alias("first_text"),
        pl.when(filled <= 6).then(line).alias("line"),
        filled.cast(pl.Int64).alias("filled"),
        _is_header_copy(body, columns, header, head).alias("is_header"),
    )


def _is_header_copy(
    body: pl.DataFrame, columns: list[str], header: Header | None, head: Sequence[TextRow]
) -> pl.Expr:
    """Rows whose every cell stands in the header above it (a header printed again on each page)."""
    if header is None or not columns:
        return pl.lit(False)
    rows = head[header.first : header.last + 1]
    words = {name: {row[place] for row in rows if row[place]} for place, name in enumerate(columns)}
    lead = max(words, key=lambda name: max((len(word or "") for word in words[name]), default=0))
    if not body[lead].is_in(list(words[lead])).any():
        return pl.lit(False)
    return pl.all_horizontal(
        pl.col(name).is_null() | pl.col(name).is_in(list(words[name])) for name in columns
    )


def _blanks_under(sheet: Sheet, header: Header | None) -> tuple[FormulaBlank, ...]:
    """The formula cells without result that stand in a column of the form."""
    if header is None:
        return ()
    letters = {column_letter(heading.index) for heading in header.headings}
    return tuple(blank for blank in sheet.formula_blanks if blank.column in letters)
