"""``cli.py report``: the papers that officials hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.paper_door import paper_door
from commands.terminal import complain, print_json, progress_bars
from reference.periods import PeriodError
from reports.meeting.content import meeting_content
from reports.meeting.pack import write_pack
from reports.meeting.since import since_meeting
from reports.periodic.content import Kind
from reports.periodic.pack import periodic_report
from reports.report_content import ReportContent
from reports.writing import Written, write_documents
from warehouse.door import NotAllowed, NothingPublished
from warehouse.frozen import meeting_named


@dataclass(frozen=True)
class PeriodicQuestion:
    """What was typed after ``report half-year``, ``annual`` or ``five-year``."""

    kind: Kind
    period: str
    frozen: str | None
    is_public: bool
    to: Path


def meeting(data: Path, frozen: str, to: Path, as_json: bool, *, is_public: bool) -> int:
    """0 when every paper was written, 1 when some were not (they are named), 2 when none can be."""
    try:
        pinned = meeting_named(data, frozen)
        door, _ = paper_door(data, frozen, is_public=is_public)
        content = meeting_content(door, pinned, since_meeting(data, door, pinned))
    except (NotAllowed, NothingPublished, LookupError) as error:
        complain(str(error))
        return 2
    with progress_bars() as bars:
        papers = write_pack(content, to, bars)
    return _told(content, papers, to, as_json)


def periodic(data: Path, question: PeriodicQuestion, as_json: bool) -> int:
    """0 when every document was written, 1 when some were not (they are named), 2 when none can be."""
    try:
        door, pinned = paper_door(data, question.frozen, is_public=question.is_public)
        report = periodic_report(door, question.kind, question.period, pinned)
    except (NotAllowed, NothingPublished, LookupError, PeriodError) as error:
        complain(str(error))
        return 2
    with progress_bars() as bars:
        papers = write_documents(report.writers, question.to, bars)
    return _told(report.paper.content, papers, question.to, as_json)


def _told(content: ReportContent, papers: Sequence[Written], to: Path, as_json: bool) -> int:
    failed = [paper for paper in papers if paper.problem]
    for paper in failed:
        complain(f"Không ghi được {paper.name}: {paper.problem}")
    if as_json:
        print_json(
            {
                "build_id": content.build_id,
                "checksum": content.checksum,
                "written": [str(paper.path) for paper in papers if paper.path],
                "failed": [paper.name for paper in failed],
            }
        )
    else:
        complain(f"Đã ghi {len(papers) - len(failed)}/{len(papers)} tài liệu vào {to}.")
    return 1 if failed else 0
