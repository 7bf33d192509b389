"""What a list says of a household: scores, deprivations, members, causes, needs, dates."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from demo import names
from demo.geography import STANDARD_ID, YEARS, BoolArray, FloatArray, IntArray, is_urban
from demo.histories import NONE, POOR
from demo.randomness import stream
from reference.loading import indicators, standards

INDICATORS = len(indicators())
POPULARITY = (0.3, 0.9, 0.1, 0.0, 0.2, -1.6, 0.6, -0.4, 0.1, 0.7, 1.1, 0.4)
"""Which deprivations are common, in the order of the official form; synthetic."""
POOR_COUNTS = (3, 4, 5, 6, 7)
POOR_COUNT_SHARES = (0.46, 0.3, 0.15, 0.07, 0.02)
NEAR_COUNT_SHARES = (0.22, 0.36, 0.42)
NONE_COUNT_SHARES = (0.3, 0.35, 0.25, 0.1)
CONTRADICTION_SHARE = 0.0015
NUMBER_MISSING, DIGIT_WRONG, NAME_VARIANT, YEAR_ONLY, YEAR_WRONG = 0.15, 0.02, 0.05, 0.3, 0.02
"""Faults for linking, shares of rows (design, section 4)."""
VILLAGES = (5, 13)
REVIEWERS = 4
CAUSE_SHARES = (0.08, 0.16, 0.22, 0.05, 0.12, 0.2, 0.42, 0.08)
NEED_SHARES = (0.35, 0.18, 0.28, 0.3, 0.14, 0.1)


@dataclass(frozen=True)
class Households:
    """What stays with a household for life; positions are household numbers."""

    name: list[str]
    number: list[str]
    female: BoolArray
    birth_year: IntArray
    birth_day: IntArray
    village: IntArray
    minority: BoolArray
    frailty: FloatArray
    merit: FloatArray
    size: IntArray


def households(seed: int, count: int) -> Households:
    """Draw the lasting facts of ``count`` households."""
    rng = stream(seed, "households")
    female = rng.random(count) < 0.52
    frailty = rng.random(count)
    age_2021 = np.where(frailty < 0.3, rng.normal(74, 9, count), rng.normal(54, 13, count))
    birth_year = 2021 - np.clip(age_2021, 22, 98).astype(np.int64)
    alone = rng.choice((1, 2, 3), count, p=(0.58, 0.32, 0.1))
    family = rng.choice((1, 2, 3, 4, 5, 6, 7), count, p=(0.1, 0.18, 0.24, 0.26, 0.14, 0.06, 0.02))
    return Households(
        name=names.person_names(rng, female.tolist()),
        number=names.identity_numbers(rng, female.tolist(), birth_year.tolist()),
        female=female,
        birth_year=birth_year,
        birth_day=rng.integers(0, 365, count),
        village=rng.integers(0, 1_000_000, count),
        minority=rng.random(count) < 0.002,
        frailty=frailty,
        merit=rng.random(count),
        size=np.where(frailty < 0.3, alone, family).astype(np.int64),
    )


def village_table(seed: int) -> list[list[str]]:
    """Village names by home; they survive every merger."""
    rng = stream(seed, "villages")
    urban = is_urban(YEARS[0])
    return [names.village_names(rng, int(rng.integers(*VILLAGES)), bool(u)) for u in urban]


def describe(seed: int, rows: pl.DataFrame, known: Households) -> pl.DataFrame:
    """``rows`` with what the list of that year says of each household.

    Adds is_urban, b1, marks (twelve bits, first indicator lowest), b2, members,
    no_labour, merit, minority, causes, needs, given (bits), review_day (days after 5 September),
    reviewer (number), is_contradiction.
    """
    household = rows["household"].to_numpy()
    klass, year, home = (rows[c].to_numpy() for c in ("klass", "year", "home"))
    rng = stream(seed, "attributes")
    urban_by_year = np.stack([is_urban(y) for y in YEARS], axis=1)
    urban = urban_by_year[home, year - YEARS[0]]
    contradiction = (rng.random(rows.height) < CONTRADICTION_SHARE) & (klass != NONE)
    marks = _marks(rng, stream(seed, "deprivation"), household, klass, contradiction)
    b1 = _b1(rng, klass, urban, contradiction & (rng.random(rows.height) < 0.4))
    frail_below = np.choose(klass, (0.1, 0.16, 0.34))
    merit_below = np.where(klass == POOR, 0.02 - 0.003 * (year - YEARS[0]), 0.03)
    grown = rng.choice((-1, 0, 1), rows.height, p=(0.04, 0.92, 0.04))
    listed = klass != NONE
    return rows.with_columns(
        is_urban=urban,
        b1=b1,
        marks=_bits(marks),
        b2=10 * marks.sum(axis=1),
        members=np.maximum(known.size[household] + grown, 1),
        no_labour=(known.frailty[household] < frail_below) & listed,
        merit=known.merit[household] < merit_below,
        minority=known.minority[household] & (klass != POOR),
        causes=_bits(_some(rng, CAUSE_SHARES, rows.height)) * listed,
        needs=_bits(_some(rng, NEED_SHARES, rows.height)) * listed,
        given=_bits(rng.random((rows.height, len(NEED_SHARES))) < 0.16) * listed,
        review_day=rng.integers(0, 85, rows.height),
        reviewer=rng.integers(0, REVIEWERS, rows.height),
        is_contradiction=contradiction,
    )


def as_written(seed: int, rows: pl.DataFrame, known: Households) -> pl.DataFrame:
    """``rows`` with name, identity number and birth as the clerk of that year wrote them.

    Adds written_name, written_number (null = missing), written_birth (``dd/mm/yyyy`` or ``yyyy``).
    """
    rng = stream(seed, "written")
    household = rows["household"].to_list()
    written = [known.name[h] for h in household]
    for i in np.flatnonzero(rng.random(rows.height) < NAME_VARIANT).tolist():
        written[i] = names.name_variant(rng, written[i])
    numbers: list[str | None] = [known.number[h] for h in household]
    for i in np.flatnonzero(rng.random(rows.height) < DIGIT_WRONG).tolist():
        numbers[i] = names.one_digit_wrong(rng, known.number[household[i]])
    for i in np.flatnonzero(rng.random(rows.height) < NUMBER_MISSING).tolist():
        numbers[i] = None
    year = known.birth_year[household]
    slip = rng.random(rows.height) < YEAR_WRONG
    year = year + np.where(slip, rng.choice((-1, 1), rows.height), 0)
    only_year = (rng.random(rows.height) < YEAR_ONLY).tolist()
    days = (np.datetime64("2001-01-01") + known.birth_day[household]).astype(str)
    births = [
        f"{y}" if short else f"{day[8:10]}/{day[5:7]}/{y}"
        for y, day, short in zip(year.tolist(), days.tolist(), only_year, strict=True)
    ]
    return rows.with_columns(
        written_name=pl.Series(written),
        written_number=pl.Series(numbers, dtype=pl.String),
        written_birth=pl.Series(births),
        female=known.female[household],
    )


def _marks(
    rng: np.random.Generator,
    lasting: np.random.Generator,
    household: IntArray,
    klass: IntArray,
    contradiction: BoolArray,
) -> BoolArray:
    """Twelve deprivations a row: as many as the class allows, the same ones from year to year."""
    count = len(household)
    taste = lasting.gumbel(0, 1, (int(household.max()) + 1, INDICATORS))[household]
    score = taste + np.array(POPULARITY) + rng.gumbel(0, 0.35, (count, INDICATORS))
    poor = rng.choice(POOR_COUNTS, count, p=POOR_COUNT_SHARES)
    near = rng.choice(3, count, p=NEAR_COUNT_SHARES)
    none = rng.choice(4, count, p=NONE_COUNT_SHARES)
    wanted = np.select([klass == POOR, klass == NONE], [poor, none], near)
    off = np.select([klass == POOR, klass == NONE], [2, none], 3)
    wanted = np.where(contradiction, off, wanted)
    rank = np.argsort(np.argsort(-score, axis=1), axis=1)
    return rank < wanted[:, None]


def _b1(
    rng: np.random.Generator, klass: IntArray, urban: BoolArray, contradiction: BoolArray
) -> IntArray:
    """Income score in steps of five, at or under the cut of the area for poor and near-poor."""
    standard = standards()[STANDARD_ID]
    rural_cut, urban_cut = standard.b1_cut("rural"), standard.b1_cut("urban")
    if rural_cut is None or urban_cut is None:
        raise ValueError(f"standard {STANDARD_ID} has no cuts of B1")
    cut: IntArray = np.where(urban, urban_cut, rural_cut)
    under = np.minimum(np.floor(rng.gamma(2.2, 2.6, len(klass))), 20).astype(np.int64)
    over = 1 + np.minimum(np.floor(rng.gamma(1.6, 3.0, len(klass))), 30).astype(np.int64)
    above = (klass == NONE) | contradiction
    points: IntArray = cut + 5 * np.where(above, over, -under)
    return points


def _some(rng: np.random.Generator, shares: tuple[float, ...], count: int) -> BoolArray:
    """One or more choices a row, each by its share."""
    chosen = rng.random((count, len(shares))) < np.array(shares)
    fallback = rng.choice(len(shares), count, p=np.array(shares) / sum(shares))
    empty = ~chosen.any(axis=1)
    chosen[np.flatnonzero(empty), fallback[empty]] = True
    return chosen


def _bits(flags: BoolArray) -> IntArray:
    bits: IntArray = (flags * (1 << np.arange(flags.shape[1]))).sum(axis=1)
    return bits
