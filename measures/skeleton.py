"""The rows that must exist whether or not anything was reported, each with its coverage.

A figure carries how many communes should be in it and how many are. A commune that straddles several units of
a map should be in each of them, and is so only where its rows name the older communes.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import ibis
import polars as pl
from ibis import _
from ibis.expr.types import Table

from measures.definition import Measure
from measures.periods import months_due
from warehouse.geography import DISTRICT_ERA, NOT_ATTRIBUTABLE

if TYPE_CHECKING:
    # a reader of cards needs no engine
    from ibis.backends.duckdb import Backend

_WHEN = ["selection", "period", "standard_id"]
_TARGET = ["level", "to_era", "to_code"]
_NEEDS = ("list", "marks", "labour", "merit", "before", "population")
_OF_ROWS = [
    "has_marks", "has_all_marks", "has_labour", "has_merit", "has_before", "names_older_commune",
]  # fmt: skip
_SENT = ["has_list", "has_population", *_OF_ROWS]
_MARKED = _.deprivation_employment.notnull()


def expected_rows(backend: "Backend") -> Table:
    """One row a (selection, period, standard) and unit of every map, with units expected and reported."""
    reported = ibis.union(_reported_reviews(backend), _reported_running(backend))
    calendar = backend.table("cube_periods").select("period", "era", "is_running")
    units = ground(backend)
    occasions = reported.select(*_WHEN).distinct().join(calendar, "period")
    expected = occasions.join(units, "era").left_join(reported, [*_WHEN, "era", "unit_code"])
    inside = {name: expected[f"has_{name}"].fill_null(False) for name in _NEEDS}
    attributed = expected.is_whole | (expected.to_code == NOT_ATTRIBUTABLE)
    by_origin = attributed | expected.names_older_commune.fill_null(False)
    counted = expected.group_by([*_WHEN, "is_running", *_TARGET]).agg(
        units_expected=expected.count(),
        **{f"by_unit_{name}": (has & attributed).sum() for name, has in inside.items()},
        **{f"by_origin_{name}": (has & by_origin).sum() for name, has in inside.items()},
        by_unit_both=(inside["list"] & inside["population"] & attributed).sum(),
        by_origin_both=(inside["list"] & inside["population"] & by_origin).sum(),
        by_unit_marked=(
            expected.has_all_marks.fill_null(False) & inside["population"] & attributed
        ).sum(),
    )
    return ibis.union(counted, _nothing_straddles(counted))


def ground(backend: "Backend") -> Table:
    """(era, unit_code, level, to_era, to_code, is_whole): every commune in each unit of every map that it touches.

    One that touches several also stands in the row of what cannot be attributed.
    """
    touch = backend.table("dim__touch")
    whole = touch.group_by(["from_era", "from_code", "level", "to_era"]).agg(
        is_whole=_.to_code.count() == 1
    )
    touch = touch.join(whole, ["from_era", "from_code", "level", "to_era"])
    straddling = touch.filter(~_.is_whole).mutate(to_code=ibis.literal(NOT_ATTRIBUTABLE)).distinct()
    return ibis.union(touch, straddling).rename(era="from_era", unit_code="from_code")


def _nothing_straddles(counted: Table) -> Table:
    """The district map always has its row of what cannot be attributed, if only to say: no commune."""
    bucket = {
        "level": ibis.literal("district"),
        "to_era": ibis.literal(DISTRICT_ERA),
        "to_code": ibis.literal(NOT_ATTRIBUTABLE),
    }
    occasions = counted.select(*_WHEN, "is_running").distinct().mutate(**bucket)
    missing = occasions.anti_join(counted, [*_WHEN, *_TARGET])
    numbers = [name for name in counted.columns if name.startswith(("units_", "by_"))]
    none = {name: ibis.literal(0, type="int64") for name in numbers}
    return missing.mutate(**none).select(*counted.columns)


def catalogue_rows(catalogue: Sequence[Measure]) -> Table:
    """What a query must know of each measure, one row a measure."""
    rows = [
        {
            "measure": measure.name,
            "unit": measure.unit,
            "is_ratio": measure.denominator is not None,
            "scale": measure.scale,
            "steps": 10**measure.decimals,
            "is_running_measure": measure.is_running,
            "is_over_population": measure.is_over_population,
            "grouped_by_commune": measure.grouped_by_commune,
            "needed": _coverage_column(measure),
            "groupings": list(measure.groupings),
        }
        for measure in catalogue
    ]
    return ibis.memtable(pl.DataFrame(rows, schema_overrides={"groupings": pl.List(pl.String())}))


def rows(backend: "Backend", catalogue: Table) -> Table:
    """The rows of every measure before any sum: places and groups with coverage and the unit's name."""
    calendar = backend.table("cube_periods").select("period", native_era="era")
    units = backend.table("dim__unit").select(to_era="era", to_code="code", unit_name="name")
    places = backend.table("cube_skeleton").join(calendar, "period")
    places = places.left_join(units, ["to_era", "to_code"]).drop("to_era_right", "to_code_right")
    places = places.cross_join(catalogue).filter(
        ~_.is_running | _.is_running_measure,
        (_.level != "province") | (_.to_era == _.native_era),
        # Form 1 and running lists know no older communes: they cannot be shown on an older map.
        ~(_.is_over_population | _.is_running)
        | (_.level != "commune")
        | (_.to_era >= _.native_era),
    )
    columns = [name for name in places.columns if name.startswith("by_")]
    everybody = places.mutate(
        units_reported=_.needed.cases(*((name, _[name]) for name in columns)),
        group_by=ibis.null("string"),
        group=ibis.null("string"),
    ).drop(*columns)
    found = backend.table("cube_sums").filter(_["group_by"].notnull())
    found = found.select("measure", *_WHEN, *_TARGET, "group_by", "group")
    grouped = everybody.drop("group_by", "group").join(found, ["measure", *_WHEN, *_TARGET])
    grouped = grouped.filter(
        _.groupings.contains(_["group_by"]),
        (_.level != "commune") | (_.grouped_by_commune & (_.to_era == _.native_era)),
    )
    return ibis.union(everybody, grouped.select(*everybody.columns))


def marks_every_poor_household() -> ibis.Deferred:
    """Of a commune's list: it carries the marks, for all who are poor (a blank one is not "not deprived")."""
    return _MARKED.any() & _of_every_poor(_.deprivation_employment)


def _of_every_poor(column: ibis.Deferred) -> ibis.Deferred:
    return ((_.class_code != "poor") | column.notnull()).all()


def _coverage_column(measure: Measure) -> str:
    if set(measure.needs) == {"marks", "population"}:
        return "by_unit_marked"
    placed_by = "unit" if measure.is_over_population else "origin"
    return f"by_{placed_by}_{'both' if len(measure.needs) > 1 else measure.needs[0]}"


def _reported_reviews(backend: "Backend") -> Table:
    """Which communes sent what for a yearly review."""
    chosen, listed = backend.table("cube_selected"), backend.table("cube_list_rows")
    sent = chosen.group_by([*_WHEN, "era", "unit_code"]).agg(
        has_list=(_.kind == "list").any(), has_population=(_.kind == "population").any()
    )
    told = listed.group_by([*_WHEN, "era", "unit_code"]).agg(
        has_marks=_MARKED.any(),
        has_all_marks=marks_every_poor_household(),
        has_labour=_of_every_poor(_.is_without_labour_capacity),
        has_merit=_of_every_poor(_.has_member_of_merit),
        has_before=_.class_before_code.notnull().any(),
        names_older_commune=(_.origin_era < _.era).all(),
    )
    keys = [*_WHEN, "era", "unit_code"]
    return sent.left_join(told, keys).select(
        *[sent[key] for key in keys],
        *_SENT,
    )


def _reported_running(backend: "Backend") -> Table:
    """Which communes a running list covers: an opening list and every monthly report that was due."""
    calendar = backend.table("cube_periods").filter(_.is_running)
    touch = backend.table("dim__touch").filter(_.level == "commune")
    opened = backend.table("cube_openings")
    complete = _months_complete(backend, calendar, touch)
    joined = opened.left_join(complete, ["period", "to_era", "to_code"])
    return joined.select(
        period=opened.period,
        standard_id=opened.standard_id,
        selection=ibis.literal("best"),
        era=opened.to_era,
        unit_code=opened.to_code,
        has_list=opened.has_list & complete.is_complete.fill_null(False),
        has_population=opened.has_population,
        **{name: ibis.literal(False) for name in _OF_ROWS},
    ).select(*_WHEN, "era", "unit_code", *_SENT)


def _months_complete(backend: "Backend", calendar: Table, touch: Table) -> Table:
    """(period, to_era, to_code, is_complete): all predecessors sent a report for each month due."""
    due = months_due(backend.table("cube_periods")).join(
        calendar.select("period", to_era="era"), "period"
    )
    expected = due.join(
        touch, [due.month_era == touch.from_era, due.to_era == touch.to_era]
    ).select("period", "month", "month_era", "to_era", "to_code", "from_code")
    sent = (
        backend.table("quality__coverage")
        .filter(_.form == "in_year", _.is_current)
        .select(month="period", month_era="era", from_code="unit_code")
        .distinct()
        .mutate(is_sent=ibis.literal(True))
    )
    return (
        expected.left_join(sent, ["month", "month_era", "from_code"])
        .group_by(["period", "to_era", "to_code"])
        .agg(is_complete=_.is_sent.fill_null(False).all())
    )
