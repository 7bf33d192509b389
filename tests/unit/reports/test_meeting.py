"""The papers of a meeting from a few figures that can be checked by hand."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import get_args
from xml.etree import ElementTree

import docx
import pptx
import pypdf
import pytest
from docx.oxml.ns import qn

from measures.form_cells import Cell
from measures.target_standing import Status
from reference.loading import indicators
from reports.annex import annex
from reports.column_widths import lines_in
from reports.meeting import pack
from reports.meeting.one_page import one_page
from reports.meeting.paper import meeting_paper
from reports.meeting.slides import slides
from reports.paper import TextTable
from reports.periodic.tables import compared_target_table
from reports.printed import printed_report
from reports.proposals import call_on, proposals
from reports.report_content import ReportContent, label, pack_definition
from reports.report_tables import place_table, target_table, three_columns
from reports.vietnamese import STANDING
from reports.word_report import word_report
from ui.texts import catalogue
from warehouse.frozen import Meeting

UNITS = 57
MEETING = Meeting(
    "=Sơ kết Quý III/2026",
    "20260915T080000-001",
    date(2026, 9, 15),
    datetime(2026, 9, 15, tzinfo=UTC),
    "An",
    "",
)


def row(measure, period, value, unit="household", *, code="36", reported=UNITS, expected=UNITS):
    mark = "no_data" if value is None else "zero" if value == 0 else "ok"
    return {
        "measure": measure, "period": period, "selection": "best", "status": "official",
        "standard_id": "2022-2026" if period > "2021" else "2016-2020", "era": "2025",
        "level": "province", "unit_code": code, "unit_name": f"Xã {code}", "group_by": None,
        "group": None, "value": value, "unit": unit, "numerator": value, "denominator": None,
        "mark": mark, "units_reported": reported, "units_expected": expected, "build_id": MEETING.build_id,
    }  # fmt: skip


def content(**changed):
    rows = [
        row("poor_household_count", "2025", 6131),
        row("poor_household_count", "2024", 7041),
        row("poor_household_rate", "2025", 0.95, "pct"),
        row("poor_household_rate", "2024", 1.09, "pct"),
        row("near_poor_household_count", "2025", 12345),
        row("resident_household_count", "2025", 645_000),
        row("poor_household_count", "2026-08", 5900),
        row("poor_household_count", "2025-08", 6800),
        row("escaped_to_near_poor_household_count", "2025", 0),
        row("deprivation_water_among_poor", "2025", 41.5, "pct"),
    ]
    communes = [
        row(name, "2025", value, unit, code=f"{13000 + place}", reported=1, expected=1)
        for place in range(UNITS)
        for name, value, unit in (
            ("resident_household_count", 11_000, "household"),
            ("poor_household_count", 100 + place, "household"),
            ("poor_household_rate", round(0.5 + place / 100, 2), "pct"),
        )
    ]
    facts = {
        "name": MEETING.name,
        "build_id": MEETING.build_id,
        "as_of": MEETING.as_of,
        "placed": "2025",
        "placed_before": "2024",
        "communes_before": {},
        "link": "poverty_rates?period=2025",
        "official": "2025",
        "official_before": "2024",
        "running": "2026-08",
        "year_ago": "2025-08",
        "province": {(each["measure"], each["period"]): each for each in rows},
        "communes": {(each["measure"], each["unit_code"]): each for each in communes},
        "years": ("2022", "2023", "2024", "2025"),
        "is_demo": True,
        "today": date(2026, 9, 15),
    }
    return ReportContent(**(facts | changed))


def texts(told):
    return " ".join(sentence.text for sentence in meeting_paper(told).sentences())


def test_changes_are_told_with_both_figures():
    said = texts(content())
    # 7.041 − 6.131 = 910; 1,09 − 0,95 = 0,14; 6.800 − 5.900 = 900
    assert "giảm 910 hộ (từ 7.041 hộ còn 6.131 hộ)" in said
    assert "giảm 0,14 điểm % (từ 1,09% còn 0,95%)" in said
    assert "giảm 900 hộ" in said


def test_deprivations_are_not_ranked_and_no_agency_called_while_communes_lack_the_marks():
    told = content()
    water = told.province["deprivation_water_among_poor", "2025"]
    province = told.province | {
        ("deprivation_water_among_poor", "2025"): water | {"units_reported": 35}
    }
    partial = content(province=province)
    said = texts(partial)
    assert "tỷ lệ thiếu hụt cao nhất" not in said
    assert f"mới 35/{UNITS} xã" in said
    assert not any(why.startswith("thiếu hụt") for _, why, _ in call_on(partial))
    assert any(why.startswith("thiếu hụt") for _, why, _ in call_on(told))


def test_nothing_is_compared_where_a_unit_is_missing_or_the_standard_changed():
    told = content()
    before = told.province["poor_household_count", "2024"]
    for broken in ({"units_reported": 56}, {"standard_id": "2016-2020"}):
        province = told.province | {("poor_household_count", "2024"): before | broken}
        province.pop(("poor_household_rate", "2024"))
        said = texts(content(province=province))
        assert "910" not in said
        assert "Chưa so sánh được với năm 2024" in said


def test_partial_figures_carry_their_coverage():
    told = content()
    partial = told.province["poor_household_count", "2025"] | {"units_reported": 52}
    said = texts(content(province=told.province | {("poor_household_count", "2025"): partial}))
    assert "Số liệu của 52/57 xã đã báo cáo" in said


def test_places_are_not_ranked_while_a_unit_is_missing():
    told = content()
    partial = told.province["poor_household_count", "2025"] | {"units_reported": 56}
    some = content(province=told.province | {("poor_household_count", "2025"): partial})
    assert "Chưa xếp thứ tự các đơn vị: chưa đủ số liệu mọi xã (56/57 xã đã báo cáo)." in texts(
        some
    )
    assert "cao nhất ở" not in texts(some)
    assert len(place_table(some).rows) == UNITS + 1


def test_the_largest_contributors_are_named_with_both_rows():
    told = content()
    # Every commune had 3 poor households more the year before, but 13002: one less.
    before = {
        key: each | {"period": "2024", "value": each["value"] + (-1 if key[1] == "13002" else 3)}
        for key, each in told.communes.items()
    }
    report = meeting_paper(content(communes_before=before))
    found = [each for each in report.sentences() if "nhiều nhất: " in each.text]
    assert "giảm ở 56 xã, tăng ở 1 xã, không đổi ở 0 xã" in texts(content(communes_before=before))
    assert [each.text for each in found[-1:]] == ["Tăng nhiều nhất: Xã 13002 (tăng 1 hộ)."]
    assert [each["value"] for each in found[-1].figures] == [101, 102]


def test_preliminary_figures_say_so():
    told = content()
    early = told.province["poor_household_count", "2025"] | {"status": "preliminary"}
    said = texts(content(province=told.province | {("poor_household_count", "2025"): early}))
    assert "(Số liệu sơ bộ.)" in said


def test_what_is_not_there_is_said_and_no_zero():
    cells = {line[0]: line[1] for line in three_columns(content()).rows}
    assert cells["Số nhân khẩu hộ nghèo"] == "không đủ dữ liệu"
    flows = meeting_paper(content()).sections[2].sentences[0].text
    assert "0 hộ thoát nghèo, trở thành hộ cận nghèo" in flows
    assert "không đủ dữ liệu tái nghèo" in flows


def test_every_sentence_is_in_the_report_and_every_figure_in_its_sentence():
    told = content()
    paper = docx.Document(io.BytesIO(word_report(meeting_paper(told))))
    said = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for sentence in meeting_paper(told).sentences():
        assert sentence.text in said
    table = paper.tables[-3]
    assert [cell.text for cell in table.rows[-1].cells][:3] == [
        "Toàn địa bàn (các xã đã báo cáo)",
        "645.000",
        "6.131",
    ]
    assert len(table.rows) == UNITS + 2


def test_the_report_keeps_the_format_of_decree_30():
    paper = docx.Document(io.BytesIO(word_report(meeting_paper(content()))))
    section = paper.sections[0]
    measured = [
        round(length.mm)
        for length in (
            section.page_width, section.page_height, section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin,
        )
    ]  # fmt: skip
    assert measured == [210, 297, 20, 20, 30, 15]
    assert section.different_first_page_header_footer
    assert (paper.styles["Normal"].font.name, paper.styles["Normal"].font.size.pt) == (
        "Times New Roman",
        14,
    )
    for header in (section.header, section.first_page_header):
        assert "DỮ LIỆU MÔ PHỎNG" in "".join(each.text for each in header.paragraphs)


def test_slides_have_charts_that_can_be_edited_and_notes_with_sources():
    told = content()
    show = pptx.Presentation(io.BytesIO(slides(told)))
    charts = [shape.chart for slide in show.slides for shape in slide.shapes if shape.has_chart]
    points = [dict(zip(c.plots[0].categories, c.series[0].values, strict=True)) for c in charts]
    assert {"2024": 1.09, "2025": 0.95} in points
    highest = {each["unit_name"]: each["value"] for each in told.ranked("poor_household_rate")[:10]}
    assert highest in points
    for slide in show.slides:
        assert told.checksum in slide.notes_slide.notes_text_frame.text
        shown = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        assert any("DỮ LIỆU MÔ PHỎNG" in text and MEETING.build_id in text for text in shown)
        assert "DỮ LIỆU MÔ PHỎNG" in shown, "it stands alone over the slide, to be read from afar"


def test_the_row_of_the_whole_area_never_stands_alone_on_a_page():
    for units in range(18, 27):
        told = content()
        some = {key: each for key, each in told.communes.items() if int(key[1]) < 13000 + units}
        pdf = printed_report(meeting_paper(replace(told, communes=some)))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        (last,) = [page for page in pages if "Toàn địa bàn (các xã" in page]
        assert re.search(r"Xã 13\d\d\d .*\nToàn địa bàn", last)


def test_the_signature_stays_whole_and_goes_with_the_last_words():
    told = content()
    whole = meeting_paper(told)
    for more in range(26):
        longer = replace(whole.sections[0], sentences=[*whole.sections[0].sentences] * (1 + more))
        pdf = printed_report(replace(whole, sections=(longer, *whole.sections[1:])))
        pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        assert "Nơi nhận:" in pages[-1]
        assert "Họ và tên" in pages[-1]
        assert "tại kỳ họp" in pages[-1]
    paper = docx.Document(io.BytesIO(word_report(whole)))
    assert "Nơi nhận:" in paper.tables[-1].cell(0, 0).text
    assert paper.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_every_figure_a_slide_shows_has_its_source_in_the_notes():
    told = content()
    show = pptx.Presentation(io.BytesIO(slides(told)))
    notes = {
        slide.shapes.title.text: slide.notes_slide.notes_text_frame.text
        for slide in show.slides
        if slide.shapes.title is not None
    }
    for slide in show.slides:
        for chart in (shape.chart for shape in slide.shapes if shape.has_chart):
            said = slide.notes_slide.notes_text_frame.text
            assert said.count("Nguồn: ") >= len(chart.plots[0].categories)
    assert "Nguồn: Tỷ lệ hộ nghèo" in notes["Tám mục tiêu của Kế hoạch"]
    assert "tháng 8/2026: " in notes["Số liệu chính"]


BALANCE = {
    # 7.041 − 500 − 400 − 60 + 20 + 5 + 15 + 10 = 6.131
    str(place): Cell(value, "ok")
    for place, value in enumerate((7041, 500, 400, 60, 20, 5, 15, 10, 6131), start=1)
}


def test_the_table_of_flows_adds_up_in_report_and_slides():
    told = content(balance=BALANCE)
    paper = docx.Document(io.BytesIO(word_report(meeting_paper(told))))
    show = pptx.Presentation(io.BytesIO(slides(told)))
    shapes = [shape for slide in show.slides for shape in slide.shapes if shape.has_table]
    tables = [*paper.tables, *(shape.table for shape in shapes)]
    found = [
        [row.cells[1].text for row in table.rows][1:]
        for table in tables
        if table.cell(0, 0).text == "Diễn biến"
    ]
    assert len(found) == 2
    for cells in found:
        opening, *moves, closing = (int(c.replace(".", "").replace("−", "-")) for c in cells)
        assert (opening, closing) == (7041, 6131)
        assert opening + sum(moves) == closing


def test_without_every_commune_the_flows_are_not_made_to_add_up():
    paper = docx.Document(io.BytesIO(word_report(meeting_paper(content()))))
    table = next(each for each in paper.tables if each.cell(0, 0).text == "Diễn biến")
    assert "Số hộ nghèo đầu kỳ" not in [row.cells[0].text for row in table.rows]


def test_no_column_is_narrower_than_its_longest_word():
    rows = tuple(("Xã " * 20, "28/04/2026", "Sở Nông nghiệp và Môi trường " * 2) for _ in range(3))
    table = TextTable("", ("Nhiệm vụ", "Hạn", "Cơ quan"), rows, left=frozenset({0, 1, 2}))
    assert table.weights[1] >= len("28/04/2026")
    assert sum(table.weights) <= 106


def test_printed_papers_are_pdf_and_the_summary_is_one_page():
    told = content()
    pages = [
        re.findall(rb"/Count (\d+)", paper(told))
        for paper in (one_page, pack.PAPERS["bao-cao.pdf"])
    ]
    assert pages[0] == [b"1"]
    assert int(pages[1][0]) > 1


def test_all_letters_of_a_printed_paper_are_of_one_face():
    """A font without the letters of Vietnamese is filled up from another one, letter by letter."""
    for paper in (one_page, pack.PAPERS["bao-cao.pdf"]):
        names = {
            re.match(r"/(?:[A-Z]{6}\+)?([A-Za-z]+)", str(font.get_object()["/BaseFont"]))[1]
            for page in pypdf.PdfReader(io.BytesIO(paper(content()))).pages
            for font in page["/Resources"]["/Font"].values()
        }
        assert len(names) == 1, names


@pytest.mark.parametrize("name", ["bao-cao.docx", "trinh-chieu.pptx", "phu-luc-so-lieu.xlsx"])
def test_every_part_of_a_paper_parses_and_its_relationships_resolve(name):
    with zipfile.ZipFile(io.BytesIO(pack.PAPERS[name](content()))) as package:
        names = set(package.namelist())
        for part in names:
            if part.endswith((".xml", ".rels")):
                root = ElementTree.fromstring(package.read(part))
            if not part.endswith(".rels"):
                continue
            folder = part.partition("_rels/")[0]
            for relation in root:
                if relation.get("TargetMode") == "External":
                    continue
                target = relation.get("Target")
                whole = target.lstrip("/") if target.startswith("/") else _joined(folder, target)
                assert whole in names, (part, target)


def test_a_paper_that_fails_is_named_and_leaves_the_others(tmp_path, monkeypatch):
    def broken(told):
        raise ValueError("hỏng")

    monkeypatch.setitem(pack.PAPERS, "bao-cao.docx", broken)
    papers = pack.write_pack(content(), tmp_path, lambda *_: None)
    failed = [paper for paper in papers if paper.problem]
    assert [(paper.name, paper.problem) for paper in failed] == [
        ("bao-cao.docx", "ValueError: hỏng")
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        name for name in pack.PAPERS if name != "bao-cao.docx"
    )


def test_there_are_proposals_and_no_more_than_three():
    assert 0 < len(proposals(content(), "tại kỳ họp")) <= 3


def test_the_table_of_places_ends_with_the_whole_area():
    table = place_table(content())
    assert table.bold == {UNITS}
    assert table.rows[-1][2] == "6.131"


def _joined(folder, target):
    parts = []
    for part in (folder + target).split("/"):
        if part == "..":
            parts.pop()
        elif part not in {"", "."}:
            parts.append(part)
    return "/".join(parts)


def test_no_name_in_the_annex_is_cut_by_the_column_beside_it():
    with zipfile.ZipFile(io.BytesIO(annex(meeting_paper(content())))) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    width = float(re.search(r'<col min="1" max="1" width="([\d.]+)"', sheet)[1])
    spoken = list(pack_definition()["headline"])
    spoken += [f"deprivation_{each.code}_among_poor" for each in indicators()]
    assert width > 0.85 * max(len(label(name)) for name in spoken)


def test_no_cell_of_the_annex_can_be_taken_for_a_formula():
    with zipfile.ZipFile(io.BytesIO(annex(meeting_paper(content())))) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert len(sheets) == 5
        assert not [name for name in sheets if b"<f>" in package.read(name)]
        assert "'=Sơ kết Quý III/2026" in package.read("xl/sharedStrings.xml").decode()


def test_targets_that_are_not_for_the_public_say_so_in_every_report():
    for is_public, said in (
        (True, "không công khai hoặc chưa đủ dữ liệu"),
        (False, "không đủ dữ liệu"),
    ):
        told = content(is_public=is_public)
        for table in (target_table(told), compared_target_table(told)):
            assert table.rows[1][2] == said


def test_a_target_stands_where_the_page_says_and_only_of_the_figure_that_is_shown():
    def stands(*more):
        told = content()
        figures = {(each["measure"], each["period"]): each for each in more}
        return [
            row[4] for row in target_table(replace(told, province=told.province | figures)).rows
        ]

    # 1.09 % to 0.95 % is a fall over fewer than five reviews; no other target has a figure, the sixth no indicator.
    assert stands() == ["đang cải thiện", *["–"] * 7]
    credit = row("credit_need_met_rate", "2025-H1", 90.0, "pct")
    assert stands(credit)[1] == "chưa đạt 100%"
    begun = row("credit_need_met_rate", "2025-H2", 99.0, "pct", reported=54)
    assert stands(credit, begun)[1] == "chưa đủ xã báo cáo"


def test_where_a_target_stands_has_the_words_of_the_page():
    page = {status: catalogue().say(f"target.status.{status}", "vi") for status in get_args(Status)}
    assert {each: said.replace("100%", "100 %") for each, said in STANDING.items()} == page


def test_a_narrow_column_holds_its_header():
    header = ("TT", "Mục tiêu", "Số liệu mới nhất", "Kỳ", "Cùng kỳ năm trước", "Tăng, giảm")
    cells = ("1", "một câu dài " * 8, "92,07% (54/57 xã đã báo cáo)", "6 tháng cuối năm 2025",
             "139 mô hình (172/175 xã đã báo cáo)", "chưa so sánh được")  # fmt: skip
    widths = TextTable("", header, (cells,), left=frozenset({1})).weights
    # Of 165 mm at 105 a line: 7 are 11 mm, less 4 mm of padding room for two capitals.
    assert widths[0] >= 7


def test_columns_share_a_line_so_that_the_table_is_few_lines_high():
    header = ("TT", "Mục tiêu", "Số liệu mới nhất", "Kỳ", "Tình trạng", "Tại kỳ họp trước")
    cells = ("2", "100% hộ có nhu cầu được vay vốn tín dụng ưu đãi", "93,44%", "6 tháng đầu năm 2026",
             "chưa đạt 100%", "90,39%, 6 tháng đầu năm 2025")  # fmt: skip
    long = ("6", "Tiếp cận đầy đủ dịch vụ xã hội cơ bản (cường độ thiếu hụt của hộ nghèo, từ 0 đến 1)",
            "0,324", "năm 2025", "–", "0,326, năm 2024")  # fmt: skip
    table = TextTable("", header, (*[cells] * 7, long), left=frozenset({1}))
    assert sum(table.weights) == 105
    assert max(map(lines_in, cells, table.weights)) == 2
    assert not table.is_short, (
        "seven rows of two lines and one of three are more than sixteen lines"
    )
    assert TextTable("", header, (cells,) * 7, left=frozenset({1})).is_short
