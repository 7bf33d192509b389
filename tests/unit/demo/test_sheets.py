"""Header cells, merges and inserted rows of a workbook that is not written yet."""

from demo.dirt import insert_row
from demo.layouts_summary import Counts
from demo.sheets import Sheet, header_rows


def test_header_rows_merge_across_and_down() -> None:
    grid, merges = header_rows([("STT",), ("Điểm", "B1"), ("Điểm", "B2"), ("Nhà ở", "Nhà ở")])
    assert grid == [["STT", "Điểm", None, "Nhà ở"], [None, "B1", "B2", "Nhà ở"]]
    assert merges == [(0, 0, 1, 0), (0, 1, 0, 2)]


def test_equal_texts_under_different_heads_stay_apart() -> None:
    grid, merges = header_rows([("Hộ", "Nghèo"), ("Khẩu", "Nghèo")])
    assert grid == [["Hộ", "Khẩu"], ["Nghèo", "Nghèo"]]
    assert merges == []


def test_an_inserted_row_moves_what_stands_below() -> None:
    sheet = Sheet("a", [["tiêu đề"], ["một"], ["hai"]], data={1: 10, 2: 20}, hidden={2}, bold={0})
    insert_row(sheet, 2, ["một"])
    assert sheet.grid == [["tiêu đề"], ["một"], ["một"], ["hai"]]
    assert sheet.data == {1: 10, 3: 20}
    assert (sheet.hidden, sheet.bold) == ({3}, {0})


def test_counts_add_up_column_by_column() -> None:
    one = Counts(10, 30, (1, 2, 3), (4, 5, 6))
    assert one + one == Counts(20, 60, (2, 4, 6), (8, 10, 12))
