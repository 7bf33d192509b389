"""Where households went between two reviews: bands from the class before to the class after."""

from collections.abc import Mapping, Sequence

from charts.figure import Figure, Part, draw
from charts.numbers import Language, amount
from charts.theme import LABEL_TEXT_PX, Mode, palette

HEIGHT_PX = 420
_BAND_ALPHA = "55"
"""Hexadecimal opacity: bands cross, and the one below must be seen."""

Move = tuple[str, str, int]
"""Class before, class after, households."""


def flow_sankey(
    moves: Sequence[Move], names: Mapping[str, str], language: Language, mode: Mode
) -> Figure:
    """Bands as wide as the number of households; blue got better off, orange worse off, grey stayed.

    Args:
        moves: one a band; moves of nobody are left out.
        names: class → name; a class stands once on the left and once on the right.
        language: language of the numbers.
        mode: light or dark.
    """
    kept = [move for move in moves if move[2] > 0]
    left = [name for name in names if any(move[0] == name for move in kept)]
    right = [name for name in names if any(move[1] == name for move in kept)]
    places = {("from", name): index for index, name in enumerate(left)}
    places |= {("to", name): len(left) + index for index, name in enumerate(right)}
    labels = [_label(name, 0, kept, names, language) for name in left]
    labels += [_label(name, 1, kept, names, language) for name in right]
    colours = palette(mode)
    trace: Part = {
        "type": "sankey",
        "arrangement": "fixed",
        "node": {
            "label": labels,
            "color": [_node_colour(name, mode) for name in (*left, *right)],
            "pad": 18,
            "thickness": 14,
            "line": {"width": 0},
            "hoverinfo": "skip",
        },
        "link": {
            "source": [places["from", one] for one, _, _ in kept],
            "target": [places["to", other] for _, other, _ in kept],
            "value": [count for _, _, count in kept],
            "color": [_band_colour(one, other, mode) + _BAND_ALPHA for one, other, _ in kept],
            "customdata": [
                f"{names[one]} → {names[other]}: {amount(count, 'household', language)}"
                for one, other, count in kept
            ],
            "hovertemplate": "%{customdata}<extra></extra>",
        },
        "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
    }
    return draw([trace], language, mode, HEIGHT_PX, xaxis={}, yaxis={}, margin={"b": 16})


def _label(
    name: str, side: int, moves: Sequence[Move], names: Mapping[str, str], language: Language
) -> str:
    total = sum(move[2] for move in moves if move[side] == name)
    return f"{names[name]}: {amount(total, 'household', language)}"


def _node_colour(name: str, mode: Mode) -> str:
    colours = palette(mode)
    return {"poor": colours.poor, "near_poor": colours.near_poor}.get(name, colours.benchmark)


def _band_colour(one: str, other: str, mode: Mode) -> str:
    """By what the move means for the household; who came or went without a class is grey."""
    colours = palette(mode)
    order = {"poor": 0, "near_poor": 1, "none": 2, "not_on_list_before": 2}
    if one == other or other not in order:
        return colours.benchmark
    return colours.good if order[other] > order[one] else colours.bad
