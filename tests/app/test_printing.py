"""The button under every page prints what the page drew."""

from itertools import pairwise

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from reference.plan import plan_indicators
from tests.app.conftest import ROOT
from ui import tables

PAGES = ["poverty_rates", "target_gaps", "duties", "data_quality", "about"]


def test_the_home_page_has_the_button(open_app, demo_data):
    app = open_app(demo_data)
    assert _print_buttons(app)


@pytest.mark.parametrize("page", PAGES)
def test_what_is_printed_is_what_the_page_shows(open_app, demo_data, page):
    app = open_app(demo_data, page)
    parts = app.session_state["printed_parts"]
    shown = [_texts(frame.value) for frame in (*app.dataframe, *app.table)]
    printed = [_texts(part.table) for part in parts if part.table is not None]
    assert printed
    for table in printed:
        assert table in shown
    headings = [part.text for part in parts if part.is_heading]
    assert headings


def test_a_second_run_prints_the_page_once(open_app, demo_data):
    app = open_app(demo_data, "poverty_rates")
    first = len(app.session_state["printed_parts"])
    app.run()
    assert len(app.session_state["printed_parts"]) <= first


def test_codes_over_columns_of_targets_are_told_in_full_on_paper(open_app, demo_data):
    app = open_app(demo_data, "target_gaps")
    parts = app.session_state["printed_parts"]
    names = {each.id: each.label_vi for each in plan_indicators().values()}
    tables = [part.table for part in parts if part.table is not None]
    codes = {name for table in tables for name in table.columns if name in names}
    assert codes
    said = " ".join(part.text for part in parts)
    for code in codes:
        assert f"{code} {names[code]}" in said


def test_tables_that_stand_alone_on_the_page_have_their_heading_on_paper(open_app, demo_data):
    parts = open_app(demo_data, "duties").session_state["printed_parts"]
    for before, part in pairwise(parts):
        if part.table is not None:
            assert before.text or before.picture


def test_what_is_taken_home_speaks_the_words_of_the_page(open_app, demo_data, monkeypatch):
    taken = []
    monkeypatch.setattr(tables, "_downloads", lambda frame, *_: taken.append(frame))
    open_app(demo_data, "poverty_rates")
    found = next(frame for frame in taken if "Ghi chú số liệu" in frame.columns)
    assert set(found["Trạng thái"]) <= {"chính thức", "sơ bộ", "ước tính", "điều chỉnh", "–"}
    assert "ok" not in found["Ghi chú số liệu"].to_list()
    assert not {"official", "ok", "no_data"} & {cell for row in found.rows() for cell in row}


def _texts(frame):
    """Cells as text without the spaces that only sorting needs."""
    table = frame if isinstance(frame, pl.DataFrame) else pl.from_pandas(frame)
    return [["" if cell is None else str(cell).strip() for cell in row] for row in table.rows()]


def test_a_page_without_a_build_does_not_offer_the_page_before(
    open_app, demo_data, tmp_path, monkeypatch
):
    before = open_app(demo_data, "poverty_rates")
    # A page switched to after a run is run without app.py, so the session begins anew with what the first page left.
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    for name in ("printed_parts", "printed_rows"):
        assert before.session_state[name]
        app.session_state[name] = before.session_state[name]
    monkeypatch.setenv("POVERTY_DATA", str(tmp_path))
    st.cache_data.clear()
    app.switch_page("pages/about.py").run()
    assert not app.exception
    assert app.header
    assert not _print_buttons(app)


def _print_buttons(app):
    return [each for each in app.get("download_button") if each.proto.id.endswith("print_page")]
