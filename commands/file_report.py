"""What is said of files after reading and judging: one entry a file, and every reason in one line."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from commands.folder import PLACE
from commands.terminal import complain
from pipelines.reading import FileReading
from pipelines.reasons import Reason, file_reason
from warehouse import staging

_SHOWN = 3
_TOLD = ("sheet", "row", "column", "kind", "found", "expected", "todo")


def told(reason: Mapping[str, object]) -> str:
    """Where, what was found, what was expected and what to do, in Vietnamese."""
    words = (("sheet", "trang"), ("row", "dòng"), ("column", "cột"))
    place = " ".join(f"{word} {reason[name]}" for name, word in words if reason[name])
    found = f"gặp {reason['found'] or 'ô trống'}; cần {reason['expected']}. {reason['todo']}"
    return f"{place}: {found}" if place else found


def only_bad_files(
    readings: Sequence[FileReading], reasons: Mapping[str, Sequence[Mapping[str, object]]]
) -> str:
    """Why nothing was published: what sent each file back, by the reader or by the gate."""
    lines = ["Không có tệp nào nạp được; chưa công bố gì mới."]
    for reading in readings:
        all_told = reasons.get(reading.sha256, [])
        decisive = [each for each in all_told if each["kind"] == "rejected"] or all_told
        lines += [f"{reading.path}: {told(each)}" for each in decisive[:_SHOWN]]
        if len(decisive) > _SHOWN:
            lines.append(f"{reading.path}: và {len(decisive) - _SHOWN} lý do khác.")
    return "\n".join(lines)


def entries(path: Path, readings: Sequence[FileReading]) -> list[dict[str, object]]:
    """One entry a file not seen before, with its final outcome."""
    stored = {row["submission_id"]: row for row in staging.submissions(path).iter_rows(named=True)}
    reasons = staging.reasons_by_submission(path)
    found = []
    for reading in readings:
        row = stored[reading.sha256]
        outcome = row["outcome"]
        if reading.outcome == "duplicate":
            outcome = "duplicate"
        elif row["is_superseded"]:
            outcome = "superseded"
        counts = {
            name: row[name]
            for name in ("rows_read", "rows_loaded", "rows_rejected", "rows_not_data")
        }
        found.append(
            {
                "path": reading.path,
                "sha256": reading.sha256,
                **{name: row[name] for name in ("form", "unit_code", "period", "status")},
                "outcome": outcome,
                **counts,
                "reasons": [
                    {name: reason[name] for name in _TOLD}
                    for reason in (*_withdrawn(row), *reasons.get(reading.sha256, []))
                ],
            }
        )
    return found


def complain_of_inbox(problems: Sequence[Reason]) -> None:
    """Lines of ``inbox.csv`` that were not used, and files that could not be opened."""
    for problem in problems:
        where = f"{problem.sheet}, dòng {problem.row}" if problem.row else problem.sheet
        complain(f"{where}: {problem.found}; cần {problem.expected}. {problem.todo}")


def _withdrawn(submission: Mapping[str, Any]) -> list[dict[str, object]]:
    """A copy of a file that was withdrawn does not bring it back: its sender must know."""
    at = submission["withdrawn_at"]
    if at is None:
        return []
    reason = file_reason(
        "warning",
        f"tệp đã được rút ngày {at.astimezone(PLACE):%d/%m/%Y}",
        "tệp chưa bị rút",
        "Tệp này không được tính. Nếu vẫn đúng: mở, lưu lại thành tệp mới rồi nộp lại.",
    )
    return [asdict(reason)]
