"""The meeting pack: five papers from one frozen build."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from reports.annex import annex
from reports.meeting.one_page import one_page
from reports.meeting.paper import meeting_paper
from reports.meeting.slides import slides
from reports.printed import printed_report
from reports.report_content import ReportContent
from reports.word_report import word_report
from reports.writing import Written, write_documents

PAPERS: dict[str, Callable[[ReportContent], bytes]] = {
    "to-tom-tat.pdf": one_page,
    "bao-cao.docx": lambda content: word_report(meeting_paper(content)),
    "bao-cao.pdf": lambda content: printed_report(meeting_paper(content)),
    "trinh-chieu.pptx": slides,
    "phu-luc-so-lieu.xlsx": lambda content: annex(meeting_paper(content)),
}


def write_pack(
    content: ReportContent, folder: Path, said: Callable[[str, int, int], None]
) -> list[Written]:
    """Write every paper into ``folder``; ``said`` is told (what, done, total)."""
    writers = {name: partial(writer, content) for name, writer in PAPERS.items()}
    return write_documents(writers, folder, said)
