"""``build``: archive and inbox in, one published build out, or nothing changed."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl

from commands import accept
from commands.build_report import BuildReport, NotPublished
from commands.file_report import complain_of_inbox, entries, only_bad_files
from commands.folder import DataFolder
from commands.formulas import made_by
from commands.making import Making, Progress, counted, finish, judge_and_link, making
from expectations.waivers import load_waivers
from pipelines.inbox import read_answers
from pipelines.ingest import read_inbox
from pipelines.read import read_file
from pipelines.reading import FileReading, InboxAnswer, ReadingContext, SourceFile
from warehouse import staging
from warehouse.builds import Build
from warehouse.contract import CONTRACT_VERSION
from warehouse.quality_tables import (
    QUALITY__COVERAGE,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)


def build(
    folder: DataFolder, inbox: Path, today: date, progress: Progress, wait_seconds: float = 600
) -> BuildReport:
    """Read what is new in ``inbox``, judge it, compute every figure and publish.

    Raises:
        NotPublished: only bad files, or a fault of the build itself.
        BuildLocked: another build holds the folder for longer than ``wait_seconds``.
        StorageFault: the data folder cannot be written, or a disk is full.
    """
    started = time.monotonic()
    with making(folder, today, progress, wait_seconds) as made:
        path = made.path
        readings = accept.keep_files(folder, inbox, _read(made, inbox))
        # The files of a first build keep every core busy until now.
        made.beside.load()
        fresh = _take_in(folder, path, readings)
        readings = [replace(reading, tables={}) for reading in readings]
        links = judge_and_link(made, fresh, load_waivers(inbox / "waivers.csv"))
        if fresh and not _anything_accepted(path, fresh):
            why = only_bad_files(readings, staging.reasons_by_submission(path))
            raise NotPublished(why, entries(path, readings), counted(path))
        try:
            built, checks = finish(made, links)
        except NotPublished as fault:
            raise NotPublished(str(fault), entries(path, readings), counted(path)) from fault
        files = entries(built.restricted, readings)
    return BuildReport(built.build_id, True, round(time.monotonic() - started, 2), files, checks)


def withdraw(
    folder: DataFolder, submission_id: str, reason: str, today: date, progress: Progress
) -> Build:
    """Publish a build in which one submission no longer counts.

    Raises:
        LookupError: no such submission in the served build.
    """
    with making(folder, today, progress) as made:
        known = staging.table(made.path, QUALITY__SUBMISSION)
        if submission_id not in known["submission_id"]:
            raise LookupError(f"Không có tệp nào mang mã SHA-256 {submission_id}.")
        staging.withdraw(made.path, submission_id, reason, datetime.now(UTC))
        built, _checks = finish(made, judge_and_link(made, (), ()))
    return built


def _read(made: Making, inbox: Path) -> list[FileReading]:
    """Files of the inbox not seen before, and those of the archive that must be read again."""
    context = ReadingContext(today=made.today, is_demo=made.folder.is_demo)
    answers = read_answers(inbox).by_path
    again = _to_read_again(made, inbox, answers)
    submitted = staging.table(made.path, QUALITY__SUBMISSION).join(
        again, on="submission_id", how="anti"
    )
    seen = set(
        staging.table(made.path, QUALITY__RECEIVED).select("file_name", "submission_id").iter_rows()
    )
    refused = set(submitted.filter(outcome="refused")["submission_id"])
    found = read_inbox(
        inbox,
        set(submitted["submission_id"]) - refused,
        context,
        lambda done, total: made.progress("Đọc tệp", done, total),
        {(name, sha256) for name, sha256 in seen if sha256 in refused},
    )
    complain_of_inbox(found.problems)
    readings = [
        _still(reading, refused)
        for reading in found.files
        if (reading.path, reading.sha256) not in seen or reading.sha256 in again["submission_id"]
    ]
    present = {reading.sha256 for reading in readings}
    archive = made.folder.archive()
    for sha256, name in again.select("submission_id", "file_name").iter_rows():
        if sha256 not in present and archive.holds(sha256):
            source = SourceFile(name, archive.read(sha256), answers.get(name))
            readings.append(read_file(source, context))
    present = {reading.sha256 for reading in readings if reading.outcome != "duplicate"}
    readings += [each for each in _understood_now(made, context) if each.sha256 not in present]
    return readings


def _still(reading: FileReading, refused: set[str]) -> FileReading:
    """A file that is refused under another name too is a copy, and says why once more."""
    if reading.outcome == "refused" and reading.sha256 in refused:
        return replace(reading, outcome="duplicate", tables={})
    return reading


def _to_read_again(made: Making, inbox: Path, answers: Mapping[str, InboxAnswer]) -> pl.DataFrame:
    """Submissions read under an older contract, refused ones that were answered, held ones with a waiver."""
    waived = [waiver.submission_id for waiver in load_waivers(inbox / "waivers.csv")]
    return staging.table(made.path, QUALITY__SUBMISSION).filter(
        (pl.col("contract_version") < CONTRACT_VERSION)
        | ((pl.col("outcome") == "refused") & pl.col("file_name").is_in(list(answers)))
        | ((pl.col("outcome") == "held") & pl.col("submission_id").is_in(waived))
    )


def _understood_now(made: Making, context: ReadingContext) -> list[FileReading]:
    """Files refused so far that the readers or the header words of today understand.

    They are looked at where other code or other reference data made the build before; those that could not even be
    opened are not, as one may bring its reader down.
    """
    if made.previous is None or made_by(made.previous) == made.formulas:
        return []
    archive = made.folder.archive()
    refused = staging.table(made.path, QUALITY__SUBMISSION).filter(
        pl.col("outcome") == "refused", pl.col("rows_read") > 0, pl.col("withdrawn_at").is_null()
    )
    looked_at = (
        read_file(SourceFile(name, archive.read(sha256)), context)
        for sha256, name in refused.select("submission_id", "file_name").iter_rows()
        if archive.holds(sha256)
    )
    return [reading for reading in looked_at if reading.outcome != "refused"]


def _take_in(folder: DataFolder, path: Path, readings: Sequence[FileReading]) -> list[str]:
    """Pseudonymise and append; the answer lists the submissions to be judged."""
    submissions = staging.table(path, QUALITY__SUBMISSION)
    received = staging.table(path, QUALITY__RECEIVED)
    known = accept.Known(
        submissions, frozenset(received.select("file_name", "submission_id").iter_rows())
    )
    numbers = dict(submissions.select("submission_id", "file_number").iter_rows())
    fresh = [reading for reading in readings if reading.outcome != "duplicate"]
    staging.remove(path, [reading.sha256 for reading in fresh])
    rows = accept.core_rows(folder, fresh)
    staging.add(
        path,
        {
            **rows,
            **accept.registry(readings, known, numbers),
            QUALITY__COVERAGE: accept.coverage(rows, fresh),
        },
    )
    return [reading.sha256 for reading in fresh]


def _anything_accepted(path: Path, fresh: Sequence[str]) -> bool:
    outcomes = staging.table(path, QUALITY__SUBMISSION).filter(
        pl.col("submission_id").is_in(list(fresh))
    )
    return not outcomes.filter(pl.col("outcome").is_in(["loaded", "partly"])).is_empty()
