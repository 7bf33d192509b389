"""The review lists of the province: which commune sends what, and in which look."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import polars as pl

from demo.geography import ERA_OF_YEAR, Unit, home_units, homes, unit
from demo.names import without_tone
from demo.province import SMALL_UNITS_2025, Province
from demo.randomness import stream
from demo.review_list import Layout, ReviewList
from reference.loading import units

LAYOUT_SHARES: dict[Layout, float] = {"marks": 0.55, "template": 0.25, "villages": 0.2}
FORMER_KNOWN_SHARE = 0.92
"""Of the rows in communes that came from several, those that still name the older commune."""
EXPORT_YEAR, EXPORTS = 2023, 6
"""Communes that sent the system's export instead of a list."""


@dataclass(frozen=True)
class Look:
    """How one commune's list looks and what document carries it."""

    layout: Layout
    words: Literal["full", "short", "codes"]
    village_rows: bool
    decision_columns: bool
    decision: tuple[str, date] | None


def reporting_units(province: Province, year: int) -> list[str]:
    """Codes of the communes that send a list for the review of ``year``."""
    codes = home_units(year)
    here = sorted({codes[home] for home in province.home_numbers})
    return [c for c in here if year != 2026 or c in province.reported_2026]


def export_units(province: Province) -> list[str]:
    """Codes of the communes of ``EXPORT_YEAR`` that send the export; one lies in the small demo."""
    era = ERA_OF_YEAR[EXPORT_YEAR]
    codes = units().filter(era=era, level="commune")["code"].sort().to_list()
    plain = {code: without_tone(unit(era, code).short_name).lower() for code in codes}
    counts = Counter(plain.values())
    unique = [c for c in codes if counts[plain[c]] == 1 and unit(era, c).type == "xã"]
    successor = dict(homes().select("code_2020", "code_2025").iter_rows())
    rng = stream(province.seed, "exports")
    chosen = {unique[i] for i in rng.choice(len(unique), EXPORTS - 1, replace=False)}
    chosen.add(next(c for c in unique if successor[c] == SMALL_UNITS_2025[0]))
    return sorted(chosen & set(reporting_units(province, EXPORT_YEAR)))


def look(seed: int, year: int, code: str) -> Look:
    """The look this commune's clerk gives the list of ``year``."""
    sender = unit(ERA_OF_YEAR[year], code)
    rng = stream(seed, "look", year, int(code))
    layouts = [lay for lay in LAYOUT_SHARES if lay != "villages" or sender.district_name]
    shares = [LAYOUT_SHARES[lay] for lay in layouts]
    layout = layouts[int(rng.choice(len(layouts), p=[s / sum(shares) for s in shares]))]
    number, day = int(rng.integers(60, 320)), int(rng.integers(8, 15))
    short, village_rows, decision_columns = rng.random(3) < (0.25, 0.4, 0.3)
    return Look(
        layout=layout,
        words="codes" if layout == "template" else "short" if short else "full",
        village_rows=bool(village_rows),
        decision_columns=bool(decision_columns),
        decision=None if year == 2026 else (f"{number}/QĐ-UBND", date(year, 12, day)),
    )


def corrected_decision(seed: int, year: int, code: str) -> tuple[str, date] | None:
    """Decision that carries the corrected list: a week later."""
    decision = look(seed, year, code).decision
    if decision is None:
        return None
    number, day = decision
    return f"{int(number.split('/')[0]) + 11}/QĐ-UBND", day + timedelta(days=7)


def later_decision(seed: int, year: int, code: str) -> str:
    """Number of the decision that puts households into another class months later."""
    return f"{int(stream(seed, 'later decision', year, int(code)).integers(20, 400))}/QĐ-UBND"


def review_list(
    province: Province, year: int, code: str, looks: Look, sender: Unit | None = None
) -> ReviewList:
    """One commune's list; ``sender`` replaces the unit that the list names."""
    rows = province.rows.filter(year=year, unit_code=code)
    return ReviewList(
        year=year,
        unit=sender or unit(ERA_OF_YEAR[year], code),
        rows=rows,
        villages=_villages(province, rows),
        formers=_formers(province, rows),
        reviewers=_reviewers(province, rows),
        province=province_name(year),
        decision=looks.decision,
        layout=looks.layout,
        words=looks.words,
        village_rows=looks.village_rows,
        decision_columns=looks.decision_columns,
    )


def province_name(year: int) -> str:
    """Province as letterheads of the review of ``year`` name it: the new one since 2025."""
    if ERA_OF_YEAR[year] == "2025":
        return "Ninh Bình"
    name: str = units().filter(era=ERA_OF_YEAR[year], level="province")["name"].item()
    return name.removeprefix("Tỉnh ")


def _villages(province: Province, rows: pl.DataFrame) -> list[str]:
    pairs = zip(rows["home"], rows["village_number"], strict=True)
    return [province.villages[home][number] for home, number in pairs]


def _reviewers(province: Province, rows: pl.DataFrame) -> list[str]:
    pairs = zip(rows["home"], rows["reviewer"], strict=True)
    return [province.reviewers[home][number] for home, number in pairs]


def _formers(province: Province, rows: pl.DataFrame) -> list[str]:
    """Older commune (of 2024) by row; empty for some rows of communes that came from several."""
    codes = homes()["code_2024"].to_list()
    first: int = rows["row_id"].min()  # type: ignore[assignment]
    rng = stream(province.seed, "former", first)
    several = rows["home"].n_unique() > 1
    known = (rng.random(rows.height) < (FORMER_KNOWN_SHARE if several else 1)).tolist()
    named = {home: unit("2024", codes[home]).name for home in rows["home"].unique()}
    return [named[h] if k else "" for h, k in zip(rows["home"], known, strict=True)]
