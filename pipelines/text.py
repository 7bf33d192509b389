"""Vietnamese text made comparable: Unicode form, spaces, tone style, tone marks.

Two spellings of the same syllable are usual, because the tone mark of an open syllable in *oa*,
*oe*, *uy* may stand on either vowel: *hòa, khỏe, thủy* (the spelling of the statistics office's
unit names, used here as the canonical one) or *hoà, khoẻ, thuỷ*.
"""

import re
import unicodedata
from collections.abc import Callable

import polars as pl

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_IS_FULL_WIDTH = re.compile("[\uff01-\uff5e]")
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
COMBINING = re.compile("[\u0300-\u036f]")
_GLIDE = re.compile(
    r"(q?)([oòóỏõọuùúủũụ])([aàáảãạeèéẻẽẹyỳýỷỹỵ])(?=(\w?))",
    re.IGNORECASE,
)
_TONES = "\u0300\u0301\u0309\u0303\u0323"
_OPEN_PAIRS = frozenset({"oa", "oe", "uy"})


def to_nfc(text: str) -> str:
    """The text with every letter and its marks composed into one character."""
    return unicodedata.normalize("NFC", text)


def collapse_spaces(text: str) -> str:
    """The text trimmed, with each run of spaces, no-break spaces and line breaks as one space.

    Full-width signs of East Asian keyboards ("１２０") become the usual ones.
    """
    if _IS_FULL_WIDTH.search(text):
        text = text.translate(_FULL_WIDTH)
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def fold(text: str) -> str:
    """The key by which headers and values are compared.

    Composed (NFC), lower case, single spaces, no invisible characters, canonical tone style.
    Tone marks stay: *Trực Hưng* and *Trực Hùng* have different keys.
    """
    return fold_tone_style(collapse_spaces(to_nfc(text)).lower())


def fold_tone_style(text: str) -> str:
    """The text with the tone of *oa, oe, uy* where the statistics office writes it.

    On the first vowel when the syllable is open (*hoà* → *hòa*), on the second when a letter
    follows or when *u* belongs to *qu* (*hòan* → *hoàn*, *qúy* → *quý*). Case is kept.
    """
    return _GLIDE.sub(_place_tone, to_nfc(text))


def _place_tone(match: re.Match[str]) -> str:
    before, first, second, following = match.groups()
    bare_first, first_tone = _split_tone(first)
    bare_second, second_tone = _split_tone(second)
    tone = first_tone + second_tone
    if len(tone) != 1 or (bare_first + bare_second).lower() not in _OPEN_PAIRS:
        return match[0]
    on_second = bool(before) or following.isalpha()
    if on_second:
        return before + bare_first + to_nfc(bare_second + tone)
    return before + to_nfc(bare_first + tone) + bare_second


def _split_tone(letter: str) -> tuple[str, str]:
    """The letter without its tone mark, and the mark ("" when it has none)."""
    marks = unicodedata.normalize("NFD", letter)
    tone = "".join(mark for mark in marks if mark in _TONES)
    return to_nfc("".join(mark for mark in marks if mark not in _TONES)), tone


def strip_tones(text: str) -> str:
    """The text without any Vietnamese mark (*Đỗ Thị Hường* → *Do Thi Huong*); case is kept."""
    bare = "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    )
    return bare.replace("đ", "d").replace("Đ", "D")


def map_distinct(values: pl.Series, function: Callable[[str], str | None]) -> pl.Series:
    """``function`` of each string, called once a distinct value; null stays null."""
    texts = values.to_list()
    known = {text: function(text) for text in set(texts) if text is not None}
    return pl.Series(values.name, [known.get(text) for text in texts], dtype=pl.String)


def folded(column: pl.Expr) -> pl.Expr:
    """``fold`` of a string column."""
    return column.map_batches(lambda values: map_distinct(values, fold), return_dtype=pl.String)
