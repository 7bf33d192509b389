"""The ten former districts as equal tiles: a diagram that a reader of the map finds at once."""

from collections.abc import Sequence

import polars as pl

from charts.figure import Figure, Part, draw, schematic_note
from charts.labels import Row, figure_text, has_figure, unit_name
from charts.numbers import Language, amount, rate
from charts.rate_classes import LEGEND, fill_of, legend_entries, pattern_of
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
    placed: Sequence[Row] = rows.join(places(), left_on="unit_code", right_on="code").to_dicts()
    return draw(
        [
            *(_tile(row, language, mode) for row in placed),
            *legend_entries(placed, language, mode),
        ],
        language,
        mode,
        HEIGHT_PX,
        xaxis={"visible": False, "range": [0, 4]},
        yaxis={"visible": False, "range": [3, 0]},
        margin={"l": 0, "r": 0, "b": 64},
        annotations=[
            *(_tile_text(row, language, mode) for row in placed),
            schematic_note(language, mode),
        ],
        legend=dict(LEGEND),
    )


def _tile(row: Row, language: Language, mode: Mode) -> Part:
    left, top = row["col"] + _GAP, row["row"] + _GAP
    right, bottom = row["col"] + 1 - _GAP, row["row"] + 1 - _GAP
    fill, muted = fill_of(row, mode), palette(mode).muted_text
    return {
        "type": "scatter",
        "x": [left, right, right, left, left],
        "y": [top, top, bottom, bottom, top],
        "mode": "lines",
        "fill": "toself",
        "fillcolor": fill,
        "fillpattern": {"shape": pattern_of(row), "fgcolor": muted, "bgcolor": fill},
        "line": {"color": muted, "width": 1},
        "hoveron": "fills",
        "text": f"{unit_name(row, language)}: {figure_text(row, language)}",
        "hoverinfo": "text",
        "showlegend": False,
    }


def _tile_text(row: Row, language: Language, mode: Mode) -> Part:
    """On the tile's own colour: figures are not read through the pattern of a district that reported in part."""
    colours = palette(mode)
    colour = colours.text_on(fill_of(row, mode)) if has_figure(row) else colours.text
    return {
        "x": row["col"] + 0.5,
        "y": row["row"] + 0.5,
        "text": "<br>".join(_lines(row, language)),
        "showarrow": False,
        "bgcolor": fill_of(row, mode),
        "borderpad": 3,
        "font": {"size": SMALLEST_TEXT_PX + 1, "color": colour},
    }


def _lines(row: Row, language: Language) -> list[str]:
    kind, _, name = unit_name(row, language).replace("Thành phố", "TP").partition(" ")
    if not has_figure(row):
        return [kind, f"<b>{name}</b>", figure_text(row, language)]
    if row["unit"] != "pct":
        return [kind, f"<b>{name}</b>", amount(row["value"], row["unit"], language)]
    count = figure_text(row, language).partition(" = ")[2]
    return [kind, f"<b>{name}</b>", f"<b>{rate(row['value'], language)}</b>", count]
