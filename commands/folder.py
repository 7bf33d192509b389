"""The data folder: whose data it holds, with which keys, and which build is served."""

import json
import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from warehouse.archive import Archive
from warehouse.builds import Build, current_build
from warehouse.door import Door, Viewer
from warehouse.keys import Keys, demo_keys, load_keys
from warehouse.settings import settings
from warehouse.storage import storage_faults
from warehouse.vault import Vault

DEMO_MARK = "DỮ LIỆU MÔ PHỎNG"
PLACE = ZoneInfo("Asia/Ho_Chi_Minh")
_KIND_FILE = "folder.json"


def today() -> date:
    """Today where the province lies."""
    return datetime.now(PLACE).date()


class FolderError(Exception):
    """The data folder cannot be used for this; the message says what to do, in Vietnamese."""


@dataclass(frozen=True)
class DataFolder:
    """An opened data folder."""

    path: Path
    is_demo: bool
    keys: Keys

    @property
    def served(self) -> Build | None:
        """The build that readers see now."""
        return current_build(self.path)

    @property
    def today(self) -> date:
        """Today for this folder: a simulated province stays on the day its served build was told on."""
        served = self.served
        if self.is_demo and served is not None:
            return Door(Viewer("command"), served).build_facts()["today"]  # type: ignore[return-value]
        return today()

    def archive(self) -> Archive:
        """What was received."""
        return Archive(self.path / "archive", self.keys)

    def vault(self) -> Vault:
        """Who the households are."""
        return Vault(self.path / "vault", self.keys)


def inbox_is_demo(inbox: Path) -> bool:
    """Whether the inbox carries the mark of the simulated province."""
    return bool(_demo_mark(inbox).get("mark") == DEMO_MARK)


def demo_today(inbox: Path) -> date | None:
    """The day a simulated province is told on; None for real files."""
    told = _demo_mark(inbox).get("today") if inbox_is_demo(inbox) else None
    return date.fromisoformat(told) if isinstance(told, str) else None


def demo_meetings(inbox: Path) -> list[dict[str, Any]]:
    """Past meetings of a simulated province as its inbox tells them; none for real files."""
    told = _demo_mark(inbox).get("meetings") if inbox_is_demo(inbox) else None
    return told if isinstance(told, list) else []


def _demo_mark(inbox: Path) -> dict[str, object]:
    mark = inbox / "demo.json"
    if not mark.is_file():
        return {}
    try:
        found = json.loads(mark.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def is_demo_folder(path: Path) -> bool | None:
    """Whether the folder holds simulated data; None where nothing was ever loaded."""
    kind = path / _KIND_FILE
    if not kind.is_file():
        return None
    return bool(json.loads(kind.read_text(encoding="utf-8"))["is_demo"])


def open_for_inbox(path: Path, inbox: Path) -> DataFolder:
    """Open ``path`` for what lies in ``inbox``: simulated and real data never share a folder.

    Raises:
        FolderError: the two do not go together.
        KeyFileError: real data without a key.
        StorageFault: the folder cannot be written.
    """
    is_demo = inbox_is_demo(inbox)
    known = is_demo_folder(path)
    if known is not None and known != is_demo:
        raise FolderError(
            "Thư mục dữ liệu này chứa dữ liệu mô phỏng, hộp thư đến thì không: hãy dùng --data khác."
            if known
            else "Thư mục dữ liệu này chứa dữ liệu thật, hộp thư đến là mô phỏng: hãy dùng --data khác."
        )
    folder = DataFolder(path, is_demo, demo_keys() if is_demo else load_keys(settings().key_file))
    with storage_faults(path):
        make_folder(path, is_demo)
        if known is None:
            mark_kind(path, is_demo)
    return folder


def open_existing(path: Path) -> DataFolder:
    """Open a folder that was built before.

    Raises:
        FolderError: nothing was ever loaded there.
    """
    known = is_demo_folder(path)
    if known is None:
        raise FolderError(f"Thư mục {path} chưa có dữ liệu: hãy chạy `python cli.py build` trước.")
    return DataFolder(path, known, demo_keys() if known else load_keys(settings().key_file))


def make_folder(path: Path, is_demo: bool) -> None:
    """Make a data folder where there is none; real data are for the eyes of its owner only."""
    path.mkdir(parents=True, exist_ok=True, mode=0o777 if is_demo else 0o700)


def mark_kind(path: Path, is_demo: bool) -> None:
    """Remember what kind of data the folder holds; whole or not at all, also when killed."""
    fresh = path / f"{_KIND_FILE}.part"
    fresh.write_text(json.dumps({"is_demo": is_demo}), encoding="utf-8")
    os.replace(fresh, path / _KIND_FILE)
