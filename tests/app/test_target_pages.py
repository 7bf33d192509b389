"""Gaps to the plan's targets and delivery of programmes, opened on a small build."""

import json

import polars as pl
import pytest
import streamlit as st

from tests.app import factory
from tests.app.test_pages import _headline, _texts
from ui import build, sentences, target_units, targets
from ui.data import Rows
from warehouse import engine
from warehouse.builds import PUBLIC
from warehouse.door import Viewer
from warehouse.result_tables import RESULT__ESTIMATE


def test_the_first_sentence_counts_what_is_met_short_and_unknown(open_app, demo_data):
    headline = _headline(open_app(demo_data, "target_gaps"))
    assert headline.startswith("22 chỉ tiêu của kế hoạch: 0 đạt, 2 chưa đạt hoặc chậm")


def test_a_table_tells_figure_gap_persons_and_agency_of_every_indicator(open_app, demo_data):
    table = open_app(demo_data, "target_gaps").dataframe[0].value
    row = table[table["Chỉ tiêu"].str.startswith("T4.1")].iloc[0]
    # 98 % of 1.000 persons: 2 points and 20 persons are missing; 2026-H1 is not complete and not the figure
    assert row["Số liệu mới nhất"] == "98,0 % (6 tháng cuối năm 2025)"
    assert row["Còn thiếu"] == "2,00 điểm % = 20 người"
    assert row["Trạng thái"] == "▲ chưa đạt 100 %"
    assert "Sở Y tế" in row["Cơ quan phụ trách"]


def test_the_second_sentence_names_what_slips(open_app, demo_data):
    texts = _texts(open_app(demo_data, "target_gaps")).replace("\\", "")
    assert "Xa 100 % nhất: T6.1" in texts
    assert (
        "T4.1 Người nghèo có thẻ bảo hiểm y tế còn hạn, còn thiếu 2,00 điểm % = 20 người." in texts
    )


def test_the_first_table_is_read_whole_and_every_column_is_one_click_away(
    open_app, demo_data, monkeypatch
):
    app = open_app(demo_data, "target_gaps")
    read, every = app.table[0].value, app.dataframe[0].value
    assert len(read) == len(every) == 22
    assert list(read.columns)[-1] == "Cơ quan phụ trách"
    assert set(read.columns) < set(every.columns)
    assert "2,00 điểm\xa0% = 20 người" in set(read["Còn thiếu"])
    monkeypatch.setattr("ui.read_table.is_phone", lambda: True)
    assert not open_app(demo_data, "target_gaps").table


def test_what_the_plan_has_no_number_for_is_no_verdict(open_app, demo_data):
    table = open_app(demo_data, "target_gaps").dataframe[0].value
    row = table[table["Chỉ tiêu"].str.startswith("T1.1")].iloc[0]
    assert row["Trạng thái"] == "● đang cải thiện"
    assert (row["Còn thiếu"], row["Chỉ tiêu giao"]) == ("–", "chưa giao")


def test_the_url_chooses_the_indicator_and_says_what_is_unclear(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", target="T4.1")
    headings = [one.value.replace("\\", "") for one in app.subheader]
    assert any("T4.1" in text and "chưa đạt 100 %" in text for text in headings)
    assert "Chỗ chưa rõ trong kế hoạch" in _texts(app)
    # targets by place, trend, ranking; no unit has a figure a year before
    assert len(app.get("plotly_chart")) == 3
    assert "chưa có nơi nào đủ số liệu của cả hai kỳ" in _texts(app)


def test_choosing_another_indicator_changes_the_page_and_the_url(open_app, demo_data):
    app = open_app(demo_data, "target_gaps")
    app.selectbox(key="target_widget").select("T4.1").run()
    assert not app.exception
    assert app.query_params["target"] == "T4.1"


def test_targets_by_place_carry_symbol_and_number(open_app, demo_data):
    app = open_app(demo_data, "target_gaps")
    texts = json.loads(app.get("plotly_chart")[0].proto.spec)["data"][1]["text"]
    assert any(text.startswith("▲ 9") for text in texts)
    assert any(text.startswith("↘ ") for text in texts)
    assert app.dataframe[1].value.shape == (57, 3)


def test_one_target_can_be_shown_alone(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", targets="T4")
    assert list(app.dataframe[1].value.columns) == ["Đơn vị", "T4.1"]


def test_a_phone_shows_one_target_at_a_time(open_app, demo_data, monkeypatch):
    monkeypatch.setattr("ui.blocks.is_phone", lambda: True)
    app = open_app(demo_data, "target_gaps", targets="all")
    assert app.selectbox(key="targets_widget").options == ["Mục tiêu T1", "Mục tiêu T4"]
    assert list(app.dataframe[1].value.columns) == ["Đơn vị", "T1.1"]
    assert "T1.1 Tỷ lệ hộ nghèo" in _texts(app).replace("\\", "")


def test_units_are_ranked_by_what_is_missing(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", target="T4.1")
    bars = json.loads(app.get("plotly_chart")[2].proto.spec)["data"][0]
    table = app.dataframe[2].value
    # the commune with the lowest share stands on top, its bar is the share without a card
    shares = [float(text.replace(",", ".").rstrip(" %")) for text in table.iloc[:, 1]]
    assert shares == sorted(shares)
    assert bars["x"][0] == pytest.approx(100 - shares[0], abs=0.06)
    assert any("Tỷ lệ còn thiếu cao nhất" in one.value for one in app.subheader)


def test_who_moved_most_has_level_and_change_side_by_side(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", target="T1.1")
    table = app.dataframe[3].value
    assert list(table.columns[:4]) == ["Đơn vị", "Kỳ này", "Một năm trước", "Thay đổi"]
    assert len(table) == 57


def test_a_simulation_says_that_it_is_one_and_follows_its_widget(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", target="T1.1")
    assert any("MÔ PHỎNG" in one.value for one in app.warning)
    assert "Nếu 5 nơi chậm nhất" in _texts(app)
    app.number_input(key="what_if_count").set_value(3).run()
    assert not app.exception
    assert "Nếu 3 nơi chậm nhất" in _texts(app)


def test_what_is_missing_is_shared_out_over_the_years_left(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", target="T4.1", by_year="2026")
    # 20 persons without a card at the end of 2025, one year left
    assert "Còn thiếu 20 người; để hết vào cuối 2026 cần **20 người** mỗi năm" in _texts(app)


def test_a_ranking_of_some_units_says_of_how_many_it_is():
    known = factory.unit_rows("commune", "2025", "2025")
    some = [row | {"units_reported": 0} if place < 26 else row for place, row in enumerate(known)]
    every, part = (
        sentences.ranking(
            RESULT__ESTIMATE.conform(pl.DataFrame(rows, infer_schema_length=None)).filter(
                measure="poor_household_rate"
            ),
            None,
        )
        for rows in (known, some)
    )
    assert every.startswith("Cao nhất: ")
    assert "57 đơn vị đã đủ số liệu, cao nhất: " in part


def test_what_is_of_no_standard_has_a_course_too():
    rows = RESULT__ESTIMATE.conform(
        pl.DataFrame(
            [
                {
                    "measure": "model_participants_out_rate", "period": period, "value": value, "unit": "pct",
                    "mark": "ok", "numerator": value, "denominator": 100.0, "units_reported": 57,
                    "units_expected": 57,
                }
                for period, value in (("2024", 40.0), ("2025", 47.0))
            ],
            infer_schema_length=None,
        )
    )  # fmt: skip
    assert sentences.trend(rows, "Hộ").startswith("Hộ tăng từ 40,0")
    halves = [{**row, "period": f"{row['period']}-H1"} for row in rows.to_dicts()]
    assert sentences.half_years(halves, "Hộ").endswith("47,0 % (6 tháng đầu năm 2025)")


def test_every_figure_tells_its_day_and_age(open_app, demo_data):
    table = open_app(demo_data, "target_gaps").dataframe[0].value
    row = table[table["Chỉ tiêu"].str.startswith("T4.1")].iloc[0]
    # from 31/12/2025 to the demo's 15/9/2026
    assert row["Số liệu đến ngày"] == "31/12/2025 (258 ngày trước)"
    assert row["Nếu giữ tốc độ bình quân"] == "chưa đủ 5 kỳ để nói"


def test_a_programme_says_whom_it_reached_of_how_many(open_app, demo_data):
    app = open_app(demo_data, "programme_delivery", programme="insurance_poor")
    # 5.586 / 5.700 = 98,0 %
    assert "5.586/5.700 người (98,0 %), 6 tháng cuối năm 2025" in _headline(app)
    places = app.dataframe[-1].value
    assert len(app.dataframe) == 3
    assert places.shape[0] == 2
    assert places.columns[1] == "So với nhu cầu hoặc đối tượng"


def test_every_need_of_the_half_year_stands_beside_the_others_the_least_met_first(
    open_app, demo_data
):
    app = open_app(demo_data, "programme_delivery", programme="housing_built")
    table = app.dataframe[1].value
    assert table["Chương trình"].to_list() == ["Sửa chữa nhà ở", "Xây mới nhà ở"]
    assert table.iloc[1]["So với nhu cầu"] == "80,0 %"
    assert table.iloc[1]["Đã đáp ứng/nhu cầu"] == "20/25 hộ"
    assert table.iloc[1]["Cơ quan báo cáo"] == "Sở Xây dựng"
    said = [one.value.replace("\\", "") for one in app.markdown]
    assert "Thấp nhất: Sửa chữa nhà ở, 70,0 %, còn thiếu 3 hộ." in said


def test_a_programme_that_nobody_reported_is_no_zero(open_app, demo_data):
    app = open_app(demo_data, "programme_delivery", programme="legal_aid")
    assert _headline(app).endswith("chưa có số liệu")


def test_visitors_see_no_programme_figures(open_app, demo_data):
    app = open_app(demo_data, "programme_delivery", role="visitor")
    assert "chỉ dành cho người đăng nhập" in _headline(app)


@pytest.mark.parametrize("page", ["target_gaps", "programme_delivery"])
def test_english_is_whole(open_app, demo_data, page):
    headline = _headline(open_app(demo_data, page, lang="en", programme="insurance_poor"))
    assert "chỉ tiêu" not in headline
    assert "đã hỗ trợ" not in headline


def test_a_programme_without_money_shows_none(open_app, demo_data):
    app = open_app(demo_data, "programme_delivery", programme="insurance_poor")
    assert not any("Tiền của chương trình này" in one.value for one in app.subheader)


def test_money_stays_inside_one_programme(open_app, demo_data):
    app = open_app(demo_data, "programme_delivery", programme="housing_built")
    values = {one.label: one.value for one in app.metric}
    # 2 tỷ of 20 households reached: 100 triệu each; the form has no column of money allocated
    assert values["Đã giải ngân"] == "2,0 tỷ đồng"
    assert values["Bình quân mỗi đối tượng"] == "100,0 triệu đồng"
    assert values["Được phân bổ"] == "không đủ dữ liệu"


def test_what_is_kept_of_a_build_is_kept_apart_by_viewer(tmp_path, monkeypatch):
    factory.write_build(tmp_path)
    (public,) = tmp_path.glob(f"builds/*/{PUBLIC}")
    with engine.writing(public) as connection:
        connection.execute("UPDATE result__estimate SET value = value / 2")
    monkeypatch.setenv("POVERTY_DATA", str(tmp_path))
    st.cache_data.clear()
    served = build.served()
    assert served is not None

    def of(role):
        rows = Rows(served, Viewer(role))
        (own,) = [each for each in targets.standings(rows) if each.indicator.id == "T4.1"]
        units = target_units.of_targets(rows, "commune")["T4.1"]
        return own.row["value"], max(each.row["value"] for each in units)

    assert of("analyst") == (98, 99)
    assert of("visitor") == (49, 49.5)


def test_the_whole_area_is_named_in_the_readers_language():
    assert sentences.place(factory.estimate()).startswith("toàn địa bàn")
    assert sentences.place(factory.estimate(level="commune", unit_name="Xã A")) == "Xã A"


def test_an_officer_of_one_commune_reads_its_own_course_and_no_ranking(open_app, demo_data):
    app = open_app(demo_data, "target_gaps", role="officer", target="T1.1")
    words = [one.value.replace("\\", "") for one in app.subheader]
    assert any("trong một năm: " in one for one in words)
    assert any("; mức chung " in one for one in words)
    assert not any("nhiều nhất" in one or "Cao nhất" in one for one in words)
