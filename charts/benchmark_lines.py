"""Lines of other areas or sources beside a trend: grey, named in the right margin."""

import polars as pl

from charts.figure import Part, note
from charts.numbers import Language, amount, bare, period_end
from charts.theme import Mode, palette

DASHES = ("dash", "dot", "dashdot", "longdash")
_ROOM_FOR_NAMES_PX, _LETTER_PX = 84, 7
_LABEL_HEIGHT_SHARE = 0.11


def place_in_time(code: str) -> float:
    """Place on the axis: the review of 2024, valid on 31 December, stands at the tick 2024."""
    return period_end(code) - 1


def areas_of(benchmarks: pl.DataFrame | None) -> list[pl.DataFrame]:
    """Rows with a value of each area or source, oldest first."""
    if benchmarks is None or benchmarks.is_empty():
        return []
    known = benchmarks.drop_nulls("value").sort("period")
    return known.partition_by("label", maintain_order=True)


def lines_of(areas: list[pl.DataFrame]) -> list[list[tuple[float, float]]]:
    """(place in time, value) of the points of each line."""
    return [
        [(place_in_time(code), value) for code, value in area.select("period", "value").iter_rows()]
        for area in areas
    ]


def area_line(area: pl.DataFrame, dash: str, language: Language, mode: Mode) -> Part:
    """One grey line with small points that tell their figure when touched."""
    colour, name = palette(mode).benchmark, area["label"][0].replace("<br>", " ")
    return {
        "type": "scatter",
        "x": [place_in_time(code) for code in area["period"]],
        "y": area["value"].to_list(),
        "mode": "lines+markers",
        "line": {"color": colour, "width": 2, "dash": dash},
        "marker": {"size": 5, "color": colour},
        "hovertext": [
            f"{name}, {row['period']}: {amount(row['value'], row['unit'], language)}"
            for row in area.iter_rows(named=True)
        ],
        "hoverinfo": "text",
    }


def area_names(
    areas: list[pl.DataFrame],
    highest: float,
    last: float,
    unit: str,
    language: Language,
    mode: Mode,
) -> list[Part]:
    """Names in the right margin at the height of each line's end: beside the points they would lie on their figures.

    Args:
        areas: see :func:`areas_of`.
        highest: the highest value that the picture shows.
        last: place in time of the newest review.
        unit: of the figures.
        language: of the figures.
        mode: light or dark.
    """
    heights = _label_heights(areas, highest * _LABEL_HEIGHT_SHARE)
    return [
        note(
            f"{area['label'][0]} {bare(area['value'][-1], unit, language)}{_year_if_over(area, last)}",
            mode,
            x=1,
            xref="paper",
            y=height,
            xanchor="left",
            xshift=4,
            align="left",
        )
        for area, height in zip(areas, heights, strict=True)
    ]


def _year_if_over(area: pl.DataFrame, last: float) -> str:
    """The year of a line that ends before the newest review: at the margin it would look like that review's."""
    code = str(area["period"][-1])
    return f"<br>({code})" if place_in_time(code) < last else ""


def room_for(names: list[Part]) -> int:
    """Pixels of the margin that hold the longest line of the names."""
    letters = max(len(line) for name in names for line in name["text"].split("<br>"))
    return max(_ROOM_FOR_NAMES_PX, round(_LETTER_PX * letters) + 12)


def _label_heights(areas: list[pl.DataFrame], distance: float) -> list[float]:
    """Heights for the names of the areas, apart from each other."""
    ends = [float(area["value"][-1]) for area in areas]
    placed: dict[int, float] = {}
    floor = float("-inf")
    for index in sorted(range(len(ends)), key=ends.__getitem__):
        floor = placed[index] = max(ends[index], floor + distance)
    return [placed[index] for index in range(len(ends))]
