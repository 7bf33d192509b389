"""The page of household flows: what each role sees of a small build of lists."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import polars as pl
import pytest

from tests.app import factory
from ui import access
from warehouse import engine
from warehouse.builds import RESTRICTED, current_build
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD, CORE_REVIEW__PERSON
from warehouse.keys import demo_keys
from warehouse.named_views import LOG
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import (
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__HOUSEHOLD_LINK,
    RESULT__WATCHED_HOUSEHOLD,
)
from warehouse.vault import Vault

UNIT = {"era": "2025", "level": "province", "unit_code": "36", "unit_name": "Tỉnh Nam Định"}
COMMUNE = UNIT | {"level": "commune", "unit_code": "13669", "unit_name": "Xã Vụ Bản"}
PAIR = {"period": "2025", "standard_id": "2022-2026", "units_reported": 57, "units_expected": 57}
# 100 poor before: 40 stayed, 30 to near-poor, 20 above, 10 gone; 5 from near-poor, 15 new: 60 now.
MOVES = {
    ("poor", "poor"): 40, ("poor", "near_poor"): 30, ("poor", "none"): 20,
    ("poor", "no_longer_on_list"): 10, ("near_poor", "poor"): 5, ("not_on_list_before", "poor"): 15,
}  # fmt: skip


def _flow_rows() -> pl.DataFrame:
    rows = [
        place | PAIR | {"class_from": one, "class_to": other, "household_count": count, "told_count": 2}
        for place in (UNIT, COMMUNE)
        for (one, other), count in MOVES.items()
    ]  # fmt: skip
    return RESULT__HOUSEHOLD_FLOW.conform(pl.DataFrame(rows))


def _history_rows() -> pl.DataFrame:
    rows = [UNIT | PAIR | {"figure": "escaped", "household_count": 50}]
    rows += [
        UNIT | PAIR | {"period": "2023", "figure": name, "household_count": count}
        for name, count in (("escaped", 80), ("relapsed_24", 4))
    ]
    rows.append(COMMUNE | PAIR | {"figure": "watched", "household_count": 7})
    return RESULT__HOUSEHOLD_HISTORY.conform(pl.DataFrame(rows))


def _link_rows() -> list[dict[str, object]]:
    ways = {"number": (70, 0.0), "name_date": (20, 0.4), "name_year": (6, 1.3), "ambiguous": (1, None),
            "unlinked": (3, None), "name": (0, None), "number_digit": (0, None), "moved": (0, None)}  # fmt: skip
    return [
        UNIT | PAIR | {"way": way, "household_count": count, "expected_wrong": wrong}
        for way, (count, wrong) in ways.items()
    ]


@pytest.fixture(scope="module")
def flow_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The factory's build with the three tables of household flows."""
    folder = tmp_path_factory.mktemp("flows")
    factory.write_build(folder)
    build = current_build(folder)
    assert build is not None
    unit = {"era": "2025", "unit_code": "13669", "period": "2025", "standard_id": "2022-2026"}
    watched = {"household_id": "0123456789abcdef", "village_name": "Xóm 1", "is_near_poor": True}
    poor = [
        unit | {"submission_id": f"{1:064x}", "sheet": "DS", "row": 20 + number, "household_id": name,
                "class_code": "poor", "is_without_labour_capacity": not able}
        for number, (name, able) in enumerate((("able-household", True), ("frail-household", False)))
    ]  # fmt: skip
    with engine.writing(build.folder / RESTRICTED) as connection:
        engine.create(connection, RESULT__HOUSEHOLD_FLOW, _flow_rows())
        engine.create(connection, RESULT__HOUSEHOLD_HISTORY, _history_rows())
        engine.create(connection, RESULT__HOUSEHOLD_LINK, pl.DataFrame(_link_rows()))
        rows = pl.DataFrame([unit | watched | {"last_poor_period": "2023"}])
        engine.create(connection, RESULT__WATCHED_HOUSEHOLD, rows)
        engine.append(connection, CORE_REVIEW__HOUSEHOLD, pl.DataFrame(poor))
        connection.execute("UPDATE quality__coverage SET standard_id = '2022-2026'")
    return folder


def _frames(app):
    return [frame.value for frame in app.dataframe]


def _everything(app):
    kinds = (app.header, app.subheader, app.caption, app.info)
    text = "\n".join(str(element.value) for kind in kinds for element in kind)
    return text + "\n".join(frame.to_csv() for frame in _frames(app))


def test_the_first_sentence_says_who_left_and_who_came(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    # 30 + 20 + 10 left, 5 + 15 came: 20 − 60 = −40
    sentence = app.header[0].value.replace("\\", "")
    assert sentence == "Năm 2025: 60 hộ ra khỏi danh sách nghèo, 20 hộ vào; danh sách giảm 40 hộ"


def test_relapse_is_a_share_of_those_that_escaped(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    # 4 of 80
    assert "5,00 % = 4 hộ" in [metric.value for metric in app.metric]


def test_the_months_of_a_relapse_can_be_chosen_and_stand_in_the_url(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    app.selectbox(key="months_widget").set_value("12").run()
    assert not app.exception
    assert app.query_params["months"] == "12"
    found = next(metric for metric in app.metric if metric.label == "Tái nghèo trong 12 tháng")
    # the build knows of relapses within 24 months only
    assert found.value == "không đủ dữ liệu"


def test_every_picture_has_a_table_twin(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    assert len(app.get("plotly_chart")) == 2
    matrix = _frames(app)[0]
    assert [text.strip() for text in matrix.iloc[0].tolist()] == [
        "Hộ nghèo",
        "40",
        "30",
        "20",
        "10",
    ]


def test_form_2_shows_the_difference_from_the_list_before(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    form = next(frame for frame in _frames(app) if "Chênh lệch" in frame.columns)
    row = [text.strip() for text in form.iloc[0].tolist()]
    # opening 100 − 30 − 20 − 10 + 5 + 0 + 15 = 60
    assert row[1:9] == ["100", "30", "20", "10", "5", "0", "15", "60"]
    assert "▲" in row[9]


def test_form_3_is_one_click_away_and_in_the_url(open_app, flow_data):
    app = open_app(flow_data, "household_flows", form="near_poor")
    form = next(frame for frame in _frames(app) if "Chênh lệch" in frame.columns)
    assert {"Thành nghèo", "Từ nghèo"} <= set(form.columns)


@pytest.mark.parametrize("role", ["leader", "visitor"])
def test_households_are_not_for_leaders_and_visitors(open_app, flow_data, role):
    found = _everything(open_app(flow_data, "household_flows", role=role))
    assert "0123456789" not in found
    assert "able-house" not in found


def test_a_visitor_sees_no_moves(open_app, flow_data):
    app = open_app(flow_data, "household_flows", role="visitor")
    assert "không công khai" in app.header[0].value
    assert not app.dataframe


def test_a_leader_sees_how_many_to_watch_by_commune(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    watched = next(frame for frame in _frames(app) if "Hộ cần theo dõi" in frame.columns)
    assert [text.strip() for text in watched.iloc[0].tolist()] == ["Xã Vụ Bản", "7"]


def test_how_households_were_found_is_said_and_counted(open_app, flow_data):
    app = open_app(flow_data, "household_flows")
    said = " ".join(text.value for text in app.markdown)
    # 70 + 20 + 6 found; 0 + 0,4 + 1,3 = 1,7 ≈ 2 wrong
    assert "tìm lại được 96 hộ; ước tính nối nhầm 2 hộ" in said
    assert "1 hộ có hơn một hộ trùng khớp nên không nối, 3 hộ không tìm thấy" in said
    ways = next(frame for frame in _frames(app) if "Cách tìm" in frame.columns)
    assert [text.strip() for text in ways["Số hộ"]] == ["70", "0", "0", "20", "6", "0", "1", "3"]
    assert [text.strip() for text in ways.iloc[0]] == ["Cùng số định danh", "70", "0,0"]


def test_an_analyst_sees_pseudonyms_of_the_list_chosen(open_app, flow_data):
    found = _everything(open_app(flow_data, "household_flows", role="analyst"))
    assert "0123456789" in found
    assert "able-house" in found
    assert "frail-hous" not in found


def test_an_officer_sees_the_own_units_only(open_app, flow_data):
    found = _everything(open_app(flow_data, "household_flows", role="officer", unit="13684"))
    assert "0123456789" not in found
    assert "able-house" not in found


def test_a_build_older_than_the_tables_says_so(open_app, demo_data):
    app = open_app(demo_data, "household_flows")
    assert app.header[0].value.startswith("Chưa có hai kỳ")


def test_english_is_whole(open_app, flow_data):
    app = open_app(flow_data, "household_flows", lang="en")
    assert app.header[0].value.replace("\\", "").startswith("2025: 60 households left")


NAMED = {
    "era": "2025", "unit_code": "13669", "village_name": "Xóm 1", "personal_name": "Nguyễn Văn Mẫu",
    "personal_identity_number": "099060000001", "personal_birth": "1960",
}  # fmt: skip


LISTED = NAMED | {
    "submission_id": f"{1:064x}", "sheet": "DS", "row": 20,
    "personal_head_name": "Nguyễn Văn Mẫu", "personal_head_birth": "1960", "head_number": 1,
    "member_number": 1,
}  # fmt: skip


@pytest.fixture(scope="module")
def named_data(tmp_path_factory: pytest.TempPathFactory, flow_data: Path) -> Path:
    """The same folder with a vault, in which the household to watch has a name."""
    folder = tmp_path_factory.mktemp("named") / "data"
    shutil.copytree(flow_data, folder)
    with Vault(folder / "vault", demo_keys()) as vault:
        rows = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, pl.DataFrame([NAMED]))
        listed = vault.pseudonymise(CORE_REVIEW__PERSON.name, pl.DataFrame([LISTED]))
    build = current_build(folder)
    assert build is not None
    key = {"era": "2025", "unit_code": "13669", "period": "2025", "status": "official"}
    key |= {"submission_id": f"{1:064x}"}
    sent = key | {"form": "person_list", "is_current": True}
    person = {"household_id": listed["household_id"].item(), "head_number": 1, "member_number": 1,
              "class_code": "poor", "sex": "male", "sheet": "DS", "row": 20}  # fmt: skip
    with engine.writing(build.folder / RESTRICTED) as connection:
        engine.append(connection, QUALITY__COVERAGE, pl.DataFrame([sent]))
        engine.append(connection, CORE_REVIEW__PERSON, pl.DataFrame([key | person]))
        connection.execute(
            "UPDATE result__watched_household SET household_id = ?", [rows["household_id"].item()]
        )
    return folder


def _sign_in(monkeypatch, role, **claims):
    said = {"is_logged_in": True, "email": "canbo@xa.vn", access.ROLE_CLAIM: role, **claims}
    monkeypatch.setattr(access, "sign_in_is_configured", lambda: True)
    monkeypatch.setattr(access, "claim", said.get)


def _named_button(app):
    return [button for button in app.button if button.key == "named_watch"]


def test_a_signed_in_analyst_sees_names_after_a_click_that_is_noted(
    open_app, named_data, monkeypatch
):
    _sign_in(monkeypatch, "analyst")
    app = open_app(named_data, "household_flows")
    assert "Mẫu" not in _everything(app)
    assert not (named_data / LOG).exists()
    _named_button(app)[0].click().run()
    assert not app.exception
    assert "Nguyễn Văn Mẫu" in _everything(app)
    (note,) = (named_data / LOG).read_text(encoding="utf-8").splitlines()
    assert json.loads(note) | {"who": "canbo@xa.vn", "list": "watch", "rows": 1} == json.loads(note)
    # Any other click: the names are gone, and nothing is noted.
    app.run()
    assert "Mẫu" not in _everything(app)
    assert len((named_data / LOG).read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize("role", ["leader", "visitor", "nobody"])
def test_a_signed_in_reader_of_another_role_is_offered_no_names(
    open_app, named_data, monkeypatch, role
):
    _sign_in(monkeypatch, role)
    app = open_app(named_data, "household_flows")
    assert not _named_button(app)


@pytest.mark.parametrize("role", ["analyst", "officer", "leader", "visitor"])
def test_the_demos_roles_without_sign_in_are_offered_no_names(open_app, named_data, role):
    app = open_app(named_data, "household_flows", role=role, unit="13669")
    assert not _named_button(app)
    assert "Mẫu" not in _everything(app)


def _offered(app):
    return [button.proto.label for button in app.get("download_button")]


def test_form_15_by_name_is_made_for_who_signed_in_and_the_view_is_noted(
    open_app, named_data, monkeypatch
):
    (named_data / LOG).unlink(missing_ok=True)
    _sign_in(monkeypatch, "officer", **{access.UNITS_CLAIM: "13669"})
    app = open_app(named_data, "household_flows")
    assert "Tải biểu, họ tên đã ẩn" in _offered(app)
    assert "Tải biểu có họ tên" not in _offered(app)
    assert not (named_data / LOG).exists()
    app.button(key="named_form").click().run()
    assert not app.exception
    assert "Tải biểu có họ tên" in _offered(app)
    (note,) = (named_data / LOG).read_text(encoding="utf-8").splitlines()
    told = {"who": "canbo@xa.vn", "list": "form_15", "unit": "13669", "rows": 1}
    assert json.loads(note) | told == json.loads(note)


@pytest.mark.parametrize(
    ("role", "why"), [("leader", "chỉ dành cho"), ("visitor", "không công khai")]
)
def test_forms_of_persons_are_not_for_leaders_and_visitors(
    open_app, named_data, monkeypatch, role, why
):
    _sign_in(monkeypatch, role)
    app = open_app(named_data, "household_flows")
    assert not any("Tải biểu" in label for label in _offered(app))
    assert why in _everything(app)


def test_a_form_whose_names_no_build_has_kept_says_what_to_do_and_is_not_noted(
    open_app, named_data, monkeypatch, tmp_path
):
    folder = tmp_path / "data"
    shutil.copytree(named_data, folder)
    (folder / LOG).unlink(missing_ok=True)
    with closing(sqlite3.connect(folder / "vault" / "vault.sqlite")) as base:
        base.execute("DROP TABLE listed_person")
    _sign_in(monkeypatch, "officer", **{access.UNITS_CLAIM: "13669"})
    app = open_app(folder, "household_flows")
    app.button(key="named_form").click().run()
    assert not app.exception
    assert "chạy lại lệnh build một lần" in " ".join(error.value for error in app.error)
    assert "Tải biểu có họ tên" not in _offered(app)
    assert not (folder / LOG).exists()
