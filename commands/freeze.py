"""``cli.py freeze``: one build becomes the figures of a meeting."""

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from commands.terminal import complain, print_json
from warehouse.builds import all_builds
from warehouse.door import Door, NothingPublished, Viewer
from warehouse.frozen import AlreadyFrozen, Meeting, freeze

_COMMAND = Viewer("command")


def run(data: Path, name: str, as_of: date | None, who: str, reason: str, as_json: bool) -> int:
    """0 when the meeting is frozen (also when it already was, to the same build), else 2."""
    if not name.strip():
        complain("Cần nêu tên kỳ họp.")
        return 2
    try:
        door = _door(data, as_of)
        meeting = freeze(
            data,
            Meeting(
                name=name.strip(),
                build_id=door.build.build_id,
                as_of=as_of or _today_of(door),
                frozen_at=datetime.now(UTC),
                who=who.strip() or getpass.getuser(),
                reason=reason.strip(),
            ),
        )
    except (NothingPublished, LookupError, AlreadyFrozen) as error:
        complain(str(error))
        return 2
    if as_json:
        print_json(vars(meeting))
    else:
        complain(
            f"Đã chốt “{meeting.name}”: bản {meeting.build_id}, "
            f"số liệu đến ngày {meeting.as_of:%d/%m/%Y}."
        )
    return 0


def _door(data: Path, as_of: date | None) -> Door:
    """The served build, or the newest one that knew nothing after ``as_of``."""
    if as_of is None:
        return Door.open(data, _COMMAND)
    for build in all_builds(data):
        door = Door(_COMMAND, build)
        if _today_of(door) <= as_of:
            return door
    raise LookupError(
        f"Không còn bản dựng nào tính đến ngày {as_of:%d/%m/%Y}: "
        f"hãy dựng lại với --today {as_of:%Y-%m-%d} rồi chốt."
    )


def _today_of(door: Door) -> date:
    return cast(date, door.build_facts()["today"])
