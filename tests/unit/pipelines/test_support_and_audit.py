"""Support by household and audit samples: read, sent back, asked; blank workbooks read back."""

from datetime import date

import fastexcel
import pytest

from pipelines.reading import FileReading
from reference.loading import form_layout, indicators, value_words
from reports.plan_template import HEADER_ROW, plan_template
from tests.unit.pipelines.making import Cell, read, remarks, workbook

COMMUNE = "Xã Hải Hưng"


def support(*rows: dict[str, Cell]) -> FileReading:
    return sheet("household_support", "HỖ TRỢ GIẢM NGHÈO ĐẾN TỪNG HỘ NĂM 2025", rows)


def audit(*rows: dict[str, Cell]) -> FileReading:
    return sheet("audit_sample", "KẾT QUẢ PHÚC TRA HỘ NGHÈO, HỘ CẬN NGHÈO NĂM 2025", rows)


def sheet(form: str, title: str, rows: tuple[dict[str, Cell], ...]) -> FileReading:
    columns = form_layout(form).columns
    header = [column.headers[0].capitalize() for column in columns]
    cells = [
        [row.get(column.name) for column in columns]
        for row in ({"row_number": place, **row} for place, row in enumerate(rows, start=1))
    ]
    return read(workbook({"Biểu": [["UBND TỈNH NINH BÌNH"], [title], header, *cells]}), "bieu.xlsx")


def given(**changed: Cell) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "unit_name": COMMUNE, "head_name": "Chủ hộ Một", "birth": "08/02/1961", "sex": "Nam",
        "identity_number": "036061000123", "household_class": "Hộ mới thoát nghèo",
        "policy": "Bảo hiểm y tế", "deprivation": "Bảo hiểm y tế", "support_status": "Đã nhận",
        "support_date": "15/03/2025", "amount_vnd": 972_000, "agency_name": "BHXH",
    }  # fmt: skip
    return cells | changed


def visited(number: str, **changed: Cell) -> dict[str, Cell]:
    cells: dict[str, Cell] = {
        "unit_name": COMMUNE, "audit_number": number, "listing": "Có", "class_on_list": "Hộ nghèo",
        "class_found": "Hộ không nghèo", "weight": "12,5", "stratum": "1", "cluster": "Thôn An Cừ",
        "audit_date": "15/03/2026",
    }  # fmt: skip
    return cells | changed


def test_support_keeps_the_household_the_policy_and_what_it_answers() -> None:
    reading = support(given(), given(policy="Tín dụng chính sách", deprivation=None,
                                     support_status="Chưa nhận", support_date=None))  # fmt: skip
    assert (reading.form, reading.period, reading.rows_loaded) == ("household_support", "2025", 2)
    card, credit = reading.tables["core_support__household"].to_dicts()
    assert (card["household_class"], card["policy"], card["deprivation"]) == (
        "newly_escaped", "health_insurance", "health_insurance",
    )  # fmt: skip
    assert (card["is_received"], card["support_date"]) == (True, date(2025, 3, 15))
    assert (credit["policy"], credit["is_received"], credit["deprivation"]) == (
        "credit",
        False,
        None,
    )
    assert card["personal_identity_number"] == "036061000123"


def test_a_status_that_is_not_written_is_asked_and_never_a_no() -> None:
    reading = support(
        given(support_status=None),
        given(support_status=None, support_date=None),
        given(policy="Không thuộc diện", support_status=None, support_date=None),
    )
    received = reading.tables["core_support__household"]["is_received"].to_list()
    # a day of receipt says yes; nothing written is unknown; entitled to nothing is neither
    assert received == [True, None, None]
    assert [row for row, _ in remarks(reading, "question")] == [5]


def test_support_without_policy_or_name_or_against_itself_is_sent_back() -> None:
    reading = support(
        given(),
        given(policy=None),
        given(policy="gì đó"),
        given(head_name=None, identity_number=None),
        given(support_status="Chưa nhận"),
        given(unit_name="Xã Không Có"),
    )
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 5)


def test_an_audited_household_is_listed_or_not() -> None:
    reading = audit(visited("p1"), visited("P2", listing="Không", class_on_list=None))
    assert (reading.form, reading.period, reading.rows_loaded) == ("audit_sample", "2025", 2)
    listed, other = reading.tables["core_audit__household"].to_dicts()
    assert (listed["audit_number"], listed["is_listed"], listed["class_on_list"]) == (
        "P1", True, "poor",
    )  # fmt: skip
    assert (listed["class_found"], listed["weight"], listed["cluster"]) == (
        "none", 12.5, "Thôn An Cừ",
    )  # fmt: skip
    assert (other["is_listed"], other["class_on_list"]) == (False, "none")


def test_an_audit_that_contradicts_itself_is_sent_back() -> None:
    reading = audit(
        visited("P1"),
        visited("P2", class_on_list=None),
        visited("P3", listing="Không"),
        visited("P4", class_found=None),
        visited("P5", listing=None),
        visited("P1"),
    )
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 5)


def test_every_deprivation_has_its_words() -> None:
    words = value_words()["deprivation"].words
    assert [*words] == [indicator.code for indicator in indicators()]
    assert [spellings[0] for spellings in words.values()] == [
        indicator.label_vi.lower() for indicator in indicators()
    ]


@pytest.mark.parametrize("form", ["household_support", "audit_sample"])
def test_the_blank_workbook_is_read_back_and_offers_words_that_are_read(form: str) -> None:
    content = plan_template(form, "2025")
    assert content == plan_template(form, "2025")
    book = fastexcel.read_excel(content)
    names = book.load_sheet(0, header_row=HEADER_ROW).to_polars().columns
    heads = [column.headers[0].casefold() for column in form_layout(form).columns]
    assert [name.casefold() for name in names] == heads
    assert read(content, "mau.xlsx").form == form
    offered = book.load_sheet(1, header_row=None).to_polars()
    coded = [column for column in form_layout(form).columns if column.values]
    assert offered.width == 1 + len(coded)
    for place, column in enumerate(coded, start=1):
        known = {
            each for words in value_words()[str(column.values)].words.values() for each in words
        }
        words = offered[:, place].drop_nulls().to_list()
        assert words
        assert {word.lower() for word in words} <= {each.lower() for each in known}


def test_a_row_that_goes_back_is_told_what_stands_in_it_and_never_that_it_was_loaded() -> None:
    for reading in (
        support(given(), given(policy="gì đó", amount_vnd="1,5 triệu", birth="2099")),
        audit(visited("P1"), visited("P2", listing="x", weight="nhiều"),
              visited("P3", class_found="chưa rõ")),
    ):  # fmt: skip
        sent_back = {row for row, _ in remarks(reading, "rejected")}
        told = [reason for reason in reading.reasons if reason.row in sent_back]
        assert told
        assert not [reason.todo for reason in told if "đã được nhập" in reason.todo]
        assert {reason.found for reason in told} & {"gì đó", "x"}


def test_who_is_entitled_to_nothing_and_got_something_is_asked() -> None:
    reading = support(given(policy="Không thuộc diện hưởng chính sách nào"))
    assert remarks(reading, "question") == [(4, "Tình trạng hưởng")]


def test_a_name_or_number_of_a_person_is_no_number_of_a_questionnaire() -> None:
    reading = audit(visited("P1"), visited("Nguyễn Văn An"), visited("036061000123"))
    assert reading.rows_loaded == 1
    assert not any("An" in str(reason.found) for reason in reading.reasons)


def test_a_name_typed_where_the_commune_should_stand_is_not_repeated() -> None:
    reading = support(
        given(unit_name="Nguyễn Văn An"),
        given(unit_name="Xã Không Có"),
        given(unit_name="Hải Hưnx"),
    )
    found = {reason.row: reason.found or "" for reason in reading.reasons if reason.row}
    assert "Nguyễn" not in found[4]
    assert "không có đơn vị này" in found[4]
    # a name of a unit is repeated: the clerk must see what is misspelt
    assert "Xã Không Có" in found[5]
    assert "Hải Hưnx" in found[6]
