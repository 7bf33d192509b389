"""``build``: archive and inbox in, one published build out, or nothing changed."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path

import polars as pl

from commands import accept
from commands.beside import Beside, working_beside
from commands.build_report import VERDICTS, BuildReport, NotPublished
from commands.file_report import complain_of_inbox, entries, only_bad_files
from commands.folder import DataFolder
from commands.formulas import fingerprint
from expectations.verdict import GateResult, together
from expectations.waivers import Waiver, load_waivers
from pipelines.inbox import read_answers
from pipelines.ingest import read_inbox
from pipelines.read import read_file
from pipelines.reading import FileReading, InboxAnswer, ReadingContext, SourceFile
from reference.loading import published
from warehouse import engine, staging
from warehouse.builds import PUBLIC, RESTRICTED, Build, build_id_of, building, publish
from warehouse.contract import CONTRACT_VERSION
from warehouse.differences import differences
from warehouse.dim_tables import DIM__PUBLISHED
from warehouse.publication import write_public
from warehouse.quality_tables import (
    QUALITY__BUILD,
    QUALITY__CHECK,
    QUALITY__COVERAGE,
    QUALITY__DIFFERENCE,
    QUALITY__REASON,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)

Progress = Callable[[str, int, int], None]


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
    with building(folder.path, wait_seconds) as unfinished, working_beside() as beside:
        previous = folder.served
        path = unfinished / RESTRICTED
        if previous:
            beside.load()
        staging.begin(path, previous, published().select(*DIM__PUBLISHED.columns))
        readings = accept.keep_files(folder, inbox, _read(folder, inbox, path, today, progress))
        # The files of a first build keep every core busy until now.
        beside.load()
        fresh = _take_in(folder, path, readings)
        readings = [replace(reading, tables={}) for reading in readings]
        judge(beside, path, fresh, load_waivers(inbox / "waivers.csv"))
        if fresh and not _anything_accepted(path, fresh):
            why = only_bad_files(readings, staging.reasons_by_submission(path))
            raise NotPublished(why, entries(path, readings), _counted(path))
        try:
            built, checks = finish(beside, folder, unfinished, previous, today, progress)
        except NotPublished as fault:
            raise NotPublished(str(fault), entries(path, readings), _counted(path)) from fault
        files = entries(built.restricted, readings)
    return BuildReport(built.build_id, True, round(time.monotonic() - started, 2), files, checks)


def withdraw(
    folder: DataFolder, submission_id: str, reason: str, today: date, progress: Progress
) -> Build:
    """Publish a build in which one submission no longer counts.

    Raises:
        LookupError: no such submission in the served build.
    """
    with building(folder.path, wait_seconds=600) as unfinished, working_beside() as beside:
        previous = folder.served
        beside.load()
        path = unfinished / RESTRICTED
        staging.begin(path, previous, published().select(*DIM__PUBLISHED.columns))
        known = staging.table(path, QUALITY__SUBMISSION)
        if submission_id not in known["submission_id"]:
            raise LookupError(f"Không có tệp nào mang mã SHA-256 {submission_id}.")
        staging.withdraw(path, submission_id, reason, datetime.now(UTC))
        judge(beside, path, (), ())
        built, _checks = finish(beside, folder, unfinished, previous, today, progress)
    return built


def finish(
    beside: Beside,
    folder: DataFolder,
    unfinished: Path,
    previous: Build | None,
    today: date,
    progress: Progress,
) -> tuple[Build, dict[str, int]]:
    """Figures, second gate, public file, pointer. The staging file in ``unfinished`` becomes the build.

    Raises:
        NotPublished: the build or its results fail a blocking check.
    """
    figures(beside, folder, unfinished, previous, today, progress)
    checks = _counted(unfinished / RESTRICTED)
    return publish(folder.path, unfinished), checks


def _counted(path: Path) -> dict[str, int]:
    verdicts = staging.table(path, QUALITY__CHECK)["verdict"].to_list()
    return {verdict: verdicts.count(verdict) for verdict in VERDICTS}


def figures(
    beside: Beside,
    folder: DataFolder,
    unfinished: Path,
    previous: Build | None,
    today: date,
    progress: Progress,
    known_until: date | None = None,
) -> None:
    """Figures, second gate and public file of the staging file in ``unfinished``, which nobody sees yet.

    Raises:
        NotPublished: the build or its results fail a blocking check.
    """
    from commands.compute import compute

    path = unfinished / RESTRICTED
    progress("Tính các chỉ tiêu", 0, 1)
    formulas = fingerprint()
    with beside.build(path) as judged:
        try:
            compute(beside, folder, path, previous, formulas, today)
        finally:
            # What cannot be computed of a faulty build is told by its faults.
            _stop_if_blocked(path, judged())
    facts = {
        "build_id": build_id_of(unfinished),
        "previous_build_id": previous.build_id if previous else None,
        "built_at": datetime.now(UTC),
        "today": today,
        "known_until": known_until,
        "contract_version": CONTRACT_VERSION,
        "formulas": formulas,
        "is_demo": folder.is_demo,
    }
    with engine.writing(path) as connection:
        engine.create(connection, QUALITY__BUILD, pl.DataFrame([facts]))
        changed = differences(connection, previous)
        engine.create(connection, QUALITY__DIFFERENCE, changed)
    with beside.figures(path) as judged:
        write_public(path, unfinished / PUBLIC, previous)
        silence = beside.public(unfinished / PUBLIC)
        _stop_if_blocked(path, together([judged(), silence()]))


def _load_figures() -> None:
    """Ibis and scipy take a second to load: they come while the first gate judges."""
    import_module("commands.compute")


def _read(
    folder: DataFolder, inbox: Path, path: Path, today: date, progress: Progress
) -> list[FileReading]:
    """Files of the inbox not seen before, and those of the archive that must be read again."""
    context = ReadingContext(today=today, is_demo=folder.is_demo)
    answers = read_answers(inbox).by_path
    again = _to_read_again(path, inbox, answers)
    submitted = staging.table(path, QUALITY__SUBMISSION).join(again, on="submission_id", how="anti")
    seen = set(
        staging.table(path, QUALITY__RECEIVED).select("file_name", "submission_id").iter_rows()
    )
    refused = set(submitted.filter(outcome="refused")["submission_id"])
    found = read_inbox(
        inbox,
        set(submitted["submission_id"]) - refused,
        context,
        lambda done, total: progress("Đọc tệp", done, total),
        {(name, sha256) for name, sha256 in seen if sha256 in refused},
    )
    complain_of_inbox(found.problems)
    readings = [
        _still(reading, refused)
        for reading in found.files
        if (reading.path, reading.sha256) not in seen or reading.sha256 in again["submission_id"]
    ]
    present = {reading.sha256 for reading in readings}
    archive = folder.archive()
    for sha256, name in again.select("submission_id", "file_name").iter_rows():
        if sha256 not in present and archive.holds(sha256):
            source = SourceFile(name, archive.read(sha256), answers.get(name))
            readings.append(read_file(source, context))
    return readings


def _still(reading: FileReading, refused: set[str]) -> FileReading:
    """A file that is refused under another name too is a copy, and says why once more."""
    if reading.outcome == "refused" and reading.sha256 in refused:
        return replace(reading, outcome="duplicate", tables={})
    return reading


def _to_read_again(path: Path, inbox: Path, answers: Mapping[str, InboxAnswer]) -> pl.DataFrame:
    """Submissions read under an older contract, refused ones that were answered, held ones with a waiver."""
    waived = [waiver.submission_id for waiver in load_waivers(inbox / "waivers.csv")]
    return staging.table(path, QUALITY__SUBMISSION).filter(
        (pl.col("contract_version") < CONTRACT_VERSION)
        | ((pl.col("outcome") == "refused") & pl.col("file_name").is_in(list(answers)))
        | ((pl.col("outcome") == "held") & pl.col("submission_id").is_in(waived))
    )


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


def judge(beside: Beside, path: Path, fresh: Sequence[str], waivers: Sequence[Waiver]) -> None:
    """First gate: hold back what fails a blocking check, keep the questions."""
    with engine.writing(path) as connection:
        engine.create(connection, QUALITY__CHECK, QUALITY__CHECK.empty())
    asked = beside.submissions(path, fresh, waivers)
    if beside.is_apart:
        _load_figures()
    verdict = asked()
    _stop_if(verdict, verdict.unproven)
    held = [reason for reasons in verdict.held.values() for reason in reasons]
    staging.hold(path, list(verdict.held), pl.DataFrame(held, schema=QUALITY__REASON.schema))
    staging.record(path, verdict.questions, verdict.checks)


def _stop_if_blocked(path: Path, result: GateResult) -> None:
    staging.record(path, result.questions.drop_nulls("submission_id"), result.checks)
    _stop_if(result, [*result.faults, *result.unproven])


def _stop_if(result: GateResult, check_ids: Sequence[str]) -> None:
    if check_ids:
        titles = "; ".join(result.checks.filter(pl.col("check_id").is_in(check_ids))["title_vi"])
        raise NotPublished(
            f"Bản dựng không đạt kiểm tra bắt buộc: {titles}. Bản đang dùng được giữ nguyên."
        )


def _anything_accepted(path: Path, fresh: Sequence[str]) -> bool:
    outcomes = staging.table(path, QUALITY__SUBMISSION).filter(
        pl.col("submission_id").is_in(list(fresh))
    )
    return not outcomes.filter(pl.col("outcome").is_in(["loaded", "partly"])).is_empty()
