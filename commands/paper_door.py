"""Which figures a paper is made of: the served build or a meeting's, through whose eyes."""

from pathlib import Path

from warehouse.door import Door, Viewer


def paper_door(data: Path, frozen: str | None, *, is_public: bool) -> Door:
    """The served build, or the one frozen for a meeting; public papers are made of what a visitor sees.

    Raises:
        NothingPublished: nothing was built yet.
        LookupError: no such meeting.
    """
    viewer = Viewer("visitor" if is_public else "command")
    if frozen is None:
        return Door.open(data, viewer)
    return Door.open_meeting(data, viewer, frozen)
