"""An official form as a table of a report: the same cells as the workbook, as text."""

from measures.form_cells import Cell
from reports.official_forms.content import FormContent
from reports.paper import TextTable
from reports.vietnamese import capital, figure, number

KIND_VI = {"household": "Hộ", "person": "Nhân khẩu"}


def form_table(content: FormContent) -> TextTable:
    """Header rows, numbering row and lines of the form; upper levels bold."""
    columns = content.definition.columns
    has_kinds = len(content.definition.rows) > 1
    kinds = [("Đối tượng",)] if has_kinds else []
    lines, bold = [], set()
    for place, row in enumerate(content.rows):
        is_first = row.kind == content.definition.rows[0]
        labels = [
            str(row.number or "") if is_first else "",
            capital(row.unit_name) if is_first else "",
        ]
        labels += [KIND_VI[row.kind]] if has_kinds else []
        lines.append((*labels, *(_text(row.cells[column.number]) for column in columns)))
        if row.level != "commune":
            bold.add(place)
    letters = ("A", "B", "C")[: 3 if has_kinds else 2]
    coverage = f"{content.units_reported}/{content.units_expected} xã đã báo cáo"
    return TextTable(
        f"Biểu {content.definition.number}. {content.title} ({coverage})",
        (*letters, *(column.shown or column.number for column in columns)),
        tuple(lines),
        frozenset(bold),
        frozenset({1}),
        (("STT",), ("Đơn vị",), *kinds, *(column.heads for column in columns)),
        (f"Mẫu biểu: {content.definition.note}.", *content.definition.remarks_vi),
        together=len(content.definition.rows),
    )


def _text(cell: Cell) -> str:
    if cell.value is None:
        return figure(None, cell.mark, "")
    text = number(cell.value, 2 if cell.denominator is not None else 0)
    return f"{text} ({cell.known_units}/{cell.reported_units} xã)" if cell.is_partial else text
