"""A report before it is a file: sections of sentences and tables. Every writer writes the same one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.report_content import ReportContent, Row

_WIDEST, _LONG = 42, 60
"""A column may be as wide; one with a text longer than the second keeps that width when room is short."""
_NARROW, _NARROWEST = 10, 9
_LINE, _SHORT, _SMALLEST = 105, 11, 7
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
    """

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bold: frozenset[int] = frozenset()
    left: frozenset[int] = frozenset({0})
    heads: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()
    together: int = 1

    @property
    def weights(self) -> tuple[int, ...]:
        """How wide the columns are against each other: their longest text, within bounds."""
        found = []
        for place, head in enumerate(self.header):
            # A header may break over two or three lines, a figure should not break.
            cells = [row[place] for row in self.rows]
            if place not in self.left:
                cells = [_line_of(cell, is_narrow=bool(self.heads)) for cell in cells]
            longest = max(map(len, cells), default=0)
            if self.heads:
                fewest = _NARROW if place else _NARROWEST
                found.append(min(max(longest + 4, fewest), _WIDEST // 2))
            else:
                fewest = _NARROWEST if max(longest, len(head)) < _NARROWEST // 2 else 13
                found.append(min(max(longest + 3, len(head) // 2, fewest), _WIDEST))
        return tuple(found) if self.heads else self._within_a_line(found)

    def _within_a_line(self, asked: Sequence[int]) -> tuple[int, ...]:
        """Where a line has not room for all, columns give way to the longest word in each: long texts last."""
        words, longest = [], []
        for place in range(len(asked)):
            cells = [row[place] for row in self.rows]
            longest_word = max(map(_word, [*cells, self.header[place]]), default=0)
            words.append(max(3 + longest_word, _SMALLEST))
            longest.append(max(map(len, cells), default=0))
        widths = list(asked)
        for may_give in ([each <= _LONG for each in longest], [True] * len(widths)):
            fewest = [
                min(width, word) if gives else width
                for width, word, gives in zip(widths, words, may_give, strict=True)
            ]
            widths = _narrowed(widths, fewest)
        return tuple(widths)


def _narrowed(asked: Sequence[int], fewest: Sequence[int]) -> list[int]:
    """Widths between those asked for and the fewest, each giving the same share of what it can, to fill a line."""
    too_much, spare = sum(asked) - _LINE, sum(asked) - sum(fewest)
    if too_much <= 0 or spare == 0:
        return list(asked)
    share = min(too_much / spare, 1)
    return [
        round(width - share * (width - least)) for width, least in zip(asked, fewest, strict=True)
    ]


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
