"""The rows that measures sum: lists in force, running lists, and form 1, each row with a weight.

A running list is the last official list (weight 1) plus, for each in-year decision, the class after
(weight 1) and the class before (weight −1). So one formula serves both.
"""

from collections.abc import Iterator

import ibis
from ibis import Deferred, _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures.linked import linked
from measures.marking import STATUS_RANKS
from warehouse.contract import DEPRIVATION_COLUMNS

_LIST_FORMS = ("review_list", "export")
_KEY = ["kind", "era", "unit_code", "period", "standard_id"]
# What a running list knows of a household: enough for the measures that say ``is_running``.
_RUNNING_COLUMNS = (
    "selection",
    "period",
    "standard_id",
    "status",
    "era",
    "unit_code",
    "origin_era",
    "origin_code",
    "class_code",
    "member_count",
    "weight",
)
# Formulas may use these columns of a list row.
_FACT_COLUMNS = (
    "class_code",
    "class_before_code",
    "tells_class_before",
    "member_count",
    "b2_points",
    *DEPRIVATION_COLUMNS,
    "was_poor_earlier",
    "was_near_poor_earlier",
    "is_without_labour_capacity",
    "has_member_of_merit",
    "causes",
    "support_given",
)


def sources(backend: Backend) -> Iterator[tuple[str, Table]]:
    """Name and rows of each table; the caller stores one before it asks for the next, which reads it."""
    calendar = backend.table("cube_periods")
    read = ibis.union(
        calendar.select("period"), calendar.select(period="opening_period"), distinct=True
    )
    yield "cube_selected", selected(backend).semi_join(read, "period")
    chosen = backend.table("cube_selected")
    yield "cube_openings", _openings(backend, chosen)
    yield "cube_review_rows", _review_rows(backend, chosen)
    households = backend.table("cube_review_rows")
    # A running list of the first period starts from a review before it.
    wanted = households.semi_join(backend.table("cube_periods"), "period")
    yield "cube_list_rows", wanted.mutate(weight=ibis.literal(1, type="int64"))
    yield "cube_running_rows", _running_rows(backend, households)
    yield "cube_population_rows", _population_rows(backend, chosen)


def selected(backend: Backend) -> Table:
    """Which submission speaks for a commune: (selection, kind, era, unit_code, period, standard_id, status).

    ``best`` takes the strongest status; the other selections are the statuses themselves, made only for
    periods that were reported in more than one. A review list goes before a system export of the same
    period and status.
    """
    coverage = backend.table("quality__coverage").filter(
        _.is_current, _.form.isin([*_LIST_FORMS, "summary"])
    )
    ranked = coverage.mutate(
        kind=_.form.isin(_LIST_FORMS).ifelse("list", "population"),
        rank=_.status.cases(*STATUS_RANKS, else_=0) * 10 - (_.form == "export").cast("int64"),
    )
    statuses = ranked.group_by("period").agg(status_count=_.status.nunique())
    mixed = statuses.filter(_.status_count > 1)
    per_status = ranked.semi_join(mixed, "period").mutate(selection=_.status)
    best = ranked.mutate(selection=ibis.literal("best"))
    candidates = ibis.union(best, per_status)
    window = ibis.window(
        group_by=["selection", *_KEY], order_by=[ibis.desc("rank"), "submission_id"]
    )
    return (
        candidates.mutate(position=ibis.row_number().over(window))
        .filter(_.position == 0)
        .select("selection", *_KEY, "status", "submission_id", "form")
    )


def _openings(backend: Backend, chosen: Table) -> Table:
    """What a running list starts from, by commune in force at its period.

    (period, standard_id, to_era, to_code, has_list, has_population): whether the official list, and form 1,
    of every commune that became part of this one are there.
    """
    calendar = backend.table("cube_periods").filter(_.is_running)
    touch = backend.table("dim__touch").filter(_.level == "commune")
    official = chosen.filter(_.selection == "best", _.status.isin(["official", "restated"]))
    sent = official.group_by(["period", "standard_id", "era", "unit_code"]).agg(
        has_list=(_.kind == "list").any(), has_population=(_.kind == "population").any()
    )
    wanted = calendar.select("period", "opening_period", to_era="era").join(
        sent.rename(opening_period="period", from_era="era", from_code="unit_code"),
        "opening_period",
    )
    maps = ["from_era", "to_era", "to_code"]
    predecessors = touch.group_by(maps).agg(predecessor_count=_.count())
    return (
        wanted.join(touch, ["from_era", "from_code", "to_era"])
        .group_by(["period", "standard_id", *maps])
        .agg(list_count=_.has_list.sum(), population_count=_.has_population.sum())
        .join(predecessors, maps)
        .select(
            "period",
            "standard_id",
            "to_era",
            "to_code",
            has_list=_.list_count == _.predecessor_count,
            has_population=_.population_count == _.predecessor_count,
        )
    )


def _review_rows(backend: Backend, chosen: Table) -> Table:
    """Households of the chosen lists with the columns that formulas and groupings use."""
    review = linked(backend, backend.table("core_review__household"))
    in_force = selected(backend).filter(_.selection == "best", _.kind == "list")
    told = review.semi_join(in_force, ["submission_id", "era", "unit_code", "period"])
    # Classes of two standards are not the same: nobody relapses across a change.
    listed_since = told.group_by(["linked_id", "standard_id"]).agg(
        first_poor=_.period.min(where=_.class_code == "poor"),
        first_near_poor=_.period.min(where=_.class_code == "near_poor"),
    )
    lists = chosen.filter(_.kind == "list").select(
        "selection", "submission_id", "era", "unit_code", "period"
    )
    joined = review.join(lists, ["submission_id", "era", "unit_code", "period"])
    joined = joined.left_join(listed_since, ["linked_id", "standard_id"])
    by_list = ibis.window(group_by=["selection", "submission_id", "era", "unit_code"])
    return joined.mutate(
        tells_class_before=_.class_before_code.notnull().any().over(by_list),
        was_poor_earlier=(_.first_poor < _.period).fill_null(False),
        was_near_poor_earlier=(_.first_near_poor < _.period).fill_null(False),
        origin_era=ibis.coalesce(_.former_era, _.era),
        origin_code=ibis.coalesce(_.former_unit_code, _.unit_code),
        labour_capacity=_yes_no(_.is_without_labour_capacity, "without", "with"),
        merit_member=_yes_no(_.has_member_of_merit, "with", "without"),
        household_size=ibis.cases(
            (_.member_count == 1, "1"),
            (_.member_count == 2, "2"),
            (_.member_count <= 4, "3_4"),
            (_.member_count >= 5, "5_plus"),
        ),
    ).select(
        "selection",
        "period",
        "standard_id",
        "status",
        "era",
        "unit_code",
        "origin_era",
        "origin_code",
        "area_type",
        "head_sex",
        "head_ethnicity",
        "head_age_band",
        "labour_capacity",
        "merit_member",
        "household_size",
        *_FACT_COLUMNS,
    )


def _yes_no(known: Deferred, yes: str, no: str) -> Deferred:
    """Unknown is a group of its own: ``ifelse`` alone would count it as no, and the groups must add up."""
    return ibis.cases((known, yes), (~known, no), else_="unknown")


def _running_rows(backend: Backend, households: Table) -> Table:
    calendar = backend.table("cube_periods").filter(_.is_running)
    official = households.filter(_.selection == "best", _.status.isin(["official", "restated"]))
    # Alike households are counted before each of some fifty running lists starts from them.
    alike = official.group_by([name for name in _RUNNING_COLUMNS if name != "weight"]).agg(
        weight=_.count()
    )
    opening = calendar.select(running_period="period", period="opening_period").join(
        alike, "period"
    )
    opening = opening.mutate(period=_.running_period)
    changes = _changes(backend, calendar)
    after = changes.mutate(weight=ibis.literal(1, type="int64"))
    before = changes.mutate(class_code=_.class_before_code, weight=ibis.literal(-1, type="int64"))
    running = ibis.union(
        *(rows.select(*_RUNNING_COLUMNS) for rows in (opening, after, before))
    ).filter(_.class_code.notnull())
    # Decisions without a list to start from would be a count of nothing, even a negative one.
    begun = backend.table("cube_openings").filter(_.has_list)
    begun = begun.select("period", "standard_id", era="to_era", unit_code="to_code")
    placed = _in_force(backend, running)
    return placed.semi_join(begun, ["period", "standard_id", "era", "unit_code"])


def _in_force(backend: Backend, running: Table) -> Table:
    """Rows of running lists in the communes in force at the period.

    Opening and decisions may come from before and after a merger: on an older map, or split by the older
    commune that only some rows name, they would not belong to the same places.
    """
    eras = backend.table("cube_periods").select("period", to_era="era")
    forward = backend.table("dim__placement").filter(_.level == "commune")
    places = ["from_era", "from_code", "to_era"]
    named = running.join(eras, "period").rename(from_era="era", from_code="unit_code")
    placed = named.join(forward, places).mutate(
        era=_.to_era, unit_code=_.to_code, origin_era=_.to_era, origin_code=_.to_code
    )
    return placed.select(*running.columns)


def _changes(backend: Backend, calendar: Table) -> Table:
    """In-year decisions of the current submissions, once for every running period they fall into."""
    coverage = backend.table("quality__coverage").filter(_.form == "in_year", _.is_current)
    decisions = backend.table("core_in_year__change").filter(_.change_kind == "changed")
    keys = ["submission_id", "era", "unit_code", "period"]
    current = decisions.semi_join(coverage, keys).drop("period")
    spans = calendar.select("period", "last_day", first_day=(_.first_month + "-01").cast("date"))
    inside = [current.decision_date >= spans.first_day, current.decision_date <= spans.last_day]
    return current.join(spans, inside).select(
        "period",
        "standard_id",
        "status",
        "era",
        "unit_code",
        "class_code",
        "class_before_code",
        "member_count",
        selection=ibis.literal("best"),
        origin_era=ibis.coalesce(_.former_era, _.era),
        origin_code=ibis.coalesce(_.former_unit_code, _.unit_code),
    )


def _population_rows(backend: Backend, chosen: Table) -> Table:
    """Form 1 of the chosen submissions; a running list keeps the residents of its opening review."""
    population = backend.table("core_population__unit")
    keys = ["submission_id", "era", "unit_code", "period"]
    forms = chosen.filter(_.kind == "population").select("selection", *keys)
    yearly = population.join(forms, keys).select(
        "selection",
        "period",
        "standard_id",
        "status",
        "era",
        "unit_code",
        "area_type",
        "resident_household_count",
        "resident_person_count",
        "average_living_household_count",
        "average_living_person_count",
        origin_era=_.era,
        origin_code=_.unit_code,
        weight=ibis.literal(1, type="int64"),
    )
    calendar = backend.table("cube_periods").filter(_.is_running)
    best = yearly.filter(_.selection == "best", _.status.isin(["official", "restated"]))
    running = calendar.select(running_period="period", period="opening_period").join(best, "period")
    running = running.mutate(period=_.running_period)
    wanted = yearly.semi_join(backend.table("cube_periods"), "period")
    return ibis.union(wanted, _in_force(backend, running.select(*yearly.columns)))
