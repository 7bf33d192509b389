"""The period that titles, sheet names and file names say; text in, names of periods out."""

import re
from collections.abc import Callable, Iterable
from typing import Literal

from pipelines.text import fold, strip_tones
from pipelines.title_words import FULL_DATE, SPAN, folded_once, is_title

PeriodKind = Literal["year", "half_year", "month"]

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


def periods_named(texts: Iterable[str]) -> list[str]:
    """Periods ("2023", "2025-H1", "2025-Q3", "2025-08", "2025-9 tháng") that title rows name, different ones, in order.

    Rows that hold a title of some form decide, when they call it a year, a month …; else a lone year there ("Hộ nghèo
    2024", "đến 31/12/2024") and what the other rows name. Dates of documents, spans ("giai đoạn 2022-2025") and years
    of application are no periods.
    """
    texts = [folded_once(text) for text in texts]
    titles = [text for text in texts if is_title(text)]
    in_doubt = (*_named(_lone_year, titles), *_named(_period, texts))
    return _named(_period, titles) or list(dict.fromkeys(in_doubt))


def periods_in_titles(texts: Iterable[str]) -> list[str]:
    """Periods that the rows which hold a title call so: "năm 2024", "quý III/2025"."""
    return _named(_period, (text for text in map(folded_once, texts) if is_title(text)))


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
    years = set(_BARE_YEAR.findall(SPAN.sub(" ", text)))
    return years.pop() if len(years) == 1 else None


def _period(text: str) -> str | None:
    if half := _HALF_YEAR.search(text):
        return f"{half[2]}-H{1 if half[1] == 'đầu' else 2}"
    if quarter := _QUARTER.search(text):
        return f"{quarter[2]}-Q{_ROMAN.get(quarter[1], quarter[1])}"
    text = _NOT_THE_PERIOD.sub(" ", SPAN.sub(" ", FULL_DATE.sub(" ", text)))
    if match := _MONTH.search(text):
        return _month(match[1], match[2])
    if (match := _MONTHS.search(text)) and match[1] != "12":
        return f"{match[2]}-{match[1]} tháng"
    match = _YEAR.search(text)
    return match[1] if match else None


def _lone_year(text: str) -> str | None:
    if match := _YEAR_END.search(text):
        return match[1]
    for other in (FULL_DATE, SPAN, _NOT_THE_PERIOD, _NO_LONE_YEAR):
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
