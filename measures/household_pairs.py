"""Pairs of yearly reviews: whose lists are there, who stood on them, and the units they are counted in.

A household is counted where it was and where it is: one that moved to another unit of a map left the list of the
one and came onto that of the other.
"""

from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table

from measures.linked import linked
from reference.loading import era_at
from reference.periods import last_day
from warehouse.geography import NOT_ATTRIBUTABLE

if TYPE_CHECKING:
    # a page of moves needs no engine
    from ibis.backends.duckdb import Backend

PAIR = ["period", "standard_id"]
MAP = ["level", "to_era"]
CELL = [*PAIR, *MAP, "to_code"]


def lists(backend: "Backend") -> Table:
    """Households of the lists in force at yearly reviews, a household once a review and standard.

    ``household_id`` is the household, ``pseudonym`` what stands for it on this list.
    """
    chosen = backend.table("flow_selected").filter(
        _.selection == "best", _.kind == "list", _.period.length() == 4
    )
    keys = ["submission_id", "era", "unit_code", "period"]
    rows = linked(backend, backend.table("core_review__household").join(chosen.select(*keys), keys))
    # Of a household that two communes list in one year the poorer row is the household; the others stand for
    # themselves, so that every row of a list is in its balance.
    rank = _.class_code.cases(("poor", 0), ("near_poor", 1), else_=2)
    window = ibis.window(group_by=[*PAIR, "linked_id"], order_by=[rank, "unit_code", "row"])
    return (
        rows.filter(_.class_code.notnull())
        .mutate(
            position=ibis.row_number().over(window),
            year=_.period.cast("int64"),
            pseudonym=_.household_id,
        )
        .mutate(
            household_id=(_.position == 0).ifelse(
                _.linked_id, _.linked_id + "#" + _.position.cast("string") + _.period
            )
        )
        .select(
            *PAIR,
            "household_id",
            "year",
            "class_code",
            "era",
            "unit_code",
            "village_name",
            "is_numbered",
            "is_without_labour_capacity",
            "b2_points",
            "pseudonym",
            told_class=_.class_before_code.isin(["poor", "near_poor"]).ifelse(
                _.class_before_code, ibis.null("string")
            ),
            origin_era=ibis.coalesce(_.former_era, _.era),
            origin_code=ibis.coalesce(_.former_unit_code, _.unit_code),
        )
    )


def pairs(backend: "Backend") -> Table:
    """(period, standard_id, opening_period, native_era, newest_era) where both reviews are there."""
    seen = backend.table("flow_lists").select(*PAIR).distinct().to_polars()
    known = set(seen.iter_rows())
    rows = [
        (period, standard, str(int(period) - 1), era_at(last_day(period)), era_at(last_day("9999")))
        for period, standard in sorted(known)
        if (str(int(period) - 1), standard) in known
    ]
    names = (*PAIR, "opening_period", "native_era", "newest_era")
    schema = {name: pl.String() for name in names}
    return ibis.memtable(pl.DataFrame(rows, schema=schema, orient="row"))


def paired(backend: "Backend") -> Table:
    """Communes of each closing review with that list and the opening list of every predecessor."""
    pairs, touch = backend.table("flow_pairs"), backend.table("dim__touch")
    sent = backend.table("flow_selected").filter(_.selection == "best", _.kind == "list")
    sent = sent.select(*PAIR, "era", "unit_code").distinct()
    closing = sent.join(pairs, PAIR).select(*PAIR, "era", "unit_code")
    communes = touch.filter(_.level == "commune")
    opened = (
        pairs.join(
            sent.rename(opening_period="period", from_era="era", from_code="unit_code"),
            ["opening_period", "standard_id"],
        )
        .join(communes.rename(native_era="to_era"), ["native_era", "from_era", "from_code"])
        .group_by([*PAIR, "native_era", "to_code", "from_era"])
        .agg(sent_count=_.count())
    )
    needed = communes.group_by(["from_era", "to_era", "to_code"]).agg(needed_count=_.count())
    whole = opened.join(
        needed.rename(native_era="to_era"), ["from_era", "native_era", "to_code"]
    ).filter(_.sent_count == _.needed_count)
    whole = whole.select(*PAIR, era="native_era", unit_code="to_code")
    return closing.semi_join(whole, [*PAIR, "era", "unit_code"])


def places(backend: "Backend") -> Table:
    """Every unit of the maps of each pair with units expected and reported, and its name."""
    pairs, touch = backend.table("flow_pairs"), backend.table("dim__touch")
    paired = backend.table("flow_paired").mutate(has_both=ibis.literal(1))
    ground = pairs.join(touch, [pairs.native_era == touch.from_era])
    ground = ground.filter(is_kept()).select(*PAIR, "from_era", "from_code", *MAP, "to_code")
    joined = ground.left_join(
        paired.rename(from_era="era", from_code="unit_code"), [*PAIR, "from_era", "from_code"]
    )
    placement = backend.table("dim__placement").filter(_.to_code == NOT_ATTRIBUTABLE)
    loose = joined.semi_join(placement, ["from_era", "from_code", *MAP])
    loose = loose.select(*PAIR, "from_era", "from_code", *MAP, "has_both").distinct()
    loose = loose.mutate(to_code=ibis.literal(NOT_ATTRIBUTABLE))
    columns = [*CELL, "from_code", "has_both"]
    together = ibis.union(joined.select(*columns), loose.select(*columns))
    counted = together.group_by(CELL).agg(
        units_expected=_.count(), units_reported=_.has_both.count()
    )
    units = backend.table("dim__unit").select(to_era="era", to_code="code", unit_name="name")
    return counted.left_join(units, ["to_era", "to_code"]).select(*counted.columns, "unit_name")


def is_kept() -> ibis.Deferred:
    """Of all maps: the province and the communes of the closing review, districts, communes of today."""
    return (
        (_.level == "district")
        | (_.to_era == _.native_era)
        | ((_.level == "commune") & (_.to_era == _.newest_era))
    )


def placed(backend: "Backend", rows: Table) -> Table:
    """``rows`` (with native_era and newest_era) on every map, where their communes sent both lists."""
    placement = backend.table("dim__placement")
    native = placement.filter(_.level == "commune").select(
        "from_era", "from_code", native_era="to_era", native_code="to_code"
    )
    here = rows.join(
        native.rename(era="from_era", unit_code="from_code"), ["era", "unit_code", "native_era"]
    ).semi_join(
        backend.table("flow_paired").rename(native_era="era", native_code="unit_code"),
        [*PAIR, "native_era", "native_code"],
    )
    shown = here.join(
        placement.rename(origin_era="from_era", origin_code="from_code"),
        ["origin_era", "origin_code"],
    )
    return shown.filter(is_kept())


def counted(frame: Table, counts: Table, keys: list[str], schema: dict[str, str]) -> Table:
    """Cells of ``frame`` with their counts: 0 where lists came without such a case, null where none came."""
    found = [name for name in ("household_count", "told_count") if name in schema]
    joined = frame.left_join(counts, keys).select(*frame.columns, *found)
    # Lists that came without such a move tell of none; without lists nothing is known.
    known = {
        name: (_.units_reported > 0).ifelse(ibis.coalesce(_[name], 0), ibis.null("int64"))
        for name in found
    }
    told = joined.mutate(**known, era=_.to_era, unit_code=_.to_code)
    return told.select(*schema).cast(schema)
