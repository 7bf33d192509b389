"""Official forms 4 to 13 as clerks fill them: numbers as text, blank cells, wrong names, changed headers."""

import pytest

from pipelines.reading import FileReading
from reference.analysis_forms import analysis_form
from tests.unit.pipelines.making import Cell, read, remarks, workbook

PROVINCE = "UBND TỈNH NINH BÌNH"
CAUSES = "PHÂN NHÓM HỘ NGHÈO THEO NGUYÊN NHÂN NGHÈO THEO KẾT QUẢ RÀ SOÁT (SƠ BỘ) NĂM 2025"
RATES = "PHÂN TÍCH CÁC CHỈ SỐ THIẾU HỤT DỊCH VỤ XÃ HỘI CƠ BẢN CỦA HỘ NGHÈO (TỶ LỆ) NĂM 2025"
GROUPS = "PHÂN TÍCH HỘ NGHÈO, HỘ CẬN NGHÈO THEO CÁC NHÓM ĐỐI TƯỢNG NĂM 2025"


def header(name: str) -> list[list[Cell]]:
    """The header cells of our own definition, each above its column, and the numbering row."""
    definition = analysis_form(name)
    kinds = [("Đối tượng",)] if len(definition.rows) > 1 else []
    paths = [("STT",), ("Đơn vị",), *kinds, *(column.heads for column in definition.columns)]
    rows: list[list[Cell]] = [
        [path[d] if d < len(path) else None for path in paths] for d in range(3)
    ]
    letters = ["A", "B", "C"][: 2 + len(kinds)]
    return [*rows, [*letters, *(column.number for column in definition.columns)]]


def form_10(*rows: list[Cell], sender: str = PROVINCE, title: str = CAUSES) -> FileReading:
    sheet = [[sender], [title], *header("official_form_10"), *rows]
    return read(workbook({"Biểu 10": sheet}), "bieu 10.xlsx")


def cells(reading: FileReading, column: int) -> list[tuple[str, str, float]]:
    rows = reading.tables["core_review__form_cell"].filter(column_number=column).sort("row")
    return rows.select("unit_code", "counted", "value").rows()


def commune(name: str | None, *figures: Cell) -> list[Cell]:
    """A row of form 10; causes that are not told are zero."""
    return [1, name, *figures, *[0] * (9 - len(figures))]


def test_a_row_of_a_commune_is_read_cell_by_cell() -> None:
    reading = form_10(commune("Xã Hải Hưng", 7, 2), commune("Xã Hải Hậu", 3))
    assert (reading.form, reading.outcome) == ("official_form_10", "loaded")
    assert (reading.period, reading.status) == ("2025", "preliminary")
    assert cells(reading, 1) == [("14248", "household", 7.0), ("14215", "household", 3.0)]
    assert cells(reading, 2) == [("14248", "household", 2.0), ("14215", "household", 0.0)]
    assert (reading.rows_read, reading.rows_loaded, reading.rows_not_data) == (7, 2, 5)
    assert not reading.reasons


def test_numbers_written_as_text_are_read() -> None:
    reading = form_10(commune("Xã Hải Hưng", "1.234", "1 002"))
    assert [cells(reading, column)[0][2] for column in (1, 2)] == [1234.0, 1002.0]


@pytest.mark.parametrize("silent", [None, "-", "…", "không đủ dữ liệu", "Không hiển thị (số nhỏ)"])
def test_a_cell_that_says_nothing_is_no_figure(silent: Cell) -> None:
    reading = form_10(commune("Xã Hải Hưng", 7, silent))
    assert cells(reading, 2) == []
    assert reading.tables["core_review__form_cell"].height == 8
    assert reading.outcome == "loaded"


def test_a_row_that_says_it_knows_nothing_is_no_data_and_a_blank_one_goes_back() -> None:
    unknown: list[Cell] = [2, "Xã Hải Hậu", *["không đủ dữ liệu"] * 9]
    reading = form_10(commune("Xã Hải Hưng", 7), unknown, [3, "Xã Hải Xuân"])
    assert (reading.rows_loaded, reading.rows_rejected, reading.rows_not_data) == (1, 1, 6)
    assert [(reason.row, reason.found) for reason in reading.reasons] == [(9, "cả dòng để trống")]


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (commune("Xã Hải Hưng", 7, "nhiều"), "Thiếu đất sản xuất", "nhiều"),
        (commune("Xã Hải Hưng", 7, "2,5"), "Thiếu đất sản xuất", "2,5"),
        (commune("Xã Hải Hưng", -7), "Tổng số hộ nghèo", "-7"),
        (commune("Xã Hải Hưng", "1,234"), "Tổng số hộ nghèo", "1,234"),
        (commune(None, 7), "Đơn vị", "ô trống"),
    ],
)
def test_what_cannot_be_read_goes_back_with_its_cell(
    row: list[Cell], column: str, found: str
) -> None:
    reading = form_10(commune("Xã Hải Hậu", 3), row)
    assert (reading.outcome, reading.rows_loaded, reading.rows_rejected) == ("partly", 1, 1)
    assert [(each.row, each.column, each.found) for each in reading.reasons] == [(8, column, found)]


def test_a_commune_that_is_unknown_or_there_twice_goes_back() -> None:
    reading = form_10(
        commune("Xã Hải Hưng", 7), commune("Xã Không Có", 1), commune("Xã Hải Hưng", 8)
    )
    assert cells(reading, 1) == [("14248", "household", 7.0)]
    assert remarks(reading, "rejected") == [(8, "Đơn vị"), (9, "Đơn vị")]


def test_a_total_that_does_not_add_up_is_a_question() -> None:
    reading = form_10(
        commune("Xã Hải Hưng", 7, 2), commune("Xã Hải Hậu", 3, 1), commune("Tổng cộng", 11, 3)
    )
    (asked,) = reading.reasons
    assert (asked.row, asked.column, asked.kind) == (9, "Tổng số hộ nghèo", "question")
    assert asked.found == "dòng “Tổng cộng” ghi 11, cộng 2 đơn vị được 10"


def test_in_a_communes_own_file_of_villages_the_total_is_the_commune() -> None:
    reading = form_10(
        commune("Thôn An Cừ", 3, 1),
        commune("Thôn Bình", 4, 1),
        commune("Tổng cộng", 7, 2),
        sender="UBND XÃ HẢI HƯNG",
    )
    assert (reading.outcome, cells(reading, 1)) == ("loaded", [("14248", "household", 7.0)])
    assert not reading.reasons


def test_rates_are_percent_points_and_never_added_up() -> None:
    rates: list[list[Cell]] = [
        [1, "Xã Hải Hưng", 8, "không đủ dữ liệu", "12,5", "3.125", "50 %", 37.5, *[0] * 8],
        [2, "Xã Hải Hậu", 4, "không đủ dữ liệu", 25, 0, 0, 0, *[0] * 8],
        [None, "Tổng cộng", 12, "không đủ dữ liệu", 16.67, 2.08, 33.33, 25, *[0] * 8],
    ]
    sheet = [[PROVINCE], [RATES], *header("official_form_5"), *rates]
    reading = read(workbook({"Biểu 05": sheet}), "bieu 5.xlsx")
    told = [cells(reading, column)[0][2] for column in (3, 4, 5, 6)]
    assert told == [12.5, 3.125, 50.0, 37.5]
    # the title says neither preliminary nor official
    assert [reason.row for reason in reading.reasons] == [None]


def test_households_stand_over_persons() -> None:
    nobody: list[Cell] = [0] * 9
    rows: list[list[Cell]] = [[1, "Xã Hải Hưng", "Hộ", 3, *nobody], [None, None, "Khẩu", 9, *nobody],
                              [None, None, None, 4, *nobody]]  # fmt: skip
    sheet = [[PROVINCE], [GROUPS], *header("official_form_8"), *rows]
    reading = read(workbook({"Biểu 08": sheet}), "bieu 8.xlsx")
    assert cells(reading, 1) == [("14248", "household", 3.0), ("14248", "person", 9.0)]
    assert reading.rows_not_data == 6


def renamed(*names: str, numbers: list[Cell] | None = None) -> FileReading:
    """Form 10 with its causes called otherwise and maybe numbered otherwise."""
    heads: list[Cell] = ["STT", "Đơn vị", "Tổng số hộ nghèo", *names]
    sheet = [
        [PROVINCE], [CAUSES], heads, numbers or ["A", "B", *range(1, len(names) + 2)],
        [1, "Xã Hải Hưng", 7, *range(2, len(names) + 2)],
    ]  # fmt: skip
    return read(workbook({"Biểu 10": sheet}), "bieu 10.xlsx")


def test_columns_called_otherwise_are_read_by_their_number_and_that_is_said() -> None:
    reading = renamed("Không có đất", "Thiếu vốn", "Thiếu người làm")
    assert [cells(reading, column)[0][2] for column in (2, 3, 4)] == [2.0, 3.0, 4.0]
    told = {reason.kind: reason.found for reason in reading.reasons}
    assert told == {
        "warning": "tên cột 2, 4 khác mẫu",
        "question": "không thấy cột 5, 6, 7, 8, 9",
    }


@pytest.mark.parametrize(
    "numbers",
    [
        # the unit is numbered, too: every number means the column before
        [1, 2, 3, 4, 5, 6],
        # the words say that the fourth is capital, column 3
        ["A", "B", 1, 2, 4, 3],
        # a number twice
        ["A", "B", 1, 2, 3, 2],
    ],
)
def test_a_numbering_that_is_not_the_forms_tells_nothing(numbers: list[Cell]) -> None:
    reading = renamed("Không có đất", "Thiếu vốn", "Thiếu người làm", numbers=numbers)
    assert cells(reading, 3) == [("14248", "household", 3.0)]
    assert cells(reading, 2) == []
    assert cells(reading, 4) == []


def test_without_its_title_a_sheet_is_not_one_of_these_forms() -> None:
    reading = form_10(commune("Xã Hải Hưng", 7), title="THIẾU HỤT NĂM 2025")
    assert reading.form not in ("official_form_10", "official_form_4")
    assert reading.outcome == "refused"
