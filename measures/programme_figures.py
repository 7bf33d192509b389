"""Figures over the agencies' half-yearly workbooks: the plan's indicators, and the sum of every quantity.

A commune is in an indicator when its agency reported every term of it. Figures are placed on other maps like
form 1: forward, whole, never split.
"""

import ibis
import polars as pl
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import skeleton
from measures.catalogue import reported_measures
from measures.marking import STATUS_RANKS, marked
from reference.loading import era_at
from reference.periods import last_day
from reference.programmes import FORM_PREFIX, programme_forms
from warehouse.geography import DISTRICT_ERA, NOT_ATTRIBUTABLE
from warehouse.result_tables import RESULT__PROGRAMME

_PLACE = ["level", "to_era", "to_code"]
_REPORT = ["form", "era", "unit_code", "period"]


def estimates(backend: Backend, first_year: int = 0) -> Table:
    """Rows of ``result__estimate`` for every indicator and half-year from ``first_year`` on."""
    values = _current(backend).filter(_.period[:4].cast("int64") >= first_year)
    facts = placed(backend, _complete(values), "measure", ["numerator", "denominator"])
    expected_rows = expected(backend, values, "form")
    measures = ibis.memtable(_catalogue())
    frame = expected_rows.join(measures, "form")
    keys = ["measure", "period", *_PLACE]
    joined = frame.left_join(facts, keys).select(
        *[frame[name] for name in frame.columns],
        facts.status_rank,
        facts.numerator,
        facts.denominator,
        units_reported=ibis.coalesce(facts.units_reported, 0),
    )
    nothing = ibis.null("string")
    return marked(
        joined.mutate(
            selection=ibis.literal("best"), standard_id=nothing, group_by=nothing, group=nothing
        )
    )


def totals(backend: Backend, first_year: int = 0) -> Table:
    """Rows of ``result__programme`` from ``first_year`` on: each quantity of each programme, summed over the
    communes of a unit."""
    values = _current(backend).filter(_.period[:4].cast("int64") >= first_year)
    summed = values.inner_join(ibis.memtable(_quantities()), ["programme", "quantity"])
    named = summed.mutate(thing=_.programme + "/" + _.quantity)
    facts = placed(backend, named.rename(numerator="value"), "thing", ["numerator"])
    things = named.select("form", "thing", "programme", "quantity").distinct()
    frame = _on_own_map(backend, expected(backend, values, "form")).join(things, "form")
    keys = ["thing", "period", *_PLACE]
    joined = frame.left_join(facts, keys).select(
        *[frame[name] for name in frame.columns],
        value=facts.numerator,
        units_reported=ibis.coalesce(facts.units_reported, 0),
    )
    nothing_straddles = (_.units_expected == 0).ifelse(0.0, _.value)
    rows = joined.mutate(value=nothing_straddles, era=_.to_era, unit_code=_.to_code)
    mark = ibis.cases(
        (_.value.isnull(), "no_data"),
        (_.unit_code == NOT_ATTRIBUTABLE, "not_attributable"),
        (_.value == 0, "zero"),
        else_="ok",
    )
    return (
        rows.mutate(mark=mark)
        .select(*RESULT__PROGRAMME.columns)
        .cast(RESULT__PROGRAMME.ibis_schema)
    )


def _current(backend: Backend) -> Table:
    """Values of the strongest status of each workbook, commune and half-year, with ``status_rank``."""
    told = backend.table("quality__coverage").filter(_.is_current, _.form.startswith(FORM_PREFIX))
    ranked = told.mutate(status_rank=_.status.cases(*STATUS_RANKS, else_=0))
    window = ibis.window(group_by=_REPORT, order_by=[ibis.desc("status_rank"), "submission_id"])
    best = ranked.mutate(position=ibis.row_number().over(window)).filter(_.position == 0)
    best = best.select("submission_id", *_REPORT, "status_rank")
    values = backend.table("core_programme__value").drop("form", "status")
    return values.join(best, ["submission_id", "era", "unit_code", "period"])


def _complete(values: Table) -> Table:
    """(measure, period, era, unit_code, numerator, denominator): communes that reported every term."""
    terms = ibis.memtable(_terms())
    found = values.join(terms, ["programme", "quantity"])
    summed = found.group_by(["measure", "period", "era", "unit_code", "term_count"]).agg(
        status_rank=_.status_rank.min(),
        told=_.count(),
        numerator=_.value.sum(where=_.role == "numerator"),
        denominator=_.value.sum(where=_.role == "denominator"),
    )
    return summed.filter(_.told == _.term_count)


def placed(backend: Backend, facts: Table, thing: str, sums: list[str]) -> Table:
    """``facts`` (one row a commune, period and thing) summed on every map, with how many communes are in the sum."""
    placement = backend.table("dim__placement").rename(era="from_era", unit_code="from_code")
    return (
        facts.join(placement, ["era", "unit_code"])
        .group_by([thing, "period", *_PLACE])
        .agg(
            status_rank=_.status_rank.min(),
            units_reported=_.count(),
            **{name: _[name].sum() for name in sums},
        )
    )


def expected(backend: Backend, values: Table, form: str) -> Table:
    """(form, period, place, unit_name, units_expected): every unit of every half-year the agency reported on.

    The province is shown as it was, the former districts always, communes on the map in force and on every later
    one, so that a year can be compared with the year before.
    """
    told = values.select(form, "period").distinct()
    calendar = _calendar(backend)
    ground = skeleton.ground(backend)
    occasions = told.join(calendar, "period")
    counted = (
        occasions.join(ground, "era")
        .filter(
            (_.level == "district")
            | (_.to_era == _.era)
            | ((_.level == "commune") & (_.to_era > _.era))
        )
        .group_by([form, "period", *_PLACE])
        .agg(units_expected=_.count())
    )
    bucket = occasions.select(form, "period").mutate(
        level=ibis.literal("district"),
        to_era=ibis.literal(DISTRICT_ERA),
        to_code=ibis.literal(NOT_ATTRIBUTABLE),
    )
    missing = bucket.anti_join(counted, [form, "period", *_PLACE])
    everywhere = ibis.union(
        counted,
        missing.mutate(units_expected=ibis.literal(0, type="int64")).select(*counted.columns),
    )
    names = backend.table("dim__unit").select(to_era="era", to_code="code", unit_name="name")
    return everywhere.left_join(names, ["to_era", "to_code"]).drop("to_era_right", "to_code_right")


def _on_own_map(backend: Backend, rows: Table) -> Table:
    """Communes as they were at the end of each half-year only."""
    own = _calendar(backend).rename(to_era="era")
    others = rows.filter(_.level != "commune")
    return ibis.union(
        others, rows.filter(_.level == "commune").semi_join(own, ["period", "to_era"])
    )


def _calendar(backend: Backend) -> Table:
    """(period, era): the map at the end of every period that anybody reported on."""
    told = backend.table("quality__coverage").select("period").distinct().to_polars()
    periods = told["period"].drop_nulls().sort().to_list()
    eras = [era_at(last_day(period)) for period in periods]
    return ibis.memtable(
        pl.DataFrame(
            {"period": periods, "era": eras}, schema={"period": pl.String(), "era": pl.String()}
        )
    )


def _terms() -> pl.DataFrame:
    """(measure, role, programme, quantity, term_count)."""
    rows = [
        (name, *term, len(measure.terms))
        for name, measure in reported_measures().items()
        for term in measure.terms
    ]
    return pl.DataFrame(
        rows, schema=["measure", "role", "programme", "quantity", "term_count"], orient="row"
    )


def _catalogue() -> pl.DataFrame:
    """What a query must know of each indicator; a measure belongs to the workbook of its first term."""
    form_of = {
        programme.id: form.form for form in programme_forms() for programme in form.programmes
    }
    rows = [
        {
            "measure": name,
            "form": form_of[measure.numerator[0][0]],
            "unit": measure.unit,
            "is_ratio": measure.denominator is not None,
            "scale": measure.scale,
            "steps": 10**measure.decimals,
        }
        for name, measure in reported_measures().items()
    ]
    return pl.DataFrame(rows)


def _quantities() -> pl.DataFrame:
    """(programme, quantity) of everything that may be added up."""
    rows = [
        (programme.id, column.quantity)
        for form in programme_forms()
        for programme in form.programmes
        for column in programme.columns
        if column.is_summed
    ]
    return pl.DataFrame(rows, schema=["programme", "quantity"], orient="row")
