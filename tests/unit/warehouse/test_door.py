"""The door on a build that is older than some of its tables."""

import pytest

from warehouse import engine
from warehouse.builds import RESTRICTED, Build
from warehouse.dim_tables import DIM__TOUCH, DIM__UNIT
from warehouse.door import Door, NotAllowed, Viewer
from warehouse.geography import dim_touch, dim_unit

GAINED = {
    "household_flows": {"level": "commune", "periods": ["2024"]},
    "household_history": {"level": "commune"},
    "household_links": {"level": "commune"},
    "integrity_signals": {},
    "watched_households": {},
    "audits": {},
    "model_results": {"table": "model_site"},
    "model_turn_counts": {},
    "model_turns": {"family_id": "MH01"},
}


@pytest.fixture(scope="module")
def older(tmp_path_factory):
    build = Build("older", tmp_path_factory.mktemp("older"))
    with engine.writing(build.folder / RESTRICTED) as connection:
        engine.create(connection, DIM__UNIT, dim_unit())
        engine.create(connection, DIM__TOUCH, dim_touch())
    return build


@pytest.mark.parametrize("method", GAINED)
@pytest.mark.parametrize("role", ["officer", "analyst", "command"])
def test_what_came_later_is_empty_in_an_older_build(older, method, role):
    door = Door(Viewer(role, ("13693",)), older)
    assert getattr(door, method)(**GAINED[method]).is_empty()


@pytest.mark.parametrize("method", GAINED)
def test_a_visitor_is_refused_before_anything_is_read(older, method):
    with pytest.raises(NotAllowed):
        getattr(Door(Viewer("visitor"), older), method)(**GAINED[method])
