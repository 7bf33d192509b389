"""What titles, sheet names and file names say: units, period, status, document. Text in, words out.

Nothing is resolved here: a unit stays the words that name it, for :mod:`pipelines.units`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from pipelines.text import fold, strip_tones
from reference.loading import FORMS, form_layout, row_words, value_words

PeriodKind = Literal["year", "half_year", "month"]
Level = Literal["province", "district", "commune"]

_LEVELS: dict[str, Level] = {
    "tỉnh": "province",
    "huyện": "district", "quận": "district", "thành phố": "district", "tp": "district",
    "thị xã": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "tt": "commune",
}  # fmt: skip
_PLAIN_LEVELS = _LEVELS | {strip_tones(word): level for word, level in _LEVELS.items()}
_TYPE = "|".join(sorted(_LEVELS, key=len, reverse=True))
_STOP = (
    r"năm|tháng|ngày|quý|kỳ|huyện|quận|thành phố|tp|tỉnh|thị xã|xã|phường|thị trấn|và|theo|về|trên|"
    r"thuộc|giai đoạn|số|ban|ra|rà|lần|cộng hòa xã hội|danh sách|hộ|kết quả|tổng hợp|biểu|mẫu|phụ lục"
)
_UNIT = re.compile(
    rf"(?<!\w)(ubnd |ủy ban nhân dân )?({_TYPE})\.?(?:\s*[:.]\s*|\s+)"
    rf"(?!(?:hội|đội|viên|phường|thị trấn)\b)((?:(?!\b(?:{_STOP})\b)[^\W\d_]+[ ']*)+)"
)
_PLAIN_UNIT = re.compile(
    rf"(?<!\w)()({strip_tones(_TYPE)})\.?(?:\s*[:.]\s*|\s+)"
    rf"(?!hoi\b)((?:(?!\b(?:{strip_tones(_STOP)})\b)[^\W\d_]+[ ']*)+)"
)
_LABEL = re.compile(r"(?:xã|xa|phường|phuong)\s*/\s*$")  # "Xã/phường: Giao Xuân" says no type
_UNTYPED_UNIT = re.compile(
    r"^(?:tên )?đơn vị(?: báo cáo| lập biểu)?\s*:\s*([^\W\d_]+(?: [^\W\d_]+){0,4})\s*$"
)
_LAW = re.compile(
    r"/\d{4}/|(?:TTg|CP|QH\d*|UBTVQH\d*|TW|BLĐTBXH|BLDTBXH|BNNMT|BTC)$", re.IGNORECASE
)
_DAY = r"(\d{1,2})\s*(?:/|-|\.|tháng)\s*(\d{1,2})\s*(?:/|-|\.|năm)\s*(\d{4})"
_FULL_DATE = re.compile(rf"ngày\s*{_DAY}|(?<!\d){_DAY}", re.IGNORECASE)
_SPAN = re.compile(r"(?<!\d)(\d{4})\s*[-–]\s*(\d{4})(?!\d)")
_NOT_THE_PERIOD = re.compile(
    r"(?:áp dụng|thực hiện|so với|kể từ|từ|cho|đầu)\s+(?:\w+\s+)?năm\s*\d{4}"
)
_MONTH = re.compile(r"tháng\s*(\d{1,2})\s*,?\s*(?:năm|/|-|\.)\s*(\d{4})")
_PLAIN_MONTH = re.compile(r"(?:thang|(?<![a-z])t)[ ._]*(\d{1,2})[ ._/-]*(?:nam)?[ ._/-]*(20\d\d)(?!\d)|"
                          r"(?<!\d)(\d{1,2})[ ._-](20\d\d)(?!\d)|(?<!\d)(20\d\d)[ ._-](\d{2})(?!\d)")  # fmt: skip
_HALF_YEAR = re.compile(r"(?:6|06|sáu)\s*tháng\s*(đầu|cuối)\s*năm\s*:?\s*(\d{4})(?!\d)")
_PLAIN_HALF_YEAR = re.compile(r"6[ _]*thang[ _]*(dau|cuoi)[ _]*(?:nam)?[ _]*(20\d\d)(?!\d)|"
                              r"(?<!\d)(20\d\d)[ ._-]*h([12])(?!\d)|(?<![a-z])h([12])[ ._-]*(20\d\d)(?!\d)")  # fmt: skip
_QUARTER = re.compile(r"quý\s*(iv|i{1,3}|[1-4])\s*(?:năm|[/\-.,])?\s*(\d{4})(?!\d)")
_MONTHS = re.compile(
    r"(?<![\d/.-])(\d{1,2})\s*tháng(?:\s*(?:đầu|cuối))?(?:\s*năm)?\s*:?\s*(\d{4})(?!\d)"
)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_HALVES = {"dau": "1", "cuoi": "2"}
_YEAR = re.compile(r"năm\s*:?\s*(\d{4})(?!\d)")
_BARE_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?!\d)")
_YEAR_END = re.compile(r"(?:đến|thời điểm)\s+(?:ngày\s+)?31\s*[/.-]\s*12\s*[/.-]\s*(\d{4})(?!\d)")
_NO_LONE_YEAR = re.compile(r"\d+\s*/\s*\S+|số\s*:?\s*\d+|chuẩn(?:\s+\D+)?\d{4}")
"""Numbers of documents ("2021/QĐ-UBND", "số 2034") and the years of standards."""
_PART_OF_YEAR = re.compile(r"tháng|quý|(?<!\w)t\d")
_DOCUMENT = re.compile(
    r"(?P<kind>quyết định|qđ|báo cáo|tờ trình|công văn|thông báo)?\s*(?:số\s*)?[:.]?\s*"
    r"(?P<number>\d+\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐƯ][\wĐđ]*(?:-[\wĐđ.&]+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class UnitWords:
    """A unit as a text names it: its type word, level and name; ``is_sender`` after "UBND"."""

    type_word: str
    level: Level
    name: str
    is_sender: bool


@dataclass(frozen=True, slots=True)
class Document:
    """Number and date of the document that carries a list; ``is_decision`` for a Quyết định."""

    number: str | None
    day: date | None
    is_decision: bool


def units_named(texts: Iterable[str]) -> list[UnitWords]:
    """Units that title rows name, in their order, e.g. "UBND XÃ YÊN BÌNH - HUYỆN Ý YÊN"."""
    return [words for text in texts for words in _units_in_title(text)]


def units_named_plainly(name: str) -> list[UnitWords]:
    """Units that a sheet or file name names with a type word, with or without tones."""
    spaced = re.sub(r"[_\-.,()]+|\d+", " , ", fold(name))
    joined = re.sub(r"[_.]+", " ", fold(name))
    for text in (re.sub(r"[\d\-(),]+", " , ", joined), spaced):
        found = list(_units_in(_UNIT, text)) or list(_units_in(_PLAIN_UNIT, strip_tones(text)))
        if found:
            return found
    return []


@lru_cache(maxsize=4_096)
def _units_in_title(text: str) -> tuple[UnitWords, ...]:
    """Units in one title row, also where it is typed without tones or only "Đơn vị: Yên Bình"."""
    folded = _folded(text)
    pattern = _PLAIN_UNIT if folded.isascii() else _UNIT
    found = tuple(_units_in(pattern, folded))
    if not found and (match := _UNTYPED_UNIT.search(folded)):
        return (UnitWords("", "commune", " ".join(match[1].split()), is_sender=True),)
    return found


def _units_in(pattern: re.Pattern[str], text: str) -> Iterable[UnitWords]:
    for match in pattern.finditer(text):
        name = " ".join(match[3].split())
        if name:
            word = "" if _LABEL.search(text, 0, match.start()) else match[2]
            yield UnitWords(word, _PLAIN_LEVELS[match[2]], name, bool(match[1]))


@lru_cache(maxsize=4_096)
def _folded(text: str) -> str:
    return fold(text)


def is_own_province(name: str) -> bool:
    """Whether a name is that of the province, before or after the merger, with or without type."""
    return strip_tones(fold(name)) in _own_provinces()


@cache
def _own_provinces() -> frozenset[str]:
    return frozenset(strip_tones(fold(name)) for name in row_words()["own_province"])


def periods_named(texts: Iterable[str]) -> list[str]:
    """Periods ("2023", "2025-H1", "2025-Q3", "2025-08", "2025-9 tháng") that title rows name, different ones, in order.

    Rows that hold a title of some form decide, when they call it a year, a month …; else a lone year there ("Hộ nghèo
    2024", "đến 31/12/2024") and what the other rows name. Dates of documents, spans ("giai đoạn 2022-2025") and years
    of application are no periods.
    """
    texts = [_folded(text) for text in texts]
    titles = [text for text in texts if _is_title(text)]
    in_doubt = (*_named(_lone_year, titles), *_named(_period, texts))
    return _named(_period, titles) or list(dict.fromkeys(in_doubt))


def periods_in_titles(texts: Iterable[str]) -> list[str]:
    """Periods that the rows which hold a title call so: "năm 2024", "quý III/2025"."""
    return _named(_period, (text for text in map(_folded, texts) if _is_title(text)))


def _named(read: Callable[[str], str | None], texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(filter(None, map(read, texts))))


def period_in_name(name: str, kind: PeriodKind) -> str | None:
    """The period in a sheet or file name; None without one, or with several years."""
    text = strip_tones(fold(name))
    if kind == "month":
        months = {_month_of(match) for match in _PLAIN_MONTH.finditer(text)} - {None}
        return months.pop() if len(months) == 1 else None
    if kind == "half_year":
        halves = {_half_of(match) for match in _PLAIN_HALF_YEAR.finditer(text)}
        return halves.pop() if len(halves) == 1 else None
    years = set(_BARE_YEAR.findall(_SPAN.sub(" ", text)))
    return years.pop() if len(years) == 1 else None


def statuses_named(texts: Iterable[str]) -> list[str]:
    """Statuses that the titles name; two of them on the unstruck form "(sơ bộ/chính thức)"."""
    titles = [_folded(text) for text in texts]
    titles = [text for text in titles if _is_title(text)]
    return [
        status
        for status, pattern in _status_patterns().items()
        if any(pattern.search(text) for text in titles)
    ]


@cache
def _status_patterns() -> dict[str, re.Pattern[str]]:
    return {
        status: re.compile("|".join(rf"\b{re.escape(fold(word))}\b" for word in words))
        for status, words in value_words()["status"].words.items()
    }


def standard_years(texts: Iterable[str]) -> list[tuple[int, int]]:
    """Spans of years after "chuẩn nghèo": the standard that a title names."""
    found = []
    for text in map(_folded, texts):
        place = text.find("chuẩn nghèo")
        if place >= 0:
            found += [(int(first), int(last)) for first, last in _SPAN.findall(text[place:])]
    return found


def document_named(texts: Iterable[str]) -> Document:
    """The document of the title rows; a decision comes before a report or letter."""
    texts = list(texts)
    found = [document for text in texts if (document := _document(text))]
    best = next((each for each in found if each.is_decision), found[0] if found else None)
    loose = next(
        (day for text in texts if not _cites_law(text) and (day := first_date(text))), None
    )
    if best is None:
        return Document(None, loose, is_decision=False)
    return best if best.day else Document(best.number, loose, best.is_decision)


@lru_cache(maxsize=4_096)
def first_date(text: str) -> date | None:
    """The first full date in a text ("ngày 08 tháng 12 năm 2023", "08/12/2023")."""
    for match in _FULL_DATE.finditer(text):
        day, month, year = (int(part) for part in match.groups() if part)
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


@lru_cache(maxsize=4_096)
def _document(text: str) -> Document | None:
    """The first document of a text that is no law, decree or circular ("24/2021/QĐ-TTg")."""
    for match in _DOCUMENT.finditer(text):
        number = re.sub(r"\s+", "", match["number"])
        if not _LAW.search(number):
            break
    else:
        return None
    kind = fold(match["kind"] or "")
    is_decision = kind in ("quyết định", "qđ") or re.search(r"/qđ", fold(number)) is not None
    return Document(number, first_date(text[match.end() :]), is_decision)


@lru_cache(maxsize=4_096)
def _cites_law(text: str) -> bool:
    return any(_LAW.search(re.sub(r"\s+", "", m["number"])) for m in _DOCUMENT.finditer(text))


def _period(text: str) -> str | None:
    if half := _HALF_YEAR.search(text):
        return f"{half[2]}-H{1 if half[1] == 'đầu' else 2}"
    if quarter := _QUARTER.search(text):
        return f"{quarter[2]}-Q{_ROMAN.get(quarter[1], quarter[1])}"
    text = _NOT_THE_PERIOD.sub(" ", _SPAN.sub(" ", _FULL_DATE.sub(" ", text)))
    if match := _MONTH.search(text):
        return _month(match[1], match[2])
    if (match := _MONTHS.search(text)) and match[1] != "12":
        return f"{match[2]}-{match[1]} tháng"
    match = _YEAR.search(text)
    return match[1] if match else None


def _lone_year(text: str) -> str | None:
    if match := _YEAR_END.search(text):
        return match[1]
    for other in (_FULL_DATE, _SPAN, _NOT_THE_PERIOD, _NO_LONE_YEAR):
        text = other.sub(" ", text)
    if _PART_OF_YEAR.search(text):
        return None
    years = set(_BARE_YEAR.findall(text))
    return years.pop() if len(years) == 1 else None


def _month_of(match: re.Match[str]) -> str | None:
    first, second = (part for part in match.groups() if part)
    year, month = (first, second) if len(first) == 4 else (second, first)
    return _month(month, year)


def _half_of(match: re.Match[str]) -> str:
    first, second = (part for part in match.groups() if part)
    year, half = (first, second) if len(first) == 4 and first.isdigit() else (second, first)
    return f"{year}-H{_HALVES.get(half, half)}"


def _month(month: str, year: str) -> str | None:
    return f"{year}-{int(month):02d}" if 1 <= int(month) <= 12 else None


@lru_cache(maxsize=4_096)
def _is_title(text: str) -> bool:
    plain = _plain(text)
    return any(title in plain for title in _titles())


@cache
def _titles() -> tuple[str, ...]:
    return tuple(
        {_plain(fold(title)) for form in FORMS for title in form_layout(form).titles}
        | {"danh sách", "tổng hợp", "phiếu"}
    )


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text))
