"""The twelve deprivations, opened on a small build."""

import json

import polars as pl
import pytest

from measures.deprivation_reach import reach
from tests.app.test_pages import _headline, _texts


def test_the_first_sentence_tells_the_mean_and_the_worst_where_all_communes_carry_marks(
    open_app, demo_data
):
    headline = _headline(open_app(demo_data, "deprivations"))
    # 410 + 420 + … + 520 = 5.580 deprivations of 1.000 poor households = 5,58
    assert headline.startswith("Năm 2025, mỗi hộ nghèo thiếu hụt bình quân 5,6 trên 12 chỉ số")
    assert "Nhiều nhất trong hộ nghèo: 12. Phương tiện" in headline


def test_marks_of_some_communes_rank_nothing(open_app, demo_data):
    app = open_app(demo_data, "deprivations", list="near_poor")
    assert "35/57 xã có ghi, chưa đủ để xếp hạng" in _headline(app)
    names = json.loads(app.get("plotly_chart")[0].proto.spec)["layout"]["yaxis"]["ticktext"]
    assert names[0].startswith("1.")


def test_contributions_and_agencies_stand_beside_each_indicator(open_app, demo_data):
    table = open_app(demo_data, "deprivations").dataframe[0].value
    row = table[table["Chỉ số"].str.startswith("9. Nguồn nước")].iloc[0]
    # 490 / 5.580 = 8,78 %
    assert row["Đóng góp vào M0"] == "8,78 %"
    assert row["Cơ quan phải làm"] == "Sở Nông nghiệp và Môi trường tỉnh Ninh Bình (từ 01/07/2025)"


def test_a_commune_without_marks_is_no_zero(open_app, demo_data):
    app = open_app(demo_data, "deprivations", list="near_poor", indicator="health_insurance")
    heat = json.loads(app.get("plotly_chart")[2].proto.spec)["data"][1]["text"]
    assert "0" in heat
    beside = app.dataframe[-3].value
    assert len(beside) == 57
    assert (beside["Hộ cận nghèo thiếu hụt"] == "không đủ dữ liệu").sum() == 22


def test_the_columns_of_places_carry_names_and_on_a_phone_six_of_them_at_a_time(
    open_app, demo_data, monkeypatch
):
    def columns(app):
        return json.loads(app.get("plotly_chart")[2].proto.spec)["layout"]["xaxis"]["ticktext"]

    wide = columns(open_app(demo_data, "deprivations"))
    assert len(wide) == 12
    assert wide[3] == "4. Bảo hiểm<br>y tế"
    english = columns(open_app(demo_data, "deprivations", lang="en"))
    assert english[10] == "11. Use of<br>telecom<br>services"
    # twelve columns of a page of 1366 px have room for eleven letters a line, and no word is broken
    assert all(len(line) <= 11 for heading in wide + english for line in heading.split("<br>"))
    monkeypatch.setattr("ui.blocks.is_phone", lambda: True)
    app = open_app(demo_data, "deprivations", half="7-12")
    assert columns(app) == ["7", "8", "9", "10", "11", "12"]
    assert "7. Chất lượng nhà ở · 8. Diện tích" in _texts(app).replace("\\", "")
    bars = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][0]["text"]
    # what is counted stands over the picture: a phone has no room for it at every bar
    assert not any("hộ" in text for text in bars)
    assert all(" % = " in text for text in bars)


def test_the_period_is_the_one_of_other_pages(open_app, demo_data):
    app = open_app(demo_data, "deprivations", period="2025")
    assert app.selectbox(key="period_widget").value == "2025"


def test_a_programme_of_persons_has_no_difference_from_households(open_app, demo_data):
    app = open_app(demo_data, "deprivations", indicator="health_insurance")
    assert "không lấy hiệu với số hộ" in _texts(app)
    assert set(app.dataframe[-3].value["Chênh lệch ở cấp xã"]) == {"–"}


def test_choosing_an_indicator_nothing_answers_says_so(open_app, demo_data):
    app = open_app(demo_data, "deprivations")
    app.selectbox(key="indicator_widget").select("nutrition").run()
    assert not app.exception
    assert (
        app.query_params["indicator"] == ["nutrition"]
        or app.query_params["indicator"] == "nutrition"
    )
    assert "Không có chương trình nào báo cáo theo xã" in _texts(app)


def test_lists_of_support_tell_who_received_household_by_household(open_app, demo_data):
    table = open_app(demo_data, "deprivations").dataframe[-1].value
    assert len(table) == 12
    water = table[table["Chỉ số"].str.startswith("9. ")].iloc[0]
    # 49 households named on the lists of 12 communes, 40 of them supported: 81,6 %
    assert (water["Hộ có ghi thiếu hụt, biết rõ"], water["Xã đã báo cáo"]) == ("49", "12/57")
    assert water["Đã nhận hỗ trợ"].startswith("81,6 %")
    # nobody told it of newly escaped households: unknown, never 0
    assert set(table["Thiếu hụt trong hộ mới thoát nghèo"]) == {"không đủ dữ liệu"}


def test_a_visitor_reads_what_is_not_public_and_why(open_app, demo_data):
    app = open_app(demo_data, "deprivations", role="visitor", indicator="nutrition")
    assert any("Bản công khai không có" in one.value for one in app.info)
    assert not any("ở không đủ dữ liệu xã" in one.value for one in app.subheader)
    assert "Số liệu đến từng hộ chỉ dành cho người đăng nhập" in _texts(app)


@pytest.mark.parametrize("role", ["visitor", "officer"])
def test_other_roles_open_the_page(open_app, demo_data, role):
    app = open_app(demo_data, "deprivations", role=role)
    assert _headline(app).startswith("Năm 2025")


def test_english_is_whole(open_app, demo_data):
    assert "chỉ số" not in _headline(open_app(demo_data, "deprivations", lang="en"))


def test_the_difference_needs_all_three_counts():
    def listed(code, kind, count, told=1):
        return {
            "unit_code": code, "unit_name": code, "measure": f"deprivation_water_among_{kind}",
            "numerator": count, "value": 10.0, "mark": "ok", "units_reported": told, "units_expected": 1,
        }  # fmt: skip

    def told(code, quantity, value):
        return {
            "unit_code": code, "quantity": quantity, "value": value,
            "units_reported": 1, "units_expected": 1,
        }  # fmt: skip

    deprived = pl.DataFrame(
        [listed("a", "poor", 7.0), listed("a", "near_poor", 5.0), listed("b", "poor", 3.0, told=0)]
    )
    figures = pl.DataFrame(
        [told("a", "need", 6.0), told("a", "reached", 4.0), told("b", "reached", 1.0)]
    )
    first, second = reach(deprived, figures, "household")
    # 7 poor + 5 near-poor − 4 reached = 8
    assert (first.need, first.difference) == (6, 8)
    assert (second.poor, second.reached, second.difference) == (None, 1, None)
    assert reach(deprived, figures, "person")[0].difference is None
