"""One audit (phúc tra) of the list of 2025: villages drawn in two strata, then households on and off the list.

The truth is drawn for the whole province whatever its size: the small demo has the same villages, cut
to its communes. Nobody off the list is a person of the demo; they are only counted.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from demo.folder import Paths
from demo.geography import ERA_OF_YEAR, YEARS, home_units, is_urban, unit
from demo.histories import NEAR, NONE, POOR
from demo.lists import province_name
from demo.province import Province, imagine
from demo.randomness import stream
from demo.sheets import MARK, Book, Cell, Sheet, letterhead
from reference.loading import agency_in_charge
from reference.periods import last_day

FOLDER = "phuc-tra"
YEAR = 2025
VILLAGES_A_STRATUM = 48
UNLISTED_A_VILLAGE = 30
FOUND = {
    POOR: ((POOR, 0.9), (NEAR, 0.05), (NONE, 0.05)),
    NEAR: ((NEAR, 0.89), (POOR, 0.02), (NONE, 0.09)),
}
"""What the audit finds of a household on the list, by its class there: planted shares."""
MISSED = ((POOR, 0.0006), (NEAR, 0.0022))
"""Of the households off the list, those that should be on it."""
HEADER = (
    "STT", "Xã được phúc tra", "Mã phiếu phúc tra", "Có trong danh sách của xã",
    "Phân loại trên danh sách", "Phân loại theo phúc tra", "Quyền số mẫu", "Tầng chọn mẫu",
    "Chùm chọn mẫu (thôn)", "Ngày phúc tra", "Cơ quan phúc tra",
)  # fmt: skip
_WORDS = {POOR: "Hộ nghèo", NEAR: "Hộ cận nghèo", NONE: "Hộ không nghèo"}
_FIRST_DAY = date(YEAR + 1, 3, 2)


@dataclass(frozen=True)
class AuditTask:
    """The workbook of the audit."""

    path: str


@dataclass(frozen=True)
class Visit:
    """One household of the sample; ``listed_as`` None = off the list."""

    home: int
    village: int
    stratum: str
    listed_as: int | None
    found: int
    weight: float
    day: date


@dataclass(frozen=True)
class Village:
    """What is true in one village: households on the list by (class there, class found), and off it."""

    home: int
    number: int
    stratum: str
    listed: tuple[tuple[int, int], ...]
    unlisted: int
    missed: tuple[int, int]


def audit_tasks(paths: Paths) -> list[AuditTask]:
    """The one workbook."""
    return [
        AuditTask(paths.take(f"{FOLDER}/{YEAR}", f"Phuc tra ho ngheo can ngheo {YEAR}", "xlsx"))
    ]


def visits(province: Province) -> list[Visit]:
    """The sample, cut to the communes of this demo."""
    here = set(province.home_numbers)
    return [visit for visit in _sample(province.seed) if visit.home in here]


@lru_cache(maxsize=2)
def villages(seed: int) -> tuple[Village, ...]:
    """The truth of every village of the province."""
    whole = imagine(seed, "province")
    rng = stream(seed, "audit truth")
    urban = is_urban(YEAR)
    residents = whole.quotas.resident_households[:, YEARS.index(YEAR)]
    listed: dict[tuple[int, int], list[int]] = {}
    columns = ("home", "village_number", "klass")
    for home, number, klass in whole.rows.filter(year=YEAR).select(columns).iter_rows():
        if klass != NONE:
            listed.setdefault((home, number), []).append(klass)
    found = []
    for home, names in enumerate(whole.villages):
        count = sum(len(listed.get((home, number), [])) for number in range(len(names)))
        unlisted = (int(residents[home]) - count) // len(names)
        for number in range(len(names)):
            known = tuple((klass, _found(rng, klass)) for klass in listed.get((home, number), []))
            poor, near = (int(rng.binomial(unlisted, share)) for _, share in MISSED)
            stratum = "Thành thị" if urban[home] else "Nông thôn"
            found.append(Village(home, number, stratum, known, unlisted, (poor, near)))
    return tuple(found)


def _found(rng: np.random.Generator, klass: int) -> int:
    classes, shares = zip(*FOUND[klass], strict=True)
    return int(rng.choice(classes, p=shares))


@lru_cache(maxsize=2)
def _sample(seed: int) -> tuple[Visit, ...]:
    rng = stream(seed, "audit sample")
    found: list[Visit] = []
    for stratum in ("Nông thôn", "Thành thị"):
        frame = [each for each in villages(seed) if each.stratum == stratum]
        picked = rng.permutation(len(frame))[:VILLAGES_A_STRATUM].tolist()
        for place in sorted(picked):
            found += _visits(rng, frame[place], len(frame) / VILLAGES_A_STRATUM)
    return tuple(found)


def _visits(rng: np.random.Generator, village: Village, weight: float) -> list[Visit]:
    """Every household on the village's list and some of the others."""
    day = _FIRST_DAY + timedelta(days=int(rng.integers(0, 40)))
    place = (village.home, village.number, village.stratum)
    found = [Visit(*place, klass, truly, round(weight, 2), day) for klass, truly in village.listed]
    asked = min(UNLISTED_A_VILLAGE, village.unlisted)
    poor, near = village.missed
    truth = [POOR] * poor + [NEAR] * near + [NONE] * (village.unlisted - poor - near)
    each = round(weight * village.unlisted / asked, 2)
    for place_in_list in rng.permutation(len(truth))[:asked].tolist():
        found.append(Visit(*place, None, truth[place_in_list], each, day))
    return found


def audit_book(province: Province, task: AuditTask) -> tuple[Book, int]:
    """The workbook of the audit, and how many rows it has."""
    agency = agency_in_charge("poverty_reduction", last_day(str(YEAR))).name_vi
    name, _, _ = agency.partition(" tỉnh ")
    codes, era = home_units(YEAR), ERA_OF_YEAR[YEAR]
    grid: list[list[Cell]] = [
        *letterhead(f"UBND TỈNH {province_name(YEAR).upper()}", name.upper(), len(HEADER)),
        [MARK], [f"KẾT QUẢ PHÚC TRA HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {YEAR}"], [],
    ]  # fmt: skip
    first = len(grid)
    grid.append(list(HEADER))
    sample = visits(province)
    for count, visit in enumerate(sample, start=1):
        is_listed = visit.listed_as is not None
        # Communes that were merged have villages of one name twice: the number keeps them apart.
        cluster = f"{province.villages[visit.home][visit.village]} ({visit.home})"
        grid.append([
            count, unit(era, codes[visit.home]).name, f"PT{count:05d}", "Có" if is_listed else "Không",
            _WORDS[visit.listed_as] if visit.listed_as is not None else None, _WORDS[visit.found],
            visit.weight, visit.stratum, cluster, visit.day, agency,
        ])  # fmt: skip
    sheet = Sheet("Phúc tra", grid, header=range(first, first + 1), bold=set(range(first)))
    return Book(task.path, [sheet], created=date(YEAR + 1, 4, 20)), len(sample)


def audit_truth(province: Province) -> dict[str, object]:
    """Weighted sums of the sample, and what is true of all villages of this demo, in percent."""
    here = set(province.home_numbers)
    true = [village for village in villages(province.seed) if village.home in here]
    listed = [pair for village in true for pair in village.listed]
    wrong = sum(found == NONE for _, found in listed)
    missed = sum(sum(village.missed) for village in true)
    sample = visits(province)
    on = [visit for visit in sample if visit.listed_as is not None]
    eligible = [visit for visit in sample if visit.found != NONE]
    return {
        "period": str(YEAR),
        "households": len(sample),
        "true_inclusion_pct": 100 * wrong / len(listed),
        "true_exclusion_pct": 100 * missed / (len(listed) - wrong + missed),
        "listed_weight": sum(visit.weight for visit in on),
        "listed_wrong_weight": sum(visit.weight for visit in on if visit.found == NONE),
        "eligible_weight": sum(visit.weight for visit in eligible),
        "eligible_missed_weight": sum(v.weight for v in eligible if v.listed_as is None),
    }
