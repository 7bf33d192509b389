"""What titles, sheet names and file names say: units, status, document. Text in, words out.

Nothing is resolved here: a unit stays the words that name it, for :mod:`pipelines.units`. Periods are read in
:mod:`pipelines.title_periods`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Literal

from pipelines.text import fold, strip_tones
from reference.loading import FORMS, form_layout, row_words, value_words

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
FULL_DATE = re.compile(rf"ngày\s*{_DAY}|(?<!\d){_DAY}", re.IGNORECASE)
SPAN = re.compile(r"(?<!\d)(\d{4})\s*[-–]\s*(\d{4})(?!\d)")
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
    folded = folded_once(text)
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
def folded_once(text: str) -> str:
    """``text`` as it is compared; titles are looked at several times."""
    return fold(text)


def is_own_province(name: str) -> bool:
    """Whether a name is that of the province, before or after the merger, with or without type."""
    return strip_tones(fold(name)) in _own_provinces()


@cache
def _own_provinces() -> frozenset[str]:
    return frozenset(strip_tones(fold(name)) for name in row_words()["own_province"])


def statuses_named(texts: Iterable[str]) -> list[str]:
    """Statuses that the titles name; two of them on the unstruck form "(sơ bộ/chính thức)"."""
    titles = [folded_once(text) for text in texts]
    titles = [text for text in titles if is_title(text)]
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
    for text in map(folded_once, texts):
        place = text.find("chuẩn nghèo")
        if place >= 0:
            found += [(int(first), int(last)) for first, last in SPAN.findall(text[place:])]
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
    for match in FULL_DATE.finditer(text):
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


@lru_cache(maxsize=4_096)
def is_title(text: str) -> bool:
    """Whether a folded text holds the title of some form."""
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
