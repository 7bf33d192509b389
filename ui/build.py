"""Which build is shown: the served one, or the one frozen for a meeting.

The pointer of the served build is read at every run, so a new build is seen at the next click.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ui.asking import ask
from warehouse import frozen
from warehouse.builds import build_named
from warehouse.door import Door, NothingPublished, Viewer
from warehouse.frozen import Meeting
from warehouse.settings import settings

PUBLIC = Viewer(role="visitor")


@dataclass(frozen=True)
class Served:
    """The build that is shown: the served one, or the one frozen for ``meeting``."""

    build_id: str
    built_at: datetime
    today: date
    is_demo: bool
    folder: str
    formulas: str | None = None
    meeting: Meeting | None = None


def served(meeting: Meeting | None = None) -> Served | None:
    """The served build, or the one of a frozen meeting; None before anything was published."""
    folder = str(settings().data)
    try:
        build_id = Door.open(
            Path(folder), PUBLIC, None if meeting is None else meeting.build_id
        ).build.build_id
    except NothingPublished:
        return None
    facts = ask(folder, build_id, PUBLIC, "build_facts", ())
    return Served(
        build_id,
        facts["built_at"],
        facts["today"],
        facts["is_demo"],
        folder,
        facts.get("formulas"),
        meeting,
    )


def meetings() -> list[Meeting]:
    """The frozen meetings whose build is there, the latest figures first."""
    folder = settings().data
    return sorted(
        (each for each in frozen.meetings(folder) if _is_kept(folder, each)),
        key=lambda each: (each.as_of, each.frozen_at),
        reverse=True,
    )


def _is_kept(folder: Path, meeting: Meeting) -> bool:
    try:
        build_named(folder, meeting.build_id)
    except LookupError:
        return False
    return True
