"""Whether sensitive counts stay open when some cells are hidden: linear programs by HiGHS, as scipy bundles it.

τ-Argus audits with two programs for each hidden cell, which takes half a minute where nearly a thousand are hidden (a
province that begins with fifteen files). Every point that fulfils the sums is a table the reader holds possible, so one
program that moves all counts at once, those of many lots together, shows of many that they are open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import block_diag, csr_array

from warehouse.cells import Cells, Sum

_ROUNDING = 1e-6
_SEED = 1


@dataclass(frozen=True)
class Known:
    """What a reader knows of a lot: its sums, all its cells but the ``hidden`` ones, and that none is above ``most``."""

    cells: Cells
    sums: Sequence[Sum]
    hidden: Collection[int]
    most: int


class _Movable:
    """The hidden counts of a lot: what they may be (``sums @ counts == totals``), and how far they were seen to move."""

    def __init__(self, lot: Known) -> None:
        names = sorted(lot.hidden)
        facts = [lot.cells[name] for name in names]
        self.sums, self.totals = _equations(lot, names)
        self.truth = np.array([each.count for each in facts], dtype=float)
        self.least = np.array([each.least for each in facts], dtype=float)
        self.most = np.full(len(names), float(lot.most))
        self.low, self.high = self.truth.copy(), self.truth.copy()
        self._own = np.flatnonzero([each.is_sensitive for each in facts])

    def narrow(self, width: int) -> np.ndarray:
        """The sensitive counts that were not seen to move by ``width``."""
        moved = self.high[self._own] - self.low[self._own]
        narrow: np.ndarray = self._own[moved < width - _ROUNDING]
        return narrow

    def see(self, counts: np.ndarray) -> None:
        """Take note of counts that a reader holds possible."""
        self.low, self.high = np.minimum(self.low, counts), np.maximum(self.high, counts)

    def near(self, narrow: np.ndarray, width: int) -> np.ndarray:
        """Bounds (least, most) that let ``narrow`` counts go no further than needed: the others move the more."""
        bounds = np.column_stack([self.least, self.most])
        bounds[narrow, 0] = np.maximum(self.least[narrow], self.truth[narrow] - width)
        bounds[narrow, 1] = np.minimum(self.most[narrow], self.truth[narrow] + width)
        return bounds


def are_open(lots: Sequence[Known], width: int) -> list[bool]:
    """Whether a reader is left with every sensitive count of a lot ``width`` wide.

    False, too, where a sensitive cell is not hidden, or where no table fulfils the sums.

    Args:
        lots: what the reader knows; lots share no cell.
        width: largest possible value less smallest possible value, at least.
    """
    undecided = {n: _Movable(lot) for n, lot in enumerate(lots) if not _shows_a_sensitive(lot)}
    found = set(undecided)
    random = np.random.default_rng(_SEED)
    while undecided := {n: lot for n, lot in undecided.items() if lot.narrow(width).size}:
        narrow = {n: lot.narrow(width) for n, lot in undecided.items()}
        signs = {n: random.choice([-1.0, 1.0], len(cells)) for n, cells in narrow.items()}
        bounds = {n: lot.near(narrow[n], width) for n, lot in undecided.items()}
        if not _move(undecided, narrow, signs, bounds):
            return _one_by_one(lots, width)
        stuck = {n: lot for n, lot in undecided.items() if len(lot.narrow(width)) == len(narrow[n])}
        first = {n: narrow[n][:1] for n in stuck}
        bounds = {n: np.column_stack([lot.least, lot.most]) for n, lot in stuck.items()}
        if not _move(stuck, first, {n: np.ones(1) for n in stuck}, bounds):
            return _one_by_one(lots, width)
        closed = {n for n, lot in stuck.items() if first[n][0] in lot.narrow(width)}
        found -= closed
        undecided = {n: lot for n, lot in undecided.items() if n not in closed}
    return [n in found for n in range(len(lots))]


def _one_by_one(lots: Sequence[Known], width: int) -> list[bool]:
    """One lot that contradicts itself leaves a program over several without an answer."""
    return (
        [False]
        if len(lots) == 1
        else [is_open for lot in lots for is_open in are_open([lot], width)]
    )


def _shows_a_sensitive(lot: Known) -> bool:
    return any(facts.is_sensitive and name not in lot.hidden for name, facts in lot.cells.items())


def _move(
    lots: Mapping[int, _Movable],
    cells: Mapping[int, np.ndarray],
    signs: Mapping[int, np.ndarray],
    bounds: Mapping[int, np.ndarray],
) -> bool:
    """Move ``cells`` as far as they go, with their signs and against them; False where no counts fulfil the sums."""
    if not lots:
        return True
    weights = {n: np.zeros(len(lot.truth)) for n, lot in lots.items()}
    for n, weight in weights.items():
        weight[cells[n]] = signs[n]
    joint = np.concatenate(list(weights.values()))
    sums = block_diag([lot.sums for lot in lots.values()], format="csr")
    totals = np.concatenate([lot.totals for lot in lots.values()])
    ends = np.cumsum([len(lot.truth) for lot in lots.values()])
    for direction in (joint, -joint):
        best = linprog(
            direction, A_eq=sums, b_eq=totals, bounds=np.concatenate(list(bounds.values()))
        )
        if best.x is None:
            return False
        for lot, counts in zip(lots.values(), np.split(best.x, ends[:-1]), strict=True):
            lot.see(counts)
    return True


def _equations(lot: Known, names: Sequence[int]) -> tuple[csr_array, np.ndarray]:
    place = {name: number for number, name in enumerate(names)}
    rows, columns, signs, totals = list[int](), list[int](), list[float](), list[float]()
    for part in lot.sums:
        inside = [(place[cell], sign) for cell, sign in part.terms if cell in place]
        if not inside:
            continue
        shown = sum(sign * lot.cells[cell].count for cell, sign in part.terms if cell not in place)
        rows += [len(totals)] * len(inside)
        columns += [column for column, _ in inside]
        signs += [float(sign) for _, sign in inside]
        totals.append(float(part.total - shown))
    matrix = csr_array((signs, (rows, columns)), shape=(len(totals), len(names)))
    return matrix, np.array(totals)
