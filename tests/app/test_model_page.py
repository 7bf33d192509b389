"""The page of models: what each role sees of a small build, side by side."""

import json
from pathlib import Path

import polars as pl
import pytest

from measures.evaluation import grade
from tests.app import factory
from warehouse import engine
from warehouse.builds import RESTRICTED, current_build
from warehouse.model_tables import (
    RESULT__MODEL,
    RESULT__MODEL_BALANCE,
    RESULT__MODEL_NEXT,
    RESULT__MODEL_SITE,
    RESULT__MODEL_TREND,
    RESULT__MODEL_TURN,
)
from warehouse.result_tables import RESULT__ESTIMATE

VIEWS = ("evidence", "copies", "passing", "households", "next")
COMMON = {
    "model_type": "livestock", "agency_name": "Sở", "participants": 60, "listed": 58, "households": 50,
    "unmatched": 2, "communes": 4, "comparison_households": 900, "comparison_communes": 30, "out": 30,
    "out_share": 0.6, "expected_share": 0.3, "relapsed_12": 2, "relapse_known_12": 25, "relapsed_24": 1,
    "relapse_known_24": 10, "comparison_relapsed_12": 5, "comparison_relapse_known_12": 100,
    "comparison_relapsed_24": 0, "comparison_relapse_known_24": 0, "cost_vnd": 1.2e9,
    "budget_central_vnd": 1e9, "own_money_vnd": 2e8, "first_funded": 40,
    "reached": 60, "reach_per_first_funded": 1.5, "recovered_share": 0.4, "months_a_cycle": 7.0,
    "longest_chain": 2, "first_review": 2021, "last_review": 2025, "units_reported": 57, "units_expected": 57,
}  # fmt: skip
SURE = {
    "grade": "evidence", "grade_reason": "sure", "effect_share": 0.3, "effect_low_share": 0.2,
    "effect_high_share": 0.4, "placebo_p_value": 0.002, "cost_per_exit_vnd": 66e6,
    "later_out_share": 0.55, "later_expected_share": 0.45, "later_households": 48,
    "later_effect_share": 0.1, "later_low_share": 0.02, "later_high_share": 0.18,
    "cost_per_exit_low_vnd": 50e6, "cost_per_exit_high_vnd": 100e6, "b1_change_points": 25.0,
    "b1_comparison_points": 12.0, "b1_regression_points": 3.0, "replication_ratio": 0.5, "fidelity_share": 0.6,
}  # fmt: skip
NONE = {
    "grade": "no_effect", "grade_reason": "little", "effect_share": -0.01, "effect_low_share": -0.1,
    "effect_high_share": 0.08, "b1_change_points": 26.0, "b1_regression_points": 13.0,
}  # fmt: skip
SMALL = {
    "grade": "unclear",
    "grade_reason": "too_small",
    "households": 9,
    "communes": 1,
    "cost_vnd": None,
}


def _models(**changed):
    rows = [
        COMMON | SURE | {"model_id": "M1", "model_name": "Nuôi gà", "part": part}
        for part in ("all", "pilot", "copies")
    ]
    rows.append(COMMON | NONE | {"model_id": "M2", "model_name": "Đan lát", "part": "all"})
    rows.append(COMMON | SMALL | {"model_id": "M3", "model_name": "Trồng nấm", "part": "all"})
    return RESULT__MODEL.conform(
        pl.DataFrame([row | changed for row in rows], infer_schema_length=None)
    )


def _sites():
    place = {"era": "2025", "unit_code": "13669", "unit_name": "Xã Vụ Bản"}
    other = {"era": "2025", "unit_code": "13684", "unit_name": "Xã Khác"}
    known = {
        "households": 16, "out": 12, "out_share": 0.75, "expected_share": 0.3, "effect_share": 0.45,
        "funnel_share": 0.4, "dispersion": 1.0, "low_95_share": 0.15, "high_95_share": 0.65,
        "low_998_share": 0.05, "high_998_share": 0.78, "participants": 18, "fidelity_share": 1.0,
    }  # fmt: skip
    rows = [
        place | known | {"family_id": "M1", "model_id": "M1", "model_kind": "pilot"},
        other | known | {"family_id": "M1", "model_id": "M1-1", "model_kind": "copy", "out_share": 0.3},
        other | {"family_id": "M2", "model_id": "M2", "model_kind": "pilot", "participants": 18},
    ]  # fmt: skip
    return RESULT__MODEL_SITE.conform(pl.DataFrame(rows, infer_schema_length=None))


def _write(folder: Path, **changed) -> Path:
    factory.write_build(folder)
    build = current_build(folder)
    assert build is not None
    trend = [
        {
            "model_id": "M1",
            "group": group,
            "step": step,
            "b1_points": 100.0 + step,
            "households": 50,
        }
        for group in ("participants", "comparison")
        for step in (-1, 0, 1)
    ]
    balance = [
        {"model_id": "M1", "trait": "poor", "participants_mean": 0.3, "before_mean": 0.4, "after_mean": 0.3,
         "after_difference": 0.0},
        {"model_id": "M1", "trait": "b1_points", "participants_mean": 100.0, "before_mean": 110.0,
         "after_mean": 108.0, "after_difference": -0.3},
    ]  # fmt: skip
    place = {"era": "2025", "unit_code": "13669", "family_id": "M1", "model_id": "M1"}
    turns = [
        place | {"participant_number": "H-first", "turn": 1},
        place | {"participant_number": "H-second", "turn": 2, "received_from": "H-first"},
    ]
    following = {
        "model_id": "M1", "position": 1, "era": "2025", "unit_code": "13669", "unit_name": "Xã Vụ Bản",
        "period": "2025", "poor_household_count": 42, "near_poor_household_count": 120, "other_model_count": 0,
    }  # fmt: skip
    rate = factory.estimate(
        measure="communes_with_model_rate", period="2025", era="2025", value=50.0, numerator=10,
        denominator=20, standard_id=None,
    )  # fmt: skip
    with engine.writing(build.folder / RESTRICTED) as connection:
        for table, rows in (
            (RESULT__MODEL, _models(**changed)),
            (RESULT__MODEL_SITE, _sites()),
            (RESULT__MODEL_TREND, pl.DataFrame(trend)),
            (RESULT__MODEL_BALANCE, pl.DataFrame(balance)),
            (RESULT__MODEL_TURN, pl.DataFrame(turns, infer_schema_length=None)),
            (RESULT__MODEL_NEXT, pl.DataFrame([following])),
        ):
            engine.create(connection, table, rows)
        engine.append(connection, RESULT__ESTIMATE, pl.DataFrame([rate]))
    return folder


@pytest.fixture(scope="module")
def model_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The factory's build with three models: one that works, one that does not, one too small."""
    return _write(tmp_path_factory.mktemp("models"))


def _headline(app):
    return app.header[0].value.replace("\\", "")


def _texts(app):
    kinds = (app.header, app.subheader, app.caption, app.info, app.markdown)
    return "\n".join(str(one.value) for kind in kinds for one in kind).replace("\\", "")


def _table(app, column):
    return next(frame.value for frame in app.dataframe if column in frame.value.columns)


def test_the_first_sentence_counts_the_verdicts(open_app, model_data):
    assert _headline(open_app(model_data, "model_replication")) == (
        "Trong 3 mô hình giảm nghèo: 1 có bằng chứng giúp hộ thoát nghèo, 0 có dấu hiệu, 1 chưa rõ, "
        "1 không hiệu quả"
    )


def test_the_portfolio_has_symbol_word_interval_and_cost(open_app, model_data):
    app = open_app(model_data, "model_replication")
    table = _table(app, "Kết luận").set_index("Mô hình")
    assert table.index.to_list() == ["Nuôi gà", "Trồng nấm", "Đan lát"]
    sure = table.loc["Nuôi gà"].str.strip()
    assert sure["Kết luận"] == "● có bằng chứng"
    assert sure["Thêm hộ thoát nghèo trên 100 hộ"] == "+30 (20 … 40)"
    assert sure["Chi phí cho thêm một hộ thoát nghèo (triệu đồng)"] == "66,0 (50,0 … 100,0)"
    assert sure["Ở đâu"] != "–"
    small = table.loc["Trồng nấm"].str.strip()
    assert small["Thêm hộ thoát nghèo trên 100 hộ"] == "không ước lượng được"
    assert "Nuôi gà: thêm 30 hộ thoát nghèo trong 100 hộ tham gia" in _texts(app)


def test_communes_with_a_working_model_are_told_with_their_number(open_app, model_data):
    app = open_app(model_data, "model_replication")
    found = next(one for one in app.metric if one.label == "Xã có mô hình hiệu quả")
    assert found.value == "50,0 %"
    assert "10 trên 20 xã" in _texts(app)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("model", ["M1", "M2", "M3"])
def test_every_side_of_every_model_can_be_seen(open_app, model_data, view, model):
    app = open_app(model_data, "model_replication", view=view, model=model)
    assert f"{model} " in app.header[1].value


def test_the_chosen_model_and_side_stand_in_the_url(open_app, model_data):
    app = open_app(model_data, "model_replication")
    app.selectbox(key="model_widget").select("M2").run()
    assert app.query_params["model"] == "M2"
    assert "Nhiều nhất thêm 8 hộ thoát nghèo" in _texts(app)
    app.segmented_control(key="view_widget").set_value("next").run()
    assert not app.exception
    assert app.query_params["view"] == "next"
    assert "chưa có cơ sở để nhân rộng" in _texts(app)


def test_too_few_households_are_told_with_the_limits_of_the_rule(open_app, model_data):
    told = _texts(open_app(model_data, "model_replication", model="M3"))
    assert (
        f"Mới biết kết quả của 9 hộ ở 1 xã; cần ít nhất {grade.LEAST_HOUSEHOLDS} hộ ở "
        f"{grade.LEAST_COMMUNES} xã"
    ) in told


def test_money_stands_by_source_as_far_as_it_is_written(open_app, model_data):
    told = _texts(open_app(model_data, "model_replication"))
    assert "Vốn đã ghi: ngân sách trung ương 1,0 tỷ đồng · vốn của hộ 200,0 triệu đồng" in told


def test_the_gain_by_itself_stands_beside_the_raw_change(open_app, model_data):
    told = _texts(open_app(model_data, "model_replication"))
    assert (
        "đổi 25,0 điểm ở lần rà soát đầu; riêng việc chọn hộ lúc khó nhất đã đổi 3,0 điểm" in told
    )
    assert (
        "1 trên 2 xã của mô hình thoát nghèo nhiều hơn mức dao động ngẫu nhiên, 0 xã ít hơn" in told
    )


def test_alike_is_symbol_and_word(open_app, model_data):
    table = _table(open_app(model_data, "model_replication"), "Đặc điểm")
    assert [text.strip() for text in table["Chênh lệch sau ghép"]] == [
        "● giống (0,00)",
        "■ khác (−0,30)",
    ]


def test_exits_after_12_and_24_months_stand_beside_what_was_expected(open_app, model_data):
    table = _table(open_app(model_data, "model_replication"), "Thêm trên 100 hộ (95 %)")
    shown = [[text.strip() for text in row] for row in table.to_numpy().tolist()]
    assert shown == [
        ["12 tháng", "60,0 %", "30,0 %", "+30 (20 … 40)", "50"],
        ["24 tháng", "55,0 %", "45,0 %", "+10 (2 … 18)", "48"],
    ]


def test_each_stage_is_a_part_of_the_one_before(open_app, model_data):
    app = open_app(model_data, "model_replication", view="households")
    spec = json.loads(app.get("plotly_chart")[1].proto.spec)
    # 58 of 60 listed, 50 + 2 of 58 known, 30 of 52 out, 25 of 30 followed, 25 − 2 of 25 still out
    assert spec["data"][0]["text"] == [
        "60", "58 (96,7 %)", "52 (89,7 %)", "30 (57,7 %)", "25 (83,3 %)", "23 (92,0 %)"
    ]  # fmt: skip


def test_relapse_carries_its_numbers_and_the_unknown_is_said(open_app, model_data):
    table = _table(open_app(model_data, "model_replication", view="households"), "Trong vòng")
    # 2 of 25; nobody of the comparison is known after 24 months
    assert table["Hộ tham gia"][0].strip() == "8,00 % = 2/25 hộ"
    assert table["Mọi hộ của xã so sánh"][1].strip() == "không đủ dữ liệu"


def test_the_tree_is_for_those_who_may_see_single_households(open_app, model_data):
    leader = open_app(model_data, "model_replication", view="passing")
    assert "H-second" not in _texts(leader) + "".join(f.value.to_csv() for f in leader.dataframe)
    assert "Từ 40 hộ đầu tiên, hỗ trợ đến thêm 20 hộ" in _texts(leader)
    analyst = open_app(model_data, "model_replication", view="passing", role="analyst")
    table = _table(analyst, "Nhận từ hộ")
    assert dict(zip(table["Mã hộ trong mô hình"], table["Nhận từ hộ"], strict=True)) == {
        "H-first": "–", "H-second": "H-first",
    }  # fmt: skip


def test_an_officer_sees_the_own_units_only(open_app, model_data):
    app = open_app(model_data, "model_replication", view="copies", role="officer", unit="13684")
    assert set(_table(app, "Giữ thành phần cốt lõi")["Đơn vị"]) == {"Xã Khác"}


def test_an_officer_reads_that_the_places_are_those_of_the_own_units(open_app, model_data):
    officer = {"role": "officer", "unit": "13684"}
    app = open_app(model_data, "model_replication", **officer)
    table = _table(app, "Kết luận").set_index("Mô hình")
    assert "Ở đâu" not in table.columns
    places = table["Ở đâu (xã phụ trách)"].str.strip()
    assert places["Nuôi gà"] == "Xã Khác"
    assert places["Trồng nấm"] == "không có ở xã phụ trách"
    assert "Nhân rộng ở xã phụ trách" in _texts(app)
    assert "chỉ có các xã phụ trách" in _texts(app)
    assert "chỉ có các xã phụ trách" not in _texts(open_app(model_data, "model_replication"))
    assert "Mô hình gốc" not in _texts(app)
    none = open_app(model_data, "model_replication", model="M3", **officer)
    assert "Không có ở xã phụ trách" in _texts(none)
    english = open_app(model_data, "model_replication", lang="en", **officer)
    assert "not in the own communes" in set(
        _table(english, "Verdict")["Where (own communes)"].str.strip()
    )


def test_what_copies_keep_is_told_and_drawn(open_app, model_data):
    app = open_app(model_data, "model_replication", view="copies")
    # 24 of 32 are out, 0.3 · 32 = 9.6 were expected: +45 of 100 in both places, which kept everything
    assert "Ở 2 nơi biết kết quả, giữ 100,0 % thành phần cốt lõi" in _texts(app)
    assert "+45 trên 100 hộ tham gia" in _texts(app)
    assert "Chưa nơi nào biết cả thành phần" in _texts(
        open_app(model_data, "model_replication", view="copies", model="M2")
    )


def test_where_next_names_communes_and_their_need(open_app, model_data):
    app = open_app(model_data, "model_replication", view="next")
    assert _table(app, "Mô hình khác đang có").iloc[0]["Đơn vị"] == "Xã Vụ Bản"
    assert "ở đó có 42 hộ nghèo" in _texts(app)


def test_while_communes_are_missing_nothing_is_ranked(open_app, tmp_path):
    app = open_app(_write(tmp_path, units_reported=50), "model_replication")
    assert _table(app, "Kết luận")["Mô hình"].to_list() == ["Nuôi gà", "Đan lát", "Trồng nấm"]
    assert "không xếp thứ tự" in _texts(app)
    assert "▲ So với các hộ tương tự" in _texts(app)


def test_visitors_and_older_builds_are_told_why_there_is_nothing(open_app, model_data, demo_data):
    assert "chỉ dành cho người đăng nhập" in _headline(
        open_app(model_data, "model_replication", role="visitor")
    )
    assert _headline(open_app(demo_data, "model_replication")).startswith(
        "Chưa có danh mục mô hình"
    )


def test_english_is_whole(open_app, model_data):
    app = open_app(model_data, "model_replication", lang="en", view="households")
    assert _headline(app).startswith("Of 3 models: 1 with evidence")
    assert "Verdict" in _table(app, "Verdict").columns


def test_the_rule_of_grades_is_shown_with_its_own_numbers(open_app, demo_data):
    app = open_app(demo_data, "about")
    rule = next(table.value for table in app.table if "Khi nào" in table.value.columns)
    text = " ".join(rule["Khi nào"])
    assert f"ít nhất {grade.COMMUNES_FOR_EVIDENCE} xã" in text
    assert f"{grade.LEAST_HOUSEHOLDS} hộ hoặc {grade.LEAST_COMMUNES} xã" in text
    assert "không quá 5 %" in text
    assert "từ 10 hộ trong 100 hộ" in text
