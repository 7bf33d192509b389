"""Who is on the list when: households escape, relapse, are new, split, move or leave."""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from demo.geography import YEARS, Quotas
from demo.randomness import stream

NONE, NEAR, POOR = 0, 1, 2
MOVE_SHARE = 0.0075
SPLIT_SHARE = 0.0075
"""Together 1.5 % a year of the households on the list: moved to another commune, or divided."""
GONE_SHARE = 0.02
"""Of the households that leave the list, those that died out or left the province."""
RELAPSE_SHARE_POOR, RELAPSE_SHARE_NEAR = 0.14, 0.2
"""Of the entries into a class, households that had escaped before."""
APPLICANT_SHARE = 0.02
"""Households that asked for the review and were found not poor, against the list."""


@dataclass(frozen=True)
class Rates:
    """How one year's list follows from the list before (shares of the class named first)."""

    near_to_poor: float = 0.012
    new_poor: float = 0.07
    poor_stay_most: float = 0.93
    leave_to_near: float = 0.55
    new_near: float = 0.06
    near_stay_most: float = 0.93


FIRST_YEAR = Rates(near_to_poor=0.17, new_poor=0.05, new_near=0.12)
"""2021 moves from the standard of 2016–2020 to a wider one, so more households rise into it."""


@dataclass(frozen=True)
class Flows:
    """Households of one commune by way between two lists."""

    poor_stay: int
    poor_to_near: int
    near_to_poor: int
    near_stay: int
    new_poor: int
    new_near: int


@dataclass
class _Home:
    """Household numbers of one commune by state; ``escaped`` may come back."""

    poor: list[int] = field(default_factory=list)
    near: list[int] = field(default_factory=list)
    escaped: list[int] = field(default_factory=list)


@dataclass
class _Log:
    """Rows written so far, and how many households there are."""

    rows: list[tuple[int, int, int, int, int, str | None]] = field(default_factory=list)
    split_from: dict[int, int] = field(default_factory=dict)
    households: int = 0

    def new(self) -> int:
        """Number of a household that was never listed before."""
        self.households += 1
        return self.households - 1


@dataclass
class _Review:
    """One yearly review: where its rows go, and who moved house since the one before."""

    year: int
    rates: Rates
    rng: np.random.Generator
    log: _Log
    moved: set[int]

    def add(self, home: int, household: int, before: int, klass: int) -> None:
        """A household that was known on the list before."""
        entry = "moved" if household in self.moved else None
        self.log.rows.append((self.year, home, household, before, klass, entry))

    def enter(self, home: int, household: int, klass: int, entry: str | None) -> None:
        """A household that was not on the list before."""
        self.log.rows.append((self.year, home, household, NONE, klass, entry))


def flows(poor: int, near: int, poor_next: int, near_next: int, rates: Rates) -> Flows:
    """Ways between two lists that meet the next list's counts exactly."""
    rise = min(round(rates.near_to_poor * near), poor_next)
    new_poor = min(round(rates.new_poor * poor_next), poor_next - rise)
    stay = min(poor_next - rise - new_poor, int(rates.poor_stay_most * poor))
    new_poor = poor_next - rise - stay
    fall = min(round(rates.leave_to_near * (poor - stay)), near_next)
    new_near = min(round(rates.new_near * near_next), near_next - fall)
    keep = min(near_next - fall - new_near, int(rates.near_stay_most * (near - rise)))
    return Flows(stay, fall, rise, keep, new_poor, near_next - fall - keep)


def simulate(seed: int, quotas: Quotas) -> tuple[pl.DataFrame, dict[int, int]]:
    """Every household on every yearly list of the province, and which household came from which.

    Columns of the frame: year, home (index into ``homes()``), household, before, klass (0 none,
    1 near-poor, 2 poor), entry (``new``, ``relapse``, ``split``, ``moved`` or null).
    """
    rng, log = stream(seed, "histories"), _Log()
    places = [
        _Home([log.new() for _ in range(poor)], [log.new() for _ in range(near)])
        for poor, near in zip(quotas.old_poor, quotas.old_near_poor, strict=True)
    ]
    for column, year in enumerate(YEARS):
        rates, moved = (Rates(), _move(rng, places)) if column else (FIRST_YEAR, set[int]())
        review = _Review(year, rates, rng, log, moved)
        for home, place in enumerate(places):
            target = (int(quotas.poor[home, column]), int(quotas.near_poor[home, column]))
            _advance(review, home, place, target)
    schema = {
        "year": pl.Int32,
        "home": pl.Int32,
        "household": pl.Int64,
        "before": pl.Int8,
        "klass": pl.Int8,
        "entry": pl.String,
    }
    return pl.DataFrame(log.rows, schema=schema, orient="row"), log.split_from


def _move(rng: np.random.Generator, places: list[_Home]) -> set[int]:
    """Move a share of the listed households to other communes; returns who moved."""
    moved: set[int] = set()
    for number, place in enumerate(places):
        for name in ("poor", "near"):
            here: list[int] = getattr(place, name)
            leaving = set(rng.permutation(here)[: rng.binomial(len(here), MOVE_SHARE)].tolist())
            leaving -= moved
            setattr(place, name, [h for h in here if h not in leaving])
            for household in sorted(leaving):
                target = int(rng.integers(len(places) - 1))
                target += target >= number
                getattr(places[target], name).append(household)
            moved |= leaving
    return moved


def _advance(review: _Review, home: int, place: _Home, target: tuple[int, int]) -> None:
    """Write one commune's list of one year and leave ``place`` in the state after it."""
    rng = review.rng
    way = flows(len(place.poor), len(place.near), *target, review.rates)
    parents = sorted(place.poor + place.near)
    poor, near, escaped = (
        rng.permutation(known).astype(int).tolist()
        for known in (place.poor, place.near, place.escaped)
    )
    stay, fall = way.poor_stay, way.poor_stay + way.poor_to_near
    rise, keep = way.near_to_poor, way.near_to_poor + way.near_stay
    parts = (
        (poor[:stay], POOR, POOR),
        (poor[stay:fall], POOR, NEAR),
        (near[:rise], NEAR, POOR),
        (near[rise:keep], NEAR, NEAR),
    )
    for households, before, klass in parts:
        for household in households:
            review.add(home, household, before, klass)
    left = _leave(review, home, [(h, POOR) for h in poor[fall:]] + [(h, NEAR) for h in near[keep:]])
    new_poor = _enter(review, home, (POOR, way.new_poor), escaped, parents)
    new_near = _enter(review, home, (NEAR, way.new_near), escaped, parents)
    for _ in range(round(APPLICANT_SHARE * sum(target))):
        review.enter(home, review.log.new(), NONE, None)
    place.poor = poor[:stay] + near[:rise] + new_poor
    place.near = poor[stay:fall] + near[rise:keep] + new_near
    place.escaped = escaped + left


def _leave(review: _Review, home: int, leaving: list[tuple[int, int]]) -> list[int]:
    """Households found not poor, but for those that are gone; returns who may come back."""
    left = []
    gone = review.rng.random(len(leaving)) < GONE_SHARE
    for (household, before), lost in zip(leaving, gone, strict=True):
        if not lost:
            review.add(home, household, before, NONE)
            left.append(household)
    return left


def _enter(
    review: _Review, home: int, wanted: tuple[int, int], escaped: list[int], parents: list[int]
) -> list[int]:
    """``wanted`` = class and count of households coming onto the list; relapses leave ``escaped``.

    Some of the others have split from one of ``parents``, the households listed the year before.
    """
    rng, log = review.rng, review.log
    klass, count = wanted
    share = RELAPSE_SHARE_POOR if klass == POOR else RELAPSE_SHARE_NEAR
    relapses = min(int(rng.binomial(count, share)), len(escaped))
    back = [escaped.pop() for _ in range(relapses)]
    for household in back:
        review.enter(home, household, klass, "relapse")
    splits = int(rng.binomial(len(parents), SPLIT_SHARE / 2)) if review.year != YEARS[0] else 0
    fresh = [log.new() for _ in range(count - relapses)]
    for place, household in enumerate(fresh):
        if place < splits:
            log.split_from[household] = parents[int(rng.integers(len(parents)))]
        review.enter(home, household, klass, "split" if place < splits else "new")
    return back + fresh
