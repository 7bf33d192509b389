"""The door on a build that is older than some of its tables."""

import polars as pl
import pytest

from warehouse import engine
from warehouse.builds import RESTRICTED, Build
from warehouse.core_tables import (
    CORE_DUTY__STATUS,
    CORE_POPULATION__UNIT,
    CORE_REVIEW__HOUSEHOLD,
    CORE_REVIEW__PERSON,
)
from warehouse.dim_tables import DIM__TOUCH, DIM__UNIT
from warehouse.door import Door, NotAllowed, Viewer
from warehouse.geography import dim_touch, dim_unit
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__DIFFERENCE, QUALITY__SUBMISSION

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


@pytest.fixture(scope="module")
def twice_told(tmp_path_factory):
    """A commune's detailed list and the province's duties, each sent preliminary and official."""
    build = Build("twice", tmp_path_factory.mktemp("twice"))
    statuses = ("preliminary", "official")
    place = {"era": "2025", "unit_code": "13693"}
    files = [
        {"submission_id": f"{form}-{status}", "form": form, "period": period, "status": status,
         **place, "is_current": True}
        for form, period in (("person_list", "2025"), ("duties", "2025-H2"))
        for status in statuses
    ]  # fmt: skip
    persons = [
        {"submission_id": f"person_list-{status}", "period": "2025", "status": status, **place,
         "class_code": "poor", "head_number": 1, "member_number": 1}
        for status in statuses
    ]  # fmt: skip
    duties = [
        {"submission_id": f"duties-{status}", "period": "2025-H2", "duty_id": "D1", **place,
         "duty_status": said}
        for status, said in zip(statuses, ("late", "done"), strict=True)
    ]  # fmt: skip
    with engine.writing(build.folder / RESTRICTED) as connection:
        for table, rows in (
            (QUALITY__COVERAGE, files),
            (QUALITY__SUBMISSION, [{"submission_id": each["submission_id"]} for each in files]),
            (CORE_REVIEW__PERSON, persons), (CORE_DUTY__STATUS, duties),
        ):  # fmt: skip
            engine.create(connection, table, table.conform(pl.DataFrame(rows)))
    return Door(Viewer("command"), build)


def test_a_person_listed_preliminary_and_official_is_one_person(twice_told):
    rows = twice_told.person_rows("2025", "2025", "13693")
    assert rows["status"].to_list() == ["official"]
    assert twice_told.person_rows("2099", "2025", "13693").is_empty()


def test_a_duty_told_preliminary_and_official_stands_once(twice_told):
    assert twice_told.duty_statuses()["duty_status"].to_list() == ["done"]


@pytest.fixture(scope="module")
def of_two_communes(tmp_path_factory):
    """A build of one list and one changed figure of two communes, and of the province."""
    build = Build("two", tmp_path_factory.mktemp("two"))
    both = [{"era": "2025", "unit_code": code} for code in ("13693", "13699")]
    lists = [
        {"submission_id": each["unit_code"], "form": "review_list", "period": "2025", "is_current": True,
         "row_count": 40, **each}
        for each in both
    ]  # fmt: skip
    rows = [
        {"submission_id": each["unit_code"], "period": "2025", "row": 9, **each} for each in both
    ]
    changed = [{"measure": "poor_household_count", "level": "commune", **each} for each in both]
    changed.append(
        {"measure": "poor_household_count", "level": "province", "era": "2025", "unit_code": "36"}
    )
    with engine.writing(build.folder / RESTRICTED) as connection:
        engine.create(connection, DIM__TOUCH, dim_touch())
        for table, frame in (
            (QUALITY__COVERAGE, lists), (CORE_REVIEW__HOUSEHOLD, rows), (CORE_POPULATION__UNIT, rows),
            (QUALITY__DIFFERENCE, changed),
            (QUALITY__SUBMISSION, [{"submission_id": each["submission_id"]} for each in rows]),
        ):  # fmt: skip
            engine.create(connection, table, table.conform(pl.DataFrame(frame)))
    return build


def test_an_officer_sees_differences_and_files_of_the_own_units(of_two_communes):
    officer = Door(Viewer("officer", ("13693",)), of_two_communes)
    assert sorted(officer.differences()["unit_code"]) == ["13693", "36"]
    files = officer.provenance("2025", "province", "2025", "36")
    assert files["unit_code"].to_list() == ["13693"]
    leader = Door(Viewer("leader"), of_two_communes)
    assert leader.differences().height == 3
    everything = leader.provenance("2025", "province", "2025", "36")
    assert everything.height == 2
    assert everything.columns == files.columns
    assert "era" not in files.columns
