"""Moves of households between two reviews: the matrix behind official forms 2 and 3, for every unit.

For a household that was not found on the list before, the class before is what the commune wrote on this year's
list, the count of those is kept beside the figure (``told_count``), and as many fewer have left the list. Nothing is
matched by force, and opening − out + in = closing holds for every unit of every map.
"""

from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table

from measures.household_pairs import CELL, MAP, PAIR, counted, placed
from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.result_tables import RESULT__HOUSEHOLD_FLOW

if TYPE_CHECKING:
    # a page of moves needs no engine
    from ibis.backends.duckdb import Backend

CLASSES = ("poor", "near_poor", "none")
NOT_BEFORE, NO_LONGER = "not_on_list_before", "no_longer_on_list"


def moves(backend: "Backend") -> Table:
    """(pair, map, unit, household, class_from, class_to), a row for each list the unit has it on."""
    lists, pairs = backend.table("flow_lists"), backend.table("flow_pairs")
    columns = [*PAIR, *MAP, "household_id"]
    opening = pairs.join(lists.rename(opening_period="period"), ["opening_period", "standard_id"])
    before = placed(backend, opening).select(*columns, class_from="class_code", from_code="to_code")
    after = placed(backend, lists.join(pairs, PAIR)).select(
        *columns, "told_class", class_to="class_code", into_code="to_code"
    )
    joined = before.outer_join(after, columns)
    both = joined.select(
        **{name: ibis.coalesce(joined[name], joined[f"{name}_right"]) for name in columns},
        class_from=_.class_from,
        class_to=_.class_to,
        told_class=_.told_class,
        from_code=_.from_code,
        into_code=_.into_code,
    )
    # A ward of two districts may have named the older commune in one year only.
    loose = ibis.literal(NOT_ATTRIBUTABLE)
    both = both.mutate(
        from_code=((_.from_code == loose) & _.into_code.notnull()).ifelse(_.into_code, _.from_code),
        into_code=((_.into_code == loose) & _.from_code.notnull()).ifelse(_.from_code, _.into_code),
    )
    one, none = ibis.literal(1, type="int64"), ibis.literal(0, type="int64")
    both = both.mutate(weight=one, is_told=none)
    before_list, no_longer = ibis.literal(NOT_BEFORE), ibis.literal(NO_LONGER)
    moved = both.filter(_.from_code != _.into_code)
    stayed = both.filter((_.from_code == _.into_code).fill_null(True)).mutate(
        to_code=ibis.coalesce(_.into_code, _.from_code)
    )
    told, strangers = _told_moves(stayed)
    parts = (
        stayed.filter(_.class_from.notnull() | _.told_class.isnull()).mutate(
            class_from=ibis.coalesce(_.class_from, before_list),
            class_to=ibis.coalesce(_.class_to, no_longer),
        ),
        told.mutate(class_from=_.told_class, is_told=one),
        # The same household stands unfound on the opening list.
        told.mutate(class_from=_.told_class, class_to=no_longer, weight=-one),
        strangers.mutate(class_from=before_list),
        moved.mutate(to_code=_.from_code, class_to=no_longer),
        moved.mutate(to_code=_.into_code, class_from=before_list),
    )
    wanted = [*columns, "to_code", "class_from", "class_to", "weight", "is_told"]
    return ibis.union(*(rows.select(*wanted) for rows in parts))


def _told_moves(stayed: Table) -> tuple[Table, Table]:
    """Households not found before whose class before the commune wrote: those of the unit's opening list, and others.

    Each of the first stands for one household of that class that the unit's opening list has and that was not
    found again. More than there are of these cannot have stood on that list: they came from elsewhere, as the
    column for other additions of forms 2 and 3 has it.
    """
    place = [*PAIR, *MAP, "to_code"]
    lost = stayed.filter(_.class_to.isnull()).rename(
        told_class="class_from", found_class="told_class"
    )
    lost = lost.group_by([*place, "told_class"]).agg(lost_count=_.count())
    unlinked = stayed.filter(_.class_from.isnull() & _.told_class.notnull())
    window = ibis.window(group_by=[*place, "told_class"], order_by="household_id")
    ranked = unlinked.mutate(position=ibis.row_number().over(window))
    ranked = ranked.left_join(lost, [*place, "told_class"]).select(*ranked.columns, "lost_count")
    is_here = (_.position < _.lost_count).fill_null(False)
    return ranked.filter(is_here), ranked.filter(~is_here)


def flows(backend: "Backend") -> Table:
    """The whole matrix for every unit: a move nobody made is zero, a unit nobody reported is null."""
    cells = [
        (one, other)
        for one in (*CLASSES, NOT_BEFORE)
        for other in (*CLASSES, NO_LONGER)
        if (one, other) != (NOT_BEFORE, NO_LONGER)
    ]
    kinds = pl.DataFrame(
        cells, schema={"class_from": pl.String(), "class_to": pl.String()}, orient="row"
    )
    keys = [*CELL, "class_from", "class_to"]
    counts = (
        backend.table("flow_moves")
        .group_by(keys)
        .agg(
            household_count=_.weight.sum(),
            told_count=_.is_told.sum(),
        )
    )
    frame = backend.table("flow_places").cross_join(ibis.memtable(kinds))
    return counted(frame, counts, keys, RESULT__HOUSEHOLD_FLOW.ibis_schema)
