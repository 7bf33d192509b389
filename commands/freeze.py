"""``cli.py freeze``: one build becomes the figures of a meeting."""

import getpass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import cast

from commands.as_of import build_as_of
from commands.build_report import NotPublished
from commands.folder import FolderError, is_demo_folder, open_existing, today
from commands.terminal import complain, print_json, progress_bars
from warehouse.builds import BuildLocked, all_builds
from warehouse.door import Door, NothingPublished, Viewer
from warehouse.frozen import AlreadyFrozen, Meeting, freeze, refuse_taken
from warehouse.keys import KeyFileError
from warehouse.storage import StorageFault

_COMMAND = Viewer("command")


class NotYet(ValueError):
    """The day to freeze lies ahead; the message says so in Vietnamese."""


_REFUSALS = (
    NothingPublished,
    LookupError,
    AlreadyFrozen,
    NotPublished,
    BuildLocked,
    StorageFault,
    FolderError,
    KeyFileError,
    NotYet,
)


def run(data: Path, name: str, as_of: date | None, who: str, reason: str, as_json: bool) -> int:
    """0 when the meeting is frozen (also when it already was, to the same build), else 2."""
    if not name.strip():
        complain("Cần nêu tên kỳ họp.")
        return 2
    try:
        door = _door(data, name, as_of)
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
    except _REFUSALS as error:
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


def _door(data: Path, name: str, as_of: date | None) -> Door:
    """The served build, the newest one that knew nothing after ``as_of``, or one made of what was known then."""
    served = Door.open(data, _COMMAND)
    if as_of is None:
        return served
    last = _today_of(served) if is_demo_folder(data) else today()
    if as_of > last:
        raise NotYet(f"Ngày {as_of:%d/%m/%Y} chưa đến: chỉ chốt được số liệu đến {last:%d/%m/%Y}.")
    for build in all_builds(data):
        door = Door(_COMMAND, build)
        known_until = door.build_facts().get("known_until")
        if known_until == as_of or (known_until is None and _today_of(door) <= as_of):
            return door
    refuse_taken(data, name)
    folder = open_existing(data)
    with progress_bars() as bars:
        return Door(_COMMAND, build_as_of(folder, as_of, bars))


def _today_of(door: Door) -> date:
    return cast(date, door.build_facts()["today"])
