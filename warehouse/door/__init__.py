"""The one door for reading: every page, chart, document and command gets its rows here.

The door knows the viewer (role and scope of units) and therefore the file that may be opened: a visitor reads
the small suppressed public file and nothing else; everybody else reads aggregates of the restricted file; only
an analyst and the command line reach pseudonymous rows.
"""

from pathlib import Path

from warehouse.builds import build_named, current_build
from warehouse.door.figures import HEADLINE, Figures
from warehouse.door.files import Files
from warehouse.door.households import Households
from warehouse.door.models import Models, ModelTable
from warehouse.door.opened import ROLES, Level, NotAllowed, NothingPublished, Role, Viewer
from warehouse.door.plan import Plan
from warehouse.frozen import meeting_named

__all__ = [
    "HEADLINE",
    "ROLES",
    "Door",
    "Level",
    "ModelTable",
    "NotAllowed",
    "NothingPublished",
    "Role",
    "Viewer",
]


class Door(Figures, Plan, Files, Households, Models):
    """One build seen by one viewer. Cheap to make; connections are shared, cursors are not."""

    @classmethod
    def open_meeting(cls, data: Path, viewer: Viewer, name: str) -> "Door":
        """The build whose figures were frozen for a meeting.

        Raises:
            LookupError: no such meeting, or its build is gone.
        """
        return cls.open(data, viewer, meeting_named(data, name).build_id)

    @classmethod
    def open(cls, data: Path, viewer: Viewer, build_id: str | None = None) -> "Door":
        """The served build, or the one named.

        Raises:
            NothingPublished: nothing was built yet.
            LookupError: no such build.
        """
        build = build_named(data, build_id) if build_id else current_build(data)
        if build is None:
            raise NothingPublished(
                "Chưa có số liệu: hãy chạy `python cli.py build --from THU_MUC`."
            )
        return cls(viewer, build)
