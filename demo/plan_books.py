"""Targets assigned by the province each January, and the half-yearly status of duties."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from demo.folder import Paths
from demo.geography import YEARS, homes, unit
from demo.histories import POOR
from demo.lists import province_name
from demo.programme_figures import PERIODS
from demo.programmes import FOLDER
from demo.province import Province
from demo.randomness import stream
from demo.report_letters import under_report
from demo.sheets import MARK, Book, Cell, Sheet, letterhead
from reference.loading import agency_in_charge, duty_owners, era_at, units
from reference.periods import half_year_in_words, last_day

TARGET_YEARS = (2022, 2023, 2024, 2025, 2026)
"""Nothing was assigned for 2027 and later yet."""
FALL = 0.84
"""Rate assigned for a year's end, against the rate of the last review."""
TARGET_HEADER = (
    "STT", "Đơn vị", "Mã chỉ tiêu", "Tên chỉ tiêu", "Năm", "Giá trị được giao", "Số quyết định",
    "Ngày quyết định", "Lần giao",
)  # fmt: skip
DUTY_HEADER = ("STT", "Đơn vị", "Mã nhiệm vụ", "Tình trạng", "Minh chứng", "Hạn hoàn thành")
_NAMES = {
    "T1.1": "Tỷ lệ hộ nghèo (%)",
    "T1.2": "Số hộ nghèo còn khả năng lao động",
    "T4.1": "Tỷ lệ người nghèo có thẻ bảo hiểm y tế (%)",
    "T4.2": "Tỷ lệ người cận nghèo có thẻ bảo hiểm y tế (%)",
}
STATUS_WORDS = {
    "done": "Đã hoàn thành",
    "in_progress": "Đang thực hiện",
    "late": "Chậm",
    "not_started": "Chưa thực hiện",
}
_NOT_REPORTED = 0.08
Target = tuple[str, str, int, float]
"""Commune or province, indicator, year, value."""
Duty = tuple[str, str, str | None, date]
"""Duty, status, evidence, day it is due."""


@dataclass(frozen=True)
class TargetTask:
    """The decision that assigns the targets of one year."""

    year: int
    path: str


@dataclass(frozen=True)
class DutyTask:
    """The duties' status of one half-year."""

    period: str
    path: str


def plan_tasks(paths: Paths) -> list[TargetTask | DutyTask]:
    """The decisions by year, then the status of duties by half-year."""
    tasks: list[TargetTask | DutyTask] = [
        TargetTask(year, paths.take(f"{FOLDER}/{year}", f"Giao chi tieu giam ngheo {year}", "xlsx"))
        for year in TARGET_YEARS
    ]
    tasks += [
        DutyTask(p, paths.take(f"{FOLDER}/{p}", f"Tinh hinh thuc hien nhiem vu {p}", "xlsx"))
        for p in PERIODS
        if duty_owners()
    ]
    return tasks


def decision(seed: int, year: int) -> tuple[str, date]:
    """Number and date of the decision for a year."""
    rng = stream(seed, "target decision", year)
    return f"{int(rng.integers(30, 300))}/QĐ-UBND", date(year, 1, int(rng.integers(8, 28)))


def targets(province: Province, year: int) -> list[Target]:
    """What is assigned for a year: the province first, then its communes on the decision's day."""
    day = decision(province.seed, year)[1]
    era = era_at(day)
    column = YEARS.index(year - 1)
    codes = homes()[f"code_{era}"].to_list()
    listed = province.rows.filter(year=year - 1, klass=POOR)
    poor = _counted(listed)
    able = _counted(listed.filter(~pl.col("no_labour")))
    here = list(province.home_numbers)
    residents = province.quotas.resident_households[:, column]

    def of(code: str, members: list[int]) -> list[Target]:
        rate = 100 * sum(poor.get(h, 0) for h in members) / int(residents[members].sum())
        count = sum(able.get(h, 0) for h in members)
        return [(code, "T1.1", year, round(rate * FALL, 2)),
                (code, "T1.2", year, float(int(count * FALL)))]  # fmt: skip

    above: str = units().filter(era=era, level="province")["code"].item()
    found = [*of(above, here), (above, "T4.1", year, 100.0), (above, "T4.2", year, 100.0)]
    for code in sorted({codes[home] for home in here}):
        found += of(code, [home for home in here if codes[home] == code])
    return found


def duties(province: Province, period: str) -> list[Duty]:
    """The duties reported in a half-year; some are not reported at all."""
    found: list[Duty] = []
    end = last_day(period)
    for duty in duty_owners():
        rng = stream(province.seed, "duty", duty, period)
        if rng.random() < _NOT_REPORTED:
            continue
        progress = PERIODS.index(period) / len(PERIODS)
        chances = [0.45 + 0.35 * progress, 0.3 - 0.2 * progress, 0.15 - 0.08 * progress]
        status = str(rng.choice([*STATUS_WORDS], p=[*chances, 1 - sum(chances)]))
        due = end - timedelta(days=int(rng.integers(15, 120)))
        if status in ("in_progress", "not_started"):
            due = end + timedelta(days=int(rng.integers(10, 120)))
        number = f"{int(rng.integers(10, 400))}/BC"
        found.append((duty, status, number if status == "done" else None, due))
    return found


def target_book(province: Province, task: TargetTask) -> tuple[Book, int]:
    """The workbook of a year's decision, and how many rows it has."""
    number, day = decision(province.seed, task.year)
    era = era_at(day)
    grid = _head(
        f"UBND TỈNH {province_name(task.year - 1).upper()}",
        "",
        f"GIAO CHỈ TIÊU GIẢM NGHÈO NĂM {task.year}",
        f"(Kèm theo Quyết định số {number} ngày {day:%d/%m/%Y})",
        len(TARGET_HEADER),
    )
    first = len(grid)
    grid.append(list(TARGET_HEADER))
    rows = targets(province, task.year)
    for count, (code, indicator, year, value) in enumerate(rows, start=1):
        name = _name(era, code)
        grid.append([count, name, indicator, _NAMES[indicator], year, value, number, day, 1])
    return _book(task.path, "Chỉ tiêu", grid, first, day), len(rows)


def duty_book(province: Province, task: DutyTask) -> tuple[Book, int]:
    """The workbook of a half-year's duties, and how many rows it has."""
    end = last_day(task.period)
    agency = agency_in_charge("poverty_reduction", end).name_vi
    name, _, province_word = agency.partition(" tỉnh ")
    grid = _head(
        f"UBND TỈNH {province_word.upper()}",
        name.upper(),
        "TÌNH HÌNH THỰC HIỆN NHIỆM VỤ GIẢM NGHÈO",
        half_year_in_words(task.period).capitalize(),
        len(DUTY_HEADER),
    )
    grid[-1:] = [[under_report(province.seed, "duties", task.period, is_late=False)], []]
    first = len(grid)
    grid.append(list(DUTY_HEADER))
    rows = duties(province, task.period)
    for count, (duty, status, evidence, due) in enumerate(rows, start=1):
        grid.append([count, f"Tỉnh {province_word}", duty, STATUS_WORDS[status], evidence, due])
    return _book(task.path, "Nhiệm vụ", grid, first, end - timedelta(days=22)), len(rows)


def _head(above: str, sender: str, title: str, under: str, width: int) -> list[list[Cell]]:
    return [*letterhead(above, sender, width), [MARK], [title], [under], []]


def _book(path: str, name: str, grid: list[list[Cell]], first: int, made: date) -> Book:
    sheet = Sheet(name, grid, header=range(first, first + 1), bold=set(range(first)))
    return Book(path, [sheet], created=made)


def _counted(rows: pl.DataFrame) -> dict[int, int]:
    return dict(rows.group_by("home").agg(pl.len()).iter_rows())


def _name(era: str, code: str) -> str:
    """A commune with its district, so that homonyms are told apart."""
    found = units().filter(era=era, code=code, level="province")
    if found.height:
        return str(found["name"].item())
    place = unit(era, code)
    return f"{place.name}, {place.district_name}" if place.district_name else place.name
