"""A report as PDF: the text and tables of the DOCX. Vietnamese text stays selectable."""

import json
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from reports.header_cells import header_blocks
from reports.paper import Paper, Sentence, TextTable
from reports.report_content import ReportContent, agency
from reports.vietnamese import NATION, PAPER_NUMBER, RECEIVERS, SIGNER, letterhead, long_day

_TEMPLATE = Path(__file__).parent / "templates" / "report.typ"
_FONTS = Path(__file__).parent / "fonts"
"""Liberation Serif: the widths of Times New Roman, every letter of Vietnamese (decision 15)."""
_SCALES = (1.24, 1.18, 1.12, 1.06, 1.0, 0.96, 0.92, 0.88, 0.84, 0.78, 0.7)
"""Sizes of type that are tried until the one page is one page: as large as it may be."""


def printed_report(report: Paper) -> bytes:
    """The PDF; annexes stand after the signature on landscape pages."""
    body = [
        printed_section(heading, section.sentences, section.tables, is_list=section.is_list)
        for heading, section in report.numbered()
    ]
    said = _said(report.content, "BÁO CÁO", report.subject, body)
    return _compiled({**said, "annexes": [printed_table(table) for table in report.annexes]})


def one_printed_page(
    content: ReportContent, heading: str, subject: str, body: list[dict[str, Any]]
) -> bytes:
    """One A4 page: the type shrinks until all of it is on it."""
    said = {**_said(content, heading, subject, body), "one_page": True}
    for scale in _SCALES:
        if _pages({**said, "scale": scale}) == 1:
            break
    return _compiled({**said, "scale": scale})


def printed_view(
    *, title: str, stamp: str, source: str, sections: list[dict[str, object]]
) -> bytes:
    """A view of the screen: no letterhead and no signature, a wide table on a landscape page of its own."""
    return _compiled(
        {
            "title": title,
            "heading": title,
            "subject": "",
            "one_page": False,
            "is_view": True,
            "scale": 1.0,
            "stamp": stamp,
            "source": source,
            "link": "",
            "sections": sections,
            "annexes": [],
        }
    )


def printed_section(
    title: str,
    sentences: Iterable[Sentence],
    tables: Sequence[TextTable],
    *,
    is_list: bool = False,
) -> dict[str, Any]:
    """A section as the template takes it."""
    return {
        "title": title,
        "picture": "",
        "below": [],
        "is_wide": False,
        "is_tall": False,
        "texts": [f"- {each.text}" if is_list else each.text for each in sentences],
        "tables": [printed_table(table) for table in tables],
    }


def printed_table(table: TextTable) -> dict[str, Any]:
    """A table as the template takes it."""
    depth = max((len(path) for path in table.heads), default=0)
    return {
        "title": table.title,
        "header": table.header,
        "blocks": [
            {
                "text": block.text,
                "x": block.first_column,
                "y": block.first_row,
                "colspan": block.last_column - block.first_column + 1,
                "rowspan": block.last_row - block.first_row + 1,
            }
            for block in (header_blocks(table.heads, depth) if depth else ())
        ],
        "depth": depth,
        "rows": table.rows,
        "together": table.together,
        "is_short": table.is_short,
        "bold": sorted(table.bold),
        "left": sorted(table.left),
        "weights": table.weights,
        "notes": table.notes,
    }


def _said(
    content: ReportContent, heading: str, subject: str, body: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "title": f"{heading} – {content.name}",
        "heading": heading,
        "subject": subject,
        "one_page": False,
        "is_view": False,
        "scale": 1.0,
        "stamp": content.stamp,
        "nation": NATION,
        "sender": letterhead(agency("poverty_reduction", content.as_of)),
        "number": PAPER_NUMBER,
        "receivers": RECEIVERS,
        "signer": SIGNER,
        "dated": f"…………, {long_day(content.today)}",
        "source": content.source_line,
        "link": content.link,
        "sections": body,
        "annexes": [],
    }


def _compiled(said: dict[str, Any]) -> bytes:
    pdf: bytes = typst.compile(
        _TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs=_inputs(said)
    )
    return pdf


def _pages(said: dict[str, Any]) -> int:
    template = _TEMPLATE.read_bytes()
    found: str = typst.query(
        template,
        "<pages>",
        field="value",
        one=True,
        font_paths=_fonts(),
        sys_inputs=_inputs(said),
    )
    return int(json.loads(found))


@cache
def _fonts() -> typst.Fonts:
    """The fonts shipped and no other: pages then end at the same line on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FONTS)])


def _inputs(said: dict[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(said, ensure_ascii=False)}
