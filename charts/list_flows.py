"""How the list went from one review to the next: who left it, who came onto it, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from charts.figure import Figure, Part, draw
from charts.numbers import Language, number, signed
from charts.theme import LABEL_TEXT_PX, Mode, palette

Kind = Literal["opening", "left", "came", "closing"]
_STEP_HEIGHT_PX = 44


@dataclass(frozen=True)
class Step:
    """One bar: its name, its kind, and where it begins and ends on the axis of households."""

    name: str
    kind: Kind
    start: float
    end: float


def list_flows(steps: Sequence[Step], language: Language, mode: Mode) -> Figure:
    """Bars from the opening list to the closing list; leaving is blue, coming is orange.

    Args:
        steps: opening, flows, closing; names are shown in full, ``<br>`` breaks them.
        language: language of the numbers.
        mode: light or dark.
    """
    return draw(
        [_bars(steps, language, mode)],
        language,
        mode,
        24 + _STEP_HEIGHT_PX * len(steps),
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={
            "tickvals": list(range(len(steps))),
            "ticktext": [step.name for step in steps],
            "range": [len(steps) - 0.5, -0.5],
            "showgrid": False,
            "automargin": True,
        },
        margin={"r": 64, "t": 8},
    )


def _bars(steps: Sequence[Step], language: Language, mode: Mode) -> Part:
    colours = palette(mode)
    fills = {
        "opening": colours.poor,
        "closing": colours.poor,
        "left": colours.good,
        "came": colours.bad,
    }
    return {
        "type": "bar",
        "y": list(range(len(steps))),
        "base": [min(step.start, step.end) for step in steps],
        "x": [abs(step.end - step.start) for step in steps],
        "orientation": "h",
        "marker": {"color": [fills[step.kind] for step in steps]},
        "text": [f"<b>{_amount(step, language)}</b>" for step in steps],
        "textposition": "outside",
        "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
        "hovertext": [
            f"{step.name.replace('<br>', ' ')}: {_amount(step, language)}" for step in steps
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
        "width": 0.7,
    }


def _amount(step: Step, language: Language) -> str:
    if step.kind in ("opening", "closing"):
        return number(step.end, language)
    return signed(step.end - step.start, "", language) if step.end != step.start else "0"
