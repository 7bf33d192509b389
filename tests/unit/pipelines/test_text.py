"""Folding of Vietnamese text: Unicode form, spaces, tone style, tone marks."""

import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.legacy_encoding import LETTERS
from pipelines.syllables import is_syllable
from pipelines.text import (
    collapse_spaces,
    fold,
    fold_tone_style,
    folded,
    map_distinct,
    strip_tones,
    to_nfc,
)

QUICK = settings(max_examples=60, deadline=None)
TONES = "\u0300\u0301\u0309\u0303\u0323"


@given(st.text(alphabet=LETTERS + "aeiouy bcdĐđ ", max_size=30))
@QUICK
def test_decomposed_text_has_the_key_of_composed_text(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
    assert to_nfc(unicodedata.normalize("NFD", text)) == text


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_survives_decomposition_and_loses_its_marks(letter):
    assert to_nfc(unicodedata.normalize("NFD", letter)) == letter
    assert strip_tones(letter).isascii()
    assert strip_tones(letter).lower() in "aeiouyd"


@pytest.mark.parametrize("pair", ["oa", "oe", "uy"])
@pytest.mark.parametrize("tone", TONES)
@pytest.mark.parametrize("upper", [False, True])
def test_both_tone_styles_have_one_key(pair, tone, upper):
    canonical = to_nfc("th" + pair[0] + tone + pair[1])
    other = to_nfc("th" + pair + tone)
    if upper:
        canonical, other = canonical.upper(), other.upper()
    assert fold_tone_style(other) == canonical
    assert fold_tone_style(canonical) == canonical
    assert fold(f"Xã {other} bình") == fold(f"xã {canonical} Bình")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("hoàn", "hoàn"),
        ("hòan", "hoàn"),
        ("quý", "quý"),
        ("qúy", "quý"),
        ("quỳnh", "quỳnh"),
        ("Thuỷ Hoà", "Thủy Hòa"),
        ("khoẻ", "khỏe"),
        ("của", "của"),
        ("thuyền", "thuyền"),
        ("hoa", "hoa"),
    ],
)
def test_closed_syllables_and_qu_keep_the_tone_on_the_second_vowel(written, expected):
    assert fold_tone_style(written) == expected


def test_spaces_of_all_kinds_and_invisible_signs_are_one_space():
    assert fold("  Họ\u00a0và\u202ftên\n chủ\u200b hộ ") == "họ và tên chủ hộ"


def test_full_width_signs_are_the_usual_ones():
    assert collapse_spaces("１２０，５　ＨỘ") == "120,5 HỘ"


def test_names_that_differ_by_tone_have_different_keys():
    assert fold("Trực Hưng") != fold("Trực Hùng")
    assert strip_tones(fold("Trực Hưng")) == strip_tones(fold("Trực Hùng"))


def test_columns_are_folded_with_null_kept():
    rows = pl.DataFrame({"name": ["Xã Xuân Thuỷ", None, "xã  xuân thủy"]})
    assert rows.select(folded(pl.col("name")))["name"].to_list() == [
        "xã xuân thủy",
        None,
        "xã xuân thủy",
    ]


def test_a_function_is_called_once_a_distinct_value():
    called = []
    map_distinct(pl.Series(["a", "b", "a", None]), lambda value: called.append(value) or value)
    assert sorted(called) == ["a", "b"]


@pytest.mark.parametrize("word", ["nghèo", "Trực", "HƯỞNG", "khuya", "giếng", "quốc", "Ý", "ương"])
def test_vietnamese_syllables_are_known(word):
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["nghÌo", "Müller", "phiÕu", "Lôc", "abc", "ngheøo", "hôô"])
def test_other_words_are_no_syllables(word):
    assert not is_syllable(word)
