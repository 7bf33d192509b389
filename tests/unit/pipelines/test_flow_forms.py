"""Forms 2 and 3: rows of households over rows of persons, as communes, districts and the province send them."""

from pipelines.reading import FileReading
from reference.loading import form_layout
from tests.unit.pipelines.making import Cell, read, remarks, workbook

HEADER: list[Cell] = [
    column.headers[-1 if "|" in column.headers[0] else 0].capitalize()
    for column in form_layout("poor_flows").columns
    if column.name != "note"
]
TITLE = "TỔNG HỢP DIỄN BIẾN KẾT QUẢ RÀ SOÁT (CHÍNH THỨC) HỘ NGHÈO NĂM 2025"
PROVINCE = "UBND TỈNH NINH BÌNH"


def form_2(*rows: list[Cell], sender: str = PROVINCE) -> FileReading:
    return read(workbook({"Biểu 02": [[sender], [TITLE], [], HEADER, *rows]}), "bieu 2.xlsx")


def unit(
    name: str | None, households: int, persons: int, number: int | None = 1
) -> list[list[Cell]]:
    """A unit where nobody left or came."""
    nobody = [0] * 7
    return [
        [number, name, "Hộ", households, *nobody, households],
        [None, None, "Khẩu", persons, *nobody, persons],
    ]


def counts(reading: FileReading) -> list[tuple[str, str, int]]:
    rows = reading.tables["core_review__flow"].sort("row")
    return rows.select("unit_code", "counted", "closing_count").rows()


def test_a_commune_has_a_row_of_households_over_a_row_of_persons() -> None:
    reading = form_2(*unit("Xã Hải Hưng", 3, 9), *unit("Tổng cộng", 3, 9, None))
    assert (reading.form, reading.period, reading.status) == ("poor_flows", "2025", "official")
    assert counts(reading) == [("14248", "household", 3), ("14248", "person", 9)]
    assert reading.rows_not_data == 5
    assert not reading.reasons


def test_in_a_communes_own_file_of_villages_the_total_is_the_commune() -> None:
    reading = form_2(
        *unit("Thôn An Cừ", 3, 9),
        *unit("Thôn Bình", 2, 4, 2),
        *unit("Tổng cộng", 5, 13, None),
        sender="UBND XÃ HẢI HƯNG",
    )
    assert reading.outcome == "loaded"
    assert counts(reading) == [("14248", "household", 5), ("14248", "person", 13)]


def test_a_row_left_blank_goes_back_and_the_persons_under_it_are_of_its_unit() -> None:
    blank: list[Cell] = [2, "Xã Hải Hậu", "Hộ"]
    reading = form_2(*unit("Xã Hải Hưng", 3, 9), blank, unit(None, 1, 4)[1])
    assert [counted for _, counted, _ in counts(reading)] == ["household", "person", "person"]
    assert [(reason.row, reason.kind, reason.found) for reason in reading.reasons] == [
        (7, "rejected", "cả chín cột để trống")
    ]


def test_what_is_missing_is_named() -> None:
    rows = unit("Xã Hải Hưng", 3, 9)
    rows[1][2] = None
    reading = form_2(*rows, *unit(None, 1, 2), *unit("Xã Hải Hậu", 1, 2))
    found = {(reason.row, reason.column): reason.found for reason in reading.reasons}
    assert found[6, "Đối tượng"] == "ô trống"
    # a row of households begins a unit: without a name nobody knows which
    assert found[7, "Đơn vị"] == "ô trống"
    assert [row[1:] for row in counts(reading)[-2:]] == [("household", 1), ("person", 2)]


def test_a_dash_is_shown_as_it_stands() -> None:
    rows = unit("Xã Hải Hưng", 3, 9)
    rows[0][4] = "-"
    reading = form_2(*rows)
    assert [(reason.row, reason.found) for reason in reading.reasons] == [(5, "-")]
    assert remarks(reading, "rejected") == [(5, "Trở thành hộ cận nghèo")]


def test_the_total_is_compared_with_its_communes() -> None:
    reading = form_2(
        *unit("Xã Hải Hưng", 3, 9), *unit("Xã Hải Hậu", 2, 4), *unit("Tổng cộng", 6, 13)
    )
    (asked,) = [reason for reason in reading.reasons if reason.column == "Số hộ nghèo cuối kỳ"]
    assert (asked.row, asked.kind) == (9, "question")
    assert asked.found == "dòng “Tổng cộng” ghi 6, cộng 2 đơn vị được 5"
