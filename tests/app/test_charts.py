"""What a chart may and may not show, checked on the figure itself."""

import json

import polars as pl
import pytest
from plotly.io import to_json

from charts import figure
from charts.geometry import BoundariesError, from_folder, schematic
from charts.heat_table import Cell, HeatRow, heat_table
from charts.label_places import label_places
from charts.labels import figure_text, mark_text
from charts.list_flows import Step, list_flows
from charts.named_bars import named_bars
from charts.ranked_bars import ranked, ranked_bars
from charts.rate_classes import fill_of, legend_entries, pattern_of
from charts.theme import PALETTES, SMALLEST_TEXT_PX, palette
from charts.tile_grid import tile_grid
from charts.trend import trend
from charts.unit_map import unit_map
from measures.catalogue import cards
from reference.loading import units
from tests.app import factory
from ui.texts import catalogue
from warehouse.result_tables import RESULT__ESTIMATE

CARD = cards()["poor_household_rate"]


@pytest.fixture(scope="module")
def rows() -> pl.DataFrame:
    return factory.estimates().filter(measure="poor_household_rate")


def _frame(row):
    return RESULT__ESTIMATE.conform(pl.DataFrame([row]))


def _lines(figure):
    return [
        trace for trace in figure.data if "lines" in (trace.mode or "") and trace.text is not None
    ]


def _filled(figure):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.fill == "toself"]


def test_a_line_never_crosses_a_change_of_standard(rows):
    known = pl.DataFrame(
        {
            "period": ["2019", "2020"],
            "value": [1.53, 0.86],
            "unit": ["pct", "pct"],
            "standard_id": ["2016-2020", "2016-2020"],
        }
    )
    figure = trend(rows.filter(level="province"), CARD, "vi", "light", published=known)
    first, second = _lines(figure)
    assert list(first.x) == [2019.0, 2020.0]
    assert list(second.x) == [2021.0, 2022.0, 2023.0, 2024.0, 2025.0]
    assert any("đổi chuẩn nghèo" in note.text for note in figure.layout.annotations)


def test_a_partial_period_never_enters_a_trend(rows):
    figure = trend(rows.filter(level="province"), CARD, "vi", "light")
    shown = [x for trace in figure.data for x in trace.x]
    assert max(shown) == 2025.0  # the running list of 2026 has 52 of 57 communes


def test_a_complete_running_list_is_a_hollow_point_of_its_own(rows):
    full = rows.filter(level="province").with_columns(units_reported=pl.col("units_expected"))
    figure = trend(full, CARD, "vi", "light")
    (running,) = [trace for trace in figure.data if trace.marker.symbol == "diamond"]
    assert list(running.x) == [2025.75]
    assert running.marker.color[0] == palette("light").background


def test_a_published_year_gives_way_to_the_computed_one(rows):
    known = pl.DataFrame(
        {"period": ["2024"], "value": [9.9], "unit": ["pct"], "standard_id": ["2022-2026"]}
    )
    figure = trend(rows.filter(level="province"), CARD, "vi", "light", published=known)
    assert 9.9 not in [y for trace in figure.data for y in trace.y]


def test_numbers_inside_charts_follow_the_language(rows):
    for language, separators, label in (("vi", ",.", "<b>0,95</b>"), ("en", ".,", "<b>0.95</b>")):
        figure = trend(rows.filter(level="province"), CARD, language, "light")
        assert figure.layout.separators == separators
        assert label in _lines(figure)[-1].text


def test_bars_run_from_the_highest_down_with_figures_at_their_ends(rows):
    units_2024 = rows.filter(level="commune", period="2024")
    figure = ranked_bars(units_2024, CARD, "vi", "light", whole=0.95, own_unit="13669")
    (bars,) = figure.data
    assert list(bars.x) == sorted(bars.x, reverse=True)
    assert all(" % = " in text and text.endswith(" hộ") for text in bars.text)
    assert sum(width == 3 for width in bars.marker.line.width) == 1
    assert any(name.startswith("<b>") for name in figure.layout.yaxis.ticktext)
    assert figure.layout.height > 57 * 20  # a long list is tall: it scrolls, it is not squeezed


def test_the_own_unit_is_in_view_without_scrolling(rows):
    units_2024 = rows.filter(level="commune", period="2024")
    own = ranked(units_2024, "vi")[40]["unit_code"]
    (bars,) = ranked_bars(units_2024, CARD, "vi", "light", own_unit=own).data
    assert [place for place, code in enumerate(bars.customdata) if code == own] == [0, 41]


def test_units_without_a_figure_come_last_and_say_why(rows):
    units_2024 = rows.filter(level="commune", period="2024").with_columns(
        mark=pl.when(pl.col("unit_code") == "13669").then(pl.lit("suppressed")).otherwise("mark"),
    )
    last = ranked(units_2024, "vi")[-1]
    assert last["unit_code"] == "13669"
    assert figure_text(last, "vi") == "không hiển thị (số nhỏ)"


def test_what_no_district_can_claim_is_shown_apart_and_never_ranked(rows):
    rest = factory.estimate(
        level="district", unit_code="not_attributable", unit_name=None, value=9.0, numerator=947.0,
        mark="not_attributable",
    )  # fmt: skip
    districts = pl.concat(
        [rows.filter(level="district", period="2024"), rows.clear().vstack(_frame(rest))]
    )
    last = ranked(districts, "vi")[-1]
    assert last["unit_code"] == "not_attributable"
    assert figure_text(last, "vi") == "9,00 % = 947 hộ"
    assert len(_filled(tile_grid(districts, "vi", "light"))) == 10


def test_zero_suppressed_and_no_data_look_different():
    zero = factory.estimate(value=0.0, mark="zero", numerator=0.0)
    hidden = factory.estimate(value=None, mark="suppressed")
    missing = factory.estimate(value=None, mark="no_data")
    looks = {(fill_of(row, "light"), pattern_of(row)) for row in (zero, hidden, missing)}
    words = {figure_text(row, "vi") for row in (zero, hidden, missing)}
    assert len(looks) == len(words) == 3
    assert mark_text("no_case", "vi") == "không phát sinh"


def test_marks_of_the_legend_are_told_apart_without_colour():
    partial = factory.estimate(value=1.0, units_reported=3, units_expected=7)
    missing = factory.estimate(value=None, mark="no_data")
    marks = [one["marker"] for one in legend_entries([partial, missing], "vi", "light")][-2:]
    assert [one["pattern"]["shape"] for one in marks] == ["/", "."]
    assert all(one["pattern"]["fgcolor"] != one["color"] for one in marks)


def test_figures_of_a_tile_stand_on_its_colour_and_not_on_its_pattern(rows):
    figure = tile_grid(rows.filter(level="district", period="2024"), "vi", "light")
    grounds = [note.bgcolor for note in figure.layout.annotations if "<b>" in note.text]
    assert len(grounds) == 10
    assert all(grounds)


def test_the_line_of_the_whole_ends_with_the_last_bar_that_reaches_it(rows):
    units = rows.filter(level="district", period="2024").head(3)
    values = sorted(units["value"].to_list(), reverse=True)
    figure = ranked_bars(units, CARD, "vi", "light", whole=(values[0] + values[1]) / 2)
    (line,) = figure.layout.shapes
    # only the first bar reaches it, and bars are 0,66 wide
    assert (line.y0, line.y1) == (-0.6, 0.45)


def test_headings_of_a_heat_table_have_room_for_their_lines():
    rows = [HeatRow("Xã A", (Cell("1", "", "none"),))]
    one, three = (heat_table([text], rows, "vi", "light") for text in ("a", "a<br>b<br>c"))
    assert three.layout.height - one.layout.height == three.layout.margin.t - one.layout.margin.t
    assert three.layout.margin.t > one.layout.margin.t


def test_tiles_are_the_ten_former_districts(rows):
    figure = tile_grid(rows.filter(level="district", period="2024"), "vi", "dark")
    tiles = _filled(figure)
    assert len(tiles) == 10
    assert sum("TP" in note.text for note in figure.layout.annotations) == 1


def test_the_diagram_has_every_unit_in_force_and_its_neighbours_apart():
    shapes = schematic()
    assert set(shapes.rings) == set(units().filter(era="2025", level="commune")["code"])
    assert shapes.is_schematic
    for code, (ring,) in shapes.rings.items():
        assert ring[0] == ring[-1]
        assert len(ring) >= 4, code


def test_the_map_draws_one_cell_and_one_circle_a_unit(rows):
    figure = unit_map(rows.filter(level="commune", period="2024"), schematic(), "vi", "light")
    rings = sum(trace.x.count(None) for trace in _filled(figure))
    circles, targets = [
        one for one in figure.data if one.type == "scatter" and one.mode == "markers"
    ]
    assert rings == len(circles.x) == len(targets.customdata) == 57
    # a finger hits any unit, however few households it has, and a click pales nothing
    assert targets.marker.size >= 30
    assert circles.unselected.marker.opacity == 1


def test_boundaries_must_be_the_units_in_force(tmp_path):
    (tmp_path / "communes_2025.geojson").write_text('{"features": []}', encoding="utf-8")
    with pytest.raises(BoundariesError, match="thiếu 57"):
        from_folder(tmp_path)
    (tmp_path / "communes_2025.geojson").write_text("khong phai json", encoding="utf-8")
    with pytest.raises(BoundariesError, match="GeoJSON"):
        from_folder(tmp_path)


def test_flows_say_who_left_and_who_came():
    steps = [
        Step("a", "opening", 0, 100),
        Step("b", "left", 100, 60),
        Step("c", "came", 60, 70),
        Step("d", "closing", 0, 70),
    ]
    (bars,) = list_flows(steps, "vi", "light").data
    assert list(bars.text) == ["<b>100</b>", "<b>−40</b>", "<b>+10</b>", "<b>70</b>"]
    assert list(bars.base) == [0, 60, 60, 0]


def test_text_is_never_smaller_than_twelve_pixels(rows):
    figure = tile_grid(rows.filter(level="district", period="2024"), "vi", "light")
    sizes = [note.font.size for note in figure.layout.annotations]
    assert (
        min([*sizes, figure.layout.font.size, figure.layout.legend.font.size]) >= SMALLEST_TEXT_PX
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_colours_stand_out_from_their_background(mode):
    colours = PALETTES[mode]
    for text in (colours.text, colours.muted_text):
        assert _contrast(text, colours.background) >= 4.5
    for mark in (colours.poor, colours.near_poor, colours.benchmark, colours.good, colours.bad):
        assert _contrast(mark, colours.background) >= 3
    for fill in colours.rate_classes:
        assert _contrast(colours.text_on(fill), fill) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_what_the_map_says_of_its_shades_is_true_on_either_ground(mode):
    lowest, *_, highest = (_luminance(colour) for colour in palette(mode).rate_classes)
    told = catalogue().say(f"map.shade.{mode}", "en")
    assert told == ("Darker" if highest < lowest else "Lighter")


def test_a_phone_leaves_every_second_figure_of_a_long_line_to_the_table(rows):
    years = pl.concat(
        [
            rows.filter(level="province").head(1).with_columns(
                period=pl.lit(str(year)), units_reported=57, units_expected=57, value=pl.lit(1.0)
            )
            for year in range(2016, 2025)
        ]
    )  # fmt: skip
    texts = [line.text for line in _lines(trend(years, CARD, "vi", "light", is_narrow=True))][-1]
    assert [bool(text) for text in texts] == [True, False] * 4 + [True]


def test_a_phone_tells_the_running_list_and_leaves_the_review_beside_it_to_the_title(rows):
    every = rows.filter(level="province").with_columns(units_reported="units_expected")
    texts = {}
    for is_narrow in (False, True):
        drawn = [*_lines(trend(every, CARD, "vi", "light", is_narrow=is_narrow))][-1]
        texts[is_narrow] = [bool(text) for text in drawn.text]
    assert texts[False][-2:] == [True, True]
    assert texts[True][-2:] == [True, False]


def test_an_unchecked_figure_is_the_checked_one(rows, monkeypatch):
    pictures = []
    for is_checked in (False, True):
        monkeypatch.setattr(figure, "IS_CHECKED", is_checked)
        drawn = trend(rows.filter(level="province"), CARD, "vi", "light")
        told = json.loads(to_json(drawn, validate=False))
        told["layout"] = {name: value for name, value in told["layout"].items() if value}
        pictures.append(told)
    for part in ("data", "layout"):
        assert pictures[0][part] == pictures[1][part]


FALLING = [(2021.0, 1.74), (2022.0, 1.32), (2023.0, 1.09)]


def test_figures_of_a_falling_line_stand_right_of_it_the_last_one_too():
    assert label_places(FALLING, [], 4.0) == ["top right"] * 3
    assert label_places([(2021.0, 1.0), (2022.0, 2.0)], [], 4.0) == ["top center"] * 2
    assert label_places(FALLING[:1], [], 4.0) == ["top center"]


def test_a_figure_makes_room_for_a_line_to_compare_with():
    over = [(2022.0, 1.46), (2023.0, 1.12)]  # comes down over the figure of 2022
    assert label_places(FALLING, [over], 2.0) == ["top right", "bottom left", "bottom left"]
    far = [(2022.0, 3.9), (2023.0, 3.0)]
    assert label_places(FALLING, [far], 4.0) == ["top right"] * 3


def test_long_names_have_two_lines_and_the_room_for_them(rows):
    row = rows.filter(level="province").row(0, named=True)
    short, long = (
        named_bars([(name, row)] * 12, "vi", "light", missing="")
        for name in ("1. Việc làm", "5. Trình độ giáo dục của người lớn")
    )
    assert (long.layout.height - short.layout.height) / 12 >= 8


def test_names_of_lines_to_compare_with_are_not_cut(rows):
    lines = pl.DataFrame(
        {"period": ["2022", "2024"], "value": [4.0, 1.93], "unit": ["pct"] * 2, "label": ["Viet Nam"] * 2}
    )  # fmt: skip
    figure = trend(rows.filter(level="province"), CARD, "en", "light", benchmarks=lines)
    assert figure.layout.margin.r >= 7 * len("Viet Nam 1.93")


def test_the_last_figure_before_a_change_of_standard_stands_below_its_point(rows):
    known = pl.DataFrame(
        {
            "period": ["2019", "2020"],
            "value": [1.53, 0.86],
            "unit": ["pct", "pct"],
            "standard_id": ["2016-2020", "2016-2020"],
        }
    )
    figure = trend(rows.filter(level="province"), CARD, "vi", "light", published=known)
    assert list(_lines(figure)[0].textposition) == ["top right", "bottom center"]
