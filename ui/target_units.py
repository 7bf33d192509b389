"""Targets by unit: where each unit stands, who moved in a year, and two simulations."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from charts.dumbbell import Moved, dumbbell
from charts.labels import Row, counted_unit, is_unit, unit_name
from charts.numbers import (
    MISSING,
    amount,
    bare,
    number,
    period,
    rate,
    signed,
    split_period,
)
from charts.theme import Mode
from measures.catalogue import cards
from measures.target_standing import Standing, period_end
from measures.target_units import (
    UnitStanding,
    moved_most,
    typical_changes,
    unit_standings,
    year_before,
)
from measures.what_if import at_median_pace, needed_a_year
from ui import blocks, filters, printing, targets, url
from ui.data import BY_BUILD, Rows
from ui.tables import plain_table
from ui.texts import language, plain, t
from warehouse.door import Level

_EACH_WAY = 6
_MOST_UNITS = 30
Units = Mapping[str, Sequence[UnitStanding]]


def era_of(rows: Rows, level: Level, shown: str) -> str:
    """Map on which units of ``level`` stand: the former districts, else the one in force today."""
    if level == "district":
        return filters.DISTRICT_ERA
    return filters.era_in_force(rows, shown, rows.served.today)


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=dict(BY_BUILD))
def of_targets(rows: Rows, level: Level) -> Units:
    """Units on every indicator that has a figure, at the period the province is judged on."""
    found = targets.standings(rows)
    shown = {each.indicator.measure: each for each in found if each.indicator.measure and each.row}
    periods = {str(each.row["period"]) for each in shown.values() if each.row}
    told = rows.estimates(
        tuple(shown),
        level=level,
        periods=tuple(sorted(periods | {year_before(code) for code in periods})),
        era=era_of(rows, level, max(periods, default="2025")),
    )
    by_measure = told.partition_by("measure", as_dict=True)
    return {
        each.indicator.id: unit_standings(
            each.indicator,
            by_measure.get((each.indicator.measure,), told.clear()),
            str(each.row["period"]),
        )
        for each in shown.values()
        if each.row
    }


def show_movers(found: Standing, units: Sequence[UnitStanding], mode: Mode, rows: Rows) -> None:
    """Who moved most since the year before: level and change side by side."""
    lower = found.indicator.direction == "lower_is_better"
    moved = [each for each in moved_most(units, lower) if is_unit(each.row)]
    if not moved or found.row is None:
        printing.subheader(t("target.moved"))
        blocks.nothing_to_show(t("target.moved.none"))
        return
    few = moved if len(moved) <= 2 * _EACH_WAY else [*moved[:_EACH_WAY], *moved[-_EACH_WAY:]]
    drawn = [_moved(each, lower) for each in few]
    title = _most_moved(drawn)
    card, before = (
        cards()[found.row["measure"]],
        period(year_before(found.row["period"]), language()),
    )
    blocks.chart(
        dumbbell(drawn, language(), mode),
        "target_moved",
        title,
        t(
            "target.moved.subtitle",
            measure=blocks.label(card),
            unit=t(f"unit.{card.unit}"),
            before=before,
            now=period(found.row["period"], language()),
        ),
        f"{t('target.moved.note', period=before)} {blocks.small_print(card, found.row, rows.served.today)}",
    )
    st.caption(t("target.moved.typical.note"))
    unit, typical = (
        found.row["unit"],
        typical_changes([each for each in units if is_unit(each.row)]),
    )
    plain_table(
        pl.DataFrame(
            [
                {
                    t("column.unit"): unit_name(each.row, language()),
                    t("target.moved.now"): amount(each.row["value"], unit, language()),
                    t("target.moved.before"): amount(each.before, unit, language()),
                    t("target.moved.change"): signed(each.change, unit, language()),
                    t("target.moved.typical"): signed(
                        typical.get(each.unit_code), unit, language()
                    ),
                    t("target.column.status"): t(f"target.unit.{each.status}"),
                }
                for each in moved
            ]
        ),
        "target_moved",
        "thay_doi_mot_nam",
        rows.served,
    )


def _most_moved(drawn: Sequence[Moved]) -> str:
    best, worst = drawn[0], drawn[-1]
    if len(drawn) == 1:
        return t("target.moved.single", unit=best.name, text=best.text)
    if best.is_better:
        return t("target.moved.best", unit=best.name, text=best.text)
    if worst.is_better is False:
        return t("target.moved.no_better", unit=worst.name, text=worst.text)
    return t("target.moved")


def _moved(each: UnitStanding, lower: bool) -> Moved:
    unit = each.row["unit"]
    moved = each.change or 0
    before = bare(each.before, each.row["unit"], language())
    text = f"{before} → {amount(each.row['value'], unit, language())}"
    better = None if moved == 0 else (moved < 0) == lower
    name = unit_name(each.row, language())
    return Moved(name, each.before or 0, each.row["value"], text, better)


def show_what_if(found: Standing, units: Sequence[UnitStanding]) -> None:
    """Two simulations under a heading that says so."""
    printing.subheader(t("what_if.title"))
    st.warning(t("what_if.note"), icon=":material/science:")
    if found.row is None:
        blocks.nothing_to_show(t("what_if.none"))
        return
    counted = counted_unit(found.row["measure"])
    left, right = st.columns(2, gap="large")
    with left, st.container(border=True, height="stretch"):
        _at_median(units, counted)
    with right, st.container(border=True, height="stretch"):
        _by_date(found, found.row, counted)


def _at_median(units: Sequence[UnitStanding], counted: str) -> None:
    count = st.number_input(
        t("what_if.count"), min_value=1, max_value=_MOST_UNITS, value=5, key="what_if_count"
    )
    simulated = at_median_pace([each for each in units if is_unit(each.row)], int(count))
    if simulated is None or not simulated.units:
        st.markdown(t("what_if.no_pace"))
        return
    st.markdown(
        t(
            "what_if.median",
            count=len(simulated.units),
            pace=rate(simulated.median_pace_pct, language()),
            gain=amount(simulated.gain, counted, language()),
            own=number(simulated.own, language()),
            simulated=number(simulated.simulated, language()),
        )
    )
    st.caption(
        plain("; ".join(unit_name(each.row, language()) for each in simulated.units)) or MISSING
    )


def _by_date(found: Standing, row: Row, counted: str) -> None:
    if found.people is None:
        st.markdown(t("what_if.none"))
        return
    year, _ = split_period(row["period"])
    years = [str(code) for code in range(int(year) + 1, found.indicator.deadline_year + 1)]
    chosen = url.choice(
        st.selectbox, t("what_if.year"), years, key="by_year", default=years[-1], format_func=str
    )
    a_year = needed_a_year(found.people, period_end(row["period"]), int(chosen))
    st.markdown(
        t(
            "what_if.by_date",
            year=chosen,
            people=amount(found.people, counted, language()),
            a_year=amount(a_year, counted, language()),
        )
    )
    st.caption(t("what_if.by_date.note"))
