"""Who passed the support on to whom: one point a household, from the first turn to the last."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, draw
from charts.numbers import Language
from charts.theme import LABEL_TEXT_PX, Mode, palette

ROW_HEIGHT_PX = 20


@dataclass(frozen=True)
class Holder:
    """One household by its number, its turn (from 1) and its giver's number."""

    name: str
    turn: int
    giver: str | None


def passing_tree(
    holders: Sequence[Holder], turn_names: Sequence[str], language: Language, mode: Mode
) -> Figure:
    """Chains from left to right; every household that took part in one, givers above each other.

    Args:
        holders: households of chains of two turns or more.
        turn_names: names of the turns, from the first.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    row = _rows(holders)
    by_name = {one.name: one for one in holders}
    links = [(one, by_name[one.giver]) for one in holders if one.giver in by_name]
    turns = max((one.turn for one in holders), default=1)
    return draw(
        [
            {
                "type": "scatter", "mode": "lines", "hoverinfo": "skip",
                "x": [x for taker, giver in links for x in (giver.turn, taker.turn, None)],
                "y": [y for taker, giver in links for y in (row[giver.name], row[taker.name], None)],
                "line": {"color": colours.benchmark, "width": 2},
            },
            {
                "type": "scatter", "mode": "markers+text",
                "x": [one.turn for one in holders], "y": [row[one.name] for one in holders],
                "text": [one.name for one in holders],
                "textposition": [_side(one, turns) for one in holders],
                "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
                "marker": {"size": 9, "color": colours.poor}, "hoverinfo": "text",
                "hovertext": [one.name for one in holders], "cliponaxis": False,
            },
        ],
        language,
        mode,
        60 + ROW_HEIGHT_PX * (max(row.values(), default=0) + 1),
        xaxis={
            "tickvals": list(range(1, turns + 1)), "ticktext": list(turn_names[:turns]),
            "range": [0.5, turns + 0.5], "side": "top",
        },
        yaxis={"visible": False, "range": [max(row.values(), default=0) + 0.7, -0.7]},
        margin={"t": 34},
    )  # fmt: skip


def _side(one: Holder, turns: int) -> str:
    """Names stand off the lines: before the first turn, after the last, above in between."""
    if one.turn == 1:
        return "middle left"
    return "middle right" if one.turn == turns else "top center"


def _rows(holders: Sequence[Holder]) -> dict[str, int]:
    """A row for every end of a chain; a giver stands in the row of its first taker."""
    takers: dict[str | None, list[str]] = {}
    names = {one.name for one in holders}
    for one in holders:
        takers.setdefault(one.giver if one.giver in names else None, []).append(one.name)
    row: dict[str, int] = {}
    waiting = list(reversed(takers.get(None, [])))
    count = 0
    while waiting:
        name = waiting.pop()
        if name in row:
            continue
        row[name] = count
        following = takers.get(name, [])
        if not following:
            count += 1
        waiting.extend(reversed(following))
    return row
