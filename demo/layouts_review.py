"""Review lists of a commune, one row a household, in the three layouts that communes send."""

from collections.abc import Callable
from datetime import date

from demo.geography import Unit
from demo.review_columns import Column, marks_columns, template_columns, village_columns
from demo.review_list import Layout, ReviewList
from demo.sheets import MARK, Book, Cell, Sheet, header_rows, letterhead
from reference.loading import era_at


def review_book(listed: ReviewList, path: str) -> Book:
    """The list as a workbook in its layout."""
    makers: dict[Layout, Callable[[ReviewList], list[Sheet]]] = {
        "template": _template,
        "marks": _marks,
        "villages": _villages,
    }
    day = listed.decision[1] if listed.decision else date(listed.year, 9, 10)
    return Book(path, makers[listed.layout](listed), created=day)


def title(listed: ReviewList) -> str:
    """Title of a list with its year."""
    return f"DANH SÁCH KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM {listed.year}"


def carried_by(listed: ReviewList) -> str:
    """The line under the title: the decision, or that there is none yet."""
    if listed.decision is None:
        stage = "lấy ý kiến họp thôn; chưa ban hành quyết định công nhận"
        return f"(Danh sách lần {listed.version}, {stage})"
    number, day = listed.decision
    text = f"Kèm theo Quyết định số {number} ngày {day:%d/%m/%Y} của UBND {_low(listed.unit)}"
    if era_at(day) != listed.unit.era:
        # the commune of the list is no more: its successor decided
        return f"(Kèm theo Quyết định số {number} ngày {day:%d/%m/%Y}, thay thế danh sách đã gửi)"
    return f"({text})" if listed.version == 1 else f"({text}, thay thế danh sách đã gửi)"


def _low(unit: Unit) -> str:
    return unit.type + unit.name[len(unit.type) :]


def _template(listed: ReviewList) -> list[Sheet]:
    """The 19-column template: three header rows, data from row 6."""
    titles: list[list[Cell]] = [[f"{title(listed)} - {MARK}"], [carried_by(listed)]]
    return [_sheet("Mau nhap lieu", titles, template_columns(listed), listed)]


def _marks(listed: ReviewList) -> list[Sheet]:
    """The official list with a row of numbers under its header."""
    columns = marks_columns(listed)
    sheet = _sheet("DS rà soát", _official_head(listed, len(columns)), columns, listed)
    return [sheet]


def _villages(listed: ReviewList) -> list[Sheet]:
    """One sheet a village, each numbered from 1 again."""
    sheets = []
    for village in dict.fromkeys(listed.villages):
        part = listed.only([i for i, name in enumerate(listed.villages) if name == village])
        columns = village_columns(part)
        titles = _official_head(part, len(columns))
        titles[-1] = [f"Địa bàn: {village}"]
        sheets.append(_sheet(village, titles, columns, part))
    return sheets


def _official_head(listed: ReviewList, width: int) -> list[list[Cell]]:
    above = listed.unit.district_name or f"Tỉnh {listed.province}"
    return [
        *letterhead(f"UBND {above.upper()}", f"UBND {listed.unit.name.upper()}", width),
        [MARK],
        [title(listed)],
        [carried_by(listed)],
        [],
    ]


def _sheet(name: str, titles: list[list[Cell]], columns: list[Column], listed: ReviewList) -> Sheet:
    head, merges = header_rows([column.header for column in columns])
    grid: list[list[Cell]] = [*titles, *head]
    header = range(len(titles), len(grid))
    if listed.layout == "marks":
        grid.append([f"({i})" for i in range(1, len(columns) + 1)])
    sheet = Sheet(
        name=name,
        grid=grid,
        columns={column.key: i for i, column in enumerate(columns)},
        merges=[(r + header.start, c, r2 + header.start, c2) for r, c, r2, c2 in merges],
        header=header,
        bold=set(range(len(titles))) | set(header),
    )
    _append_rows(sheet, columns, listed)
    if listed.layout != "template":
        _sign(sheet, listed, len(columns))
    return sheet


def _append_rows(sheet: Sheet, columns: list[Column], listed: ReviewList) -> None:
    shows_villages = (listed.village_rows or listed.subtotals) and listed.layout == "marks"
    starts = village_starts(listed.villages) if shows_villages else {}
    cells = zip(*(column.values for column in columns), strict=True)
    members = listed.rows["members"]
    for place, (row_id, row) in enumerate(zip(listed.rows["row_id"], cells, strict=True)):
        if place in starts:
            _append_bold(sheet, [None, None, listed.villages[place]])
        sheet.data[len(sheet.grid)] = row_id
        sheet.grid.append(list(row))
        if listed.subtotals and (place + 1 in starts or place + 1 == len(listed.villages)):
            first = max(start for start in starts if start <= place)
            subtotal: list[Cell] = [None] * len(columns)
            count = place + 1 - first
            subtotal[sheet.columns["name"]] = f"Cộng {listed.villages[place]}: {count} hộ"
            subtotal[sheet.columns["members"]] = int(members[first : place + 1].sum())
            _append_bold(sheet, subtotal)


def village_starts(villages: list[str]) -> dict[int, str]:
    """Places where another village begins."""
    return {
        place: name
        for place, name in enumerate(villages)
        if place == 0 or villages[place - 1] != name
    }


def _append_bold(sheet: Sheet, row: list[Cell]) -> None:
    sheet.bold.add(len(sheet.grid))
    sheet.grid.append(row)


def _sign(sheet: Sheet, listed: ReviewList, width: int) -> None:
    """Grand total and signature under the rows."""
    total: list[Cell] = [None] * width
    total[sheet.columns["name"]] = "Tổng cộng"
    total[sheet.columns["members"]] = int(listed.rows["members"].sum())
    sheet.bold.add(len(sheet.grid))
    right: list[Cell] = [None] * (width // 2)
    sheet.grid += [total, [], [*right, "TM. ỦY BAN NHÂN DÂN"], [*right, "CHỦ TỊCH"]]
