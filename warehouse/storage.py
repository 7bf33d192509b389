"""Disks and folders that cannot be written, told as such: no fault of the build, none of the data."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

_FULL, _CLOSED, _BROKEN = "ổ đĩa đã đầy", "không có quyền ghi", "ổ đĩa lỗi"
_BY_NUMBER = {
    errno.ENOSPC: _FULL,
    errno.EACCES: _CLOSED,
    errno.EPERM: _CLOSED,
    errno.EROFS: _CLOSED,
    errno.ENOENT: "không có thư mục",
    errno.ENOTDIR: "không có thư mục",
    errno.EIO: _BROKEN,
}
_BY_WORDS = {
    "no space left": _FULL,
    "disk is full": _FULL,
    "permission denied": _CLOSED,
    "read-only": _CLOSED,
    "readonly": _CLOSED,
    "unable to open": _CLOSED,
    "disk i/o error": _BROKEN,
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
        why = _why(error)
        if why is None:
            raise
        raise StorageFault(
            f"Không ghi được vào {place} ({why}). Giải phóng ổ đĩa hoặc sửa quyền ghi rồi chạy lại; "
            "bản đang dùng được giữ nguyên."
        ) from error


def _why(error: Exception) -> str | None:
    if isinstance(error, OSError):
        return _BY_NUMBER.get(error.errno or 0)
    text = str(error).lower()
    return next((why for words, why in _BY_WORDS.items() if words in text), None)
