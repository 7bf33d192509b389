"""Links on the demo's truth, and that no name is anywhere but in the vault."""

import polars as pl
import pytest

from bench.links import rows_with_truth, score
from warehouse import engine
from warehouse.builds import current_build
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.keys import demo_keys
from warehouse.quality_tables import QUALITY__CHECK
from warehouse.vault import Vault


@pytest.mark.parametrize("next_review_only", [False, True])
def test_links_are_right_and_nearly_all_are_found(small_province, next_review_only):
    rows = rows_with_truth(small_province.inbox, small_province.data)
    found = score(rows, "linked_id", next_review_only=next_review_only)
    assert found.precision >= 0.995
    assert found.recall >= 0.98
    alone = score(rows, "household_id", next_review_only=next_review_only)
    assert alone.recall < 0.9, "without linking a tenth and more are lost"


def test_forms_2_and_3_balance_for_every_commune_and_year(small_province):
    with engine.reading(current_build(small_province.data).restricted) as connection:
        checks = engine.whole(connection, QUALITY__CHECK)
    assert checks.filter(check_id="results.flows_balance")["verdict"].item() == "passed"
    held = checks.filter(check_id="review_list.forms_2_3_balance")["failing_submissions"].item()
    assert held == 0


def names_in_the_vault(data):
    """Names as written, and as linking compares them."""
    with Vault(data / "vault", demo_keys()) as vault:
        ids = [row[0] for row in vault._base.execute("SELECT household_id FROM household")]
        clear = vault.memory.open(pl.Series(ids))["name"].drop_nulls()
    plain = clear.str.to_lowercase()
    folded = plain.str.replace_all("đ", "d").str.normalize("NFD").str.replace_all(r"\p{M}", "")
    ordered = folded.str.split(" ").list.sort().list.join(" ")
    return set(pl.concat([plain, folded, ordered]))


def test_no_clear_name_is_anywhere_but_in_the_vault(small_province):
    names = names_in_the_vault(small_province.data)
    assert len(names) > 5000
    build = current_build(small_province.data)
    for file in (build.restricted, build.public):
        with engine.reading(file) as connection:
            columns = engine.read(
                connection,
                """SELECT table_name AS "table", column_name AS "column" FROM duckdb_columns()
                WHERE NOT internal AND data_type LIKE 'VARCHAR%'""",
            )
            for table, column in columns.iter_rows():
                values = engine.read(
                    connection,
                    f'SELECT DISTINCT lower(CAST("{column}" AS VARCHAR)) AS value FROM "{table}"',
                )
                assert not names.intersection(values["value"]), f"{table}.{column}"
    # A name sealed or hashed is no name: the vault's file is searched, too.
    sealed = (small_province.data / "vault" / "vault.sqlite").read_bytes().lower()
    assert not [name for name in sorted(names)[:: len(names) // 300] if name.encode() in sealed]


def test_the_links_themselves_hold_pseudonyms_only(small_province):
    with engine.reading(current_build(small_province.data).restricted) as connection:
        links = engine.whole(connection, CORE_HOUSEHOLD__LINK)
    assert links["household_id"].str.contains("^[0-9a-f]{24}$").all()
    assert links["linked_id"].str.contains("^[0-9a-f]{24}$").all()
    assert links["household_id"].is_unique().all()
