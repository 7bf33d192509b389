"""What the vault remembers for linking: nothing in clear, nothing of a household that was deleted."""

import sqlite3

import polars as pl
import pytest

from linking.households import link
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD
from warehouse.keys import demo_keys
from warehouse.vault import Vault

PERSON = {
    "era": "2025",
    "unit_code": "13669",
    "village_name": "Xóm 1",
    "personal_birth": "1950-03-12",
}
ROWS = pl.DataFrame(
    [
        PERSON | {"personal_name": "Trần Thị Hoa", "personal_identity_number": "099150000001"},
        PERSON | {"personal_name": "Hoa Thị Trần", "personal_identity_number": None},
    ]
)


@pytest.fixture
def linked(tmp_path):
    """A vault after linking two rows that are one household, and their pseudonyms."""
    with Vault(tmp_path, demo_keys()) as vault:
        told = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, ROWS)
        listed = told.select(
            "household_id", list=pl.Series(["2022", "2023"]), block="unit_code", village="village_name",
            sex=pl.lit("female"),
        )  # fmt: skip
        link(listed, vault.memory)
    return tmp_path, listed


def counts(folder):
    with sqlite3.connect(folder / "vault.sqlite") as base:
        return [base.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("link_spelling", "link_compared")]  # fmt: skip


def test_two_spellings_and_one_comparison_are_remembered_without_a_name(linked):
    folder, _ = linked
    assert counts(folder) == [2, 1]
    content = (folder / "vault.sqlite").read_bytes()
    for clear in ("Trần", "hoa thi tran", "1950-03-12", "099150000001"):
        assert clear.encode() not in content


def test_nothing_is_remembered_of_a_deleted_household(linked):
    folder, listed = linked
    with Vault(folder, demo_keys()) as vault:
        vault.forget(listed["household_id"][0])
    assert counts(folder) == [1, 0]


def test_nothing_is_opened_when_nobody_is_new(linked, monkeypatch):
    folder, listed = linked
    with Vault(folder, demo_keys()) as vault:
        monkeypatch.setattr(vault.memory, "open", lambda _: pytest.fail("opened"))
        again = link(listed, vault.memory)
    assert again["linked_id"].n_unique() == 1


def test_other_rules_compare_everybody_anew(linked):
    folder, _ = linked
    with Vault(folder, demo_keys()) as vault:
        vault.memory.keep_rules(-1)
    assert counts(folder) == [0, 0]


def test_a_sex_written_on_one_list_only_still_tells_two_people_apart(tmp_path):
    # one household is a man's; the other is a woman's in 2023 and not written in 2024 and 2025
    person = PERSON | {"personal_name": "Trần Thanh An", "personal_identity_number": None}
    numbered = person | {"personal_identity_number": "099150000001"}
    with Vault(tmp_path, demo_keys()) as vault:
        told = vault.pseudonymise(CORE_REVIEW__HOUSEHOLD.name, pl.DataFrame([numbered]))
        other = vault.pseudonymise(
            CORE_REVIEW__HOUSEHOLD.name,
            pl.DataFrame([person | {"personal_name": "An Thanh Trần"}]),
        )
        one, two = told["household_id"][0], other["household_id"][0]
        stays = [
            (one, "2022", "male"),
            (two, "2023", "female"),
            (two, "2024", None),
            (two, "2025", None),
        ]
        listed = pl.DataFrame(
            [
                {
                    "household_id": who,
                    "list": year,
                    "block": "13669",
                    "village": "xóm 1",
                    "sex": sex,
                }
                for who, year, sex in stays
            ]
        )
        rows = link(listed, vault.memory)
    assert rows["linked_id"].n_unique() == 2
