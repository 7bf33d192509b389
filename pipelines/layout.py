"""A sheet cut into title, header and rows: the header is found by its text, never by its place."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

import polars as pl

from pipelines.encoding_detection import decode_cells
from pipelines.headings import (
    Heading,
    Headings,
    heading_key,
    match_headings,
    title_keys,
    vocabulary,
)
from pipelines.legends import in_words, is_legend_row, legend_of
from pipelines.numbering import NUMBER_CELL, TextRow, numbering_rows, with_numbered
from pipelines.reading import Form
from pipelines.workbook import Cells, FormulaBlank, Sheet, column_letter
from reference.analysis_forms import ANALYSIS_FORMS
from reference.loading import FORMS, UNDER_TITLE, form_layout

HEAD_ROWS = 60
"""A header is looked for in this many rows with content."""
_HEADER_HEIGHT = 4
_FEW_CELLS = 6
_LEADS = frozenset({"stt", "tt", "số tt", "số thứ tự", "tỉnh tp", "tỉnh"})
"""What the first column of a header says; looked for in the first two columns."""
_LEAD_COLUMNS, _LONGEST_LEAD, _CLEAR_HEADER = 2, 12, 3


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a sheet, or the best that was found of one.

    ``first`` and ``last`` count rows with content from 0; ``last`` includes the numbering row.
    ``missing`` holds the required columns of ``form`` that were not found, ``doubled`` those that
    two columns of the sheet could be, ``by_number`` those that only the numbering row tells.
    """

    first: int
    last: int
    form: Form
    headings: tuple[Heading, ...]
    missing: tuple[str, ...]
    doubled: frozenset[str]
    by_number: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SheetTable:
    """One sheet after the header was found (``header`` is None where there is none).

    ``titles`` are the texts above the header, or of the whole sheet without one; ``head`` holds
    the header's rows, its numbering row included. ``body`` has the columns below (``c0`` …), as the
    workbook gives them, all text in Unicode NFC, ``numbers`` the row numbers there. ``head_count``
    counts the rows above the body.
    """

    name: str
    is_hidden: bool
    header: Header | None
    titles: tuple[str, ...]
    head: tuple[TextRow, ...]
    numbers: list[int]
    body: Cells
    head_count: int
    formula_blanks: tuple[FormulaBlank, ...]

    @cached_property
    def columns(self) -> Mapping[str, Heading]:
        """The columns of the form that the sheet has, by canonical name."""
        return {h.column: h for h in self.header.headings} if self.header else {}

    @property
    def height(self) -> int:
        """Rows of the body."""
        return len(self.numbers)

    def heading(self, column: str) -> str:
        """Header text of a canonical column, as the sheet writes it."""
        found = self.columns.get(column)
        return found.text if found else column

    def cells(self, column: str) -> list[str | None]:
        """What stands in a canonical column below the header; empty without that column."""
        found = self.columns.get(column)
        return self.body[f"c{found.index}"] if found else []

    def distinct(self, column: str) -> set[str]:
        """The different contents of a canonical column."""
        return {cell for cell in self.cells(column) if cell is not None}


def cut_sheet(sheet: Sheet) -> list[SheetTable]:
    """The tables of one sheet, one under the other: title, header and rows of each.

    Mostly there is one. A second header with other columns begins a second table.
    """
    cells, _ = decode_cells(sheet.cells, sheet.contents)
    height = len(sheet.numbers)
    tables: list[SheetTable] = []
    begin = 0
    while begin < height:
        head = list(
            zip(*(column[begin : begin + HEAD_ROWS] for column in cells.values()), strict=True)
        )
        header = find_header(head, sheet.name)
        start = begin + header.last + 1 if header else height
        header_rows = tuple(head[header.first : header.last + 1]) if header else ()
        end = _next_header(cells, start, header_rows)
        body = slice(start if header else begin, end)
        tables.append(
            SheetTable(
                name=sheet.name,
                is_hidden=sheet.is_hidden,
                header=header,
                titles=_texts(head[: header.first] if header else head),
                head=header_rows,
                numbers=sheet.numbers[body],
                body={name: column[body] for name, column in cells.items()},
                head_count=start - begin if header else 0,
                formula_blanks=_blanks_under(sheet, header) if not tables else (),
            )
        )
        begin = end
    return tables


def _next_header(cells: Cells, start: int, head: Sequence[TextRow]) -> int:
    """Place of the next row from ``start`` on that begins a header other than ``head``; else the end."""
    columns = list(cells.values())
    for place in sorted(
        row
        for column in columns[:_LEAD_COLUMNS]
        for row, text in enumerate(column[start:], start)
        if text is not None and len(text) < _LONGEST_LEAD and heading_key(text) in _LEADS
    ):
        row = tuple(column[place] for column in columns)
        if _known_cells(row) >= _CLEAR_HEADER and row not in head:
            return place
    return len(columns[0])


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
    titles = _titles_in(heading_key(" ".join((*_texts(head[:start]), sheet_name))))
    titled = tuple(form for form, title in zip(FORMS, titles, strict=True)
                   if title and form in ANALYSIS_FORMS)  # fmt: skip
    candidates = []
    for height in range(1, _block_height(head, start, titled) + 1):
        form, headings = _choose_form(tuple(head[start : start + height]), titles)
        missing = headings.missing(form)
        rank = (len(headings.found), -len(missing), -height)
        candidates.append((rank, height, form, headings, missing))
    _, height, form, headings, missing = max(candidates, key=lambda candidate: candidate[0])
    last = start + height - 1
    last += sum(1 for _ in takewhile(is_legend_row, head[last + 1 :]))
    if numbering := numbering_rows(head, last):
        last += numbering
        headings = with_numbered(form, headings, head[start : last + 1])
        missing = headings.missing(form)
    if len(headings.found) < max(2, len(missing) + 1):
        return None
    by_number = headings.by_number
    return Header(start, last, form, headings.found, missing, headings.doubled, by_number)


def _block_height(head: Sequence[TextRow], start: int, titled: tuple[Form, ...]) -> int:
    height = 1
    for row in head[start + 1 : start + _HEADER_HEIGHT]:
        is_numbered = any(cell and NUMBER_CELL.fullmatch(cell) for cell in row)
        if is_numbered or not _known_cells(row, titled):
            break
        height += 1
    return height


@lru_cache(maxsize=1_024)
def _known_cells(row: TextRow, titled: tuple[Form, ...] = ()) -> int:
    known = vocabulary(titled)
    return sum(heading_key(cell) in known for cell in row if cell and len(cell) < 120)


def _titles_in(above: str) -> tuple[int, ...]:
    """Length of the longest title of each of ``FORMS`` that stands in the text above a header, 0 without one."""
    return tuple(next((len(key) for key in title_keys(form) if key in above), 0) for form in FORMS)


@lru_cache(maxsize=1_024)
def _choose_form(rows: tuple[TextRow, ...], titles: tuple[int, ...]) -> tuple[Form, Headings]:
    """Form and its columns for a header under a title.

    A form with all required columns comes before one without; then the longest title that stands
    above decides, then the number of columns. A titled form is only looked for under its title.
    """
    ranked = []
    for place, (form, title) in enumerate(zip(FORMS, titles, strict=True)):
        if not title and form in UNDER_TITLE:
            continue
        headings = match_headings(form, rows)
        rank = (not headings.missing(form), title, len(headings.found), -place)
        ranked.append((rank, form, headings))
    _, form, headings = max(ranked, key=lambda candidate: candidate[0])
    return form, headings


def _texts(rows: Sequence[TextRow]) -> tuple[str, ...]:
    return tuple(cell for row in rows for cell in row if cell)


def canonical_rows(body: pl.DataFrame, table: SheetTable) -> pl.DataFrame:
    """Rows under one header with the columns of its form.

    ``body`` holds the rows of one or more sheets with the same header as ``table``. Kept are its
    columns that are no cells; added are the canonical columns (String), ``first_text`` (the
    leftmost cell), ``line`` (all cells of a row with few of them, else null), ``filled`` (number of
    cells) and ``is_header`` (the header once more, as printed on each page).
    """
    columns = [name for name in body.columns if name[0] == "c" and name[1:].isdigit()]
    others = [name for name in body.columns if name not in columns]
    texts = pl.col(columns)
    filled = pl.sum_horizontal(texts.is_not_null())
    line = pl.concat_str(texts, separator=" ", ignore_nulls=True)
    return body.select(
        *others,
        *(_cells_under(table, h).alias(h.column) for h in table.columns.values()),
        pl.coalesce(texts).alias("first_text"),
        pl.when(filled <= _FEW_CELLS).then(line).alias("line"),
        filled.cast(pl.Int64).alias("filled"),
        _is_header_copy(body, columns, table.head).alias("is_header"),
    )


def _cells_under(table: SheetTable, heading: Heading) -> pl.Expr:
    """The cells of a column; codes that its header explains otherwise than the form stand in words."""
    cells = pl.col(f"c{heading.index}")
    if table.header is None or ":" in heading.column:
        return cells
    column = form_layout(table.header.form).column(heading.column)
    if column.values is None or column.several:
        return cells
    header = [text for row in table.head if (text := row[heading.index])]
    return in_words(cells, legend_of(header, column.values))


def _is_header_copy(body: pl.DataFrame, columns: list[str], head: Sequence[TextRow]) -> pl.Expr:
    """Rows whose every cell stands in the header above it."""
    words = {
        name: {row[place] for row in head if place < len(row) and row[place]}
        for place, name in enumerate(columns)
    }
    lead = max(words, key=lambda name: max((len(word or "") for word in words[name]), default=0))
    if words[lead].isdisjoint(body[lead].to_list()):
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
