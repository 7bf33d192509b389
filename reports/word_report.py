"""A report as DOCX in the format of Decree 30/2020: head, body 14 pt, signature, page numbers from page 2."""

from dataclasses import replace
from io import BytesIO

from docx import Document
from docx.document import Document as File
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.section import Section as Pages
from docx.shared import Mm, Pt

from reports.paper import Paper, TextTable
from reports.report_content import ReportContent, agency
from reports.vietnamese import NATION, PAPER_NUMBER, RECEIVERS, SIGNER, letterhead, long_day
from reports.word_pieces import (
    BODY,
    CENTRE,
    FONT,
    SMALL,
    field,
    printed_table,
    rule,
    run,
    tight,
    unbroken,
    widths,
    without_margins,
)

_TABLE, _ANNEX, _ROOM_TO_SIGN = Pt(11), Pt(8), Pt(48)
_TEXT_WIDTH, _ANNEX_WIDTH = 165, 252
"""Millimetres between the margins, upright and landscape."""


def word_report(report: Paper) -> bytes:
    """The file; annexes stand after the signature on landscape pages."""
    content, paper = report.content, Document()
    _page(paper, content)
    _letterhead(paper, content)
    _centred(paper, "BÁO CÁO")
    _centred(paper, report.subject)
    rule(paper.add_paragraph(), 60)
    for heading, section in report.numbered():
        _text(paper, heading, bold=True)
        # The signature never stands alone on a page: the last words go with it.
        is_last = section is report.sections[-1] and not section.tables
        for sentence in section.sentences:
            text = f"- {sentence.text}" if section.is_list else sentence.text
            _text(paper, text, keep=is_last and sentence is section.sentences[-1])
        for table in section.tables:
            printed_table(paper, table, _TEXT_WIDTH, _TABLE)
            paper.add_paragraph().paragraph_format.space_after = Pt(0)
    _signature(paper)
    _annexes(paper, report.annexes)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _page(paper: File, content: ReportContent) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = FONT, BODY
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    paper.core_properties.title = content.name
    paper.core_properties.comments = content.source_line
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    _margins(section)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    field(number, "PAGE")
    headers = (section.first_page_header.paragraphs[0], section.header.add_paragraph())
    if content.stamp:
        for paragraph in headers:
            run(paragraph, content.stamp, size=SMALL, bold=True).alignment = CENTRE
    for footer in (section.footer, section.first_page_footer):
        said = f"{content.source_line} · {content.link}"
        run(footer.paragraphs[0], said, size=SMALL).alignment = CENTRE


def _margins(section: Pages) -> None:
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)


def _annexes(paper: File, tables: tuple[TextTable, ...]) -> None:
    """Landscape pages; a section keeps header and footer of the one before."""
    if not tables:
        return
    section = paper.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.different_first_page_header_footer = False
    _margins(section)
    for place, table in enumerate(tables):
        # One paragraph of notes: four of one line each run over to a page of their own.
        together = replace(table, notes=(" ".join(table.notes),) if table.notes else ())
        printed_table(paper, together, _ANNEX_WIDTH, _ANNEX, starts_page=place > 0)


def _letterhead(paper: File, content: ReportContent) -> None:
    """Two columns without borders: who writes, the nation; number and date below."""
    above, sender = letterhead(agency("poverty_reduction", content.as_of))
    table = paper.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    without_margins(table)
    widths(table, [Mm(76), Mm(89)])
    left, right = table.rows[0].cells
    run(left.paragraphs[0], above, size=Pt(12)).alignment = CENTRE
    run(left.add_paragraph(), sender, size=Pt(12), bold=True).alignment = CENTRE
    rule(left.add_paragraph(), 25)
    run(right.paragraphs[0], NATION[0], size=Pt(12), bold=True).alignment = CENTRE
    run(right.add_paragraph(), NATION[1], size=Pt(13), bold=True).alignment = CENTRE
    rule(right.add_paragraph(), 16)
    left, right = table.rows[1].cells
    run(left.paragraphs[0], PAPER_NUMBER, size=Pt(13)).alignment = CENTRE
    dated = f"…………, {long_day(content.today)}"
    run(right.paragraphs[0], dated, size=Pt(13), italic=True).alignment = CENTRE
    paper.add_paragraph()


def _signature(paper: File) -> None:
    table = paper.add_table(rows=1, cols=2)
    unbroken(table.rows[0])
    left, right = table.rows[0].cells
    run(left.paragraphs[0], "Nơi nhận:", size=Pt(12), bold=True, italic=True)
    for receiver in RECEIVERS:
        run(left.add_paragraph(), receiver, size=_TABLE)
    *office, how, name = SIGNER
    for line, words in enumerate(office):
        paragraph = right.add_paragraph() if line else right.paragraphs[0]
        run(paragraph, words, bold=True).alignment = CENTRE
    run(right.add_paragraph(), how, size=Pt(12), italic=True).alignment = CENTRE
    signed = run(right.add_paragraph(), name, bold=True)
    signed.alignment, signed.paragraph_format.space_before = CENTRE, _ROOM_TO_SIGN


def _centred(paper: File, text: str) -> None:
    tight(run(paper.add_paragraph(), text, bold=True)).alignment = CENTRE


def _text(paper: File, text: str, *, bold: bool = False, keep: bool = False) -> None:
    paragraph = run(paper.add_paragraph(), text, bold=bold)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold or keep
    if not bold:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
