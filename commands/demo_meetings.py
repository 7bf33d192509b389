"""``cli.py freeze --from``: the past meetings of a simulated province, with what they decided."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from commands import freeze
from commands.folder import demo_meetings, is_demo_folder
from commands.terminal import complain
from reference.plan import owner_on, plan_indicators
from warehouse.decisions import Figure, Said, add_decision, follow_up
from warehouse.frozen import Meeting, meeting_named, meetings

WHO = "Mô phỏng"


def run(data: Path, inbox: Path) -> int:
    """Freeze what the inbox names; 0 when all meetings are frozen, else 2.

    Meetings that are frozen already stay as they are. A folder of real data takes none.
    """
    listed = demo_meetings(inbox)
    if not listed or not is_demo_folder(data):
        complain(f"Hộp thư {inbox} không nêu kỳ họp nào cho thư mục {data}.")
        return 2
    known = {meeting.name for meeting in meetings(data)}
    worst = 0
    for each in listed:
        if each["name"] in known:
            continue
        day, reason = date.fromisoformat(each["as_of"]), "Kỳ họp của tỉnh mô phỏng"
        code = freeze.run(data, each["name"], day, WHO, reason, as_json=False)
        worst = max(worst, code)
        if code == 0:
            meeting = meeting_named(data, each["name"])
            for decision in each["decisions"]:
                _take_down(data, meeting, decision)
    return worst


def _take_down(data: Path, meeting: Meeting, told: Mapping[str, Any]) -> None:
    indicator = plan_indicators()[told["indicator"]]
    agency = owner_on(indicator.owner_role, meeting.as_of)
    number = add_decision(
        data,
        told["text"],
        agency.agency_id if agency else indicator.owner_role,
        date.fromisoformat(told["due"]),
        Figure(indicator.id, indicator.measure),
        Said(meeting.slug, meeting.build_id, WHO),
        at=datetime.combine(meeting.as_of, time(3), UTC),
    )
    if told["heard"]:
        said = Said(meeting.slug, meeting.build_id, WHO)
        follow_up(data, number, told["heard"], said, is_done=told["is_done"])
