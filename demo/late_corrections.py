"""Lists that were checked again after a review meeting and decided anew, so that the meeting's figures are told otherwise now.

In the first list some poor households stand as near-poor although their scores say poor. The commune was
asked, and months later it sends the whole list again under another decision.
"""

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import polars as pl

from demo.geography import ERA_OF_YEAR, home_units, homes
from demo.histories import NEAR, POOR
from demo.lists import EXPORT_YEAR, export_units, reporting_units
from demo.province import SMALL_UNITS_2025, Province
from demo.randomness import stream
from demo.review_list import ReviewList

FIRST_DAYS = {2023: date(2024, 10, 7), 2024: date(2025, 10, 6)}
"""From when the lists of a year are corrected: after the review of the third quarter that told them."""
DAYS, UNITS = 55, 4
"""The corrections lie within so many days; so many communes a year, one of them in the small demo."""
MOST_WRONG = 6
Corrected = tuple[date, int]
"""Day of the second decision, and households that the first list has in the wrong class."""


@lru_cache(maxsize=4)
def _chosen(seed: int, year: int, left_out: frozenset[str]) -> dict[str, Corrected]:
    """Drawn for the whole province whatever its size; one is certain to lie in the small demo."""
    rng = stream(seed, "late corrections", year)
    codes = home_units(year)
    successor = dict(zip(codes, homes()["code_2025"], strict=True))
    order = sorted(set(codes))
    picked = [order[i] for i in rng.permutation(len(order)) if order[i] not in left_out]
    small = next(code for code in picked if successor[code] in SMALL_UNITS_2025)
    others = [code for code in picked if successor[code] not in SMALL_UNITS_2025]
    return {
        code: (
            FIRST_DAYS[year] + timedelta(days=int(rng.integers(DAYS))),
            int(rng.integers(3, MOST_WRONG + 1)),
        )
        for code in [small, *others[: UNITS - 1]]
    }


def corrected_later(province: Province, year: int, code: str) -> Corrected | None:
    """What became of this commune's list of ``year`` long after it was sent; None for most."""
    if year not in FIRST_DAYS:
        return None
    left_out = frozenset(export_units(province)) if year == EXPORT_YEAR else frozenset[str]()
    found = _chosen(province.seed, year, left_out).get(code)
    if found is None or code not in reporting_units(province, year):
        return None
    poor = province.rows.filter(year=year, unit_code=code, klass=POOR).height
    day, wrong = found
    return day, min(wrong, poor // 2)


def as_first_sent(listed: ReviewList, seed: int, wrong: int) -> tuple[ReviewList, list[int]]:
    """The list with ``wrong`` poor households as near-poor; the row_id of those."""
    rng = stream(seed, "misjudged", listed.year, int(listed.unit.code))
    poor = listed.rows.filter(pl.col("klass") == POOR, ~pl.col("is_contradiction"))["row_id"]
    picked = poor.gather(sorted(rng.permutation(poor.len())[:wrong].tolist())).to_list()
    rows = listed.rows.with_columns(
        klass=pl.when(pl.col("row_id").is_in(picked))
        .then(pl.lit(NEAR, listed.rows.schema["klass"]))
        .otherwise("klass")
    )
    return replace(listed, rows=rows), picked


def restated_truth(province: Province, *, corrections: bool) -> list[dict[str, object]]:
    """Lists that were decided anew: how many poor households each first list had as near-poor, and until when."""
    found: list[dict[str, object]] = []
    for year in FIRST_DAYS:
        for code in reporting_units(province, year) if corrections else ():
            later = corrected_later(province, year, code)
            if later:
                found.append(
                    {
                        "period": str(year),
                        "era": ERA_OF_YEAR[year],
                        "unit_code": code,
                        "corrected_on": later[0].isoformat(),
                        "poor_told_as_near_poor": later[1],
                    }
                )
    return found
