"""Who moved: places of units then and now, joined by a line (a dumbbell), the largest moves on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, draw
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, Mode, palette

_ROOM_FOR_TEXT = 0.3
"""Part of the ranks left free on both sides, so that a phone shows the figures at the ends."""
ROW_PX = 30
_FRAME_PX = 90


@dataclass(frozen=True)
class Move:
    """One unit: its place then and now, 1 for the highest rate."""

    name: str
    before: int
    after: int


def rank_moves(
    moves: Sequence[Move], all_units: int, words: tuple[str, str], language: Language, mode: Mode
) -> Figure:
    """A hollow point for the place then, a full one for the place now, orange where it became a higher rate.

    Args:
        moves: in the order of reading, from the top.
        all_units: how many units are ranked.
        words: names of then and now, for the legend.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    names = [move.name for move in moves]
    colour = [colours.bad if move.after < move.before else colours.good for move in moves]
    lines = {
        "x": [place for move in moves for place in (move.before, move.after, None)],
        "y": [name for name in names for _ in range(3)],
    }
    point = {"type": "scatter", "y": names, "hoverinfo": "skip", "cliponaxis": False}
    now = [f"{number(m.before, language)} → {number(m.after, language)}" for m in moves]
    return draw(
        [
            {
                **{"type": "scatter", "mode": "lines", "showlegend": False, "hoverinfo": "skip"},
                **lines,
                "line": {"color": colours.benchmark, "width": 3},
            },
            point
            | {
                **{"mode": "markers", "name": words[0], "x": [move.before for move in moves]},
                "marker": {
                    **{"size": 12, "color": colours.background},
                    "line": {"color": colours.benchmark, "width": 2},
                },
            },
            point
            | {
                **{"mode": "markers+text", "name": words[1], "x": [move.after for move in moves]},
                "marker": {"size": 13, "color": colour},
                "text": now,
                "textposition": [
                    "middle left" if move.after < move.before else "middle right" for move in moves
                ],
                "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
            },
        ],
        language,
        mode,
        ROW_PX * len(moves) + _FRAME_PX,
        xaxis={
            "range": [-_ROOM_FOR_TEXT * all_units, (1 + _ROOM_FOR_TEXT) * all_units],
            "showticklabels": False,
        },
        yaxis={"type": "category", "autorange": "reversed", "automargin": True},
        margin={"t": 16},
        legend={"orientation": "h", "y": -0.05},
    )
