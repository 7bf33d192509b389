"""Numbers, dates, periods and names the way Vietnamese (or English) readers write them.

Everything here takes a value and returns text; nothing here computes a figure. Rounding is half up,
as in the official forms: rates under 10 % have two decimals, larger ones have one.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.numbers import NumberPattern, parse_pattern

Language = Literal["vi", "en"]

MISSING = "–"
PLOTLY_SEPARATORS: dict[Language, str] = {"vi": ",.", "en": ".,"}
LOCAL_TIME = ZoneInfo("Asia/Ho_Chi_Minh")

_NOUNS: dict[str, dict[Language, tuple[str, str]]] = {
    "household": {"vi": ("hộ", "hộ"), "en": ("household", "households")},
    "person": {"vi": ("người", "người"), "en": ("person", "persons")},
    "pupil": {"vi": ("học sinh, sinh viên",) * 2, "en": ("pupil", "pupils")},
    "commune": {"vi": ("xã", "xã"), "en": ("commune", "communes")},
    "model": {"vi": ("mô hình", "mô hình"), "en": ("model", "models")},
    "report": {"vi": ("báo cáo", "báo cáo"), "en": ("report", "reports")},
    "vnd": {"vi": ("đồng", "đồng"), "en": ("đồng", "đồng")},
    "indicator": {"vi": ("chỉ số", "chỉ số"), "en": ("indicator", "indicators")},
    "enterprise": {"vi": ("doanh nghiệp",) * 2, "en": ("firm", "firms")},
    "establishment": {"vi": ("cơ sở", "cơ sở"), "en": ("establishment", "establishments")},
    "works": {"vi": ("công trình",) * 2, "en": ("works", "works")},
    "case": {"vi": ("vụ việc", "vụ việc"), "en": ("case", "cases")},
    "request": {"vi": ("lượt", "lượt"), "en": ("request", "requests")},
    "session": {"vi": ("phiên", "phiên"), "en": ("session", "sessions")},
    "item": {"vi": ("tin, bài", "tin, bài"), "en": ("item", "items")},
    "visit": {"vi": ("cuộc", "cuộc"), "en": ("visit", "visits")},
    "points": {"vi": ("điểm %", "điểm %"), "en": ("percentage point", "percentage points")},
}
_MILLION, _BILLION = 1_000_000, 1_000_000_000
_ROMAN = ("I", "II", "III", "IV")
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<part>H[12]|Q[1-4]|0[1-9]|1[0-2]))?")
_MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
"""Order of the tones in Vietnamese dictionaries: none, huyền, hỏi, ngã, sắc, nặng."""


@lru_cache(maxsize=8192)
def number(value: float | Decimal | None, language: Language, decimals: int = 0) -> str:
    """``1234.5`` as ``1.234,5`` (vi) or ``1,234.5`` (en), half up; a missing value is a dash."""
    if value is None:
        return MISSING
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text: str = _pattern(decimals).apply(rounded, language)
    return text.replace("-", "−")


@lru_cache(maxsize=16)
def _pattern(decimals: int) -> NumberPattern:
    """Parsed once: to read the pattern again for every number takes longer than to write the number."""
    return parse_pattern("#,##0" + ("." + "0" * decimals if decimals else ""))


def rate(value: float | None, language: Language) -> str:
    """A rate in per cent: ``0,95 %``, ``12,5 %``; English writes ``0.95%``."""
    if value is None:
        return MISSING
    two_decimals = Decimal(str(abs(value))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    decimals = 2 if two_decimals < 10 else 1
    return number(value, language, decimals) + (" %" if language == "vi" else "%")


def bare(value: float | None, unit: str, language: Language) -> str:
    """A figure without its unit, which stands beside it: ``0,95``, ``6.131``."""
    if unit == "pct":
        return rate(value, language).removesuffix("%").rstrip()
    return number(value, language, 3 if unit == "share" else 0)


def noun(unit: str, count: float | None, language: Language) -> str:
    """The word for a unit of counting, plural where English needs it; empty for pure numbers."""
    if unit not in _NOUNS:
        return ""
    singular, plural = _NOUNS[unit][language]
    return singular if count is not None and abs(count) == 1 else plural


def amount(value: float | None, unit: str, language: Language) -> str:
    """A figure with its unit: ``6.131 hộ``, ``0,95 %``, ``0,14 điểm %``, ``0,321``."""
    if value is None:
        return MISSING
    if unit == "pct":
        return rate(value, language)
    if unit == "vnd" and abs(value) >= _MILLION:
        return _money(value, language)
    if unit in _NOUNS:
        decimals = 2 if unit in ("points", "indicator") else 0
        return f"{number(value, language, decimals)} {noun(unit, value, language)}"
    return number(value, language, 0 if unit in ("", "count") else 3)


def _money(value: float, language: Language) -> str:
    """Millions and billions of đồng, as budgets are read: ``99,0 tỷ đồng``."""
    if abs(value) >= _BILLION:
        return f"{number(value / _BILLION, language, 1)} {'tỷ' if language == 'vi' else 'bn'} đồng"
    return f"{number(value / _MILLION, language, 1)} {'triệu' if language == 'vi' else 'm'} đồng"


def rate_and_number(
    value: float | None, numerator: float | None, counted: str, language: Language
) -> str:
    """The two together, as the plan writes them: ``0,95 % = 6.131 hộ``."""
    return f"{rate(value, language)} = {amount(numerator, counted, language)}"


def signed(value: float | None, unit: str, language: Language) -> str:
    """A change with its sign: ``−910 hộ``, ``+0,14 điểm %``; a change of a rate is in points."""
    if value is None:
        return MISSING
    text = amount(value, "points" if unit == "pct" else unit, language)
    return f"+{text}" if value > 0 else text


def day(value: date | None) -> str:
    """``05/03/2025`` in both languages (the manner of the documents the date comes from)."""
    return MISSING if value is None else value.strftime("%d/%m/%Y")


def moment(value: datetime | None) -> str:
    """``05/03/2025 14:30`` in the time of Vietnam."""
    return MISSING if value is None else value.astimezone(LOCAL_TIME).strftime("%d/%m/%Y %H:%M")


def period(code: str, language: Language) -> str:
    """``2024`` → ``2024``, ``2025-H1`` → ``6 tháng đầu năm 2025``, ``2025-Q3`` → ``quý III/2025``.

    Raises:
        ValueError: ``code`` is not a period of the contract.
    """
    year, part = split_period(code)
    if part is None:
        return year
    if part.startswith("H"):
        half = int(part[1])
        if language == "en":
            return f"{('first', 'second')[half - 1]} half of {year}"
        return f"6 tháng {('đầu', 'cuối')[half - 1]} năm {year}"
    if part.startswith("Q"):
        quarter = int(part[1])
        return f"quý {_ROMAN[quarter - 1]}/{year}" if language == "vi" else f"Q{quarter}/{year}"
    month = int(part)
    return f"tháng {month}/{year}" if language == "vi" else f"{_MONTHS_EN[month - 1]} {year}"


def split_period(code: str) -> tuple[str, str | None]:
    """Year and part (``H1``, ``Q3``, ``08``) of a period; no part for a yearly review."""
    match = _PERIOD.fullmatch(code)
    if match is None:
        raise ValueError(f"not a period: {code!r}")
    return match["year"], match["part"]


def period_end(code: str) -> float:
    """Last moment of a period as a decimal year: ``2024`` → 2025.0, ``2025-Q3`` → 2025.75."""
    year, part = split_period(code)
    months = (
        12
        if part is None
        else int(part[1]) * {"H": 6, "Q": 3}[part[0]]
        if part[0] in "HQ"
        else int(part)
    )
    return int(year) + months / 12


@lru_cache(maxsize=2048)
def sort_key(name: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Key that sorts names as Vietnamese dictionaries do: a ă â … d đ e ê; tones decide last."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", name).lower():
        base, tone = _split_tone(letter)
        letters.append(_ALPHABET.index(base) + 256 if base in _ALPHABET else ord(base[0]) % 256)
        tones.append(tone)
    return tuple(letters), tuple(tones)


@lru_cache(maxsize=512)
def _split_tone(letter: str) -> tuple[str, int]:
    marks = unicodedata.normalize("NFD", letter)
    tone = next((_TONES[mark] for mark in marks if mark in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(m for m in marks if m not in _TONES)), tone
