"""A household code that names another commune is asked about: the file speaks of one commune."""

from datetime import date

import polars as pl

from pipelines.household_codes import code_questions
from pipelines.read import read_file
from pipelines.reading import ReadingContext, SourceFile
from pipelines.unit_names import successor

HEAD = "date,family.hostName,family.code,family.hostGender,family.numberOfMembers,quickReview.result,b1Point,b2Point,classify,reviewer"
ROW = "08/09/2023,Hộ Mẫu {},36.365.{}.000{},Nam,2,x,65,30,Hộ nghèo,Người Mẫu"


def test_an_export_with_a_household_of_another_commune_asks_about_its_row():
    text = "\n".join([HEAD, ROW.format("A", "14212", 1), ROW.format("B", "14215", 2)])
    source = SourceFile("export Xa Giao Phong huyen Giao Thuy 2023.csv", text.encode(), None)
    reading = read_file(source, ReadingContext(today=date(2026, 9, 15), is_demo=True))
    assert (reading.unit_code, reading.rows_loaded) == ("14212", 2)
    told = [reason for reason in reading.reasons if reason.column == "family.code"]
    assert [(reason.row, reason.kind, reason.found) for reason in told] == [
        (3, "question", "mã hộ ghi mã của Thị trấn Yên Định (Huyện Hải Hậu)")
    ]


def is_asked(era, unit_code, household_code):
    rows = pl.DataFrame(
        {"table": [0], "row": [1], "era": [era], "unit_code": [unit_code],
         "household_code": [household_code]}
    )  # fmt: skip
    return code_questions(rows).height == 1


def test_only_the_code_of_another_commune_is_asked_about():
    assert not is_asked("2020", "14212", "36.365.14212.0001")
    assert not is_asked("2020", "14212", "HN-00012")
    assert is_asked("2020", "14212", "36.365.14200.0001")


def test_the_code_of_a_commune_that_became_part_of_the_unit_is_its_own():
    merged = successor("2020", "14200", "2025")
    assert merged != "14200"
    assert not is_asked("2025", merged, "36.365.14200.0001")
    assert is_asked("2025", "13669", "36.365.14200.0001")
