"""The folder that files arrive in: what is a file of a commune there, and what ``inbox.csv`` says."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipelines.coded_values import meaning
from pipelines.delimited import read_delimited
from pipelines.file_refusal import FileRefused
from pipelines.headings import heading_key
from pipelines.period import period_of
from pipelines.reading import InboxAnswer
from pipelines.reasons import Reason
from pipelines.text import collapse_spaces, fold, to_nfc
from reference.loading import FORMS, value_words

ANSWERS_FILE = "inbox.csv"
_OUR_OWN = frozenset({"demo.json", ANSWERS_FILE, "waivers.csv", "thumbs.db", "desktop.ini"})
_OUR_FOLDERS = frozenset({"_truth"})
_COLUMNS = ("path", "form", "unit_code", "period", "status")


@dataclass(frozen=True, slots=True)
class Answers:
    """The lines of ``inbox.csv`` by path, and what is wrong with lines that were not used."""

    by_path: dict[str, InboxAnswer]
    problems: tuple[Reason, ...]


def list_files(folder: Path) -> list[str]:
    """Paths (relative, forward slashes) of the files to read, in a stable order.

    Left out: our own files, hidden files and folders, lock files of an open workbook ("~$…"), the
    demo's true answers, and symbolic links. A folder below that cannot be listed stands there by its
    own path: who opens it is told why.
    """
    return sorted(_walk(folder, PurePosixPath()), key=lambda path: path.split("/"))


def read_answers(folder: Path) -> Answers:
    """The answers of ``inbox.csv`` (columns path, form, unit_code, period, status), if it is there."""
    path = folder / ANSWERS_FILE
    if not path.is_file():
        return Answers({}, ())
    try:
        header, *records = read_delimited(path.read_bytes()) or [[]]
    except FileRefused as refusal:
        return Answers({}, (refusal.reason,))
    places = {heading_key(name).replace(" ", "_"): place for place, name in enumerate(header)}
    if "path" not in places:
        return Answers({}, (_problem(1, ",".join(header), "cột path, form, unit_code, period, "
                                     "status"),))  # fmt: skip
    answers, problems = dict[str, InboxAnswer](), list[Reason]()
    for number, record in enumerate(records, start=2):
        cells = {name: _cell(record, places.get(name)) for name in _COLUMNS}
        problem = _check(number, cells)
        if problem:
            problems.append(problem)
        elif cells["path"]:
            values = {name: cells[name] for name in _COLUMNS if name != "path"}
            values["status"] = _status(cells["status"])
            answers[_path_key(cells["path"])] = InboxAnswer(**values)
    paths = {path: answers.get(_path_key(path)) for path in list_files(folder)}
    found = {path: answer for path, answer in paths.items() if answer}
    return Answers(answers | found, tuple(problems))


def _walk(folder: Path, below: PurePosixPath) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "~$")) or entry.is_symlink():
                continue
            if entry.is_dir():
                if entry.name not in _OUR_FOLDERS:
                    try:
                        yield from _walk(Path(entry.path), below / entry.name)
                    except PermissionError:
                        yield str(below / entry.name)
            elif entry.name.lower() not in _OUR_OWN:
                yield str(below / entry.name)


def _cell(record: list[str], place: int | None) -> str | None:
    text = collapse_spaces(record[place]) if place is not None and place < len(record) else ""
    return text or None


def _check(number: int, cells: dict[str, str | None]) -> Reason | None:
    if cells["path"] is None and any(cells.values()):
        return _problem(number, "ô path trống", "đường dẫn của tệp trong thư mục nhận")
    form, period, status = cells["form"], cells["period"], cells["status"]
    if form and form not in FORMS:
        return _problem(number, f"form “{form}”", " hoặc ".join(FORMS))
    if period and period_of(period) is None:
        return _problem(
            number, f"period “{period}”", "năm (2024), nửa năm (2025-H1) hoặc tháng (2025-08)"
        )
    if status and _status(status) is None:
        words = (f"{code} ({told[0]})" for code, told in value_words()["status"].words.items())
        return _problem(number, f"status “{status}”", " hoặc ".join(words))
    return None


def _status(text: str | None) -> str | None:
    """The status that a cell names, by its code or in Vietnamese."""
    told = fold(text or "")
    return told if told in value_words()["status"].words else meaning("status", told)[0]


def _path_key(path: str) -> str:
    """A path as one compares it: forward slashes, composed letters."""
    return to_nfc(path.replace("\\", "/").removeprefix("./"))


def _problem(row: int, found: str, expected: str) -> Reason:
    return Reason(ANSWERS_FILE, row, None, "question", found, expected,
                  "Sửa dòng này trong inbox.csv; dòng chưa được dùng.")  # fmt: skip
