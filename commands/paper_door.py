"""Which figures a paper is made of: the served build or a meeting's, through whose eyes."""

from pathlib import Path

from warehouse.door import Door, Viewer
from warehouse.frozen import Meeting, meeting_named


def paper_door(data: Path, frozen: str | None, *, is_public: bool) -> tuple[Door, Meeting | None]:
    """The served build, or the one frozen for a meeting, and that; public papers are what a visitor sees.

    Raises:
        NothingPublished: nothing was built yet.
        LookupError: no such meeting.
    """
    viewer = Viewer("visitor" if is_public else "command")
    if frozen is None:
        return Door.open(data, viewer), None
    meeting = meeting_named(data, frozen)
    return Door.open(data, viewer, meeting.build_id), meeting
