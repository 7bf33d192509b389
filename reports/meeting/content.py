"""Which figures the papers of a meeting speak of."""

from reports.flow_balance import flow_balance
from reports.meeting.since import Since
from reports.report_content import (
    ReportContent,
    both_communes,
    is_demo_and_today,
    newest,
    whole_area,
    years_of,
)
from reports.view_link import view_link
from warehouse.door import Door, NotAllowed
from warehouse.frozen import Meeting

YEAR, MONTH = r"^\d{4}$", r"^\d{4}-\d{2}$"


class MeetingNotPossible(LookupError):
    """The build has no figures a meeting could speak of; the message says so in Vietnamese."""


def meeting_content(door: Door, meeting: Meeting, since: Since | None = None) -> ReportContent:
    """Everything the papers need. What a visitor's door gives makes public papers.

    ``official`` is the newest yearly review that every commune reported, else the newest official one;
    ``running`` the newest month likewise. ``since`` is what the meeting before said, if there was one.

    Raises:
        MeetingNotPossible: the build has no yearly review.
        NotAllowed: an officer: the pack speaks of the whole province.
    """
    if door.viewer.role == "officer":
        raise NotAllowed("Chỉ người xem số liệu toàn tỉnh được xuất tài liệu của kỳ họp.")
    periods = door.periods()
    official = door.newest_complete_period() or newest(periods, YEAR)
    if official is None:
        raise MeetingNotPossible("Bản đã chốt chưa có kỳ rà soát năm nào.")
    running = newest(periods, MONTH)
    before = str(int(official) - 1)
    communes, communes_before = both_communes(door, official, before)
    is_demo, today = is_demo_and_today(door)
    return ReportContent(
        name=meeting.name,
        build_id=meeting.build_id,
        as_of=meeting.as_of,
        official=official,
        official_before=before,
        running=running,
        year_ago=None if running is None else f"{int(running[:4]) - 1}{running[4:]}",
        placed=official,
        placed_before=before,
        province=whole_area(door),
        communes=communes,
        communes_before=communes_before,
        years=years_of(periods, official),
        today=today,
        link=view_link(official, meeting.slug),
        is_demo=is_demo,
        is_public=door.viewer.role == "visitor",
        balance=flow_balance(door, official),
        since=since,
        notes=(("Chốt bởi", meeting.who), ("Lý do", meeting.reason or "–")),
    )
