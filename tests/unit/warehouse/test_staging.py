"""A build begins from one that an older version made."""

from pathlib import Path

from reference.loading import published
from warehouse import engine, staging
from warehouse.builds import RESTRICTED, Build
from warehouse.tables import (
    CORE_AUDIT__HOUSEHOLD,
    CORE_TABLES,
    DIM__PUBLISHED,
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__RECEIVED,
    QUALITY__SUBMISSION,
)


def test_a_table_gained_since_the_older_build_is_there_and_empty(tmp_path: Path) -> None:
    older = Build("older", tmp_path / "older")
    older.folder.mkdir()
    known = (QUALITY__SUBMISSION, QUALITY__RECEIVED, QUALITY__COVERAGE, QUALITY__REASON)
    with engine.writing(older.folder / RESTRICTED) as connection:
        for table in (*CORE_TABLES[:-1], *known):
            engine.create(connection, table, table.empty())
    assert CORE_TABLES[-1] is CORE_AUDIT__HOUSEHOLD
    path = tmp_path / "new.duckdb"
    staging.begin(path, older, published().select(*DIM__PUBLISHED.columns))
    assert staging.table(path, CORE_AUDIT__HOUSEHOLD).is_empty()
