"""What `freeze` refuses before anything is built."""

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest

from commands import freeze
from warehouse import engine
from warehouse.builds import RESTRICTED
from warehouse.frozen import Meeting, meetings
from warehouse.frozen import freeze as pin
from warehouse.quality_tables import QUALITY__BUILD

BUILD = "20260915T020000-001"
TOLD_ON = date(2026, 9, 15)


@pytest.fixture
def data(tmp_path):
    """A folder whose one build was told on 15 September 2026."""
    folder = tmp_path / "builds" / BUILD
    folder.mkdir(parents=True)
    facts = QUALITY__BUILD.conform(pl.DataFrame([{"build_id": BUILD, "today": TOLD_ON}]))
    with engine.writing(folder / RESTRICTED) as connection:
        engine.create(connection, QUALITY__BUILD, facts)
    (tmp_path / "folder.json").write_text(json.dumps({"is_demo": True}))
    (tmp_path / "current.json").write_text(json.dumps({"build_id": BUILD}))
    return tmp_path


def frozen(data, name, as_of):
    return freeze.run(data, name, as_of, "An", "", as_json=False)


def test_figures_of_a_day_to_come_cannot_be_frozen(data, capsys):
    assert frozen(data, "Quý IV", date(2026, 12, 31)) == 2
    assert "15/09/2026" in capsys.readouterr().err
    assert meetings(data) == ()
    assert frozen(data, "Quý III", TOLD_ON) == 0


def test_a_name_that_is_taken_is_refused_before_a_build_is_made(data, capsys, monkeypatch):
    monkeypatch.setattr(freeze, "build_as_of", lambda *_: pytest.fail("built"))
    monkeypatch.setattr(freeze, "open_existing", lambda folder: folder)
    moment = datetime(2026, 9, 15, tzinfo=UTC)
    pin(data, Meeting("Quý II", "20260630T020000-001", date(2026, 6, 30), moment, "An", ""))
    assert frozen(data, "quý II", date(2026, 3, 31)) == 2
    assert "Hãy dùng tên khác" in capsys.readouterr().err
