"""The whole truth of the demo province, independent of how the files look and of their faults."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

import numpy as np
import polars as pl

from demo import attributes, names
from demo.geography import YEARS, Quotas, home_units, homes, quotas
from demo.histories import simulate
from demo.randomness import stream

Size = Literal["small", "province"]

SMALL_UNITS_2025 = ("13984", "13972", "13966", "13807", "14215", "14212")
"""Six of the 57: Hồng Quang and Vị Khê straddle two districts; four ordinary communes."""
REPORTED_2026 = 31
"""Of the 57 communes, those that have sent a first list of the review of 2026."""


@dataclass(frozen=True)
class Province:
    """Counts by commune, every row of every list, and the people behind them."""

    seed: int
    quotas: Quotas
    rows: pl.DataFrame
    row_count: int
    households: attributes.Households
    split_from: dict[int, int]
    villages: list[list[str]]
    reviewers: list[list[str]]
    home_numbers: tuple[int, ...]
    reported_2026: frozenset[str]


@lru_cache(maxsize=2)
def imagine(seed: int, size: Size) -> Province:
    """The province of ``seed``; ``small`` is the same truth, cut to six communes of 2025.

    ``rows``: one row a household and yearly list, sorted by year, unit, village and class, with the
    columns of ``histories.simulate``, ``attributes.describe`` and ``attributes.as_written``, and
    row_id (position in the whole province), unit_code (in force at the review), village.
    """
    kept = _home_numbers(size)
    if size == "small":
        whole = imagine(seed, "province")
        here = whole.rows.filter(pl.col("home").is_in(kept))
        return replace(whole, rows=here, home_numbers=kept)
    counts = quotas(seed)
    listed, split_from = simulate(seed, counts)
    known = attributes.households(seed, int(listed["household"].max()) + 1)  # type: ignore[arg-type]
    villages = attributes.village_table(seed)
    rows = attributes.describe(seed, listed, known)
    rows = attributes.as_written(seed, rows, known)
    rows = _placed(rows, known, villages).sort(
        "year",
        "unit_code",
        "home",
        "village_number",
        "klass",
        "row_id",
        descending=[False, False, False, False, True, False],
    )
    return Province(
        seed=seed,
        quotas=counts,
        rows=rows,
        row_count=listed.height,
        households=known,
        split_from=split_from,
        villages=villages,
        reviewers=_reviewers(seed),
        home_numbers=kept,
        reported_2026=_reported(seed),
    )


def _placed(
    rows: pl.DataFrame, known: attributes.Households, villages: list[list[str]]
) -> pl.DataFrame:
    counts = np.array([len(names_) for names_ in villages])
    home = rows["home"].to_numpy()
    number = known.village[rows["household"].to_numpy()] % counts[home]
    units = {year: home_units(year) for year in YEARS}
    codes = [units[y][h] for y, h in zip(rows["year"], rows["home"], strict=True)]
    return rows.with_row_index("row_id").with_columns(
        unit_code=pl.Series(codes), village_number=number
    )


def _home_numbers(size: Size) -> tuple[int, ...]:
    codes = homes().get_column("code_2025").to_list()
    return tuple(i for i, c in enumerate(codes) if size == "province" or c in SMALL_UNITS_2025)


def _reviewers(seed: int) -> list[list[str]]:
    rng = stream(seed, "reviewers")
    count = attributes.REVIEWERS * homes().height
    drawn = names.person_names(rng, (rng.random(count) < 0.5).tolist())
    size = attributes.REVIEWERS
    return [drawn[i * size : (i + 1) * size] for i in range(homes().height)]


def _reported(seed: int) -> frozenset[str]:
    """Who has sent a first list of 2026: some of the small demo's six, so that it shows both."""
    rng = stream(seed, "reported")
    codes = sorted(set(homes().get_column("code_2025")))
    certain = list(SMALL_UNITS_2025[:3])
    others = [c for c in codes if c not in SMALL_UNITS_2025]
    picked = rng.permutation(others)[: REPORTED_2026 - len(certain)].tolist()
    return frozenset([*certain, *picked])
