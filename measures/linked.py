"""Rows with the household they speak of, whatever pseudonym they carry."""

from typing import TYPE_CHECKING

import ibis
from ibis.common.exceptions import TableNotFound
from ibis.expr.types import Table

from warehouse.core_tables import CORE_HOUSEHOLD__LINK

if TYPE_CHECKING:
    # a page of moves needs no engine
    from ibis.backends.duckdb import Backend


def links(backend: "Backend") -> Table | None:
    """``core_household__link``; None in a build that never linked."""
    try:
        return backend.table(CORE_HOUSEHOLD__LINK.name)
    except TableNotFound:
        return None


def linked(backend: "Backend", rows: Table) -> Table:
    """``rows`` (with ``household_id``) and ``linked_id``: the household, or the pseudonym where none is linked."""
    known = links(backend)
    if known is None:
        return rows.mutate(linked_id=rows.household_id)
    households = known.select("household_id", household="linked_id")
    found = rows.left_join(households, "household_id").select(*rows.columns, "household")
    linked_id = ibis.coalesce(found.household, found.household_id)
    return found.mutate(linked_id=linked_id).drop("household")


def by_household(backend: "Backend", rows: Table) -> Table:
    """``rows`` whose ``household_id``, if they have one, is the household itself, the same under every pseudonym."""
    if "household_id" not in rows.columns:
        return rows
    return linked(backend, rows).drop("household_id").rename(household_id="linked_id")
