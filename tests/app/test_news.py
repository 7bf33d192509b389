"""The overview's strip of targets and what is new, opened on a small build."""

import json

import polars as pl

from tests.app.test_pages import _texts
from ui import table_layout, tables
from ui.news import markdown_table
from ui.texts import plain


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


def test_what_is_worse_is_read_at_once_as_a_table_of_markdown(open_app, demo_data):
    app = open_app(demo_data)
    table = next(each.value for each in app.markdown if each.value.startswith("| Chỉ tiêu"))
    lines = table.splitlines()
    every = next(each.value for each in app.dataframe if "So kỳ trước" in each.value.columns)
    worse = every[every["So kỳ trước"] == "▲ xấu đi"]
    assert 0 < len(worse) < len(every)
    # heading, rule, and a line for each of them; all are one click away
    assert len(lines) == 2 + len(worse)
    assert lines[1].replace(" ", "") == "|" + "---|" * 6
    for line, text in zip(lines[2:], worse["Chỉ tiêu"], strict=True):
        assert plain(text.replace(" %", "\u00a0%")) in line
        # a verdict stays on one line
        assert "▲\u00a0xấu\u00a0đi" in line


def test_a_mark_of_columns_in_a_text_makes_no_column():
    assert markdown_table(pl.DataFrame({"A": ["x|y"]})).splitlines()[2] == "| x\\|y |"


def test_paper_keeps_the_order_of_the_page(open_app, demo_data):
    parts = open_app(demo_data).session_state["printed_parts"]
    told = [part.text for part in parts]
    cards = next(place for place, text in enumerate(told) if text.startswith("Hộ nghèo 2025"))
    strip = told.index("Tám mục tiêu của kế hoạch")
    pictures = [place for place, part in enumerate(parts) if part.picture is not None]
    assert 0 < cards < strip < pictures[0] < pictures[1]
