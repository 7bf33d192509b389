"""The overview's strip of targets and what is new, opened on a small build."""

import json

from tests.app.test_pages import _texts
from ui import table_layout, tables


def test_every_target_stands_in_the_strip_with_symbol_and_word(open_app, demo_data):
    app = open_app(demo_data)
    texts = _texts(app)
    assert "Tám mục tiêu của kế hoạch" in texts
    assert "▲ chưa đạt 100 %" in texts
    assert texts.count("chỉ tiêu có số liệu") == 8


def test_what_is_new_tells_both_periods_and_the_change(open_app, demo_data):
    app = open_app(demo_data)
    table = next(each.value for each in app.dataframe if "So kỳ trước" in each.value.columns)
    row = table[table["Chỉ tiêu"].str.startswith("T1.1")].iloc[0]
    assert (row["Kỳ này"], row["Kỳ trước"]) == ("0,75 % (2025)", "0,95 % (2024)")
    assert (row["Thay đổi"], row["So kỳ trước"]) == ("−0,20 điểm %", "● tốt lên")


def test_figures_of_an_earlier_build_are_told_to_those_who_may_know(open_app, demo_data):
    assert "So với bản dựng trước" in _texts(open_app(demo_data))
    assert "So với bản dựng trước" not in _texts(open_app(demo_data, role="visitor"))


def test_a_long_first_column_leaves_a_phone_room_for_the_others(open_app, demo_data, monkeypatch):
    for module in (tables, table_layout):
        monkeypatch.setattr(module, "is_phone", lambda: True)
    app = open_app(demo_data, lang="en")
    table = next(each for each in app.dataframe if "Since then" in each.value.columns)
    first = json.loads(table.proto.columns)["Indicator"]
    assert first["pinned"] is True
    # less than half of 390 px, and rows tall enough for the rest of the text
    assert first["width"] < 195
    assert table.proto.row_height > 64


def test_a_wide_screen_shows_a_long_first_column_in_one_line(open_app, demo_data):
    app = open_app(demo_data)
    table = next(each for each in app.dataframe if "So kỳ trước" in each.value.columns)
    configured = json.loads(table.proto.columns)
    # at 7.2 px a letter, 24 px for the edges of a cell and no second line, every text is read whole
    needed = {
        name: 24 + 7.2 * max(len(name), texts.str.len().max())
        for name, texts in table.value.items()
    }
    assert configured["Chỉ tiêu"]["width"] >= needed["Chỉ tiêu"]
    assert table.proto.row_height == 0
    widths = {name: configured.get(name, {}).get("width") or px for name, px in needed.items()}
    assert all(widths[name] >= px - 1 for name, px in needed.items())
    assert sum(widths.values()) <= table_layout.ROOM_PX


def test_a_visitor_is_told_what_is_not_public(open_app, demo_data):
    for page in (None, "target_gaps"):
        assert "nghĩa là không công khai" in _texts(open_app(demo_data, page, role="visitor"))
        assert "nghĩa là không công khai" not in _texts(open_app(demo_data, page))


def test_an_area_that_published_no_such_rate_is_named_under_the_trend(open_app, demo_data):
    assert "chưa công bố tỷ lệ này theo chuẩn này" in _texts(open_app(demo_data))
