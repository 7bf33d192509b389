"""Register of models and their participants: read, sent back, asked; blank workbooks read back."""

from datetime import date

import fastexcel
import pytest

from pipelines.reading import FileReading
from reference.loading import form_layout
from reports.plan_template import HEADER_ROW, plan_template
from tests.unit.pipelines.making import Cell, read, remarks, workbook

COMMUNE = "Xã Hải Hưng"


def register(*rows: dict[str, Cell]) -> FileReading:
    return sheet("model_register", "DANH MỤC MÔ HÌNH GIẢM NGHÈO NĂM 2025", rows)


def participants(*rows: dict[str, Cell]) -> FileReading:
    return sheet("model_participants", "HỘ THAM GIA MÔ HÌNH GIẢM NGHÈO NĂM 2025", rows)


def sheet(form: str, title: str, rows: tuple[dict[str, Cell], ...]) -> FileReading:
    columns = form_layout(form).columns
    header = [column.headers[0].capitalize() for column in columns]
    cells = [
        [row.get(column.name) for column in columns]
        for row in ({"row_number": place, **row} for place, row in enumerate(rows, start=1))
    ]
    return read(
        workbook({"Biểu": [["UBND TỈNH NINH BÌNH"], [title], header, *cells]}), "mo hinh.xlsx"
    )


def model(**changed: Cell) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "unit_name": COMMUNE, "model_id": "MH01", "model_name": "Nuôi gà thả vườn",
        "model_type": "Chăn nuôi", "model_kind": "Mô hình gốc", "started_date": "05/01/2023",
        "agency_name": "Sở Nông nghiệp", "budget_central_vnd": 300_000_000, "own_money_vnd": 0,
        "core_components": "Con giống; Tập huấn ; con giống",
    }  # fmt: skip
    return cells | changed


def member(number: str, **changed: Cell) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "unit_name": COMMUNE, "model_id": "mh01", "participant_number": number,
        "head_name": f"Chủ hộ {number}", "birth": "08/02/1961", "identity_number": "036061000123",
        "entry_date": "15/01/2023", "support_vnd": 12_000_000, "b1_before_points": 110,
    }  # fmt: skip
    return cells | changed


def test_a_pilot_and_its_copy() -> None:
    reading = register(model(), model(model_id="MH01-2", model_kind="Nhân rộng", copy_of="MH01"))
    assert (reading.form, reading.period, reading.rows_loaded) == ("model_register", "2025", 2)
    pilot, copy = reading.tables["core_model__register"].to_dicts()
    assert (pilot["era"], pilot["model_type"], pilot["model_kind"]) == (
        "2025",
        "livestock",
        "pilot",
    )
    assert (pilot["started_date"], pilot["ended_date"]) == (date(2023, 1, 5), None)
    assert pilot["core_components"] == ["con giống", "tập huấn"]
    assert (copy["model_kind"], copy["copy_of"]) == ("copy", "MH01")


def test_money_that_is_not_written_is_unknown_and_zero_is_zero() -> None:
    row = register(model()).tables["core_model__register"].row(0, named=True)
    assert (row["budget_central_vnd"], row["budget_local_vnd"], row["own_money_vnd"]) == (
        3e8,
        None,
        0,
    )


def test_a_copy_without_pilot_and_an_unknown_commune_are_sent_back() -> None:
    reading = register(
        model(),
        model(model_id="MH02", model_kind="Nhân rộng"),
        model(model_id="MH03", unit_name="Xã Không Có"),
        model(model_id="MH04", model_kind="chưa rõ"),
        model(),
    )
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 4)
    assert [row for row, _ in remarks(reading, "rejected")] == [5, 6, 7, 8]


def test_a_household_is_an_example_where_it_is_written() -> None:
    reading = participants(
        member("H1", is_exemplary="Có"), member("H2", is_exemplary="không"), member("H3"),
        member("H4", is_exemplary="giỏi"),
    )  # fmt: skip
    rows = reading.tables["core_model__participant"].sort("participant_number")
    assert rows["is_exemplary"].to_list() == [True, False, None, None]
    (asked,) = [reason for reason in reading.reasons if reason.found == "giỏi"]
    assert (asked.kind, asked.expected) == ("question", "Có hoặc Không")


def test_participants_keep_their_household_and_whom_they_passed_on_to() -> None:
    reading = participants(
        member("H1", passed_on_to="h2; H3", recovered_vnd=6_000_000), member("H2")
    )
    rows = reading.tables["core_model__participant"]
    first = rows.row(0, named=True)
    assert (first["model_id"], first["passed_on_to"]) == ("MH01", ["H2", "H3"])
    assert (first["entry_date"], first["recovered_vnd"]) == (date(2023, 1, 15), 6e6)
    assert first["personal_identity_number"] == "036061000123"
    assert rows["exit_date"].null_count() == 2


def test_participants_without_entry_or_name_are_sent_back() -> None:
    reading = participants(
        member("H1"),
        member("H2", entry_date=None),
        member("H3", head_name=None, identity_number=None),
        member("H4", exit_date="01/01/2022"),
        member("H1"),
    )
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 4)


def test_an_amount_that_cannot_be_read_is_asked_and_stays_unknown() -> None:
    reading = participants(member("H1", support_vnd="nhiều"))
    assert reading.tables["core_model__participant"]["support_vnd"].to_list() == [None]
    assert len(remarks(reading, "question")) == 1


@pytest.mark.parametrize("form", ["model_register", "model_participants"])
def test_the_blank_workbook_has_every_column_and_is_the_same_each_time(form: str) -> None:
    content = plan_template(form, "2025")
    assert content == plan_template(form, "2025")
    names = fastexcel.read_excel(content).load_sheet(0, header_row=HEADER_ROW).to_polars().columns
    heads = [column.headers[0].casefold() for column in form_layout(form).columns]
    assert [name.casefold() for name in names] == heads
    assert read(content, "mau.xlsx").form == form


def test_a_name_or_number_of_a_person_is_no_number_inside_the_model() -> None:
    # what stands there is kept in clear by the build, and told to the sender
    reading = participants(
        member("Nguyễn Văn An"),
        member("036061000123"),
        member("036061000"),
        member("H4", passed_on_to="Trần Thị Bình; H5; 036061000124"),
        member("H5"),
    )
    rows = reading.tables["core_model__participant"]
    assert rows["participant_number"].to_list() == ["H4", "H5"]
    assert rows["passed_on_to"].to_list() == [["H5"], None]
    told = " ".join(str(reason.found) for reason in reading.reasons)
    assert [row for row, _ in remarks(reading, "rejected")] == [4, 5, 6]
    assert (7, "Chuyển tiếp cho hộ (mã hộ, cách nhau bằng dấu ;)") in remarks(reading, "question")
    assert not any(part in told.lower() for part in ("bình", "nguyễn", "0360"))


def test_those_passed_on_to_stand_between_commas_too_and_nobody_passes_on_to_himself() -> None:
    reading = participants(member("H1", passed_on_to="H2, h3"), member("H2", passed_on_to="h2"))
    assert reading.tables["core_model__participant"]["passed_on_to"].to_list() == [
        ["H2", "H3"],
        None,
    ]
    assert [row for row, _ in remarks(reading, "question")] == [5]


def test_an_end_that_is_planned_is_a_day() -> None:
    reading = register(model(ended_date="31/12/2028"))
    assert reading.tables["core_model__register"]["ended_date"].to_list() == [date(2028, 12, 31)]
    assert not reading.reasons
