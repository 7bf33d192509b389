"""``inbox.csv``: what a file does not say itself, answered beside the files."""

import csv
import io
from pathlib import Path

from demo.fates import FileTruth
from demo.folder import ANSWERS_FILE

FIELDS = ("path", "form", "unit_code", "period", "status")


def write_answers(to: Path, files: list[FileTruth]) -> None:
    """Answer for the system's exports, which name neither their commune nor a decision."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for truth in files:
        if truth.form == "export":
            writer.writerow([getattr(truth, field) for field in FIELDS])
    (to / ANSWERS_FILE).write_text(text.getvalue(), encoding="utf-8")
