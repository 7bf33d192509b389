"""Programme workbooks, assigned targets and duties; a blank template filled in goes straight back."""

import io
import zipfile
from datetime import date
from typing import Any

import pytest

from pipelines import duties
from reference.periods import PeriodError
from reference.programmes import programme_form, programme_forms, programmes
from reports.plan_template import plan_template
from reports.programme_template import commune_names, programme_template
from tests.unit.pipelines.making import filled, read, workbook

PERIOD = "2026-H1"


def figures(reading: Any) -> dict[tuple[str, str, str], float]:
    """(commune, programme, quantity) to value."""
    rows = reading.tables["core_programme__value"]
    return {
        (unit, programme, quantity): value
        for unit, programme, quantity, value in rows.select(
            "unit_code", "programme", "quantity", "value"
        ).iter_rows()
    }


@pytest.mark.parametrize("form", [form.name for form in programme_forms()])
@pytest.mark.parametrize("period", ["2023-H2", "2025-H1", PERIOD])
def test_a_filled_template_is_read_back(form: str, period: str) -> None:
    declared = next(each for each in programme_forms() if each.name == form)
    content = filled(programme_template(form, period), {"C7": 4, "C8": 0})
    reading = read(content, f"{form}.xlsx", today=date(2026, 9, 15))
    assert (reading.outcome, reading.form) == ("loaded", declared.form)
    assert (reading.period, reading.rows_loaded) == (period, 2)
    first = declared.programmes[0]
    found = {key[1:]: value for key, value in figures(reading).items()}
    assert set(found) == {(first.id, first.columns[0].quantity)}
    assert sorted(figures(reading).values()) == [0.0, 4.0]


def test_every_column_of_every_sheet_is_recognised() -> None:
    for form in programme_forms():
        template = programme_template(form.name, PERIOD)
        for place, sheet in enumerate(form.sheets, start=1):
            columns = [(p.id, c) for p in sheet.programmes for c in p.columns]
            cells = {
                f"{_letter(at)}7": 46000 if c.unit == "date" else 1
                for at, (_, c) in enumerate(columns, start=2)
            }
            found = figures(read(filled(template, cells, place), "mau.xlsx"))
            assert {key[1:] for key in found} == {(p, c.quantity) for p, c in columns}


def test_whom_a_programme_reaches_is_counted_in_its_own_unit() -> None:
    found = {one.id: one for one in programmes().values()}
    wrong = [
        (one.id, column.quantity)
        for one in found.values()
        for column in one.columns
        if column.quantity in ("need", "eligible", "reached") and column.unit != one.unit
    ]
    assert not wrong
    assert found["credit_small_firm"].unit == "enterprise"
    assert found["credit_cooperative"].unit == "establishment"


def test_words_that_stood_over_a_column_earlier_are_read_as_before() -> None:
    template = programme_template("credit", PERIOD)
    earlier = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as book, zipfile.ZipFile(earlier, "w") as written:
        for part in book.namelist():
            text = book.read(part)
            for counted in ("doanh nghiệp", "cơ sở"):
                for words in ("có nhu cầu vay", "được vay"):
                    text = text.replace(
                        f"Số {counted} {words}".encode(), f"Số lượt {words}".encode()
                    )
            written.writestr(part, text)
    sheets = [sheet.name for sheet in programme_form("credit").sheets]
    place = sheets.index("Việc làm") + 1
    columns = [
        (one.id, column.quantity)
        for one in programme_form("credit").sheets[place - 1].programmes
        for column in one.columns
    ]
    cells = {f"{_letter(at)}7": 1 for at, _ in enumerate(columns, start=2)}
    found = figures(read(filled(earlier.getvalue(), cells, place), "mau.xlsx"))
    assert {key[1:] for key in found} == set(columns)


def test_dates_are_written_as_numbers() -> None:
    template = programme_template("budget", PERIOD)
    reading = read(filled(template, {"C7": 5_000_000, "D7": 46_098}), "von.xlsx")
    assert {k[2]: v for k, v in figures(reading).items()} == {
        "allocated_vnd": 5_000_000.0,
        "allocated_on": 20260317.0,
    }


def test_a_blank_cell_is_no_figure_and_a_blank_row_no_report() -> None:
    template = programme_template("credit", PERIOD)
    reading = read(filled(template, {"C7": 4}), "tin dung.xlsx")
    assert reading.rows_loaded == 1
    asked = {reason.column for reason in reading.reasons if reason.kind == "question"}
    assert "Cho vay hộ nghèo - Số hộ được giải ngân" in asked
    assert read(template, "trong.xlsx").outcome == "refused"


def test_a_cell_that_is_no_number_sends_its_row_back() -> None:
    sheets = {
        "Tập huấn": [
            ["TẬP HUẤN CÁN BỘ GIẢM NGHÈO CẤP XÃ VÀ TRƯỞNG THÔN, XÓM, TỔ DÂN PHỐ"],
            ["6 tháng cuối năm 2023"],
            ["STT", "Đơn vị", "Cán bộ làm công tác giảm nghèo cấp xã", None],
            [None, None, "Số người đương chức cuối kỳ", "Số người được tập huấn trong 12 tháng"],
            [1, "Xã Yên Bình, huyện Ý Yên", 3, "hai"],
            [2, "Xã Yên Nhân, huyện Ý Yên", 3, 2],
            [3, "Xã Yên Nhân, huyện Ý Yên", 3, 2],
            [4, "Xã Không Có, huyện Ý Yên", 3, 2],
            [None, "Tổng cộng", 9, 6],
        ]
    }
    reading = read(workbook(sheets), "can bo.xlsx")
    assert (reading.outcome, reading.period) == ("partly", "2023-H2")
    assert (reading.rows_loaded, reading.rows_rejected) == (1, 3)
    rejected = {(r.row, r.column) for r in reading.reasons if r.kind == "rejected"}
    assert (5, "Cán bộ làm công tác giảm nghèo cấp xã - Số người được tập huấn trong 12 tháng") in (
        rejected
    )


def test_assigned_targets_need_their_decision() -> None:
    head = ["STT", "Đơn vị", "Mã chỉ tiêu", "Năm", "Giá trị được giao", "Số quyết định",
            "Ngày quyết định", "Lần giao"]  # fmt: skip
    sheets = {
        "Chỉ tiêu": [
            ["GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2024"],
            head,
            [1, "Tỉnh Nam Định", "T1.1", 2024, "1,25", "12/QĐ-UBND", "10/01/2024", None],
            [2, "Huyện Ý Yên", "T1.1", 2024, 2, "12/QĐ-UBND", "10/01/2024", 1],
            [3, "Xã Yên Bình, huyện Ý Yên", "T1.2", 2024, 4, "12/QĐ-UBND", "10/01/2024", 2],
            [4, "Xã Yên Nhân, huyện Ý Yên", "T1.2", 2024, 4, None, "10/01/2024", 2],
        ]
    }
    reading = read(workbook(sheets), "chi tieu.xlsx")
    assert (reading.form, reading.rows_loaded, reading.rows_rejected) == ("assigned_targets", 3, 1)
    rows = reading.tables["core_target__assigned"]
    assert rows["level"].to_list() == ["province", "district", "commune"]
    assert rows["value"].to_list() == [1.25, 2.0, 4.0]
    assert rows["version"].to_list() == [1, 1, 2]
    assert rows["era"].to_list() == ["2020"] * 3


def test_a_target_without_a_number_of_assignment_is_the_first() -> None:
    head = ["STT", "Đơn vị", "Mã chỉ tiêu", "Năm", "Giá trị được giao", "Số quyết định",
            "Ngày quyết định", "Lần giao"]  # fmt: skip
    target = ["Tỉnh Nam Định", "T1.1", 2024]
    decision = ["12/QĐ-UBND", "10/01/2024"]
    sheets = {
        "Chỉ tiêu": [
            ["GIAO CHỈ TIÊU GIẢM NGHÈO NĂM 2024"],
            head,
            [1, *target, "1,25", *decision, None],
            [2, *target, "1,50", *decision, 1],
        ]
    }
    reading = read(workbook(sheets), "chi tieu.xlsx")
    # two values for one first assignment: nobody could say which is in force
    assert reading.tables["core_target__assigned"]["value"].to_list() == [1.25]
    assert [(reason.row, reason.kind) for reason in reading.reasons] == [(4, "rejected")]


def test_duties_know_their_owner(monkeypatch: pytest.MonkeyPatch) -> None:
    duty, owner = "III.4.1", "poverty_reduction"
    monkeypatch.setattr(duties, "duty_owners", lambda: {duty: owner})
    sheets = {
        "Nhiệm vụ": [
            ["TÌNH HÌNH THỰC HIỆN NHIỆM VỤ GIẢM NGHÈO"],
            ["6 tháng đầu năm 2024"],
            ["STT", "Mã nhiệm vụ", "Nhiệm vụ", "Tình trạng", "Minh chứng", "Hạn hoàn thành"],
            [1, duty, "Nhiệm vụ thứ nhất", "Đã hoàn thành", "12/KH-UBND", "15/05/2024"],
            [2, "KHONG.CO", "Nhiệm vụ lạ", "Chậm", None, None],
        ]
    }
    reading = read(workbook(sheets), "nhiem vu.xlsx")
    assert (reading.form, reading.rows_loaded, reading.rows_rejected) == ("duties", 1, 1)
    row = reading.tables["core_duty__status"].row(0, named=True)
    assert (row["owner_role"], row["duty_status"]) == (owner, "done")
    assert (row["period"], row["due_date"]) == ("2024-H1", date(2024, 5, 15))


def test_templates_list_the_communes_in_force_and_never_change() -> None:
    assert len(commune_names(PERIOD)) == 57
    assert len(set(commune_names("2023-H1"))) == 226
    assert programme_template("credit", PERIOD) == programme_template("programme_credit", PERIOD)
    with pytest.raises(PeriodError):
        programme_template("credit", "2026")


def test_the_templates_of_targets_and_duties_are_read_back() -> None:
    for form, period in (("assigned_targets", "2026-H1"), ("duties", "2025-H1")):
        template = plan_template(form, period)
        assert template == plan_template(form, period)
        reading = read(template, "mau.xlsx")
        assert (reading.form, reading.outcome) == (form, "refused")
        assert reading.period == ("2026" if form == "assigned_targets" else "2025-H1")


def test_programmes_the_measures_need_are_declared() -> None:
    needed = {"credit_poor", "credit_student", "vocational_training", "officers_village"}
    assert needed <= set(programmes())


def _letter(place: int) -> str:
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
