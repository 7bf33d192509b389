"""The slides as PPTX: native charts and tables that can be edited, sources in the speaker notes."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.presentation import Presentation as Show
from pptx.slide import Slide
from pptx.table import Table
from pptx.util import Cm, Pt

from reports import sentences
from reports.meeting.since import since_sentences
from reports.paper import Sentence, TextTable
from reports.proposals import proposals
from reports.report_content import ReportContent, Row, label, pack_definition
from reports.report_tables import flow_table, target_table, three_columns
from reports.vietnamese import NO_DATA, STATUS, figure, period

_FONT = "Times New Roman"
_WIDE, _HIGH = Cm(33.87), Cm(19.05)
_BLUE, _GREY = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x59, 0x59, 0x59)
_SHOWN, _FEW_ROWS = 10, 8
_TOP, _TOP_UNDER_MESSAGE, _LOWEST, _ROW_HEIGHT = 3.0, 4.6, 17.2, 1.35
_TWO_DECIMALS = "[$-42A]0.00"
"""With the decimal comma of Vietnamese where the program follows the file."""
_LONGEST = 200


def slides(content: ReportContent) -> bytes:
    """The show: one message a slide, slides without figures left out."""
    show = Presentation()
    show.slide_width, show.slide_height = _WIDE, _HIGH
    found = [*sentences.level(content), *sentences.compared(content)]
    _opening(show, content)
    _with_table(show, content, "Số liệu chính", three_columns(content), found, _headline(content))
    aims = target_table(replace(content, since=None))
    newest = [row for _, _, row in sentences.targets(content) if row is not None]
    _with_table(show, content, "Tám mục tiêu của Kế hoạch", aims, (), newest)
    if content.since is not None:
        before = content.since.meeting
        about = f"{before.name}, số liệu đến {before.as_of:%d/%m/%Y}"
        told = since_sentences(content, content.since)
        _bullets(show, content, "Thay đổi từ kỳ họp trước", told, about)
    _trend(show, content, _about("poor_household_rate", sentences.compared(content)))
    _places(show, content, _about("poor_household_rate", sentences.places(content)))
    flows = sentences.flows(content)
    _with_table(show, content, "Diễn biến hộ nghèo", flow_table(content), flows)
    _deprived(show, content, sentences.deprivations(content))
    _bullets(show, content, "Đề nghị", proposals(content, "tại kỳ họp"))
    target = BytesIO()
    show.save(target)
    return target.getvalue()


def _headline(content: ReportContent) -> list[Row]:
    """The figures of the table of three columns that its sentences do not speak of."""
    when = (content.official, content.running, content.year_ago)
    found = [content.row(name, each) for name in pack_definition()["headline"] for each in when]
    return [row for row in found if row is not None]


def _about(measure: str, told: Sequence[Sentence]) -> list[Sentence]:
    """The sentences, those that begin with a figure of ``measure`` first: the chart shows it."""
    return sorted(told, key=lambda each: [row["measure"] for row in each.figures[:1]] != [measure])


def _opening(show: Show, content: ReportContent) -> None:
    slide = _slide(show, content, "")
    _text(slide, content.name, top=6.0, size=40, bold=True)
    _text(slide, f"Số liệu đến ngày {content.as_of:%d/%m/%Y}", top=9.5, size=24)
    _text(slide, f"Xem trên màn hình: {content.link}", top=11.5, size=14, colour=_GREY)
    _notes(slide, content, ())


def _with_table(
    show: Show,
    content: ReportContent,
    title: str,
    printed: TextTable,
    told: Sequence[Sentence],
    figures: Sequence[Row] = (),
) -> None:
    slide = _slide(show, content, title)
    top = _TOP_UNDER_MESSAGE if _message(slide, told) else _TOP
    lines = len(printed.rows) + 1
    height = min(_ROW_HEIGHT * lines, _LOWEST - top)
    size = Pt(18 if lines <= _FEW_ROWS else 16)
    frame = slide.shapes.add_table(
        lines, len(printed.header), Cm(1.5), Cm(top), Cm(30.8), Cm(height)
    )
    table = frame.table
    _widths(table, printed)
    for line, row in enumerate((printed.header, *printed.rows)):
        for place, text in enumerate(row):
            cell = table.cell(line, place)
            cell.text = text
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            for paragraph in cell.text_frame.paragraphs:
                paragraph.font.size, paragraph.font.name = size, _FONT
                paragraph.font.bold = line == 0 or line - 1 in printed.bold
                if line == 0 or place not in printed.left:
                    paragraph.alignment = PP_ALIGN.CENTER
    _notes(slide, content, told, figures)


def _widths(table: Table, printed: TextTable) -> None:
    for place, weight in enumerate(printed.weights):
        table.columns[place].width = Cm(30.8 * weight / sum(printed.weights))


def _trend(show: Show, content: ReportContent, told: Sequence[Sentence]) -> None:
    """The rate over the years of one standard; a year that not all units reported is left out."""
    rows = [content.row("poor_household_rate", year) for year in content.years]
    newest = content.row("poor_household_rate", content.official)
    standard = None if newest is None else newest["standard_id"]
    same = [row for row in rows if row is not None and row["standard_id"] == standard]
    whole = [row for row in same if row["units_reported"] == row["units_expected"]]
    if len(whole) > 1:
        named = [(row["period"], row) for row in whole]
        _chart(show, content, "Tỷ lệ hộ nghèo qua các năm (%)", named, told, is_line=True)


def _places(show: Show, content: ReportContent, told: Sequence[Sentence]) -> None:
    rows = content.ranked("poor_household_rate")[:_SHOWN]
    named = [(row["unit_name"], row) for row in reversed(rows)]
    title = f"Đơn vị có tỷ lệ hộ nghèo cao nhất, {period(content.official)} (%)"
    _chart(show, content, title, named, told)


def _deprived(show: Show, content: ReportContent, told: Sequence[Sentence]) -> None:
    named = [(name, row) for name, _, row in reversed(content.deprivations())]
    title = f"Thiếu hụt trong hộ nghèo, {period(content.official)} (%)"
    for _, _, row in content.deprivations()[:1]:
        if row["units_reported"] < row["units_expected"]:
            title += f" – {row['units_reported']}/{row['units_expected']} xã"
    _chart(show, content, title, named, told)


def _chart(
    show: Show,
    content: ReportContent,
    title: str,
    named: Sequence[tuple[str, Row]],
    told: Sequence[Sentence],
    *,
    is_line: bool = False,
) -> None:
    if not named:
        return
    slide = _slide(show, content, title)
    _message(slide, told)
    data = CategoryChartData(number_format=_TWO_DECIMALS)
    data.categories = [name for name, _ in named]
    heights = [row["value"] for _, row in named]
    data.add_series(label("poor_household_rate") if is_line else title, heights)
    kind = XL_CHART_TYPE.LINE_MARKERS if is_line else XL_CHART_TYPE.BAR_CLUSTERED
    chart = slide.shapes.add_chart(kind, Cm(1.5), Cm(4.4), Cm(30.8), Cm(12.8), data).chart
    chart.has_legend, chart.has_title = False, False
    chart.font.size, chart.font.name = Pt(16), _FONT
    chart.value_axis.minimum_scale = 0
    chart.value_axis.has_major_gridlines = False
    chart.value_axis.visible = False
    chart.value_axis.tick_labels.number_format = _TWO_DECIMALS
    chart.value_axis.tick_labels.number_format_is_linked = False
    plot = chart.plots[0]
    plot.has_data_labels = True
    plot.data_labels.number_format = _TWO_DECIMALS
    plot.data_labels.number_format_is_linked = False
    if is_line:
        plot.data_labels.position = XL_LABEL_POSITION.ABOVE
        plot.series[0].format.line.color.rgb = _BLUE
    else:
        plot.gap_width = 40
        plot.series[0].format.fill.solid()
        plot.series[0].format.fill.fore_color.rgb = _BLUE
    _notes(slide, content, told, [row for _, row in named])


def _bullets(
    show: Show, content: ReportContent, title: str, told: Sequence[Sentence], about: str = ""
) -> None:
    slide = _slide(show, content, title)
    if about:
        _text(slide, about, top=2.6, size=18, colour=_GREY)
    box = slide.shapes.add_textbox(Cm(1.5), Cm(3.6), Cm(30.8), Cm(13)).text_frame
    box.word_wrap = True
    for place, sentence in enumerate(told):
        paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
        paragraph.text = f"{place + 1}. {sentence.text}"
        paragraph.font.size, paragraph.font.name = Pt(22), _FONT
        paragraph.space_after = Pt(14)
    _notes(slide, content, told)


def _slide(show: Show, content: ReportContent, title: str) -> Slide:
    slide = show.slides.add_slide(show.slide_layouts[5])
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = Cm(1.5), Cm(0.6), Cm(30.8), Cm(2)
    heading.text = title or content.name
    for paragraph in heading.text_frame.paragraphs:
        paragraph.font.size, paragraph.font.bold, paragraph.font.name = Pt(30), True, _FONT
        paragraph.font.color.rgb = _BLUE
    if not title:
        heading._element.getparent().remove(heading._element)
    if content.stamp:
        _text(slide, content.stamp, top=0.1, size=14, bold=True, across=PP_ALIGN.CENTER)
    foot = " · ".join(part for part in (content.stamp, content.source_line) if part)
    _text(slide, foot, top=17.7, size=11, colour=_GREY)
    return slide


def _message(slide: Slide, told: Sequence[Sentence]) -> bool:
    """The first sentence over the figure, where it fits on two lines; whether it does."""
    fits = bool(told) and len(told[0].text) <= _LONGEST
    if fits:
        _text(slide, told[0].text, top=2.6, size=18, colour=_GREY)
    return fits


def _text(
    slide: Slide,
    text: str,
    *,
    top: float,
    size: int,
    bold: bool = False,
    colour: RGBColor = _BLUE,
    across: PP_ALIGN | None = None,
) -> None:
    frame = slide.shapes.add_textbox(Cm(1.5), Cm(top), Cm(30.8), Cm(1.2)).text_frame
    frame.word_wrap = True
    frame.text = text
    frame.paragraphs[0].alignment = across
    font = frame.paragraphs[0].font
    font.size, font.bold, font.name, font.color.rgb = Pt(size), bold, _FONT, colour


def _notes(
    slide: Slide, content: ReportContent, told: Sequence[Sentence], shown: Sequence[Row] = ()
) -> None:
    """What may be said, and where each figure said or shown comes from."""
    lines = [sentence.text for sentence in told]
    figures = [*(row for sentence in told for row in sentence.figures), *shown]
    lines += [_source(row) for row in figures]
    lines.append(f"{content.source_line} · {content.link}")
    slide.notes_slide.notes_text_frame.text = "\n".join(dict.fromkeys(lines))


def _source(row: Row) -> str:
    said = figure(row["value"], row["mark"], row["unit"])
    status = STATUS.get(row["status"], NO_DATA)
    return (
        f"Nguồn: {label(row['measure'])}, {row['unit_name']}, {period(row['period'])}: {said} "
        f"({status}, {row['units_reported']}/{row['units_expected']} xã đã báo cáo)"
    )
