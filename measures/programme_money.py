"""Reach and money inside one programme: need → reached, allocated → disbursed. Programmes are never added up.

Shares come from sums of the same communes: where the two sums are not of the same number of communes there is no
share, and 0 over 0 is no case.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reference.programmes import Programme, Quantity

Row = Mapping[str, Any]
_PLANNED = ("allocated_vnd", "requested_vnd", "raised_vnd")
DISBURSED, REACHED, NEED = "disbursed_vnd", "reached", "need"


@dataclass(frozen=True)
class Stage:
    """One quantity of a programme; ``of`` is the one it cannot exceed and ``share_pct`` its part of that."""

    quantity: str
    value: float
    of: float | None
    share_pct: float | None


@dataclass(frozen=True)
class Reach:
    """``reached`` of those ``wanted``, in the unit of ``column``; share and ``missing`` are None over unlike communes."""

    programme: Programme
    column: Quantity
    reached: Row
    wanted: Row
    share_pct: float | None
    missing: float | None

    @property
    def is_complete(self) -> bool:
        """Whether every commune is in both sums."""
        return all(
            row["units_reported"] == row["units_expected"] for row in (self.reached, self.wanted)
        )


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


def bounded(programme: Programme, rows: Mapping[str, Row]) -> Reach | None:
    """By the first quantity of the form that another one bounds; None where nobody reported the two."""
    for column in programme.columns:
        reached, wanted = _known(rows.get(column.quantity)), _known(rows.get(column.at_most or ""))
        if reached and wanted:
            is_like = reached["units_reported"] == wanted["units_reported"]
            missing = wanted["value"] - reached["value"] if is_like else None
            return Reach(programme, column, reached, wanted, share_pct(reached, wanted), missing)
    return None


def reach_of_need(programme: Programme, rows: Mapping[str, Row]) -> Reach | None:
    """Reached of those with need; None where the form asks for no need: the unemployed are no part of one."""
    found = bounded(programme, rows)
    return found if found and found.column.at_most == NEED else None


def least_reached_first(found: Iterable[Reach]) -> list[Reach]:
    """Ranked by share where every commune reported and somebody was to be reached; the others after them, as they come."""
    each = list(found)
    ranked = [one for one in each if one.is_complete and one.share_pct is not None]
    ranked.sort(key=lambda one: one.share_pct or 0)
    return [*ranked, *(one for one in each if one not in ranked)]


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
