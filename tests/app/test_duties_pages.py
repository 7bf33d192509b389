"""Duties, reporting and the plan on the page about: what each says, in which role, and when nothing came."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from measures.reporting import agency_reports
from reference.plan import clauses
from reports.reminder_letter import MARK, Owed, reminder
from tests.app import factory
from tests.app.test_pages import _headline, _texts
from ui import reporting
from warehouse.core_tables import CORE_DUTY__STATUS
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION

VIETNAMESE = set("ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
FILES = (
    # number, form, day of the document: the 9th of June is in time, the 19th ten days late
    (11, "programme_credit", date(2026, 6, 9)),
    (12, "programme_health_insurance", date(2026, 6, 19)),
    (13, "duties", date(2026, 6, 8)),
)
STATUSES = (
    ("NV01", "done", "12/KH-UBND", date(2026, 3, 1)),
    ("NV02", "in_progress", None, date(2026, 5, 1)),  # over on 30 June: late
    ("NV03", "in_progress", None, date(2026, 12, 1)),
)


def _submissions():
    rows = [
        {
            "file_number": number, "submission_id": f"{number:064x}", "form": form, "era": "2025",
            "unit_code": "37", "period": "2026-H1", "status": "official", "outcome": "loaded",
            "rows_read": 60, "rows_loaded": 57, "rows_rejected": 0, "rows_not_data": 3,
            "document_date": day, "received_at": datetime(2026, 9, 14, 3, 0, tzinfo=UTC),
            "contract_version": 1,
        }
        for number, form, day in FILES
    ]  # fmt: skip
    return QUALITY__SUBMISSION.conform(pl.DataFrame(rows))


def _coverage():
    key = {
        "era": "2025",
        "period": "2026-H1",
        "status": "official",
        "row_count": 1,
        "is_current": True,
    }
    rows = [
        {"submission_id": f"{number:064x}", "form": form, "unit_code": code, **key}
        for number, form, codes in (
            (11, "programme_credit", ("13669", "13675")),
            (13, "duties", ("37",)),
        )
        for code in codes
    ]
    return QUALITY__COVERAGE.conform(pl.DataFrame(rows))


def _statuses():
    rows = [
        {
            "submission_id": f"{13:064x}", "sheet": "NV", "row": place, "era": "2025", "unit_code": "37",
            "period": "2026-H1", "duty_id": duty, "owner_role": "poverty_reduction",
            "duty_status": status, "evidence": evidence, "due_date": due,
        }
        for place, (duty, status, evidence, due) in enumerate(STATUSES, start=8)
    ]  # fmt: skip
    return CORE_DUTY__STATUS.conform(pl.DataFrame(rows))


@pytest.fixture(scope="module")
def plan_data(tmp_path_factory):
    """The small build with three reports of the first half of 2026."""
    folder = tmp_path_factory.mktemp("plan")
    quality, core = factory.quality, factory.core_rows

    def with_reports():
        found = quality()
        found["quality__submission"] = pl.concat([found["quality__submission"], _submissions()])
        found["quality__coverage"] = pl.concat([found["quality__coverage"], _coverage()])
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factory, "quality", with_reports)
        patch.setattr(factory, "core_rows", lambda: core() | {"core_duty__status": _statuses()})
        factory.write_build(folder)
    return folder


def _table(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_duties_say_what_is_done_late_and_silent(open_app, plan_data):
    headline = _headline(open_app(plan_data, "duties"))
    # of 42: one done, one past its day, one under way, 39 without a row
    assert headline == (
        "6 tháng đầu năm 2026: 1 trên 42 nhiệm vụ đã hoàn thành, 1 chậm, 1 đang hoặc chưa thực "
        "hiện, 39 chưa có báo cáo"
    )


def test_a_duty_has_owner_standing_evidence_and_day(open_app, plan_data):
    table = _table(open_app(plan_data, "duties"), "Nhiệm vụ").set_index("Nhiệm vụ")
    plan = table.filter(like="NV01 ", axis=0).iloc[0]
    assert plan["Tình trạng"] == "● đã hoàn thành"
    assert plan["Minh chứng"] == "12/KH-UBND"
    assert plan["Cơ quan phụ trách"] == "Sở Nông nghiệp và Môi trường tỉnh Ninh Bình"
    assert table.filter(like="NV02 ", axis=0).iloc[0]["Tình trạng"] == "■ chậm"
    press = table.filter(like="NV33 ", axis=0).iloc[0]
    assert press["Tình trạng"] == "○ chưa có báo cáo"
    assert press["Cơ quan phụ trách"] == "Báo Nam Định (chưa rõ cơ quan kế thừa)"


def test_the_owner_and_the_standing_choose_duties_and_stand_in_the_url(open_app, plan_data):
    app = open_app(plan_data, "duties")
    app.selectbox(key="owner_widget").select("local_government").run()
    assert app.query_params["owner"] == "local_government"
    assert len(_table(app, "Nhiệm vụ")) == 5
    app = open_app(plan_data, "duties", standing="late")
    assert [name[:4] for name in _table(app, "Nhiệm vụ")["Nhiệm vụ"]] == ["NV02"]


def test_choosing_a_standing(open_app, plan_data):
    app = open_app(plan_data, "duties")
    app.segmented_control(key="standing_widget").set_value("done").run()
    assert not app.exception
    assert app.query_params["standing"] == "done"


def test_the_half_year_changes_the_duties(open_app, plan_data):
    app = open_app(plan_data, "duties")
    app.selectbox(key="half_year_widget").select("2025-H2").run()
    assert _headline(app) == (
        "6 tháng cuối năm 2025: chưa có báo cáo về nhiệm vụ nào trong 42 nhiệm vụ"
    )


def test_without_a_workbook_every_duty_is_without_report(open_app, demo_data):
    app = open_app(demo_data, "duties")
    assert "chưa có báo cáo về nhiệm vụ nào" in _headline(app)
    assert set(_table(app, "Nhiệm vụ")["Tình trạng"]) == {"○ chưa có báo cáo"}


def test_reporting_counts_in_time_late_and_missing(open_app, plan_data):
    app = open_app(plan_data, "reporting")
    assert _headline(app) == (
        "6 tháng đầu năm 2026: 2 trên 11 báo cáo của các cơ quan gửi đúng hạn, 1 gửi chậm, 8 chưa gửi"
    )
    table = _table(app, "Biểu").set_index("Biểu")
    assert table.loc["Biểu bảo hiểm y tế", "Tình trạng"] == "▲ gửi chậm, quá hạn 10 ngày"
    credit = table.loc["Biểu tín dụng chính sách"]
    assert (credit["Tình trạng"], credit["Ngày gửi"]) == ("● đúng hạn", "09/06/2026")
    assert credit["Xã có số liệu"] == "2/57"
    # 9 June to 15 September 2026: 21 + 31 + 31 + 15 days
    housing = table.loc["Biểu nhà ở, hạ tầng"]
    assert housing["Tình trạng"] == "■ chưa có báo cáo, quá hạn 98 ngày"
    assert housing["Gọi ai"].startswith("Đầu mối báo cáo giảm nghèo, Sở Xây dựng")


def test_an_agency_with_several_roles_has_one_row(open_app, plan_data):
    table = next(
        frame.value
        for frame in open_app(plan_data, "duties").dataframe
        if "● đã hoàn thành" in frame.value.columns
    )
    assert table["Cơ quan phụ trách"].is_unique
    counts = table.drop(columns="Cơ quan phụ trách").astype(int)
    assert counts.to_numpy().sum() == 42


def test_reports_of_a_day_not_known_are_told(monkeypatch):
    found = [
        report
        for report in agency_reports(
            "2026-H1",
            _submissions().with_columns(document_date=None),
            _coverage(),
            date(2026, 9, 15),
        )
    ]
    monkeypatch.setattr(reporting, "language", lambda: "vi")
    told = reporting.sentence(found, "2026-H1")
    assert told.endswith("0 gửi chậm, 8 chưa gửi, 3 không rõ ngày gửi")


def test_communes_of_the_last_review_and_month(open_app, plan_data):
    app = open_app(plan_data, "reporting")
    assert any(
        "Các xã, 2025: 1/57 xã đã gửi" in one.value.replace("\\", "") for one in app.subheader
    )
    app.segmented_control(key="report_widget").set_value("change").run()
    assert not app.exception
    assert app.query_params["report"] == "change"
    assert any(
        "tháng 8/2026: 0/57 xã đã gửi" in one.value.replace("\\", "") for one in app.subheader
    )


def test_the_letter_names_what_is_owed_and_that_it_is_simulated(open_app, plan_data):
    app = open_app(plan_data, "reporting")
    name = "Sở Xây dựng tỉnh Ninh Bình"
    app.selectbox(key="remind_widget").select(name).run()
    letter = app.code[0].value
    assert letter.startswith(MARK)
    assert f"Kính gửi: {name}" in letter
    assert (
        "Biểu nhà ở, hạ tầng, 6 tháng đầu năm 2026: hạn cuối 09/06/2026, đã quá hạn 98 ngày."
        in letter
    )
    assert app.get("download_button")


def test_a_letter_about_real_data_bears_no_mark():
    owed = [
        Owed("Biểu A", "2025", date(2025, 12, 14), 3),
        Owed("Biểu B", "2025", date(2025, 12, 14), 3),
    ]
    text = reminder("Sở A", "UBND tỉnh", "Xã B", owed, date(2025, 12, 17), is_demo=False)
    assert text.startswith("UBND TỈNH\nSỞ A\n")
    assert "1. Biểu A, 2025: hạn cuối 14/12/2025, đã quá hạn 3 ngày;\n2. Biểu B" in text
    with pytest.raises(ValueError, match="owed"):
        reminder("Sở A", "UBND tỉnh", "Xã B", [], date(2025, 12, 17), is_demo=False)


def test_the_calendar_of_the_year_is_shown_to_everybody(open_app, plan_data):
    for role in ("leader", "visitor"):
        table = _table(open_app(plan_data, "reporting", role=role), "Theo văn bản")
        assert "trước ngày 10/6" in set(table["Theo văn bản"])
        assert "mỗi tháng một lần, từ ngày 15" in set(table["Theo văn bản"])


@pytest.mark.parametrize("page", ["duties", "reporting"])
def test_visitors_are_told_why_they_see_nothing(open_app, plan_data, page):
    app = open_app(plan_data, page, role="visitor")
    assert "chỉ dành cho người đăng nhập" in _headline(app)
    assert not any("Cơ quan phụ trách" in frame.value.columns for frame in app.dataframe)


def test_an_officer_sees_the_communes_in_charge_only(open_app, plan_data):
    app = open_app(plan_data, "reporting", role="officer")
    assert _headline(app) == "Báo cáo của các xã được phân công phụ trách"
    assert 0 < len(_table(app, "Đơn vị")) < 57


@pytest.mark.parametrize("page", ["duties", "reporting"])
def test_english_is_whole(open_app, plan_data, page):
    app = open_app(plan_data, page, lang="en")
    assert not VIETNAMESE & set(_headline(app).lower())
    for frame in app.dataframe:
        assert not VIETNAMESE & set("".join(map(str, frame.value.columns)).lower())


@pytest.mark.parametrize("page", ["duties", "reporting"])
def test_an_empty_warehouse_shows_how_to_begin(open_app, tmp_path, page):
    assert _headline(open_app(tmp_path, page)).startswith("Chưa có số liệu")


def test_every_section_of_the_plan_leads_to_its_pages(open_app, plan_data):
    app = open_app(plan_data, "about", section="IV.8")
    text = _texts(app).replace("\\", "")
    for clause in clauses():
        if clause.clause_id.startswith("IV.8."):
            assert clause.text in text
    assert "Sở Tư pháp tỉnh Ninh Bình" in text
    assert [link.proto.label for link in app.get("page_link")] == [
        "Mở trang Nhiệm vụ", "Mở trang Kết quả chương trình",
    ]  # fmt: skip


def test_the_section_of_the_plan_stands_in_the_url(open_app, plan_data):
    app = open_app(plan_data, "about")
    app.selectbox(key="section_widget").select("IV.16").run()
    assert not app.exception
    assert app.query_params["section"] == "IV.16"
    assert "IV.16.2" in _texts(app)


def test_the_plan_is_read_without_a_build(open_app, tmp_path):
    assert "II.2.1" in _texts(open_app(tmp_path, "about"))


def test_agency_reports_of_the_small_build_are_what_the_page_says():
    found = agency_reports(
        "2026-H1", _submissions(), _coverage(), factory.quality()["quality__build"]["today"][0]
    )
    assert sum(report.standing == "on_time" for report in found) == 2


@pytest.mark.parametrize("page", ["duties", "reporting"])
def test_an_english_headline_begins_with_a_capital(open_app, plan_data, page):
    assert _headline(open_app(plan_data, page, lang="en")).startswith("First half of 2026")


def test_the_duties_are_read_whole_and_every_column_is_one_click_away(open_app, plan_data):
    app = open_app(plan_data, "duties")
    read, every = app.table[0].value, app.dataframe[0].value
    assert len(read) == len(every) == 42
    assert list(read.columns) == [
        "Nhiệm vụ",
        "Tình trạng",
        "Cơ quan phụ trách",
        "Minh chứng",
        "Hạn",
    ]
    assert set(every.columns) - set(read.columns) == {"Sản phẩm", "Khoản của Kế hoạch"}
