"""Pieces of a DOCX: runs of text, tables with a header that repeats, rules and fields."""

from collections.abc import Sequence

from docx.document import Document as File
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from reports.header_cells import header_blocks
from reports.paper import TextTable

FONT = "Times New Roman"
BODY, SMALL, NUMBERING, _RULE = Pt(14), Pt(9), Pt(7), Pt(2)
CENTRE, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT


def printed_table(
    paper: File, printed: TextTable, width_mm: float, size: Pt, *, starts_page: bool = False
) -> None:
    """Caption, header that is repeated on each page, rows, notes; nothing after them."""
    caption = run(paper.add_paragraph(), printed.title, size=Pt(12), bold=True)
    caption.alignment = CENTRE
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.page_break_before = starts_page
    tight(caption)
    depth = max((len(path) for path in printed.heads), default=0)
    lines = len(printed.rows)
    table = paper.add_table(rows=depth + 1 + lines, cols=len(printed.header))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    # One look at the grid: python-docx walks the whole table for every cell asked for by row.
    grid = _grid(table)
    for block in header_blocks(printed.heads, depth) if depth else ():
        first, last = grid[block.first_row], grid[block.last_row]
        whole = first[block.first_column].merge(last[block.last_column])
        _fill(whole, block.text, size, bold=True, is_text=False)
    for cell, text in zip(grid[depth], printed.header, strict=True):
        _fill(cell, text, NUMBERING if depth else size, bold=not depth, is_text=False)
    for place, row in enumerate(table.rows):
        unbroken(row)
        if place <= depth:
            _marked(row._tr, "w:tblHeader")
    for place, (cells, row) in enumerate(zip(grid[depth + 1 :], printed.rows, strict=True)):
        for column, text in enumerate(row):
            is_text = column in printed.left
            _fill(cells[column], text, size, bold=place in printed.bold, is_text=is_text)
    total = sum(printed.weights)
    body = grid[depth + 1 :]
    kept = grid[:-1] if printed.is_short else []
    kept += [cells for place, cells in enumerate(body, start=1) if place % printed.together]
    # A last row, of totals as a rule, goes with the one before.
    kept += body[-2:-1] if printed.together == 1 else []
    for cells in kept:
        for cell in cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True
    _grid_widths(table, grid, [Mm(width_mm * weight / total) for weight in printed.weights])
    for note in printed.notes:
        run(paper.add_paragraph(), note, size=SMALL, italic=True)


def widths(table: Table, asked: Sequence[Length]) -> None:
    """Column widths, in the grid and in each cell: readers differ in which they take."""
    _grid_widths(table, _grid(table), asked)


def without_margins(table: Table) -> None:
    """Cells without room at their sides: their words have the whole width."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        none = OxmlElement(f"w:{side}")
        none.set(qn("w:w"), "0")
        none.set(qn("w:type"), "dxa")
        margins.append(none)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)


def run(
    paragraph: Paragraph, text: str, size: Pt = BODY, *, bold: bool = False, italic: bool = False
) -> Paragraph:
    """``text`` at the end of the paragraph, which is returned."""
    added = paragraph.add_run(text)
    added.font.name, added.font.size, added.bold, added.italic = FONT, size, bold, italic
    if not text:
        _mark_size(paragraph, size)
    return tight(paragraph)


def _mark_size(paragraph: Paragraph, size: Pt) -> None:
    """An empty paragraph is as high as its own mark, not as its runs."""
    mark = OxmlElement("w:rPr")
    mark_size = OxmlElement("w:sz")
    mark_size.set(qn("w:val"), str(int(size.pt * 2)))
    mark.append(mark_size)
    paragraph._p.get_or_add_pPr().append(mark)


def tight(paragraph: Paragraph) -> Paragraph:
    """The paragraph with little space around it."""
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.space_before = Pt(2)
    return paragraph


def _grid(table: Table) -> list[list[_Cell]]:
    cells, across = table._cells, len(table.columns)
    return [cells[place : place + across] for place in range(0, len(cells), across)]


def _grid_widths(table: Table, grid: Sequence[Sequence[_Cell]], asked: Sequence[Length]) -> None:
    table.autofit = False
    for place, (column, width) in enumerate(zip(table.columns, asked, strict=True)):
        column.width = width
        for cells in grid:
            if cells[place]._tc.grid_span == 1:
                cells[place].width = width


def _fill(cell: _Cell, text: str, size: Pt, *, bold: bool, is_text: bool) -> None:
    paragraph = tight(run(cell.paragraphs[0], text, size=size, bold=bold))
    paragraph.alignment = LEFT if is_text else CENTRE
    if size < SMALL:
        paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(0)


def rule(paragraph: Paragraph, inset_mm: int) -> None:
    """The drawn line under a head: an empty paragraph of almost no height, that far from both margins."""
    run(paragraph, "", size=_RULE)
    paragraph.paragraph_format.line_spacing = _RULE
    paragraph.paragraph_format.space_before = Pt(0)
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
    paragraph.paragraph_format.left_indent = Mm(inset_mm)
    paragraph.paragraph_format.right_indent = Mm(inset_mm)


def field(paragraph: Paragraph, code: str) -> None:
    """A field that the reader's program fills in, such as PAGE."""
    run = paragraph.add_run()
    for kind, text in (("begin", None), (None, code), ("end", None)):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run._r.append(part)


def unbroken(row: _Row) -> None:
    """The row stays whole on a page."""
    _marked(row._tr, "w:cantSplit")


def _marked(row: object, mark: str) -> None:
    """A row that stays whole (``w:cantSplit``) or stands again on each page (``w:tblHeader``)."""
    properties = row.get_or_add_trPr()  # type: ignore[attr-defined]
    properties.append(OxmlElement(mark))
