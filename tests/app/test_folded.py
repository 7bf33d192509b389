"""Tables behind a button: not drawn while it is closed, there when a reader opens it, always on paper."""

import pytest


@pytest.fixture
def are_tables_open():
    return False


FOLDED = [
    ("overview", "overview"),
    ("overview", "news"),
    ("deprivations", "deprivation_units"),
    ("target_gaps", "targets"),
    ("data_quality", "back"),
    ("data_quality", "files"),
]


@pytest.mark.parametrize(("page", "key"), FOLDED)
def test_a_closed_table_is_not_drawn_and_is_there_when_it_is_opened(open_app, demo_data, page, key):
    app = open_app(demo_data, page)
    drawn = len(app.dataframe)
    assert f"{key}_csv" not in _buttons(app)
    app.session_state[f"{key}_fold"] = True
    app.run()
    assert not app.exception
    assert len(app.dataframe) == drawn + 1
    assert {f"{key}_csv", f"{key}_xlsx"} <= _buttons(app)


def test_opening_a_table_keeps_what_else_was_chosen(open_app, demo_data):
    app = open_app(demo_data, "overview", level="district", lang="en")
    app.session_state["overview_fold"] = True
    app.run()
    assert app.query_params["level"] == "district"
    assert app.query_params["lang"] == "en"
    assert len(app.dataframe[0].value) == 10


def test_a_closed_table_is_on_paper_as_the_open_one_is(open_app, demo_data):
    app = open_app(demo_data, "overview")
    closed = _printed(app)
    for key in ("overview", "news"):
        app.session_state[f"{key}_fold"] = True
    app.run()
    assert closed == _printed(app)
    assert any("Kỳ trước" in columns for columns in closed)


def _printed(app):
    parts = app.session_state["printed_parts"]
    return [tuple(part.table.columns) for part in parts if part.table is not None]


def _buttons(app):
    return {each.proto.id.split("-", 2)[-1] for each in app.get("download_button")}
