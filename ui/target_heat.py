"""Targets × units in one table of cells: all targets on a wide screen, one at a time on a phone."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from charts.heat_table import Cell, Fill, HeatRow, heat_table
from charts.labels import is_unit, unit_name
from charts.numbers import Language, bare, period, sort_key
from charts.theme import Mode
from measures.target_standing import Standing
from measures.target_units import UnitStanding, UnitStatus
from reports.view_file import Part
from ui import blocks, printing, target_units, targets, url
from ui.data import BY_BUILD, Rows
from ui.folded import folded
from ui.tables import plain_table
from ui.texts import language, plain, t
from warehouse.door import Level

EVERY = "all"
_FILLS: dict[UnitStatus, Fill] = {
    "met": "good", "short": "watch", "worse": "watch", "better": "class_0", "same": "class_0",
    "unknown_trend": "class_0", "no_case": "none", "no_data": "none",
}  # fmt: skip


def show_heat(rows: Rows, level: Level, mode: Mode) -> None:
    """All targets, or those of one, by unit; the twin has the same words."""
    units = target_units.of_targets(rows, level)
    shown = [each for each in targets.standings(rows) if units.get(each.indicator.id)]
    if not shown:
        st.subheader(t("target.heat"))
        blocks.nothing_to_show(t("state.no_units"))
        return
    group = _choose(sorted({_group(each) for each in shown}))
    drawn = [each for each in shown if group in (EVERY, _group(each))]
    if group != EVERY:
        st.markdown("\n".join(f"- {plain(_heading(each))}" for each in drawn))
    named = {each.indicator.id: _heading(each) for each in drawn}
    # On paper nobody hovers: the codes over the columns are told in full.
    printing.note(Part("; ".join(named.values()) + "."))
    columns, table = _cells(rows, level, group, language())
    blocks.chart(
        heat_table(columns, table, language(), mode),
        "target_heat",
        _takeaway(drawn, units),
        " · ".join([t("target.heat.unit"), *([t("target.heat.names")] if group == EVERY else [])]),
        f"{t('target.heat.note')} · {t('block.source', source=t('target.heat.source'))}",
        details=partial(_names, list(named.values())),
        height=520,
    )
    with folded(t("table.open"), "target_heat") as is_open:
        twin = _twin(columns, table)
        taken = twin.rename(named)
        plain_table(
            twin, "target_heat", "muc_tieu_theo_noi", rows.served, taken=taken, is_open=is_open
        )


def _names(headings: Sequence[str]) -> None:
    """What the codes over the columns stand for, one click away."""
    with st.popover(t("target.heat.codes"), icon=":material/list:", type="tertiary"):
        st.markdown("\n".join(f"- {plain(each)}" for each in headings))


def _takeaway(shown: Sequence[Standing], units: target_units.Units) -> str:
    """The target that most places fall short of, or get worse on; of equal ones the first of the plan."""
    short = {
        each.indicator.id: sum(one.status in ("short", "worse") for one in units[each.indicator.id])
        for each in shown
    }
    worst = max(shown, key=lambda each: short[each.indicator.id])
    if not short[worst.indicator.id] or len(units[worst.indicator.id]) == 1:
        return t("target.heat")
    return t(
        "target.heat.takeaway",
        indicator=_heading(worst),
        short=short[worst.indicator.id],
        all=len(units[worst.indicator.id]),
    )


def _choose(groups: Sequence[str]) -> str:
    """A number of the plan's targets, or every one: not on a phone, where the cells would be too narrow to read."""
    options = list(groups) if blocks.is_phone() else [EVERY, *groups]
    return url.choice(
        st.selectbox,
        t("target.heat.choose"),
        options,
        key="targets",
        default=options[0],
        format_func=lambda one: t("target.heat.all") if one == EVERY else t("target.no", id=one),
        width=220,
    )


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=dict(BY_BUILD))
def _cells(
    rows: Rows, level: Level, group: str, lang: Language
) -> tuple[tuple[str, ...], tuple[HeatRow, ...]]:
    """Headings and rows: a thousand cells, told once a build. ``lang`` is the language of the run."""
    units = target_units.of_targets(rows, level)
    columns = tuple(
        each.indicator.id
        for each in targets.standings(rows)
        if units.get(each.indicator.id) and group in (EVERY, _group(each))
    )
    cells = {code: {one.unit_code: one for one in units[code]} for code in columns}
    places = {one.unit_code: one for code in columns for one in units[code]}
    ordered = sorted(
        places.values(),
        key=lambda one: (not is_unit(one.row), sort_key(unit_name(one.row, lang))),
    )
    nothing = Cell("○", t("target.no_data"), "none")
    return columns, tuple(
        HeatRow(
            unit_name(one.row, lang),
            tuple(
                _cell(code, cells[code][one.unit_code], lang)
                if one.unit_code in cells[code]
                else nothing
                for code in columns
            ),
        )
        for one in ordered
    )


def _twin(columns: Sequence[str], table: Sequence[HeatRow]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                t("column.unit"): row.name,
                **{code: cell.text for code, cell in zip(columns, row.cells, strict=True)},
            }
            for row in table
        ]
    )


def _group(found: Standing) -> str:
    """``T1`` of ``T1.2``."""
    return found.indicator.id.partition(".")[0]


def _heading(found: Standing) -> str:
    row = found.row
    return f"{targets.label(found.indicator)} ({period(row['period'], language()) if row else ''})"


def _cell(code: str, unit: UnitStanding, lang: Language) -> Cell:
    text = _symbol(unit)
    if unit.row["value"] is not None and unit.status != "no_data":
        text = f"{text} {bare(unit.row['value'], unit.row['unit'], lang)}"
    name = f"{unit_name(unit.row, lang)} · {code}: {text}, {t(f'target.unit.{unit.status}')}"
    return Cell(text, name, _FILLS[unit.status])


def _symbol(unit: UnitStanding) -> str:
    if unit.status in ("better", "worse"):
        return "↗" if (unit.change or 0) > 0 else "↘"
    symbols = {"met": "✔", "short": "▲", "same": "→", "no_case": "–", "no_data": "○"}
    return symbols.get(unit.status, "·")
