"""Vietnamese text as older programs wrote it: TCVN3, VNI, windows-1258, the older tones."""

import re
import unicodedata

TCVN3_LETTERS = (
    "àµ ả¶ ã· á¸ ạ¹ ă¨ ằ» ẳ¼ ẵ½ ắ¾ ặÆ â© ầÇ ẩÈ ẫÉ ấÊ ậË đ® "
    "èÌ ẻÎ ẽÏ éÐ ẹÑ êª ềÒ ểÓ ễÔ ếÕ ệÖ "
    "ì× ỉØ ĩÜ íÝ ịÞ òß ỏá õâ óã ọä ô« ồå ổæ ỗç ốè ộé ơ¬ ờê ởë ỡì ớí ợî ùï ủñ ũò úó ụô ư\xad "
    "ừõ ửö ữ÷ ứø ựù ỳú ỷû ỹü ýý ỵþ"
)
TCVN3_CAPITALS = "Ă¡ Â¢ Ê£ Ô¤ Ơ¥ Ư¦ Đ§"
"""Only these capitals have a code; a capital with a tone takes the small letter's code."""

VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_CIRCUMFLEX = {
    "": "â",
    "\u0301": "á",
    "\u0300": "à",
    "\u0309": "å",
    "\u0303": "ã",
    "\u0323": "ä",
}
VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_SINGLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}
TONES = "\u0300\u0301\u0303\u0309\u0323"

NEWER_TONE = re.compile(
    r"(?<![qQ])([òóỏõọÒÓỎÕỌ])([aeAE])(?!\w)|(?<![qQ])([ùúủũụÙÚỦŨỤ])([yY])(?!\w)"
)


def _tcvn3_table() -> dict[int, str]:
    pairs = {item[0]: item[1] for item in f"{TCVN3_LETTERS} {TCVN3_CAPITALS}".split(" ")}
    for small, code in list(pairs.items()):
        pairs.setdefault(small.upper(), code)
    return {ord(letter): code for letter, code in pairs.items()}


TCVN3 = _tcvn3_table()


def tcvn3(text: str) -> str:
    """What a spreadsheet shows of text typed with a .VnTime font."""
    return unicodedata.normalize("NFC", text).translate(TCVN3)


def vni(text: str) -> str:
    """What a spreadsheet shows of text typed with a VNI font: the accent follows the letter."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    if letter.isascii() or not letter.isalpha():
        return letter
    small = letter.lower()
    if small in VNI_SINGLE:
        found = VNI_SINGLE[small]
    else:
        base, *marks = tuple(unicodedata.normalize("NFD", small))
        tone = next((mark for mark in marks if mark in TONES), "")
        if "\u0302" in marks:
            found = base + VNI_CIRCUMFLEX[tone]
        elif "\u0306" in marks:
            found = base + VNI_BREVE[tone]
        else:
            horned = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
            found = horned + (VNI_TONES[tone] if tone else "")
    return found.upper() if letter.isupper() else found


def windows_1258(text: str) -> str:
    """Text in the form that windows-1258 can hold: the tone stands after its letter."""
    letters = []
    for letter in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(part for part in parts if part in TONES)
        rest = "".join(part for part in parts if part not in TONES)
        letters.append(unicodedata.normalize("NFC", rest) + tone)
    return "".join(letters)


def decomposed(text: str) -> str:
    """NFD, as some phones and Macs write."""
    return unicodedata.normalize("NFD", text)


def old_tones(text: str) -> str:
    """The tone on the last vowel, as taught before the 1980s: hoà, thuỷ."""

    def shift(found: re.Match[str]) -> str:
        first, second = tuple(found.group(0))
        base, *marks = tuple(unicodedata.normalize("NFD", first))
        return unicodedata.normalize("NFC", base + second + "".join(marks))

    return NEWER_TONE.sub(shift, unicodedata.normalize("NFC", text))
