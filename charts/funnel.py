"""A funnel instead of a league table: which sites differ by more than chance, whatever their size."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from charts.figure import Figure, Part, draw, note
from charts.numbers import Language, number, rate
from charts.theme import Mode, palette

HEIGHT_PX = 360
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True)
class Site:
    """One point: households with a known result, share of them out (0 to 1), and whether it is looked at."""

    name: str
    households: int
    share: float
    is_chosen: bool


def funnel(
    sites: Sequence[Site], limits: pl.DataFrame, middle: float,
    words: tuple[str, str, str], language: Language, mode: Mode,
) -> Figure:  # fmt: skip
    """Points by size and share, between the limits of chance around ``middle``.

    Args:
        sites: the chosen ones are full, the others pale.
        limits: rows of ``measures.evaluation.funnel.funnel_line``.
        middle: the common share, 0 to 1.
        words: names of the axis, of the inner and of the outer limits.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    edge = limits["households"][-1]
    return draw(
        [
            *(
                _line(limits, f"{side}_{level}_share", dash, mode)
                for level, dash in (("95", "dash"), ("998", "dot"))
                for side in ("low", "high")
            ),
            *(_points(sites, chosen, language, mode) for chosen in (False, True)),
        ],
        language,
        mode,
        HEIGHT_PX,
        xaxis={"title": {"text": words[0]}, "range": [0, edge + 0.5], "automargin": True},
        yaxis={
            "tickvals": _TICKS,
            "ticktext": [f"{number(100 * tick, language)}" for tick in _TICKS],
            "range": [-0.03, 1.03],
            "automargin": True,
        },
        margin={"r": 78, "t": 12},
        annotations=[
            note(words[place], mode, x=1.01, xref="paper", y=limits[f"high_{level}_share"][-1], xanchor="left")
            for place, level in ((1, "95"), (2, "998"))
        ]
        + [note(rate(100 * middle, language), mode, x=1.01, xref="paper", y=middle, xanchor="left")],
        shapes=[
            {
                "type": "line", "x0": 0, "x1": 1, "xref": "paper", "y0": middle, "y1": middle,
                "layer": "below", "line": {"color": colours.benchmark, "width": 2},
            }
        ],
    )  # fmt: skip


def _line(limits: pl.DataFrame, column: str, dash: str, mode: Mode) -> Part:
    return {
        "type": "scatter", "mode": "lines", "hoverinfo": "skip",
        "x": limits["households"].to_list(), "y": limits[column].to_list(),
        "line": {"color": palette(mode).benchmark, "width": 1, "dash": dash},
    }  # fmt: skip


def _points(sites: Sequence[Site], is_chosen: bool, language: Language, mode: Mode) -> Part:
    colours = palette(mode)
    shown = [site for site in sites if site.is_chosen == is_chosen]
    return {
        "type": "scatter", "mode": "markers", "hoverinfo": "text",
        "x": [site.households for site in shown], "y": [site.share for site in shown],
        "marker": {
            "size": 12 if is_chosen else 8,
            "symbol": "diamond" if is_chosen else "circle",
            "color": colours.poor if is_chosen else colours.suppressed,
        },
        "hovertext": [f"{site.name}: {rate(100 * site.share, language)}" for site in shown],
    }  # fmt: skip
