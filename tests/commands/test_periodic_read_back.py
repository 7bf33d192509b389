"""Numbers in the half-yearly, yearly and five-yearly reports, read back from the files, are the build's estimates."""

import io
import re
from datetime import UTC, date, datetime

import polars as pl
import pypdf
import pytest

from measures.catalogue import cards
from reports.periodic.pack import periodic_report
from tests.commands.reading_back import (
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
from warehouse.frozen import Meeting

COMMUNES_OF = {
    ("half-year", "2026-H1"): ("2026-H1", "2025-H1"),
    ("annual", "2025"): ("2025", "2024"),
    ("five-year", "2021-2025"): ("2025", "2021"),
}
MEETING = "Sơ kết đọc lại"


@pytest.fixture(scope="module")
def door(small_province):
    return Door.open(small_province.data, Viewer("command"))


@pytest.fixture(scope="module")
def meeting(door):
    """Told to the report, not written down: other tests ask this folder which meetings it has."""
    frozen_at = datetime(2026, 9, 15, tzinfo=UTC)
    return Meeting(MEETING, door.build.build_id, date(2026, 9, 15), frozen_at, "An", "")


@pytest.fixture(scope="module", params=list(COMMUNES_OF), ids=lambda each: each[0])
def report(request, door, meeting):
    """(kind and period, bytes of each document by name)."""
    writers = periodic_report(door, *request.param, meeting).writers
    return request.param, {name: write() for name, write in writers.items()}


def test_every_number_with_a_unit_is_an_estimate_or_the_difference_of_two(report, door):
    asked, files = report
    names = [name for name in cards() if not name.startswith("household_")]
    rows = [door.estimates(names)]
    for period in COMMUNES_OF[asked]:
        rows.append(door.estimates(names, level="commune", periods=[period], era="2025"))
    known = known_numbers(pl.concat(rows).filter(pl.col("value").is_not_null()).to_dicts())
    # the report of five years also tells what was published, and says so
    published = door.published().filter(pl.col("value").is_not_null())
    known |= {written(row["value"], row["unit"]) for row in published.iter_rows(named=True)}
    for text in (word_text(files["bao-cao.docx"]), pdf_text(files["bao-cao.pdf"])):
        found = WITH_UNIT.findall(re.sub(r"100% ", "", text))
        assert found
        for each in found:
            assert each in known, each


def test_word_and_pdf_say_the_same_numbers(report):
    _, files = report
    said = [
        set(WITH_UNIT.findall(re.sub(r"\s+", " ", text)))
        for text in (word_text(files["bao-cao.docx"]), pdf_text(files["bao-cao.pdf"]))
    ]
    assert said[0] == said[1]


def test_every_row_of_the_annex_is_the_estimate_of_its_key(report, door):
    _, files = report
    checked = 0
    for sheet, level in (("Toàn địa bàn", "province"), ("Theo đơn vị", "commune"),
                         ("Theo đơn vị, kỳ trước", "commune")):  # fmt: skip
        rows = annex_rows(files["phu-luc-so-lieu.xlsx"], sheet)
        for (era,), part in rows.partition_by("era", as_dict=True).items():
            told = door.estimates(
                part["measure"].unique().to_list(), level=level, era=str(era),
                periods=part["period"].cast(pl.String).unique().to_list(),
            )  # fmt: skip
            known = {key_of(row): figures_of(row) for row in told.iter_rows(named=True)}
            for row in part.iter_rows(named=True):
                assert known[key_of(row)] == figures_of(row), key_of(row)
                checked += 1
    assert checked


def test_a_report_of_a_frozen_build_leads_to_the_figures_of_the_meeting(report, meeting):
    _, files = report
    link = f"&meeting={meeting.slug}"
    assert link in word_text(files["bao-cao.docx"])
    for page in pypdf.PdfReader(io.BytesIO(files["bao-cao.pdf"])).pages:
        assert link in page.extract_text().replace("\n", "")
    for name in (each for each in files if each.startswith("bieu-")):
        cells = pl.read_excel(io.BytesIO(files[name]), has_header=False).cast(pl.String)
        assert any(link in (cell or "") for row in cells.rows() for cell in row), name


def test_the_annex_of_a_frozen_build_names_the_meeting(report):
    _, files = report
    book = pl.read_excel(io.BytesIO(files["phu-luc-so-lieu.xlsx"]), sheet_id=0, has_header=False)
    cells = {str(cell) for sheet in book.values() for row in sheet.rows() for cell in row}
    assert any(MEETING in cell for cell in cells)
