"""How a measure has gone: a line per standard, never joined across a change of standard."""

from collections.abc import Iterable
from itertools import pairwise

import polars as pl

from charts.benchmark_lines import (
    DASHES,
    area_line,
    area_names,
    areas_of,
    lines_of,
    place_in_time,
    room_for,
)
from charts.figure import Figure, Part, draw, level_line, note
from charts.label_places import label_places
from charts.labels import Row, complete, figure_text
from charts.numbers import Language, amount, bare, period, period_end, split_period
from charts.theme import SMALLEST_TEXT_PX, Mode, measure_colour, palette
from charts.words import word
from measures.definition import Card

HEIGHT_PX = 380
_MOST_LABELS = 7
"""More figures than these lie on each other in a phone's width."""


def trend(
    rows: pl.DataFrame,
    card: Card,
    language: Language,
    mode: Mode,
    *,
    published: pl.DataFrame | None = None,
    benchmarks: pl.DataFrame | None = None,
    is_narrow: bool = False,
) -> Figure:
    """Line with directly labelled points.

    Args:
        rows: ``result__estimate`` rows of one measure and one unit. Reviews below 100 % coverage are
            left out; of the running lists only the newest complete one after the last review is
            drawn, as a point of its own.
        card: the measure.
        language: language of labels and numbers.
        mode: light or dark.
        published: ``dim__published`` rows of the same unit, drawn for years that ``rows`` lack.
        benchmarks: ``dim__published`` rows of other areas or sources with a column ``label`` (a
            line break as ``<br>``), one grey line each.
        is_narrow: on a phone figures that would lie on each other are left to the table.
    """
    points = _points(_shown(complete(rows)), published, language)
    lines = _by_standard(points)
    areas = areas_of(benchmarks)
    breaks = [(earlier[-1]["x"] + later[0]["x"]) / 2 for earlier, later in pairwise(lines)]
    dashed = zip(areas, DASHES, strict=False)
    silent = _silent(lines) if is_narrow else frozenset[float]()
    reviewed = max((point["x"] for point in points if point["kind"] != "running"), default=0.0)
    names = area_names(areas, _highest(points, areas), reviewed, card.unit, language, mode)
    return draw(
        [
            *(area_line(area, dash, language, mode) for area, dash in dashed),
            *(part for line in lines for part in _line(line, card, language, mode, silent, areas)),
        ],
        language,
        mode,
        HEIGHT_PX,
        xaxis=_years(points, areas, mode),
        yaxis=_heights(points, areas),
        margin={"r": room_for(names)} if areas else {},
        annotations=[
            *names,
            *(_break_name(x, language, mode) for x in breaks),
        ],
        shapes=[level_line(x, palette(mode).muted_text, dash="dot") for x in breaks],
    )


def _shown(rows: pl.DataFrame) -> pl.DataFrame:
    """Reviews, and the running list that reaches furthest beyond them (a quarter before a month)."""
    codes = rows.drop_nulls("value")["period"].to_list()
    reviews = [code for code in codes if split_period(code)[1] is None]
    last = max(map(period_end, reviews), default=0.0)
    running = [code for code in codes if code not in reviews and period_end(code) > last]
    newest = max(running, key=lambda code: (period_end(code), "Q" in code), default=None)
    return rows.filter(pl.col("period").is_in([*reviews, newest]))


def _points(rows: pl.DataFrame, published: pl.DataFrame | None, language: Language) -> list[Row]:
    """Points in the order of time: computed ones, and published ones for the other years."""
    computed = [
        {
            "x": place_in_time(row["period"]),
            "value": row["value"],
            "standard_id": row["standard_id"],
            "kind": _kind(row),
            "period": row["period"],
            "hover": f"{period(row['period'], language)}: {figure_text(row, language)}"
            f"<br>{word('status.' + row['status'], language)}",
        }
        for row in rows.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    ]
    years = {point["x"] for point in computed}
    known = [] if published is None else published.drop_nulls("value").to_dicts()
    added = [
        {
            "x": place_in_time(row["period"]),
            "value": row["value"],
            "standard_id": row["standard_id"],
            "kind": "published",
            "hover": f"{row['period']}: {amount(row['value'], row['unit'], language)}"
            f"<br>{word('status.published', language)}",
        }
        for row in known
        if place_in_time(row["period"]) not in years
    ]
    return sorted([*computed, *added], key=lambda point: point["x"])


def _kind(row: Row) -> str:
    if split_period(row["period"])[1] is not None:
        return "running"
    return "preliminary" if row["status"] in ("preliminary", "estimate") else "official"


def _by_standard(points: Iterable[Row]) -> list[list[Row]]:
    lines: list[list[Row]] = []
    for point in points:
        if lines and lines[-1][-1]["standard_id"] == point["standard_id"]:
            lines[-1].append(point)
        else:
            lines.append([point])
    return lines


def _silent(lines: list[list[Row]]) -> frozenset[float]:
    """Places in time whose figure a phone has no room for: every second one of many, and one beside a running list."""
    is_long = sum(map(len, lines)) > _MOST_LABELS
    return frozenset(
        point["x"]
        for line in lines
        for place, point in enumerate(reversed(line))
        if place % 2 and (is_long or (place == 1 and line[-1]["kind"] == "running"))
    )


def _line(
    line: list[Row],
    card: Card,
    language: Language,
    mode: Mode,
    silent: frozenset[float],
    areas: list[pl.DataFrame],
) -> list[Part]:
    """A line of one standard; running lists hang on it by a dotted line."""
    colour = measure_colour(card.name, mode)
    settled = [point for point in line if point["kind"] != "running"]
    running = [point for point in line if point["kind"] == "running"]
    drawn = []
    if settled and running:
        drawn.append(
            {
                "type": "scatter",
                "x": [point["x"] for point in [settled[-1], *running]],
                "y": [point["value"] for point in [settled[-1], *running]],
                "mode": "lines",
                "line": {"color": colour, "width": 2, "dash": "dot"},
                "hoverinfo": "skip",
            }
        )
    if settled:
        labelled = _labelled(settled, "circle", card, language, mode, silent)
        own = [(point["x"], point["value"]) for point in settled]
        top = _highest(line, areas)
        places = label_places(own, lines_of(areas), top)
        # Below the end of a fall there is room; where a running list follows, that one's figure is below.
        if places[-1] == "top right" and not running:
            places = [*places[:-1], "bottom center"]
        drawn.append({**labelled, "textposition": places})
    if running:
        drawn.append(_labelled(running, "diamond", card, language, mode, silent))
    return drawn


def _labelled(
    part: list[Row],
    symbol: str,
    card: Card,
    language: Language,
    mode: Mode,
    silent: frozenset[float],
) -> Part:
    """Points with their figures, but at ``silent`` places; hollow where the figure is not final."""
    colour, hollow = measure_colour(card.name, mode), palette(mode).background
    return {
        "type": "scatter",
        "x": [point["x"] for point in part],
        "y": [point["value"] for point in part],
        "mode": "lines+markers+text" if symbol == "circle" else "markers+text",
        "line": {"color": colour, "width": 3},
        "marker": {
            "size": 9 if symbol == "circle" else 11,
            "symbol": symbol,
            "color": [
                hollow if point["kind"] in ("preliminary", "running") else colour for point in part
            ],
            "line": {"color": colour, "width": 2.5},
        },
        "text": [
            "" if point["x"] in silent else _label(point, card.unit, language) for point in part
        ],
        "textposition": "bottom left",
        "textfont": {"size": SMALLEST_TEXT_PX + 1, "color": palette(mode).text},
        "hovertext": [point["hover"] for point in part],
        "hoverinfo": "text",
        "cliponaxis": False,
    }


def _label(point: Row, unit: str, language: Language) -> str:
    text = f"<b>{bare(point['value'], unit, language)}</b>"
    if point["kind"] == "running":
        text += f"<br>{period(point['period'], language)}"
    return text


def _highest(points: list[Row], areas: list[pl.DataFrame]) -> float:
    values = [point["value"] for point in points]
    values += [value for area in areas for value in area["value"]]
    return float(max(values, default=1))


def _break_name(x: float, language: Language, mode: Mode) -> Part:
    text = word("break_of_standard", language)
    return note(text, mode, x=x, y=1.0, yref="paper", yanchor="bottom")


def _heights(points: list[Row], areas: list[pl.DataFrame]) -> Part:
    top = _highest(points, areas) * 1.15
    return {"range": [0, top], "nticks": 5, "separatethousands": True}


def _years(points: list[Row], areas: list[pl.DataFrame], mode: Mode) -> Part:
    places = [point["x"] for point in points]
    places += [place_in_time(code) for area in areas for code in area["period"]]
    if not places:
        return {"visible": False}
    first, last = min(places), max(places)
    years = list(range(int(first), int(last) + 1))
    return {
        "range": [first - 0.5, last + 0.5],
        "tickvals": years,
        "ticktext": [str(year) if year == years[0] else f"{year % 100:02d}" for year in years],
        "tickangle": 0,
        "tickfont": {"size": SMALLEST_TEXT_PX, "color": palette(mode).text},
    }
