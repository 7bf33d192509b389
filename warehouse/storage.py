"""Disks and folders that cannot be written, told as such: no fault of the build, none of the data."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

_FULL, _CLOSED, _BROKEN = "ổ đĩa đã đầy", "không có quyền ghi", "ổ đĩa lỗi"
_BY_NUMBER = {errno.ENOSPC: _FULL, errno.EIO: _BROKEN}
_BY_NUMBER_THERE = {
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.ENOENT: "không có thư mục",
    errno.ENOTDIR: "không có thư mục",
}
"""Faults of the place only where they name a path that lies there: else they are ours."""
_BY_WORDS = {
    "no space left": _FULL,
    "disk is full": _FULL,
    "disk i/o error": _BROKEN,
}
_BY_WORDS_THERE = {
    "permission denied": _CLOSED,
    "read-only": _CLOSED,
    "readonly": _CLOSED,
    "unable to open": _CLOSED,
}


class StorageFault(Exception):
    """A folder that cannot be written or a full disk; says which, in Vietnamese."""


@contextmanager
def storage_faults(place: Path) -> Iterator[None]:
    """What fails inside because ``place`` cannot be written is a :class:`StorageFault`; the rest stays as it is."""
    # readers, who write nothing, need no vault
    from warehouse.vault import VaultError  # noqa: PLC0415

    try:
        yield
    except (OSError, VaultError, duckdb.Error) as error:
        why = _why(error, place)
        if why is None:
            raise
        raise StorageFault(
            f"Không ghi được vào {place} ({why}). Giải phóng ổ đĩa hoặc sửa quyền ghi rồi chạy lại; "
            "bản đang dùng được giữ nguyên."
        ) from error


def _why(error: Exception, place: Path) -> str | None:
    if isinstance(error, OSError):
        number = error.errno or 0
        is_there = error.filename is not None and _lies_in(Path(error.filename), place)
        return _BY_NUMBER.get(number) or (_BY_NUMBER_THERE.get(number) if is_there else None)
    text = str(error).lower()
    is_there = not isinstance(error, duckdb.Error) or str(place).lower() in text
    known = _BY_WORDS | (_BY_WORDS_THERE if is_there else {})
    return next((why for words, why in known.items() if words in text), None)


def _lies_in(path: Path, place: Path) -> bool:
    """Whether ``path`` is ``place``, below it or a folder above it, which would have to be made."""
    path, place = path.absolute(), place.absolute()
    return path.is_relative_to(place) or place.is_relative_to(path)
