"""Official form 1: residents, poor and near-poor, households and persons, one row a commune."""

from dataclasses import dataclass
from datetime import date

from demo.geography import Unit
from demo.sheets import MARK, Book, Cell, Sheet, header_rows, letterhead

TITLE = (
    "TỔNG HỢP KẾT QUẢ ({status}) RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO, HỘ LÀM NÔNG NGHIỆP, LÂM NGHIỆP, "
    "NGƯ NGHIỆP, DIÊM NGHIỆP CÓ MỨC SỐNG TRUNG BÌNH NĂM {year}"
)
HOUSEHOLDS, PERSONS = "Kết quả rà soát về hộ", "Kết quả rà soát về khẩu"
GROUPS = ("Hộ nghèo", "Hộ cận nghèo", "Hộ làm N-L-N-D nghiệp có mức sống trung bình")
NUMBERS = (
    "A", "B", "1", "2", "3", "4=3/1*100", "5", "6=5/1*100", "7", "8=7/1*100",
    "9", "10=9/2*100", "11", "12=11/2*100", "13", "14=13/2*100",
)  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """One row of form 1: residents; then poor, near-poor, average living, twice."""

    resident_households: int
    resident_persons: int
    households: tuple[int, int, int]
    persons: tuple[int, int, int]

    def __add__(self, other: "Counts") -> "Counts":
        def plus(a: tuple[int, int, int], b: tuple[int, int, int]) -> tuple[int, int, int]:
            return (a[0] + b[0], a[1] + b[1], a[2] + b[2])

        return Counts(
            self.resident_households + other.resident_households,
            self.resident_persons + other.resident_persons,
            plus(self.households, other.households),
            plus(self.persons, other.persons),
        )


@dataclass(frozen=True)
class Summary:
    """One form 1: of a district (``above`` = its province) or of a single commune."""

    year: int
    sender: str
    above: str
    is_preliminary: bool
    document: tuple[str, date]
    rows: list[tuple[Unit, Counts]]
    district: str | None


def summary_book(summary: Summary, path: str) -> Book:
    """Form 1: three header rows, numbering and formula row, bold district row, communes, total."""
    paths: list[tuple[str, ...]] = [("STT",), ("Đơn vị",), ("Tổng số hộ dân cư",)]
    paths.append(("Tổng số nhân khẩu",))
    for block, counted in ((HOUSEHOLDS, "Số hộ"), (PERSONS, "Số khẩu")):
        for group in GROUPS:
            paths += [(block, group, counted), (block, group, "Tỷ lệ (%)")]
    head, merges = header_rows(paths)
    status = "SƠ BỘ" if summary.is_preliminary else "CHÍNH THỨC"
    number, day = summary.document
    grid: list[list[Cell]] = [
        *letterhead(summary.above, summary.sender, len(paths)),
        [MARK],
        [TITLE.format(status=status, year=summary.year)],
        [f"(Kèm theo Báo cáo số {number} ngày {day:%d/%m/%Y})"],
        [],
    ]
    first = len(grid)
    grid += [*head, list(NUMBERS)]
    sheet = Sheet(
        name="Biểu 01",
        grid=grid,
        columns={key: i for i, key in enumerate(("number_in_list", "unit"))},
        merges=[(r + first, c, r2 + first, c2) for r, c, r2, c2 in merges],
        header=range(first, first + len(head)),
        bold=set(range(first + len(head))),
    )
    total = _sum([counts for _, counts in summary.rows])
    if summary.district:
        _bold(sheet, [None, summary.district, *_cells(total)])
    for place, (unit, counts) in enumerate(summary.rows, start=1):
        grid.append([place, unit.name, *_cells(counts)])
    _bold(sheet, [None, "Tổng cộng", *_cells(total)])
    grid += [[], [*[None] * 9, "TM. ỦY BAN NHÂN DÂN"]]
    return Book(path, [sheet], created=day)


def _bold(sheet: Sheet, row: list[Cell]) -> None:
    sheet.bold.add(len(sheet.grid))
    sheet.grid.append(row)


def _sum(parts: list[Counts]) -> Counts:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _cells(counts: Counts) -> list[Cell]:
    cells: list[Cell] = [counts.resident_households, counts.resident_persons]
    for values, base in (
        (counts.households, counts.resident_households),
        (counts.persons, counts.resident_persons),
    ):
        for value in values:
            cells += [value, round(100 * value / base, 2)]
    return cells
