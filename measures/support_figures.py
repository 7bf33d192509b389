"""Figures over lists of support by household: rows of ``result__estimate`` for every measure and year of a list.

A commune is in a figure when its list tells what the figure needs. Communes are placed on other maps forward,
whole, like the agencies' workbooks.
"""

from collections.abc import Sequence

import ibis
import polars as pl
from ibis import Deferred, _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table, Value

from measures import programme_figures
from measures.household_support import FORM, MEASURES, HouseholdMeasure
from measures.linked import by_household
from measures.marking import STATUS_RANKS, marked
from reference.loading import indicators

_COMMUNE = ["period", "era", "unit_code"]
_PLACE = ["level", "to_era", "to_code"]


def estimates(backend: Backend, first_year: int = 0) -> Table:
    """Rows of ``result__estimate`` of every measure and period of a list from ``first_year`` on."""
    rows = current_rows(backend, "core_support__household", FORM)
    rows = rows.filter(_.period[:4].cast("int64") >= first_year)
    facts = per_commune(_households(rows), MEASURES)
    frame = programme_figures.expected(backend, rows.mutate(form=ibis.literal(FORM)), "form")
    frame = frame.cross_join(ibis.memtable(catalogue_rows(MEASURES)))
    return placed_figures(backend, frame, facts)


def current_rows(backend: Backend, table: str, form: str) -> Table:
    """Rows of the strongest status of each commune and period of ``form``, with ``status_rank``."""
    told = backend.table("quality__coverage").filter(_.is_current, _.form == form)
    ranked = told.mutate(status_rank=_.status.cases(*STATUS_RANKS, else_=0))
    window = ibis.window(group_by=_COMMUNE, order_by=[ibis.desc("status_rank"), "submission_id"])
    best = ranked.mutate(position=ibis.row_number().over(window)).filter(_.position == 0)
    best = best.select("submission_id", *_COMMUNE, "status_rank")
    return by_household(backend, backend.table(table).join(best, ["submission_id", *_COMMUNE]))


def _households(rows: Table) -> Table:
    """What all rows of a household say together."""
    entitled = _.policy != "nothing"
    marks: dict[str, Deferred] = {}
    for indicator in indicators():
        is_it = (_.deprivation == indicator.code).fill_null(False)
        marks |= {
            f"has_{indicator.code}": is_it.any(),
            f"got_{indicator.code}": (is_it & _.is_received.fill_null(False)).any(),
            f"open_{indicator.code}": (is_it & _.is_received.isnull()).any(),
        }
    by_list = ibis.window(group_by=["submission_id", *_COMMUNE])
    rows = rows.mutate(names_any=_.deprivation.notnull().any().over(by_list))
    return rows.group_by([*_COMMUNE, "household_id"]).agg(
        status_rank=_.status_rank.min(),
        names_deprivations=_.names_any.any(),
        is_newly_escaped=(_.household_class == "newly_escaped").fill_null(False).any(),
        is_entitled=entitled.any(),
        is_left_out=(entitled & ~_.is_received.fill_null(True)).any(),
        is_entitled_open=(entitled & _.is_received.isnull()).any(),
        **marks,
    )


def per_commune(households: Table, measures: Sequence[HouseholdMeasure]) -> Table:
    """(measure, period, era, unit_code, numerator, denominator, status_rank) of communes that tell it."""
    pairs: dict[str, Deferred] = {}
    for measure in measures:
        pairs[f"{measure.name}__of"] = measure.denominator
        pairs[f"{measure.name}__in"] = measure.numerator
    told = households.select(*_COMMUNE, "status_rank", **pairs)
    sums: dict[str, Value] = {}
    for measure in measures:
        of, inside = told[f"{measure.name}__of"], told[f"{measure.name}__in"]
        sums |= {
            f"{measure.name}__denominator": of.sum(),
            f"{measure.name}__numerator": inside.sum(where=of > 0),
            f"{measure.name}__open": of.isnull().sum(),
        }
    summed = told.group_by(_COMMUNE).agg(status_rank=told.status_rank.min(), **sums)
    figures = [
        ibis.struct(
            {
                "measure": ibis.literal(measure.name),
                **{
                    word: summed[f"{measure.name}__{word}"]
                    for word in ("numerator", "denominator", "open")
                },
            }
        )
        for measure in measures
    ]
    long = summed.select(*_COMMUNE, "status_rank", figure=ibis.array(figures).unnest())
    told_by = long.select(
        *_COMMUNE,
        "status_rank",
        measure=_.figure["measure"],
        numerator=ibis.coalesce(_.figure["numerator"], 0).cast("float64"),
        denominator=_.figure["denominator"].cast("float64"),
        open=_.figure["open"],
    )
    # All that is known adds up to nobody, and others are unknown: that is no absence of cases.
    known = told_by.filter(_.denominator.notnull(), (_.denominator > 0) | (_.open == 0))
    return known.drop("open")


def catalogue_rows(measures: Sequence[HouseholdMeasure]) -> pl.DataFrame:
    """What a query must know of each measure, one row a measure."""
    return pl.DataFrame(
        [
            {"measure": m.name, "unit": m.unit, "is_ratio": True, "scale": 100,
             "steps": 10**m.decimals}
            for m in measures
        ]
    )  # fmt: skip


def placed_figures(backend: Backend, frame: Table, facts: Table) -> Table:
    """Rows of ``result__estimate``: every row of ``frame`` (measure, period, place, units expected) with its sums."""
    sums = programme_figures.placed(backend, facts, "measure", ["numerator", "denominator"])
    joined = frame.left_join(sums, ["measure", "period", *_PLACE]).select(
        *[frame[name] for name in frame.columns],
        sums.status_rank,
        sums.numerator,
        sums.denominator,
        units_reported=ibis.coalesce(sums.units_reported, 0),
    )
    nothing = ibis.null("string")
    return marked(
        joined.mutate(
            selection=ibis.literal("best"), standard_id=nothing, group_by=nothing, group=nothing
        )
    )
