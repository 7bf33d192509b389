"""Who left the list after a model: rows of ``result__estimate`` of ``model_participants_out_rate``.

Counted are households that were on the list at the review before they joined and whose two reviews are over. Nobody
is followed across a change of standard.
"""

import ibis
from ibis import _
from ibis.backends.duckdb import Backend
from ibis.expr.types import Table

from measures import programme_figures
from measures.linked import by_household
from measures.model_participants_out_rate import FORM, MEASURE, REVIEWS
from measures.support_figures import catalogue_rows, current_rows, per_commune, placed_figures

_COMMUNE = ["period", "era", "unit_code"]


def estimates(backend: Backend, first_year: int = 0) -> Table:
    """Rows of ``result__estimate`` for every year of a list of participants from ``first_year`` on.

    Needs ``flow_selected`` of the household flows.
    """
    members = current_rows(backend, "core_model__participant", FORM)
    members = members.filter(_.period[:4].cast("int64") >= first_year)
    frame = programme_figures.expected(backend, members.mutate(form=ibis.literal(FORM)), "form")
    frame = frame.cross_join(ibis.memtable(catalogue_rows((MEASURE,))))
    facts = per_commune(_followed(backend, members), (MEASURE,))
    return placed_figures(backend, frame, ibis.union(facts, _nobody(backend, members, facts)))


def _followed(backend: Backend, members: Table) -> Table:
    """(period, commune, household, has_left, is_told): participants whose two reviews are over."""
    joined = members.group_by([*_COMMUNE, "household_id"]).agg(
        status_rank=_.status_rank.min(), entry_year=_.entry_date.min().year()
    )
    due = joined.filter(_.entry_year + REVIEWS - 1 <= _.period[:4].cast("int64"))
    lists = _lists(backend)
    before = lists.filter(_.class_code != "none").select(
        "household_id", "standard_id", entry_year=_.year + 1
    )
    started = due.join(before, ["household_id", "entry_year"])
    later = lists.select("household_id", "standard_id", "year", class_later="class_code")
    seen = started.left_join(later, ["household_id", "standard_id"])
    inside = (seen.year >= seen.entry_year) & (seen.year < seen.entry_year + REVIEWS)
    is_last = seen.year == seen.entry_year + REVIEWS - 1
    was_out = ((_.class_later == "none") & inside).fill_null(False)
    is_back = ((_.class_later != "none") & is_last).fill_null(False)
    # A review under two standards tells of one household twice.
    found = seen.group_by([*_COMMUNE, "household_id"]).agg(
        status_rank=_.status_rank.min(), was_out=was_out.any(), is_listed=is_back.any()
    )
    return found.mutate(has_left=_.was_out & ~_.is_listed, is_told=_.was_out | _.is_listed)


def _lists(backend: Backend) -> Table:
    """(household_id, standard_id, year, class_code) of the reviews; of two rows the poorer class speaks."""
    chosen = backend.table("flow_selected").filter(
        _.selection == "best", _.kind == "list", _.period.length() == 4
    )
    keys = ["submission_id", "era", "unit_code", "period"]
    listed = backend.table("core_review__household").join(chosen.select(*keys), keys)
    rows = by_household(backend, listed)
    rank = _.class_code.cases(("poor", 0), ("near_poor", 1), else_=2)
    return (
        rows.filter(_.class_code.notnull(), _.household_id.notnull())
        .mutate(year=_.period.cast("int64"))
        .group_by(["household_id", "standard_id", "year"])
        .agg(rank=rank.min())
        .select(
            "household_id",
            "standard_id",
            "year",
            class_code=_["rank"].cases((0, "poor"), (1, "near_poor"), else_="none"),
        )
    )


def _nobody(backend: Backend, members: Table, facts: Table) -> Table:
    """Communes whose review list is there and that have no participant to follow: 0 of 0."""
    told = members.group_by("period").agg(status_rank=_.status_rank.min())
    listed = backend.table("flow_selected").filter(_.selection == "best", _.kind == "list")
    listed = listed.select(*_COMMUNE).distinct().join(told, "period")
    empty = listed.anti_join(facts, _COMMUNE).anti_join(members, _COMMUNE)
    return empty.mutate(
        measure=ibis.literal(MEASURE.name),
        numerator=ibis.literal(0.0),
        denominator=ibis.literal(0.0),
    ).select(*facts.columns)
