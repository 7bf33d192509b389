"""Where households came from and went between two yearly reviews: the matrix behind official forms 2 and 3.

Households are the same where linking found them so (``core_household__link``). For one that was not found on the
list before, the class before is what the commune wrote on this year's list, the count of those is kept beside
the figure (``told_count``), and as many fewer have left the list. Nothing is matched by force. Two reviews are compared only under one standard;
the review of 2021 was scored under two, so it also opens the newer one. A household is counted where it was
and where it is: one that moved to another unit of a map left the list of the one and came onto that of the
other, so that opening − out + in = closing holds for every unit of every map.
"""

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import list_rows
from measures.linked import linked
from reference.loading import era_at
from reference.periods import last_day
from warehouse.geography import NOT_ATTRIBUTABLE
from warehouse.result_tables import (
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__WATCHED_HOUSEHOLD,
)

CLASSES = ("poor", "near_poor", "none")
NOT_BEFORE, NO_LONGER = "not_on_list_before", "no_longer_on_list"
WATCHED_REVIEWS = 3
"""A household counts as newly escaped for 36 months (QĐ 28/2015/QĐ-TTg), that is three yearly reviews."""
RELAPSE_REVIEWS = {"relapsed_12": 1, "relapsed_24": 2, "relapsed_36": 3}
CHRONIC_SHARE = (2, 3)
"""Poor in at least two thirds of the reviews observed is chronic; fewer than three reviews tell nothing."""
FEWEST_REVIEWS = 3
RISK_B2_POINTS = 20
_PAIR = ["period", "standard_id"]
_MAP = ["level", "to_era"]
_CELL = [*_PAIR, *_MAP, "to_code"]


def compute_flows(backend: Backend) -> None:
    """Write ``result__household_flow``, ``result__household_history`` and ``result__watched_household``.

    Needs the ``core_*``, ``quality__coverage`` and ``dim_*`` tables; nothing depends on the day.
    """
    _keep(backend, "flow_selected", list_rows.selected(backend))
    _keep(backend, "flow_lists", _lists(backend))
    _keep(backend, "flow_pairs", _pairs(backend))
    _keep(backend, "flow_paired", _paired(backend))
    _keep(backend, "flow_places", _places(backend))
    _keep(backend, "flow_moves", _moves(backend))
    backend.create_table(RESULT__HOUSEHOLD_FLOW.name, _flows(backend), overwrite=True)
    _keep(backend, "flow_watched", _watched(backend))
    backend.create_table(
        RESULT__WATCHED_HOUSEHOLD.name,
        backend.table("flow_watched")
        .drop("household_id")
        .rename(household_id="pseudonym")
        .select(*RESULT__WATCHED_HOUSEHOLD.columns)
        .cast(RESULT__WATCHED_HOUSEHOLD.ibis_schema),
        overwrite=True,
    )
    _keep(backend, "flow_past", _past(backend))
    backend.create_table(RESULT__HOUSEHOLD_HISTORY.name, _history(backend), overwrite=True)


def _keep(backend: Backend, name: str, rows: Table) -> None:
    backend.create_table(name, rows, temp=True)


def _lists(backend: Backend) -> Table:
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
    window = ibis.window(group_by=[*_PAIR, "linked_id"], order_by=[rank, "unit_code", "row"])
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
            *_PAIR,
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


def _pairs(backend: Backend) -> Table:
    """(period, standard_id, opening_period, native_era, newest_era) where both reviews are there."""
    seen = backend.table("flow_lists").select(*_PAIR).distinct().to_polars()
    known = set(seen.iter_rows())
    rows = [
        (period, standard, str(int(period) - 1), era_at(last_day(period)), era_at(last_day("9999")))
        for period, standard in sorted(known)
        if (str(int(period) - 1), standard) in known
    ]
    names = (*_PAIR, "opening_period", "native_era", "newest_era")
    schema = {name: pl.String() for name in names}
    return ibis.memtable(pl.DataFrame(rows, schema=schema, orient="row"))


def _paired(backend: Backend) -> Table:
    """Communes of each closing review with that list and the opening list of every predecessor."""
    pairs, touch = backend.table("flow_pairs"), backend.table("dim__touch")
    sent = backend.table("flow_selected").filter(_.selection == "best", _.kind == "list")
    sent = sent.select(*_PAIR, "era", "unit_code").distinct()
    closing = sent.join(pairs, _PAIR).select(*_PAIR, "era", "unit_code")
    communes = touch.filter(_.level == "commune")
    opened = (
        pairs.join(
            sent.rename(opening_period="period", from_era="era", from_code="unit_code"),
            ["opening_period", "standard_id"],
        )
        .join(communes.rename(native_era="to_era"), ["native_era", "from_era", "from_code"])
        .group_by([*_PAIR, "native_era", "to_code", "from_era"])
        .agg(sent_count=_.count())
    )
    needed = communes.group_by(["from_era", "to_era", "to_code"]).agg(needed_count=_.count())
    whole = opened.join(
        needed.rename(native_era="to_era"), ["from_era", "native_era", "to_code"]
    ).filter(_.sent_count == _.needed_count)
    whole = whole.select(*_PAIR, era="native_era", unit_code="to_code")
    return closing.semi_join(whole, [*_PAIR, "era", "unit_code"])


def _places(backend: Backend) -> Table:
    """Every unit of the maps of each pair with units expected and reported, and its name."""
    pairs, touch = backend.table("flow_pairs"), backend.table("dim__touch")
    paired = backend.table("flow_paired").mutate(has_both=ibis.literal(1))
    ground = pairs.join(touch, [pairs.native_era == touch.from_era])
    ground = ground.filter(_is_kept()).select(*_PAIR, "from_era", "from_code", *_MAP, "to_code")
    joined = ground.left_join(
        paired.rename(from_era="era", from_code="unit_code"), [*_PAIR, "from_era", "from_code"]
    )
    placement = backend.table("dim__placement").filter(_.to_code == NOT_ATTRIBUTABLE)
    loose = joined.semi_join(placement, ["from_era", "from_code", *_MAP])
    loose = loose.select(*_PAIR, "from_era", "from_code", *_MAP, "has_both").distinct()
    loose = loose.mutate(to_code=ibis.literal(NOT_ATTRIBUTABLE))
    columns = [*_CELL, "from_code", "has_both"]
    together = ibis.union(joined.select(*columns), loose.select(*columns))
    counted = together.group_by(_CELL).agg(
        units_expected=_.count(), units_reported=_.has_both.count()
    )
    units = backend.table("dim__unit").select(to_era="era", to_code="code", unit_name="name")
    return counted.left_join(units, ["to_era", "to_code"]).select(*counted.columns, "unit_name")


def _is_kept() -> ibis.Deferred:
    """Of all maps: the province and the communes of the closing review, districts, communes of today."""
    return (
        (_.level == "district")
        | (_.to_era == _.native_era)
        | ((_.level == "commune") & (_.to_era == _.newest_era))
    )


def placed(backend: Backend, rows: Table) -> Table:
    """``rows`` (with native_era and newest_era) on every map, where their communes sent both lists."""
    placement = backend.table("dim__placement")
    native = placement.filter(_.level == "commune").select(
        "from_era", "from_code", native_era="to_era", native_code="to_code"
    )
    here = rows.join(
        native.rename(era="from_era", unit_code="from_code"), ["era", "unit_code", "native_era"]
    ).semi_join(
        backend.table("flow_paired").rename(native_era="era", native_code="unit_code"),
        [*_PAIR, "native_era", "native_code"],
    )
    shown = here.join(
        placement.rename(origin_era="from_era", origin_code="from_code"),
        ["origin_era", "origin_code"],
    )
    return shown.filter(_is_kept())


def _moves(backend: Backend) -> Table:
    """(pair, map, unit, household, class_from, class_to), a row for each list the unit has it on."""
    lists, pairs = backend.table("flow_lists"), backend.table("flow_pairs")
    columns = [*_PAIR, *_MAP, "household_id"]
    opening = pairs.join(lists.rename(opening_period="period"), ["opening_period", "standard_id"])
    before = placed(backend, opening).select(*columns, class_from="class_code", from_code="to_code")
    after = placed(backend, lists.join(pairs, _PAIR)).select(
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
    place = [*_PAIR, *_MAP, "to_code"]
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


def _flows(backend: Backend) -> Table:
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
    keys = [*_CELL, "class_from", "class_to"]
    counts = (
        backend.table("flow_moves")
        .group_by(keys)
        .agg(
            household_count=_.weight.sum(),
            told_count=_.is_told.sum(),
        )
    )
    frame = backend.table("flow_places").cross_join(ibis.memtable(kinds))
    return _counted(frame, counts, keys, RESULT__HOUSEHOLD_FLOW.ibis_schema)


def _counted(frame: Table, counts: Table, keys: list[str], schema: dict[str, str]) -> Table:
    found = [name for name in ("household_count", "told_count") if name in schema]
    joined = frame.left_join(counts, keys).select(*frame.columns, *found)
    # Lists that came without such a move tell of none; without lists nothing is known.
    known = {
        name: (_.units_reported > 0).ifelse(ibis.coalesce(_[name], 0), ibis.null("int64"))
        for name in found
    }
    told = joined.mutate(**known, era=_.to_era, unit_code=_.to_code)
    return told.select(*schema).cast(schema)


def _watched(backend: Backend) -> Table:
    """Households poor at one of the three reviews before and not poor now, with a sign of risk."""
    lists = backend.table("flow_lists")
    latest = backend.table("flow_pairs").aggregate(period=_.period.max())
    now = lists.semi_join(latest, "period").filter(_.class_code != "poor")
    poor = lists.filter(_.class_code == "poor").select(
        "standard_id", "household_id", poor_year="year", poor_period="period"
    )
    joined = now.join(poor, ["standard_id", "household_id"]).filter(
        _.poor_year < _.year, _.poor_year >= _.year - WATCHED_REVIEWS
    )
    kept = [name for name in now.columns]
    latest_poor = joined.group_by(kept).agg(last_poor_period=_.poor_period.max())
    signs = latest_poor.mutate(
        is_near_poor=_.class_code == "near_poor", is_deprived=_.b2_points >= RISK_B2_POINTS
    )
    return signs.filter(
        _.is_near_poor
        | _.is_without_labour_capacity.fill_null(False)
        | _.is_deprived.fill_null(False)
    )


def _past(backend: Backend) -> Table:
    """(period, standard, household, its place, figure): every figure of history a household is in."""
    lists, pairs = backend.table("flow_lists"), backend.table("flow_pairs")
    poor = lists.filter(_.class_code == "poor").select(
        "standard_id", "household_id", poor_year="year"
    )
    household = ["standard_id", "household_id"]
    now = lists.join(pairs, _PAIR).drop("village_name", "is_without_labour_capacity", "b2_points")
    facts = (
        now.left_join(poor, household)
        .group_by(now.columns)
        .agg(
            was_poor_earlier=(_.poor_year < _.year - 1).any().fill_null(False),
            poor_reviews=_.count(where=_.poor_year <= _.year),
            **{
                name: ((_.poor_year > _.year) & (_.poor_year <= _.year + reviews))
                .any()
                .fill_null(False)
                for name, reviews in RELAPSE_REVIEWS.items()
            },
        )
    )
    earlier = lists.select(*household, before_year=_.year + 1, class_before="class_code")
    facts = facts.left_join(
        earlier,
        [
            facts.standard_id == earlier.standard_id,
            facts.household_id == earlier.household_id,
            facts.year == earlier.before_year,
        ],
    ).select(
        *facts.columns,
        class_before=ibis.coalesce(earlier.class_before, facts.told_class),
        is_linked=earlier.class_before.notnull(),
    )
    first = lists.group_by("standard_id").agg(first_year=_.year.min())
    facts = facts.join(first, "standard_id").mutate(
        reviews=_.year - _.first_year + 1,
        was_poor=(_.class_before == "poor").fill_null(False),
        was_near_poor=(_.class_before == "near_poor").fill_null(False),
    )
    facts = facts.mutate(
        poor_reviews=_.poor_reviews + (_.was_poor & ~_.is_linked).cast("int64"),
    )
    is_poor = _.class_code == "poor"
    escaped = _.was_poor & ~is_poor
    entered = is_poor & ~_.was_poor & ~_.was_near_poor
    is_told = is_poor & (_.reviews >= FEWEST_REVIEWS)
    share, of = CHRONIC_SHARE
    is_chronic = _.poor_reviews * of >= _.reviews * share
    conditions = {
        "escaped": escaped,
        **{name: escaped & _[name] for name in RELAPSE_REVIEWS},
        "entered_new": entered & ~_.was_poor_earlier,
        "entered_again": entered & _.was_poor_earlier,
        "chronic": is_told & is_chronic,
        "transient": is_told & ~is_chronic,
        "unlinked": ~_.is_linked & _.told_class.notnull(),
    }
    columns = [*now.columns]
    watched = backend.table("flow_watched").join(pairs, _PAIR).select(*columns)
    figures = [
        facts.filter(condition).select(*columns).mutate(figure=ibis.literal(name))
        for name, condition in conditions.items()
    ]
    return ibis.union(*figures, watched.mutate(figure=ibis.literal("watched")))


def _history(backend: Backend) -> Table:
    """Counts of every figure on every map; what later reviews must tell is null until all have told."""
    pairs = backend.table("flow_pairs").to_polars()
    provinces = backend.table("flow_places").filter(_.level == "province").to_polars()
    whole = set(
        provinces.filter(pl.col("units_reported") == pl.col("units_expected"))
        .select(*_PAIR)
        .iter_rows()
    )
    first = {standard: min(rows["period"]) for (standard,), rows in pairs.group_by("standard_id")}
    rows = [
        (figure, period, standard)
        for period, standard in pairs.select(*_PAIR).iter_rows()
        for figure in _told(period, standard, whole, first[standard], max(pairs["period"]))
    ]
    schema = {name: pl.String() for name in ("figure", *_PAIR)}
    told = ibis.memtable(pl.DataFrame(rows, schema=schema, orient="row"))
    past = placed(backend, backend.table("flow_past"))
    keys = [*_CELL, "figure"]
    counts = past.group_by(keys).agg(household_count=_.count())
    newest = era_at(last_day("9999"))
    frame = backend.table("flow_places").filter((_.level != "commune") | (_.to_era == newest))
    frame = frame.join(told, _PAIR)
    return _counted(frame, counts, keys, RESULT__HOUSEHOLD_HISTORY.ibis_schema)


def _told(
    period: str, standard: str, whole: set[tuple[str, str]], first: str, latest: str
) -> list[str]:
    """Figures that can be given for a review; ``first`` is the first closing review of the standard."""
    year = int(period)
    figures = ["escaped", "entered_new", "entered_again", "unlinked"]
    figures += [
        name
        for name, reviews in RELAPSE_REVIEWS.items()
        if all((str(year + step), standard) in whole for step in range(1, reviews + 1))
    ]
    if year - int(first) + 2 >= FEWEST_REVIEWS:
        figures += ["chronic", "transient"]
    return [*figures, "watched"] if period == latest else figures
