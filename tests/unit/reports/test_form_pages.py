"""Where the pages of an official form end."""

import io
import re
import zipfile
from datetime import date

import docx
import pypdf
import pytest
from docx.shared import Pt

from charts.svg_pieces import FONT, text_at
from measures.form_cells import Cell
from reference.form_definitions import form_definition
from reports.official_forms.content import FormContent, FormRow
from reports.official_forms.form_table import form_table
from reports.official_forms.pages import page_starts, points_per_page
from reports.official_forms.sheet import form_file
from reports.paper import TextTable
from reports.printed import printed_table, printed_view
from reports.word_pieces import printed_table as word_table

UNITS_OF_A_DISTRICT, DISTRICTS = 19, 9


def form(number):
    """A province of nine districts of nineteen communes, every cell 1."""
    definition = form_definition(number)
    cells = {column.number: Cell(1, "ok") for column in definition.columns}
    names = [(None, "Tỉnh Nam Định", "province")]
    for district in range(DISTRICTS):
        names.append((None, f"Huyện {district}", "district"))
        names += [(place + 1, f"Xã {place}", "commune") for place in range(UNITS_OF_A_DISTRICT)]
    rows = tuple(
        FormRow(place, name, level, kind, cells)
        for place, name, level in names
        for kind in definition.rows
    )
    return FormContent(
        definition, "36", "Tỉnh Nam Định", None, "province", "2024", "official", rows,
        171, 171, 171, "20260915T080000-001", date(2026, 9, 15), is_demo=True,
    )  # fmt: skip


def sheet_of(content):
    with zipfile.ZipFile(io.BytesIO(form_file(content))) as package:
        return package.read("xl/worksheets/sheet1.xml").decode()


def test_pages_end_between_units_and_the_last_units_go_with_the_signatures():
    # 100 points a page: 40 + 2·30 = 100 | 10 + 3·30 = 100 | 10 + 1·30 + 50 = 90
    assert page_starts([30] * 6, head=40, repeated=10, tail=50, room=100) == [2, 5]
    # Without room for the tail on the last page (10 + 5·10 + 60 = 120 > 100) the last three go with it.
    assert page_starts([10] * 11, head=40, repeated=10, tail=60, room=100) == [6, 8]
    assert page_starts([30], head=40, repeated=10, tail=500, room=100) == []


def test_a_page_holds_more_rows_the_more_its_columns_are_made_smaller():
    # A4 across, 5 + 30 + 11 + 9·11 characters = 806 points on 770: 502 · 806 / 770 · 0,96 = 505
    assert points_per_page("A4", [5, 30, 11, *[11] * 9]) == pytest.approx(505, abs=1)
    # Fewer columns are not made larger: 502 · 0,96 = 482
    assert points_per_page("A4", [5, 30]) == pytest.approx(482, abs=1)


@pytest.mark.parametrize("number", [1, 2, 3, 8, 9, 10])
def test_no_page_ends_inside_a_unit_or_between_a_district_and_its_first_commune(number):
    content = form(number)
    sheet = sheet_of(content)
    kinds = len(content.definition.rows)
    breaks = [int(line) for line in re.findall(r'<brk id="(\d+)"', sheet)]
    assert breaks
    first = int(re.search(r'topLeftCell="[A-Z]+(\d+)"', sheet).group(1)) - 1
    for line in breaks:
        place = line - first
        assert place % kinds == 0, "a unit's rows are on two pages"
        if place < len(content.rows):
            assert content.rows[place - 1].level == "commune", "a district's row ends a page"
    assert breaks[-1] - first < len(content.rows), "the signatures stand alone under an empty head"
    assert 'fitToHeight="0"' in sheet


def test_columns_are_as_wide_as_characters_of_a_face_that_the_form_is_set_in():
    with zipfile.ZipFile(io.BytesIO(form_file(form(2)))) as package:
        styles = package.read("xl/styles.xml").decode()
    normal = re.search(r"<font>.*?</font>", styles).group(0)
    assert 'val="Times New Roman"' in normal


def printed(table, picture=""):
    """A view of nothing but the table and a picture."""
    pdf = printed_view(
        title="Biểu", stamp="", source="",
        sections=[{"title": "", "texts": [], "picture": picture, "below": [], "is_wide": True,
                   "is_tall": False, "tables": [printed_table(table)]}],
    )  # fmt: skip
    return pypdf.PdfReader(io.BytesIO(pdf)).pages


def test_rows_of_one_unit_stay_on_one_page_of_the_report_too():
    table = form_table(form(2))
    assert table.together == 2
    pages = [page.extract_text() for page in printed(table)]
    assert len(pages) > 3
    for text in pages:
        assert len(re.findall(r"\bHộ 1 1", text)) == len(re.findall(r"Nhân khẩu 1 1", text)) > 0
    paper = docx.Document()
    word_table(paper, table, 250, Pt(8))
    depth = len(paper.tables[0].rows) - len(table.rows)
    for place, row in enumerate(paper.tables[0].rows[depth:]):
        kept = row.cells[2].paragraphs[0].paragraph_format.keep_with_next
        assert bool(kept) == (place % 2 == 0)


@pytest.mark.parametrize("together", [1, 2])
def test_notes_never_stand_alone_on_a_page_wherever_the_table_ends(together):
    page_numbers = set()
    for units in range(30 // together, 42 // together):
        rows = tuple(
            (str(unit), "Xã", f"Dòng {kind}") for unit in range(units) for kind in range(together)
        )
        notes = ("Ghi chú của biểu.",)
        pages = printed(TextTable("", ("A", "B", "C"), rows, notes=notes, together=together))
        last = pages[-1].extract_text()
        assert re.search(rf"Dòng {together - 1}\nGhi chú của biểu\.", last)
        assert last.count("Dòng 0") == last.count(f"Dòng {together - 1}")
        page_numbers.add(len(pages))
    assert len(page_numbers) == 2, "the table ends at the foot of a page and after it"


def test_a_pdf_is_set_in_the_fonts_shipped_whatever_the_machine_has():
    letters = "ẮẰẲẴẶẤẦẨẪẬẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰỲỴỶỸĐ ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳỵỷỹđ ●▲■○ ≥ ≤ − ₫"
    table = TextTable(letters, ("A", letters), ((letters, letters),))
    assert fonts_of(printed(table)) == {"LiberationSerif", "LiberationSerif-Bold"}
    words = text_at(5, 20, f"{letters} <b>{letters}</b> <i>{letters}</i>", 12, "#000000")
    chart = f'<svg xmlns="http://www.w3.org/2000/svg" width="900" height="40" font-family="{FONT}">{words}</svg>'
    drawn = {"LiberationSans", "LiberationSans-Bold", "LiberationSans-Italic"}
    assert drawn <= fonts_of(printed(table, chart))


def fonts_of(pages):
    """Names of the fonts, those inside pictures too."""
    found, resources = set(), [page["/Resources"] for page in pages]
    while resources:
        each = resources.pop().get_object()
        fonts = each.get("/Font", {}).values()
        found |= {str(font.get_object()["/BaseFont"]).partition("+")[2] for font in fonts}
        pictures = [part.get_object() for part in each.get("/XObject", {}).values()]
        resources += [part["/Resources"] for part in pictures if "/Resources" in part]
    return found
