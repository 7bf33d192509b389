"""What every chart has in common: the Figure type and empty axes in the right language."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

import plotly.graph_objects as go

from charts.numbers import PLOTLY_SEPARATORS, Language
from charts.theme import LABEL_TEXT_PX, SMALLEST_TEXT_PX, TRANSPARENT, Mode, palette
from charts.words import word

Figure: TypeAlias = go.Figure

CONFIG: Mapping[str, object] = MappingProxyType({"displayModeBar": False, "responsive": True})
"""For ``st.plotly_chart``: no tool bar; pictures are taken from the page, data from the table."""


def blank(language: Language, mode: Mode, height: int) -> Figure:
    """A figure without data: separators of the language, no dragging (phones scroll past it)."""
    colours = palette(mode)
    figure = go.Figure()
    figure.update_layout(
        separators=PLOTLY_SEPARATORS[language],
        height=height,
        margin={"l": 8, "r": 8, "t": 24, "b": 8},
        dragmode=False,
        showlegend=False,
        hovermode="closest",
        paper_bgcolor=TRANSPARENT,
        plot_bgcolor=TRANSPARENT,
        font={"size": LABEL_TEXT_PX, "color": colours.text},
        hoverlabel={"font": {"size": LABEL_TEXT_PX}, "align": "left"},
    )
    ticks = {"size": LABEL_TEXT_PX, "color": colours.text}
    figure.update_xaxes(fixedrange=True, showgrid=False, zeroline=False, tickfont=ticks)
    figure.update_yaxes(fixedrange=True, gridcolor=colours.grid, zeroline=False, tickfont=ticks)
    return figure


def say_schematic(figure: Figure, language: Language, mode: Mode) -> None:
    """Write into the picture itself that it is a diagram, so that it is said wherever it goes."""
    figure.add_annotation(
        x=1,
        y=1,
        xref="paper",
        yref="paper",
        xanchor="right",
        yanchor="bottom",
        text=f"<i>{word('schematic_note', language)}</i>",
        showarrow=False,
        font={"size": SMALLEST_TEXT_PX, "color": palette(mode).muted_text},
    )
