"""Where: the 57 units in force, class of the rate by colour, number of households by circle."""

from collections.abc import Sequence

import plotly.graph_objects as go
import polars as pl

from charts.figure import Figure, blank, say_schematic
from charts.geometry import Geometry
from charts.labels import Row, figure_text, has_figure, unit_name
from charts.numbers import Language
from charts.rate_classes import add_legend, fill_of, pattern_of
from charts.theme import TRANSPARENT, Mode, palette

HEIGHT_PX = 560
_LARGEST_CIRCLE_PX = 26


def unit_map(
    rows: pl.DataFrame,
    geometry: Geometry,
    language: Language,
    mode: Mode,
    *,
    own_unit: str | None = None,
) -> Figure:
    """Filled cells with one circle each; the list beside it says everything the map says.

    Args:
        rows: ``result__estimate`` rows of units in force, one period.
        geometry: our diagram or real boundaries.
        language: language of labels and numbers.
        mode: light or dark.
        own_unit: code of the reader's own unit, drawn with a heavy outline.
    """
    figure = blank(language, mode, HEIGHT_PX)
    found = [row for row in rows.to_dicts() if row["unit_code"] in geometry.rings]
    for row in sorted(found, key=lambda one: one["unit_code"] == own_unit):
        _draw_unit(figure, row, geometry, mode, own_unit)
    _draw_circles(figure, found, geometry, language, mode)
    if found:
        add_legend(figure, found, language, mode)
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, scaleanchor="x")
    figure.update_layout(margin={"l": 0, "r": 0, "t": 24, "b": 64})
    if geometry.is_schematic:
        say_schematic(figure, language, mode)
    return figure


def _draw_unit(
    figure: Figure, row: Row, geometry: Geometry, mode: Mode, own_unit: str | None
) -> None:
    colours = palette(mode)
    fill = fill_of(row, mode)
    is_own = row["unit_code"] == own_unit
    for ring in geometry.rings[row["unit_code"]]:
        figure.add_trace(
            go.Scatter(
                x=[x for x, _ in ring],
                y=[y for _, y in ring],
                mode="lines",
                fill="toself",
                fillcolor=fill,
                fillpattern={
                    "shape": pattern_of(row),
                    "fgcolor": colours.muted_text,
                    "bgcolor": fill,
                },
                line={
                    "color": colours.text if is_own else colours.background,
                    "width": 3 if is_own else 1.5,
                },
                hoverinfo="skip",
                showlegend=False,
            )
        )


def _draw_circles(
    figure: Figure, rows: Sequence[Row], geometry: Geometry, language: Language, mode: Mode
) -> None:
    colours = palette(mode)
    counts = [(row["numerator"] or 0.0) if has_figure(row) else 0.0 for row in rows]
    largest = max(counts, default=0.0) or 1.0
    figure.add_trace(
        go.Scatter(
            x=[geometry.centres[row["unit_code"]][0] for row in rows],
            y=[geometry.centres[row["unit_code"]][1] for row in rows],
            mode="markers",
            marker={
                "size": [
                    max(6.0, _LARGEST_CIRCLE_PX * (count / largest) ** 0.5) for count in counts
                ],
                "color": TRANSPARENT,
                "line": {
                    "color": [colours.text_on(fill_of(row, mode)) for row in rows],
                    "width": 1.5,
                },
            },
            hovertext=[f"{unit_name(row, language)}: {figure_text(row, language)}" for row in rows],
            hoverinfo="text",
            customdata=[row["unit_code"] for row in rows],
            showlegend=False,
        )
    )
