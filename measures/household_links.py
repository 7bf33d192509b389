"""How households of a review were found on the list before: by number, by name …, ambiguous, not at all."""

from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table

from measures.household_pairs import CELL, PAIR, placed
from measures.linked import links
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.result_tables import RESULT__HOUSEHOLD_LINK

if TYPE_CHECKING:
    # a page of moves needs no engine
    from ibis.backends.duckdb import Backend

UNFOUND = ("ambiguous", "unlinked")
"""Households that were poor or near-poor before as written, and not found."""
WAYS = (
    "number", "name", "number_digit", "name_date", "name_year", "moved", "ambiguous", "unlinked",
)  # fmt: skip
"""Surest first."""


def compute_links(backend: "Backend") -> None:
    """Write ``result__household_link``; reads what ``compute_flows`` kept."""
    rows = _found(backend)
    counts = (
        placed(backend, rows)
        .group_by([*CELL, "way"])
        .agg(household_count=_.count(), expected_wrong=_.doubt.sum())
    )
    ways = ibis.memtable(pl.DataFrame({"way": WAYS}))
    frame = backend.table("flow_places").cross_join(ways)
    joined = frame.left_join(counts, [*CELL, "way"]).select(
        *frame.columns, "household_count", "expected_wrong"
    )
    # Lists that came without such a link tell of none; without lists nothing is known.
    count = (_.units_reported > 0).ifelse(ibis.coalesce(_.household_count, 0), ibis.null("int64"))
    told = joined.mutate(household_count=count, era=_.to_era, unit_code=_.to_code)
    columns = RESULT__HOUSEHOLD_LINK.ibis_schema
    backend.create_table(
        RESULT__HOUSEHOLD_LINK.name, told.select(*columns).cast(columns), overwrite=True
    )


def _found(backend: "Backend") -> Table:
    """Households of each closing list with ``way`` and ``doubt`` (1 − certainty)."""
    lists, pairs = backend.table("flow_lists"), backend.table("flow_pairs")
    known = _known(backend)
    now = lists.join(pairs, PAIR).join(known, "pseudonym")
    before = lists.join(known, "pseudonym").select(
        "standard_id",
        "household_id",
        opening_period="period",
        pseudonym_before="pseudonym",
        had_number="is_numbered",
        way_before="way",
        certainty_before="certainty",
    )
    joined = now.left_join(before, ["standard_id", "household_id", "opening_period"])
    is_same = _.pseudonym == _.pseudonym_before
    has_numbers = (_.is_numbered & _.had_number).fill_null(False)
    is_surer = (_.certainty > _.certainty_before).fill_null(False)
    way = ibis.cases(
        (_.pseudonym_before.isnull() & _.is_contested, "ambiguous"),
        (_.pseudonym_before.isnull(), "unlinked"),
        (is_same & has_numbers, "number"),
        (is_same, "name"),
        (is_surer, _.way_before),
        else_=_.way,
    )
    doubt = ibis.cases(
        (_.pseudonym_before.isnull(), ibis.null("float64")),
        (is_same & has_numbers, 0.0),
        (is_same, 1 - _.name_certainty),
        else_=1 - ibis.least(_.certainty, _.certainty_before),
    )
    wanted = joined.filter(_.pseudonym_before.notnull() | _.told_class.notnull())
    columns = [*lists.columns, "opening_period", "native_era", "newest_era"]
    return wanted.mutate(doubt=doubt).mutate(way=way).select(*columns, "way", "doubt")


def _known(backend: "Backend") -> Table:
    """What linking knows of each pseudonym; nothing in a build that never linked."""
    columns = ["way", "certainty", "name_certainty", "is_contested"]
    known = links(backend)
    if known is not None:
        return known.select(*columns, pseudonym="household_id")
    types = CORE_HOUSEHOLD__LINK.ibis_schema
    alone = backend.table("flow_lists").select("pseudonym").distinct()
    return alone.mutate(**{name: ibis.null(types[name]) for name in columns})
