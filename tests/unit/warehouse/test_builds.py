"""A build is seen whole or not at all."""

import errno
import multiprocessing
import sqlite3
import time
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.builds import (
    BuildLocked,
    all_builds,
    build_named,
    building,
    current_build,
    keep,
    publish,
)
from warehouse.frozen import AlreadyFrozen, Meeting, freeze, meeting_named, meetings
from warehouse.storage import StorageFault


def meeting(build_id, name="Sơ kết Quý III/2026"):
    return Meeting(name, build_id, date(2026, 9, 15), datetime(2026, 9, 15, tzinfo=UTC), "An", "")


def make(data, content="x"):
    with building(data) as unfinished:
        (unfinished / "restricted.duckdb").write_text(content)
        return publish(data, unfinished)


def test_nothing_is_served_before_the_first_build(tmp_path):
    assert current_build(tmp_path) is None


def test_a_published_build_is_served(tmp_path):
    build = make(tmp_path)
    assert current_build(tmp_path) == build
    assert build.restricted.read_text() == "x"


def test_an_abandoned_build_leaves_the_served_one(tmp_path):
    served = make(tmp_path)
    with pytest.raises(RuntimeError), building(tmp_path) as unfinished:  # noqa: PT012
        (unfinished / "restricted.duckdb").write_text("half")
        raise RuntimeError
    assert current_build(tmp_path) == served
    assert not unfinished.exists()
    newer = make(tmp_path, "y")
    assert current_build(tmp_path) == newer
    assert not list((tmp_path / "builds").glob(".unfinished-*"))


@pytest.mark.parametrize(
    ("error", "why"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "ổ đĩa đã đầy"),
        (PermissionError(errno.EACCES, "Permission denied"), "không có quyền ghi"),
        (sqlite3.OperationalError("database or disk is full"), "ổ đĩa đã đầy"),
        (duckdb.TransactionException("Failed to commit: No space left on device"), "ổ đĩa đã đầy"),
    ],
)
def test_a_disk_that_cannot_be_written_is_told_as_such(tmp_path, error, why):
    served = make(tmp_path)
    if isinstance(error, PermissionError):
        error.filename = str(tmp_path / "vault" / "vault.sqlite")
    with pytest.raises(StorageFault, match=why), building(tmp_path):
        raise error
    assert current_build(tmp_path) == served


def test_other_faults_are_not_blamed_on_the_disk(tmp_path):
    with pytest.raises(duckdb.BinderException), building(tmp_path):
        raise duckdb.BinderException("no such column")
    with pytest.raises(ConnectionResetError), building(tmp_path):
        raise ConnectionResetError(errno.ECONNRESET, "reset")
    with pytest.raises(FileNotFoundError), building(tmp_path):
        (Path(__file__).parent / "no such file of ours").read_text()
    with pytest.raises(duckdb.InvalidInputException), building(tmp_path):
        raise duckdb.InvalidInputException("attached in read-only mode")


def test_ids_sort_by_time_even_within_one_second(tmp_path):
    ids = [make(tmp_path).build_id for _ in range(4)]
    assert ids == sorted(ids)
    assert len(set(ids)) == 4


def test_the_last_ten_and_every_frozen_one_are_kept(tmp_path):
    first, second = make(tmp_path), make(tmp_path)
    freeze(tmp_path, meeting(first.build_id))
    for _ in range(11):
        make(tmp_path)
    assert first.folder.exists()
    assert not second.folder.exists()


@pytest.mark.parametrize("name", ["../builds", "absent", "..", "/etc"])
def test_a_build_is_found_by_its_name_only(tmp_path, name):
    make(tmp_path)
    with pytest.raises(LookupError):
        build_named(tmp_path, name)


def _hold(data, held):
    with building(data):
        held.set()
        time.sleep(30)


def test_two_builds_at_once_the_second_is_told_who_holds_the_lock(tmp_path):
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    other = context.Process(target=_hold, args=(tmp_path, held))
    other.start()
    try:
        assert held.wait(60)
        with pytest.raises(BuildLocked, match=f"tiến trình {other.pid}"), building(tmp_path, 0.2):
            pass
    finally:
        # As after kill -9: no clean-up runs in the other process.
        other.kill()
        other.join()
    assert make(tmp_path) == current_build(tmp_path)


def test_a_frozen_meeting_keeps_its_build(tmp_path):
    first, second = make(tmp_path), make(tmp_path)
    pinned = freeze(tmp_path, meeting(first.build_id))
    assert meeting_named(tmp_path, pinned.name) == pinned
    assert freeze(tmp_path, meeting(first.build_id)) == pinned
    with pytest.raises(AlreadyFrozen):
        freeze(tmp_path, meeting(second.build_id))
    with pytest.raises(LookupError, match="Sơ kết Quý III/2026"):
        meeting_named(tmp_path, "khác")
    assert meetings(tmp_path) == (pinned,)


def test_two_names_of_the_same_letters_would_share_a_link(tmp_path):
    build = make(tmp_path)
    assert freeze(tmp_path, meeting(build.build_id)).slug == "so-ket-quy-iii-2026"
    with pytest.raises(AlreadyFrozen):
        freeze(tmp_path, meeting(build.build_id, "Sơ kết quý III - 2026"))


def test_a_build_that_is_only_kept_is_not_served(tmp_path):
    served = make(tmp_path)
    with building(tmp_path) as unfinished:
        (unfinished / "restricted.duckdb").write_text("then")
        kept = keep(tmp_path, unfinished)
    assert current_build(tmp_path) == served
    assert kept in all_builds(tmp_path)


def test_all_builds_are_listed_newest_first(tmp_path):
    made = [make(tmp_path) for _ in range(3)]
    assert all_builds(tmp_path) == made[::-1]
