"""Numbers in the documents of a meeting, read back from the files, are the estimates of the same build."""

import io
import re
from collections import Counter

import docx
import polars as pl
import pptx
import pypdf
import pytest

from measures.catalogue import cards
from tests.commands.reading_back import (
    NUMBER,
    WITH_UNIT,
    annex_rows,
    figures_of,
    key_of,
    known_numbers,
    pdf_text,
    word_text,
    written,
)
from warehouse.door import Door, Viewer

MEETING = "Sơ kết Quý III/2026"
PLACES = ("poor_household_count", "poor_household_rate", "near_poor_household_count",
          "near_poor_household_rate")  # fmt: skip
HEADLINE = (*PLACES, "poor_person_count", "poor_person_rate")


@pytest.fixture(scope="module")
def pack(small_province, cli, tmp_path_factory):
    """Bytes of each document by name, written by the command line."""
    folder = tmp_path_factory.mktemp("pack")
    for arguments in (
        ("freeze", "--name", MEETING, "--who", "An"),
        ("report", "meeting", "--frozen", MEETING, "--to", folder),
    ):
        done = cli(*arguments, "--data", small_province.data)
        assert done.returncode == 0, done.stderr
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def door(small_province, pack):
    return Door.open_meeting(small_province.data, Viewer("command"), MEETING)


@pytest.fixture(scope="module")
def texts(pack):
    """All text of the documents in words, tables included."""
    show = pptx.Presentation(io.BytesIO(pack["trinh-chieu.pptx"]))
    slides = []
    for slide in show.slides:
        slides.append(slide.notes_slide.notes_text_frame.text)
        for shape in slide.shapes:
            if shape.has_text_frame:
                slides.append(shape.text_frame.text)
            if shape.has_table:
                slides += [cell.text for row in shape.table.rows for cell in row.cells]
    return {
        "bao-cao.docx": word_text(pack["bao-cao.docx"]),
        "trinh-chieu.pptx": "\n".join(slides),
        "bao-cao.pdf": pdf_text(pack["bao-cao.pdf"]),
        "to-tom-tat.pdf": pdf_text(pack["to-tom-tat.pdf"]),
    }


DOCUMENTS = ["bao-cao.docx", "trinh-chieu.pptx", "bao-cao.pdf", "to-tom-tat.pdf"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_number_with_a_unit_is_an_estimate_or_the_difference_of_two(texts, door, name):
    known = known_numbers(_estimates(door))
    found = WITH_UNIT.findall(texts[name].replace("100% ", ""))
    assert found
    for number, unit in found:
        assert (number, unit) in known, (number, unit)


@pytest.mark.parametrize("name", ["bao-cao.docx", "trinh-chieu.pptx"])
def test_every_cell_of_the_headline_table_is_its_estimate(pack, door, name):
    table = _table(pack, name, "Chỉ tiêu")
    rows = {row[0]: row[1:4] for row in table[1:]}
    for measure in HEADLINE:
        told = door.estimates([measure], periods=["2025", "2026-08", "2025-08"])
        by_period = {row["period"]: row for row in told.iter_rows(named=True)}
        columns = _periods_of(table[0])
        for cell, period in zip(rows[cards()[measure].label_vi], columns, strict=True):
            row = by_period[period]
            number, unit = written(row["value"], row["unit"])
            assert re.sub(r" \(.*\)", "", cell) == f"{number}{'' if unit == '%' else ' '}{unit}"


def test_every_commune_in_the_report_has_its_estimates(pack, texts, door):
    told = door.estimates(PLACES, level="commune", periods=["2025"])
    known = {(row["unit_name"], row["measure"]): row for row in told.iter_rows(named=True)}
    table = _table(pack, "bao-cao.docx", "Đơn vị")
    assert len(table) > 3
    for name, _, *cells in table[1:-1]:
        said = [written(known[name, m]["value"], known[name, m]["unit"]) for m in PLACES]
        assert cells == [n + ("%" if unit == "%" else "") for n, unit in said], name
        line = " ".join(cells)
        assert re.search(rf"{re.escape(name)} {NUMBER} {re.escape(line)}", texts["bao-cao.pdf"])


def test_the_rows_of_the_communes_add_up_to_the_last_one(pack):
    header, *rows, whole = _table(pack, "bao-cao.docx", "Đơn vị")
    counts = [place for place, head in enumerate(header) if head.startswith("Hộ ")]
    assert len(counts) == 3
    for place in counts:
        told = [int(row[place].replace(".", "")) for row in rows]
        assert sum(told) == int(whole[place].replace(".", "")), header[place]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_no_document_speaks_as_a_developer(texts, name):
    # the address of the view is the one thing that is spelt for a machine
    said = re.sub(r"poverty_rates\?\S*", "", texts[name])
    assert not re.search(r"\[S\d+\]|\b[a-z]+_[a-z_]+\b|\bNone\b|\.csv", said)


def test_charts_hold_estimates(pack, door):
    show = pptx.Presentation(io.BytesIO(pack["trinh-chieu.pptx"]))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    assert charts
    known = {row["value"] for row in _estimates(door)}
    for chart in charts:
        for series in chart.plots[0].series:
            assert set(series.values) <= known


def test_every_row_of_the_annex_is_the_estimate_of_itskey_of(pack, door):
    book = {
        sheet: annex_rows(pack["phu-luc-so-lieu.xlsx"], sheet)
        for sheet in ("Toàn địa bàn", "Theo đơn vị", "Theo đơn vị, kỳ trước", "Câu và số liệu")
    }
    for sheet, level in (("Toàn địa bàn", "province"), ("Theo đơn vị", "commune"),
                         ("Theo đơn vị, kỳ trước", "commune")):  # fmt: skip
        rows = book[sheet]
        assert rows.height, sheet
        for era, part in rows.partition_by("era", as_dict=True).items():
            told = door.estimates(
                part["measure"].unique().to_list(), level=level, era=str(era[0]),
                periods=part["period"].cast(pl.String).unique().to_list(),
            )  # fmt: skip
            known = {key_of(row): figures_of(row) for row in told.iter_rows(named=True)}
            for row in part.iter_rows(named=True):
                assert known[key_of(row)] == figures_of(row), key_of(row)
    spoken = book["Câu và số liệu"].filter(pl.col("measure").is_not_null())
    known = {
        key_of(row): figures_of(row)
        for sheet in ("Toàn địa bàn", "Theo đơn vị", "Theo đơn vị, kỳ trước")
        for row in book[sheet].iter_rows(named=True)
    }
    for row in spoken.iter_rows(named=True):
        assert known[key_of(row)] == figures_of(row)


def test_word_and_pdf_say_the_same_numbers(texts):
    said = [
        Counter(WITH_UNIT.findall(re.sub(r"\s+", " ", texts[name])))
        for name in ("bao-cao.docx", "bao-cao.pdf")
    ]
    assert said[0] == said[1]


@pytest.mark.parametrize("name", ["bao-cao.pdf", "to-tom-tat.pdf"])
def test_every_page_of_a_pdf_says_what_it_is(pack, door, name):
    pages = pypdf.PdfReader(io.BytesIO(pack[name])).pages
    for page in pages:
        text = page.extract_text()
        for part in ("DỮ LIỆU MÔ PHỎNG", door.build.build_id, "xã đã báo cáo", "mã kiểm tra",
                     "chính thức", "poverty_rates?"):  # fmt: skip
            assert part in text, part


def _estimates(door):
    names = [name for name in cards() if not name.startswith("household_")]
    rows = pl.concat(
        [door.estimates(names), door.estimates(names, level="commune", periods=["2025"]),
         door.estimates(names, level="commune", periods=["2024"], era="2025")],
    )  # fmt: skip
    return rows.filter(pl.col("value").is_not_null()).to_dicts()


def _table(pack, name, first):
    """The first table whose first heading is ``first``, as rows of text."""
    if name.endswith(".docx"):
        tables = docx.Document(io.BytesIO(pack[name])).tables
    else:
        show = pptx.Presentation(io.BytesIO(pack[name]))
        shapes = [shape for slide in show.slides for shape in slide.shapes]
        tables = [shape.table for shape in shapes if shape.has_table]
    rows = [[[cell.text for cell in row.cells] for row in table.rows] for table in tables]
    return next(found for found in rows if found[0][0] == first)


def _periods_of(header):
    """``Rà soát năm 2025``, ``Đang theo dõi, tháng 8/2026`` … as periods."""
    found = []
    for text in header[1:4]:
        month = re.search(r"tháng (\d+)/(\d{4})", text)
        year = re.search(r"năm (\d{4})", text)
        found.append(f"{month[2]}-{int(month[1]):02d}" if month else year[1])
    return found
