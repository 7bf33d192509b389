"""What copies keep of the effect: places grouped by the core components they kept, most first."""

from collections.abc import Sequence
from dataclasses import dataclass

from charts.figure import Figure, Part, draw, level_line, note
from charts.forest import of_hundred
from charts.numbers import Language
from charts.theme import LABEL_TEXT_PX, Mode, palette

ROW_HEIGHT_PX = 38
_NAME_ABOVE = 0.42


@dataclass(frozen=True)
class Place:
    """One dot: additional households out of 100 in one commune."""

    name: str
    effect: float
    is_pilot: bool


@dataclass(frozen=True)
class Step:
    """Places that kept as much: ``effect`` is that of all their households together, of 100."""

    name: str
    effect: float
    places: tuple[Place, ...]


def signed(effect: float, language: Language) -> str:
    """``+33``, ``−5``: households of 100."""
    told = of_hundred(effect, language)
    return f"+{told}" if effect > 0 else told


def kept_effect(shown: Sequence[Step], none: str, language: Language, mode: Mode) -> Figure:
    """A heading and a bar a step, below it a dot on a stem a place; diamonds are places of the pilot.

    Args:
        shown: steps in the order drawn.
        none: name of the line of no effect.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    bars: list[tuple[float, Step]] = []
    dots: list[tuple[float, Place]] = []
    row = 0.0
    for step in shown:
        bars.append((row, step))
        dots += [(row + 1 + number, place) for number, place in enumerate(step.places)]
        row += len(step.places) + 1.4
    effects = [0.0, *(step.effect for step in shown), *(place.effect for _, place in dots)]
    return draw(
        [
            _bars(bars, mode),
            _stems(dots, mode),
            *(_dots(dots, is_pilot, language, mode) for is_pilot in (False, True)),
        ],
        language,
        mode,
        int(60 + ROW_HEIGHT_PX * row),
        xaxis={"tickformat": ",d", "range": [min(effects) - 4, max(effects) + 4]},
        yaxis={"visible": False, "range": [row - 0.6, -0.9]},
        margin={"t": 34},
        annotations=[
            note(none, mode, x=0, y=1, yref="paper", yanchor="bottom"),
            *(text for y, step in bars for text in _heading(step, y, language, mode)),
            *(text for y, place in dots for text in _named(place, y, language, mode)),
        ],
        shapes=[level_line(0, colours.text, width=2)],
    )


def _bars(bars: Sequence[tuple[float, Step]], mode: Mode) -> Part:
    return {
        "type": "bar", "orientation": "h", "hoverinfo": "skip", "width": 0.3,
        "x": [step.effect for _, step in bars], "y": [y for y, _ in bars],
        "marker": {"color": palette(mode).poor},
    }  # fmt: skip


def _stems(dots: Sequence[tuple[float, Place]], mode: Mode) -> Part:
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip",
        "x": [x for _, place in dots for x in (0, place.effect, None)],
        "y": [y for row, _ in dots for y in (row, row, None)],
        "line": {"color": palette(mode).near_poor, "width": 2},
    }  # fmt: skip


def _dots(
    dots: Sequence[tuple[float, Place]], is_pilot: bool, language: Language, mode: Mode
) -> Part:
    shown = [(y, place) for y, place in dots if place.is_pilot == is_pilot]
    return {
        "type": "scatter", "mode": "markers", "hoverinfo": "text",
        "x": [place.effect for _, place in shown], "y": [y for y, _ in shown],
        "marker": {
            "size": 11, "symbol": "diamond" if is_pilot else "circle",
            "color": palette(mode).near_poor,
        },
        "hovertext": [f"{place.name}: {signed(place.effect, language)}" for _, place in shown],
    }  # fmt: skip


def _heading(step: Step, y: float, language: Language, mode: Mode) -> list[Part]:
    return _pair(f"<b>{step.name}</b>", f"<b>{signed(step.effect, language)}</b>", y, mode)


def _named(place: Place, y: float, language: Language, mode: Mode) -> list[Part]:
    return _pair(place.name, signed(place.effect, language), y, mode)


def _pair(name: str, told: str, y: float, mode: Mode) -> list[Part]:
    """Name at the left, figure at the right, above the mark of the row."""
    colours = palette(mode)
    font = {"size": LABEL_TEXT_PX, "color": colours.text}
    return [
        note(text, mode, x=x, xref="paper", xanchor=side, y=y - _NAME_ABOVE)
        | {"font": font, "bgcolor": colours.background, "borderpad": 1}
        for text, x, side in ((name, 0.0, "left"), (told, 1.0, "right"))
    ]
