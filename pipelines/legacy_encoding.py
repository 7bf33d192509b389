"""TCVN3 (ABC, fonts .VnTime) and VNI text turned into Unicode, and told from Unicode.

Both are font encodings: a spreadsheet holds the Latin-1 characters of their codes ("Hé nghÌo" is
*Hộ nghèo* in TCVN3, "Hoä ngheøo" in VNI).

Tables: TCVN 5712:1993 VN3 and VNI-Windows. Tests run over all 134 accented letters, because the
tables that circulate have holes.

In TCVN3 only Ă Â Đ Ê Ô Ơ Ư have codes of their own; the 60 letters with a tone mark have one code
for both cases, and the capital came from the font (.VnTimeH), which is not read. The case of such
a letter is restored from the letters that do show their case (ASCII and the seven):

1. a word with a capital after its first letter is all capitals (*CéNG* → *CỘNG*);
2. a word that shows nothing but a capital first letter, or nothing at all, follows the nearest
   word that shows more (*Vô B¶N* → *VỤ BẢN*, *Vô B¶n* → *Vụ Bản*); abbreviations do not count;
3. a first letter that could be either is a capital at the start of the value, and where all other
   words of the value begin with capitals (*NguyÔn ThÞ ¸nh* → *Nguyễn Thị Ánh*).

The rule can err in the case of a letter, never in the letter; matching ignores case.
"""

import re
from functools import lru_cache
from typing import Literal

from pipelines.syllables import is_syllable
from pipelines.text import to_nfc

Encoding = Literal["unicode", "tcvn3", "vni"]

_TONED_LOWER = (
    "àáảãạ" "ăằắẳẵặ" "âầấẩẫậ" "đ" "èéẻẽẹ" "êềếểễệ" "ìíỉĩị"
    "òóỏõọ" "ôồốổỗộ" "ơờớởỡợ" "ùúủũụ" "ưừứửữự" "ỳýỷỹỵ"
)  # fmt: skip
LETTERS = _TONED_LOWER + _TONED_LOWER.upper()
"""The 67 lower-case and 67 upper-case letters that are not ASCII."""

_TCVN3_LOWER = (
    "\xb5\xb8\xb6\xb7\xb9" "\xa8\xbb\xbe\xbc\xbd\xc6" "\xa9\xc7\xca\xc8\xc9\xcb" "\xae"
    "\xcc\xd0\xce\xcf\xd1" "\xaa\xd2\xd5\xd3\xd4\xd6" "\xd7\xdd\xd8\xdc\xde"
    "\xdf\xe3\xe1\xe2\xe4" "\xab\xe5\xe8\xe6\xe7\xe9" "\xac\xea\xed\xeb\xec\xee"
    "\xef\xf3\xf1\xf2\xf4" "\xad\xf5\xf8\xf6\xf7\xf9" "\xfa\xfd\xfb\xfc\xfe"
)  # fmt: skip
_TCVN3_CAPITALS = dict(zip("\xa1\xa2\xa7\xa3\xa4\xa5\xa6", "ĂÂĐÊÔƠƯ", strict=True))
_FROM_TCVN3 = dict(zip(_TCVN3_LOWER, _TONED_LOWER, strict=True)) | _TCVN3_CAPITALS
_TO_TCVN3 = (
    {letter.upper(): code for code, letter in _FROM_TCVN3.items()}
    | {letter: code for code, letter in _FROM_TCVN3.items()}
)  # fmt: skip
_TCVN3_TABLE = str.maketrans(_FROM_TCVN3)
_SHOWS_CASE = frozenset("ăâđêôơưĂÂĐÊÔƠƯ")

# One row a vowel: the letter without tone, then with huyền, sắc, hỏi, ngã, nặng.
_VNI_UPPER = {
    "AÀÁẢÃẠ": ("A", "AØ", "AÙ", "AÛ", "AÕ", "AÏ"),
    "ĂẰẮẲẴẶ": ("AÊ", "AÈ", "AÉ", "AÚ", "AÜ", "AË"),
    "ÂẦẤẨẪẬ": ("AÂ", "AÀ", "AÁ", "AÅ", "AÃ", "AÄ"),
    "EÈÉẺẼẸ": ("E", "EØ", "EÙ", "EÛ", "EÕ", "EÏ"),
    "ÊỀẾỂỄỆ": ("EÂ", "EÀ", "EÁ", "EÅ", "EÃ", "EÄ"),
    "IÌÍỈĨỊ": ("I", "Ì", "Í", "Æ", "Ó", "Ò"),
    "OÒÓỎÕỌ": ("O", "OØ", "OÙ", "OÛ", "OÕ", "OÏ"),
    "ÔỒỐỔỖỘ": ("OÂ", "OÀ", "OÁ", "OÅ", "OÃ", "OÄ"),
    "ƠỜỚỞỠỢ": ("Ô", "ÔØ", "ÔÙ", "ÔÛ", "ÔÕ", "ÔÏ"),
    "UÙÚỦŨỤ": ("U", "UØ", "UÙ", "UÛ", "UÕ", "UÏ"),
    "ƯỪỨỬỮỰ": ("Ö", "ÖØ", "ÖÙ", "ÖÛ", "ÖÕ", "ÖÏ"),
    "YỲÝỶỸỴ": ("Y", "YØ", "YÙ", "YÛ", "YÕ", "Î"),
    "Đ": ("Ñ",),
}
_TO_VNI_UPPER = {
    letter: code
    for letters, codes in _VNI_UPPER.items()
    for letter, code in zip(letters, codes, strict=True)
    if letter != code
}
_TO_VNI = _TO_VNI_UPPER | {letter.lower(): code.lower() for letter, code in _TO_VNI_UPPER.items()}
# A capital vowel before a small mark (or the reverse) occurs in typed text; the vowel decides.
_FROM_VNI = (
    {code[0] + code[1:].lower(): letter for letter, code in _TO_VNI_UPPER.items()}
    | {code[0].lower() + code[1:]: letter.lower() for letter, code in _TO_VNI_UPPER.items()}
    | {code: letter for letter, code in _TO_VNI.items()}
)
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))
_VNI_SAME_CODE = dict.fromkeys(map(ord, "ÍÌíì"))
_WORD = re.compile(r"[^\W\d_]+")
_ONE_CODE = "".join(letter for letter in _TONED_LOWER if letter not in _SHOWS_CASE)
# A word that begins with a letter of one code, or shows no small letter: the others need no rule.
_CASE_IN_DOUBT = re.compile(
    rf"(?<![^\W\d_])(?:[{_ONE_CODE}]|[A-ZĂÂĐÊÔƠƯ]*[{_ONE_CODE}][A-ZĂÂĐÊÔƠƯ{_ONE_CODE}]*(?![^\W\d_]))"
)


def from_tcvn3(text: str) -> str:
    """Unicode (NFC) of TCVN3 text; characters that are no TCVN3 code stay as they are."""
    decoded = text.translate(_TCVN3_TABLE)
    return _restore_case(decoded) if _CASE_IN_DOUBT.search(decoded) else decoded


def to_tcvn3(text: str) -> str:
    """TCVN3 codes of Unicode text, as typed with .VnTime (capitals with tone lose their case)."""
    return "".join(_TO_TCVN3.get(letter, letter) for letter in to_nfc(text))


def from_vni(text: str) -> str:
    """Unicode (NFC) of VNI text; characters that are no VNI code stay as they are."""
    return _VNI_CODE.sub(lambda match: _FROM_VNI[match[0]], text)


def to_vni(text: str) -> str:
    """VNI codes of Unicode text; every letter keeps its case."""
    return "".join(_TO_VNI.get(letter, letter) for letter in to_nfc(text))


def decode(text: str, encoding: Encoding) -> str:
    """The text in Unicode NFC, read in the given encoding."""
    if encoding == "tcvn3":
        return from_tcvn3(text)
    return from_vni(text) if encoding == "vni" else to_nfc(text)


def decode_strictly(word: str, encoding: Literal["tcvn3", "vni"]) -> str | None:
    """The word in Unicode, null when it holds a character that is no code of the encoding."""
    if encoding == "tcvn3":
        is_coded = all(char.isascii() or char in _FROM_TCVN3 for char in word)
        return from_tcvn3(word) if is_coded else None
    is_coded = _VNI_CODE.sub("", word).translate(_VNI_SAME_CODE).isascii()
    return from_vni(word) if is_coded else None


def _restore_case(text: str) -> str:
    spans = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    words = [text[start:end] for start, end in spans]
    shown = [_shown_case(word) for word in words]
    pieces, position = [], 0
    for index, (start, end) in enumerate(spans):
        pieces += [text[position:start], _cased(words, shown, index)]
        position = end
    return "".join([*pieces, text[position:]])


def _cased(words: list[str], shown: list[str], index: int) -> str:
    word, case = words[index], shown[index]
    if case in ("initial", "nothing"):
        neighbours = shown[index + 1 :] + shown[:index][::-1]
        decided = next((each for each in neighbours if each in ("upper", "lower")), None)
        case = "upper" if decided == "upper" else case
    if case == "upper":
        return word.upper()
    if _can_show_case(word[0]):
        return word
    initials = [each[0] for each in words if _can_show_case(each[0])]
    if index == 0 or (initials and all(initial.isupper() for initial in initials)):
        return word[0].upper() + word[1:]
    return word


@lru_cache(maxsize=16_384)
def _shown_case(word: str) -> str:
    """What the word shows of its case: upper, lower, initial, nothing, or abbreviation."""
    letters = [(place, letter) for place, letter in enumerate(word) if _can_show_case(letter)]
    if not letters:
        return "nothing"
    if any(letter.islower() for _, letter in letters):
        return "lower"
    if [place for place, _ in letters] == [0]:
        return "initial" if len(word) > 1 else "abbreviation"
    has_tone = len(letters) < len(word)
    return "upper" if has_tone or is_syllable(word, strict_tone=False) else "abbreviation"


def _can_show_case(letter: str) -> bool:
    return letter.isascii() or letter in _SHOWS_CASE
