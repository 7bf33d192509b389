"""The ten former districts as equal tiles: a diagram that a reader of the map finds at once."""

import plotly.graph_objects as go
import polars as pl

from charts.figure import Figure, blank, say_schematic
from charts.labels import Row, figure_text, has_figure, unit_name
from charts.numbers import Language, amount, rate
from charts.rate_classes import add_legend, fill_of, pattern_of
from charts.theme import SMALLEST_TEXT_PX, Mode, palette
from reference.loading import tile_grid as places

HEIGHT_PX = 430
_GAP = 0.04


def tile_grid(rows: pl.DataFrame, language: Language, mode: Mode) -> Figure:
    """One tile a former district: class of the rate by colour, the figures in words.

    Args:
        rows: ``result__estimate`` rows of the ten districts of 2020, one period; other rows
            (``not_attributable``) have no tile and belong into the table beside it.
        language: language of labels and numbers.
        mode: light or dark.
    """
    figure = blank(language, mode, HEIGHT_PX)
    placed = rows.join(places(), left_on="unit_code", right_on="code").to_dicts()
    for row in placed:
        _draw_tile(figure, row, language, mode)
    if placed:
        add_legend(figure, placed, language, mode)
    figure.update_xaxes(visible=False, range=[0, 4])
    figure.update_yaxes(visible=False, range=[3, 0])
    figure.update_layout(margin={"l": 0, "r": 0, "t": 24, "b": 64})
    say_schematic(figure, language, mode)
    return figure


def _draw_tile(figure: Figure, row: Row, language: Language, mode: Mode) -> None:
    left, top = row["col"] + _GAP, row["row"] + _GAP
    right, bottom = row["col"] + 1 - _GAP, row["row"] + 1 - _GAP
    fill = fill_of(row, mode)
    colours = palette(mode)
    figure.add_trace(
        go.Scatter(
            x=[left, right, right, left, left],
            y=[top, top, bottom, bottom, top],
            mode="lines",
            fill="toself",
            fillcolor=fill,
            fillpattern={"shape": pattern_of(row), "fgcolor": colours.muted_text, "bgcolor": fill},
            line={"color": colours.muted_text, "width": 1},
            hoveron="fills",
            text=f"{unit_name(row, language)}: {figure_text(row, language)}",
            hoverinfo="text",
            showlegend=False,
        )
    )
    figure.add_annotation(
        x=(left + right) / 2,
        y=(top + bottom) / 2,
        text=_tile_text(row, language),
        showarrow=False,
        font={
            "size": SMALLEST_TEXT_PX + 1,
            "color": colours.text_on(fill) if has_figure(row) else colours.text,
        },
    )


def _tile_text(row: Row, language: Language) -> str:
    kind, _, name = unit_name(row, language).replace("Thành phố", "TP").partition(" ")
    if not has_figure(row):
        return f"{kind}<br><b>{name}</b><br>{figure_text(row, language)}"
    if row["unit"] != "pct":
        return f"{kind}<br><b>{name}</b><br>{amount(row['value'], row['unit'], language)}"
    count = figure_text(row, language).partition(" = ")[2]
    return f"{kind}<br><b>{name}</b><br><b>{rate(row['value'], language)}</b><br>{count}"
