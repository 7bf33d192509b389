"""Which columns of a sheet are TCVN3 or VNI, and the same sheet in Unicode.

The judge is the Vietnamese syllable: "nghÌo" cannot be written Vietnamese as it stands but is
*nghèo* read as TCVN3. A word counts only when exactly one reading of it is a syllable; words that
are right both ways ("Bé" is *Bé* or, in TCVN3, *Bộ*) count for nothing and follow their column.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse
from typing import Literal
from unicodedata import is_normalized

from pipelines.legacy_encoding import Encoding, decode, decode_strictly
from pipelines.syllables import is_plain_case, is_syllable
from pipelines.text import COMBINING, to_nfc
from pipelines.workbook import Cells

_SAMPLE = 3_000
_WORD = re.compile("[A-Za-z\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]+")
_BEYOND_LATIN1 = re.compile("[\u0100-\uffff]")
# "QÑ" of "307/QÑ-UBND" is no word of any language: it stands in every row of a column of decisions.
_ABBREVIATION = re.compile("[B-DF-HJ-NP-TV-XZÑ]+")
_SYMBOL = re.compile("[\u00a1-\u00bf\u00d7\u00f7]")


@dataclass(frozen=True, slots=True)
class Evidence:
    """How many values of a column speak for each reading, and with how many different words."""

    tcvn3: int
    vni: int
    unicode: int
    foreign: int
    undecided: int
    legacy_words: frozenset[str]


def detect_encoding(values: Sequence[str]) -> Encoding:
    """The encoding of one column, "unicode" whenever the words do not decide.

    Three different words must be Vietnamese in the legacy reading only, or two when one of them is
    written as no name is ("NguyÔn", "D©n"), or one such word when nothing speaks against it; and
    more values must say so than are Unicode or foreign.
    """
    return _verdict(_evidence(values))


def decode_cells(cells: Cells, contents: Collection[str]) -> tuple[Cells, Mapping[str, Encoding]]:
    """The columns of a sheet with all text in Unicode NFC, and the encoding of each that was not.

    ``contents`` is what stands in ``cells``, each text once. A column that needs no change is the same list. A column without enough deciding words follows the other
    columns when these agree on one legacy encoding and it votes for it itself, or no column is
    Unicode. Values that are plainly Unicode inside a legacy column (a header typed by another
    hand) are left as they are.
    """
    text = "\n".join(filterfalse(str.isascii, contents))
    words = filterfalse(str.isascii, set(text.split()))
    may_be_legacy = any(map(_may_be_legacy, words))
    if not may_be_legacy and is_normalized("NFC", text):
        return cells, {}
    accented = {name: values for name, values in cells.items() if not _joined(values).isascii()}
    with_marks = {name for name, values in accented.items() if COMBINING.search(_joined(values))}
    verdicts: Mapping[str, Encoding] = (
        _verdicts({name: _evidence(_sample(values)) for name, values in accented.items()})
        if may_be_legacy
        else dict.fromkeys(accented, "unicode")
    )
    changed = {
        name: _mapped(accented[name], verdict)
        for name, verdict in verdicts.items()
        if verdict != "unicode" or name in with_marks
    }
    legacy = {name: found for name, found in verdicts.items() if found != "unicode"}
    return {**cells, **changed}, legacy


@lru_cache(maxsize=65_536)
def _may_be_legacy(token: str) -> bool:
    """Whether some word calls for counting; most sheets have none and are Unicode for sure."""
    return not token.isascii() and any(
        _reading(word) in ("tcvn3", "vni") for word in _WORD.findall(token)
    )


def _verdicts(evidence: dict[str, Evidence]) -> dict[str, Encoding]:
    verdicts = {name: _verdict(found) for name, found in evidence.items()}
    legacy = {verdict for verdict in verdicts.values() if verdict != "unicode"}
    if len(legacy) != 1:
        return verdicts
    (shared,) = legacy
    in_doubt = {name: evidence[name] for name in verdicts if verdicts[name] == "unicode"}
    is_pure = not any(found.unicode or found.foreign for found in in_doubt.values())
    for name, found in in_doubt.items():
        votes = found.tcvn3 if shared == "tcvn3" else found.vni
        if is_pure or votes > max(found.unicode, found.foreign):
            verdicts[name] = shared
    return verdicts


def _mapped(values: Sequence[str | None], encoding: Encoding) -> list[str | None]:
    decoded = {value: decode_value(value, encoding) for value in set(values) if value}
    return [decoded.get(value, value) if value else value for value in values]


def decode_value(value: str, encoding: Encoding) -> str:
    """One value of a column in the given encoding; a plainly Unicode value is only composed."""
    if value.isascii():
        return value
    if encoding == "unicode" or _BEYOND_LATIN1.search(value) or _speaks_for(value) == "unicode":
        return to_nfc(value)
    return decode(value, encoding)


def _joined(values: Iterable[str | None]) -> str:
    return "\n".join(filter(None, values))


def _sample(values: Sequence[str | None]) -> Sequence[str | None]:
    """The column, or some thousand values spread over a long one."""
    return values[:: max(1, len(values) // _SAMPLE)]


def _evidence(values: Iterable[str | None]) -> Evidence:
    counts = {"tcvn3": 0, "vni": 0, "unicode": 0, "foreign": 0, "undecided": 0}
    words: set[str] = set()
    for value, times in Counter(values).items():
        if value is None or value.isascii():
            continue
        speaks_for = _speaks_for(value)
        counts[speaks_for] += times
        if speaks_for in ("tcvn3", "vni"):
            words.update(word for word in _WORD.findall(value) if _reading(word) == speaks_for)
    return Evidence(**counts, legacy_words=frozenset(words))


def _verdict(found: Evidence) -> Encoding:
    best: Encoding = "tcvn3" if found.tcvn3 > found.vni else "vni"
    votes = max(found.tcvn3, found.vni)
    if votes <= max(found.unicode, found.foreign, min(found.tcvn3, found.vni)):
        return "unicode"
    odd = sum(map(_is_no_name, found.legacy_words))
    needed = 3 - min(odd, 1) - (1 if odd and not found.foreign else 0)
    return best if len(found.legacy_words) >= needed else "unicode"


def _is_no_name(word: str) -> bool:
    """Whether the word, as it stands, has a sign or a capital where no name in any language has."""
    return word[0].isascii() and (_SYMBOL.search(word) is not None or not is_plain_case(word))


def _speaks_for(value: str) -> str:
    """The one reading that the words of a value agree on, else undecided."""
    readings = {_reading(word) for word in _WORD.findall(to_nfc(value))}
    if "unicode" in readings:
        return "undecided" if readings & {"tcvn3", "vni"} else "unicode"
    legacy = readings & {"tcvn3", "vni"}
    if len(legacy) == 1:
        return legacy.pop()
    return "foreign" if "foreign" in readings and not legacy else "undecided"


@lru_cache(maxsize=65_536)
def _reading(word: str) -> str:
    """unicode, tcvn3, vni: the only reading in which the word is Vietnamese; else why not."""
    if word.isascii() or len(word) == 1 or _ABBREVIATION.fullmatch(word):
        return "undecided"
    if _BEYOND_LATIN1.search(word):
        return "unicode"
    possible = [
        name
        for name, fits in (
            ("unicode", is_syllable(word, strict_tone=False) and is_plain_case(word)),
            ("tcvn3", _is_legacy(word, "tcvn3")),
            ("vni", _is_legacy(word, "vni")),
        )
        if fits
    ]
    if len(possible) == 1:
        return possible[0]
    return "undecided" if possible or _SYMBOL.search(word) else "foreign"


def _is_legacy(word: str, encoding: Literal["tcvn3", "vni"]) -> bool:
    decoded = decode_strictly(word, encoding)
    return decoded is not None and is_syllable(decoded)
