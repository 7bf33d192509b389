"""τ-Argus with HiGHS, as pytauargus bundles them: asked in a process of its own, which imports nothing else.

Method: Fischetti & Salazar-González 2000, JASA 95:916, the "optimal" method of τ-Argus. pytauargus offers it
for one plain table; here the solver gets the sums themselves (τ-Argus's JJ format), because districts,
communes and groups are linked tables. See docs/adr/0007-disclosure-control.md.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from pytauargus.engine import HiTaSCtrl

from warehouse.cells import Cells, Sum

_MINUTES = 1
_PROBLEM, _ANSWER = "problem.jj", "answer.jj"
_SOLVED = 0


@dataclass(frozen=True)
class Room:
    """How far a sensitive count should stay open below and above the truth."""

    below: int
    above: int


@dataclass(frozen=True)
class Problem:
    """Cells of which some are ``hidden``, all sums among them, and the ``rooms`` that sensitive ones need.

    ``most`` is more than a reader would believe of any count.
    """

    cells: Cells
    sums: Sequence[Sum]
    rooms: Mapping[int, Room]
    hidden: frozenset[int]
    most: int


def enter_new_folder(parent: str) -> None:
    """The native code leaves logs in the working folder and may not open a path with Vietnamese letters."""
    os.chdir(mkdtemp(dir=parent))


def solved(problem: Problem) -> set[int] | None:
    """What must be hidden, at the least cost; None where the solver finds no answer in time.

    Writes files into the working folder.
    """
    _write(problem)
    if HiTaSCtrl().full_jj(_PROBLEM, _ANSWER, max_time=_MINUTES) != _SOLVED:
        return None
    names = list(problem.cells)
    further = Path(_ANSWER).read_text(encoding="ascii").split()
    return {*problem.hidden, *(names[int(number)] for number in further)}


def _write(problem: Problem) -> None:
    """A problem in τ-Argus's JJ format (manual 4.1): cells with bounds and protection, then sums."""
    numbers = {cell: number for number, cell in enumerate(problem.cells)}
    lines = ["0", str(len(numbers))]
    for cell, facts in problem.cells.items():
        room = problem.rooms.get(cell, Room(0, 0))
        state = "u" if cell in problem.hidden else "s"
        lines.append(
            f"{numbers[cell]} {facts.count} {max(facts.cost, 1)} {state} {facts.least} {problem.most}"
            f" {room.below} {room.above} 0"
        )
    lines.append(str(len(problem.sums)))
    for part in problem.sums:
        written = " ".join(f"{numbers[cell]} ({sign})" for cell, sign in part.terms)
        lines.append(f"{part.total} {len(part.terms)} : {written}")
    Path(_PROBLEM).write_text("\n".join(lines) + "\n", encoding="ascii")
