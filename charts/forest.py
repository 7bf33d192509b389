"""Does each model work: its effect with the interval, beside what would have happened anyway."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, Part, draw, level_line, note
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, STATUS_SYMBOLS, Mode, palette

ROW_HEIGHT_PX = 34
_ROOM_PX: dict[Language, int] = {"vi": 170, "en": 170}


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
    texts = [_end(row, place, mode) for place, row in enumerate(rows)]
    lines = [note(words[0], mode, x=0, y=1, yref="paper", yanchor="bottom", xanchor="right")]
    lines += [note(words[1], mode, x=useful, y=1, yref="paper", yanchor="bottom", xanchor="left")]
    return draw(
        [limits, points],
        language,
        mode,
        70 + ROW_HEIGHT_PX * max(len(rows), 1),
        xaxis={"ticksuffix": "", "tickformat": "+d", "zeroline": False, "automargin": True},
        yaxis={
            "tickvals": list(places),
            "ticktext": [_name(row) for row in rows],
            "range": [len(rows) - 0.4, -0.6],
            "automargin": True,
        },
        margin={"r": _ROOM_PX[language], "t": 34},
        annotations=[*texts, *lines],
        shapes=[
            level_line(0, colours.text, width=2),
            level_line(useful, colours.benchmark, dash="dash"),
        ],
    )


def _name(row: Interval) -> str:
    name = f"{STATUS_SYMBOLS[row.standing]} {row.name}"
    return f"<b>{name}</b>" if row.is_chosen else name


def _end(row: Interval, place: int, mode: Mode) -> Part:
    font = {"size": LABEL_TEXT_PX, "color": palette(mode).text}
    return note(row.text, mode, x=1.01, xref="paper", xanchor="left", y=place) | {"font": font}


def limits_text(row: tuple[float, float, float], language: Language) -> str:
    """``+31 (22 … 40)``: households of 100, whole numbers."""
    estimate, low, high = (number(value, language) for value in row)
    sign = "+" if row[0] > 0 else ""
    return f"{sign}{estimate} ({low} … {high})"
