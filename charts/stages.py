"""One programme in one half-year: from those with need to those with an outcome, one bar a stage."""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap

from charts.figure import Figure, draw
from charts.numbers import Language, number, rate
from charts.theme import LABEL_TEXT_PX, Mode, palette

_STAGE_HEIGHT_PX, _LETTERS_IN_LINE, _LETTER_PX = 52, 22, 7.5


@dataclass(frozen=True)
class Stage:
    """One bar: what it counts, how many, and its part in per cent of the number that bounds it, if any."""

    name: str
    value: float
    share_pct: float | None = None


def stages(shown: Sequence[Stage], language: Language, mode: Mode) -> Figure:
    """Horizontal bars in the order given, each with its number and its share of the stage that bounds it."""
    colours = palette(mode)
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": list(range(len(shown))),
                "x": [stage.value for stage in shown],
                "marker": {"color": colours.poor},
                "text": [_text(stage, language) for stage in shown],
                "textposition": "outside",
                "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
                "hovertext": [f"{stage.name}: {_text(stage, language)}" for stage in shown],
                "hoverinfo": "text",
                "cliponaxis": False,
                "width": 0.66,
            }
        ],
        language,
        mode,
        32 + _STAGE_HEIGHT_PX * max(len(shown), 1),
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={
            "tickvals": list(range(len(shown))),
            "ticktext": ["<br>".join(wrap(stage.name, _LETTERS_IN_LINE)) for stage in shown],
            "range": [len(shown) - 0.5, -0.5],
            "showgrid": False,
            "automargin": True,
        },
        margin={"r": _room_for(shown, language), "t": 8},
    )


def _room_for(shown: Sequence[Stage], language: Language) -> int:
    """Beside the longest bar; a phone has no room for more than the figures take."""
    letters = max((len(_text(stage, language)) for stage in shown), default=0)
    return 16 + round(_LETTER_PX * letters)


def _text(stage: Stage, language: Language) -> str:
    told = number(stage.value, language)
    return told if stage.share_pct is None else f"{told} ({rate(stage.share_pct, language)})"
