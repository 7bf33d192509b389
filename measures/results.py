"""Every figure of a build: what is counted from where, in the order in which one needs the other."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import (
    audit,
    communes_with_model_rate,
    cube,
    household_flows,
    household_links,
    integrity,
    model_exit_figures,
    model_results,
    programme_figures,
    report_on_time_rate,
    support_figures,
)
from warehouse import carried_over, contract, engine
from warehouse.result_tables import (
    RESULT__ESTIMATE,
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__HOUSEHOLD_LINK,
    RESULT__INTEGRITY_SIGNAL,
    RESULT__PROGRAMME,
    RESULT__WATCHED_HOUSEHOLD,
)

OF_HOUSEHOLDS = (
    RESULT__HOUSEHOLD_FLOW, RESULT__HOUSEHOLD_HISTORY, RESULT__WATCHED_HOUSEHOLD,
    RESULT__HOUSEHOLD_LINK, RESULT__INTEGRITY_SIGNAL,
)  # fmt: skip


def household_tables(path: Path) -> dict[str, pl.DataFrame]:
    """Rows of the ``result__*`` tables that follow from the lists of households alone, by the table's name.

    They are written to ``path`` on the way, a copy of the build with its ``core_*``, ``quality__*`` and ``dim_*`` tables.
    """
    with engine.ibis_writing(path) as backend:
        household_flows.compute_flows(backend)
        household_links.compute_links(backend)
        integrity.compute_signals(backend)
        return {table.name: backend.table(table.name).to_polars() for table in OF_HOUSEHOLDS}


def compute_results(backend: Backend, today: date, first_year: int = 0) -> None:
    """Write every other ``result__*`` table of the build that ``backend`` has open.

    Needs the ``core_*``, ``quality__*`` and ``dim_*`` tables; where there is a ``first_year``,
    ``result__estimate`` and ``result__programme`` of the periods before it, to which the later ones are added.
    """
    household_flows.keep_selected(backend)
    totals = programme_figures.totals(backend, first_year)
    _write(backend, RESULT__PROGRAMME, totals, first_year)
    audit.compute_audits(backend)
    sources = (
        cube.estimates(backend, today, first_year),
        _kept(backend, "programme", programme_figures.estimates(backend, first_year)),
        _kept(backend, "support", support_figures.estimates(backend, first_year)),
        _kept(backend, "exit", model_exit_figures.estimates(backend, first_year)),
        reports(backend, today, first_year),
    )
    models = model_results.compute_models(backend, first_year)
    write_estimates(backend, sources, first_year, models)


def write_estimates(
    backend: Backend, sources: Iterable[Table], first_year: int = 0, models: Table | None = None
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
        estimates = ibis.union(estimates, models.select(*RESULT__ESTIMATE.columns))
    _write(backend, RESULT__ESTIMATE, estimates, first_year)


def reports(backend: Backend, today: date, first_year: int = 0) -> Table:
    """Rows of ``result__estimate`` on whether reports came in time."""
    received = backend.table("quality__submission").to_polars()
    coverage = backend.table("quality__coverage").to_polars()
    rows = report_on_time_rate.estimates(received, coverage, today, first_year)
    return ibis.memtable(rows, schema=RESULT__ESTIMATE.ibis_schema)


def _write(backend: Backend, table: contract.Table, rows: Table, first_year: int) -> None:
    if first_year:
        backend.insert(table.name, rows)
    else:
        backend.create_table(table.name, rows, overwrite=True)


def _kept(backend: Backend, source: str, rows: Table) -> Table:
    return backend.create_table(f"{source}_estimates", rows, temp=True)
