"""Who moved: one line a unit from the figure before (hollow) to the figure now (full)."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, draw
from charts.numbers import Language
from charts.theme import LABEL_TEXT_PX, Mode, palette

_ROW_HEIGHT_PX = 28
_ROOM_FOR_TEXT_PX = 136


@dataclass(frozen=True)
class Moved:
    """``text`` stands right of the line: the figures before and now; ``is_better`` None where nothing moved."""

    name: str
    before: float
    now: float
    text: str
    is_better: bool | None


def dumbbell(moved: Sequence[Moved], language: Language, mode: Mode) -> Figure:
    """Units from the top in the order given; blue got better, orange got worse, and the text says which."""
    colours = palette(mode)
    places = list(range(len(moved)))
    shades = [
        colours.muted_text
        if each.is_better is None
        else colours.good
        if each.is_better
        else colours.bad
        for each in moved
    ]
    lines = [
        {
            "type": "line", "x0": each.before, "x1": each.now, "y0": place, "y1": place,
            "line": {"color": shade, "width": 3},
        }
        for place, each, shade in zip(places, moved, shades, strict=True)
    ]  # fmt: skip
    ends = [end for each in moved for end in (each.before, each.now)] or [0.0, 1.0]
    room = 0.08 * (max(ends) - min(ends)) or 1.0
    return draw(
        [
            {
                "type": "scatter",
                "mode": "markers",
                "x": [each.before for each in moved],
                "y": places,
                "marker": {
                    "size": 10,
                    "color": colours.background,
                    "line": {"width": 2, "color": shades},
                },
                "hoverinfo": "skip",
            },
            {
                "type": "scatter",
                "mode": "markers",
                "x": [each.now for each in moved],
                "y": places,
                "marker": {"size": 11, "color": shades},
                "hovertext": [f"{each.name}: {each.text}" for each in moved],
                "hoverinfo": "text",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [max(each.before, each.now) for each in moved],
                "y": places,
                "text": [f"   {each.text}" for each in moved],
                "textposition": "middle right",
                "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
                "cliponaxis": False,
                "hoverinfo": "skip",
            },
        ],
        language,
        mode,
        32 + _ROW_HEIGHT_PX * max(len(moved), 1),
        xaxis={"visible": False, "range": [min(ends) - room, max(ends) + room]},
        yaxis={
            "tickvals": places,
            "ticktext": [each.name for each in moved],
            "range": [len(moved) - 0.5, -0.5],
            "showgrid": False,
            "automargin": True,
        },
        margin={"r": _ROOM_FOR_TEXT_PX, "t": 8},
        shapes=lines,
    )
