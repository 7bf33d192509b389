"""Where the synthetic households live: the communes of 2020 and what became of them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from demo.names import without_tone
from demo.randomness import stream
from reference.loading import crosswalk, published, unit_area_type, units

YEARS = (2021, 2022, 2023, 2024, 2025, 2026)
ERA_OF_YEAR = {2021: "2020", 2022: "2020", 2023: "2020", 2024: "2024", 2025: "2025", 2026: "2025"}
BEFORE = 2020
"""The last review under the older standard."""
PUBLISHED_SERIES = "nam_dinh_review"
STANDARD_ID = "2022-2026"
TYPICAL_HOUSEHOLDS = {"xã": 2500, "thị trấn": 3100, "phường": 4300}

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Unit:
    """One commune or district with the names its clerks write."""

    era: str
    code: str
    name: str
    type: str
    district_name: str | None

    @property
    def short_name(self) -> str:
        """Name without its type: ``Yên Bình`` for ``Xã Yên Bình``."""
        return self.name[len(self.type) + 1 :]


@dataclass(frozen=True)
class Quotas:
    """Counts by home (row) and year (column, order of ``YEARS``)."""

    poor: IntArray
    near_poor: IntArray
    resident_households: IntArray
    resident_persons: IntArray
    old_poor: IntArray
    old_near_poor: IntArray


@cache
def targets() -> dict[tuple[int, str], int]:
    """Totals of the province by (year, measure): published where they are, else ``targets.csv``.

    2020 is the last review under the older standard; it only says who was on the list before 2021.
    """
    invented = pl.read_csv(Path(__file__).parent / "targets.csv").select(
        "period", "measure", pl.col("value").cast(pl.Int64)
    )
    counts = published().filter(
        pl.col("series_id") == PUBLISHED_SERIES,
        pl.col("measure").is_in(invented["measure"].unique().to_list()),
        pl.col("value").is_not_null(),
    )
    known = counts.select(
        pl.col("period").cast(pl.Int64), "measure", pl.col("value").cast(pl.Int64)
    )
    totals: dict[tuple[int, str], int] = {}
    for year, measure, value in [*invented.iter_rows(), *known.iter_rows()]:
        totals[year, measure] = value
    return totals


@cache
def homes() -> pl.DataFrame:
    """One row a commune of 2020 by code: code_2020, code_2024, code_2025, type, district."""
    old = (
        units()
        .filter(era="2020", level="commune")
        .select(pl.col("code").alias("code_2020"), "type", pl.col("parent_code").alias("district"))
    )
    return crosswalk().join(old, on="code_2020", how="left").sort("code_2020")


def home_units(year: int) -> list[str]:
    """Code of the unit in force at the review of ``year``, by home."""
    return homes().get_column(f"code_{ERA_OF_YEAR[year]}").to_list()


def is_urban(year: int) -> BoolArray:
    """Whether the unit in force at the review of ``year`` is urban, by home."""
    era = ERA_OF_YEAR[year]
    return np.array([unit_area_type(era, code) == "urban" for code in home_units(year)])


def unit(era: str, code: str) -> Unit:
    """The commune or district with that code in that era.

    Raises:
        KeyError: there is none.
    """
    return _units()[era, code]


@cache
def _units() -> dict[tuple[str, str], Unit]:
    rows = list(units().iter_rows(named=True))
    districts = {(r["era"], r["code"]): r["name"] for r in rows if r["level"] == "district"}
    return {
        (r["era"], r["code"]): Unit(
            r["era"],
            r["code"],
            r["name"],
            r["type"],
            districts.get((r["parent_era"], r["parent_code"])),
        )
        for r in rows
        if r["level"] != "province"
    }


def is_same_place(first: str, second: str) -> bool:
    """Whether two commune names differ at most in type, tones and case."""
    return _bare(first) == _bare(second)


def _bare(name: str) -> str:
    plain = without_tone(name).lower()
    for kind in ("xa ", "phuong ", "thi tran "):
        plain = plain.removeprefix(kind)
    return plain


def quotas(seed: int) -> Quotas:
    """Counts of every commune: rates differ by place, persist over the years, sum exactly."""
    rng = stream(seed, "geography")
    communes = homes().height
    typical = np.array([TYPICAL_HOUSEHOLDS[kind] for kind in homes().get_column("type")])
    size = typical * np.exp(rng.normal(0, 0.28, communes))
    districts = sorted(set(homes().get_column("district")))
    district_effect = dict(zip(districts, rng.normal(0, 0.22, len(districts)), strict=True))
    place = np.array([district_effect[d] for d in homes().get_column("district")])
    place = place + rng.normal(0, 0.38, communes) - 0.25 * is_urban(2021)
    households = _by_year(size * np.exp(rng.normal(0, 0.02, communes)), "resident_household_count")
    drift = rng.normal(0, 0.09, (communes, len(YEARS))).cumsum(axis=1)
    poor = np.exp(1.1 * place[:, None] + drift)
    near = np.exp(0.8 * place[:, None] + 0.7 * drift + rng.normal(0, 0.15, communes)[:, None])
    persons = households * np.exp(rng.normal(0, 0.06, communes))[:, None]
    return Quotas(
        poor=_shares("poor_household_count", households * poor),
        near_poor=_shares("near_poor_household_count", households * near),
        resident_households=households,
        resident_persons=_shares("resident_person_count", persons),
        old_poor=apportion(
            targets()[BEFORE, "poor_household_count"], households[:, 0] * poor[:, 0]
        ),
        old_near_poor=apportion(
            targets()[BEFORE, "near_poor_household_count"], households[:, 0] * near[:, 0]
        ),
    )


def _by_year(weights: NDArray[Any], measure: str) -> IntArray:
    return _shares(measure, np.repeat(weights[:, None], len(YEARS), axis=1))


def _shares(measure: str, weights: NDArray[Any]) -> IntArray:
    totals = [targets()[year, measure] for year in YEARS]
    parts = [apportion(total, weights[:, i]) for i, total in enumerate(totals)]
    return np.stack(parts, axis=1)


def apportion(total: int, weights: NDArray[Any]) -> IntArray:
    """``total`` divided in proportion to ``weights``, whole numbers by largest remainder."""
    exact: FloatArray = total * weights / weights.sum()
    parts: IntArray = np.floor(exact).astype(np.int64)
    order = np.argsort(-(exact - parts), kind="stable")
    parts[order[: total - parts.sum()]] += 1
    return parts
