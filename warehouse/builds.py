"""Immutable builds and the pointer that says which one is served.

``builds/<id>/`` holds ``restricted.duckdb`` and ``public.duckdb``. A build is made in a folder of its own and
becomes visible by one atomic replacement of ``current.json``; readers never see half a build, and a process
killed at any moment leaves the served build as it was.
"""

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from warehouse.frozen import meetings
from warehouse.storage import storage_faults

RESTRICTED = "restricted.duckdb"
PUBLIC = "public.duckdb"
_KEPT = 10
_BUILD_ID = re.compile(r"\d{8}T\d{6}-\d{3,}")
_UNFINISHED = ".unfinished-"


class BuildLocked(Exception):
    """Another build is running in this data folder."""


@dataclass(frozen=True)
class Build:
    """One published build."""

    build_id: str
    folder: Path

    @property
    def restricted(self) -> Path:
        """Pseudonymous core rows and all results."""
        return self.folder / RESTRICTED

    @property
    def public(self) -> Path:
        """The small suppressed cube."""
        return self.folder / PUBLIC


def current_build(data: Path) -> Build | None:
    """The served build, or None where nothing was published yet."""
    pointer = data / "current.json"
    if not pointer.exists():
        return None
    return build_named(data, json.loads(pointer.read_text(encoding="utf-8"))["build_id"])


def build_named(data: Path, build_id: str) -> Build:
    """The build of that name.

    Raises:
        LookupError: there is none (any more).
    """
    folder = data / "builds" / build_id
    if not _BUILD_ID.fullmatch(build_id) or not folder.is_dir():
        raise LookupError(f"Không có bản dựng {build_id} trong thư mục dữ liệu.")
    return Build(build_id, folder)


def all_builds(data: Path) -> list[Build]:
    """Every build that is still kept, the newest first."""
    builds = data / "builds"
    if not builds.is_dir():
        return []
    names = sorted(
        (folder.name for folder in builds.iterdir() if _BUILD_ID.fullmatch(folder.name)),
        reverse=True,
    )
    return [Build(name, builds / name) for name in names]


@contextmanager
def building(data: Path, wait_seconds: float = 0) -> Iterator[Path]:
    """The one writer's lock and an empty folder to build in; removed unless :func:`publish` took it.

    Raises:
        BuildLocked: another process holds the lock for longer than ``wait_seconds``.
        StorageFault: the folder cannot be written, or a disk is full.
    """
    with storage_faults(data), _alone(data, wait_seconds) as unfinished:
        yield unfinished


@contextmanager
def _alone(data: Path, wait_seconds: float) -> Iterator[Path]:
    builds = data / "builds"
    builds.mkdir(parents=True, exist_ok=True)
    holder = data / "build.holder"
    lock = FileLock(data / "build.lock")
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout as error:
        who = holder.read_text(encoding="utf-8").strip() if holder.exists() else "không rõ"
        raise BuildLocked(
            f"Đang có một lần dựng khác giữ khóa ({who}). Hãy đợi xong rồi chạy lại."
        ) from error
    try:
        now = datetime.now(UTC)
        holder.write_text(
            f"tiến trình {os.getpid()}, từ {now:%H:%M:%S %d/%m/%Y} UTC", encoding="utf-8"
        )
        for leftover in builds.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(leftover)
        unfinished = builds / f"{_UNFINISHED}{_new_id(builds, now)}"
        unfinished.mkdir()
        try:
            yield unfinished
        finally:
            # What could not be published may still be open on Windows: it goes with the next build.
            shutil.rmtree(unfinished, ignore_errors=True)
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def build_id_of(unfinished: Path) -> str:
    """The name the build will have once published."""
    return unfinished.name.removeprefix(_UNFINISHED)


def keep(data: Path, unfinished: Path) -> Build:
    """Make the folder a build that nobody is pointed to: the figures of a meeting looked back on."""
    build = Build(build_id_of(unfinished), data / "builds" / build_id_of(unfinished))
    os.replace(unfinished, build.folder)
    return build


def publish(data: Path, unfinished: Path) -> Build:
    """Make the folder a build and point to it; then drop all but the last ten and the frozen ones."""
    build = keep(data, unfinished)
    pointer = data / "current.json"
    fresh = pointer.with_suffix(".part")
    fresh.write_text(json.dumps({"build_id": build.build_id}), encoding="utf-8")
    os.replace(fresh, pointer)
    _drop_old(data, keep=build.build_id)
    return build


def _drop_old(data: Path, keep: str) -> None:
    folders = sorted(
        folder
        for folder in (data / "builds").iterdir()
        if folder.is_dir() and not folder.name.startswith(".")
    )
    kept = {keep, *(meeting.build_id for meeting in meetings(data))}
    for folder in folders[:-_KEPT]:
        if folder.name not in kept:
            # A reader on Windows may still hold the file: it goes with a later build.
            shutil.rmtree(folder, ignore_errors=True)


def _new_id(builds: Path, now: datetime) -> str:
    """A name that sorts by time, also for builds within one second and after the clock was set back."""
    stamp = now.strftime("%Y%m%dT%H%M%S")
    newest = max(
        (folder.name for folder in builds.iterdir() if not folder.name.startswith(".")), default=""
    )
    stamp = max(stamp, newest.partition("-")[0])
    taken = [int(folder.name.partition("-")[2]) for folder in builds.glob(f"{stamp}-*")]
    return f"{stamp}-{max(taken, default=0) + 1:03d}"
