"""Gross movement behind a small net change: who left and who came, review by review."""

from collections.abc import Sequence

from charts.figure import Figure, Part, draw
from charts.numbers import Language, number, signed
from charts.theme import LABEL_TEXT_PX, Mode, palette
from measures.household_sums import Churn

HEIGHT_PX = 320


def churn(
    reviews: Sequence[Churn], words: tuple[str, str, str], language: Language, mode: Mode
) -> Figure:
    """Bars down for those that left, up for those that came, and a point for the net change.

    Args:
        reviews: in the order of time.
        words: names of left, came and net, for the legend.
        language: language of the numbers.
        mode: light or dark.
    """
    colours = palette(mode)
    years = [review.period for review in reviews]
    left = [review.left for review in reviews]
    came = [review.came for review in reviews]
    net = [review.net for review in reviews]
    font = {"size": LABEL_TEXT_PX, "color": colours.text}
    bar: Part = {"type": "bar", "x": years, "textposition": "outside", "textfont": font}
    bar |= {"hoverinfo": "skip", "cliponaxis": False}
    return draw(
        [
            bar
            | {
                "name": words[0],
                "y": [-count for count in left],
                "text": [f"−{number(count, language)}" if count else "0" for count in left],
                "marker": {"color": colours.good},
            },
            bar
            | {
                "name": words[1],
                "y": came,
                "text": [f"+{number(count, language)}" if count else "0" for count in came],
                "marker": {"color": colours.bad},
            },
            {
                "type": "scatter",
                "mode": "markers",
                "name": words[2],
                "x": years,
                "y": net,
                "marker": {"color": colours.text, "symbol": "diamond", "size": 11},
                "hovertext": [
                    f"{year}: {signed(count, 'household', language)}"
                    for year, count in zip(years, net, strict=True)
                ],
                "hoverinfo": "text",
            },
        ],
        language,
        mode,
        HEIGHT_PX,
        xaxis={"type": "category"},
        yaxis={"showticklabels": False, "automargin": True},
        margin={"t": 16},
        legend={"orientation": "h", "y": -0.15},
    ).update_layout(barmode="relative")
