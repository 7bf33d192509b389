"""The meeting pack: five papers from one frozen build; a paper that fails leaves the others."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import typst

from reports.meeting.annex import annex
from reports.meeting.content import MeetingContent
from reports.meeting.printed import one_page, report_pdf
from reports.meeting.slides import slides
from reports.meeting.word_report import word_report

Writer = Callable[[MeetingContent], bytes]
PAPERS: dict[str, Writer] = {
    "to-tom-tat.pdf": one_page,
    "bao-cao.docx": word_report,
    "bao-cao.pdf": report_pdf,
    "trinh-chieu.pptx": slides,
    "phu-luc-so-lieu.xlsx": annex,
}
_FAULTS = (OSError, ValueError, LookupError, TypeError, AttributeError, typst.TypstError)


@dataclass(frozen=True)
class Paper:
    """One paper: where it was written, or why it was not."""

    name: str
    path: Path | None
    problem: str | None


def write_pack(
    content: MeetingContent, folder: Path, said: Callable[[str, int, int], None]
) -> list[Paper]:
    """Write every paper into ``folder``; ``said`` is told (what, done, total)."""
    folder.mkdir(parents=True, exist_ok=True)
    papers = []
    for place, (name, writer) in enumerate(PAPERS.items()):
        said("Tài liệu", place, len(PAPERS))
        papers.append(_paper(content, folder / name, writer))
    said("Tài liệu", len(PAPERS), len(PAPERS))
    return papers


def _paper(content: MeetingContent, path: Path, writer: Writer) -> Paper:
    unfinished = path.with_name(f".{path.name}.part")
    try:
        unfinished.write_bytes(writer(content))
        os.replace(unfinished, path)
    except _FAULTS as error:
        unfinished.unlink(missing_ok=True)
        return Paper(path.name, None, f"{type(error).__name__}: {error}")
    return Paper(path.name, path, None)
