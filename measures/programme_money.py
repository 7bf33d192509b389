"""Money and reach inside one programme: allocated → disbursed → reached. Programmes are never added up.

Shares come from sums of the same communes: where the two sums are not of the same number of communes there is no
share, and 0 over 0 is no case.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reference.programmes import Programme

Row = Mapping[str, Any]
_PLANNED = ("allocated_vnd", "requested_vnd", "raised_vnd")
DISBURSED, REACHED = "disbursed_vnd", "reached"


@dataclass(frozen=True)
class Stage:
    """One quantity of a programme; ``of`` is the one it cannot exceed and ``share_pct`` its part of that."""

    quantity: str
    value: float
    of: float | None
    share_pct: float | None


@dataclass(frozen=True)
class Money:
    """Rows of ``result__programme``; None where the programme's form has no such column or nobody reported it.

    ``planned`` is what was allocated (asked for, or raised: ``planned_quantity`` says which). ``disbursed_pct`` is
    disbursed over planned, ``per_reached_vnd`` disbursed over reached.
    """

    planned_quantity: str | None
    planned: Row | None
    disbursed: Row | None
    reached: Row | None
    disbursed_pct: float | None
    per_reached_vnd: float | None


def share_pct(row: Row | None, bound: Row | None) -> float | None:
    """``row`` over ``bound`` in per cent; None where either is unknown, of other communes, or the bound is 0."""
    ratio = _ratio(row, bound)
    return None if ratio is None else 100 * ratio


def stages(programme: Programme, rows: Mapping[str, Row]) -> list[Stage]:
    """Quantities counted in the programme's own unit, in the order of the form; unknown ones are left out."""
    found = []
    for column in programme.columns:
        row, bound = rows.get(column.quantity), rows.get(column.at_most or "")
        if column.unit == programme.unit and row is not None and row["value"] is not None:
            of = None if bound is None else bound["value"]
            found.append(Stage(column.quantity, row["value"], of, share_pct(row, bound)))
    return found


def money(programme: Programme, rows: Mapping[str, Row]) -> Money | None:
    """None where the programme's form carries no money that was paid out."""
    columns = {column.quantity for column in programme.columns}
    if DISBURSED not in columns:
        return None
    planned_quantity = next((each for each in _PLANNED if each in columns), None)
    planned, disbursed, reached = (
        _known(rows.get(each or "")) for each in (planned_quantity, DISBURSED, REACHED)
    )
    return Money(
        planned_quantity,
        planned,
        disbursed,
        reached,
        share_pct(disbursed, planned),
        _ratio(disbursed, reached),
    )


def _known(row: Row | None) -> Row | None:
    return None if row is None or row["value"] is None else row


def _ratio(row: Row | None, bound: Row | None) -> float | None:
    if row is None or bound is None or row["value"] is None or not bound["value"]:
        return None
    if row["units_reported"] != bound["units_reported"]:
        return None
    ratio: float = row["value"] / bound["value"]
    return ratio
