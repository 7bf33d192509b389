"""A figure against an earlier one: only where both are whole and of one standard."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Row = Mapping[str, Any]
_SHARE_DECIMALS, _DECIMALS = 3, 2


@dataclass(frozen=True)
class Change:
    """``later`` minus ``earlier`` (rows of ``result__estimate``); points for rates."""

    earlier: Row
    later: Row
    difference: float


def is_whole(row: Row | None) -> bool:
    """Whether the row has a figure to which every unit reported."""
    return (
        row is not None
        and row["value"] is not None
        and row["units_expected"] > 0
        and row["units_reported"] == row["units_expected"]
    )


def change(earlier: Row | None, later: Row | None) -> Change | None:
    """The difference of the figures as papers print them; None across a standard or where a unit is missing.

    Both are rounded first: nobody reads "0,324 against 0,326, fallen by 0,003".
    """
    if earlier is None or later is None or not (is_whole(earlier) and is_whole(later)):
        return None
    if earlier["standard_id"] != later["standard_id"]:
        return None
    return Change(
        earlier,
        later,
        float(
            as_printed(later["value"], later["unit"])
            - as_printed(earlier["value"], earlier["unit"])
        ),
    )


def printed_decimals(unit: str) -> int:
    """Decimals that a figure which is not a count is printed with: a share from 0 to 1 has one more."""
    return _SHARE_DECIMALS if unit == "share" else _DECIMALS


def as_printed(value: float, unit: str) -> Decimal:
    """A figure as it is printed: differences are taken of these, so that readers find them again."""
    step = Decimal(1).scaleb(-printed_decimals(unit))
    return Decimal(str(value)).quantize(step, rounding=ROUND_HALF_UP)


def contributions(
    earlier: Mapping[str, Row], later: Mapping[str, Row], *, whole: Row | None
) -> list[Change]:
    """The change of every unit (rows by unit code), the largest fall first, equal ones by code.

    Empty where ``whole``, the later figure of the area they make up, or one of the units is not whole or of
    another standard: part of the units cannot say which of all changed most.
    """
    found = [change(earlier.get(code), row) for code, row in sorted(later.items())]
    known = [each for each in found if each is not None]
    if not is_whole(whole) or len(known) < len(found):
        return []
    return sorted(known, key=lambda each: each.difference)
