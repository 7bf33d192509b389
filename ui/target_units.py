"""Targets by unit: all of them in one table of cells, who moved in a year, and two simulations."""

from collections.abc import Mapping, Sequence

import polars as pl
import streamlit as st

from charts.dumbbell import Moved, dumbbell
from charts.heat_table import Cell, Fill, HeatRow, heat_table
from charts.labels import Row, counted_unit, is_unit, unit_name
from charts.numbers import (
    MISSING,
    Language,
    amount,
    number,
    period,
    rate,
    signed,
    sort_key,
    split_period,
)
from charts.theme import Mode
from measures.target_standing import Standing, period_end
from measures.target_units import (
    UnitStanding,
    UnitStatus,
    moved_most,
    typical_changes,
    unit_standings,
    year_before,
)
from measures.what_if import at_median_pace, needed_a_year
from ui import blocks, filters, targets, url
from ui.data import Rows
from ui.tables import plain_table
from ui.texts import language, plain, t
from warehouse.door import Level

EVERY = "all"
_FILLS: dict[UnitStatus, Fill] = {
    "met": "good", "short": "watch", "worse": "watch", "better": "class_0", "same": "class_0",
    "unknown_trend": "class_0", "no_case": "none", "no_data": "none",
}  # fmt: skip
_EACH_WAY = 6
_MOST_UNITS = 30
Units = dict[str, list[UnitStanding]]


def era_of(rows: Rows, level: Level, shown: str) -> str:
    """Map on which units of ``level`` stand: the former districts, else the one in force today."""
    if level == "district":
        return filters.DISTRICT_ERA
    return filters.era_in_force(rows, shown, rows.served.today)


def of_targets(rows: Rows, found: Sequence[Standing], level: Level) -> Units:
    """Units on every indicator that has a figure, at the period the province is judged on."""
    shown = {each.indicator.measure or "": each for each in found if each.row is not None}
    periods = {str(each.row["period"]) for each in shown.values() if each.row}
    told = rows.estimates(
        tuple(shown),
        level=level,
        periods=tuple(sorted(periods | {year_before(code) for code in periods})),
        era=era_of(rows, level, max(periods, default="2025")),
    )
    return {
        each.indicator.id: unit_standings(each.indicator, told, str(each.row["period"]))
        for each in shown.values()
        if each.row
    }


def show_heat(found: Sequence[Standing], units: Units, mode: Mode, rows: Rows) -> None:
    """All targets, or those of one, by unit; the twin has the same words."""
    st.subheader(t("target.heat"))
    groups = sorted({code.partition(".")[0] for code, told in units.items() if told})
    group = url.choice(
        st.selectbox,
        t("target.heat.choose"),
        [EVERY, *groups],
        key="targets",
        default=groups[0] if groups and blocks.is_phone() else EVERY,
        format_func=lambda one: t("target.heat.all") if one == EVERY else t("target.no", id=one),
        width=220,
    )
    shown = [
        each for each in found
        if units.get(each.indicator.id) and group in (EVERY, each.indicator.id.partition(".")[0])
    ]  # fmt: skip
    lang, columns = language(), [each.indicator.id for each in shown]
    st.caption(t("target.heat.note", names=plain(" · ".join(map(_heading, shown)))))
    cells = {code: {one.unit_code: one for one in units[code]} for code in columns}
    places = {one.unit_code: one for code in columns for one in units[code]}
    ordered = sorted(
        places.values(),
        key=lambda one: (not is_unit(one.row), sort_key(unit_name(one.row, lang))),
    )
    if not ordered:
        blocks.nothing_to_show(t("state.no_units"))
        return
    words = {status: t(f"target.unit.{status}") for status in _FILLS}
    nothing = Cell("○", t("target.no_data"), "none")
    table = [
        HeatRow(
            unit_name(one.row, lang),
            tuple(
                _cell(code, cells[code][one.unit_code], lang, words)
                if one.unit_code in cells[code]
                else nothing
                for code in columns
            ),
        )
        for one in ordered
    ]
    with st.container(height=520, border=False):
        blocks.plain_chart(
            heat_table(columns, table, language(), mode), "target_heat", t("target.heat")
        )
    with st.expander(t("table.open"), icon=":material/table_rows:"):
        twin = pl.DataFrame(
            [
                {
                    t("column.unit"): row.name,
                    **{code: cell.text for code, cell in zip(columns, row.cells, strict=True)},
                }
                for row in table
            ]
        )
        plain_table(twin, "target_heat", "muc_tieu_theo_noi", rows.served)


def _heading(found: Standing) -> str:
    row = found.row
    return f"{targets.label(found.indicator)} ({period(row['period'], language()) if row else ''})"


def _cell(code: str, unit: UnitStanding, lang: Language, words: Mapping[UnitStatus, str]) -> Cell:
    """One of a thousand: what depends on the reader is asked once, outside."""
    text = _symbol(unit)
    if unit.row["value"] is not None and unit.status != "no_data":
        text = f"{text} {_short(unit.row, lang)}"
    name = f"{unit_name(unit.row, lang)} · {code}: {text}, {words[unit.status]}"
    return Cell(text, name, _FILLS[unit.status])


def _symbol(unit: UnitStanding) -> str:
    if unit.status in ("better", "worse"):
        return "↗" if (unit.change or 0) > 0 else "↘"
    symbols = {"met": "✔", "short": "▲", "same": "→", "no_case": "–", "no_data": "○"}
    return symbols.get(unit.status, "·")


def _short(row: Row, lang: Language) -> str:
    """A figure without its unit, which stands in the heading."""
    if row["unit"] == "pct":
        return rate(row["value"], lang).removesuffix("%").rstrip()
    return number(row["value"], lang)


def show_movers(found: Standing, units: Sequence[UnitStanding], mode: Mode, rows: Rows) -> None:
    """Who moved most since the year before: level and change side by side."""
    lower = found.indicator.direction == "lower_is_better"
    moved = [each for each in moved_most(units, lower) if is_unit(each.row)]
    if not moved or found.row is None:
        st.subheader(t("target.moved"))
        blocks.nothing_to_show(t("target.moved.none"))
        return
    few = moved if len(moved) <= 2 * _EACH_WAY else [*moved[:_EACH_WAY], *moved[-_EACH_WAY:]]
    drawn = [_moved(each, lower) for each in few]
    title = _most_moved(drawn)
    st.subheader(plain(title))
    st.caption(t("target.moved.note", period=period(year_before(found.row["period"]), language())))
    st.caption(t("target.moved.typical.note"))
    blocks.plain_chart(
        dumbbell(drawn, language(), mode),
        "target_moved",
        title,
    )
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
    if best.is_better:
        return t("target.moved.best", unit=best.name, text=best.text)
    if worst.is_better is False:
        return t("target.moved.no_better", unit=worst.name, text=worst.text)
    return t("target.moved")


def _moved(each: UnitStanding, lower: bool) -> Moved:
    unit = each.row["unit"]
    moved = each.change or 0
    before = _short({**each.row, "value": each.before}, language())
    text = f"{before} → {amount(each.row['value'], unit, language())}"
    better = None if moved == 0 else (moved < 0) == lower
    name = unit_name(each.row, language())
    return Moved(name, each.before or 0, each.row["value"], text, better)


def show_what_if(found: Standing, units: Sequence[UnitStanding]) -> None:
    """Two simulations under a heading that says so."""
    st.subheader(t("what_if.title"))
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
