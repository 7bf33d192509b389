"""Where: the 57 units in force, class of the rate by colour, number of households by circle."""

from collections.abc import Sequence
from itertools import groupby

import polars as pl

from charts.figure import Figure, Part, draw, schematic_note
from charts.geometry import Geometry
from charts.labels import Row, figure_text, has_figure, unit_name
from charts.numbers import Language
from charts.rate_classes import LEGEND, fill_of, legend_entries, pattern_of
from charts.theme import TRANSPARENT, Mode, palette

HEIGHT_PX = 560
_LARGEST_CIRCLE_PX = 26
_FINGER_PX = 34
_AS_BEFORE = {"marker": {"opacity": 1}}
"""A unit that was clicked must not pale the others: what is shown of it stands beside the map."""


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
    found: list[Row] = [row for row in rows.to_dicts() if row["unit_code"] in geometry.rings]
    own = [row for row in found if row["unit_code"] == own_unit]
    return draw(
        [
            *_cells(found, geometry, mode, palette(mode).background, 1.5),
            *_cells(own, geometry, mode, palette(mode).text, 3),
            _circles(found, geometry, mode),
            _targets(found, geometry, language),
            *legend_entries(found, language, mode),
        ],
        language,
        mode,
        HEIGHT_PX,
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x"},
        margin={"l": 0, "r": 0, "b": 64},
        annotations=[schematic_note(language, mode)] if geometry.is_schematic else [],
        legend=dict(LEGEND),
    )


def _cells(
    rows: Sequence[Row], geometry: Geometry, mode: Mode, outline: str, width: float
) -> list[Part]:
    """One trace a look (colour and hatching), its cells set apart by gaps."""

    def look(row: Row) -> tuple[str, str]:
        return fill_of(row, mode), pattern_of(row)

    traces = []
    for (fill, pattern), alike in groupby(sorted(rows, key=look), key=look):
        rings = [ring for row in alike for ring in geometry.rings[row["unit_code"]]]
        muted = palette(mode).muted_text
        traces.append(
            {
                "type": "scatter",
                "x": [x for ring in rings for x in (*(x for x, _ in ring), None)],
                "y": [y for ring in rings for y in (*(y for _, y in ring), None)],
                "mode": "lines",
                "fill": "toself",
                "fillcolor": fill,
                "fillpattern": {"shape": pattern, "fgcolor": muted, "bgcolor": fill},
                "line": {"color": outline, "width": width},
                "hoverinfo": "skip",
                "showlegend": False,
            }
        )
    return traces


def _circles(rows: Sequence[Row], geometry: Geometry, mode: Mode) -> Part:
    colours = palette(mode)
    counts = [(row["numerator"] or 0.0) if has_figure(row) else 0.0 for row in rows]
    largest = max(counts, default=0.0) or 1.0
    return {
        "type": "scatter",
        "x": [geometry.centres[row["unit_code"]][0] for row in rows],
        "y": [geometry.centres[row["unit_code"]][1] for row in rows],
        "mode": "markers",
        "marker": {
            "size": [max(6.0, _LARGEST_CIRCLE_PX * (count / largest) ** 0.5) for count in counts],
            "color": TRANSPARENT,
            "line": {"color": [colours.text_on(fill_of(row, mode)) for row in rows], "width": 1.5},
        },
        "hoverinfo": "skip",
        "unselected": _AS_BEFORE,
        "showlegend": False,
    }


def _targets(rows: Sequence[Row], geometry: Geometry, language: Language) -> Part:
    """What pointer and finger hit: unseen, of one size, each with the code of its unit."""
    return {
        "type": "scatter",
        "x": [geometry.centres[row["unit_code"]][0] for row in rows],
        "y": [geometry.centres[row["unit_code"]][1] for row in rows],
        "mode": "markers",
        "marker": {"size": _FINGER_PX, "color": TRANSPARENT},
        "hovertext": [f"{unit_name(row, language)}: {figure_text(row, language)}" for row in rows],
        "hoverinfo": "text",
        "customdata": [row["unit_code"] for row in rows],
        "unselected": _AS_BEFORE,
        "showlegend": False,
    }
