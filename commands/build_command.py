"""``cli.py build``: exit code, messages and the JSON line around a build."""

import time
from collections import Counter
from dataclasses import asdict
from datetime import date
from pathlib import Path

from commands.build import build
from commands.build_report import BuildReport, NotPublished
from commands.folder import FolderError, demo_today, open_for_inbox, today
from commands.terminal import complain, print_json, progress_bars
from commands.words import in_words
from expectations.waivers import WaiverError
from warehouse.builds import BuildLocked, current_build
from warehouse.keys import KeyFileError
from warehouse.storage import StorageFault

_REFUSALS = (NotPublished, BuildLocked, StorageFault, FolderError, KeyFileError, WaiverError)


def run(data: Path, inbox: Path, given_today: date | None, as_json: bool) -> int:
    """0 when a build was published, 2 when nothing was (the old one stays served)."""
    if not inbox.is_dir():
        complain(f"Không có thư mục {inbox}.")
        return 2
    started = time.monotonic()
    try:
        folder = open_for_inbox(data, inbox)
        if folder.is_demo:
            complain(
                "DỮ LIỆU MÔ PHỎNG: dùng khóa công khai của bản mô phỏng, không dùng cho dữ liệu thật."
            )
        with progress_bars() as bars:
            report = build(folder, inbox, given_today or demo_today(inbox) or today(), bars)
    except _REFUSALS as refusal:
        complain(str(refusal))
        if as_json:
            fault = refusal if isinstance(refusal, NotPublished) else NotPublished(str(refusal))
            print_json(asdict(_nothing(data, fault, time.monotonic() - started)))
        return 2
    if as_json:
        print_json(asdict(report))
    else:
        outcomes = Counter(str(entry["outcome"]) for entry in report.files)
        counted = ", ".join(
            f"{count} {in_words('outcome', outcome)}" for outcome, count in outcomes.most_common()
        )
        new = f"{len(report.files)} tệp mới: {counted}" if report.files else "không có tệp mới"
        complain(f"Đã công bố bản {report.build_id} ({new}).")
    return 0


def _nothing(data: Path, fault: NotPublished, seconds: float) -> BuildReport:
    """What is said where nothing was published: ``build_id`` is the build that stays served, if there is one."""
    served = current_build(data)
    build_id = served.build_id if served else None
    return BuildReport(build_id, False, round(seconds, 2), fault.files, fault.checks)
