"""Writes one commune's review list: clean, with faults that can be repaired, or sent back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np

from demo import dirt, refusals
from demo.fates import FileTruth, Outcome, RowTruth, row_truths
from demo.geography import ERA_OF_YEAR
from demo.late_corrections import as_first_sent
from demo.layouts_review import review_book
from demo.list_plan import Options, ReviewTask, older_places
from demo.lists import corrected_decision, later_decision, look, review_list
from demo.province import Province
from demo.randomness import stream
from demo.review_list import ReviewList
from demo.sheets import Book
from demo.workbook import book_bytes, write_bytes

SLIPPED_ROWS = 12
"""Rows of the second commune in a file of two."""


def readable_list(to: Path, province: Province, task: ReviewTask) -> list[FileTruth]:
    """A list whose every true answer can be read; the same file again where it is sent twice."""
    listed = _listed(province, task)
    if task.spoiled == "subtotals":
        listed = replace(listed, subtotals=True)
    if task.spoiled == "older_era":
        places = older_places(task.year, task.code) or {}
        listed = replace(
            listed,
            layout="template",
            words="codes",
            older_places=[places[home] for home in listed.rows["home"]],
        )
    book = review_book(listed, task.path)
    faults: dict[tuple[str, int], str] = {}
    if task.spoiled in dirt.CSV_KINDS:
        book.file_type = "csv"
    if task.spoiled:
        faults = dirt.spoil(task.spoiled, _rng(province, task), book)
    content = book_bytes(book)
    write_bytes(to, task.path, content)
    rows = row_truths(book, faults=faults)
    truths = [_truth(task, task.path, "partly" if faults else "loaded", rows)]
    if task.later_path:
        write_bytes(to, task.later_path, content)
        truths.append(_truth(task, task.later_path, "duplicate", []))
    return truths


def refused_list(
    to: Path, options: Options, province: Province, task: ReviewTask, fault: refusals.Kind
) -> list[FileTruth]:
    """A list that goes back to its commune, whole or some rows, and the one sent later."""
    rng = _rng(province, task)
    listed = _listed(province, task)
    if task.partner:
        other = review_list(
            province, task.year, task.partner, look(province.seed, task.year, task.partner)
        )
        count = min(SLIPPED_ROWS, other.rows.height)
        listed = listed.followed_by(other.only(range(count)))
    book = review_book(listed, task.path)
    truths = [_sent_back(to, rng, task, fault, book)]
    if options.corrections and task.later_path:
        decision = corrected_decision(province.seed, task.year, task.code)
        truths.append(_correction(to, province, task, task.later_path, decision))
    return truths


def later_corrected_list(
    to: Path, province: Province, task: ReviewTask, day: date
) -> list[FileTruth]:
    """A list with households in the wrong class, and the one that was decided anew on ``day``."""
    listed, wrong = as_first_sent(_listed(province, task), province.seed, task.wrong)
    book = review_book(listed, task.path)
    write_bytes(to, task.path, book_bytes(book))
    rows = [
        row._replace(dirt="wrong_class" if row.row_id in wrong else row.dirt)
        for row in row_truths(book)
    ]
    first = _truth(task, task.path, "loaded", rows, dirt_kind="wrong_class")
    if not task.later_path:
        raise ValueError(f"the list of {task.code} is corrected, and no path takes the correction")
    number = later_decision(province.seed, task.year, task.code)
    return [first, _correction(to, province, task, task.later_path, (number, day))]


def _sent_back(
    to: Path, rng: np.random.Generator, task: ReviewTask, fault: refusals.Kind, book: Book
) -> FileTruth:
    faults: dict[tuple[str, int], str] = {}
    if fault in refusals.ROW_KINDS:
        faults = refusals.spoil_rows(fault, rng, book)
    if fault == "unknown_commune" and all("commune" in sheet.columns for sheet in book.sheets):
        # each row of the template names its commune, so each row is sent back, not the file
        faults = {(sheet.name, index): fault for sheet in book.sheets for index in sheet.data}
    if fault == "future_year":
        refusals.set_future_year(book, task.year)
    content = book_bytes(book)
    if fault in refusals.BYTE_KINDS:
        content = refusals.spoiled_bytes(fault, rng, content)
    write_bytes(to, task.path, content)
    all_rows = sum(len(sheet.data) for sheet in book.sheets)
    if faults and len(faults) < all_rows:
        return _truth(task, task.path, "partly", row_truths(book, faults=faults))
    if faults:
        # a file without one usable row is refused as a whole, each row with its own reason
        return _truth(task, task.path, "refused", row_truths(book, faults=faults))
    return _truth(task, task.path, "refused", row_truths(book, "in_refused_file"))


def _correction(
    to: Path, province: Province, task: ReviewTask, path: str, decision: tuple[str, date] | None
) -> FileTruth:
    looks = replace(look(province.seed, task.year, task.code), decision=decision)
    listed = review_list(province, task.year, task.code, looks)
    book = review_book(replace(listed, version=2), path)
    write_bytes(to, path, book_bytes(book))
    return _truth(task, path, "loaded", row_truths(book), dirt_kind="correction")


def _listed(province: Province, task: ReviewTask) -> ReviewList:
    looks = look(province.seed, task.year, task.code)
    return review_list(province, task.year, task.code, looks, task.sender)


def _rng(province: Province, task: ReviewTask) -> np.random.Generator:
    return stream(province.seed, "spoil", task.year, int(task.code))


def _truth(
    task: ReviewTask,
    path: str,
    outcome: Outcome,
    rows: list[RowTruth],
    dirt_kind: str | None = None,
) -> FileTruth:
    return FileTruth(
        path=path,
        form="review_list",
        era=ERA_OF_YEAR[task.year],
        unit_code=task.code,
        period=str(task.year),
        status="preliminary" if task.year == 2026 else "official",
        outcome=outcome,
        dirt=dirt_kind or task.refused or task.spoiled,
        rows=rows,
    )
