"""Cells of official forms from estimates: one unit's row, and rows of upper levels as sums of units.

Nothing is guessed: a cell that a part is missing for is ``no_data``, never zero. A rate of an upper level is
taken from the sums of numerators and denominators.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from reference.form_definitions import Balance, CellRule, FormDefinition, RowKind

Row = Mapping[str, Any]
Figures = Mapping[str, Row]
"""Rows of ``result__estimate`` of one unit and period, by measure."""


@dataclass(frozen=True)
class Cell:
    """One figure of a form; ``value`` is null unless mark is ok or zero. Rates carry what they are made of.

    A sum that misses some of the units that reported carries ``known_units`` and ``reported_units``.
    """

    value: float | None
    mark: str
    numerator: float | None = None
    denominator: float | None = None
    known_units: int | None = None
    reported_units: int | None = None

    @property
    def is_partial(self) -> bool:
        """Whether units that reported are not in the figure."""
        return self.known_units != self.reported_units


NO_DATA = Cell(None, "no_data")
Cells = dict[str, Cell]


def needed_measures(definition: FormDefinition) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Measures a form needs of its own review, and of the review before."""
    rules = [rule for column in definition.columns for rule in column.cells.values()]
    now = {
        name
        for rule in rules
        for name in (rule.value, rule.numerator, rule.of, rule.known_when)
        if name is not None
    }
    before = {rule.previous for rule in rules if rule.previous is not None}
    return tuple(sorted(now)), tuple(sorted(before))


def unit_cells(definition: FormDefinition, kind: RowKind, now: Figures, before: Figures) -> Cells:
    """The cells of one unit's row by column number."""
    cells: Cells = {}
    rules = {column.number: column.cells[kind] for column in definition.columns}
    for number, rule in rules.items():
        if not rule.sum and rule.balance is None:
            cells[number] = _figure(rule, now, before)
    for number, rule in rules.items():
        if rule.sum:
            cells[number] = _counted([cells[name] for name in rule.sum])
        elif rule.balance:
            cells[number] = _left_over(rule.balance, cells)
    if definition.whole_rows and any(cell.value is None for cell in cells.values()):
        return {number: NO_DATA for number in rules}
    return {number: cells[number] for number in rules}


def upper_cells(definition: FormDefinition, units: Sequence[Cells]) -> Cells:
    """The row of an upper level: the sums of those units that know the figure."""
    reported = [unit for unit in units if any(cell.mark != "no_data" for cell in unit.values())]
    return {
        column.number: _summed([unit[column.number] for unit in reported])
        for column in definition.columns
    }


def _figure(rule: CellRule, now: Figures, before: Figures) -> Cell:
    if rule.known_when is not None and not _is_full(now.get(rule.known_when)):
        return NO_DATA
    if rule.numerator is not None and rule.of is not None:
        return _known_count(now.get(rule.numerator), now.get(rule.of))
    name = rule.value or rule.previous
    row = (now if rule.value else before).get(name) if name else None
    if row is None:
        return NO_DATA
    if row["unit"] != "pct":
        return Cell(row["value"], row["mark"])
    return Cell(row["value"], row["mark"], row["numerator"], row["denominator"])


def _is_full(rate: Row | None) -> bool:
    """A list without any household is full, too: there is nothing it does not say."""
    if rate is None or rate["mark"] == "no_data":
        return False
    return bool(rate["numerator"] == rate["denominator"])


def _known_count(share: Row | None, whole: Row | None) -> Cell:
    """The numerator of a share, if everybody in ``whole`` is in its denominator."""
    if share is None or whole is None or whole["value"] is None or share["denominator"] is None:
        return NO_DATA
    if share["denominator"] != whole["value"]:
        return NO_DATA
    return _count(share["numerator"])


def _count(value: float) -> Cell:
    # 0 and not value: what is left over may be a negative zero, which papers would print as "−0".
    return Cell(0, "zero") if value == 0 else Cell(value, "ok")


def _counted(parts: Sequence[Cell]) -> Cell:
    known = [part.value for part in parts if part.value is not None]
    return _count(sum(known)) if len(known) == len(parts) else NO_DATA


def _left_over(balance: Balance, cells: Cells) -> Cell:
    parts = [cells[name] for name in (*balance.plus, *balance.minus)]
    if any(part.value is None for part in parts):
        return NO_DATA
    rest = _total(cells, balance.plus) - _total(cells, balance.minus)
    return _count(max(rest if balance.side == "decrease" else -rest, 0))


def _total(cells: Cells, names: Sequence[str]) -> float:
    return sum(value for name in names if (value := cells[name].value) is not None)


def _summed(parts: Sequence[Cell]) -> Cell:
    known = [part for part in parts if part.mark != "no_data"]
    if not known:
        return NO_DATA
    told, asked = len(known), len(parts)
    if all(part.denominator is None for part in known):
        total = _count(sum(part.value or 0 for part in known))
        return replace(total, known_units=told, reported_units=asked)
    numerator = sum(part.numerator or 0 for part in known)
    denominator = sum(part.denominator or 0 for part in known)
    if denominator == 0:
        return Cell(None, "no_case", numerator, denominator, told, asked)
    # Half up in whole numbers, as the cube does: 0,945 is 0,95.
    value = (2 * round(numerator) * 10_000 + round(denominator)) // (2 * round(denominator)) / 100
    mark = "zero" if numerator == 0 else "ok"
    return Cell(value, mark, numerator, denominator, told, asked)
