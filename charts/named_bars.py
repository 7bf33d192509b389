"""One figure a name, in the order given: bars with the figure at their end, or the words for none."""

from collections.abc import Callable, Sequence

from charts.figure import Figure, draw
from charts.labels import Row, figure_text, has_figure
from charts.numbers import Language
from charts.theme import LABEL_TEXT_PX, Mode, palette

_BAR_HEIGHT_PX, _TWO_LINES_PX = 34, 42
_LETTER_PX, _BESIDE_BAR_PX = 6.9, 10
_LETTERS_IN_LINE = 20


def named_bars(
    named: Sequence[tuple[str, Row | None]],
    language: Language,
    mode: Mode,
    *,
    missing: str,
    text: Callable[[Row, Language], str] = figure_text,
) -> Figure:
    """Horizontal bars of ``result__estimate`` rows of one unit of measurement; ``missing`` stands where none is.

    A figure that not all communes are in is pale. ``text`` writes a figure; by default rate and number together.
    """
    colours = palette(mode)
    rows = [row if row is not None and has_figure(row) else None for _, row in named]
    texts = [missing if row is None else text(row, language) for row in rows]
    places, names = list(range(len(rows))), [_wrapped(name) for name, _ in named]
    row_height = _TWO_LINES_PX if any("<br>" in name for name in names) else _BAR_HEIGHT_PX
    return draw(
        [
            {
                "type": "bar",
                "orientation": "h",
                "y": places,
                "x": [0 if row is None else row["value"] for row in rows],
                "marker": {"color": colours.poor, "opacity": [_strength(row) for row in rows]},
                "text": texts,
                "textposition": "outside",
                "textfont": {"size": LABEL_TEXT_PX, "color": colours.text},
                "hovertext": [
                    f"{name}: {told}" for (name, _), told in zip(named, texts, strict=True)
                ],
                "hoverinfo": "text",
                "cliponaxis": False,
                "width": 0.66,
            }
        ],
        language,
        mode,
        32 + row_height * max(len(rows), 1),
        xaxis={"visible": False, "rangemode": "tozero"},
        yaxis={
            "tickvals": places,
            "ticktext": names,
            "range": [len(rows) - 0.5, -0.5],
            "showgrid": False,
            "automargin": True,
        },
        margin={"r": _BESIDE_BAR_PX + _LETTER_PX * max(map(len, texts), default=0), "t": 8},
    )


def _strength(row: Row | None) -> float:
    return 1.0 if row is not None and row["units_reported"] == row["units_expected"] else 0.6


def _wrapped(name: str) -> str:
    """A long name in two lines, so that a phone has room for the bars."""
    if len(name) <= _LETTERS_IN_LINE:
        return name
    middle = min(
        (place for place, letter in enumerate(name) if letter == " "),
        key=lambda place: abs(place - len(name) / 2),
        default=len(name),
    )
    return f"{name[:middle]}<br>{name[middle + 1 :]}"
