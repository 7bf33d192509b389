"""Whether sensitive counts stay open when some cells are hidden: linear programs by HiGHS, as scipy bundles it.

τ-Argus audits with two programs for each hidden cell, which takes half a minute where nearly a thousand are hidden (a
province that begins with fifteen files). Every point that fulfils the sums is a table the reader holds possible, so one
program that moves all counts at once shows of many that they are open.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from warehouse.cells import Cells, Sum

_ROUNDING = 1e-6
_SEED = 1


@dataclass(frozen=True)
class _Table:
    """What a reader knows: ``sums @ counts == totals``, each count between ``least`` and ``most``."""

    sums: csr_array
    totals: np.ndarray
    least: np.ndarray
    most: np.ndarray

    def best(self, weights: np.ndarray, least: np.ndarray, most: np.ndarray) -> np.ndarray | None:
        """Counts at which the weighted sum is least, within narrower bounds; None where there are none."""
        found = linprog(
            weights, A_eq=self.sums, b_eq=self.totals, bounds=np.column_stack([least, most])
        )
        return None if found.x is None else np.asarray(found.x)


def are_open(
    cells: Cells, sums: Sequence[Sum], hidden: Collection[int], most: int, width: int
) -> bool:
    """Whether a reader who knows the sums and all cells but ``hidden`` leaves each sensitive one ``width`` wide.

    False, too, where a sensitive cell is not hidden, or where no table fulfils the sums.

    Args:
        cells: every cell of ``sums``.
        sums: signed counts and what they add up to.
        hidden: the cells that are not shown.
        most: upper bound of a hidden count that the reader knows without any sum.
        width: largest possible value less smallest possible value, at least.
    """
    if any(facts.is_sensitive and name not in hidden for name, facts in cells.items()):
        return False
    names = sorted(hidden)
    truth = np.array([cells[name].count for name in names], dtype=float)
    table = _table(cells, sums, names, most)
    own = np.flatnonzero([cells[name].is_sensitive for name in names])
    low, high = truth.copy(), truth.copy()
    random = np.random.default_rng(_SEED)
    while len(narrow := own[high[own] - low[own] < width - _ROUNDING]):
        weights = np.zeros(len(names))
        weights[narrow] = random.choice([-1.0, 1.0], len(narrow))
        least, upper = table.least.copy(), table.most.copy()
        least[narrow] = np.maximum(least[narrow], truth[narrow] - width)
        upper[narrow] = np.minimum(upper[narrow], truth[narrow] + width)
        for direction in (weights, -weights):
            point = table.best(direction, least, upper)
            if point is None:
                return False
            low, high = np.minimum(low, point), np.maximum(high, point)
        if (high[narrow] - low[narrow] >= width - _ROUNDING).any():
            continue
        one = np.zeros(len(names))
        one[narrow[0]] = 1.0
        for direction in (one, -one):
            point = table.best(direction, table.least, table.most)
            if point is None:
                return False
            low, high = np.minimum(low, point), np.maximum(high, point)
        if high[narrow[0]] - low[narrow[0]] < width - _ROUNDING:
            return False
    return True


def _table(cells: Cells, sums: Sequence[Sum], names: Sequence[int], most: int) -> _Table:
    place = {name: number for number, name in enumerate(names)}
    rows, columns, signs, totals = list[int](), list[int](), list[float](), list[float]()
    for part in sums:
        inside = [(place[cell], sign) for cell, sign in part.terms if cell in place]
        if not inside:
            continue
        shown = sum(sign * cells[cell].count for cell, sign in part.terms if cell not in place)
        rows += [len(totals)] * len(inside)
        columns += [column for column, _ in inside]
        signs += [float(sign) for _, sign in inside]
        totals.append(float(part.total - shown))
    matrix = csr_array((signs, (rows, columns)), shape=(len(totals), len(names)))
    least = np.array([cells[name].least for name in names], dtype=float)
    return _Table(matrix, np.array(totals), least, np.full(len(names), float(most)))
