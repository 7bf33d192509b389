"""An official form as a workbook: head, three header rows, numbering row, upper levels bold, notes below."""

from datetime import UTC, datetime
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from measures.form_cells import Cell
from reference.citations import cited
from reference.loading import agency_in_charge
from reports.header_cells import header_blocks
from reports.official_forms.content import FormContent
from reports.official_forms.pages import (
    break_pages,
    letterhead_rows,
    points_per_page,
    signature_rows,
)
from reports.sheet_layout import LINE_HEIGHT, TYPE, lay_across, new_book
from reports.table_file import safe
from reports.vietnamese import (
    DECIMALS,
    NO_DATA,
    WHOLE,
    capital,
    day,
    figure,
    letterhead,
    long_day,
)
from reports.view_link import view_link

_CREATED = datetime(2025, 1, 1, tzinfo=UTC)
_DEPTH = 3
_HEAD, _NUMBERING = 30, 24
_KIND_VI = {"household": "Hộ", "person": "Nhân khẩu"}
_WIDTHS = {"number": 5, "name": 30, "kind": 11, "figure": 11}
_AIR = "_)"
"""Room as wide as a bracket between a figure and the border."""
_LONGEST_NAME = 32
"""A longer name of a unit takes two lines."""


def form_file(content: FormContent, meeting: str | None = None) -> bytes:
    """The workbook; the same content is the same file, byte for byte.

    ``meeting`` is the slug of the meeting the figures were frozen for.
    """
    target = BytesIO()
    book = new_book(target)
    book.set_properties({"created": _CREATED, "title": content.title})
    _Page(book, content, view_link(content.period, meeting)).write()
    book.close()
    return target.getvalue()


class _Page:
    """The one sheet of a form while it is written."""

    def __init__(self, book: xlsxwriter.Workbook, content: FormContent, link: str) -> None:
        self.content = content
        self.link = link
        self.page: Worksheet = book.add_worksheet(f"Biểu {content.definition.number:02d}")
        self.book = book
        self.has_kinds = len(content.definition.rows) > 1
        self.labels = 3 if self.has_kinds else 2
        self.partial: dict[tuple[int | None, int | None, bool], Format] = {}
        self.width = self.labels + len(content.definition.columns)
        self.heights: dict[int, float] = {}

    def write(self) -> None:
        """Everything, top-down."""
        self._print_settings()
        header = self._head()
        body = self._header(header)
        self.page.freeze_panes(body, self.labels)
        line = self._body(body)
        dated = f"…………, {long_day(self.content.today)}"
        line = signature_rows(self.book, self.page, line + 1, self.width, dated)
        end = self._notes(line + 1)
        break_pages(
            self.page,
            points_per_page(self.content.definition.paper, self._widths()),
            _sizes(self.content),
            (header, body, end),
            lambda line: self.heights.get(line, LINE_HEIGHT),
        )

    def _look(self, **more: object) -> Format:
        return self.book.add_format({**TYPE, **more})

    def _print_settings(self) -> None:
        content = self.content
        above = (f"Biểu {content.definition.number}", content.stamp, content.build_id)
        below = (f"Mã kiểm tra {content.checksum}", "")
        lay_across(self.page, content.definition.paper, above, below)
        for place, width in enumerate(self._widths()):
            self.page.set_column(place, place, width)

    def _widths(self) -> list[int]:
        kinds = [_WIDTHS["kind"]] if self.has_kinds else []
        figures = [_WIDTHS["figure"]] * len(self.content.definition.columns)
        return [_WIDTHS["number"], _WIDTHS["name"], *kinds, *figures]

    def _set_height(self, line: int, height: float) -> None:
        self.page.set_row(line, height)
        self.heights[line] = height

    def _head(self) -> int:
        """Letterhead, stamp, title and what the figures are; the first row of the table's header."""
        content, page = self.content, self.page
        letterhead_rows(self.book, page, self.width, _sender(content))
        texts: list[tuple[str, dict[str, object]]] = []
        if content.stamp:
            texts.append((content.stamp, {"bold": True, "font_size": 14}))
        texts += [
            (content.title, {"bold": True, "font_size": 14}),
            (f"Đơn vị báo cáo: {content.full_name}", {}),
        ]
        for line, (text, look) in enumerate(texts, start=3):
            format_ = self._look(align="center", valign="vcenter", text_wrap=True, **look)
            page.merge_range(line, 0, line, self.width - 1, safe(text), format_)
            if text == content.title:
                self._set_height(line, 20 * (1 + len(text) * 2 // (13 * self.width)))
        return 3 + len(texts) + 1

    def _header(self, top: int) -> int:
        """Three merged header rows and the numbering and formula row; the first row of the body."""
        columns = self.content.definition.columns
        kinds = [("Đối tượng",)] if self.has_kinds else []
        paths = [("STT",), ("Đơn vị",), *kinds, *(column.heads for column in columns)]
        look = self._look(bold=True, align="center", valign="vcenter", text_wrap=True, border=1)
        for block in header_blocks(paths, _DEPTH):
            first, last = top + block.first_row, top + block.last_row
            where = (first, block.first_column, last, block.last_column)
            if (first, block.first_column) == (last, block.last_column):
                self.page.write_string(first, block.first_column, safe(block.text), look)
            else:
                self.page.merge_range(*where, safe(block.text), look)
        # A head that reaches down over rows without one of its own has the room of those rows, too.
        lowest = max(
            15 * -(-len(column.heads[-1]) // 9) - _HEAD * (_DEPTH - len(column.heads))
            for column in columns
        )
        for offset, height in enumerate((_HEAD, _HEAD, max(_HEAD, lowest), _NUMBERING)):
            self._set_height(top + offset, height)
        small = {"italic": True, "align": "center", "valign": "vcenter", "text_wrap": True}
        looks = {size: self._look(**small, border=1, font_size=size) for size in (8, 9)}
        letters = ["A", "B", "C"][: self.labels]
        numbers = [column.shown or column.number for column in columns]
        for place, text in enumerate([*letters, *numbers]):
            # A long formula takes two lines.
            look = looks[8 if len(text) > _WIDTHS["figure"] else 9]
            self.page.write_string(top + _DEPTH, place, text, look)
        self.page.repeat_rows(top, top + _DEPTH)
        return top + _DEPTH + 1

    def _body(self, top: int) -> int:
        looks = {is_bold: self._body_looks(bold=is_bold) for is_bold in (False, True)}
        for line, row in enumerate(self.content.rows, start=top):
            is_long = not self.has_kinds and len(row.unit_name) > _LONGEST_NAME
            self._set_height(line, LINE_HEIGHT * (2 if is_long else 1))
            look = looks[row.level != "commune" or len(self.content.rows) == 1]
            if row.kind == self.content.definition.rows[0]:
                self._label(line, 0, "" if row.number is None else row.number, look["text"])
                self._label(line, 1, safe(capital(row.unit_name)), look["name"])
            if self.has_kinds:
                self.page.write_string(line, 2, _KIND_VI[row.kind], look["text"])
            for place, column in enumerate(self.content.definition.columns, start=self.labels):
                self._cell(line, place, row.cells[column.number], look)
        return top + len(self.content.rows)

    def _body_looks(self, *, bold: bool) -> dict[str, Format]:
        both = {"border": 1, "bold": bold, "valign": "vcenter"}
        return {
            "text": self._look(**both, align="center"),
            "name": self._look(**both, text_wrap=True),
            "whole": self._look(**both, num_format=WHOLE + _AIR),
            "rate": self._look(**both, num_format=DECIMALS + _AIR),
            "words": self._look(
                **{**both, "bold": False}, italic=True, font_size=8, align="center", text_wrap=True
            ),
        }

    def _label(self, line: int, place: int, text: str | int, look: Format) -> None:
        """A label of one unit, over all of its rows."""
        last = line + len(self.content.definition.rows) - 1
        if last > line:
            self.page.merge_range(line, place, last, place, text, look)
        else:
            self.page.write(line, place, text, look)

    def _cell(self, line: int, place: int, cell: Cell, look: dict[str, Format]) -> None:
        if cell.value is None:
            self.page.write_string(line, place, figure(None, cell.mark, ""), look["words"])
        else:
            is_rate = cell.denominator is not None
            format_ = look["rate" if is_rate else "whole"]
            self.page.write_number(
                line, place, cell.value, self._partial(cell) if cell.is_partial else format_
            )

    def _partial(self, cell: Cell) -> Format:
        """A number that says beside itself how many of the communes that reported are in it."""
        key = (cell.known_units, cell.reported_units, cell.denominator is not None)
        if key not in self.partial:
            number = DECIMALS if key[2] else WHOLE
            form = f'{number}" ({cell.known_units}/{cell.reported_units} xã)"'
            self.partial[key] = self._look(
                border=1, bold=True, valign="vcenter", num_format=form, shrink=True
            )
        return self.partial[key]

    def _notes(self, top: int) -> int:
        """What the form is and where it comes from; the row after it."""
        content = self.content
        definition = content.definition
        plain, bold = self._look(font_size=9), self._look(font_size=9, bold=True)
        told = f"{content.units_reported}/{content.units_expected} xã đã báo cáo"
        if definition.whole_rows:
            told += f"; {content.units_whole} xã đủ số liệu của biểu này"
        notes = [
            f"Độ đầy đủ: {told}. “{NO_DATA}” không phải là 0; “(n/m xã)” cạnh một "
            "tổng: chỉ n trong m xã đã báo cáo có số liệu của cột đó.",
            *definition.remarks_vi,
            f"Mẫu biểu: {definition.note}; {cited(definition.source)}."
            if not definition.confirmed
            else f"Mẫu biểu: {cited(definition.source)}.",
            f"Bản dựng {content.build_id}, số liệu đến {day(content.today)}; "
            f"mã kiểm tra {content.checksum}; "
            f"xem trên màn hình: {self.link}.",
        ]
        self.page.write_string(top, 0, "Ghi chú:", bold)
        for line, text in enumerate(notes, start=top + 1):
            self.page.write_string(line, 0, safe(text), plain)
        return top + 1 + len(notes)


def _sizes(content: FormContent) -> list[int]:
    """How many rows stay together: those of one unit; an upper level goes with the first commune under it."""
    sizes, waiting = list[int](), 0
    for row in content.rows:
        is_last = row.kind == content.definition.rows[-1]
        waiting += 1
        if row.level == "commune" and is_last:
            sizes.append(waiting)
            waiting = 0
    return [*sizes, waiting] if waiting else sizes


def _sender(content: FormContent) -> tuple[str, str]:
    """Who hands the form in: the agency in charge for a province, else the unit's committee."""
    if content.level != "province":
        return "ỦY BAN NHÂN DÂN", content.unit_name.upper()
    return letterhead(agency_in_charge("poverty_reduction", content.today).name_vi)
