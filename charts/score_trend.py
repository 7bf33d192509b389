"""B1 before and after a model: participants, comparison households, and the rise without any effect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from charts.figure import Figure, Part, draw, note
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, Mode, palette

HEIGHT_PX = 380
_LETTERS_IN_LINE = 9
"""Names of five reviews stand side by side on a phone."""


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
        _line(comparison, participants, names["comparison"], colours.benchmark, language),
        _line(participants, comparison, names["participants"], colours.poor, language),
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
            "ticktext": ["<br>".join(wrap(names[str(step)], _LETTERS_IN_LINE)) for step in steps],
            "tickangle": 0,
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
        legend={"orientation": "h", "y": -0.26},
    )  # fmt: skip


def _line(
    steps: Sequence[Step], others: Sequence[Step], name: str, colour: str, language: Language
) -> Part:
    """One line; of two points at one review the higher has its number above, the lower below."""
    other = {each.step: each.points for each in others}
    places = [
        "bottom center" if each.points < other.get(each.step, each.points) else "top center"
        for each in steps
    ]
    return {
        "type": "scatter", "mode": "lines+markers+text", "name": name,
        "x": [each.step for each in steps], "y": [each.points for each in steps],
        "line": {"color": colour, "width": 3}, "marker": {"size": 10},
        "text": [number(each.points, language) for each in steps],
        "textposition": places, "textfont": {"size": LABEL_TEXT_PX, "color": colour},
        "hovertext": [f"{name}: {number(each.points, language, 1)} (n = {each.households})" for each in steps],
        "hoverinfo": "text", "cliponaxis": False,
    }  # fmt: skip
