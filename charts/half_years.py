"""How a half-yearly figure has gone: one bar a half-year, its figure on top, the target as a line."""

from collections.abc import Sequence

from charts.figure import Figure, Part, draw, note
from charts.labels import Row, has_figure
from charts.numbers import Language, amount, bare, split_period
from charts.theme import LABEL_TEXT_PX, Mode, palette
from charts.words import word

HEIGHT_PX = 320
_PALE, _LOW = 0.45, 0.15
"""Opacity of what not all reported; so low a share of the highest bar or target that no figure fits in."""


def half_years(
    rows: Sequence[Row], language: Language, mode: Mode, target: float | None = None
) -> Figure:
    """Bars in the order of ``rows`` (``result__estimate`` rows of one measure and unit, oldest first).

    Half-years that not all communes reported are pale.
    """
    shown = [row for row in rows if has_figure(row)]
    places = list(range(len(shown)))
    top = max([row["value"] for row in shown] + ([target] if target else []), default=1)
    colours = palette(mode)
    line: list[Part] = []
    words: list[Part] = []
    if target and shown:
        unit = shown[0]["unit"]
        line = [
            {
                "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": target, "y1": target,
                "line": {"color": colours.target, "width": 2},
            }
        ]  # fmt: skip
        text = word("target", language, value=amount(target, unit, language))
        words = [note(text, mode, x=0, xref="paper", y=target, xanchor="left", yanchor="bottom")]
    return draw(
        [_bars(shown, places, top, language, mode)],
        language,
        mode,
        HEIGHT_PX,
        xaxis={
            "tickvals": places,
            "ticktext": [_name(row["period"], language) for row in shown],
        },
        yaxis={"visible": False, "range": [0, 1.22 * top or 1]},
        margin={"t": 12},
        shapes=line,
        annotations=words,
    )


def _bars(
    shown: Sequence[Row], places: list[int], top: float, language: Language, mode: Mode
) -> Part:
    """Figures inside their bars, below the target's line; above a bar that is too low to hold one."""
    colours = palette(mode)
    is_low = [row["value"] < _LOW * top for row in shown]
    texts = [amount(row["value"], row["unit"], language) for row in shown]
    return {
        "type": "bar",
        "x": places,
        "y": [row["value"] for row in shown],
        "marker": {
            "color": colours.poor,
            "opacity": [1.0 if _is_whole(row) else _PALE for row in shown],
        },
        # the sign stands in the subtitle: a rate must fit into a narrow bar
        "text": [
            bare(row["value"], "pct", language) if row["unit"] == "pct" else text
            for row, text in zip(shown, texts, strict=True)
        ],
        "textposition": ["outside" if low else "inside" for low in is_low],
        "insidetextanchor": "end",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {
            "size": LABEL_TEXT_PX,
            "color": [
                colours.text_on(colours.poor) if _is_whole(row) and not low else colours.text
                for row, low in zip(shown, is_low, strict=True)
            ],
        },
        "hovertext": [
            f"{_name(row['period'], language)}: {text} ({row['units_reported']}/{row['units_expected']})"
            for row, text in zip(shown, texts, strict=True)
        ],
        "hoverinfo": "text",
        "cliponaxis": False,
        "width": 0.86,
    }


def _is_whole(row: Row) -> bool:
    return bool(row["units_reported"] == row["units_expected"])


def _name(period: str, language: Language) -> str:
    year, part = split_period(period)
    half = {"vi": "Kỳ", "en": "H"}[language]
    return year if part is None else f"{half} {part[1]}<br>{year}"
