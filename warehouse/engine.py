"""The one home of DuckDB connections.

A file that readers use is opened read-only once and each query gets its own cursor: one connection shared by
threads returned wrong answers when tried (design note in docs/adr).
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from warehouse.contract import Table

if TYPE_CHECKING:
    from ibis.backends.duckdb import Backend

_MEMORY = "600MB"
"""A build shares its machine with the dashboard it feeds."""


@contextmanager
def writing(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that may write ``path``; closed (and checkpointed) at the end."""
    connection = duckdb.connect(str(path))
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def reading(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A read-only connection for a short while."""
    connection = duckdb.connect(str(path), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def ibis_writing(path: Path) -> Iterator["Backend"]:
    """An Ibis backend that may write ``path``; beyond ``_MEMORY`` it works on disk beside the file."""
    # half a second to load, and readers need none of it
    import ibis  # noqa: PLC0415

    # Ibis takes a third of the time of a small build to merge nested SELECTs, which DuckDB does itself in no time.
    ibis.options.sql.fuse_selects = False
    backend = ibis.duckdb.connect(str(path), memory_limit=_MEMORY)
    try:
        yield backend
    finally:
        backend.disconnect()


def create(connection: duckdb.DuckDBPyConnection, table: Table, rows: pl.DataFrame) -> None:
    """Create ``table`` with ``rows`` in the contract's columns and types, in the place of what stood there."""
    conformed = table.conform(rows)
    connection.register("incoming", conformed.to_arrow())
    connection.execute(f"CREATE OR REPLACE TABLE {_quoted(table.name)} AS SELECT * FROM incoming")
    connection.unregister("incoming")


def append(connection: duckdb.DuckDBPyConnection, table: Table, rows: pl.DataFrame) -> None:
    """Append ``rows`` to an existing ``table``."""
    conformed = table.conform(rows)
    connection.register("incoming", conformed.to_arrow())
    connection.execute(f"INSERT INTO {_quoted(table.name)} BY NAME SELECT * FROM incoming")
    connection.unregister("incoming")


def read(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Sequence[object] = ()
) -> pl.DataFrame:
    """The rows of ``query`` (typed by a person, values bound) through a cursor of its own."""
    cursor = connection.cursor()
    try:
        rows: pl.DataFrame = cursor.sql(query, params=list(parameters)).pl()
        return rows
    finally:
        cursor.close()


def whole(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """All rows of a table of the contract."""
    return read(connection, f"SELECT * FROM {_quoted(table.name)}")


def bring_up_to_date(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Give ``table`` the columns of the contract; those gained since are null, a table that is missing is empty."""
    if not _stands(connection, table):
        create(connection, table, table.empty())
        return
    connection.register("wanted", table.empty().to_arrow())
    wanted = connection.execute("DESCRIBE SELECT * FROM wanted").fetchall()
    connection.unregister("wanted")
    if connection.execute(f"DESCRIBE {_quoted(table.name)}").fetchall() != wanted:
        create(connection, table, whole(connection, table))


def keep_only(connection: duckdb.DuckDBPyConnection, tables: Iterable[Table]) -> None:
    """Drop every table that is not among ``tables``."""
    kept = [table.name for table in tables]
    others = read(
        connection,
        "SELECT table_name FROM duckdb_tables() WHERE NOT list_contains(?::VARCHAR[], table_name)",
        [kept],
    )
    for name in others["table_name"]:
        connection.execute(f"DROP TABLE {_quoted(name)}")


def delete_submissions(
    connection: duckdb.DuckDBPyConnection, table: Table, submission_ids: Sequence[str]
) -> None:
    """Delete the rows that came from some submissions."""
    connection.execute(
        f"DELETE FROM {_quoted(table.name)} WHERE list_contains(?::VARCHAR[], submission_id)",
        [list(submission_ids)],
    )


def _stands(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    query = "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?"
    return bool(read(connection, query, [table.name]).item())


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
