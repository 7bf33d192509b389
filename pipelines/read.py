"""One file, or many at once, from bytes to rows of the contract."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines import in_year, person_list, review_list, summary
from pipelines.batch import Batch, OpenFile, TidyFile
from pipelines.file_refusal import FileRefused
from pipelines.layout import SheetTable, cut_sheet
from pipelines.reading import (
    FileReading,
    Form,
    InboxAnswer,
    ReadingContext,
    SourceFile,
)
from pipelines.reasons import Reason
from pipelines.title import NotIdentified, file_reason, identify
from pipelines.workbook import open_workbook
from reference.loading import FORMS, form_layout

__all__ = ["FileReading", "InboxAnswer", "ReadingContext", "SourceFile", "read_file", "read_files"]

_TIDY: Mapping[str, Callable[[Batch], list[TidyFile]]] = {
    "review_list": review_list.tidy,
    "person_list": person_list.tidy,
    "export": review_list.tidy,
    "in_year": in_year.tidy,
    "summary": summary.tidy,
}


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file with its form and unit known, and what was counted and said so far."""

    reading: FileReading
    file: OpenFile
    other_rows: int
    other_reasons: tuple[Reason, ...]


def read_file(source: SourceFile, context: ReadingContext) -> FileReading:
    """Read one file: a pure function of its bytes, the reference data and the answers for it."""
    return read_files([source], context)[0]


def read_files(sources: Sequence[SourceFile], context: ReadingContext) -> list[FileReading]:
    """Read many files at once, in their order; each result is that of :func:`read_file`."""
    found: list[FileReading | _Opened] = [_open(source, context) for source in sources]
    for form in FORMS:
        places = [
            place
            for place, each in enumerate(found)
            if isinstance(each, _Opened) and each.reading.form == form
        ]
        opened = [each for place in places if isinstance(each := found[place], _Opened)]
        if opened:
            tidied = _TIDY[form](Batch([each.file for each in opened], context))
            for place, each, tidy in zip(places, opened, tidied, strict=True):
                found[place] = _finish(each, tidy)
    return [each for each in found if isinstance(each, FileReading)]


def _open(source: SourceFile, context: ReadingContext) -> FileReading | _Opened:
    reading = FileReading(source.path, hashlib.sha256(source.content).hexdigest(), "refused")
    try:
        sheets = open_workbook(source.content, source.path, context.limits)
    except FileRefused as refusal:
        return replace(reading, reasons=(refusal.reason,))
    tables = [cut_sheet(sheet) for sheet in sheets if sheet.rows.height]
    rows_read = sum(table.head_count + table.body.height for table in tables)
    form, main = _form(tables, source.answers)
    not_data = sum(table.head_count for table in tables)
    reading = replace(
        reading,
        form=form,
        layout=_layout_name(form, main),
        rows_read=rows_read,
        rows_not_data=not_data,
        rows_rejected=rows_read - not_data,
    )
    if form == "unknown":
        return replace(reading, reasons=(_no_form(tables),))
    missing = [table for table in main if table.header and table.header.missing]
    if missing:
        return replace(reading, reasons=tuple(map(_missing_columns, missing)))
    try:
        identity = identify(source.path, form, main, source.answers, context.today)
    except NotIdentified as questions:
        return replace(reading, reasons=questions.reasons)
    reading = replace(
        reading,
        era=identity.era,
        unit_code=identity.unit_code,
        period=identity.period,
        status=identity.status,
        document_number=identity.document.number,
        document_date=identity.document.day,
    )
    others = [table for table in tables if table.header and table not in main]
    return _Opened(
        reading=reading,
        file=OpenFile(source.path, reading.sha256, tuple(main), identity),
        other_rows=sum(table.body.height for table in others),
        other_reasons=(*identity.reasons, *_on_sheets(main), *map(_other_form, others)),
    )


def _finish(opened: _Opened, tidy: TidyFile) -> FileReading:
    """The reading of a file whose rows are tidied.

    A file without a single usable row is refused: as an accepted version it would replace what the
    commune sent before by nothing.
    """
    reading = opened.reading
    reasons = (*opened.other_reasons, *tidy.reasons)
    if not tidy.loaded:
        reasons = (_nothing_usable(tidy.rejected), *reasons)
    return replace(
        reading,
        outcome="refused" if not tidy.loaded else "partly" if tidy.rejected else "loaded",
        era=tidy.era or reading.era,
        unit_code=tidy.unit_code or reading.unit_code,
        status=tidy.status or reading.status,
        rows_loaded=tidy.loaded,
        rows_rejected=tidy.rejected,
        rows_not_data=reading.rows_read - tidy.loaded - tidy.rejected,
        tables=tidy.tables,
        reasons=reasons,
    )


def _nothing_usable(rejected: int) -> Reason:
    if rejected:
        return file_reason("rejected", f"cả {rejected} dòng đều bị trả lại",
                           "ít nhất một dòng nhập được",
                           "Sửa theo lý do của từng dòng rồi nộp lại tệp.")  # fmt: skip
    return file_reason("question", "biểu không có dòng số liệu nào", "ít nhất một dòng số liệu",
                       "Điền số liệu rồi nộp lại; nếu không phát sinh thì ghi “Không phát sinh”.")  # fmt: skip


def _form(
    tables: Sequence[SheetTable], answers: InboxAnswer | None
) -> tuple[Form, list[SheetTable]]:
    """The form most rows are in (complete sheets first), and the sheets of that form."""
    headed = [table for table in tables if table.header]
    complete = [table for table in headed if table.header and not table.header.missing] or headed
    rows: Counter[Form] = Counter()
    for table in complete:
        if table.header:
            rows[table.header.form] += 1 + table.body.height
    if not rows:
        return "unknown", []
    wanted = answers.form if answers else None
    form: Form = next((each for each in rows if each == wanted), rows.most_common(1)[0][0])
    return form, [t for t in complete if t.header and t.header.form == form]


def _layout_name(form: Form, tables: Sequence[SheetTable]) -> str | None:
    """Form, number of header rows and sheets: enough to recognise a sender's template again."""
    if not tables or tables[0].header is None:
        return None
    header = tables[0].header
    sheets = "một trang" if len(tables) == 1 else "nhiều trang"
    return f"{form}: {len(header.headings)} cột, {sheets}"


def _on_sheets(tables: Sequence[SheetTable]) -> list[Reason]:
    """Remarks on hidden sheets and on formula cells without a result."""
    told = [
        Reason(table.name, None, None, "warning", "trang tính ẩn có dữ liệu", "trang tính hiện",
               "Kiểm tra trang tính ẩn; nếu không thuộc danh sách thì xoá rồi nộp lại.")
        for table in tables
        if table.is_hidden and table.body.height
    ]  # fmt: skip
    for table in tables:
        told += [
            Reason(table.name, blank.row, blank.column, "question", "công thức không có kết quả",
                   "giá trị của ô", "Mở bằng Excel, tính lại và lưu, hoặc gõ giá trị vào ô.")
            for blank in table.formula_blanks
        ]  # fmt: skip
    return told


def _other_form(table: SheetTable) -> Reason:
    form = form_layout(table.header.form).label_vi if table.header else ""
    return Reason(table.name, None, None, "question", f"trang tính là biểu khác: {form}",
                  "mỗi tệp một biểu", "Gửi trang tính này thành một tệp riêng nếu cần nhập.")  # fmt: skip


def _no_form(tables: Sequence[SheetTable]) -> Reason:
    found = "không nhận ra dòng tiêu đề cột của biểu nào" if tables else "tệp không có dữ liệu"
    known = "; ".join(form_layout(form).label_vi for form in FORMS)
    return file_reason("rejected", found, f"một trong các biểu: {known}",
                       "Dùng đúng biểu mẫu (giữ nguyên dòng tiêu đề cột) rồi nộp lại.")  # fmt: skip


def _missing_columns(table: SheetTable) -> Reason:
    missing = table.header.missing if table.header else ()
    form = form_layout(table.header.form) if table.header else None
    names = ", ".join(f"“{form.column(name).headers[0]}”" for name in missing) if form else ""
    return Reason(table.name, None, None, "rejected", "không thấy cột " + names,
                  f"biểu {form.label_vi if form else ''}",
                  "Thêm cột còn thiếu (hoặc sửa tên cột) rồi nộp lại.")  # fmt: skip
