"""Which counts a public file must not show.

A count of 1 to 4 is hidden. So that it does not come back as a difference, further counts are hidden until
every sum that holds leaves each sensitive count open by at least four values, with as little hidden as the
solver finds (:mod:`warehouse.cell_suppression`). The attacker is taken to know all shown counts, all sums, and
that a hidden count is not zero (zeros are shown).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import polars as pl

from warehouse.cell_suppression import Lot, Solver, solve_here
from warehouse.cells import Cell, Cells, Sum, Terms

SMALLEST_SHOWN = 5

CELLS = pl.Schema(
    {
        "cell": pl.Int64(),
        "count": pl.Int64(),
        "cost": pl.Int64(),
        "turn": pl.Int64(),
        "is_sensitive": pl.Boolean(),
        "is_published": pl.Boolean(),
    }
)
SUMS = pl.Schema({"sum": pl.Int64(), "cell": pl.Int64(), "sign": pl.Int64()})


def is_small(count: pl.Expr) -> pl.Expr:
    """Whether a count of households or persons may not be shown."""
    return (count > 0) & (count < SMALLEST_SHOWN)


def suppress(cells: pl.DataFrame, sums: pl.DataFrame, solve: Solver = solve_here) -> pl.Series:
    """The published cells that must be hidden.

    Args:
        cells: ``CELLS``, one row a count. ``cost`` says how much it would be missed; what costs nothing is
            hidden to begin with. Cells are decided turn by turn; what an earlier turn shows is hidden later
            only where nothing else helps. A cell that is not published is one that a reader could work out:
            a remainder.
        sums: ``SUMS``: the signed counts of each sum add up to zero.
        solve: chooses what to hide in lots of cells that share sums.

    Raises:
        ValueError: a sum that does not add up to zero, or that names an unknown cell.
    """
    known = {row[0]: Cell(*row[1:]) for row in cells.select(*CELLS).iter_rows()}
    checked = _checked(known, sums)
    hidden = {cell for cell, facts in known.items() if facts.is_sensitive or not facts.cost}
    for turn in sorted({facts.turn for facts in known.values()}):
        hidden = _decide(known, checked, turn, hidden, solve)
    return pl.Series("cell", [c for c in sorted(hidden) if known[c].is_published], CELLS["cell"])


def _checked(known: Cells, sums: pl.DataFrame) -> dict[int, list[Sum]]:
    """The sums by the turn in which their last cell is decided."""
    terms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for name, cell, sign in sums.select(*SUMS).iter_rows():
        if cell not in known:
            raise ValueError(f"sum {name} names cell {cell}, which is not among the cells")
        terms[name].append((cell, sign))
    by_turn: dict[int, list[Sum]] = defaultdict(list)
    for name, inside in terms.items():
        total = sum(sign * known[cell].count for cell, sign in inside)
        if total:
            raise ValueError(f"sum {name} adds up to {total}, not to zero")
        by_turn[max(known[cell].turn for cell, _ in inside)].append(Sum(tuple(inside)))
    return by_turn


def _decide(
    known: Cells, sums: Mapping[int, list[Sum]], turn: int, hidden: set[int], solve: Solver
) -> set[int]:
    """What is hidden after one turn, ``hidden`` being what was before.

    Where no choice helps a lot, its shown neighbours are put up for decision again, and where there are none
    left, all of it is hidden, zeros too.
    """
    due = [part for before, inside in sums.items() if before <= turn for part in inside]
    new = {cell for part in sums.get(turn, ()) for cell, _ in part.terms}
    hidden = set(hidden)
    undecided = {cell for cell, facts in known.items() if facts.turn == turn and facts.count}
    settled: set[int] = set()
    while lots := _lots(known, due, hidden, undecided, new - settled):
        for lot, choice in zip(lots, solve(lots), strict=True):
            if choice is not None:
                hidden |= choice
                undecided -= lot.cells.keys()
                settled |= lot.cells.keys()
                continue
            shown = _neighbours(due, lot) - hidden - undecided
            if counted := {cell for cell in shown if known[cell].count}:
                undecided |= counted
                new |= counted
            elif shown or not lot.cells.keys() <= hidden:
                hidden |= lot.cells.keys() | shown
                undecided -= hidden
                new |= lot.cells.keys() | shown
            else:
                settled |= lot.cells.keys()
        settled -= undecided
    return hidden


def _lots(
    known: Cells, sums: Iterable[Sum], hidden: set[int], undecided: set[int], new: set[int]
) -> list[Lot]:
    """Lots with something to protect and something new."""
    lots = []
    for parts in _apart(sums, hidden | undecided):
        cells = {cell: known[cell] for terms in parts for cell, _ in terms}
        if new.isdisjoint(cells) or not any(facts.is_sensitive for facts in cells.values()):
            continue
        inside = [
            Sum(terms, sum(sign * known[cell].count for cell, sign in terms)) for terms in parts
        ]
        lots.append(Lot(cells, inside, frozenset(hidden & cells.keys())))
    return lots


def _neighbours(sums: Iterable[Sum], lot: Lot) -> set[int]:
    """Every cell in a sum with a cell of the lot."""
    touched = (part.terms for part in sums if any(cell in lot.cells for cell, _ in part.terms))
    return {cell for terms in touched for cell, _ in terms}


def _apart(sums: Iterable[Sum], not_shown: set[int]) -> list[list[Terms]]:
    """What remains of the sums once shown counts are taken out, in lots that share no cell."""
    parent: dict[int, int] = {}

    def root(cell: int) -> int:
        while parent.setdefault(cell, cell) != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    remaining = []
    for whole in sums:
        inside = tuple(term for term in whole.terms if term[0] in not_shown)
        if inside:
            remaining.append(inside)
            for cell, _ in inside[1:]:
                parent[root(cell)] = root(inside[0][0])
    lots: dict[int, list[Terms]] = defaultdict(list)
    for terms in remaining:
        lots[root(terms[0][0])].append(terms)
    return list(lots.values())
