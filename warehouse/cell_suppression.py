"""The solver for cell suppression: τ-Argus with HiGHS, as pytauargus bundles them.

Method: Fischetti & Salazar-González 2000, JASA 95:916, the "optimal" method of τ-Argus. pytauargus offers it
for one plain table; here the solver gets the sums themselves (τ-Argus's JJ format), because districts,
communes and groups are linked tables. It keeps its state in the process and may bring it down, so a build asks
it in a process of its own; what cannot be solved there is hidden whole. See docs/adr/0007-disclosure-control.md.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from pytauargus.engine import HiTaSCtrl

from warehouse.cell_audit import are_open
from warehouse.cells import Cells, Sum
from warehouse.side_process import side_processes

MARGIN = 3
_MINUTES = 1
_PROCESSES = 2
_PROBLEM, _ANSWER = "problem.jj", "answer.jj"
_SOLVED = 0
_PASSES = 20
_HEADROOM = 10
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Lot:
    """Cells that are not shown or not yet decided, all sums among them, and the cells that are hidden."""

    cells: Cells
    sums: Sequence[Sum]
    hidden: frozenset[int]


Choice = set[int] | None
Solver = Callable[[Sequence[Lot]], list[Choice]]


@dataclass(frozen=True)
class _Room:
    """How far a sensitive count should stay open below and above the truth."""

    below: int
    above: int


def solve_here(lots: Sequence[Lot]) -> list[Choice]:
    """:func:`protect` each lot in this process, whose working folder changes meanwhile."""
    with TemporaryDirectory() as folder, chdir(folder):
        return [protect(lot) for lot in lots]


@contextmanager
def solving_apart() -> Iterator[Solver]:
    """A solver in processes of its own, which start with the first lot.

    Yields a function that never fails: where the solver breaks down, it gives up on all lots of that call.
    """
    with (
        TemporaryDirectory() as folder,
        side_processes(_PROCESSES, _enter_new_folder, folder) as pool,
    ):

        def solve(lots: Sequence[Lot]) -> list[Choice]:
            try:
                return list(pool.map(protect, lots))
            except BrokenProcessPool:
                _LOG.warning(
                    "The solver for cell suppression broke down: %d lots hidden.", len(lots)
                )
                return [None] * len(lots)

        yield solve


def _enter_new_folder(parent: str) -> None:
    """The native code leaves logs in the working folder and may not open a path with Vietnamese letters."""
    os.chdir(mkdtemp(dir=parent))


def protect(lot: Lot) -> Choice:
    """The cells of a lot to hide, at the least cost; None where no choice leaves every sensitive count open.

    Open means that at least four values remain possible. Writes files into the working folder.
    """
    limits = _limits(lot.cells, lot.sums)
    settled = {cell for cell, (low, high) in limits.items() if low == high}
    sensitive = {cell for cell, facts in lot.cells.items() if facts.is_sensitive}
    if settled & sensitive:
        return None
    cells = {cell: facts for cell, facts in lot.cells.items() if cell not in settled}
    sums = _without(lot.cells, lot.sums, settled)
    rooms = {
        cell: _Room(
            min(MARGIN, cells[cell].count - int(limits[cell][0])),
            int(min(MARGIN, limits[cell][1] - cells[cell].count)),
        )
        for cell in sensitive
    }
    for chosen in _choices(cells, sums, rooms, set(lot.hidden - settled)):
        if are_open(cells, sums, chosen, _most(cells), MARGIN):
            return chosen | lot.hidden
    return None


def _choices(
    cells: Cells, sums: Sequence[Sum], rooms: Mapping[int, _Room], given: set[int]
) -> Iterator[set[int]]:
    """What to hide: the solver's choice, then everything."""
    _write(_PROBLEM, cells, sums, rooms, given)
    if HiTaSCtrl().full_jj(_PROBLEM, _ANSWER, max_time=_MINUTES) == _SOLVED:
        names = list(cells)
        further = Path(_ANSWER).read_text(encoding="ascii").split()
        yield given | {names[int(number)] for number in further}
    yield set(cells)


def _without(cells: Cells, sums: Iterable[Sum], settled: set[int]) -> list[Sum]:
    """The sums once the settled cells, whose counts follow, are taken out."""
    remaining = []
    for part in sums:
        terms = tuple(term for term in part.terms if term[0] not in settled)
        if terms:
            out = sum(sign * cells[cell].count for cell, sign in part.terms if cell in settled)
            remaining.append(Sum(terms, part.total - out))
    return remaining


def _limits(cells: Cells, sums: Sequence[Sum]) -> dict[int, tuple[float, float]]:
    """Bounds of each count if the whole lot were hidden: a total of three counts above zero is at least 3."""
    limits: dict[int, tuple[float, float]] = {c: (facts.least, inf) for c, facts in cells.items()}
    for _ in range(_PASSES):
        is_changing = False
        for part in sums:
            for cell, sign in part.terms:
                low, high = limits[cell]
                others = [(sign * s, limits[c]) for c, s in part.terms if c != cell]
                most = sign * part.total - sum(s * (lo if s > 0 else hi) for s, (lo, hi) in others)
                least = sign * part.total - sum(s * (hi if s > 0 else lo) for s, (lo, hi) in others)
                if least > low or most < high:
                    limits[cell] = max(low, least), min(high, most)
                    is_changing = True
        if not is_changing:
            break
    return limits


def _most(cells: Cells) -> int:
    """More than a reader would believe of any count of the lot."""
    return 2 * max(facts.count for facts in cells.values()) + _HEADROOM


def _write(
    path: str, cells: Cells, sums: Sequence[Sum], rooms: Mapping[int, _Room], hidden: set[int]
) -> None:
    """A problem in τ-Argus's JJ format (manual 4.1): cells with bounds and protection, then sums."""
    numbers = {cell: number for number, cell in enumerate(cells)}
    most = _most(cells)
    lines = ["0", str(len(cells))]
    for cell, facts in cells.items():
        room = rooms.get(cell, _Room(0, 0))
        state = "u" if cell in hidden else "s"
        lines.append(
            f"{numbers[cell]} {facts.count} {max(facts.cost, 1)} {state} {facts.least} {most}"
            f" {room.below} {room.above} 0"
        )
    lines.append(str(len(sums)))
    for part in sums:
        written = " ".join(f"{numbers[cell]} ({sign})" for cell, sign in part.terms)
        lines.append(f"{part.total} {len(part.terms)} : {written}")
    Path(path).write_text("\n".join(lines) + "\n", encoding="ascii")
