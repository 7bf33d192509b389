"""``cli.py report``: the papers that officials hand in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from commands.terminal import complain, print_json, progress_bars
from reference.form_definitions import LIST_FORMS
from reference.periods import PeriodError
from reports.meeting.content import meeting_content
from reports.meeting.pack import write_pack
from reports.official_forms.content import FormNotPossible, form_content
from reports.official_forms.lists import list_content, list_file
from reports.official_forms.sheet import form_file
from reports.periodic.content import Kind
from reports.periodic.pack import periodic_report
from reports.report_content import ReportContent
from reports.writing import Written, write_documents
from warehouse.door import Door, NotAllowed, NothingPublished, Viewer
from warehouse.frozen import meeting_named

_COMMAND = Viewer("command")


@dataclass(frozen=True)
class FormQuestion:
    """What was typed after ``report form``."""

    number: int
    unit: str
    period: str
    status: str | None
    frozen: str | None
    to: Path | None
    is_public: bool = False


@dataclass(frozen=True)
class PeriodicQuestion:
    """What was typed after ``report half-year``, ``annual`` or ``five-year``."""

    kind: Kind
    period: str
    frozen: str | None
    is_public: bool
    to: Path


def form(data: Path, question: FormQuestion, as_json: bool) -> int:
    """0 when the form was written, else 2 with the reason."""
    try:
        door = open_door(data, question.frozen, _viewer(question.is_public))
        asked = (door, question.number, question.unit, question.period)
        if question.number in LIST_FORMS:
            listed = list_content(*asked)
            written, checksum, build_id = list_file(listed), listed.checksum, listed.build_id
        else:
            content = form_content(*asked, question.status)
            written, checksum, build_id = form_file(content), content.checksum, content.build_id
    except (FormNotPossible, NotAllowed, NothingPublished, LookupError, PeriodError) as error:
        complain(str(error))
        return 2
    name = f"bieu-{question.number:02d}-{question.unit}-{question.period}.xlsx"
    target = question.to or Path(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(written)
    if as_json:
        print_json({"file": str(target), "build_id": build_id, "checksum": checksum})
    else:
        complain(f"Đã ghi {target} (bản {build_id}, mã kiểm tra {checksum}).")
    return 0


def meeting(data: Path, frozen: str, to: Path, as_json: bool, *, is_public: bool) -> int:
    """0 when every paper was written, 1 when some were not (they are named), 2 when none can be."""
    try:
        pinned = meeting_named(data, frozen)
        content = meeting_content(Door.open(data, _viewer(is_public), pinned.build_id), pinned)
    except (NotAllowed, NothingPublished, LookupError) as error:
        complain(str(error))
        return 2
    with progress_bars() as bars:
        papers = write_pack(content, to, bars)
    return _told(content, papers, to, as_json)


def periodic(data: Path, question: PeriodicQuestion, as_json: bool) -> int:
    """0 when every document was written, 1 when some were not (they are named), 2 when none can be."""
    try:
        door = open_door(data, question.frozen, _viewer(question.is_public))
        report = periodic_report(door, question.kind, question.period)
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


def open_door(data: Path, frozen: str | None, viewer: Viewer = _COMMAND) -> Door:
    """The served build, or the one frozen for a meeting.

    Raises:
        NothingPublished: nothing was built yet.
        LookupError: no such meeting.
    """
    if frozen is None:
        return Door.open(data, viewer)
    return Door.open_meeting(data, viewer, frozen)


def _viewer(is_public: bool) -> Viewer:
    """Public documents are made of what a visitor sees, and of nothing else."""
    return Viewer("visitor") if is_public else _COMMAND
