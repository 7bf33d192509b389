"""``cli.py check``: what would happen with these files; writes nothing."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from commands.file_report import told
from commands.folder import demo_today, inbox_is_demo, today
from commands.terminal import complain, print_json
from pipelines.inbox import read_answers
from pipelines.read import read_file
from pipelines.reading import FileReading, ReadingContext, SourceFile


def run(files: Sequence[Path], given_today: date | None, as_json: bool) -> int:
    """0 when every file would load whole, else 2."""
    absent = [str(file) for file in files if not file.is_file()]
    if absent:
        complain(f"Không có tệp: {', '.join(absent)}.")
        return 2
    readings = [_read(file, given_today) for file in files]
    if as_json:
        print_json([_entry(reading) for reading in readings])
    else:
        for reading in readings:
            _describe(reading)
    return 0 if all(reading.outcome == "loaded" for reading in readings) else 2


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
        if (folder / "inbox.csv").is_file() or (folder / "demo.json").is_file():
            return folder
    return file.parent


def _entry(reading: FileReading) -> dict[str, object]:
    facts = ("path", "sha256", "form", "unit_code", "period", "status", "outcome")
    counts = ("rows_read", "rows_loaded", "rows_rejected", "rows_not_data")
    entry = {name: getattr(reading, name) for name in (*facts, *counts)}
    return entry | {"reasons": [asdict(reason) for reason in reading.reasons]}


def _describe(reading: FileReading) -> None:
    complain(
        f"{reading.path}: {reading.outcome} — {reading.form}, đơn vị {reading.unit_code or '?'}, "
        f"kỳ {reading.period or '?'}, {reading.status or '?'}; đọc {reading.rows_read} dòng, nạp "
        f"{reading.rows_loaded}, trả lại {reading.rows_rejected}, không phải số liệu {reading.rows_not_data}."
    )
    for reason in reading.reasons:
        complain(f"  [{reason.kind}] {told(asdict(reason))}")
