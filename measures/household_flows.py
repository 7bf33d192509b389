"""Where households came from and went between two yearly reviews: what a build writes of them.

Households are the same where linking found them so (``core_household__link``). Two reviews are compared only under
one standard; the review of 2021 was scored under two, so it also opens the newer one. The lists and maps are in
:mod:`measures.household_pairs`, the matrix in :mod:`measures.household_moves`, what needs more than two reviews in
:mod:`measures.household_history`.
"""

from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import household_history, household_moves, household_pairs, list_rows
from warehouse.result_tables import (
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__WATCHED_HOUSEHOLD,
)


def compute_flows(backend: Backend) -> None:
    """Write ``result__household_flow``, ``result__household_history`` and ``result__watched_household``.

    Needs the ``core_*``, ``quality__coverage`` and ``dim_*`` tables; nothing depends on the day.
    """
    keep_selected(backend)
    _keep(backend, "flow_lists", household_pairs.lists(backend))
    _keep(backend, "flow_pairs", household_pairs.pairs(backend))
    _keep(backend, "flow_paired", household_pairs.paired(backend))
    _keep(backend, "flow_places", household_pairs.places(backend))
    _keep(backend, "flow_moves", household_moves.moves(backend))
    backend.create_table(
        RESULT__HOUSEHOLD_FLOW.name, household_moves.flows(backend), overwrite=True
    )
    _keep(backend, "flow_watched", household_history.watched(backend))
    backend.create_table(
        RESULT__WATCHED_HOUSEHOLD.name,
        backend.table("flow_watched")
        .drop("household_id")
        .rename(household_id="pseudonym")
        .select(*RESULT__WATCHED_HOUSEHOLD.columns)
        .cast(RESULT__WATCHED_HOUSEHOLD.ibis_schema),
        overwrite=True,
    )
    _keep(backend, "flow_past", household_history.past(backend))
    backend.create_table(
        RESULT__HOUSEHOLD_HISTORY.name, household_history.history(backend), overwrite=True
    )


def keep_selected(backend: Backend) -> None:
    """Keep ``flow_selected``: which submission speaks for a commune, of all periods."""
    _keep(backend, "flow_selected", list_rows.selected(backend))


def _keep(backend: Backend, name: str, rows: Table) -> None:
    backend.create_table(name, rows, temp=True)
