"""A build of what was known on an earlier day, for a meeting that is looked back on."""

from datetime import date

from commands.beside import working_beside
from commands.build import Progress, figures, judge
from commands.folder import DataFolder
from reference.loading import published
from warehouse import staging
from warehouse.builds import RESTRICTED, Build, building, keep
from warehouse.dim_tables import DIM__PUBLISHED
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
    with building(folder.path, wait_seconds=600) as unfinished, working_beside() as beside:
        served = folder.served
        if served is None:
            raise NothingPublished("Chưa có số liệu để chốt.")
        beside.load()
        path = unfinished / RESTRICTED
        staging.begin(path, served, published().select(*DIM__PUBLISHED.columns))
        if not staging.forget_later(path, as_of, is_simulated=folder.is_demo):
            raise LookupError(f"Đến ngày {as_of:%d/%m/%Y} chưa có tệp nào: không có gì để chốt.")
        judge(beside, path, (), ())
        figures(beside, folder, unfinished, served, as_of, progress, known_until=as_of)
        return keep(folder.path, unfinished)
