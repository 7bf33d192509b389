"""Tables that readers take home: safe in a spreadsheet, and the same bytes for the same rows."""

import zipfile
from datetime import date
from io import BytesIO

import fastexcel
import polars as pl
import pytest

from reports.table_file import csv, safe, workbook
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
