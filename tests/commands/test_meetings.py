"""Meetings frozen from the command line: an earlier day is looked back on without moving the served build."""

import json
import shutil
from datetime import UTC, date, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from commands import demo_meetings
from measures.meeting_changes import compared, files_behind, files_since
from warehouse import engine
from warehouse.decisions import entries
from warehouse.door import Door, Viewer
from warehouse.frozen import Meeting, freeze, meeting_named, meetings

NAME, DAY = "Sơ kết Quý III năm 2025", "2025-09-15"
COMMAND = Viewer("command")
EVERY_FIGURE = "SELECT * FROM result__estimate ORDER BY ALL"


def rows(door, query):
    with engine.reading(door.build.restricted) as connection:
        return engine.read(connection, query)


@pytest.fixture(scope="module")
def looked_back(small_province, tmp_path_factory, cli):
    data = tmp_path_factory.mktemp("looked-back") / "data"
    shutil.copytree(small_province.data, data)
    done = cli("freeze", "--name", NAME, "--as-of", DAY, "--who", "An", "--data", data)
    assert done.returncode == 0, done.stderr
    return data


def test_the_served_build_stays(looked_back, small_province):
    served = json.loads((small_province.data / "current.json").read_text())
    assert json.loads((looked_back / "current.json").read_text()) == served
    assert meeting_named(looked_back, NAME).build_id != served["build_id"]


def test_nothing_dated_later_is_in_it(looked_back):
    door = Door.open_meeting(looked_back, COMMAND, NAME)
    facts = door.build_facts()
    assert (facts["today"], facts["known_until"]) == (date(2025, 9, 15), date(2025, 9, 15))
    assert "2025" not in door.periods()["period"].to_list()
    assert "2025-08" in door.periods()["period"].to_list()
    assert door.submissions()["document_date"].drop_nulls().max() <= date(2025, 9, 15)


def test_it_equals_a_build_of_those_files_alone_on_that_day(
    looked_back, small_province, tmp_path, cli
):
    door = Door.open_meeting(looked_back, COMMAND, NAME)
    known = rows(door, "SELECT DISTINCT file_name FROM quality__received")["file_name"].to_list()
    inbox = tmp_path / "inbox"
    for name in [*known, "demo.json", "inbox.csv"]:
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(small_province.inbox / name, inbox / name)
    done = cli("build", "--from", inbox, "--data", tmp_path / "data", "--today", DAY)
    assert done.returncode == 0, done.stderr
    alone = Door.open(tmp_path / "data", COMMAND)
    assert_frame_equal(rows(door, EVERY_FIGURE), rows(alone, EVERY_FIGURE))


def test_the_same_day_again_takes_the_build_that_is_there(looked_back, cli):
    done = cli("freeze", "--name", "Lần nữa", "--as-of", DAY, "--data", looked_back)
    assert done.returncode == 0, done.stderr
    again, first = (meeting_named(looked_back, name) for name in ("Lần nữa", NAME))
    assert again.build_id == first.build_id


def test_a_day_before_the_first_file_is_refused(looked_back, cli):
    done = cli("freeze", "--name", "Sớm quá", "--as-of", "2019-01-01", "--data", looked_back)
    assert done.returncode == 2
    assert "chưa có tệp nào" in done.stderr


def test_the_demo_names_its_past_meetings_and_each_is_frozen_once(
    small_province, tmp_path, monkeypatch
):
    data = tmp_path / "data"
    shutil.copytree(small_province.data, data)
    asked = []

    def frozen(folder, name, as_of, who, reason, as_json):
        asked.append(as_of)
        build_id = Door.open(folder, COMMAND).build.build_id
        freeze(
            folder, Meeting(name, build_id, as_of, datetime(2026, 9, 15, tzinfo=UTC), who, reason)
        )
        return 0

    monkeypatch.setattr(demo_meetings.freeze, "run", frozen)
    for _ in range(2):
        assert demo_meetings.run(data, small_province.inbox) == 0
    assert asked == [date(2024, 9, 15), date(2025, 6, 30), date(2025, 9, 15)]
    # told on 15 September 2026: one done, one due in June 2026, one due in December
    assert [each.status(date(2026, 9, 15)) for each in entries(data)] == ["done", "late", "open"]
    assert entries(data)[0].said_at.date() == date(2024, 9, 15)


def test_real_data_take_no_simulated_meetings(small_province, tmp_path):
    (tmp_path / "folder.json").write_text('{"is_demo": false}')
    assert demo_meetings.run(tmp_path, small_province.inbox) == 2
    assert demo_meetings.run(small_province.data, tmp_path) == 2
    assert meetings(tmp_path) == ()


@pytest.mark.parametrize("period", ["2024", "2025-06", "2023"])
def test_both_numbers_stand_with_the_file_behind_where_a_list_was_corrected_after_the_meeting(
    looked_back, small_province, period
):
    """The list of 2024 was decided anew after the meeting; that of 2023 before it."""
    then, now = Door.open_meeting(looked_back, COMMAND, NAME), Door.open(looked_back, COMMAND)
    told = json.loads((small_province.truth / "summary.json").read_text("utf-8"))["restated"]
    review = "2024" if period > "2024" else period
    later = [e for e in told if e["period"] == review and e["corrected_on"] > DAY]
    wrong = sum(each["poor_told_as_near_poor"] for each in later)
    found = compared(
        then.estimates(("poor_household_count", "near_poor_household_count"), periods=[period]),
        now.estimates(("poor_household_count", "near_poor_household_count"), periods=[period]),
        date.fromisoformat(DAY),
    )
    if not later:
        assert found.is_empty()
        return
    differences = {
        row["measure"]: (row["kind"], row["value_after"] - row["value_before"])
        for row in found.iter_rows(named=True)
    }
    # households that the first list had as near-poor are poor now
    assert differences == {
        "poor_household_count": ("restated", wrong),
        "near_poor_household_count": ("restated", -wrong),
    }
    behind = files_behind(
        "poor_household_count", period, None, files_since(then.coverage(), now.coverage()),
        has_other_formulas=False,
    )  # fmt: skip
    came = now.submissions().filter(pl.col("submission_id").is_in(list(behind.came)))
    assert came.select("unit_code", "document_date").rows() == [
        (each["unit_code"], date.fromisoformat(each["corrected_on"])) for each in later
    ]
    assert len(behind.left) == len(later)
