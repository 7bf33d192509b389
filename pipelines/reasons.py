"""What a file, a sheet or a row is told when something in it cannot be used as it stands."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["rejected", "question", "warning"]
FIX_CELL = "Sửa ô này rồi nộp lại tệp; các dòng khác không bị ảnh hưởng."
FIX_CELL_OF_FORM = "Sửa ô này theo biểu gốc rồi nộp lại tệp; các dòng khác không bị ảnh hưởng."
ASK = "Dòng đã được nhập, ô này coi như chưa có; sửa ở lần nộp sau."
ASK_COMMUNE = "Dòng đã được nhập; xã kiểm tra và sửa ô này ở lần nộp sau."


@dataclass(frozen=True, slots=True)
class Reason:
    """One remark for the clerk who sent the file, in Vietnamese.

    ``row`` is the row number the spreadsheet shows (1-based); ``column`` is the header text, or
    the column letter where there is no header. For personal fields ``found`` is the shape of the
    value ("11 chữ số"), never the value.
    """

    sheet: str | None
    row: int | None
    column: str | None
    kind: Kind
    found: str | None
    expected: str
    todo: str


def file_reason(kind: Kind, found: str | None, expected: str, todo: str) -> Reason:
    """A reason that concerns the whole file."""
    return Reason(None, None, None, kind, found, expected, todo)
