"""The PDFs: the report, and one A4 page that is read before the meeting."""

import json
from pathlib import Path
from typing import Any

import typst

from reports.meeting.content import MeetingContent, agency
from reports.meeting.sentences import Sentence, call_on, proposals, sections
from reports.meeting.tables import (
    TextTable,
    deprivation_table,
    flow_table,
    place_table,
    target_table,
    three_columns,
)
from reports.vietnamese import DEMO_MARK, NATION, long_day

_TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"
_FEW = 5
_SCALES = (1.0, 0.92, 0.85, 0.78, 0.7)
"""Sizes of type that are tried until the one page is one page."""


def report_pdf(content: MeetingContent) -> bytes:
    """The report: the text and tables of the DOCX."""
    tables = {
        0: (three_columns(content), target_table(content)),
        2: (flow_table(content),),
        3: (place_table(content),),
        4: (deprivation_table(content),),
    }
    body = [
        _section(f"{place + 1}. {title}", sentences, tables.get(place, ()))
        for place, (title, sentences) in enumerate(sections(content))
    ]
    body.append(_section(f"{len(body) + 1}. Đề nghị", proposals(content), ()))
    subject = f"Về kết quả giảm nghèo ({content.meeting.name})"
    return _compiled(content, "BÁO CÁO", subject, body, one_page=False)


def one_page(content: MeetingContent) -> bytes:
    """One A4 page: targets, figures, five highest and five lowest, what changed, proposals, whom to call on."""
    texts = dict(sections(content))
    places = place_table(content)
    units, whole = places.rows[:-1], places.rows[-1:]
    shown = units if len(units) <= 2 * _FEW else (*units[:_FEW], *units[-_FEW:])
    title = "Đơn vị có tỷ lệ hộ nghèo cao nhất và thấp nhất"
    chosen = TextTable(title, places.header, (*shown, *whole), frozenset({len(shown)}))
    header = ("Đơn vị", "Vì", "Trách nhiệm")
    rows = tuple(call_on(content))
    called = TextTable("Đơn vị cần hỏi tại kỳ họp", header, rows, left=frozenset({0, 1, 2}))
    changed = [*texts["Kết quả rà soát"][2:], *texts["Danh sách đang theo dõi"]]
    body = [
        _section("", (), (target_table(content), three_columns(content), chosen)),
        _section("Thay đổi", changed, ()),
        _section("Đề nghị", proposals(content), (called,)),
    ]
    subject = f"{content.meeting.name} – số liệu đến {content.meeting.as_of:%d/%m/%Y}"
    return _compiled(content, "TỜ TÓM TẮT", subject, body, one_page=True)


def _section(
    title: str, sentences: tuple[Sentence, ...] | list[Sentence], tables: tuple[TextTable, ...]
) -> dict[str, Any]:
    return {
        "title": title,
        "texts": [sentence.text for sentence in sentences],
        "tables": [
            {
                "title": table.title,
                "header": table.header,
                "rows": table.rows,
                "bold": sorted(table.bold),
                "left": sorted(table.left),
                "weights": table.weights,
            }
            for table in tables
        ],
    }


def _compiled(
    content: MeetingContent,
    heading: str,
    subject: str,
    body: list[dict[str, Any]],
    *,
    one_page: bool,
) -> bytes:
    said = {
        "title": f"{heading} – {content.meeting.name}",
        "heading": heading,
        "subject": subject,
        "one_page": one_page,
        "demo": content.is_demo,
        "demo_mark": DEMO_MARK,
        "nation": NATION,
        "sender": agency("poverty_reduction", content.meeting.as_of),
        "dated": f"…………, {long_day(content.today)}",
        "source": f"{content.source_line} · {content.link}",
        "sections": body,
    }
    template = _TEMPLATE.read_bytes()
    for scale in _SCALES:
        inputs = {"data": json.dumps({**said, "scale": scale}, ensure_ascii=False)}
        if not one_page or _pages(template, inputs) == 1:
            break
    pdf: bytes = typst.compile(template, sys_inputs=inputs)
    return pdf


def _pages(template: bytes, inputs: dict[str, str]) -> int:
    found: str = typst.query(template, "<pages>", field="value", one=True, sys_inputs=inputs)
    return int(json.loads(found))
