"""One file, or many at once, from bytes to rows of the contract."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines import (
    analysis_forms,
    assigned_targets,
    audit_sample,
    duties,
    flow_forms,
    household_support,
    in_year,
    model_participants,
    model_register,
    person_list,
    programme,
    review_list,
    summary,
)
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
from pipelines.reasons import Reason, file_reason
from pipelines.sheet_remarks import on_hidden_sheets, on_sheets
from pipelines.title import NotIdentified, identify
from pipelines.workbook import open_workbook
from reference.analysis_forms import ANALYSIS_FORMS
from reference.loading import FLOW_FORMS, FORMS, TITLED_FORMS, form_layout
from reference.programmes import programme_form_names

__all__ = ["FileReading", "InboxAnswer", "ReadingContext", "SourceFile", "read_file", "read_files"]

_TIDY: Mapping[str, Callable[[Batch], list[TidyFile]]] = {
    "review_list": review_list.tidy,
    "person_list": person_list.tidy,
    "export": review_list.tidy,
    "in_year": in_year.tidy,
    "summary": summary.tidy,
    **dict.fromkeys(FLOW_FORMS, flow_forms.tidy),
    **dict.fromkeys(ANALYSIS_FORMS, analysis_forms.tidy),
    "assigned_targets": assigned_targets.tidy,
    "duties": duties.tidy,
    "model_register": model_register.tidy,
    "model_participants": model_participants.tidy,
    "household_support": household_support.tidy,
    "audit_sample": audit_sample.tidy,
    **dict.fromkeys(programme_form_names(), programme.tidy),
}


_NEVER_TWICE = frozenset(
    {"class", "class_before", "b1_points", "b2_points", "member_count", "identity_number",
     "resident_household_count", "poor_household_count", "near_poor_household_count"}
)  # fmt: skip
_RECORD_CELLS = 5


@dataclass(frozen=True, slots=True)
class _Opened:
    """A file with its form and unit known, and what was counted and said so far."""

    reading: FileReading
    file: OpenFile
    rejected_elsewhere: int
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class _Other:
    """A sheet that is not read as ``form``, the form of its file."""

    table: SheetTable
    form: Form


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
    tables = [table for sheet in sheets if sheet.numbers for table in cut_sheet(sheet)]
    form, main = _form(tables, source.answers)
    others = [_Other(table, form) for table in tables if table not in main]
    rows_read = sum(table.head_count + table.height for table in tables)
    rejected = sum(table.height for table in main) + sum(map(_rejected_rows, others))
    reading = replace(
        reading,
        form=form,
        layout=_layout_name(form, main),
        rows_read=rows_read,
        rows_not_data=rows_read - rejected,
        rows_rejected=rejected,
    )
    reasons = _reasons_to_refuse(form, tables, main)
    if reasons:
        return replace(reading, reasons=reasons)
    try:
        identity = identify(source.path, form, main, source.answers, context.today)
    except NotIdentified as questions:
        return replace(reading, reasons=(*questions.reasons, *on_hidden_sheets(main)))
    return _Opened(
        reading=replace(
            reading,
            era=identity.era,
            unit_code=identity.unit_code,
            period=identity.period,
            status=identity.status,
            document_number=identity.document.number,
            document_date=identity.document.day,
        ),
        file=OpenFile(source.path, reading.sha256, tuple(main), identity),
        rejected_elsewhere=sum(map(_rejected_rows, others)),
        reasons=(*identity.reasons, *on_sheets(main), *(r for o in others for r in _told(o))),
    )


def _finish(opened: _Opened, tidy: TidyFile) -> FileReading:
    """The reading of a file whose rows are tidied.

    A file without a single usable row is refused: as an accepted version it would replace what the
    commune sent before by nothing.
    """
    reading = opened.reading
    reasons = (*opened.reasons, *tidy.reasons)
    rejected = tidy.rejected + opened.rejected_elsewhere
    if not tidy.loaded:
        reasons = (_nothing_usable(rejected), *reasons)
    return replace(
        reading,
        outcome="refused" if not tidy.loaded else "partly" if rejected else "loaded",
        era=tidy.era or reading.era,
        unit_code=tidy.unit_code or reading.unit_code,
        status=tidy.status or reading.status,
        rows_loaded=tidy.loaded,
        rows_rejected=rejected,
        rows_not_data=reading.rows_read - tidy.loaded - rejected,
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
            rows[table.header.form] += 1 + table.height
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


def _rejected_rows(other: _Other) -> int:
    """Rows of a sheet that look like data of this form, though the sheet cannot be read as it."""
    table = other.table
    if table.header is None:
        return len(_wide_rows(table))
    return table.height if table.header.form == other.form else 0


def _told(other: _Other) -> list[Reason]:
    """What to say of a sheet that is not read; nothing of instructions and lists of words."""
    table = other.table
    if table.header is None:
        return [
            Reason(table.name, row, None, "rejected", "dòng không có tiêu đề cột ở trên",
                   "dòng tiêu đề cột của biểu", "Thêm dòng tiêu đề cột cho trang tính rồi nộp lại.")
            for row in _wide_rows(table)
        ]  # fmt: skip
    if table.header.form == other.form:
        return [_missing_columns(table)]
    form = form_layout(table.header.form).label_vi
    return [
        Reason(table.name, None, None, "question", f"trang tính là biểu khác: {form}",
               "mỗi tệp một biểu", "Gửi trang tính này thành một tệp riêng nếu cần nhập.")
    ]  # fmt: skip


def _wide_rows(table: SheetTable) -> list[int]:
    """Rows of a sheet without header that have a number and as many cells as a record."""
    rows = []
    for number, *cells in zip(table.numbers, *table.body.values(), strict=True):
        filled = [cell for cell in cells if cell]
        if len(filled) >= _RECORD_CELLS and any(cell.isdigit() for cell in filled):
            rows.append(number)
    return rows


def _reasons_to_refuse(
    form: Form, tables: Sequence[SheetTable], main: Sequence[SheetTable]
) -> tuple[Reason, ...]:
    """Why the file cannot be read as any form, or nothing."""
    if form == "unknown":
        return (_no_form(tables),)
    incomplete = [table for table in main if table.header and table.header.missing]
    doubled = [
        _doubled_column(table, column)
        for table in main
        if table.header
        for column in sorted(table.header.doubled & _NEVER_TWICE)
    ]
    return (*map(_missing_columns, incomplete), *doubled)


def _doubled_column(table: SheetTable, column: str) -> Reason:
    return Reason(table.name, None, table.heading(column), "question",
                  f"có hai cột “{table.heading(column)}”", "mỗi nội dung một cột",
                  "Ghi rõ tên cột (ví dụ trước rà soát, sau rà soát) rồi nộp lại.")  # fmt: skip


def _no_form(tables: Sequence[SheetTable]) -> Reason:
    found = "không nhận ra dòng tiêu đề cột của biểu nào" if tables else "tệp không có dữ liệu"
    told = [form for form in FORMS if form not in (*ANALYSIS_FORMS, *TITLED_FORMS)]
    known = "; ".join(form_layout(form).label_vi for form in told)
    known += "; biểu 4 đến biểu 13; biểu chương trình, giao chỉ tiêu, nhiệm vụ, mô hình, hỗ trợ đến hộ hoặc phúc tra theo mẫu trống"
    return file_reason("rejected", found, f"một trong các biểu: {known}",
                       "Dùng đúng biểu mẫu (giữ nguyên dòng tiêu đề cột) rồi nộp lại.")  # fmt: skip


def _missing_columns(table: SheetTable) -> Reason:
    missing = table.header.missing if table.header else ()
    form = form_layout(table.header.form) if table.header else None
    headers = (
        [form.column(name).headers[0].replace(" | ", " - ") for name in missing] if form else []
    )
    names = ", ".join(f"“{header}”" for header in headers)
    return Reason(table.name, None, None, "rejected", "không thấy cột " + names,
                  f"biểu {form.label_vi if form else ''}",
                  "Thêm cột còn thiếu (hoặc sửa tên cột) rồi nộp lại.")  # fmt: skip
