"""The report as DOCX in the format of Decree 30/2020: head, body 14 pt, signature, page numbers from page 2."""

from collections.abc import Sequence
from io import BytesIO

from docx import Document
from docx.document import Document as Paper
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from reports.meeting.content import MeetingContent, agency
from reports.meeting.sentences import proposals, sections
from reports.meeting.tables import (
    TextTable,
    deprivation_table,
    flow_table,
    place_table,
    target_table,
    three_columns,
)
from reports.vietnamese import DEMO_MARK, NATION, long_day

_FONT = "Times New Roman"
_BODY, _TABLE, _SMALL = Pt(14), Pt(11), Pt(9)
_TEXT_WIDTH = 165
"""Millimetres between the margins."""
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT


def word_report(content: MeetingContent) -> bytes:
    """The report; its text is that of :mod:`reports.meeting.sentences`."""
    paper = Document()
    _page(paper, content)
    _letterhead(paper, content)
    _centred(paper, "BÁO CÁO", bold=True)
    _centred(paper, f"Về kết quả giảm nghèo ({content.meeting.name})", bold=True)
    tables = {
        0: (three_columns(content), target_table(content)),
        2: (flow_table(content),),
        3: (place_table(content),),
        4: (deprivation_table(content),),
    }
    for place, (title, sentences) in enumerate(sections(content)):
        _text(paper, f"{place + 1}. {title}", bold=True)
        for sentence in sentences:
            _text(paper, sentence.text)
        for table in tables.get(place, ()):
            _table(paper, table)
    _text(paper, f"{len(sections(content)) + 1}. Đề nghị", bold=True)
    for sentence in proposals(content):
        _text(paper, f"- {sentence.text}")
    _signature(paper, content)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _page(paper: Paper, content: MeetingContent) -> None:
    normal = paper.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, _BODY
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    paper.core_properties.title = content.meeting.name
    paper.core_properties.comments = content.source_line
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = CENTRE
    _field(number, "PAGE")
    headers = (section.first_page_header.paragraphs[0], section.header.add_paragraph())
    if content.is_demo:
        for paragraph in headers:
            _run(paragraph, DEMO_MARK, size=_SMALL, bold=True).alignment = CENTRE
    for footer in (section.footer, section.first_page_footer):
        _run(footer.paragraphs[0], content.source_line, size=_SMALL).alignment = CENTRE


def _letterhead(paper: Paper, content: MeetingContent) -> None:
    """Two columns without borders: who writes, the nation; number and date below."""
    sender = agency("poverty_reduction", content.meeting.as_of)
    table = paper.add_table(rows=2, cols=2)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    _widths(table, [Mm(65), Mm(100)])
    left, right = table.rows[0].cells
    _run(left.paragraphs[0], "ỦY BAN NHÂN DÂN TỈNH", size=Pt(12)).alignment = CENTRE
    _rule(_run(left.add_paragraph(), sender.upper(), size=Pt(12), bold=True), 22)
    _run(right.paragraphs[0], NATION[0], size=Pt(12), bold=True).alignment = CENTRE
    _rule(_run(right.add_paragraph(), NATION[1], size=Pt(13), bold=True), 16)
    left, right = table.rows[1].cells
    _run(left.paragraphs[0], "Số:          /BC-", size=Pt(13)).alignment = CENTRE
    dated = f"…………, {long_day(content.today)}"
    _run(right.paragraphs[0], dated, size=Pt(13), italic=True).alignment = CENTRE
    paper.add_paragraph()


def _signature(paper: Paper, content: MeetingContent) -> None:
    table = paper.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    _run(left.paragraphs[0], "Nơi nhận:", size=Pt(12), bold=True, italic=True)
    for receiver in ("- Như trên;", "- Lưu: VT."):
        _run(left.add_paragraph(), receiver, size=_TABLE)
    _run(right.paragraphs[0], "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", bold=True).alignment = CENTRE
    _run(right.add_paragraph(), "(Chữ ký, dấu)", size=Pt(12), italic=True).alignment = CENTRE
    paper.add_paragraph()
    note = f"{content.source_line}. Xem trên màn hình: {content.link}"
    _run(paper.add_paragraph(), note, size=_SMALL, italic=True)


def _centred(paper: Paper, text: str, *, bold: bool) -> None:
    _tight(_run(paper.add_paragraph(), text, bold=bold)).alignment = CENTRE


def _text(paper: Paper, text: str, *, bold: bool = False) -> None:
    paragraph = _run(paper.add_paragraph(), text, bold=bold)
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold
    if not bold:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _table(paper: Paper, printed: TextTable) -> None:
    caption = _run(paper.add_paragraph(), printed.title, size=Pt(12), bold=True)
    caption.alignment = CENTRE
    caption.paragraph_format.keep_with_next = True
    _tight(caption)
    table = paper.add_table(rows=1, cols=len(printed.header))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for cell, text in zip(table.rows[0].cells, printed.header, strict=True):
        _cell(cell, text, bold=True, is_text=False)
    _repeated(table.rows[0]._tr)
    for place, row in enumerate(printed.rows):
        cells = table.add_row().cells
        for column, text in enumerate(row):
            _cell(cells[column], text, bold=place in printed.bold, is_text=column in printed.left)
    total = sum(printed.weights)
    _widths(table, [Mm(_TEXT_WIDTH * weight / total) for weight in printed.weights])
    paper.add_paragraph().paragraph_format.space_after = Pt(0)


def _widths(table: Table, widths: Sequence[Length]) -> None:
    """Column widths, in the grid and in each cell: readers differ in which they take."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _cell(cell: _Cell, text: str, *, bold: bool, is_text: bool) -> None:
    paragraph = _tight(_run(cell.paragraphs[0], text, size=_TABLE, bold=bold))
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_text else CENTRE


def _run(
    paragraph: Paragraph, text: str, size: Pt = _BODY, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    run = paragraph.add_run(text)
    run.font.name, run.font.size, run.bold, run.italic = _FONT, size, bold, italic
    return _tight(paragraph)


def _tight(paragraph: Paragraph) -> Paragraph:
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    return paragraph


def _rule(paragraph: Paragraph, inset_mm: int) -> None:
    """The drawn line under the last line of a head column, narrower than the text."""
    paragraph.alignment = CENTRE
    border = OxmlElement("w:pBdr")
    line = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    border.append(line)
    properties = paragraph._p.get_or_add_pPr()
    spacing = properties.find(qn("w:spacing"))
    if spacing is None:
        properties.append(border)
    else:
        spacing.addprevious(border)
    paragraph.paragraph_format.left_indent = Mm(inset_mm / 4)
    paragraph.paragraph_format.right_indent = Mm(inset_mm / 4)


def _repeated(row: object) -> None:
    """The header row again on each page."""
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement("w:tblHeader"))


def _field(paragraph: Paragraph, code: str) -> None:
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)
