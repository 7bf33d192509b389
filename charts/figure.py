"""What every chart has in common: the Figure type and the frame it is drawn in, made in one step."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

import plotly.graph_objects as go

from charts.numbers import PLOTLY_SEPARATORS, Language
from charts.theme import LABEL_TEXT_PX, SMALLEST_TEXT_PX, TRANSPARENT, Mode, palette
from charts.words import word

Figure: TypeAlias = go.Figure
Part = dict[str, Any]
"""A trace, an annotation, a shape or an axis as Plotly names its properties."""

CONFIG: Mapping[str, object] = MappingProxyType({"displayModeBar": False, "responsive": True})
"""For ``st.plotly_chart``: no tool bar; pictures are taken from the page, data from the table."""
IS_CHECKED = False
"""Whether Plotly looks at every text and colour of a figure, which takes several times as long as all the rest."""


def draw(
    traces: Sequence[Part],
    language: Language,
    mode: Mode,
    height: int,
    *,
    xaxis: Part,
    yaxis: Part,
    margin: Part,
    annotations: Sequence[Part] = (),
    shapes: Sequence[Part] = (),
    legend: Part | None = None,
) -> Figure:
    """A figure with the separators of the language, that a phone scrolls past instead of dragging.

    Built from plain parts at once and unchecked; the tests of pages draw the same charts checked.
    """
    colours = palette(mode)
    ticks = {"size": LABEL_TEXT_PX, "color": colours.text}
    common = {
        "fixedrange": True,
        "zeroline": False,
        "tickfont": ticks,
        # Else Plotly measures all names of an axis again after each name: 57 × 57 times for 57 communes.
        "ticklabeloverflow": "allow",
    }
    return go.Figure(
        data=list(traces),
        layout={
            "separators": PLOTLY_SEPARATORS[language],
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 24, "b": 8, **margin},
            "dragmode": False,
            "showlegend": legend is not None,
            "legend": legend or {},
            "hovermode": "closest",
            "paper_bgcolor": TRANSPARENT,
            "plot_bgcolor": TRANSPARENT,
            "font": {"size": LABEL_TEXT_PX, "color": colours.text},
            "hoverlabel": {"font": {"size": LABEL_TEXT_PX}, "align": "left"},
            "xaxis": {**common, "showgrid": False, **xaxis},
            "yaxis": {**common, "gridcolor": colours.grid, **yaxis},
            "annotations": list(annotations),
            "shapes": list(shapes),
        },
        _validate=IS_CHECKED,
    )


def note(text: str, mode: Mode, **place: object) -> Part:
    """An annotation in small muted text; ``place`` says where (Plotly's words)."""
    font = {"size": SMALLEST_TEXT_PX, "color": palette(mode).muted_text}
    return {"text": text, "showarrow": False, "font": font, **place}


def schematic_note(language: Language, mode: Mode) -> Part:
    """Says inside the picture that it is a diagram, so that it is said wherever the picture goes."""
    return note(
        f"<i>{word('schematic_note', language)}</i>",
        mode,
        x=1,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
    )


def level_line(x: float, colour: str, *, dash: str = "solid", width: int = 1) -> Part:
    """A vertical line through the whole picture, behind the data."""
    return {
        "type": "line",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "yref": "paper",
        "layer": "below",
        "line": {"color": colour, "width": width, "dash": dash},
    }
