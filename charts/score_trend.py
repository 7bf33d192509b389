"""B1 before and after a model: participants, comparison households, and the rise without any effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from charts.figure import Figure, Part, draw, note
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, Mode, palette

HEIGHT_PX = 360


@dataclass(frozen=True)
class Step:
    """Mean B1 and number of households ``step`` reviews after the baseline."""

    step: int
    points: float
    households: int


def score_trend(
    participants: Sequence[Step],
    comparison: Sequence[Step],
    rise: float | None,
    names: Mapping[str, str],
    language: Language,
    mode: Mode,
) -> Figure:
    """Two lines over the reviews around entry, and a dashed one for regression to the mean.

    Args:
        participants, comparison: in the order of the steps.
        rise: what the participants' mean would rise by itself in one review; None = not known.
        names: ``participants``, ``comparison``, ``rise``, ``entry`` and the names of steps ("-2" …).
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    traces = [
        _line(comparison, names["comparison"], colours.benchmark, "circle-open", language),
        _line(participants, names["participants"], colours.poor, "circle", language),
    ]
    start = next((each.points for each in participants if each.step == 0), None)
    if rise is not None and start is not None:
        traces.append(
            {
                "type": "scatter", "mode": "lines", "name": names["rise"], "hoverinfo": "skip",
                "x": [0, 1], "y": [start, start + rise],
                "line": {"color": colours.bad, "width": 3, "dash": "dot"},
            }
        )  # fmt: skip
    steps = sorted({each.step for each in (*participants, *comparison)})
    return draw(
        traces,
        language,
        mode,
        HEIGHT_PX,
        xaxis={
            "tickvals": steps,
            "ticktext": [names[str(step)] for step in steps],
            "range": [min(steps, default=0) - 0.3, max(steps, default=0) + 0.3],
        },
        yaxis={"automargin": True},
        margin={"t": 28},
        annotations=[note(names["entry"], mode, x=0.08, y=1, yref="paper", yanchor="bottom", xanchor="left")],
        shapes=[
            {
                "type": "line", "x0": 0.08, "x1": 0.08, "y0": 0, "y1": 1, "yref": "paper",
                "line": {"color": colours.text, "width": 1, "dash": "dash"},
            }
        ],
        legend={"orientation": "h", "y": -0.16},
    )  # fmt: skip


def _line(steps: Sequence[Step], name: str, colour: str, symbol: str, language: Language) -> Part:
    return {
        "type": "scatter", "mode": "lines+markers+text", "name": name,
        "x": [each.step for each in steps], "y": [each.points for each in steps],
        "line": {"color": colour, "width": 3}, "marker": {"size": 10, "symbol": symbol},
        "text": [number(each.points, language) for each in steps],
        "textposition": "top center", "textfont": {"size": LABEL_TEXT_PX, "color": colour},
        "hovertext": [f"{name}: {number(each.points, language, 1)} (n = {each.households})" for each in steps],
        "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip
