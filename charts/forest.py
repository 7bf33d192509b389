"""Does each model work: its effect with the interval, beside what would have happened anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, Part, draw, level_line, note
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, STATUS_SYMBOLS, Mode, palette

ROW_HEIGHT_PX = 52
_NAME_ABOVE = 0.4
"""Names stand above their line, so that a phone has the whole width for the line."""


@dataclass(frozen=True)
class Interval:
    """One row: additional households out of 100 with limits (None: not estimated) and its standing.

    ``standing`` is a key of ``STATUS_SYMBOLS``; ``text`` stands at the end of the row.
    """

    name: str
    standing: str
    text: str
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    is_chosen: bool = False


def forest(
    rows: Sequence[Interval], useful: float, words: tuple[str, str], language: Language, mode: Mode
) -> Figure:
    """Points with their 95 % intervals, in the order given.

    Args:
        rows: one a model.
        useful: the least effect worth replicating, drawn as a dashed line.
        words: names of the line of no effect and of ``useful``.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    places = range(len(rows))
    known = [place for place in places if rows[place].estimate is not None]
    colour = {
        "good": colours.good,
        "watch": colours.watch,
        "bad": colours.bad,
        "unknown": colours.benchmark,
    }
    limits: Part = {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip",
        "line": {"color": colours.muted_text, "width": 3},
        "x": [x for place in known for x in (rows[place].low, rows[place].high, None)],
        "y": [y for place in known for y in (place, place, None)],
    }  # fmt: skip
    points: Part = {
        "type": "scatter", "mode": "markers", "hoverinfo": "text",
        "x": [rows[place].estimate for place in known],
        "y": known,
        "marker": {
            "size": 13,
            "color": [colour[rows[place].standing] for place in known],
            "symbol": ["diamond" if rows[place].is_chosen else "circle" for place in known],
            "line": {"color": colours.text, "width": [2 if rows[p].is_chosen else 0 for p in known]},
        },
        "hovertext": [f"{rows[place].name}: {rows[place].text}" for place in known],
    }  # fmt: skip
    lines = [note(words[0], mode, x=0, y=1, yref="paper", yanchor="bottom", xanchor="right")]
    lines += [note(words[1], mode, x=useful, y=1, yref="paper", yanchor="bottom", xanchor="left")]
    # A model too small to judge may span everything: the axis is that of the others, its line runs out of the picture.
    judged = [row for row in rows if row.standing != "unknown"]
    edges = [0.0, useful, *(x for row in judged or rows for x in (row.low or 0, row.high or 0))]
    return draw(
        [limits, points],
        language,
        mode,
        70 + ROW_HEIGHT_PX * max(len(rows), 1),
        xaxis={"tickformat": ",d", "range": [min(edges) - 4, max(edges) + 4]},
        yaxis={"visible": False, "range": [len(rows) - 0.5, -0.8]},
        margin={"t": 34},
        annotations=[
            *lines,
            *(text for p, row in enumerate(rows) for text in _texts(row, p, mode)),
        ],
        shapes=[
            level_line(0, colours.text, width=2),
            level_line(useful, colours.benchmark, dash="dash"),
        ],
    )


def _texts(row: Interval, place: int, mode: Mode) -> list[Part]:
    """Symbol and name at the left, figures at the right, above the line of the row."""
    colours = palette(mode)
    font = {"size": LABEL_TEXT_PX, "color": colours.text}
    name = f"{STATUS_SYMBOLS[row.standing]} {row.name}"
    told = ((f"<b>{name}</b>" if row.is_chosen else name, 0.0, "left"), (row.text, 1.0, "right"))
    return [
        note(text, mode, x=x, xref="paper", xanchor=side, y=place - _NAME_ABOVE)
        | {"font": font, "bgcolor": colours.background, "borderpad": 1}
        for text, x, side in told
    ]


def limits_text(row: tuple[float, float, float], language: Language) -> str:
    """``+31 (22 … 40)``: households of 100; a limit close to 0 keeps its sign and a decimal."""
    estimate, low, high = (of_hundred(value, language) for value in row)
    sign = "+" if row[0] > 0 else ""
    return f"{sign}{estimate} ({low} … {high})"


def of_hundred(value: float, language: Language) -> str:
    """Whole households of a hundred; with a decimal below one."""
    return number(value, language, 1 if 0 < abs(value) < 1 else 0)
