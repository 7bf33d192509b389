"""A report before it is a file: sections of sentences and tables. Every writer writes the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.report_content import ReportContent, Row

_WIDEST = 42
_NARROW, _NARROWEST = 10, 8
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
    ``header`` is then the numbering row below them.
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bold: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset({0})
    heads: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def weights(self) -> tuple[int, ...]:
        """How wide the columns are against each other: their longest text, within bounds."""
        found = []
        for place, head in enumerate(self.header):
            # A header may break over two or three lines, a figure should not break.
            is_text = place in self.left
            longest = max((_room(row[place], is_text) for row in self.rows), default=0)
            if self.heads:
                fewest = _NARROW if place else _NARROWEST
                found.append(min(max(longest + 4, fewest), _WIDEST // 2))
            else:
                fewest = _NARROWEST if max(longest, len(head)) < _NARROWEST // 2 else 13
                found.append(min(max(longest + 3, len(head) // 2, fewest), _WIDEST))
        return tuple(found)


def _room(text: str, is_text: bool) -> int:
    """Characters of a line the cell needs: words without a figure may stand on two lines."""
    if is_text or " " not in text:
        return len(text)
    if not any(each.isdigit() for each in text):
        return len(text) // 2 + 2
    return min(len(text), max(_UNBROKEN, len(text) * 2 // 3))


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
