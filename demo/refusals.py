"""Faults that nobody can repair from the file: rows or files that go back to the commune."""

from dataclasses import replace
from typing import Literal

import numpy as np

from demo.geography import Unit
from demo.review_list import Layout
from demo.sheets import Book

Kind = Literal[
    "no_conclusion",
    "impossible_b2",
    "negative_b1",
    "unknown_commune",
    "future_year",
    "two_communes",
    "truncated",
    "password",
]
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined]
ROW_KINDS = ("no_conclusion", "impossible_b2", "negative_b1")
"""These send back single rows; the others send back the whole file."""
BYTE_KINDS = ("truncated", "password")
MOST_ROWS = 4
TWO_COMMUNES_LAST_YEAR = 2024
"""Since 2025 each row names its older commune, so two communes in one file could be told apart."""
FUTURE = 10


def possible(kind: Kind, layout: Layout, year: int) -> bool:
    """Whether this fault leaves nothing to repair on a list of that layout and year."""
    if kind == "two_communes":
        return layout == "marks" and year <= TWO_COMMUNES_LAST_YEAR
    return True


def spoil_rows(kind: Kind, rng: np.random.Generator, book: Book) -> dict[tuple[str, int], str]:
    """Spoil a few data rows in place; returns their (sheet, grid row) and the fault."""
    everywhere = [(sheet, index) for sheet in book.sheets for index in sheet.data]
    count = min(int(rng.integers(1, MOST_ROWS + 1)), len(everywhere))
    faults: dict[tuple[str, int], str] = {}
    for place in sorted(rng.choice(len(everywhere), count, replace=False).tolist()):
        sheet, index = everywhere[place]
        row, columns = sheet.grid[index], sheet.columns
        if kind == "no_conclusion":
            row[columns["class"]] = None
        elif kind == "impossible_b2":
            row[columns["b2"]] = 45
        else:
            row[columns["b1"]] = -5 * int(rng.integers(1, 20))
        faults[sheet.name, index] = kind
    return faults


def invented_unit(rng: np.random.Generator, real: Unit, taken: set[str]) -> Unit:
    """A commune that exists in no era."""
    words = ("Đông", "Thượng", "Hạ", "Đoài")
    for place in rng.permutation(len(words)).tolist():
        name = f"{real.name} {words[place]}"
        if name not in taken:
            return replace(real, name=name)
    raise ValueError(f"every invented name of {real.name} exists")


def both_units(first: Unit, second: Unit) -> Unit:
    """One sender that is two communes."""
    return replace(first, name=f"{first.name} và {second.name}")


def set_future_year(book: Book, year: int) -> None:
    """The year of the review mistyped as one that has not come; review dates stay."""
    for sheet in book.sheets:
        for row in sheet.grid[: sheet.header.start]:
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    row[place] = cell.replace(f"NĂM {year}", f"NĂM {year + FUTURE}")


def spoiled_bytes(kind: Kind, rng: np.random.Generator, content: bytes) -> bytes:
    """A copy broken off in the middle, or the shell of a workbook protected by a password."""
    if kind == "truncated":
        return content[: int(len(content) * rng.uniform(0.3, 0.8))]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(24)
    name = "EncryptedPackage".encode("utf-16-le")
    return head + rng.bytes(480) + name + rng.bytes(len(content) // 2)
