"""What a build says of files: the sender of a file that was held back reads what to mend."""

from datetime import UTC, datetime

import polars as pl

from commands.file_report import entries, only_bad_files, told
from pipelines.reading import FileReading
from reference.loading import published
from warehouse import staging
from warehouse.dim_tables import DIM__PUBLISHED
from warehouse.quality_tables import QUALITY__SUBMISSION

HELD = {
    "sheet": "Biểu 02", "row": 9, "column": "Cột 1 đến 9", "kind": "rejected",
    "found": "cột 1 đến 8 cho 4, cột 9 ghi 1: lệch 3 hộ", "expected": "cột 9 = 1-2-3-4+5+6+7+8",
    "todo": "Kiểm tra chín cột của dòng này ở biểu 2, sửa rồi nộp lại.",
}  # fmt: skip
ASKED = {**HELD, "kind": "question", "found": "12"}


def test_a_file_held_by_the_gate_is_named_with_place_difference_and_what_to_do():
    text = only_bad_files([FileReading("b2.xlsx", "sha", "loaded")], {"sha": [ASKED, HELD]})
    assert text.splitlines()[0] == "Không có tệp nào nạp được; chưa công bố gì mới."
    assert text.splitlines()[1:] == [
        "b2.xlsx: trang Biểu 02 dòng 9 cột Cột 1 đến 9: gặp cột 1 đến 8 cho 4, cột 9 ghi 1: lệch 3 hộ; "
        "cần cột 9 = 1-2-3-4+5+6+7+8. Kiểm tra chín cột của dòng này ở biểu 2, sửa rồi nộp lại."
    ]


def test_many_reasons_are_counted_after_the_first_three():
    text = only_bad_files([FileReading("b2.xlsx", "sha", "held")], {"sha": [HELD] * 5})
    assert len(text.splitlines()) == 5
    assert text.splitlines()[-1] == "b2.xlsx: và 2 lý do khác."


def test_a_reason_of_the_whole_file_has_no_place():
    reason = {**HELD, "sheet": None, "row": None, "column": None, "found": None}
    assert told(reason).startswith("gặp ô trống; cần cột 9")


def test_a_copy_of_a_file_that_was_withdrawn_is_told_that_it_does_not_count(tmp_path):
    path = tmp_path / "new.duckdb"
    staging.begin(path, None, published().select(*DIM__PUBLISHED.columns))
    known = pl.DataFrame([{"submission_id": "sha", "file_number": 1, "outcome": "loaded"}])
    staging.add(path, {QUALITY__SUBMISSION: QUALITY__SUBMISSION.conform(known)})
    copy = FileReading("lai.xlsx", "sha", "duplicate")
    assert entries(path, [copy])[0]["reasons"] == []
    staging.withdraw(path, "sha", "xã gửi nhầm", datetime(2026, 9, 14, 17, 30, tzinfo=UTC))
    ((reason,),) = [entry["reasons"] for entry in entries(path, [copy])]
    assert (reason["kind"], reason["found"]) == ("warning", "tệp đã được rút ngày 15/09/2026")
