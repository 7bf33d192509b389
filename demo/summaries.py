"""Form 1 of every district and commune, counted from the lists."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from demo.geography import ERA_OF_YEAR, YEARS, home_units, homes, unit
from demo.histories import NEAR, POOR
from demo.layouts_summary import Counts, Summary
from demo.lists import province_name, reporting_units
from demo.province import Province
from demo.randomness import stream
from reference.loading import units

AVERAGE_LIVING_SHARE = (0.012, 0.045)
PRELIMINARY_YEARS = (2024, 2026)


@dataclass(frozen=True)
class SummaryKey:
    """Which form 1: of a district (``is_district``) or of one commune."""

    year: int
    code: str
    is_district: bool
    is_preliminary: bool


def summary_keys(province: Province) -> list[SummaryKey]:
    """Every form 1 in the inbox: by district until 2024, by commune after."""
    keys = []
    for year in YEARS:
        codes = reporting_units(province, year)
        if ERA_OF_YEAR[year] == "2025":
            keys += [SummaryKey(year, c, False, year == 2026) for c in codes]
            continue
        parents = units().filter(era=ERA_OF_YEAR[year]).select("code", "parent_code").rows()
        districts = sorted({dict(parents)[code] for code in codes})
        keys += [SummaryKey(year, d, True, False) for d in districts]
        if year in PRELIMINARY_YEARS:
            keys += [SummaryKey(year, d, True, True) for d in districts]
    return keys


def summary(province: Province, key: SummaryKey) -> Summary:
    """The filled form; a preliminary one differs a little from the lists that follow."""
    era = ERA_OF_YEAR[key.year]
    sender = unit(era, key.code)
    codes = reporting_units(province, key.year)
    if key.is_district:
        children = units().filter(era=era, parent_code=key.code, level="commune")["code"]
        codes = [code for code in codes if code in set(children)]
    else:
        codes = [key.code]
    rng = stream(province.seed, "form 1", key.year, int(key.code), int(key.is_preliminary))
    rows = [(unit(era, code), _counts(province, key.year, code)) for code in codes]
    if key.is_preliminary and key.year != 2026:
        rows = [(u, _unsettled(rng, c)) for u, c in rows]
    return Summary(
        year=key.year,
        sender=f"UBND {sender.name.upper()}",
        above=f"UBND TỈNH {province_name(key.year).upper()}",
        is_preliminary=key.is_preliminary,
        document=(f"{int(rng.integers(20, 400))}/BC-UBND", _day(rng, key)),
        rows=rows,
        district=sender.name if key.is_district else None,
    )


def _day(rng: np.random.Generator, key: SummaryKey) -> date:
    if key.year == 2026:
        return date(2026, 9, int(rng.integers(8, 14)))
    return date(key.year, 11 if key.is_preliminary else 12, int(rng.integers(14, 18)))


def _counts(province: Province, year: int, code: str) -> Counts:
    here = np.array([c == code for c in home_units(year)])
    column = YEARS.index(year)
    households = int(province.quotas.resident_households[here, column].sum())
    persons = int(province.quotas.resident_persons[here, column].sum())
    rows = province.rows.filter(year=year, unit_code=code)
    by_class = {
        klass: (count, int(members))
        for klass, count, members in rows.group_by("klass")
        .agg(pl.len(), pl.col("members").sum())
        .iter_rows()
    }
    poor, near = by_class.get(POOR, (0, 0)), by_class.get(NEAR, (0, 0))
    rng = stream(province.seed, "average living", int(homes()["code_2020"].to_numpy()[here][0]))
    average = int(households * rng.uniform(*AVERAGE_LIVING_SHARE))
    average_persons = int(average * persons / households)
    return Counts(
        households, persons, (poor[0], near[0], average), (poor[1], near[1], average_persons)
    )


def _unsettled(rng: np.random.Generator, counts: Counts) -> Counts:
    """Counts before complaints were settled: a few households more or fewer in each class."""
    poor, near, average = counts.households
    more_poor, more_near = int(rng.integers(-1, 3)), int(rng.integers(-2, 6))
    more_poor, more_near = max(more_poor, -poor), max(more_near, -near)
    persons = (
        counts.persons[0] + 2 * more_poor if poor + more_poor else 0,
        counts.persons[1] + 2 * more_near if near + more_near else 0,
        counts.persons[2],
    )
    return Counts(
        counts.resident_households,
        counts.resident_persons,
        (poor + more_poor, near + more_near, average),
        persons,
    )
