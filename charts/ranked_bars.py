"""Who is highest and how far from the whole: one bar a unit, figure at its end, highest on top."""

import polars as pl

from charts.figure import Figure, Part, draw, level_line, note
from charts.labels import Row, figure_text, has_figure, is_unit, unit_name
from charts.numbers import Language, amount, sort_key
from charts.theme import LABEL_TEXT_PX, Mode, measure_colour, palette
from charts.words import word
from measures.definition import Card

BAR_HEIGHT_PX = 27
ROOM_FOR_FIGURE_PX: dict[Language, int] = {"vi": 116, "en": 168}
PALE = 0.5
IN_VIEW = 10
"""Bars that are seen before a long list is scrolled, on a small screen too."""


def ranked(rows: pl.DataFrame, language: Language) -> list[Row]:
    """Complete figures from the highest down, equal ones by name; then partial, the rest, none."""
    return sorted(
        rows.to_dicts(),
        key=lambda row: (
            not has_figure(row),
            not is_unit(row),
            row["units_reported"] < row["units_expected"],
            -row["value"] if has_figure(row) else 0.0,
            sort_key(unit_name(row, language)),
        ),
    )


def ranked_bars(
    rows: pl.DataFrame,
    card: Card,
    language: Language,
    mode: Mode,
    *,
    whole: float | None = None,
    own_unit: str | None = None,
) -> Figure:
    """Horizontal bars of one measure in one period.

    Args:
        rows: ``result__estimate`` rows, one a unit.
        card: the measure.
        language: language of labels and numbers.
        mode: light or dark.
        whole: the figure of the whole area, drawn as the benchmark line.
        own_unit: code of the reader's own unit: bold name and an outlined bar; where its place is
            far down, it also stands on top, so that it is always in view.
    """
    units = _with_own_on_top(ranked(rows, language), own_unit)
    places = list(range(len(units)))
    marks_whole = whole is not None and bool(units)
    return draw(
        [_bars(units, card, language, mode, whole=whole, own_unit=own_unit)],
        language,
        mode,
        56 + BAR_HEIGHT_PX * max(len(units), 1),
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={
            "tickvals": places,
            "ticktext": [_name(row, own_unit, language) for row in units],
            "range": [len(units) - 0.4, -0.6],
            "showgrid": False,
            "automargin": True,
        },
        margin={"r": ROOM_FOR_FIGURE_PX[language], "t": 30},
        annotations=[_whole_name(whole, units[0]["unit"], language, mode)] if marks_whole else [],
        shapes=[_whole_line(units, whole or 0, mode)] if marks_whole else [],
    )


def _with_own_on_top(units: list[Row], own_unit: str | None) -> list[Row]:
    own = [row for row in units[IN_VIEW:] if row["unit_code"] == own_unit]
    return [*own, *units]


def _bars(
    units: list[Row],
    card: Card,
    language: Language,
    mode: Mode,
    *,
    whole: float | None,
    own_unit: str | None,
) -> Part:
    colours = palette(mode)
    return {
        "type": "bar",
        "y": list(range(len(units))),
        "x": [row["value"] if has_figure(row) else 0 for row in units],
        "orientation": "h",
        "marker": {
            "color": measure_colour(card.name, mode),
            "opacity": [_strength(row, whole) for row in units],
            "line": {
                "color": colours.text,
                "width": [3 if row["unit_code"] == own_unit else 0 for row in units],
            },
        },
        "text": [figure_text(row, language) for row in units],
        "textposition": "outside",
        "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
        "hovertext": [f"{unit_name(row, language)}: {figure_text(row, language)}" for row in units],
        "hoverinfo": "text",
        "customdata": [row["unit_code"] for row in units],
        "cliponaxis": False,
        "width": 0.66,
    }


def _strength(row: Row, whole: float | None) -> float:
    """Units above the whole area stand out; the rest is paler."""
    if not is_unit(row):
        return PALE
    if whole is None or not has_figure(row) or row["value"] > whole:
        return 1.0
    return PALE


def _name(row: Row, own_unit: str | None, language: Language) -> str:
    name = unit_name(row, language)
    return f"<b>{name}</b>" if row["unit_code"] == own_unit else name


def _whole_line(units: list[Row], whole: float, mode: Mode) -> Part:
    """Down to the last bar that reaches it: further down it would strike through the figures of shorter bars."""
    reaching = [place for place, row in enumerate(units) if (row["value"] or 0) >= whole]
    line = level_line(whole, palette(mode).benchmark, width=2)
    return line | {"y0": -0.6, "y1": max(reaching, default=-1) + 0.45, "yref": "y"}


def _whole_name(whole: float | None, unit: str, language: Language, mode: Mode) -> Part:
    text = word("benchmark.whole_area", language, value=amount(whole, unit, language))
    return note(text, mode, x=whole, y=1.0, yref="paper", yanchor="bottom")
