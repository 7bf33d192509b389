"""Every figure of a build: what is counted from where, in the order in which one needs the other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import (
    audit,
    communes_with_model_rate,
    cube,
    programme_figures,
    report_on_time_rate,
)
from warehouse import carried_over, contract
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__PROGRAMME


@dataclass(frozen=True)
class Followed:
    """What is told of households that are followed from one review to the next.

    ``tables`` are rows of ``result__*`` tables by their names; ``estimates`` rows of ``result__estimate`` from the
    first year on, ``models`` those of models, of all periods: None where the ones taken over stand.
    """

    tables: dict[str, pl.DataFrame]
    estimates: pl.DataFrame
    models: pl.DataFrame | None


def compute_results(
    backend: Backend, today: date, first_year: int, followed: Callable[[], Followed]
) -> None:
    """Write every ``result__*`` table of the build that ``backend`` has open; what is ``followed`` is waited for.

    Needs the ``core_*``, ``quality__*`` and ``dim_*`` tables; where there is a ``first_year``,
    ``result__estimate`` and ``result__programme`` of the periods before it, to which the later ones are added.
    """
    totals = programme_figures.totals(backend, first_year)
    _write(backend, RESULT__PROGRAMME, totals, first_year)
    audit.compute_audits(backend)
    sources = (
        cube.estimates(backend, today, first_year),
        _kept(backend, "programme", programme_figures.estimates(backend, first_year)),
        reports(backend, today, first_year),
    )
    told = followed()
    for name, rows in told.tables.items():
        backend.create_table(name, rows, overwrite=True)
    write_estimates(backend, [*sources, _told(told.estimates)], first_year, told.models)


def _told(estimates: pl.DataFrame) -> Table:
    return ibis.memtable(estimates, schema=RESULT__ESTIMATE.ibis_schema)


def write_estimates(
    backend: Backend,
    sources: Iterable[Table],
    first_year: int = 0,
    models: pl.DataFrame | None = None,
) -> None:
    """Write ``result__estimate`` from the rows of several sources, beside what stands from before ``first_year``.

    ``models`` are written for all periods: the newest lists tell of every register which of its models work.
    """
    estimates = ibis.union(*(rows.select(*RESULT__ESTIMATE.columns) for rows in sources))
    if first_year:
        estimates = estimates.filter(_.period[:4] >= str(first_year))
    if models is not None:
        if first_year:
            carried_over.forget_measure(backend, communes_with_model_rate.MEASURE.name)
        estimates = ibis.union(estimates, _told(models))
    _write(backend, RESULT__ESTIMATE, estimates, first_year)


def reports(backend: Backend, today: date, first_year: int = 0) -> Table:
    """Rows of ``result__estimate`` on whether reports came in time."""
    received = backend.table("quality__submission").to_polars()
    coverage = backend.table("quality__coverage").to_polars()
    rows = report_on_time_rate.estimates(received, coverage, today, first_year)
    return _told(rows)


def _write(backend: Backend, table: contract.Table, rows: Table, first_year: int) -> None:
    if first_year:
        backend.insert(table.name, rows)
    else:
        backend.create_table(table.name, rows, overwrite=True)


def _kept(backend: Backend, source: str, rows: Table) -> Table:
    return backend.create_table(f"{source}_estimates", rows, temp=True)
