"""Waivers: who lets which submission pass which blocking check, and why."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path


class WaiverError(ValueError):
    """The file of waivers cannot be used; the message says where and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Waiver:
    """One submission may pass one check; ``name`` answers for it with ``reason``."""

    check_id: str
    submission_id: str
    name: str
    reason: str

    def __post_init__(self) -> None:
        """Refuse a waiver that nobody answers for.

        Raises:
            WaiverError: a field is empty.
        """
        empty = [field.name for field in fields(self) if not getattr(self, field.name).strip()]
        if empty:
            raise WaiverError(
                f"Miễn trừ thiếu {', '.join(empty)}: mỗi miễn trừ phải có mã kiểm tra, mã tệp, "
                "họ tên người cho qua và lý do."
            )


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers in a CSV with the columns of :class:`Waiver`; none when the file is absent.

    Raises:
        WaiverError: not UTF-8, or a column or a field is missing.
    """
    if not path.exists():
        return ()
    names = [field.name for field in fields(Waiver)]
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(_lines(path, file))
        missing = set(names) - set(reader.fieldnames or ())
        if missing:
            raise WaiverError(f"Tệp {path.name} thiếu cột {', '.join(sorted(missing))}.")
        return tuple(_waiver(path, reader.line_num, row, names) for row in reader)


def _lines(path: Path, file: Iterable[str]) -> Iterator[str]:
    try:
        yield from file
    except UnicodeDecodeError:
        raise WaiverError(
            f"Tệp {path.name} không phải UTF-8: trong Excel chọn Lưu dưới dạng “CSV UTF-8” rồi chạy lại."
        ) from None


def _waiver(path: Path, line: int, row: dict[str, str | None], names: list[str]) -> Waiver:
    try:
        return Waiver(**{name: (row[name] or "").strip() for name in names})
    except WaiverError as error:
        raise WaiverError(f"Tệp {path.name}, dòng {line}: {error}") from None
