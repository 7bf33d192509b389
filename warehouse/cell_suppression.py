"""What to hide of lots of cells that share sums: the solver proposes (:mod:`warehouse.cell_solver`), the audit proves.

The solver keeps its state in the process and may bring it down, so a build asks it in processes of its own; what
cannot be solved there is hidden whole. See docs/adr/0007-disclosure-control.md.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from math import inf
from tempfile import TemporaryDirectory

from warehouse.cell_audit import Known, are_open
from warehouse.cell_solver import Problem, Room, enter_new_folder, solved
from warehouse.cells import Cells, Sum
from warehouse.side_process import side_processes

MARGIN = 3
_PROCESSES = 2
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


def solve_here(lots: Sequence[Lot]) -> list[Choice]:
    """:func:`protect` lots with the solver in this process, whose working folder changes meanwhile."""
    with TemporaryDirectory() as folder, chdir(folder):
        return protect(lots, lambda problems: map(solved, problems))


@contextmanager
def solving_apart() -> Iterator[Solver]:
    """:func:`protect` with the solver in processes of its own, which start with the first lot.

    Yields a function that never fails: where the solver breaks down, it gives up on all lots of that call.
    """
    with (
        TemporaryDirectory() as folder,
        side_processes(_PROCESSES, enter_new_folder, folder) as pool,
    ):

        def solve(lots: Sequence[Lot]) -> list[Choice]:
            try:
                return protect(lots, lambda problems: pool.map(solved, problems))
            except BrokenProcessPool:
                _LOG.warning(
                    "The solver for cell suppression broke down: %d lots hidden.", len(lots)
                )
                return [None] * len(lots)

        yield solve


def protect(
    lots: Sequence[Lot], ask: Callable[[Sequence[Problem]], Iterable[set[int] | None]]
) -> list[Choice]:
    """The cells of each lot to hide, at the least cost; None where no choice leaves every sensitive count open.

    Open means that at least four values remain possible. Lots share no cell; ``ask`` is the solver. Where it has
    no answer, or one that leaves a count narrow, all of the lot is tried.
    """
    problems = {
        number: problem for number, lot in enumerate(lots) if (problem := _problem(lot)) is not None
    }
    answers = zip(problems, ask(list(problems.values())), strict=True)
    chosen = _proven(problems, {number: told for number, told in answers if told is not None})
    whole = {n: set(problem.cells) for n, problem in problems.items() if n not in chosen}
    chosen |= _proven(problems, whole)
    return [chosen[n] | lot.hidden if n in chosen else None for n, lot in enumerate(lots)]


def _problem(lot: Lot) -> Problem | None:
    """What the solver is asked: the lot without the cells that follow from the others; None where one is sensitive."""
    limits = _limits(lot.cells, lot.sums)
    settled = {cell for cell, (low, high) in limits.items() if low == high}
    sensitive = {cell for cell, facts in lot.cells.items() if facts.is_sensitive}
    if settled & sensitive:
        return None
    cells = {cell: facts for cell, facts in lot.cells.items() if cell not in settled}
    rooms = {
        cell: Room(
            min(MARGIN, cells[cell].count - int(limits[cell][0])),
            int(min(MARGIN, limits[cell][1] - cells[cell].count)),
        )
        for cell in sensitive
    }
    sums = _without(lot.cells, lot.sums, settled)
    return Problem(cells, sums, rooms, lot.hidden - settled, _most(cells))


def _proven(problems: Mapping[int, Problem], hidden: Mapping[int, set[int]]) -> dict[int, set[int]]:
    """Those of the choices that leave every sensitive count open."""
    known = [
        Known(problems[n].cells, problems[n].sums, choice, problems[n].most)
        for n, choice in hidden.items()
    ]
    is_open = zip(hidden.items(), are_open(known, MARGIN), strict=True)
    return {number: choice for (number, choice), proof in is_open if proof}


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
