"""Support by household of some communes: to what each household is entitled, and what it received.

Only some communes send the list, so that its figures have a coverage below 100 % and rank nobody.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from demo.folder import Paths
from demo.geography import ERA_OF_YEAR, home_units, unit
from demo.histories import NEAR, NONE, POOR
from demo.lists import province_name
from demo.names import without_tone
from demo.province import SMALL_UNITS_2025, Province
from demo.randomness import stream
from demo.sheets import MARK, Book, Cell, Sheet, letterhead
from reference.loading import indicators

FOLDER = "ho-tro"
YEAR = 2025
SENDING = 12
"""Communes of the 57 that send the list, three of them in the small demo."""
ESCAPED_SINCE = 2023
"""A household counts as newly escaped for three reviews."""
HEADER = (
    "STT", "Xã nơi hộ ở", "Họ và tên chủ hộ", "Ngày, tháng, năm sinh", "Giới tính",
    "Số định danh cá nhân/CCCD", "Diện hộ", "Chính sách thuộc diện hưởng",
    "Chỉ số thiếu hụt được hỗ trợ", "Tình trạng hưởng", "Ngày hỗ trợ",
    "Số tiền hoặc giá trị (đồng)", "Cơ quan hỗ trợ",
)  # fmt: skip
_CLASS_WORDS = {POOR: "Hộ nghèo", NEAR: "Hộ cận nghèo", NONE: "Hộ mới thoát nghèo"}
_INSURANCE, _POWER = "Bảo hiểm y tế", "Tiền điện"
_NOTHING = "Không thuộc diện hưởng chính sách nào"
_ANSWERS = {
    "employment": "Đào tạo nghề và việc làm", "dependency": "Trợ cấp xã hội",
    "nutrition": "Chính sách khác", "health_insurance": _INSURANCE,
    "adult_education": "Đào tạo nghề và việc làm", "child_school": "Giáo dục",
    "housing_quality": "Nhà ở", "housing_area": "Nhà ở", "water": "Nước sạch và vệ sinh",
    "sanitation": "Nước sạch và vệ sinh", "internet": "Tiếp cận thông tin",
    "info_assets": "Tiếp cận thông tin",
}  # fmt: skip
_REACH = {_INSURANCE: 0.98, _POWER: 0.99, "Nhà ở": 0.62, "Nước sạch và vệ sinh": 0.78}
_REACH_ELSE = 0.86
_NOT_WRITTEN = 0.01
_AMOUNTS = {_INSURANCE: 972_000, _POWER: 660_000, "Nhà ở": 60_000_000, "Giáo dục": 1_350_000}
_AMOUNT_ELSE = 3_000_000


@dataclass(frozen=True)
class SupportTask:
    """The list of one commune."""

    code: str
    path: str


@dataclass(frozen=True)
class Given:
    """One policy of one household as it truly is; ``is_received`` None = nobody wrote it."""

    household: int
    klass: int
    policy: str
    indicator: str | None
    is_received: bool | None
    day: date | None


def support_tasks(province: Province, paths: Paths) -> list[SupportTask]:
    """The lists of the communes that send one and are part of this demo."""
    return [
        SupportTask(code, paths.take(f"{FOLDER}/{YEAR}", _stem(code), "xlsx"))
        for code in sending(province)
    ]


def _stem(code: str) -> str:
    return f"Ho tro den ho {YEAR} - {without_tone(unit(ERA_OF_YEAR[YEAR], code).name)}"


def sending(province: Province) -> list[str]:
    """Codes of the communes of this demo that send the list."""
    codes = home_units(YEAR)
    certain = SMALL_UNITS_2025[:3]
    others = sorted(set(codes) - set(SMALL_UNITS_2025))
    picked = stream(province.seed, "support lists").permutation(others)[: SENDING - len(certain)]
    here = {codes[home] for home in province.home_numbers}
    return sorted({*certain, *picked.tolist()} & here)


def support(province: Province, code: str) -> list[Given]:
    """Everything the list of one commune tells."""
    rng = stream(province.seed, "support", int(code))
    return [
        given
        for row in followed(province, code).iter_rows(named=True)
        for given in _of_household(rng, row)
    ]


def followed(province: Province, code: str) -> pl.DataFrame:
    """Households on the list of the year, then those poor at most three reviews ago and not listed now."""
    homes_here = [home for home, each in enumerate(home_units(YEAR)) if each == code]
    rows = province.rows.filter(pl.col("year") <= YEAR, pl.col("home").is_in(homes_here))
    last = rows.sort("year").unique("household", keep="last", maintain_order=True)
    listed = (pl.col("year") == YEAR) & (pl.col("klass") != NONE)
    escaped = (
        (pl.col("year") >= ESCAPED_SINCE) & (pl.col("klass") == NONE) & (pl.col("before") == POOR)
    )
    return last.filter(listed | escaped).sort("household")


def _of_household(rng: np.random.Generator, row: dict[str, int]) -> Iterator[Given]:
    marked = [
        indicator.code for bit, indicator in enumerate(indicators()) if row["marks"] >> bit & 1
    ]
    due: list[tuple[str, str | None]] = [(_ANSWERS[code], code) for code in marked]
    if row["klass"] != NONE and "health_insurance" not in marked:
        due.append((_INSURANCE, None))
    if row["klass"] == POOR:
        due.append((_POWER, None))
    who, klass = row["household"], row["klass"]
    if not due:
        yield Given(who, klass, _NOTHING, None, None, None)
    for policy, code in due:
        luck, is_silent, day = rng.random(), rng.random() < _NOT_WRITTEN, int(rng.integers(0, 330))
        is_received = luck < _REACH.get(policy, _REACH_ELSE)
        told = None if is_silent else bool(is_received)
        yield Given(who, klass, policy, code, told, _day(day) if told else None)


def _day(offset: int) -> date:
    return date(YEAR, 1, 15) + timedelta(days=offset)


def support_book(province: Province, task: SupportTask) -> tuple[Book, int]:
    """The workbook of one commune, and how many rows it has."""
    sender = unit(ERA_OF_YEAR[YEAR], task.code)
    people = {row["household"]: row for row in followed(province, task.code).iter_rows(named=True)}
    known = province.households
    given = support(province, task.code)
    grid: list[list[Cell]] = [
        *letterhead(
            f"UBND TỈNH {province_name(YEAR).upper()}", f"UBND {sender.name.upper()}", len(HEADER)
        ),
        [MARK], [f"HỖ TRỢ GIẢM NGHÈO ĐẾN TỪNG HỘ NĂM {YEAR}"], [],
    ]  # fmt: skip
    first = len(grid)
    grid.append(list(HEADER))
    labels = {indicator.code: indicator.label_vi for indicator in indicators()}
    for count, each in enumerate(given, start=1):
        person = people[each.household]
        said = {True: "Đã nhận", False: "Chưa nhận", None: None}[each.is_received]
        money = _AMOUNTS.get(each.policy, _AMOUNT_ELSE) if each.is_received else None
        grid.append([
            count, sender.name, person["written_name"], str(known.birth_year[each.household]),
            "Nữ" if person["female"] else "Nam", known.number[each.household],
            _CLASS_WORDS[each.klass], each.policy,
            labels[each.indicator] if each.indicator else None, said, each.day, money,
            f"UBND {sender.name}",
        ])  # fmt: skip
    sheet = Sheet(
        "Hỗ trợ", grid, header=range(first, first + 1), bold=set(range(first))
    )  # fmt: skip
    return Book(task.path, [sheet], created=date(YEAR, 12, 22)), len(given)


def support_truth(province: Province) -> list[dict[str, object]]:
    """By commune: households that received everything of those entitled, and by deprivation."""
    found = []
    for code in sending(province):
        of: dict[int, list[Given]] = {}
        for each in support(province, code):
            of.setdefault(each.household, []).append(each)
        counts: Counter[str] = Counter()
        for household in of.values():
            _count(counts, household)
        found.append({"unit_code": code, "period": str(YEAR), **dict(sorted(counts.items()))})
    return found


def _count(counts: Counter[str], household: list[Given]) -> None:
    due = [each.is_received for each in household if each.policy != _NOTHING]
    if False in due or (due and None not in due):
        counts["entitled"] += 1
        counts["received_all"] += False not in due
    is_escaped = household[0].klass == NONE
    counts["newly_escaped"] += is_escaped
    for each in household:
        if each.indicator:
            counts[f"newly_escaped_{each.indicator}"] += is_escaped
            counts[f"asked_{each.indicator}"] += each.is_received is not None
            counts[f"supported_{each.indicator}"] += each.is_received is True
