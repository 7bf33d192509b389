"""The one home of Great Expectations: its checks pushed down to a DuckDB file.

Nothing is written: the context lives in memory, there are no data docs, no telemetry and no
progress bars, and the file is opened read-only. Results carry counts, never values.
"""

import atexit
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import duckdb
import duckdb_engine
import great_expectations as gx
import polars as pl
import sqlalchemy as sa
from great_expectations.core import ExpectationValidationResult
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.datasource.fluent.interfaces import TestConnectionError
from great_expectations.datasource.fluent.sql_datasource import SQLDatasource, TableAsset
from great_expectations.execution_engine import ExecutionEngine, SqlAlchemyExecutionEngine
from great_expectations.expectations import Expectation, UnexpectedRowsExpectation

from expectations.check import Check, Suite

Verdict = Literal["passed", "failed", "not_run"]
EngineType = type[SqlAlchemyExecutionEngine]

# SQLAlchemy keeps the dialect, and so DuckDB's types, alive until after DuckDB has looked for
# leaks: it would print fifty lines about them at the end of every build. Here and in
# CheckedFile.__exit__ the two references are dropped; a test watches stderr.
atexit.register(vars(duckdb_engine).clear)

# What a check's query yields.
FAILING = pl.DataFrame(
    schema={
        "submission_id": pl.String(),
        "sheet": pl.String(),
        "row": pl.Int64(),
        "column": pl.String(),
        "found": pl.String(),
        "is_asked_by_reader": pl.Boolean(),
    }
)
"""Rows that fail a check. What the reader of the file asked already counts, and is not asked a second time."""
_ROW_COUNT = "unexpected_rows_query.row_count"
# The counts alone: with any other setting Great Expectations also returns samples of values.
_RESULT_FORMAT = {"result_format": "BASIC", "partial_unexpected_count": 0}


@dataclass(frozen=True)
class Outcome:
    """What became of one check; ``failing_rows`` is null when it did not run, ``note`` says why."""

    check: Check
    verdict: Verdict
    failing_rows: int | None
    note: str | None


class OneConnectionEngine(SqlAlchemyExecutionEngine):  # type: ignore[misc]
    """Keeps its connection: the parent closes DuckDB's before it has fetched the rows."""

    _connection: sa.Connection | None

    @contextmanager
    def get_connection(self) -> Iterator[sa.Connection]:
        """The one connection; a failed query is rolled back, or it would fail all later ones."""
        if self._connection is None:
            self._connection = self.engine.connect()
        try:
            yield self._connection
        except sa.exc.DBAPIError:
            self._connection.rollback()
            raise

    def close(self) -> None:
        """Give the connection back, then close it."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        super().close()

    def end_transaction(self) -> None:
        """Nothing is ever written; an open transaction would only stop the next one."""
        if self._connection is not None:
            self._connection.rollback()


class DuckDBFileDatasource(SQLDatasource):  # type: ignore[misc]
    """A DuckDB file, opened read-only, behind :class:`OneConnectionEngine`.

    The file has a field of its own: a path inside ``connection_string`` would be read as a URL and
    searched for ``$`` substitutions.
    """

    type: Literal["duckdb_file"] = "duckdb_file"
    file: str

    @property
    def execution_engine_type(self) -> EngineType:
        """The engine that keeps its connection."""
        return OneConnectionEngine

    def get_execution_engine(self) -> OneConnectionEngine:
        """One engine on one connection, so that every check sees the temporary tables."""
        kept: OneConnectionEngine | None = self._execution_engine  # type: ignore[has-type]
        if kept is None:
            kept = OneConnectionEngine(engine=self.get_engine(), create_temp_table=False)
            self._execution_engine = kept
        return kept

    def _add_asset(
        self,
        asset: TableAsset,
        connect_options: dict[str, Any] | None = None,  # noqa: ARG002
    ) -> TableAsset:
        """Tell nobody else: the context would write its whole configuration anew for every table."""
        asset._datasource = self
        asset.test_connection()
        self.assets.append(asset)
        return asset

    def _create_engine(self) -> sa.Engine:
        return sa.create_engine(
            sa.URL.create("duckdb", database=self.file),
            poolclass=sa.StaticPool,
            connect_args={"read_only": True},
        )


class FailingRows(UnexpectedRowsExpectation):  # type: ignore[misc]
    """Counts the rows of a query; the parent runs it twice to fetch some as well."""

    metric_dependencies: ClassVar[tuple[str, ...]] = (_ROW_COUNT,)

    def _validate(
        self,
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any] | None = None,  # noqa: ARG002
        execution_engine: ExecutionEngine | None = None,  # noqa: ARG002
    ) -> dict[str, Any]:
        count = metrics[_ROW_COUNT]
        return {"success": count == 0, "result": {"observed_value": count}}


class CheckedFile:
    """A DuckDB file under examination: a context manager, for one thread.

    The process must not have the file open for writing.
    """

    def __init__(self, path: Path) -> None:
        """Open ``path`` read-only.

        Raises:
            FileNotFoundError: there is no such file.
        """
        if not path.is_file():
            raise FileNotFoundError(path)
        context = gx.get_context(mode="ephemeral")
        context.enable_analytics(False)
        context.variables.progress_bars = ProgressBarsConfig(
            globally=False, metric_calculations=False
        )
        # The method exists because the subclass is registered under its type.
        add: Any = context.data_sources.add_duckdb_file
        self._source: DuckDBFileDatasource = add(
            name="checked", connection_string="duckdb://", file=str(path)
        )
        self._engine = self._source.get_engine()
        self._unprepared: list[str] = []
        self._connection: Any = self._engine.raw_connection().dbapi_connection

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._source.get_execution_engine().close()
        self._connection.close()
        self._engine.dispose()
        self._engine.dialect._type_memos.clear()

    def add_table(self, name: str, rows: pl.DataFrame) -> None:
        """Let queries read ``rows`` as ``name``; the file itself stays untouched."""
        self._connection.register(name, rows.to_arrow())

    def prepare(self, statement: str) -> None:
        """Run a statement that creates something temporary.

        When it cannot be run, the checks that need it do not run either, and their notes say why.
        """
        try:
            self._connection.execute(statement)
        except duckdb.Error as error:
            self._unprepared.append(_first_line(str(error)))

    def failing(self, suite: Suite, query: str) -> pl.DataFrame:
        """All rows of a check's query: columns of ``FAILING``, in the order of the files."""
        found: pl.DataFrame = self._connection.sql(query.replace("{batch}", suite.table)).pl()
        absent = {"column": None, "is_asked_by_reader": False}
        found = found.with_columns(
            **{name: pl.lit(value) for name, value in absent.items() if name not in found.columns}
        )
        return found.select(
            pl.col(name).cast(dtype) for name, dtype in FAILING.schema.items()
        ).sort("submission_id", "sheet", "row", "found", nulls_last=False)

    def validate(self, suite: Suite) -> list[Outcome]:
        """The verdicts of all checks of ``suite`` in one pass, in the order they are declared."""
        try:
            asset = self._source.add_table_asset(name=suite.name, table_name=suite.table)
        except TestConnectionError as error:
            note = self._why(str(error.__cause__ or error))
            return [Outcome(check, "not_run", None, note) for check in suite.checks]
        expectations = gx.ExpectationSuite(
            name=suite.name, expectations=[_expectation(check) for check in suite.checks]
        )
        batch = asset.get_batch(asset.build_batch_request())
        results = batch.validate(expectations, result_format=_RESULT_FORMAT)
        self._source.get_execution_engine().end_transaction()
        found = {result.expectation_config.meta["check_id"]: result for result in results.results}
        return [self._outcome(check, found[check.check_id]) for check in suite.checks]

    def _outcome(self, check: Check, result: ExpectationValidationResult) -> Outcome:
        message = _exception_message(result.exception_info)
        if message is not None:
            return Outcome(check, "not_run", None, self._why(message))
        if result.success:
            return Outcome(check, "passed", 0, None)
        counts = result.result
        failing = counts.get("unexpected_count", counts.get("observed_value", 1))
        return Outcome(check, "failed", failing if isinstance(failing, int) else 1, None)

    def _why(self, message: str) -> str:
        return "; ".join([f"Không chạy được: {_first_line(message)}", *self._unprepared])


def _expectation(check: Check) -> Expectation:
    meta = {"check_id": check.check_id}
    if isinstance(check.rule, str):
        return FailingRows(unexpected_rows_query=check.rule, meta=meta)
    return check.rule.copy(update={"meta": meta})


def _exception_message(info: Mapping[str, Any] | None) -> str | None:
    """What an expectation raised: one record, or one a metric; None when it ran."""
    records: list[Any] = [info, *info.values()] if info else []
    for record in records:
        if isinstance(record, Mapping) and record.get("raised_exception"):
            return str(record.get("exception_message") or "?")
    return None


def _first_line(message: str) -> str:
    return message.strip().partition("\n")[0]
