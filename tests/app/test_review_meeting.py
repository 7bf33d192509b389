"""Meeting mode: the agenda, one point at a time, decisions taken by two browsers, their follow-up and the papers."""

import getpass
import io
import json
import shutil
import zipfile
from datetime import date, datetime

import pytest

from tests.app.test_meetings import NAME, SLUG, freeze_served
from tests.app.test_pages import _headline, _texts
from ui import pack
from warehouse import decisions
from warehouse.decisions import Figure, Said, add_decision, entries

T41 = "T4.1"
DUE = date(2026, 12, 9)


@pytest.fixture
def data(demo_data, tmp_path):
    """A build of one's own: what is decided stays beside it."""
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    return folder


def view(app):
    """What the big type says."""
    return json.loads(app.get("bidi_component")[0].proto.json)


def decide(app, text, button="decide"):
    app.text_area(key="decision_text").input(text)
    app.button(key=button).click().run()
    assert not app.exception
    return app


def test_the_agenda_begins_with_what_slips(open_app, data):
    shown = view(open_app(data, "review_meeting"))
    # of all indicators only cards of poor persons have a number and miss it: 98 % of 1.000 persons
    assert shown["status"] == f"{NAME} · ▲ chưa đạt 100 %"
    assert (
        shown["message"]
        == "T4.1 Người nghèo có thẻ bảo hiểm y tế còn hạn: còn thiếu 2,00 điểm % = 20 người"
    )
    assert [each["title"] for each in shown["figures"]] == [
        "Số chính thức gần nhất",
        "Cùng kỳ năm trước",
    ]
    assert shown["figures"][0]["value"] == "98,0 % = 980 người"
    assert shown["figures"][1]["value"] == "không đủ dữ liệu"


def test_three_columns_where_there_is_a_running_list(open_app, data):
    shown = view(open_app(data, "review_meeting", point="T1.1"))
    assert shown["figures"][0]["note"].startswith("2025 · chính thức")
    assert shown["figures"][0]["value"] == "0,75 % = 4.825 hộ"


def test_the_arrows_go_through_the_agenda_and_the_point_stands_in_the_url(open_app, data):
    app = open_app(data, "review_meeting")
    first = view(app)["message"]
    app.button(key="review_next").click().run()
    assert view(app)["message"] != first
    assert app.query_params["point"]
    app.button(key="review_back").click().run()
    assert view(app)["message"] == first
    shortcuts = {one.key: one.proto.shortcut for one in app.button}
    assert (shortcuts["review_back"], shortcuts["review_next"]) == ("left", "right")


def test_a_decision_is_kept_with_figure_build_meeting_and_person(open_app, data):
    app = decide(open_app(data, "review_meeting"), "Rà soát 20 người chưa có thẻ")
    (entry,) = entries(data)
    assert (entry.kind, entry.text) == ("decision", "Rà soát 20 người chưa có thẻ")
    assert entry.figure == Figure(T41, "poor_health_insurance_rate", "2025-H2", "2025", "36")
    assert entry.said.meeting == SLUG
    assert entry.said.who == "Lãnh đạo"
    assert entry.agency_id == "so_y_te_ninh_binh"
    assert entry.due_date == DUE  # the next report is due before 10 December
    assert any("Rà soát 20 người" in one.value for one in app.subheader)


def test_on_one_computer_the_account_writes(open_app, real_data, tmp_path):
    folder = tmp_path / "real"
    shutil.copytree(real_data, folder)
    decide(open_app(folder, "review_meeting"), "Việc của tỉnh thật")
    assert entries(folder)[0].said.who == getpass.getuser()


def test_a_note_has_no_agency(open_app, data):
    decide(open_app(data, "review_meeting"), "Chủ tịch hỏi thêm", "note")
    (entry,) = entries(data)
    assert (entry.kind, entry.agency_id, entry.due_date) == ("note", None, None)


def test_a_decision_without_text_is_refused_in_words(open_app, data):
    app = decide(open_app(data, "review_meeting"), " ")
    assert "Cần ghi nội dung" in app.error[0].value.replace("\\", "")
    assert entries(data) == []


def test_two_browsers_at_once_both_keep_what_they_decided(open_app, data):
    one, other = open_app(data, "review_meeting"), open_app(data, "review_meeting")
    one.text_area(key="decision_text").input("Việc của máy một")
    other.text_area(key="decision_text").input("Việc của máy hai")
    one.button(key="decide").click().run()
    other.button(key="decide").click().run()
    assert [each.text for each in entries(data)] == ["Việc của máy một", "Việc của máy hai"]
    one.run()
    assert {"Việc của máy một", "Việc của máy hai"} <= {
        text
        for one in one.subheader
        for text in ("Việc của máy một", "Việc của máy hai")
        if text in one.value
    }


@pytest.mark.parametrize("role", ["visitor", "officer"])
def test_others_neither_see_nor_write_decisions(open_app, data, role):
    app = open_app(data, "review_meeting", role=role)
    assert _headline(app).startswith("Chế độ họp dành cho")
    assert not app.text_area


@pytest.fixture
def earlier(data, monkeypatch):
    """Decisions of last year's meeting: one late, one open."""
    monkeypatch.setattr(decisions, "_now", lambda: datetime(2025, 9, 20).astimezone().isoformat())
    said = Said("so-ket-quy-iii-2025", "b", "An")
    late = add_decision(data, "Cấp thẻ", "so_y_te", date(2026, 6, 9), Figure(T41), said)
    add_decision(data, "Tập huấn", "so_nnmt", DUE, Figure("T7.1"), said)
    return late


def test_the_meeting_begins_with_what_became_of_earlier_decisions(open_app, data, earlier):
    app = open_app(data, "review_meeting")
    assert _headline(app) == "2 kết luận của các kỳ họp trước: 0 đã xong, 1 quá hạn, 1 đang làm"
    table = app.dataframe[0].value
    assert list(table["Tình trạng"]) == ["■ quá hạn", "▲ đang làm"]
    assert app.subheader[0].value.replace("\\", "").startswith("■ quá hạn · Cấp thẻ (Sở Y tế")
    app.selectbox(key="follow_up_which").select(earlier)
    app.text_input(key="follow_up_text").input("đã cấp đủ")
    app.button(key="follow_up_done").click().run()
    assert not app.exception
    assert _headline(app) == "2 kết luận của các kỳ họp trước: 1 đã xong, 0 quá hạn, 1 đang làm"
    assert entries(data)[0].follow_ups[0].text == "đã cấp đủ"


def test_a_frozen_meeting_knows_nothing_of_later_decisions(open_app, data, earlier):
    freeze_served(data, "Sơ kết Quý III năm 2024", date(2024, 9, 15))
    app = open_app(data, "review_meeting", meeting="so-ket-quy-iii-nam-2024")
    assert "kết luận của các kỳ họp trước" not in _texts(app)
    assert view(app)["status"].startswith("Sơ kết Quý III năm 2024 · ")


def test_the_pack_is_written_and_a_paper_that_fails_is_named(open_app, data, monkeypatch):
    def fails(_content):
        raise ValueError("hỏng")

    monkeypatch.setitem(pack.write_pack.__globals__["PAPERS"], "trinh-chieu.pptx", fails)
    app = open_app(data, "review_meeting")
    app.button(key="pack_make").click().run(timeout=120)
    assert not app.exception
    assert "trinh-chieu.pptx" in app.error[0].value.replace("\\", "")
    made = app.session_state["meeting_pack_made"]
    names = zipfile.ZipFile(io.BytesIO(made["file"])).namelist()
    assert names == ["to-tom-tat.pdf", "bao-cao.docx", "bao-cao.pdf", "phu-luc-so-lieu.xlsx"]


def test_english_is_whole(open_app, data):
    shown = view(open_app(data, "review_meeting", lang="en"))
    assert shown["message"].startswith("T4.1 Poor persons")
    assert "missing" in shown["message"]


def test_an_empty_warehouse_shows_how_to_begin(open_app, tmp_path):
    assert _headline(open_app(tmp_path, "review_meeting")).startswith("Chưa có số liệu")
