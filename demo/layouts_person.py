"""Official forms 14 and 15: the near-poor and the poor, one row a person."""

from dataclasses import dataclass
from datetime import date

from demo.geography import Unit
from demo.histories import POOR
from demo.persons import FORM_NUMBERS, YEAR, Family, Person
from demo.sheets import MARK, Book, Cell, Sheet, header_rows, letterhead
from demo.words import SUPPORT


@dataclass(frozen=True)
class PersonList:
    """One detailed list; ``has_children`` adds insurance and nutrition of children."""

    unit: Unit
    klass: int
    province: str
    decision: tuple[str, date]
    families: list[Family]
    has_children: bool
    repeats_head_number: bool


def person_book(listed: PersonList, path: str) -> Book:
    """The detailed list as a workbook, with a village row above each village."""
    paths = _header(listed)
    head, merges = header_rows(paths)
    number, day = listed.decision
    kind = "HỘ NGHÈO" if listed.klass == POOR else "HỘ CẬN NGHÈO"
    unit_words = listed.unit.type + listed.unit.name[len(listed.unit.type) :]
    grid: list[list[Cell]] = [
        *letterhead(
            f"UBND TỈNH {listed.province.upper()}", f"UBND {listed.unit.name.upper()}", len(paths)
        ),
        [MARK],
        [f"DANH SÁCH CHI TIẾT {kind} NĂM {YEAR}"],
        [f"(Biểu số {FORM_NUMBERS[listed.klass]})"],
        [f"(Kèm theo Quyết định số {number} ngày {day:%d/%m/%Y} của UBND {unit_words})"],
        [],
    ]
    first = len(grid)
    grid += [*head, [str(i) for i in range(1, len(paths) + 1)]]
    sheet = Sheet(
        name=f"Biểu {FORM_NUMBERS[listed.klass]}",
        grid=grid,
        columns={"name": 2},
        merges=[(r + first, c, r2 + first, c2) for r, c, r2, c2 in merges],
        header=range(first, first + len(head)),
        bold=set(range(first + len(head))),
    )
    _rows(sheet, listed, len(paths))
    grid += [[], [*[None] * 9, "TM. ỦY BAN NHÂN DÂN"]]
    return Book(path, [sheet], created=day)


def _header(listed: PersonList) -> list[tuple[str, ...]]:
    kind = "nghèo" if listed.klass == POOR else "cận nghèo"
    paths: list[tuple[str, ...]] = [
        ("STT", "Chủ hộ"),
        ("STT", "Thành viên"),
        ("Họ và tên",),
        ("Năm sinh", "Nam"),
        ("Năm sinh", "Nữ"),
        ("Dân tộc",),
        ("Quan hệ với chủ hộ",),
        ("Phân loại hộ", f"Hộ {kind} mới"),
        ("Phân loại hộ", f"Hộ tái {kind}"),
        ("Phân loại hộ", f"Hộ {kind} cũ"),
        ("Chính sách người có công",),
        ("Không có khả năng lao động",),
        *[("Nhu cầu hỗ trợ", need) for need in SUPPORT],
    ]
    if listed.has_children:
        paths += [("Trẻ em dưới 16 tuổi", "Có thẻ BHYT"), ("Trẻ em dưới 16 tuổi", "Suy dinh dưỡng")]
    return paths


def _rows(sheet: Sheet, listed: PersonList, width: int) -> None:
    village = None
    for head_number, family in enumerate(listed.families, start=1):
        if family.village != village:
            village = family.village
            sheet.bold.add(len(sheet.grid))
            sheet.grid.append([None, None, village])
        for person in family.members:
            shown = head_number if person.number == 1 or listed.repeats_head_number else None
            sheet.data[len(sheet.grid)] = family.row_id
            cells = [shown, person.number, *_person(family, person, listed.has_children)]
            sheet.grid.append(cells[:width])


def _person(family: Family, person: Person, has_children: bool) -> list[Cell]:
    entry = [family.entry if person.number == 1 else None] * 3
    kinds = ("new", "relapse", "old")
    cells: list[Cell] = [
        person.name,
        None if person.is_female else person.birth_year,
        person.birth_year if person.is_female else None,
        "Mường" if family.is_minority else "Kinh",
        person.relation,
        *["x" if shown == kind else None for shown, kind in zip(entry, kinds, strict=True)],
        "x" if person.has_merit else None,
        "x" if person.is_unable else None,
        *["x" if person.needs >> i & 1 else None for i in range(len(SUPPORT))],
    ]
    if has_children:
        cells += [_said(person.has_insurance), _said(person.is_undernourished)]
    return cells


def _said(answer: bool | None) -> Cell:
    """Said of children only: the cell of an adult is empty."""
    return None if answer is None else "Có" if answer else "Không"
