"""The twelve deprivations by unit: a table of cells, its twin, and what the numbers over it stand for."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import partial
from textwrap import wrap

import polars as pl
import streamlit as st

from charts.heat_table import Cell, Fill, HeatRow, heat_table
from charts.labels import Row, has_figure, is_unit, unit_name
from charts.numbers import number, sort_key
from charts.rate_classes import breaks_of
from charts.theme import Mode
from measures.catalogue import cards
from reference.loading import indicators
from reference.records import Indicator
from ui import blocks, filters, printing, tables, url
from ui.changes import is_complete
from ui.data import Rows
from ui.deprivations import deprived, figures, name, reported, told
from ui.folded import folded
from ui.provenance import provenance
from ui.texts import language, t
from warehouse.door import Level

_RATE_CLASSES: tuple[Fill, ...] = ("class_0", "class_1", "class_2", "class_3", "class_4")
_LETTERS_IN_HEADING = 11
"""Twelve columns of a page have room for so many letters in a line."""
_HALVES = ("1-6", "7-12")
Place = tuple[str, dict[str, Row]]
"""Name of a unit, and its rows by measure."""


def show_places(rows: Rows, class_code: str, period: str, level: Level) -> None:
    """The twelve indicators of one class by unit: a picture with its table."""
    is_old = level == "district"
    era = filters.DISTRICT_ERA if is_old else filters.era_in_force(rows, period, rows.served.today)
    names = tuple(deprived(each.code, class_code) for each in indicators())
    units = rows.estimates(names, level=level, periods=(period,), era=era)
    if units.is_empty():
        printing.subheader(t(f"dep.places.{class_code}"))
        blocks.nothing_to_show(t("state.no_units"))
        return
    mode, places = blocks.mode(), by_unit(units)
    shown = _in_view()
    whole = figures(rows, period).get(names[0])
    blocks.chart(
        heat_table(headings(shown), heat(places, class_code, shown), language(), mode),
        "deprivation_heat",
        takeaway(places, class_code),
        f"{t(f'dep.places.{class_code}')} · {period}",
        f"{legend(shown, mode)} {blocks.small_print(cards()[names[0]], whole, rows.served.today)}",
        details=partial(provenance, rows, cards()[names[0]], whole, "deprivation_heat"),
        height=520,
    )
    with folded(t("table.open"), "deprivation_units") as is_open:
        tables.plain_table(
            heat_twin(places, class_code),
            "deprivation_units",
            f"thieu_hut_{class_code}_{period}_{level}",
            rows.served,
            is_open=is_open,
        )


def by_unit(units: pl.DataFrame) -> list[Place]:
    """(name, row by measure) of every unit in the order of the alphabet; what no unit can claim is last."""
    found: dict[str, dict[str, Row]] = {}
    for row in units.iter_rows(named=True):
        found.setdefault(row["unit_code"], {})[row["measure"]] = row
    named = [(next(iter(rows.values())), rows) for rows in found.values()]
    named.sort(key=lambda one: (not is_unit(one[0]), sort_key(unit_name(one[0], language()))))
    return [(unit_name(first, language()), rows) for first, rows in named]


def takeaway(places: Sequence[Place], class_code: str) -> str:
    """The indicator that is the worst one in most places; without marks, what the picture is of."""
    names = {deprived(each.code, class_code): each for each in indicators()}
    worst = Counter(
        max(known, key=lambda row: row["value"])["measure"]
        for _, rows in places
        if (known := [row for row in rows.values() if has_figure(row) and is_complete(row)])
    )
    if not worst:
        return t(f"dep.places.{class_code}")
    measure, count = worst.most_common(1)[0]
    return t(
        "dep.places.takeaway",
        indicator=name(names[measure]),
        count=count,
        all=worst.total(),
    )


def _in_view() -> Sequence[Indicator]:
    """All twelve; on a phone six of them, whose figures can be read."""
    if not blocks.is_phone():
        return indicators()
    half = url.choice(
        st.segmented_control,
        t("dep.places.half"),
        _HALVES,
        key="half",
        default=_HALVES[0],
        required=True,
        format_func=lambda code: code.replace("-", "–"),
    )
    first, last = map(int, half.split("-"))
    return [each for each in indicators() if first <= each.position <= last]


def headings(shown: Sequence[Indicator]) -> list[str]:
    """Number and name over each column; on a phone the number, which the legend explains."""
    if blocks.is_phone():
        return [str(each.position) for each in shown]
    return [
        "<br>".join(wrap(name(each), _LETTERS_IN_HEADING, break_long_words=False)) for each in shown
    ]


def legend(shown: Sequence[Indicator], mode: Mode) -> str:
    """What numbers over the columns and the shades stand for; on a dark ground lighter is more."""
    words = t("dep.places.legend", shade=t(f"map.shade.{mode}"))
    return f"{' · '.join(map(name, shown))}. {words}" if blocks.is_phone() else words


def heat(places: Sequence[Place], class_code: str, shown: Sequence[Indicator]) -> list[HeatRow]:
    """One row a unit, one cell an indicator: whole per cent, ``○`` where the marks are missing."""
    return [
        HeatRow(
            place,
            tuple(_cell(place, each, rows.get(deprived(each.code, class_code))) for each in shown),
        )
        for place, rows in places
    ]


def _cell(place: str, indicator: Indicator, row: Row | None) -> Cell:
    hover = f"{place} · {name(indicator)}: {told(row)}"
    if row is None or row["mark"] == "no_case":
        return Cell("–" if row else "○", hover, "none")
    if not has_figure(row) or not is_complete(row):
        return Cell("○", f"{hover} ({reported(row)})", "none")
    fill = _RATE_CLASSES[bisect_right(breaks_of(row["measure"], row["unit"]), row["value"])]
    return Cell(number(row["value"], language()), hover, fill)


def heat_twin(places: Sequence[Place], class_code: str) -> pl.DataFrame:
    """The same as texts: share and number."""
    return pl.DataFrame(
        [
            {
                t("column.unit"): place,
                **{
                    name(each): told(rows.get(deprived(each.code, class_code)))
                    for each in indicators()
                },
            }
            for place, rows in places
        ]
    )
