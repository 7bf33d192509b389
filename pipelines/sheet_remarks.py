"""What is said of whole sheets: hidden ones, formulas without a result, columns that were not read."""

from collections.abc import Sequence
from functools import lru_cache

from pipelines.header_stacks import stacks
from pipelines.layout import SheetTable
from pipelines.numbering import NUMBERING_CELL, TextRow
from pipelines.reasons import Reason
from pipelines.text import fold
from reference.loading import form_layout, row_words

_LONGEST = 60


def on_sheets(tables: Sequence[SheetTable]) -> list[Reason]:
    """Remarks on hidden sheets, on formula cells without a result and on columns left out."""
    on_formulas = [
        Reason(table.name, blank.row, blank.column, "question", "công thức không có kết quả",
               "giá trị của ô", "Mở bằng Excel, tính lại và lưu, hoặc gõ giá trị vào ô.")
        for table in tables
        for blank in table.formula_blanks
    ]  # fmt: skip
    return [*on_hidden_sheets(tables), *on_formulas, *_on_unread_columns(tables)]


def on_hidden_sheets(tables: Sequence[SheetTable]) -> list[Reason]:
    """One warning a hidden sheet with data: what it says counts, and the sender does not see it."""
    return [
        Reason(table.name, None, None, "warning", "trang tính ẩn có dữ liệu", "trang tính hiện",
               "Kiểm tra trang tính ẩn; nếu không thuộc danh sách thì xoá rồi nộp lại.")
        for table in tables
        if table.is_hidden and table.height
    ]  # fmt: skip


def _on_unread_columns(tables: Sequence[SheetTable]) -> list[Reason]:
    """One warning a sheet with headed, filled columns that were not read."""
    return [
        Reason(table.name, None, None, "warning", "cột chưa được đọc: " + "; ".join(names),
               f"các cột của biểu {form_layout(table.header.form).label_vi}",
               "Nếu cột cần được nhập thì ghi tên cột như mẫu rồi nộp lại; nếu không thì không phải "
               "làm gì.")
        for table in tables
        if table.header and (names := _unread(table))
    ]  # fmt: skip


def _unread(table: SheetTable) -> list[str]:
    read = {heading.index for heading in table.columns.values()}
    return [
        f"“{name}”"
        for place, name in enumerate(_names(table.head))
        if name
        and place not in read
        and any(table.body[f"c{place}"])
        and fold(name) not in row_words()["computed_column"]
    ]


@lru_cache(maxsize=1_024)
def _names(head: tuple[TextRow, ...]) -> tuple[str | None, ...]:
    """The lowest header cell of each column itself up to a colon (a name may follow); None without one, or with a
    number only."""
    return tuple(
        next(
            (
                " ".join(cell.text.partition(":")[0].split())[:_LONGEST]
                for cell in reversed(stack)
                if cell.is_own and not NUMBERING_CELL.fullmatch(cell.text)
            ),
            None,
        )
        for stack in stacks(head)
    )
