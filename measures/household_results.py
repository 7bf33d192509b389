"""Every figure that follows households from one review to the next; the others are in :mod:`measures.results`."""

from pathlib import Path

import polars as pl
from ibis.expr.types import Table

from measures import (
    household_flows,
    household_links,
    integrity,
    model_exit_figures,
    model_results,
    support_figures,
)
from measures.results import Followed
from warehouse import engine
from warehouse.result_tables import (
    RESULT__ESTIMATE,
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__HOUSEHOLD_LINK,
    RESULT__INTEGRITY_SIGNAL,
    RESULT__WATCHED_HOUSEHOLD,
)

OF_HOUSEHOLDS = (
    RESULT__HOUSEHOLD_FLOW, RESULT__HOUSEHOLD_HISTORY, RESULT__WATCHED_HOUSEHOLD,
    RESULT__HOUSEHOLD_LINK, RESULT__INTEGRITY_SIGNAL,
)  # fmt: skip


def follow_households(path: Path, first_year: int, *, same_lists: bool) -> Followed:
    """Follow the households of ``path``, a copy of the build with its ``core_*``, ``quality__*`` and ``dim_*`` tables.

    What follows from the lists alone is left out where the build has the ``same_lists`` as before.
    """
    with engine.ibis_writing(path) as backend:
        if same_lists:
            household_flows.keep_selected(backend)
        else:
            household_flows.compute_flows(backend)
            household_links.compute_links(backend)
            integrity.compute_signals(backend)
        models = model_results.compute_models(backend, first_year)
        sources = (
            support_figures.estimates(backend, first_year),
            model_exit_figures.estimates(backend, first_year),
        )
        written = [
            *(() if same_lists else OF_HOUSEHOLDS),
            *(() if models is None else model_results.TABLES),
        ]
        return Followed(
            tables={table.name: backend.table(table.name).to_polars() for table in written},
            estimates=pl.concat([_rows(rows) for rows in sources]),
            models=None if models is None else _rows(models),
        )


def _rows(estimates: Table) -> pl.DataFrame:
    rows: pl.DataFrame = estimates.select(*RESULT__ESTIMATE.columns).to_polars()
    return rows
