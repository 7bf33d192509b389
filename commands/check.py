"""``cli.py check``: what would happen with these files; writes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from charts.numbers import period as period_name
from commands import accept
from commands.beside import Beside
from commands.build_report import NotPublished
from commands.file_report import complain_of_inbox, entries, told
from commands.folder import DataFolder, demo_today, inbox_is_demo, today
from commands.making import judge
from commands.terminal import complain, print_json
from commands.words import in_words
from expectations.waivers import Waiver, WaiverError, load_waivers
from pipelines.inbox import read_answers
from pipelines.read import read_file
from pipelines.reading import FileReading, ReadingContext, SourceFile
from reference.loading import published
from warehouse import staging
from warehouse.builds import RESTRICTED
from warehouse.dim_tables import DIM__PUBLISHED
from warehouse.keys import passing_keys
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION

_MARKS = ("inbox.csv", "waivers.csv", "demo.json")
_WHOLE = ("loaded", "superseded", "duplicate")


def run(files: Sequence[Path], given_today: date | None, as_json: bool) -> int:
    """0 when every file would load whole, else 2."""
    absent = [str(file) for file in files if not file.is_file()]
    if absent:
        complain(f"Không có tệp: {', '.join(absent)}.")
        return 2
    inboxes = dict.fromkeys(_inbox_of(file) for file in files)
    for inbox in inboxes:
        complain_of_inbox(read_answers(inbox).problems)
    try:
        waivers = [waiver for each in inboxes for waiver in load_waivers(each / "waivers.csv")]
        found = _judged(_each_once([_read(file, given_today) for file in files]), waivers)
    except (WaiverError, NotPublished) as refusal:
        complain(str(refusal))
        return 2
    if as_json:
        print_json(found)
    else:
        for entry in found:
            _describe(entry)
    is_whole = all(entry["outcome"] in _WHOLE and not entry["rows_rejected"] for entry in found)
    return 0 if is_whole else 2


def _read(file: Path, given_today: date | None) -> FileReading:
    inbox = _inbox_of(file)
    path = file.relative_to(inbox).as_posix()
    day = given_today or demo_today(inbox) or today()
    context = ReadingContext(today=day, is_demo=inbox_is_demo(inbox))
    return read_file(
        SourceFile(path, file.read_bytes(), read_answers(inbox).by_path.get(path)), context
    )


def _inbox_of(file: Path) -> Path:
    """The nearest folder above that looks like an inbox, else the file's own."""
    for folder in file.parents:
        if any((folder / name).is_file() for name in _MARKS):
            return folder
    return file.parent


def _each_once(readings: Sequence[FileReading]) -> list[FileReading]:
    """A second copy of a file is a duplicate, as in a build."""
    seen = set[str]()
    found = []
    for reading in readings:
        is_copy = reading.sha256 in seen
        seen.add(reading.sha256)
        found.append(replace(reading, outcome="duplicate") if is_copy else reading)
    return found


def _judged(readings: Sequence[FileReading], waivers: Sequence[Waiver]) -> list[dict[str, object]]:
    """What a build of these files alone would say of them, by the reader and by the gate.

    They are judged in a folder that is gone afterwards, under keys that nobody keeps.
    """
    fresh = [reading for reading in readings if reading.outcome != "duplicate"]
    nothing = accept.Known(QUALITY__SUBMISSION.empty(), frozenset())
    with TemporaryDirectory() as place:
        folder = DataFolder(Path(place), is_demo=False, keys=passing_keys())
        path = folder.path / RESTRICTED
        staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
        rows = accept.core_rows(folder, fresh)
        coverage = accept.coverage(rows, fresh)
        staging.add(
            path, {**rows, **accept.registry(readings, nothing, {}), QUALITY__COVERAGE: coverage}
        )
        if rows:
            judge(Beside(None), path, [reading.sha256 for reading in fresh], waivers)
        return entries(path, readings)


def _describe(entry: dict[str, object]) -> None:
    period, status = entry["period"], entry["status"]
    complain(
        f"{entry['path']}: {in_words('outcome', str(entry['outcome']))} – "
        f"{in_words('form', str(entry['form']))}, đơn vị {entry['unit_code'] or '?'}, "
        f"kỳ {period_name(str(period), 'vi') if period else '?'}, "
        f"{in_words('status', str(status)) if status else '?'}; đọc {entry['rows_read']} dòng, "
        f"nạp {entry['rows_loaded']}, trả lại {entry['rows_rejected']}, "
        f"không phải số liệu {entry['rows_not_data']}."
    )
    for reason in entry["reasons"]:  # type: ignore[attr-defined]
        complain(f"  [{in_words('kind', reason['kind'])}] {told(reason)}")
