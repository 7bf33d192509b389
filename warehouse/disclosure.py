"""Which counts a public file must not show: cell suppression with τ-Argus and HiGHS (pytauargus).

A count of 1 to 4 is hidden. So that it does not come back as a difference, further counts are hidden until
every sum that holds leaves each sensitive count open, with as little of the table hidden as the solver finds.
The attacker is taken to know all shown counts, all sums, that zeros are always shown (a hidden count is at
least 1), and nothing about the size of hidden counts. The interval that remains for a sensitive count then
reaches from the smallest value its sums allow at all to at least three above it.

Method: Fischetti & Salazar-González 2000, JASA 95:916, the "optimal" method of τ-Argus, which pytauargus also
offers for plain tables only; here it gets the sums themselves (its JJ format), because districts, communes
and groups are linked tables. See docs/adr/0007-disclosure-control.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from pytauargus.engine import HiTaSCtrl, audit_jj

SMALLEST_SHOWN = 5
_MINUTES = 1
_MARGIN = SMALLEST_SHOWN - 2
_SOLVED = 0

CELLS = pl.Schema(
    {
        "cell": pl.Int64(),
        "count": pl.Int64(),
        "cost": pl.Int64(),
        "is_sensitive": pl.Boolean(),
        "is_published": pl.Boolean(),
    }
)
SUMS = pl.Schema({"sum": pl.Int64(), "cell": pl.Int64(), "sign": pl.Int64()})


@dataclass(frozen=True)
class _Cell:
    count: int
    cost: int
    is_sensitive: bool
    is_published: bool


_Term = tuple[int, int]
_Sum = Sequence[_Term]


def is_small(count: pl.Expr) -> pl.Expr:
    """Whether a count of households or persons may not be shown."""
    return (count > 0) & (count < SMALLEST_SHOWN)


def suppress(cells: pl.DataFrame, sums: pl.DataFrame) -> pl.DataFrame:
    """The cells that must be hidden: one column ``cell``.

    Args:
        cells: ``CELLS``, one row a count. ``cost`` says how much it would be missed. A cell that is not
            published is one that a reader could work out (a remainder); it needs no hiding but may be sensitive.
        sums: ``SUMS``: the signed counts of each sum add up to zero.

    Raises:
        ValueError: a sum that does not add up to zero, or that names an unknown cell.
    """
    known = {
        cell: _Cell(count, max(cost, 1), sensitive, published)
        for cell, count, cost, sensitive, published in cells.select(*CELLS).iter_rows()
    }
    hidden: set[int] = set()
    for members, inside in _components(_nonzero_sums(known, sums)):
        if any(known[cell].is_sensitive for cell in members):
            hidden |= _protect({cell: known[cell] for cell in members}, inside)
    hidden |= {cell for cell, facts in known.items() if facts.is_sensitive}
    shown = [cell for cell in sorted(hidden) if known[cell].is_published]
    return pl.DataFrame({"cell": shown}, schema={"cell": CELLS["cell"]})


def _nonzero_sums(known: dict[int, _Cell], sums: pl.DataFrame) -> list[_Sum]:
    """Sums without their zeros, which the attacker knows."""
    terms: dict[int, list[_Term]] = {}
    for name, cell, sign in sums.select(*SUMS).iter_rows():
        if cell not in known:
            raise ValueError(f"sum {name} names cell {cell}, which is not among the cells")
        if known[cell].count:
            terms.setdefault(name, []).append((cell, sign))
    for name, members in terms.items():
        total = sum(sign * known[cell].count for cell, sign in members)
        if total:
            raise ValueError(f"sum {name} adds up to {total}, not to zero")
    return list(terms.values())


def _components(sums: Iterable[_Sum]) -> list[tuple[set[int], list[_Sum]]]:
    """Cells that share sums, each lot with its sums; lots can be protected apart."""
    parent: dict[int, int] = {}

    def root(cell: int) -> int:
        parent.setdefault(cell, cell)
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    sums = list(sums)
    for terms in sums:
        first = root(terms[0][0])
        for cell, _ in terms[1:]:
            parent[root(cell)] = first
    lots: dict[int, tuple[set[int], list[_Sum]]] = {}
    for terms in sums:
        members, inside = lots.setdefault(root(terms[0][0]), (set(), []))
        members |= {cell for cell, _ in terms}
        inside.append(terms)
    return list(lots.values())


def _protect(cells: dict[int, _Cell], sums: Sequence[_Sum]) -> set[int]:
    """The cells of one lot to hide; all of them where no smaller choice is proven safe."""
    least = _smallest_possible(cells, sums)
    for downwards in (True, False):
        levels = {
            cell: (facts.count - least[cell] if downwards else 0, _MARGIN)
            for cell, facts in cells.items()
            if facts.is_sensitive
        }
        hidden = _solve(cells, sums, levels)
        if hidden is not None:
            return hidden
    return set(cells)


def _smallest_possible(cells: dict[int, _Cell], sums: Sequence[_Sum]) -> dict[int, int]:
    """A lower bound of each count from the sums alone: a total of three counts above zero is at least 3."""
    least = {cell: int(facts.is_published) for cell, facts in cells.items()}
    totals = [
        (negative[0], [cell for cell, sign in terms if sign > 0])
        for terms in sums
        if len(negative := [cell for cell, sign in terms if sign < 0]) == 1
    ]
    is_changing = True
    while is_changing:
        is_changing = False
        for total, parts in totals:
            bound = sum(least[cell] for cell in parts)
            if bound > least[total]:
                least[total], is_changing = bound, True
    return least


def _solve(
    cells: dict[int, _Cell], sums: Sequence[_Sum], levels: dict[int, tuple[int, int]]
) -> set[int] | None:
    """Sensitive cells and the cheapest further ones that protect them; None where the solver gives no proof."""
    with TemporaryDirectory() as folder:
        problem, answer = Path(folder, "problem"), Path(folder, "answer")
        numbers = {cell: number for number, cell in enumerate(cells)}
        _write(problem, cells, sums, levels, hidden=set(levels))
        solver = HiTaSCtrl()
        if solver.full_jj(str(problem), str(answer), max_time=_MINUTES) != _SOLVED:
            return None
        names = list(numbers)
        hidden = set(levels) | {
            names[int(line)] for line in answer.read_text(encoding="ascii").split()
        }
        _write(problem, cells, sums, levels, hidden)
        if any(row["unsafe"] for row in audit_jj(str(problem))):
            return None
    return hidden


def _write(
    path: Path,
    cells: dict[int, _Cell],
    sums: Sequence[_Sum],
    levels: dict[int, tuple[int, int]],
    hidden: set[int],
) -> None:
    """A problem in τ-Argus's JJ format (manual 4.1, "JJ format"): cells with bounds, then sums."""
    numbers = {cell: number for number, cell in enumerate(cells)}
    most = 2 * max(facts.count for facts in cells.values()) + 2 * SMALLEST_SHOWN
    lines = ["0", str(len(cells))]
    for cell, facts in cells.items():
        state = "u" if cell in levels else "m" if cell in hidden else "s"
        below, above = levels.get(cell, (0, 0))
        least = int(facts.is_published)
        lines.append(
            f"{numbers[cell]} {facts.count} {facts.cost} {state} {least} {most} {below} {above} 0"
        )
    lines.append(str(len(sums)))
    for terms in sums:
        written = " ".join(f"{numbers[cell]} ({sign})" for cell, sign in terms)
        lines.append(f"0 {len(terms)} : {written}")
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
