"""Which counts a public file must not show: cell suppression with τ-Argus and HiGHS (pytauargus).

A count of 1 to 4 is hidden. So that it does not come back as a difference, further counts are hidden until
every sum that holds leaves each sensitive count open by three either way, as far as counts can move at all,
with as little hidden as the solver finds. The attacker is taken to know all shown counts, all sums, and that
a hidden count is not zero (zeros are shown).

Method: Fischetti & Salazar-González 2000, JASA 95:916, the "optimal" method of τ-Argus. pytauargus offers it
for one plain table; here the solver gets the sums themselves (τ-Argus's JJ format), because districts,
communes and groups are linked tables. See docs/adr/0007-disclosure-control.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from pytauargus.engine import HiTaSCtrl, audit_jj

SMALLEST_SHOWN = 5
_MARGIN = SMALLEST_SHOWN - 2
_MINUTES = 1
_SOLVED = 0
_PASSES = 20
_ROUNDING = 1e-6

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


@dataclass(frozen=True)
class _Cell:
    count: int
    cost: int
    turn: int
    is_sensitive: bool
    is_published: bool

    @property
    def least(self) -> int:
        """What the attacker knows of a hidden count before any sum."""
        return 1 if self.is_published and self.count else 0


_Cells = Mapping[int, _Cell]


@dataclass(frozen=True)
class _Sum:
    """Cells with their signs. In a lot only cells that are not shown remain: they add up to ``total``."""

    terms: tuple[tuple[int, int], ...]
    total: int = 0


@dataclass(frozen=True)
class _Room:
    """How far a sensitive count must stay open below and above the truth."""

    below: int
    above: int


def is_small(count: pl.Expr) -> pl.Expr:
    """Whether a count of households or persons may not be shown."""
    return (count > 0) & (count < SMALLEST_SHOWN)


def suppress(cells: pl.DataFrame, sums: pl.DataFrame) -> pl.Series:
    """The published cells that must be hidden.

    Args:
        cells: ``CELLS``, one row a count. ``cost`` says how much it would be missed; what costs nothing is
            hidden to begin with. Cells are decided turn by turn, and what an earlier turn shows stays shown.
            A cell that is not published is one that a reader could work out: a remainder.
        sums: ``SUMS``: the signed counts of each sum add up to zero.

    Raises:
        ValueError: a sum that does not add up to zero, or that names an unknown cell.
    """
    known = {row[0]: _Cell(*row[1:]) for row in cells.select(*CELLS).iter_rows()}
    checked = _checked(known, sums)
    hidden = {cell for cell, facts in known.items() if facts.is_sensitive or not facts.cost}
    with TemporaryDirectory() as folder:
        for turn in sorted({facts.turn for facts in known.values()}):
            hidden |= _decide(known, checked, turn, hidden, Path(folder))
    return pl.Series("cell", [c for c in sorted(hidden) if known[c].is_published], CELLS["cell"])


def _decide(
    known: _Cells, sums: Sequence[_Sum], turn: int, hidden: set[int], folder: Path
) -> set[int]:
    """What must be hidden of the cells of one turn, ``hidden`` being what earlier turns hid."""
    due = [s for s in sums if max(known[cell].turn for cell, _ in s.terms) <= turn]
    undecided = {cell for cell, facts in known.items() if facts.turn == turn and facts.count}
    found: set[int] = set()
    for lot in _lots(known, due, hidden | undecided):
        cells = {cell: known[cell] for part in lot for cell, _ in part.terms}
        is_settled = cells.keys() <= hidden
        if not is_settled and any(facts.is_sensitive for facts in cells.values()):
            chosen = _protect(cells, lot, hidden & cells.keys(), folder)
            found |= _all_of_turn(known, due, cells, turn) if chosen is None else chosen
    return found


def _checked(known: _Cells, sums: pl.DataFrame) -> list[_Sum]:
    terms: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for name, cell, sign in sums.select(*SUMS).iter_rows():
        if cell not in known:
            raise ValueError(f"sum {name} names cell {cell}, which is not among the cells")
        terms[name].append((cell, sign))
    for name, inside in terms.items():
        total = sum(sign * known[cell].count for cell, sign in inside)
        if total:
            raise ValueError(f"sum {name} adds up to {total}, not to zero")
    return [_Sum(tuple(inside)) for inside in terms.values()]


def _lots(known: _Cells, sums: Iterable[_Sum], not_shown: set[int]) -> list[list[_Sum]]:
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
            total = sum(sign * known[cell].count for cell, sign in inside)
            remaining.append(_Sum(inside, total))
            for cell, _ in inside[1:]:
                parent[root(cell)] = root(inside[0][0])
    lots: dict[int, list[_Sum]] = defaultdict(list)
    for part in remaining:
        lots[root(part.terms[0][0])].append(part)
    return list(lots.values())


def _all_of_turn(known: _Cells, sums: Iterable[_Sum], members: _Cells, turn: int) -> set[int]:
    """Every cell that this turn decides in the sums of a lot, zeros too: then the sums tell nothing."""
    touched = [s for s in sums if any(cell in members for cell, _ in s.terms)]
    return {cell for s in touched for cell, _ in s.terms if known[cell].turn == turn}


def _protect(cells: _Cells, sums: Sequence[_Sum], given: set[int], folder: Path) -> set[int] | None:
    """The cells of one lot to hide, ``given`` ones included, at the least cost; None if none is proven safe."""
    limits = _limits(cells, sums)
    settled = {cell for cell, (low, high) in limits.items() if low == high}
    sensitive = {cell for cell, facts in cells.items() if facts.is_sensitive}
    if settled & sensitive:
        return None
    movable = {cell: facts for cell, facts in cells.items() if cell not in settled}
    loose = _without(cells, sums, settled)
    rooms = {
        cell: _Room(
            min(_MARGIN, movable[cell].count - int(limits[cell][0])),
            int(min(_MARGIN, limits[cell][1] - movable[cell].count)),
        )
        for cell in sensitive
    }
    for chosen in _choices(movable, loose, rooms, given - settled, folder / "problem"):
        if _is_proven(movable, loose, rooms, chosen, folder / "proof"):
            return chosen | given
    return None


def _choices(
    cells: _Cells, sums: Sequence[_Sum], rooms: Mapping[int, _Room], given: set[int], problem: Path
) -> Iterator[set[int]]:
    """What to hide: the solver's choice, then everything."""
    _write(problem, cells, sums, rooms, given)
    answer = problem.with_suffix(".answer")
    if HiTaSCtrl().full_jj(str(problem), str(answer), max_time=_MINUTES) == _SOLVED:
        names = list(cells)
        yield given | {names[int(line)] for line in answer.read_text(encoding="ascii").split()}
    yield set(cells)


def _is_proven(
    cells: _Cells, sums: Sequence[_Sum], rooms: Mapping[int, _Room], hidden: set[int], proof: Path
) -> bool:
    """Whether enough values remain possible for each sensitive count (τ-Argus's audit: two bounds a cell)."""
    _write(proof, cells, sums, rooms, hidden)
    names = list(cells)
    widths = {names[row["cell"]]: row["max"] - row["min"] for row in audit_jj(str(proof))}
    return all(widths[cell] > _MARGIN - _ROUNDING for cell in rooms)


def _without(cells: _Cells, sums: Iterable[_Sum], settled: set[int]) -> list[_Sum]:
    """The sums once the settled cells, whose counts follow, are taken out."""
    remaining = []
    for part in sums:
        terms = tuple(term for term in part.terms if term[0] not in settled)
        if terms:
            out = sum(sign * cells[cell].count for cell, sign in part.terms if cell in settled)
            remaining.append(_Sum(terms, part.total - out))
    return remaining


def _limits(cells: _Cells, sums: Sequence[_Sum]) -> dict[int, tuple[float, float]]:
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


def _write(
    path: Path, cells: _Cells, sums: Sequence[_Sum], rooms: Mapping[int, _Room], hidden: set[int]
) -> None:
    """A problem in τ-Argus's JJ format (manual 4.1): cells with bounds and protection, then sums."""
    numbers = {cell: number for number, cell in enumerate(cells)}
    most = 2 * max(facts.count for facts in cells.values()) + 2 * SMALLEST_SHOWN
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
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
