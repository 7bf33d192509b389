"""TCVN3 and VNI text: tables, case, detection. All words and names are invented or words of forms."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipelines.encoding_detection import decode_cells, decode_value, detect_encoding
from pipelines.legacy_encoding import (
    LETTERS,
    from_tcvn3,
    from_vni,
    to_tcvn3,
    to_vni,
)
from pipelines.workbook import contents_of, open_workbook

FIXTURES = Path(__file__).parents[3] / ".." / "shared" / "fixtures"
QUICK = settings(max_examples=60, deadline=None)
SYLLABLES = re.findall(
    r"\w+",
    """nguyễn trần lê phạm hoàng vũ đặng bùi đỗ hồ ngô dương lý thị văn đức hữu ngọc ánh yến ổn
    huệ lộc thủy hòa bé ấm nghèo hộ cận không thôn xóm đội tổ dân phố xã phường trực hưng hùng
    nghĩa quý hoàn thuận ưu ơn ỷ ý ông êm""",
)
words = st.sampled_from(SYLLABLES)
texts = st.lists(words, min_size=1, max_size=5).map(" ".join)
TO = {"tcvn3": to_tcvn3, "vni": to_vni}


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back_from_tcvn3(letter):
    frames = ["DANH b{}", "Danh b{}n"] if letter.islower() else ["DANH SÁCH B{}", "B{}H"]
    for text in (frame.format(letter) for frame in frames):
        assert from_tcvn3(to_tcvn3(text)) == text


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_comes_back_from_vni(letter):
    for text in (letter, f"b{letter}n", f"{letter} {letter}"):
        assert from_vni(to_vni(text)) == text


@pytest.mark.parametrize("to", [to_tcvn3, to_vni])
def test_no_two_letters_share_a_code(to):
    lower = [letter for letter in LETTERS if letter.islower()]
    codes = [to(letter) for letter in lower]
    assert len(set(codes)) == len(lower) == 67
    assert all(ord(char) < 256 for code in codes for char in code)


def test_a_small_mark_after_a_capital_vowel_is_read_in_vni():
    assert from_vni("Hoä NGHEøO") == "Hộ NGHÈO"


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "UBND HUYỆN VỤ BẢN",
        "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2023",
        "UBND HUYỆN Ý YÊN",
        "UBND xã Vĩnh Hào",
        "Hộ không nghèo",
        "Tổ dân phố số 5",
        "Nguyễn Thị Ánh",
        "Ổn",
        "Thôn Ất",
        "Ốm đau, bệnh tật",
        "Số 125/QĐ-UBND ngày 08/12/2023",
    ],
)
def test_the_case_of_tcvn3_is_restored_from_the_letters_that_show_it(text):
    assert from_tcvn3(to_tcvn3(text)) == text


@given(texts)
@QUICK
def test_tcvn3_is_exact_but_for_case_and_vni_is_exact(text):
    for cased in (text, text.upper(), text.title(), text.capitalize()):
        assert from_tcvn3(to_tcvn3(cased)).lower() == cased.lower()
        assert from_vni(to_vni(cased)) == cased
    assume(len(text.split()) > 1)
    title = " ".join(word.capitalize() for word in text.split())
    assume(any(word[0].isascii() and word[0].isalpha() for word in text.split()))
    assert from_tcvn3(to_tcvn3(title)) == title


@given(st.lists(texts, min_size=1, max_size=30))
@QUICK
def test_unicode_is_never_taken_for_another_encoding(values):
    assert detect_encoding(values) == "unicode"
    cells = {"c0": list(values)}
    decoded, encodings = decode_cells(cells, contents_of(cells))
    assert decoded == {"c0": values}
    assert not encodings


@pytest.mark.parametrize(
    "values",
    [
        [],
        ["Kinh", "Nam", "01/02/1960", "x"],
        ["José", "Müller", "François", "Loïc", "Naïm", "Zoë", "Åse", "Bjørn", "Peña", "Renée"],
        ["Loïc"],
        ["Lü Bü"],
        ["Bé", "Hé"],
        ["50 m²", "25°C", "§ 5", "· mục", "©", "«ba»", "½"],
        ["Lôc", "Hôp", "ngưòi"],
        ["Êđê", "Hrê", "M'Nông", "Xơ Đăng", "Cơ Ho"],
        ["Café", "ôtô", "bétông"],
    ],
)
def test_what_does_not_decide_is_unicode(values):
    assert detect_encoding(values) == "unicode"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
@given(values=st.lists(texts, min_size=12, max_size=30))
@QUICK
def test_a_column_is_detected_and_decoded(encoding, values):
    raw = [TO[encoding](value) for value in [*values, "hộ cận nghèo", "không nghèo", "nguyễn văn"]]
    assert detect_encoding(raw) == encoding
    decoded = [decode_value(value, encoding).lower() for value in raw[: len(values)]]
    assert decoded == values


@pytest.mark.parametrize("encoding", ["tcvn3", "vni"])
def test_a_column_without_a_deciding_word_follows_its_sheet(encoding):
    to = TO[encoding]
    cells = {
        "c0": [to(word) for word in ("Họ và tên", "Nguyễn Thị Bé", "Trần Văn Được", "Lê Hữu")],
        "c1": [to(word) for word in ("Giới tính", "Nữ", "Nam", "Nữ")],
        "c2": [to(word) for word in ("Bộ", "Hộ", "Vợ", "")],
        "c3": ["1", "2", None, "3"],
    }
    decoded, encodings = decode_cells(cells, contents_of(cells))
    assert decoded["c1"] == ["Giới tính", "Nữ", "Nam", "Nữ"]
    assert decoded["c2"] == ["Bộ", "Hộ", "Vợ", ""]
    assert set(encodings) >= {"c0", "c1", "c2"}
    assert decoded["c3"] is cells["c3"]


def test_a_unicode_header_over_a_tcvn3_column_stays():
    values = ["Giới tính", *map(to_tcvn3, ["Nữ", "Nam", "Nữ", "Nữ"])]
    others = ["Họ và tên", *map(to_tcvn3, ["Lê Thị Hà", "Trần Được", "Vũ Nghị", "Đỗ Mười"])]
    cells = {"c0": others, "c1": values}
    decoded, _ = decode_cells(cells, contents_of(cells))
    assert decoded["c1"] == ["Giới tính", "Nữ", "Nam", "Nữ", "Nữ"]
    assert decoded["c0"] == ["Họ và tên", "Lê Thị Hà", "Trần Được", "Vũ Nghị", "Đỗ Mười"]


@pytest.mark.skipif(not FIXTURES.exists(), reason="../shared/fixtures is not here")
def test_all_fixtures_but_one_are_unicode():
    found = {}
    for case in json.loads((FIXTURES / "expected.json").read_text())["files"]:
        if case["outcome"] == "load":
            sheets = open_workbook((FIXTURES / case["file"]).read_bytes(), case["file"])
            found[case["case"]] = {
                kind for s in sheets for kind in decode_cells(s.cells, s.contents)[1].values()
            }
    assert found.pop("tcvn3-sheet") == {"tcvn3"}
    assert set().union(*found.values()) == set()


def test_a_column_of_decisions_in_vni_is_read_though_every_row_holds_an_abbreviation():
    cells = {
        "c0": [
            "Hoï vaø teân chuû hoä",
            None,
            "Leâ Ngoïc Khaùnh",
            "Buøi Vaên Khaûi",
            "Mai Thò Dung",
        ],
        "c1": ["Quyeát ñònh coâng nhaän", "Soá", "307/QÑ-UBND", "307/QÑ-UBND", "307/QÑ-UBND"],
        "c2": [None, "Ngaøy", "10/12/2023", "10/12/2023", "10/12/2023"],
    }
    decoded, encodings = decode_cells(cells, contents_of(cells))
    assert encodings == {"c0": "vni", "c1": "vni", "c2": "vni"}
    assert decoded["c1"] == ["Quyết định công nhận", "Số", *["307/QĐ-UBND"] * 3]
    assert decoded["c2"][1] == "Ngày"
