"""Many figures of many units: a table whose cells carry number or symbol, and a colour that repeats it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charts.figure import Figure, draw
from charts.numbers import Language
from charts.theme import SMALLEST_TEXT_PX, Mode, palette

Fill = Literal[
    "class_0", "class_1", "class_2", "class_3", "class_4", "good", "watch", "bad", "none"
]
_FILLS: tuple[Fill, ...] = (
    "class_0", "class_1", "class_2", "class_3", "class_4", "good", "watch", "bad", "none",
)  # fmt: skip
_ROW_HEIGHT_PX, _HEADING_PX, _LINE_PX = 26, 44, 15


@dataclass(frozen=True)
class Cell:
    """``text`` is read in the cell, ``hover`` says the whole; ``none`` is the fill of what is not known."""

    text: str
    hover: str
    fill: Fill


@dataclass(frozen=True)
class HeatRow:
    """One unit and its cells, as many as there are columns."""

    name: str
    cells: tuple[Cell, ...]


def heat_table(
    columns: Sequence[str], rows: Sequence[HeatRow], language: Language, mode: Mode
) -> Figure:
    """``rows`` from the top in the order given under the headings ``columns``, which may have several lines."""
    colours = palette(mode)
    fills = [
        *colours.rate_classes, colours.good, colours.watch, colours.bad, colours.no_data,
    ]  # fmt: skip
    steps = len(fills)
    top = _HEADING_PX + _LINE_PX * max(heading.count("<br>") for heading in columns)
    scale = [
        (edge, fill)
        for place, fill in enumerate(fills)
        for edge in (place / steps, (place + 1) / steps)
    ]
    placed = [(x, y, cell) for y, row in enumerate(rows) for x, cell in enumerate(row.cells)]
    return draw(
        [
            {
                "type": "heatmap",
                "z": [[_FILLS.index(cell.fill) for cell in row.cells] for row in rows],
                "zmin": -0.5,
                "zmax": steps - 0.5,
                "colorscale": scale,
                "showscale": False,
                "xgap": 2,
                "ygap": 2,
                "hovertext": [[cell.hover for cell in row.cells] for row in rows],
                "hoverinfo": "text",
            },
            {
                "type": "scatter",
                "mode": "text",
                "x": [x for x, _, _ in placed],
                "y": [y for _, y, _ in placed],
                "text": [cell.text for _, _, cell in placed],
                "textfont": {
                    "size": SMALLEST_TEXT_PX,
                    "color": [
                        colours.text_on(fills[_FILLS.index(cell.fill)]) for _, _, cell in placed
                    ],
                },
                "hoverinfo": "skip",
            },
        ],
        language,
        mode,
        20 + top + _ROW_HEIGHT_PX * max(len(rows), 1),
        xaxis={
            "side": "top",
            "tickvals": list(range(len(columns))),
            "ticktext": list(columns),
            "tickangle": 0,
            "range": [-0.5, len(columns) - 0.5],
        },
        yaxis={
            "tickvals": list(range(len(rows))),
            "ticktext": [row.name for row in rows],
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "automargin": True,
        },
        margin={"t": top},
    )
