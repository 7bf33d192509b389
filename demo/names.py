"""Invented names from tables of syllables, identity numbers that nobody has, and their faults."""

import unicodedata
from collections.abc import Sequence
from functools import cache

import numpy as np

from demo.legacy_text import old_tones

UNASSIGNED_PREFIX = "099"
"""No province has this prefix of identity numbers, so no number of the demo belongs to a person."""

FAMILY = (
    "Nguyễn:30 Trần:15 Phạm:9 Vũ:8 Lê:7 Đỗ:5 Hoàng:4 Bùi:4 Đặng:3 Ngô:3 Đinh:2 Mai:2 Phan:2 "
    "Đoàn:2 Lưu:1 Cao:1 Trịnh:1 Dương:1"
)
MIDDLE_MALE = (
    "Văn:38 Đức:9 Hữu:6 Xuân:6 Quang:5 Đình:5 Ngọc:5 Minh:4 Công:4 Duy:3 Trọng:3 Thanh:3 "
    "Bá:2 Viết:2"
)
MIDDLE_FEMALE = "Thị:62 Thu:6 Ngọc:5 Thanh:5 Minh:4 Kim:4 Hồng:4 Phương:3 Bích:3 Mai:2 Diệu:2"
GIVEN_MALE = (
    "Hùng Dũng Tuấn Sơn Hải Nam Thành Hòa Bình Cường Thắng Toàn Khánh Quý Thủy Long Phúc Tiến "
    "Trung Kiên Lâm Chiến Khải Đạt Hiếu Nghĩa Quyết Thịnh Vinh Mạnh Lực Huy Tùng Việt Hoan Khoa "
    "Thuận Độ"
)
GIVEN_FEMALE = (
    "Hoa Lan Hương Hằng Nga Thủy Thúy Hòa Mai Hồng Liên Loan Huệ Nhung Vân Yến Tuyết Dung Hiền "
    "Thảo Oanh Phượng Lý Quý Sen Mùi Nụ Tươi Thoa Chiên Xuyến Ngoan Thơm Bưởi Mận Hạnh Hà Thu"
)
VILLAGE_WORDS = (
    "Đông Đoài Trung Thượng Hạ Phú An Hòa Bình Lạc Thiện Khánh Hưng Thịnh Tân Liên Minh Quang Vân "
    "Ngọc Phúc Thọ Đức Nghĩa Lương Kim Cao Đại Lộc Xuân"
)


@cache
def weighted(table: str) -> tuple[list[str], np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """Syllables and their shares from ``"Nguyễn:30 Trần:15"``; without numbers all equal."""
    pairs = [part.partition(":") for part in table.split()]
    weights = np.array([float(weight or 1) for _, _, weight in pairs])
    return [word for word, _, _ in pairs], weights / weights.sum()


def draw(rng: np.random.Generator, table: str, count: int) -> list[str]:
    """``count`` syllables of a table."""
    words, shares = weighted(table)
    return [words[i] for i in rng.choice(len(words), count, p=shares)]


def person_names(rng: np.random.Generator, females: Sequence[bool]) -> list[str]:
    """One name a person, family name first."""
    count = len(females)
    columns = [draw(rng, t, count) for t in (FAMILY, MIDDLE_MALE, MIDDLE_FEMALE)]
    given_male, given_female = (draw(rng, table, count) for table in (GIVEN_MALE, GIVEN_FEMALE))
    return [
        f"{family} {middle_f} {given_f}" if female else f"{family} {middle_m} {given_m}"
        for female, family, middle_m, middle_f, given_m, given_f in zip(
            females, *columns, given_male, given_female, strict=True
        )
    ]


def identity_numbers(
    rng: np.random.Generator, females: Sequence[bool], years: Sequence[int]
) -> list[str]:
    """Different 12-digit numbers: unassigned prefix, century and sex, year, serial number."""
    count = len(females)
    serials = rng.permutation(1_000_000)[:count]
    return [
        f"{UNASSIGNED_PREFIX}{2 * (year >= 2000) + female}{year % 100:02d}{serial:06d}"
        for female, year, serial in zip(females, years, serials.tolist(), strict=True)
    ]


def village_names(rng: np.random.Generator, count: int, urban: bool) -> list[str]:
    """Different village names of one commune."""
    if urban:
        return [f"Tổ dân phố số {number}" for number in range(1, count + 1)]
    if rng.random() < 0.6:
        return [f"Xóm {number}" for number in range(1, count + 1)]
    words = VILLAGE_WORDS.split()
    found: list[str] = []
    while len(found) < count:
        name = "Thôn " + " ".join(words[i] for i in rng.choice(len(words), 2, replace=False))
        if name not in found:
            found.append(name)
    return found


def one_digit_wrong(rng: np.random.Generator, number: str) -> str:
    """The number with one digit after the prefix changed."""
    place = int(rng.integers(3, len(number)))
    digit = (int(number[place]) + int(rng.integers(1, 10))) % 10
    return f"{number[:place]}{digit}{number[place + 1 :]}"


def name_variant(rng: np.random.Generator, name: str) -> str:
    """The same name as another clerk writes it: tone, spelling or order of its syllables."""
    family, *middle, given = name.split()
    variants = [
        " ".join([*middle, given, family]),
        " ".join([family, *middle, without_tone(given)]),
        " ".join([family[:2] + ".", *middle, given]) if len(family) > 3 else f"{family} {given}",
        " ".join([family, *middle, other_spelling(given)]),
    ]
    different = [variant for variant in variants if variant != name]
    return different[int(rng.integers(len(different)))]


def other_spelling(syllable: str) -> str:
    """y for i or i for y, else the older place of the tone; unchanged where neither applies."""
    for letter, other in (("ý", "í"), ("ỳ", "ì"), ("í", "ý")):
        if syllable.endswith(letter):
            return syllable[:-1] + other
    return old_tones(syllable)


def without_tone(text: str) -> str:
    """Letters without diacritics, đ as d."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in plain if not unicodedata.combining(c)))
