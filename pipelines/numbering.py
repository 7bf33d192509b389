"""The numbering row under a header ("(1) (2)", "A B 1 2", "20=9/1*100"), and columns that only it tells."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipelines.headings import Heading, Headings
from reference.analysis_forms import ANALYSIS_FORMS
from reference.loading import form_layout

NUMBER_CELL = re.compile(r"\(?\d+([.,/]\d+)*\)?")
NUMBERING_CELL = re.compile(r"\(?\s*(\d{1,2}|[A-Za-zĐđ])\s*\)?(\s*=.*)?")
TextRow = tuple[str | None, ...]


def numbering_rows(head: Sequence[TextRow], last: int) -> int:
    """Rows from the header down to its numbering row, 0 without one."""
    for distance, row in enumerate(head[last + 1 : last + 4], start=1):
        cells = [cell for cell in row if cell]
        if len(cells) > 1 and all(NUMBERING_CELL.fullmatch(cell) for cell in cells):
            return distance
        if any(cell and NUMBER_CELL.fullmatch(cell) for cell in row):
            return 0
    return 0


def with_numbered(form: str, headings: Headings, head: Sequence[TextRow]) -> Headings:
    """``headings`` with the columns of forms 4 to 13 that their numbers tell and their words do not.

    ``head`` is the header with its numbering row. The wording of these forms is not confirmed, their
    numbers are. A row that numbers a column otherwise than its words do is not the form's: it tells nothing.
    """
    if form not in ANALYSIS_FORMS:
        return headings
    numbers = _numbers(head[-1])
    of_column = {column.name: column.number for column in form_layout(form).columns}
    told = {heading.index: of_column[heading.column] for heading in headings.found}
    if any(told.get(index, number) != number for index, number in numbers.items()):
        return headings
    names = {number: name for name, number in of_column.items() if number is not None}
    known = {heading.column for heading in headings.found}
    added = [
        Heading(index, name, _text(head[:-1], index) or f"cột {number}")
        for index, number in numbers.items()
        if index not in told and (name := names.get(number)) and name not in known
    ]
    if not added:
        return headings
    return replace(
        headings,
        found=tuple(sorted((*headings.found, *added), key=lambda heading: heading.index)),
        by_number=frozenset(heading.column for heading in added),
    )


def _numbers(row: TextRow) -> dict[int, int]:
    """Number by place of the column; a number that stands there twice tells nothing."""
    found = {
        index: int(match[1])
        for index, cell in enumerate(row)
        if cell and (match := NUMBERING_CELL.fullmatch(cell)) and match[1].isdigit()
    }
    times = Counter(found.values())
    return {index: number for index, number in found.items() if times[number] == 1}


def _text(head: Sequence[TextRow], index: int) -> str | None:
    """The lowest header cell that stands over a column."""
    texts = (row[index] for row in reversed(head) if index < len(row))
    return next((" ".join(text.split()) for text in texts if text), None)
