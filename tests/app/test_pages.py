"""Pages opened on a small build: what each says, in which role and language, and without data."""

import json
import re

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.conftest import ROOT
from ui import access, build
from ui.data import Rows
from warehouse.door import NotAllowed, Viewer

PAGES = ("overview", "poverty_rates", "data_quality", "about")
HEADLINES = {
    "overview": "Năm 2025 còn 4.825 hộ nghèo (0,75 %), giảm 1.306 hộ so với 2024",
    "poverty_rates": "Tỷ lệ hộ nghèo 2025",
    "data_quality": "Đã nhận 4 tệp: 2 nạp đủ, 1 nạp một phần, 1 chưa nạp được",
    "about": "Số liệu lấy từ danh sách của các xã",
}


def _headline(app):
    return app.header[0].value.replace("\\", "")


def _texts(app):
    kinds = (app.header, app.subheader, app.caption, app.markdown, app.info, app.metric)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_answers_its_question_in_its_first_sentence(open_app, demo_data, page):
    app = open_app(demo_data, None if page == "overview" else page)
    assert _headline(app).startswith(HEADLINES[page])


@pytest.mark.parametrize("page", PAGES)
def test_english_is_whole(open_app, demo_data, page):
    app = open_app(demo_data, None if page == "overview" else page, lang="en")
    vietnamese = set("ạảấầẩẫậắằẳẵặẹẻẽếềểễệịỉọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")
    assert not vietnamese & set(_headline(app).replace("Nam Định", "").lower())


@pytest.mark.parametrize("page", PAGES)
def test_a_page_stands_alone(open_app, demo_data, page):
    app = open_app(demo_data)
    app.switch_page(f"pages/{page}.py").run()
    assert not app.exception
    assert _headline(app).startswith(HEADLINES[page])


def test_every_chart_has_words_for_those_who_cannot_see_it(open_app, demo_data):
    for page in (None, "poverty_rates"):
        charts = open_app(demo_data, page).get("plotly_chart")
        assert charts
        for chart in charts:
            assert len(chart.proto.alt) > 20
            assert json.loads(chart.proto.spec)["layout"]["separators"] == ",."


def test_the_headline_never_speaks_of_a_partial_period(open_app, demo_data):
    app = open_app(demo_data)
    assert "2026" not in _headline(app)
    assert "52/57 xã đã báo cáo" in _texts(app)
    running = next(metric for metric in app.metric if "quý III/2026" in metric.label)
    assert running.delta == ""


def test_the_url_says_which_period_and_level_is_shown(open_app, demo_data):
    app = open_app(demo_data, "poverty_rates", period="2023", level="district")
    assert _headline(app).startswith("Tỷ lệ hộ nghèo 2023")
    assert "1,09 % = 7.041 hộ" in _headline(app)
    assert any("Huyện" in one.value for one in app.subheader)


def test_a_wrong_value_in_the_url_is_ignored(open_app, demo_data):
    app = open_app(demo_data, "poverty_rates", period="1999", level="planet", as_of="never")
    assert _headline(app).startswith("Tỷ lệ hộ nghèo 2025")


def test_as_of_hides_later_periods(open_app, demo_data):
    app = open_app(demo_data, "poverty_rates", as_of="2024-06-30")
    assert _headline(app).startswith("Tỷ lệ hộ nghèo 2023")


def test_persons_and_households_are_two_rates(open_app, demo_data):
    app = open_app(demo_data, "poverty_rates", counted="person", period="2024")
    assert _headline(app).startswith("Tỷ lệ nhân khẩu hộ nghèo 2024")
    assert "người" in _headline(app)


def test_the_role_switch_exists_only_on_simulated_data(open_app, demo_data, real_data):
    assert any(box.key == "role_widget" for box in open_app(demo_data).selectbox)
    app = open_app(real_data, role="analyst")
    assert not any(box.key == "role_widget" for box in app.selectbox)
    assert "DỮ LIỆU MÔ PHỎNG" not in _texts(app)


def test_simulated_data_says_so_and_local_mode_says_so(open_app, demo_data, real_data):
    def badges(app):
        return " ".join(str(one.value) for one in app.markdown)

    assert "DỮ LIỆU MÔ PHỎNG" in badges(open_app(demo_data))
    assert "Chế độ một máy" in badges(open_app(real_data))


def test_the_local_role_comes_from_the_settings(open_app, real_data, monkeypatch):
    monkeypatch.setenv("POVERTY_LOCAL_ROLE", "visitor")
    app = open_app(real_data, "data_quality", role="leader")
    assert "Người xem công khai không xem được nội dung trả lại" in _texts(app)


def test_without_sign_in_an_address_open_to_others_shows_public_figures_only(
    open_app, real_data, monkeypatch
):
    monkeypatch.setattr(access, "is_this_computer_only", lambda: False)
    app = open_app(real_data, "data_quality")
    assert "Người xem công khai không xem được" in _texts(app)


def test_the_command_lines_role_is_no_persons_role(open_app, real_data, monkeypatch):
    monkeypatch.setenv("POVERTY_LOCAL_ROLE", "command")
    app = open_app(real_data, "data_quality")
    assert "Người xem công khai không xem được" in _texts(app)


def test_where_sign_in_is_configured_nothing_is_shown_before_it(real_data, monkeypatch):
    monkeypatch.setenv("POVERTY_DATA", str(real_data))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.secrets["auth"] = {"client_id": "x"}
    app.query_params["role"] = "leader"
    app.run()
    assert [title.value for title in app.title] == ["Đăng nhập để xem số liệu"]
    assert not app.metric
    assert not app.get("plotly_chart")


def test_a_visitor_sees_no_reasons(open_app, demo_data):
    app = open_app(demo_data, "data_quality", role="visitor")
    assert "Người xem công khai không xem được" in _texts(app)
    assert not any("Điểm B2" in str(frame.value) for frame in app.dataframe)


def test_cells_to_send_back_are_listed(open_app, demo_data):
    app = open_app(demo_data, "data_quality", kind="rejected")
    back = next(frame.value for frame in app.dataframe if "Việc cần làm" in frame.value.columns)
    assert back["Cột"].tolist() == ["Điểm B2"]
    assert back["Dòng"].tolist() == ["17"]
    read = next(table.value for table in app.table if "Việc cần làm" in table.value.columns)
    assert read["Dòng"].tolist() == ["17"]


def test_the_first_cells_to_send_back_are_read_whole_and_all_are_a_click_away(open_app, demo_data):
    app = open_app(demo_data, "data_quality")
    tables = [each.value for each in (*app.table, *app.dataframe)]
    read, every = (table for table in tables if "Việc cần làm" in table.columns)
    assert len(read) == min(len(every), 8)
    assert any(f"Tất cả {len(every)} ô" in each.label for each in app.expander)


def test_signals_say_how_often_and_how_often_elsewhere(open_app, demo_data):
    app = open_app(demo_data, "data_quality", role="analyst")
    assert "Kỳ rà soát 2025: 1 trên 2 dấu hiệu nằm ngoài giới hạn thường gặp, ở 1 xã" in _texts(app)
    signals = next(frame.value for frame in app.dataframe if "Dấu hiệu" in frame.value.columns)
    assert signals["Mức độ"].tolist() == ["▲ ngoài giới hạn", "● thường gặp"]
    assert signals["Của xã"].tolist() == ["95,0 %", "−4,5 điểm B1"]
    assert signals["Toàn tỉnh"].tolist() == ["50,0 %", "–"]


def test_visitors_see_no_signals(open_app, demo_data):
    app = open_app(demo_data, "data_quality", role="visitor")
    assert "Người xem công khai không xem được dấu hiệu" in _texts(app)
    assert not any("Dấu hiệu" in frame.value.columns for frame in app.dataframe)


def test_a_figure_leads_to_its_files_rows_and_documents(demo_data, monkeypatch):
    monkeypatch.setenv("POVERTY_DATA", str(demo_data))
    served = build.served()
    found = Rows(served, Viewer("leader")).provenance("2025", "commune", "2025", "13669")
    assert found.select("file_number", "form", "first_row", "last_row").rows() == [
        (1, "review_list", 9, 12),
        (4, "summary", 11, 11),
    ]
    assert found["document_number"].to_list() == ["1/QĐ-UBND", "4/QĐ-UBND"]


def test_a_visitor_is_told_why_there_are_no_files(demo_data, monkeypatch):
    monkeypatch.setenv("POVERTY_DATA", str(demo_data))
    rows = Rows(build.served(), Viewer("visitor"))
    with pytest.raises(NotAllowed, match="công khai"):
        rows.provenance("2025", "commune", "2025", "13669")


@pytest.mark.parametrize("page", PAGES[:3])
def test_an_empty_warehouse_shows_how_to_begin(open_app, tmp_path, page):
    app = open_app(tmp_path, None if page == "overview" else page)
    assert _headline(app).startswith("Chưa có số liệu")
    assert "python cli.py build --from" in " ".join(code.value for code in app.code)


def _flat(block):
    for child in block.children.values():
        if hasattr(child, "children"):
            yield from _flat(child)
        else:
            yield child


def framed_charts(app):
    """Of each chart its title, what stands below the title, and the small print below the picture."""
    elements = list(_flat(app.main))
    for place, element in enumerate(elements):
        if element.type == "plotly_chart":
            title, subtitle = [
                one for one in elements[:place] if one.type in ("caption", "subheader", "header")
            ][-2:]
            assert (title.type, subtitle.type) == ("subheader", "caption")
            below = next(one for one in elements[place:] if one.type == "caption")
            yield [one.value.replace("\\", "") for one in (title, subtitle, below)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "page",
    ["overview", "poverty_rates", "deprivations", "household_flows", "target_gaps", "programme_delivery", "model_replication"],
)  # fmt: skip
def test_every_chart_has_a_takeaway_unit_period_and_source(open_app, demo_data, page, lang):
    app = open_app(demo_data, None if page == "overview" else page, lang=lang)
    for title, subtitle, below in framed_charts(app):
        assert title
        assert re.search(r"20\d\d", f"{title} {subtitle}"), title
        assert re.search("Nguồn|Source", below), title
