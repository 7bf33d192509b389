"""Why a file as a whole cannot be read, in words for the clerk who sent it."""

from pipelines.reasons import Reason


class FileRefused(Exception):
    """The file is not understood or not allowed as a file; ``reason`` says why and what to do."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.found}; {reason.expected}")
        self.reason = reason


def refused(
    found: str,
    todo: str,
    *,
    expected: str = "tệp .xlsx, .xls hoặc .csv đọc được",
    sheet: str | None = None,
) -> FileRefused:
    """A refusal to raise, with its reason."""
    return FileRefused(
        Reason(
            sheet=sheet, row=None, column=None, kind="rejected",
            found=found, expected=expected, todo=todo,
        )
    )  # fmt: skip


def broken() -> FileRefused:
    """The refusal of a file whose content ends early or contradicts itself."""
    return refused(
        "tệp bị hỏng hoặc bị cắt cụt, không mở được",
        "Mở tệp bằng Excel, lưu lại (Save As) thành .xlsx rồi nộp lại; nếu Excel cũng không mở "
        "được thì lấy lại bản gốc.",
    )


def locked() -> FileRefused:
    """The refusal of a file that opens only with a password."""
    return refused(
        "tệp được đặt mật khẩu",
        "Mở tệp bằng Excel, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc), lưu rồi nộp lại.",
        expected="tệp không đặt mật khẩu",
    )
