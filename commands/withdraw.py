"""``cli.py withdraw``: one submission no longer counts, with the reason on record."""

from datetime import date
from pathlib import Path

from commands.build import withdraw
from commands.build_report import NotPublished
from commands.folder import FolderError, open_existing
from commands.terminal import complain, print_json, progress_bars
from warehouse.builds import BuildLocked
from warehouse.keys import KeyFileError
from warehouse.storage import StorageFault


def run(data: Path, sha256: str, reason: str, given_today: date | None, as_json: bool) -> int:
    """0 when a build without the submission was published, else 2."""
    if not reason.strip():
        complain("Cần nêu lý do rút tệp.")
        return 2
    try:
        folder = open_existing(data)
        with progress_bars() as bars:
            built = withdraw(folder, sha256, reason.strip(), given_today or folder.today, bars)
    except (
        NotPublished,
        BuildLocked,
        StorageFault,
        FolderError,
        KeyFileError,
        LookupError,
    ) as refusal:
        complain(str(refusal))
        return 2
    if as_json:
        print_json({"build_id": built.build_id, "published": True, "withdrawn": sha256})
    else:
        complain(f"Đã rút tệp và công bố bản {built.build_id}.")
    return 0
