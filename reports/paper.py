"""A report before it is a file: sections of sentences and tables. Every writer writes the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.column_widths import fewest_lines, lines_in, width_for
from reports.report_content import ReportContent, Row

_NARROW, _NARROWEST = 10, 9
_LINE, _SHORT, _SMALLEST = 105, 11, 7
_SHORT_TABLE, _TALLEST = 16, 30
"""Lines of a table that stays whole, and of a cell."""
_UNBROKEN = 21
"""A cell of figures as long as this stays on one line; a longer one may break."""


@dataclass(frozen=True)
class Sentence:
    """A sentence and the rows of ``result__estimate`` that it was made from."""

    text: str
    figures: tuple[Row, ...]


@dataclass(frozen=True)
class TextTable:
    """A table as it is printed; ``bold`` are places of total rows, ``left`` columns of text.

    ``heads`` are the header cells of each column from above, where there is more than one over another;
    ``header`` is then the numbering row below them. So many rows from the first on stay ``together``: those of one unit.
    A ``line`` of the page has room for so many characters.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bold: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset({0})
    heads: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    together: int = 1
    line: int = _LINE

    @property
    def weights(self) -> tuple[int, ...]:
        """How wide the columns are against each other: their longest text, within bounds."""
        found, widest = [], self.line * 2 // 5
        for place, head in enumerate(self.header):
            # A header may break over two or three lines, a figure should not break.
            cells = [row[place] for row in self.rows]
            if place not in self.left:
                cells = [_line_of(cell, is_narrow=bool(self.heads)) for cell in cells]
            longest = max(map(len, cells), default=0)
            if self.heads:
                fewest = _NARROW if place else _NARROWEST
                found.append(min(max(longest + 4, fewest), widest // 2))
            else:
                fewest = _NARROWEST if max(longest, len(head)) < _NARROWEST // 2 else 13
                found.append(min(max(longest + 3, len(head) // 2, fewest), widest))
        return tuple(found) if self.heads else self._within_a_line(found)

    def _within_a_line(self, asked: Sequence[int]) -> tuple[int, ...]:
        """Where a line has not room for all, the widths of the fewest lines; none less than its longest word."""
        if sum(asked) <= self.line:
            return tuple(asked)
        columns = [[head, *cells] for head, *cells in zip(self.header, *self.rows, strict=True)]
        words = [
            max(3 + max(map(_word, column)), _SMALLEST, width_for(max(map(len, column)), _TALLEST))
            for column in columns
        ]
        fewest = [min(width, word) for width, word in zip(asked, words, strict=True)]
        return fewest_lines(columns, fewest, asked, self.line)

    @property
    def is_short(self) -> bool:
        """Whether it is so few lines high that it stays whole on a page."""
        total = max(sum(self.weights), self.line)
        widths = [round(self.line * weight / total) for weight in self.weights]
        return sum(max(map(lines_in, row, widths)) for row in self.rows) <= _SHORT_TABLE


def _word(text: str) -> int:
    """The longest piece of a cell that does not break; a short figure keeps its unit beside it."""
    if len(text) <= _SHORT:
        return len(text)
    return max((len(word) for word in text.split()), default=0)


def _line_of(text: str, *, is_narrow: bool) -> str:
    """As much of a cell as must stand on one line: long ones may break, in a narrow table words earlier."""
    if " " not in text or len(text) <= _SHORT:
        return text
    if any(each.isdigit() for each in text):
        return text[: max(_UNBROKEN, len(text) * 2 // 3)]
    return text[: len(text) // 2 + 2] if is_narrow else text


@dataclass(frozen=True)
class Section:
    """A part of the report under one heading."""

    title: str
    sentences: Sequence[Sentence]
    tables: Sequence[TextTable] = ()
    is_list: bool = False


@dataclass(frozen=True)
class Paper:
    """A report: its subject, its numbered sections, its annexes (tables on landscape pages)."""

    content: ReportContent
    subject: str
    sections: tuple[Section, ...]
    annexes: tuple[TextTable, ...] = ()

    def numbered(self) -> Iterator[tuple[str, Section]]:
        """Each section with its heading: ``1. Kết quả rà soát``."""
        for number, section in enumerate(self.sections, start=1):
            yield f"{number}. {section.title}", section

    def sentences(self) -> list[Sentence]:
        """Every sentence, in order."""
        return [sentence for section in self.sections for sentence in section.sentences]
