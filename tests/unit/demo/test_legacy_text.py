"""Old encodings as the demo writes them; examples as the programs of that time show them."""

import unicodedata

import pytest

from demo.legacy_text import decomposed, old_tones, tcvn3, vni, windows_1258

BASES = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
SMALL = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
ACCENTED = [letter for letter in [*SMALL, "đ"] if not letter.isascii()]


def test_there_are_67_small_accented_letters() -> None:
    assert len(set(ACCENTED)) == 67


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Xác định", "X¸c ®Þnh"), ("DANH SÁCH HỘ NGHÈO", "DANH S¸CH Hé NGHÌO"), ("Đỗ", "§ç")],
)
def test_tcvn3_examples(text: str, shown: str) -> None:
    assert tcvn3(text) == shown


@pytest.mark.parametrize(
    ("text", "shown"), [("Tiếng Việt", "Tieáng Vieät"), ("ĐƯỜNG", "ÑÖÔØNG"), ("Nguyễn", "Nguyeãn")]
)
def test_vni_examples(text: str, shown: str) -> None:
    assert vni(text) == shown


def test_small_letters_stay_apart() -> None:
    assert len({tcvn3(letter) for letter in ACCENTED}) == 67
    assert len({vni(letter) for letter in ACCENTED}) == 67
    assert all(tcvn3(letter) != letter for letter in ACCENTED if letter not in "êôìòâãéèóùíòáýàũũ")


def test_windows_1258_holds_every_letter() -> None:
    text = "".join([*ACCENTED, *(letter.upper() for letter in ACCENTED)])
    read = windows_1258(text).encode("cp1258").decode("cp1258")
    assert unicodedata.normalize("NFC", read) == text


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("Hòa", "Hoà"),
        ("Giao Thủy", "Giao Thuỷ"),
        ("ỦY BAN", "UỶ BAN"),
        ("Quý", "Quý"),
        ("hoàn", "hoàn"),
        ("Quỳnh Hóa", "Quỳnh Hoá"),
        ("của", "của"),
    ],
)
def test_old_tones(new: str, old: str) -> None:
    assert old_tones(new) == old


def test_decomposed_composes_back() -> None:
    assert unicodedata.normalize("NFC", decomposed("Xã Hải Hậu")) == "Xã Hải Hậu"
