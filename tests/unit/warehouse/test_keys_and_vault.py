"""Names are sealed, pseudonyms are stable, keys rotate."""

import hmac
import json
import sqlite3
import stat
from dataclasses import replace

import polars as pl
import pytest

from warehouse.archive import Archive
from warehouse.core_tables import CORE_REVIEW__HOUSEHOLD, CORE_REVIEW__PERSON
from warehouse.keys import KeyFileError, create_key_file, demo_keys, load_keys
from warehouse.named_views import clear_persons
from warehouse.vault import Vault

HOUSEHOLD, PERSON = CORE_REVIEW__HOUSEHOLD.name, CORE_REVIEW__PERSON.name


def listed(name, number=None, birth="1960", unit="13825", village="Xóm 1"):
    return {
        "era": "2020",
        "unit_code": unit,
        "village_name": village,
        "personal_name": name,
        "personal_identity_number": number,
        "personal_birth": birth,
        "personal_reviewer": "Trần Thị Mẫu",
    }


def frame(*rows):
    return pl.DataFrame(rows, infer_schema_length=None)


def test_a_key_file_is_private_and_never_overwritten(tmp_path):
    path = tmp_path / "key.json"
    create_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(path).hashing != demo_keys().hashing
    with pytest.raises(FileExistsError):
        create_key_file(path)


@pytest.mark.parametrize(
    "content", ["", "[]", '{"encrypt": [], "hash": ""}', '{"encrypt": ["QUJD"], "hash": "QUJD"}']
)
def test_a_spoilt_key_file_is_refused(tmp_path, content):
    path = tmp_path / "key.json"
    path.write_text(content)
    with pytest.raises(KeyFileError):
        load_keys(path)


def test_without_a_key_file_real_data_are_refused(tmp_path):
    with pytest.raises(KeyFileError, match="init"):
        load_keys(None)
    with pytest.raises(KeyFileError):
        load_keys(tmp_path / "absent.json")


def test_a_pseudonym_is_the_hmac_of_its_parts():
    keys = demo_keys()
    whole = hmac.digest(keys.hashing, "số\x1f099060000001".encode(), "sha256").hex()
    assert keys.pseudonym("số", "099060000001") == whole[:24]
    assert keys.pseudonym("số", "099060000001") == whole[:24]


def test_what_is_sealed_together_is_sealed_each_under_its_own_nonce():
    keys = demo_keys()
    sealed = keys.encrypt_each([b"a", b"", b"a"])
    assert [keys.decrypt(each) for each in sealed] == [b"a", b"", b"a"]
    assert len({each[:12] for each in sealed}) == 3
    assert keys.encrypt_each([]) == []


def test_a_rotated_key_still_opens_what_the_older_one_sealed():
    keys = demo_keys()
    sealed = keys.encrypt(b"x")
    rotated = replace(keys, encrypting=(b"n" * 32, *keys.encrypting))
    assert rotated.decrypt(sealed) == b"x"
    assert rotated.encrypt(b"x") != keys.encrypt(b"x")
    with pytest.raises(KeyFileError):
        keys.decrypt(rotated.encrypt(b"x"))


def test_rows_come_back_without_a_name_and_the_vault_gives_it_back(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        rows = vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
    assert not [name for name in rows.columns if name.startswith("personal_")]
    assert "Mẫu" not in str(rows.to_dicts())
    with Vault(tmp_path, demo_keys()) as vault:
        shown = vault.memory.open(rows["household_id"])
    assert shown.row(0)[1:] == ("Nguyễn Văn Mẫu", "099060000001", "1960")


def test_nothing_in_the_vault_file_is_readable(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
    content = (tmp_path / "vault.sqlite").read_bytes()
    assert "Mẫu".encode() not in content
    assert b"099060000001" not in content


def test_the_number_makes_the_household_whatever_the_spelling(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        first = vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
        second = vault.pseudonymise(
            HOUSEHOLD, frame(listed("NGUYEN VAN MAU", "099060000001", unit="13870"))
        )
    assert first["household_id"].to_list() == second["household_id"].to_list()


def test_a_row_without_number_finds_the_one_household_of_that_name(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        numbered = vault.pseudonymise(
            HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001", birth="1960-05-02"))
        )
        bare = vault.pseudonymise(HOUSEHOLD, frame(listed("nguyễn  văn mẫu", None, birth="1960")))
    assert numbered["household_id"].to_list() == bare["household_id"].to_list()


def test_two_households_of_one_name_are_never_forced_together(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        two = vault.pseudonymise(
            HOUSEHOLD,
            frame(
                listed("Nguyễn Văn Mẫu", "099060000001"), listed("Nguyễn Văn Mẫu", "099060000002")
            ),
        )
        bare = vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu")))
    assert bare["household_id"].item() not in two["household_id"].to_list()


def person(submission_id: str, row: int, name: str, birth: str = "2015") -> dict[str, object]:
    """The second member of a household whose head is Nguyễn Văn Mẫu, born 1960."""
    return {
        "submission_id": submission_id, "sheet": "DS", "row": row, "era": "2020", "unit_code": "13825",
        "village_name": None, "member_number": 2, "personal_name": name, "personal_identity_number": None,
        "personal_birth": birth, "personal_head_name": "Nguyễn Văn Mẫu", "personal_head_birth": "1960",
    }  # fmt: skip


def test_persons_stand_under_the_household_of_their_head(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        head = vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
        rows = vault.pseudonymise(PERSON, frame(person("a", 9, "Nguyễn Thị Con")))
    assert rows["household_id"].to_list() == head["household_id"].to_list()


def test_persons_of_two_heads_of_one_name_and_of_two_years_are_never_mixed(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        vault.pseudonymise(PERSON, frame(person("2024", 9, "Trần Thị Vợ", "1962"),
                                         person("2024", 40, "Nguyễn Văn Cháu", "2016")))  # fmt: skip
        vault.pseudonymise(PERSON, frame(person("2025", 9, "Nguyễn Văn Con", "2001")))
    found = clear_persons(tmp_path, demo_keys(), ["2024", "2025"])
    assert sorted(found.select("submission_id", "row", "name", "birth").iter_rows()) == [
        ("2024", 9, "Trần Thị Vợ", "1962"),
        ("2024", 40, "Nguyễn Văn Cháu", "2016"),
        ("2025", 9, "Nguyễn Văn Con", "2001"),
    ]


def test_forgetting_is_one_deletion(tmp_path):
    with Vault(tmp_path, demo_keys()) as vault:
        rows = vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
        vault.forget(rows["household_id"].item())
        assert vault.memory.open(rows["household_id"]).is_empty()
    base = sqlite3.connect(tmp_path / "vault.sqlite")
    assert base.execute("SELECT count(*) FROM link_key").fetchone() == (0,)
    base.close()


def test_a_failed_load_leaves_the_vault_as_it_was(tmp_path):
    with pytest.raises(RuntimeError), Vault(tmp_path, demo_keys()) as vault:  # noqa: PT012
        vault.pseudonymise(HOUSEHOLD, frame(listed("Nguyễn Văn Mẫu", "099060000001")))
        raise RuntimeError
    with Vault(tmp_path, demo_keys()) as vault:
        assert vault.memory.open(
            pl.Series([demo_keys().pseudonym("number", "099060000001")])
        ).is_empty()


def test_the_archive_gives_back_the_bytes_and_shows_nothing(tmp_path):
    archive = Archive(tmp_path, demo_keys())
    archive.keep("ab" * 32, "tên hộ".encode())
    assert archive.holds("ab" * 32)
    assert archive.read("ab" * 32) == "tên hộ".encode()
    assert all("tên".encode() not in path.read_bytes() for path in tmp_path.iterdir())
    archive.keep("ab" * 32, b"other bytes under the same name are not taken")
    assert archive.read("ab" * 32) == "tên hộ".encode()


def test_key_file_is_json(tmp_path):
    create_key_file(tmp_path / "key.json")
    assert set(json.loads((tmp_path / "key.json").read_text())) == {"encrypt", "hash"}
