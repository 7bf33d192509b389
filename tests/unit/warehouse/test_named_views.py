"""Names are opened for signed-in readers of rows only, and never before the view is noted."""

import json
import sqlite3
import stat
from contextlib import closing

import polars as pl
import pytest

from tests.app import factory
from warehouse import engine, named_views
from warehouse.builds import RESTRICTED, current_build
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD, CORE_REVIEW__PERSON
from warehouse.door import Door, NotAllowed, Viewer
from warehouse.keys import demo_keys
from warehouse.named_views import LOG, NamesNotKept, Wanted, named_households, named_persons
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.vault import Vault

FORM = Wanted("form_15", "2025", unit_code="13669")
MEMBER = {
    "submission_id": f"{1:064x}", "sheet": "DS", "row": 20,
    "era": "2025", "unit_code": "13669", "village_name": "Xóm 1", "personal_name": "Trần Thị Thử",
    "personal_identity_number": None, "personal_birth": "1988-02-03", "personal_head_name": "Nguyễn Văn Mẫu",
    "personal_head_birth": "1960", "head_number": 1, "member_number": 2,
}  # fmt: skip
WANTED = Wanted("labour", "2025", "2022-2026")
HOUSEHOLD = {
    "era": "2025", "unit_code": "13669", "village_name": "Xóm 1", "personal_name": "Nguyễn Văn Mẫu",
    "personal_identity_number": "099060000001", "personal_birth": "1960",
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A build with one poor household able to work in one commune, whose name is in the vault."""
    path = tmp_path_factory.mktemp("named")
    factory.write_build(path)
    with Vault(path / "vault", demo_keys()) as vault:
        named = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, pl.DataFrame([HOUSEHOLD]))
        listed = vault.pseudonymise(CORE_REVIEW__PERSON.name, pl.DataFrame([MEMBER]))
    row = {
        "submission_id": f"{1:064x}", "sheet": "DS", "row": 20, "period": "2025", "class_code": "poor",
        "standard_id": "2022-2026", "is_without_labour_capacity": False, "era": "2025",
        "unit_code": "13669", "household_id": named["household_id"].item(),
    }  # fmt: skip
    build = current_build(path)
    with engine.writing(build.folder / RESTRICTED) as connection:
        engine.append(connection, CORE_REVIEW__HOUSEHOLD, pl.DataFrame([row]))
        connection.execute("UPDATE quality__coverage SET standard_id = '2022-2026'")
        key = {"era": "2025", "unit_code": "13669", "period": "2025", "status": "official"}
        person = row | key | {"head_number": 1, "member_number": 2,
                              "household_id": listed["household_id"].item()}  # fmt: skip
        engine.append(connection, CORE_REVIEW__PERSON, pl.DataFrame([person]))
        sent = key | {"submission_id": f"{1:064x}", "form": "person_list", "is_current": True}
        engine.append(connection, QUALITY__COVERAGE, pl.DataFrame([sent]))
    return path


@pytest.fixture(autouse=True)
def fresh_log(folder):
    """Each test begins without notes."""
    (folder / LOG).unlink(missing_ok=True)


def asked(folder, role, who="canbo@xa.vn", scope=()):
    door = Door.open(folder, Viewer(role, scope))
    return named_households(door, folder, demo_keys(), who, WANTED)


def notes(folder):
    log = folder / LOG
    return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def test_who_when_what_and_how_many_is_noted(folder):
    rows = asked(folder, "analyst")
    assert rows.select("name", "birth").row(0) == ("Nguyễn Văn Mẫu", "1960")
    (note,) = notes(folder)
    assert (note["who"], note["role"], note["list"], note["rows"]) == (
        "canbo@xa.vn", "analyst", "labour", 1,
    )  # fmt: skip
    assert note["at"].endswith("+00:00")
    assert "Mẫu" not in (folder / LOG).read_text(encoding="utf-8")
    assert stat.S_IMODE((folder / LOG).stat().st_mode) == 0o600


def test_notes_are_added_never_replaced(folder):
    asked(folder, "analyst")
    asked(folder, "officer", who="khac@xa.vn", scope=("13669",))
    assert [note["who"] for note in notes(folder)] == ["canbo@xa.vn", "khac@xa.vn"]


def test_an_officer_sees_the_own_units_only(folder):
    assert asked(folder, "officer", scope=("13669",)).height == 1
    assert asked(folder, "officer", scope=("13684",)).is_empty()
    assert [note["rows"] for note in notes(folder)] == [1, 0]


def test_an_officer_is_offered_the_older_communes_of_the_own_units(folder):
    offered = Door.open(folder, Viewer("officer", ("13669",))).listed_units
    assert offered("2025").rows() == [("13669", "Phường Nam Định")]
    assert "Phường Trần Đăng Ninh" in offered("2023")["name"].to_list()
    assert Door.open(folder, Viewer("analyst")).listed_units("2023").height == 226


@pytest.mark.parametrize("role", ["leader", "visitor"])
def test_other_roles_see_no_name_and_leave_no_note(folder, role):
    with pytest.raises(NotAllowed):
        asked(folder, role)
    assert notes(folder) == []


@pytest.mark.parametrize("who", [None, ""])
def test_without_sign_in_there_is_no_name(folder, who):
    with pytest.raises(NotAllowed):
        asked(folder, "analyst", who=who)
    assert notes(folder) == []


def test_what_cannot_be_noted_is_not_opened(folder, monkeypatch):
    opened = []
    monkeypatch.setattr(named_views, "clear_names", lambda *given: opened.append(given))
    (folder / LOG).mkdir()
    try:
        with pytest.raises(OSError, match="directory"):
            asked(folder, "analyst")
    finally:
        (folder / LOG).rmdir()
    assert opened == []


def asked_form(folder, role, who="canbo@xa.vn", scope=()):
    door = Door.open(folder, Viewer(role, scope))
    return named_persons(door, folder, demo_keys(), who, FORM)


def test_a_form_by_name_is_noted_with_its_commune(folder):
    rows = asked_form(folder, "officer", scope=("13669",))
    assert rows.select("member_number", "name", "birth").row(0) == (
        2, "Trần Thị Thử", "1988-02-03",
    )  # fmt: skip
    (note,) = notes(folder)
    assert (note["list"], note["unit"], note["rows"]) == ("form_15", "13669", 1)
    assert "Thử" not in (folder / LOG).read_text(encoding="utf-8")
    assert asked_form(folder, "officer", scope=("13684",)).is_empty()


@pytest.mark.parametrize(("role", "who"), [("leader", "a@b.vn"), ("visitor", "a@b.vn"),
                                           ("analyst", None), ("command", None)])  # fmt: skip
def test_a_form_by_name_is_refused_in_words_and_leaves_no_note(folder, role, who):
    with pytest.raises(NotAllowed, match=r"chỉ dành cho|được xem từng hộ"):
        asked_form(folder, role, who)
    assert notes(folder) == []


@pytest.fixture
def vault_file(folder):
    """The vault, as it was again after the test."""
    file = folder / "vault" / "vault.sqlite"
    kept = file.read_bytes()
    yield file
    file.write_bytes(kept)


def test_a_vault_of_before_an_upgrade_opens_no_form_and_leaves_no_note(folder, vault_file):
    with closing(sqlite3.connect(vault_file)) as base:
        base.execute("DROP TABLE listed_person")
    with pytest.raises(NamesNotKept, match="chạy lại lệnh build một lần"):
        asked_form(folder, "analyst")
    assert notes(folder) == []
    assert asked(folder, "analyst")["name"].to_list() == ["Nguyễn Văn Mẫu"]


@pytest.mark.parametrize("ask", [asked, asked_form])
def test_without_a_vault_nothing_is_noted_and_none_is_made(folder, vault_file, ask):
    vault_file.unlink()
    with pytest.raises(NamesNotKept, match="chạy lại lệnh build một lần"):
        ask(folder, "analyst")
    assert notes(folder) == []
    assert not vault_file.exists()


def test_a_form_that_cannot_be_noted_opens_no_name(folder, monkeypatch):
    opened = []
    monkeypatch.setattr(named_views, "clear_persons", lambda *given: opened.append(given))
    (folder / LOG).mkdir()
    try:
        with pytest.raises(OSError, match="directory"):
            asked_form(folder, "analyst")
    finally:
        (folder / LOG).rmdir()
    assert opened == []
