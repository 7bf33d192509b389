"""What needs the history of households: escapes and relapses, new and repeated entries, duration, who to watch."""

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures.household_pairs import CELL, PAIR, counted, placed
from measures.household_sums import RELAPSE_REVIEWS
from reference.loading import era_at
from reference.periods import last_day
from warehouse.result_tables import RESULT__HOUSEHOLD_HISTORY

WATCHED_REVIEWS = 3
"""A household counts as newly escaped for 36 months (QĐ 28/2015/QĐ-TTg), that is three yearly reviews."""
CHRONIC_SHARE = (2, 3)
"""Poor in at least two thirds of the reviews observed is chronic; fewer than three reviews tell nothing."""
FEWEST_REVIEWS = 3
RISK_B2_POINTS = 20


def watched(backend: Backend) -> Table:
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


def past(backend: Backend) -> Table:
    """(period, standard, household, its place, figure): every figure of history a household is in."""
    lists, pairs = backend.table("flow_lists"), backend.table("flow_pairs")
    poor = lists.filter(_.class_code == "poor").select(
        "standard_id", "household_id", poor_year="year"
    )
    household = ["standard_id", "household_id"]
    now = lists.join(pairs, PAIR).drop("village_name", "is_without_labour_capacity", "b2_points")
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
    watched = backend.table("flow_watched").join(pairs, PAIR).select(*columns)
    figures = [
        facts.filter(condition).select(*columns).mutate(figure=ibis.literal(name))
        for name, condition in conditions.items()
    ]
    return ibis.union(*figures, watched.mutate(figure=ibis.literal("watched")))


def history(backend: Backend) -> Table:
    """Counts of every figure on every map; what later reviews must tell is null until all have told."""
    pairs = backend.table("flow_pairs").to_polars()
    provinces = backend.table("flow_places").filter(_.level == "province").to_polars()
    whole = set(
        provinces.filter(pl.col("units_reported") == pl.col("units_expected"))
        .select(*PAIR)
        .iter_rows()
    )
    first = {standard: min(rows["period"]) for (standard,), rows in pairs.group_by("standard_id")}
    rows = [
        (figure, period, standard)
        for period, standard in pairs.select(*PAIR).iter_rows()
        for figure in _told(period, standard, whole, first[standard], max(pairs["period"]))
    ]
    schema = {name: pl.String() for name in ("figure", *PAIR)}
    told = ibis.memtable(pl.DataFrame(rows, schema=schema, orient="row"))
    past = placed(backend, backend.table("flow_past"))
    keys = [*CELL, "figure"]
    counts = past.group_by(keys).agg(household_count=_.count())
    newest = era_at(last_day("9999"))
    frame = backend.table("flow_places").filter((_.level != "commune") | (_.to_era == newest))
    frame = frame.join(told, PAIR)
    return counted(frame, counts, keys, RESULT__HOUSEHOLD_HISTORY.ibis_schema)


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
