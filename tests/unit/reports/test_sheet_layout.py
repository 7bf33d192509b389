"""How every workbook that leaves the house lies on paper."""

import hashlib
import io
import re
import subprocess
import sys
import zipfile

import fastexcel
import polars as pl
import pytest

from reference.plan import duties
from reference.programmes import programme_forms
from reports.plan_template import FORMS, plan_template
from reports.programme_template import programme_template
from reports.sheet_layout import lines_of
from reports.table_file import checksum, safe, workbook

PERIOD = "2026-H1"
ROWS = pl.DataFrame({"Đơn vị": ["Xã A"], "Nguồn": ["Biểu 1 " * 20], "Số hộ": [1234]})


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def visible_sheets(content):
    """XML of each sheet that is not hidden, and the book's own."""
    found = parts(content)
    book = found["xl/workbook.xml"]
    states = re.findall(r"<sheet [^>]*>", book)
    sheets = [
        found[f"xl/worksheets/sheet{place}.xml"]
        for place, tag in enumerate(states, start=1)
        if "hidden" not in tag
    ]
    return book, sheets


def templates():
    return [each.name for each in programme_forms()] + list(FORMS)


@pytest.mark.parametrize("name", templates())
def test_a_blank_template_is_printed_across_with_its_header_on_every_page(name):
    make = plan_template if name in FORMS else programme_template
    book, sheets = visible_sheets(make(name, PERIOD))
    assert "Print_Titles" in book
    for sheet in sheets:
        assert 'orientation="landscape"' in sheet
        # One page wide, or made of pages that end between two programmes.
        assert 'fitToPage="1"' in sheet or "<colBreaks" in sheet
        assert "Trang &amp;P/&amp;N" in sheet


def test_the_first_workbook_of_a_process_is_the_same_file_as_every_later_one():
    code = (
        "import hashlib; from reports.plan_template import plan_template;"
        "print(*{hashlib.sha256(plan_template('audit_sample', '2026-H1')).hexdigest() for _ in range(3)})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    here = hashlib.sha256(plan_template("audit_sample", PERIOD)).hexdigest()
    assert done.stdout.split() == [here]
    assert "<scheme " not in parts(plan_template("audit_sample", PERIOD))["xl/styles.xml"]


def test_pages_of_a_wide_template_end_between_programmes():
    content = programme_template("credit", PERIOD)
    for sheet in visible_sheets(content)[1]:
        breaks = {int(place) for place in re.findall(r'<colBreaks.*?</colBreaks>', sheet) and
                  re.findall(r'<brk id="(\d+)" max="1048575"', sheet)}  # fmt: skip
        heads = re.findall(r'<mergeCell ref="([A-Z]+)5:([A-Z]+)5"/>', sheet)
        inside = {place for first, last in heads for place in range(_number(first), _number(last))}
        assert not breaks & inside


def _number(letters):
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - 64
    return value


@pytest.mark.parametrize("name", [each for each in FORMS if each != "duties"])
def test_a_blank_list_has_ruled_rows_and_signs_in_capitals(name):
    (sheet,) = visible_sheets(plan_template(name, PERIOD))[1]
    rows = re.findall(r'<row r="(\d+)"[^>]*>((?:<c r="[A-Z]+\d+" s="\d+"/>)+)</row>', sheet)
    assert [int(row) for row, _ in rows] == list(range(6, 31))
    heads = fastexcel.read_excel(plan_template(name, PERIOD)).load_sheet(0, header_row=4)
    words = " ".join(heads.to_polars().columns)
    assert words.startswith("STT ")
    assert "cccd" not in words
    assert " b1 " not in words


def test_the_template_of_duties_says_what_each_duty_is():
    table = fastexcel.read_excel(plan_template("duties", PERIOD)).load_sheet(0, header_row=4)
    told = dict(table.to_polars().select("Mã nhiệm vụ", "Nhiệm vụ").iter_rows())
    assert told == {duty.duty_id: duty.label_vi for duty in duties().values()}


def test_a_table_to_take_home_is_printed_across_with_its_mark_and_build_on_every_page():
    marks = ("DỮ LIỆU MÔ PHỎNG", "Bản dựng b & c")
    book, sheets = visible_sheets(workbook(ROWS, "Bang", "Ghi chu", [("Nguồn", "x")], marks))
    assert "Print_Titles" in book
    assert len(sheets) == 2
    for sheet in sheets:
        assert 'orientation="landscape"' in sheet
        assert 'fitToPage="1"' in sheet
        assert "DỮ LIỆU MÔ PHỎNG" in sheet
        # An ampersand in the text is no code of the footer.
        assert "Bản dựng b &amp;&amp; c" in sheet
    styles = parts(workbook(ROWS, "a", "b", []))["xl/styles.xml"]
    assert "[$-42A]#,##0" in styles
    assert 'wrapText="1"' in styles


def test_a_row_is_as_high_as_its_longest_text_needs():
    # 1,15 · 70 / 70 → two lines; 1,15 · 20 / 70 → one
    assert lines_of(["a" * 70], [70]) == 2
    assert lines_of(["a" * 20, ""], [70, 10]) == 1


def test_rows_of_a_table_are_as_high_as_their_texts_and_counts_have_no_decimals():
    rows = pl.DataFrame(
        {"Chỉ tiêu": ["Ngắn", "x" * 100], "Tử số": [217.0, None], "Tỷ lệ": [2.42, 1.0]}
    )
    found = parts(workbook(rows, "a", "b", []))
    sheet, styles = found["xl/worksheets/sheet1.xml"], found["xl/styles.xml"]
    # 1,15 · 100 / 36 → 4 lines of 15 points
    assert re.search(r'<row r="3"[^>]* ht="60"', sheet)
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles[styles.index("<cellXfs") :])
    codes = dict(re.findall(r'numFmtId="(\d+)" formatCode="([^"]+)"', styles))
    of = {cell: codes.get(formats[int(look)]) for cell, look in
          re.findall(r'<c r="([BC]2)" s="(\d+)"', sheet)}  # fmt: skip
    assert of == {"B2": "[$-42A]#,##0", "C2": "[$-42A]#,##0.00"}


@pytest.mark.parametrize(
    "text", ["+17 hộ", "+0,01 điểm %", "+2,5 %", "+1.234 người", "+33 mô hình"]
)
def test_a_signed_figure_with_its_unit_is_no_formula(text):
    assert safe(text) == text


@pytest.mark.parametrize(
    "text", ["+17", "+A1 b", "+1 hộ+cmd|x", '+1 HYPERLINK("a")', "=1 hộ", "-1 hộ"]
)
def test_what_could_run_keeps_its_apostrophe(text):
    assert safe(text) == f"'{text}"


def test_the_checksum_of_a_table_follows_its_cells():
    assert checksum(ROWS) == checksum(ROWS.clone())
    assert checksum(ROWS) != checksum(ROWS.with_columns(pl.lit(1235).alias("Số hộ")))
    assert re.fullmatch("[0-9a-f]{16}", checksum(ROWS))
