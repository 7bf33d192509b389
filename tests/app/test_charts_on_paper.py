"""Charts as vectors for a printed page: what is drawn is what the figure holds, without a browser."""

import re
from xml.etree import ElementTree

import pytest

from charts.churn import Churn, churn
from charts.flow_sankey import flow_sankey
from charts.heat_table import Cell, HeatRow, heat_table
from charts.list_flows import Step, list_flows
from charts.ranked_bars import ranked_bars
from charts.stages import Stage, stages
from charts.svg import HIGHEST, WIDTH, svg
from charts.theme import PALETTES
from charts.tile_grid import tile_grid
from charts.trend import trend
from measures.catalogue import cards
from tests.app import factory

SVG = "{http://www.w3.org/2000/svg}"
CARD = cards()["poor_household_rate"]
PAGES = ["poverty_rates", "target_gaps", "deprivations", "model_replication", "household_flows"]


def drawn(figure):
    return ElementTree.fromstring(svg(figure))


def said(picture):
    return " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))


def test_bars_are_as_long_as_their_values():
    picture = drawn(stages([Stage("Có nhu cầu", 200), Stage("Được vay", 50)], "vi", "light"))
    first, second = [float(box.get("width")) for box in picture.iter(f"{SVG}rect")]
    # 50 of 200
    assert second / first == pytest.approx(0.25, abs=0.01)
    assert "Có nhu cầu" in said(picture)


def test_flows_begin_where_the_step_before_ended():
    steps = [Step("Đầu kỳ", "opening", 0, 100), Step("Thoát", "left", 100, 70)]
    opening, left = drawn(list_flows(steps, "vi", "light")).iter(f"{SVG}rect")
    end = float(opening.get("x")) + float(opening.get("width"))
    assert float(left.get("x")) + float(left.get("width")) == pytest.approx(end, abs=0.2)


def test_stacked_bars_lie_on_both_sides_of_zero():
    picture = drawn(churn([Churn("2024", 30, 10)], ("Ra", "Vào", "Ròng"), "vi", "light"))
    left, came = list(picture.iter(f"{SVG}rect"))[:2]
    assert float(left.get("height")) / float(came.get("height")) == pytest.approx(3, abs=0.05)
    assert float(came.get("y")) + float(came.get("height")) == pytest.approx(
        float(left.get("y")), abs=0.2
    )
    assert "Ròng" in said(picture)


def test_every_label_of_a_heat_table_and_of_bands_is_drawn():
    cells = (Cell("95", "", "good"), Cell("○", "", "none"))
    heat = drawn(heat_table(["Vay vốn", "Học nghề"], [HeatRow("Xã A & B", cells)], "vi", "light"))
    for text in ("Vay vốn", "Học nghề", "Xã A & B", "95", "○"):
        assert text in said(heat)
    moves = [("poor", "none", 5), ("poor", "poor", 15)]
    bands = drawn(flow_sankey(moves, {"poor": "Nghèo", "none": "Không"}, "vi", "light"))
    assert "Nghèo: 20 hộ" in said(bands)
    assert len(list(bands.iter(f"{SVG}path"))) >= len(moves)


def test_a_long_list_keeps_to_the_page_and_paper_is_light():
    rows = factory.estimates().filter(measure="poor_household_rate", level="commune", period="2025")
    text = svg(ranked_bars(rows, CARD, "vi", "dark", whole=0.75))
    picture = ElementTree.fromstring(text)
    assert float(picture.get("width")) == WIDTH
    assert float(picture.get("height")) <= HIGHEST
    assert PALETTES["light"].poor in text
    assert PALETTES["dark"].poor not in text


def test_a_line_stops_at_a_change_of_standard_and_tiles_say_their_place():
    rows = factory.estimates().filter(measure="poor_household_rate")
    line = drawn(trend(rows.filter(level="province"), CARD, "vi", "light"))
    assert "0,95" in said(line)
    tiles = tile_grid(rows.filter(level="district", period="2024"), "vi", "light")
    assert "sơ đồ, không phải bản đồ địa giới" in said(drawn(tiles))


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_of_a_page_can_be_printed(open_app, demo_data, page):
    app = open_app(demo_data, page)
    pictures = [
        part.picture() for part in app.session_state["printed_parts"] if part.picture is not None
    ]
    for text in pictures:
        ElementTree.fromstring(text)
        assert not re.search(r"nan|inf|None", re.sub(r">[^<]*<", "", text))
