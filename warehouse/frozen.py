"""Frozen meetings: which build holds the figures of a meeting, with who froze it and why.

They stand in ``frozen.json`` beside the pointer, never in a build: a published build is not written to.
"""

import json
import os
import re
import unicodedata
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock

_FILE = "frozen.json"


class AlreadyFrozen(Exception):
    """The meeting's figures are pinned to another build; the message says so in Vietnamese."""


@dataclass(frozen=True)
class Meeting:
    """The figures of one meeting: ``build_id`` as seen on ``as_of``."""

    name: str
    build_id: str
    as_of: date
    frozen_at: datetime
    who: str
    reason: str

    @property
    def slug(self) -> str:
        """The meeting's name in a link: letters without marks, digits and hyphens."""
        return slug_of(self.name)


def slug_of(name: str) -> str:
    """``Sơ kết Quý III/2026`` → ``so-ket-quy-iii-2026``."""
    letters = unicodedata.normalize("NFD", name.replace("Đ", "D").replace("đ", "d"))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def meetings(data: Path) -> tuple[Meeting, ...]:
    """Every frozen meeting, in the order they were frozen."""
    path = data / _FILE
    if not path.exists():
        return ()
    return tuple(_meeting(row) for row in json.loads(path.read_text(encoding="utf-8")))


def meeting_named(data: Path, name: str) -> Meeting:
    """The frozen meeting of that name.

    Raises:
        LookupError: there is none; the message names those there are.
    """
    known = meetings(data)
    for meeting in known:
        if meeting.name == name:
            return meeting
    listed = "; ".join(meeting.name for meeting in known) or "chưa có kỳ họp nào"
    raise LookupError(f"Không có kỳ họp “{name}” đã chốt số liệu ({listed}).")


def freeze(data: Path, meeting: Meeting) -> Meeting:
    """Pin the meeting; pinning the same build again leaves the first record as it was.

    Raises:
        AlreadyFrozen: the name, or one with the same letters, is taken by another build.
    """
    path = data / _FILE
    with FileLock(data / "frozen.lock"):
        known = meetings(data)
        for other in known:
            if other.slug != meeting.slug:
                continue
            if (other.name, other.build_id) == (meeting.name, meeting.build_id):
                return other
            raise _taken(other)
        fresh = path.with_suffix(".part")
        rows = [asdict(each) for each in (*known, meeting)]
        fresh.write_text(
            json.dumps(rows, ensure_ascii=False, indent=1, default=_as_text), encoding="utf-8"
        )
        os.replace(fresh, path)
    return meeting


def refuse_taken(data: Path, name: str) -> None:
    """For a meeting whose build is yet to be made: its name must be free.

    Raises:
        AlreadyFrozen: the name, or one with the same letters, is taken.
    """
    for other in meetings(data):
        if other.slug == slug_of(name):
            raise _taken(other)


def _taken(other: Meeting) -> AlreadyFrozen:
    return AlreadyFrozen(
        f"“{other.name}” đã chốt bản {other.build_id} ngày {other.frozen_at:%d/%m/%Y}; "
        "số liệu đã chốt không thay đổi. Hãy dùng tên khác."
    )


def _meeting(row: dict[str, str]) -> Meeting:
    return Meeting(
        name=row["name"],
        build_id=row["build_id"],
        as_of=date.fromisoformat(row["as_of"]),
        frozen_at=datetime.fromisoformat(row["frozen_at"]),
        who=row["who"],
        reason=row["reason"],
    )


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
