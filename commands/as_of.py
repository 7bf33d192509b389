"""A build of what was known on an earlier day, for a meeting that is looked back on."""

from datetime import date

from commands.folder import DataFolder
from commands.making import Progress, figures, judge_and_link, making
from warehouse import staging
from warehouse.builds import Build, keep
from warehouse.door import NothingPublished


def build_as_of(folder: DataFolder, as_of: date, progress: Progress) -> Build:
    """Leave out of the served build what came later, compute anew what that changes; nobody is pointed to it.

    Nothing is read from the archive: the rows of the files that remain are those of the served build.

    Raises:
        NothingPublished: there is no served build.
        LookupError: no file was known by that day.
        NotPublished: the figures fail a blocking check.
        BuildLocked: another build holds the folder for too long.
    """
    with making(folder, as_of, progress) as made:
        if made.previous is None:
            raise NothingPublished("Chưa có số liệu để chốt.")
        if not staging.forget_later(made.path, as_of, is_simulated=folder.is_demo):
            raise LookupError(f"Đến ngày {as_of:%d/%m/%Y} chưa có tệp nào: không có gì để chốt.")
        figures(made, judge_and_link(made, (), ()), known_until=as_of)
        return keep(folder.path, made.unfinished)
