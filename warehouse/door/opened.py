"""A build as one viewer may read it: which file is opened, which rows are in the viewer's units."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from reference.loading import era_at
from reference.periods import last_day
from warehouse import engine
from warehouse.builds import Build

Role = Literal["leader", "analyst", "officer", "visitor", "command"]
Level = Literal["province", "district", "commune"]
ROLES: tuple[Role, ...] = ("leader", "analyst", "officer", "visitor", "command")


class NothingPublished(LookupError):
    """The data folder has no build yet."""


class NotAllowed(PermissionError):
    """The viewer's role may not see this; the message says so in Vietnamese."""


@dataclass(frozen=True)
class Viewer:
    """Who asks: a role and, for an officer, the units in charge (codes in force today)."""

    role: Role
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Opened:
    """One build seen by one viewer. Cheap to make; connections are shared, cursors are not."""

    viewer: Viewer
    build: Build

    def _has_table(self, name: str) -> bool:
        """Whether the build carries a table: an older one does not have what came later."""
        return name in _tables(self._path())

    def _gained(self, table: str, query: str, parameters: Sequence[object] = ()) -> pl.DataFrame:
        """What ``query`` reads of a table that later builds gained; empty where this one is older."""
        if not self._has_table(table):
            return pl.DataFrame()
        return engine.read(self._connection(), query, parameters)

    def _only_with_rows(self) -> None:
        if self.viewer.role not in ("analyst", "officer", "command"):
            raise NotAllowed(
                "Chỉ chuyên viên phân tích và cán bộ xã được xem từng hộ (đã ẩn danh)."
            )

    def _connection(self) -> duckdb.DuckDBPyConnection:
        return connection_to(self._path())

    def _path(self) -> Path:
        return self.build.public if self.viewer.role == "visitor" else self.build.restricted

    def _refuse_visitor(self) -> None:
        if self.viewer.role == "visitor":
            raise NotAllowed("Người xem công khai không được xem hồ sơ báo cáo.")

    def _within_scope(self, rows: pl.DataFrame) -> pl.DataFrame:
        """An officer's commune rows: the units in charge, older communes that became part of them included."""
        if self.viewer.role != "officer" or rows.is_empty():
            return rows
        mine = _in_charge(self._path(), self.viewer.scope)
        return rows.join(mine, on=["era", "unit_code"], how="semi", maintain_order="left")


@lru_cache(maxsize=4)
def connection_to(path: Path) -> duckdb.DuckDBPyConnection:
    """One read-only connection a file; builds never change once published, so it may stay open."""
    return duckdb.connect(str(path), read_only=True)


@lru_cache(maxsize=4)
def _tables(path: Path) -> frozenset[str]:
    """Names of the tables of a published build: asked once, pages ask for many."""
    found = engine.read(connection_to(path), "SELECT table_name FROM information_schema.tables")
    return frozenset(found["table_name"])


@lru_cache(maxsize=64)
def _in_charge(path: Path, scope: tuple[str, ...]) -> pl.DataFrame:
    """(era, unit_code) of the communes that are or became part of ``scope``."""
    return engine.read(
        connection_to(path),
        """
        SELECT DISTINCT from_era AS era, from_code AS unit_code FROM dim__touch
        WHERE level = 'commune' AND to_era = ? AND list_contains(?::VARCHAR[], to_code)
        """,
        (newest_era(), list(scope)),
    )


def twice(values: Sequence[str] | None) -> tuple[list[str] | None, list[str] | None]:
    """The two parameters of a filter that is left out where there are no values."""
    bound = None if values is None else list(values)
    return bound, bound


def newest_era() -> str:
    """Era of the units in force from today on."""
    return era_at(last_day("9999"))
