"""Codes that a header explains itself: "Khu vực (1: nông thôn; 2: thành thị)" goes before the official codes."""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from pipelines.coded_values import meaning
from pipelines.text import fold

_PAIR = re.compile(r"(?<![\d/.])(\d)\s*(?:[:=.)\-–]|là\b)\s*([^\d]+)")
_AROUND = " \t\n;,.:/()[]-–"


def legend_of(header: Sequence[str], values: str) -> Mapping[str, str]:
    """Codes to words, of a header that explains at least two and otherwise than the form does."""
    pairs = dict(_PAIR.findall(fold(" ".join(header))))
    words = {code: text.strip(_AROUND) for code, text in pairs.items()}
    known = {code: text for code, text in words.items() if any(meaning(values, text))}
    if len(known) < 2:
        return {}
    return {
        code: text for code, text in known.items()
        if meaning(values, code)[0] != meaning(values, text)[0]
    }  # fmt: skip


def is_legend_row(row: Sequence[str | None]) -> bool:
    """A row of a header that does nothing but explain codes."""
    cells = [cell for cell in row if cell]
    return bool(cells) and all(len(_PAIR.findall(fold(cell))) > 1 for cell in cells)


def in_words(cells: pl.Expr, legend: Mapping[str, str]) -> pl.Expr:
    """The cells, with the words of the legend for its codes."""
    if not legend:
        return cells
    return cells.str.strip_chars().replace(list(legend), list(legend.values()))
