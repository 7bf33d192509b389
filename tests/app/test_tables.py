"""Tables that readers take home: safe in a spreadsheet, and the same bytes for the same rows."""

import zipfile
from datetime import date
from io import BytesIO
from textwrap import wrap

import fastexcel
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.table_file import csv, safe, workbook
from ui import table_layout
from ui.tables import sortable

ROWS = pl.DataFrame(
    {
        "Đơn vị": ["Xã A", "=1+1", "@b", "-c"],
        "Hộ": [1, 2, None, 4],
        "Tỷ lệ": [0.5, 1.25, None, 2.0],
        "Ngày": [date(2025, 3, 5)] * 4,
    }
)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_could_run_is_neutralised(text):
    assert safe(text) == "'" + text


def test_csv_opens_in_a_spreadsheet_with_every_letter():
    content = csv(ROWS)
    assert content.startswith(b"\xef\xbb\xbf")
    lines = content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Đơn vị,Hộ,Tỷ lệ,Ngày"
    assert lines[2].startswith("'=1+1,2,1.25,")


def test_a_workbook_has_the_table_and_says_what_it_is():
    content = workbook(ROWS, "So lieu", "Ghi chu", [("Lưu ý", "DỮ LIỆU MÔ PHỎNG")])
    book = fastexcel.read_excel(content)
    assert book.sheet_names == ["So lieu", "Ghi chu"]
    table = book.load_sheet("So lieu").to_polars()
    assert table["Đơn vị"].to_list() == ["Xã A", "'=1+1", "'@b", "'-c"]
    assert table["Tỷ lệ"].to_list() == [0.5, 1.25, None, 2.0]
    with zipfile.ZipFile(BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_same_table_is_the_same_file():
    assert workbook(ROWS, "a", "b", []) == workbook(ROWS, "a", "b", [])


def test_sorting_the_texts_sorts_the_numbers():
    for texts in (["1.013", "640", "89"], ["10,0 %", "9,99 %", "0,98 %"]):
        padded = sortable(pl.Series("n", texts))
        assert [text.strip() for text in sorted(padded, reverse=True)] == texts


def _wide(monkeypatch, is_phone=False):
    monkeypatch.setattr(table_layout, "is_phone", lambda: is_phone)


def test_a_table_that_fits_the_page_keeps_its_columns_and_low_rows(monkeypatch):
    _wide(monkeypatch)
    found = table_layout.layout(pl.DataFrame({"Đơn vị": ["Xã A"], "Hộ": ["12"]}), ["Hộ"])
    assert (dict(found.widths), found.row_height) == ({}, None)


def test_the_widest_words_go_on_in_a_second_line_so_that_no_column_lies_beyond_the_page(
    monkeypatch,
):
    _wide(monkeypatch)
    words = "Sở Nông nghiệp và Môi trường tỉnh N"
    shown = pl.DataFrame({f"Cột {place}": [words] for place in range(5)} | {"Số": ["1.234"]})
    found = table_layout.layout(shown, ["Số"])
    # 35 letters take 276 px: five of them and a number are more than a page
    assert found.widths
    assert "Số" not in found.widths
    widths = {name: found.widths.get(name, 276) for name in shown.columns[:-1]}
    assert sum(widths.values()) + 60 <= table_layout.ROOM_PX
    assert found.row_height is not None


def test_a_text_of_two_lines_is_no_wider_than_two_lines_need_where_room_is_scarce(monkeypatch):
    _wide(monkeypatch)
    agency = (
        "Ninh Bình Department of Agriculture and Environment"  # 51 letters: two lines of 360 px
    )
    shown = pl.DataFrame({f"Column {place}": [agency] for place in range(4)})
    found = table_layout.layout(shown, [])
    assert sum(found.widths.values()) <= table_layout.ROOM_PX
    assert set(found.widths) == set(shown.columns)


def test_a_table_of_too_many_columns_is_scrolled_and_not_squeezed(monkeypatch):
    _wide(monkeypatch)
    shown = pl.DataFrame({f"Cột số {place} của bảng": ["mười một chữ"] for place in range(20)})
    assert not table_layout.layout(shown, []).widths


def test_a_text_of_too_many_lines_ends_with_dots_on_the_screen():
    texts = pl.Series("Ghi chú", ["Xã A, " * 80, "Xã B"])
    long, short = table_layout.whole(texts, 360)
    assert long.endswith("…")
    assert len(long) < 160
    assert short == "Xã B"


WORDS = st.text("abcđ-ừ\n", min_size=1, max_size=40)
EQUAL_WORDS = st.builds(
    lambda length, count: ["x" * length] * count, st.integers(1, 40), st.integers(1, 90)
)


@given(
    st.lists((EQUAL_WORDS | st.lists(WORDS, max_size=40)).map(" ".join), max_size=4),
    st.integers(min_value=70, max_value=400),
)
@settings(max_examples=500, deadline=None)
def test_a_text_ends_with_dots_only_where_it_needs_more_lines_than_a_row_has(texts, width):
    letters = table_layout._letters(width)
    told = table_layout.whole(pl.Series("Ghi chú", texts, dtype=pl.String), width).to_list()
    for text, shown in zip(texts, told, strict=True):
        is_too_long = len(wrap(text, letters)) > table_layout._MOST_LINES
        assert (shown != text) == is_too_long
