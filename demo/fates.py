"""What must become of each file and row when the inbox is loaded."""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from demo.sheets import Book

Form = str
Fate = Literal["loaded", "rejected", "in_refused_file"]
Status = Literal["official", "preliminary"]
Outcome = Literal["loaded", "partly", "refused", "duplicate"]


class RowTruth(NamedTuple):
    """One data row of a file: where it stands and what must become of it."""

    sheet: str
    row: int
    row_id: int
    fate: Fate
    dirt: str | None


@dataclass(frozen=True)
class FileTruth:
    """One file of the inbox; ``dirt`` is the kind of fault that was put on it."""

    path: str
    form: Form
    era: str
    unit_code: str
    period: str
    status: Status
    outcome: Outcome
    dirt: str | None = None
    rows: list[RowTruth] = field(default_factory=list)
    row_count: int | None = None
    """Rows that load, where no household stands behind them."""


def row_truths(
    book: Book, fate: Fate = "loaded", faults: dict[tuple[str, int], str] | None = None
) -> list[RowTruth]:
    """Truth of every data row of ``book``; ``faults`` names (sheet, grid row) that are rejected."""
    faults = faults or {}
    truths = []
    for sheet in book.sheets:
        name = "csv" if book.file_type == "csv" else sheet.name
        for index, row_id in sheet.data.items():
            fault = faults.get((sheet.name, index))
            found: Fate = "rejected" if fault and fate == "loaded" else fate
            truths.append(RowTruth(name, index + 1, row_id, found, fault))
    return truths
