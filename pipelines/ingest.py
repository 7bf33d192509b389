"""The whole inbox: every new file read, in two processes when there is much to read."""

import hashlib
import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from pipelines.file_refusal import broken
from pipelines.inbox import list_files, read_answers
from pipelines.read import read_files
from pipelines.reading import FileReading, InboxAnswer, ReadingContext, SourceFile
from pipelines.reasons import Reason
from warehouse.side_process import side_processes

WORKERS = 2
_FILES_A_CHUNK = 240
_BYTES_A_CHUNK = 12 * 1024 * 1024
_WORTH_A_POOL = 2
"""Chunks from which on two processes are faster than one; starting them costs about a second."""
Progress = Callable[[int, int], None]
Task = Sequence[tuple[str, InboxAnswer | None]]
"""Files to read together, with what ``inbox.csv`` answers for each."""
ReadTask = Callable[[Path, Task, ReadingContext], list[FileReading]]


@dataclass(frozen=True, slots=True)
class InboxReading:
    """Every file of the inbox in the order of its path.

    ``problems`` are lines of ``inbox.csv`` that were not used, and files that could not be opened
    this time; their ``sheet`` is the path.
    """

    files: list[FileReading]
    problems: tuple[Reason, ...]


def read_inbox(
    folder: Path,
    known: set[str],
    context: ReadingContext,
    progress: Progress | None = None,
    refused: Container[tuple[str, str]] = (),
) -> InboxReading:
    """Read what is new in the inbox.

    A file whose SHA-256 is in ``known``, or that is a copy of an earlier one in this folder, has
    outcome ``duplicate``: the copy of a file of this folder with its counts, a known one with none.
    ``refused`` are paths and hashes of files that were not understood under that name: with another
    ending, or a name that says the unit, the same bytes are read once more. ``progress`` is called
    with files done and files to read.
    """
    answers = read_answers(folder)
    pairs, unreadable = _hashed(folder)
    asked = [pair for pair in pairs if pair[1] not in known and pair not in refused]
    new = list({sha: path for path, sha in reversed(asked)}.values())[::-1]
    read: dict[str, FileReading] = {}
    for reading in _read(folder, new, answers.by_path.get, context):
        read[reading.path] = reading
        if progress:
            progress(len(read), len(new))
    gone = {sha for path, sha in asked if path in new and path not in read}
    firsts = {sha: read[path] for path, sha in asked if path in read}
    for reading in _read(folder, _second_names(asked, firsts), answers.by_path.get, context):
        if reading.sha256 in firsts and _is_refused(firsts[reading.sha256]):
            firsts[reading.sha256] = reading
    files = [_at(path, sha, firsts.get(sha)) for path, sha in pairs if sha not in gone]
    vanished = [
        _unopened(path, FileNotFoundError()) for path, sha in asked if sha in gone and path in new
    ]
    return InboxReading(files, (*answers.problems, *unreadable, *vanished))


def _second_names(asked: Sequence[tuple[str, str]], firsts: Mapping[str, FileReading]) -> list[str]:
    """Copies of files that were refused under their first name."""
    return [
        path for path, sha in asked
        if sha in firsts and firsts[sha].path != path and _is_refused(firsts[sha])
    ]  # fmt: skip


def _is_refused(reading: FileReading) -> bool:
    return reading.outcome == "refused"


def _at(path: str, sha: str, first: FileReading | None) -> FileReading:
    return first if first and first.path == path else _duplicate(path, sha, first)


def _hashed(folder: Path) -> tuple[list[tuple[str, str]], list[Reason]]:
    """Path and hash of each file, and what to say of those that cannot be opened now."""
    pairs, unreadable = list[tuple[str, str]](), list[Reason]()
    for path in list_files(folder):
        try:
            pairs.append((path, _sha256(folder / path)))
        except OSError as error:
            unreadable.append(_unopened(path, error))
    return pairs, unreadable


def _unopened(path: str, error: OSError) -> Reason:
    why = {PermissionError: "không có quyền đọc", FileNotFoundError: "không còn ở đó"}
    found = why.get(type(error), error.strerror or "lỗi đọc")
    return Reason(path, None, None, "question", f"không mở được tệp ({found})", "tệp đọc được",
                  "Đóng tệp trong Excel hoặc sửa quyền đọc, rồi chạy lại.")  # fmt: skip


def _read_task(folder: Path, task: Task, context: ReadingContext) -> list[FileReading]:
    """The readings of a task, without the files that cannot be opened any more."""
    contents = ((path, content_of(folder / path), answer) for path, answer in task)
    sources = [
        SourceFile(path, content, answer)
        for path, content, answer in contents
        if content is not None
    ]
    return read_files(sources, context)


def content_of(path: Path) -> bytes | None:
    """The bytes of a file; None where it cannot be opened (any more)."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def _read(
    folder: Path,
    paths: Sequence[str],
    answer_for: Callable[[str], InboxAnswer | None],
    context: ReadingContext,
) -> Iterator[FileReading]:
    """The readings in the order of ``paths``, chunk by chunk."""
    chunks = _chunks(folder, paths)
    if len(chunks) < _WORTH_A_POOL:
        for chunk in chunks:
            yield from _read_task(folder, [(path, answer_for(path)) for path in chunk], context)
        return
    tasks = [[(path, answer_for(path)) for path in chunk] for chunk in chunks]
    with _one_thread_each():
        yield from read_apart(folder, tasks, context)


def read_apart(
    folder: Path, tasks: Sequence[Task], context: ReadingContext, read: ReadTask = _read_task
) -> Iterator[FileReading]:
    """The readings of ``tasks`` in their order, read in ``WORKERS`` processes.

    A file may bring down the process that opens it (the reader of workbooks is native code): those of the task
    that was lost are read again one by one, and the one that does it again is refused.
    """
    waiting = list(tasks)
    while waiting:
        try:
            with side_processes(WORKERS) as pool:
                jobs = [pool.submit(read, folder, task, context) for task in waiting]
                for job in jobs:
                    yield from job.result()
                    waiting = waiting[1:]
        except BrokenProcessPool:
            for each in waiting[0]:
                yield from _read_alone(folder, each, context, read)
            waiting = waiting[1:]


def _read_alone(
    folder: Path, file: tuple[str, InboxAnswer | None], context: ReadingContext, read: ReadTask
) -> list[FileReading]:
    path, _answer = file
    try:
        with side_processes(1) as pool:
            return pool.submit(read, folder, [file], context).result()
    except BrokenProcessPool:
        return [FileReading(path, _sha256(folder / path), "refused", reasons=(broken().reason,))]


def _chunks(folder: Path, paths: Sequence[str]) -> list[list[str]]:
    chunks: list[list[str]] = []
    size = 0
    for path in paths:
        weight = _size(folder / path)
        if not chunks or len(chunks[-1]) == _FILES_A_CHUNK or size + weight > _BYTES_A_CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(path)
        size += weight
    return chunks


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Processes started here get one Polars thread each: there are as many of them as cores."""
    name = "POLARS_MAX_THREADS"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _duplicate(path: str, sha: str, first: FileReading | None) -> FileReading:
    if first is None:
        return FileReading(path, sha, "duplicate")
    copy = Reason(None, None, None, "warning", f"nội dung giống hệt tệp {first.path}",
                  "mỗi tệp gửi một lần", "Không phải làm gì; tệp chỉ được tính một lần.")  # fmt: skip
    return replace(first, path=path, outcome="duplicate", tables={}, reasons=(copy,))
