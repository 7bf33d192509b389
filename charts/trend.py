"""How a measure has gone: a line per standard, never joined across a change of standard."""

from collections.abc import Iterable
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl

from charts.figure import Figure, blank
from charts.labels import Row, complete, figure_text, label
from charts.numbers import Language, amount, number, period, period_end, rate, split_period
from charts.theme import SMALLEST_TEXT_PX, Mode, measure_colour, palette
from charts.words import word
from measures.definition import Card

HEIGHT_PX = 380
_DASHES = ("dash", "dot", "dashdot", "longdash")
_ROOM_FOR_NAMES_PX = 84
_LABEL_HEIGHT_SHARE = 0.11


def trend(
    rows: pl.DataFrame,
    card: Card,
    language: Language,
    mode: Mode,
    *,
    published: pl.DataFrame | None = None,
    benchmarks: pl.DataFrame | None = None,
) -> Figure:
    """Line with directly labelled points.

    Args:
        rows: ``result__estimate`` rows of one measure and one unit; rows below 100 % coverage are
            left out, months and quarters are drawn as points of the running list.
        card: the measure.
        language: language of labels and numbers.
        mode: light or dark.
        published: ``dim__published`` rows of the same unit, drawn for years that ``rows`` lack.
        benchmarks: ``dim__published`` rows of other areas or sources with a column ``label`` (a
            line break as ``<br>``), one grey line each.
    """
    figure = blank(language, mode, HEIGHT_PX)
    points = _points(complete(rows), published, language)
    lines = _by_standard(points)
    _draw_benchmarks(figure, benchmarks, points, card.unit, language=language, mode=mode)
    for line in lines:
        _draw_line(figure, line, card, language, mode)
    _mark_breaks(figure, lines, language, mode)
    _scale(figure, points, benchmarks)
    return figure


def _points(rows: pl.DataFrame, published: pl.DataFrame | None, language: Language) -> list[Row]:
    """Points in the order of time: computed ones, then published ones for the years in between."""
    computed = [
        {
            "x": _position(row["period"]),
            "value": row["value"],
            "standard_id": row["standard_id"],
            "kind": _kind(row),
            "hover": f"{period(row['period'], language)}: {figure_text(row, language)}"
            f"<br>{word('status.' + row['status'], language)}",
            "year": split_period(row["period"]),
        }
        for row in rows.filter(pl.col("value").is_not_null()).iter_rows(named=True)
    ]
    years = {point["year"] for point in computed}
    known = [] if published is None else published.filter(pl.col("value").is_not_null()).to_dicts()
    added = [
        {
            "x": _position(row["period"]),
            "value": row["value"],
            "standard_id": row["standard_id"],
            "kind": "published",
            "hover": f"{row['period']}: {amount(row['value'], row['unit'], language)}"
            f"<br>{word('status.published', language)}",
        }
        for row in known
        if split_period(row["period"]) not in years
    ]
    return sorted([*computed, *added], key=lambda point: point["x"])


def _position(code: str) -> float:
    """Place on the axis: the review of 2024, valid on 31 December, stands at the tick 2024."""
    return period_end(code) - 1


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


def _draw_line(figure: Figure, line: list[Row], card: Card, language: Language, mode: Mode) -> None:
    colour = measure_colour(card.name, mode)
    hollow = palette(mode).background
    settled = [point for point in line if point["kind"] != "running"]
    running = [point for point in line if point["kind"] == "running"]
    if settled and running:
        _connect(figure, [settled[-1], *running], colour)
    for part, size in ((settled, 9), (running, 11)):
        if not part:
            continue
        figure.add_trace(
            go.Scatter(
                x=[point["x"] for point in part],
                y=[point["value"] for point in part],
                mode="lines+markers+text" if part is settled else "markers+text",
                line={"color": colour, "width": 3},
                marker={
                    "size": size,
                    "symbol": "diamond" if part is running else "circle",
                    "color": [
                        hollow if point["kind"] in ("preliminary", "running") else colour
                        for point in part
                    ],
                    "line": {"color": colour, "width": 2.5},
                },
                text=[f"<b>{_short(point['value'], card.unit, language)}</b>" for point in part],
                textposition=_label_places(part),
                textfont={"size": SMALLEST_TEXT_PX + 1, "color": palette(mode).text},
                hovertext=[point["hover"] for point in part],
                hoverinfo="text",
                cliponaxis=False,
                name=label(card, language),
            )
        )


def _label_places(part: list[Row]) -> list[str]:
    """Right of a point that falls after it, else above: the label never lies on the line."""
    falls = [later["value"] < here["value"] for here, later in pairwise(part)]
    return ["top right" if fall else "top center" for fall in falls] + ["top center"]


def _connect(figure: Figure, points: list[Row], colour: str) -> None:
    figure.add_trace(
        go.Scatter(
            x=[point["x"] for point in points],
            y=[point["value"] for point in points],
            mode="lines",
            line={"color": colour, "width": 2, "dash": "dot"},
            hoverinfo="skip",
        )
    )


def _short(value: float, unit: str, language: Language) -> str:
    """A label at a point without the unit, which stands in the chart's title."""
    return (
        rate(value, language).removesuffix("%").rstrip()
        if unit == "pct"
        else number(value, language)
    )


def _draw_benchmarks(
    figure: Figure,
    benchmarks: pl.DataFrame | None,
    points: list[Row],
    unit: str,
    *,
    language: Language,
    mode: Mode,
) -> None:
    if benchmarks is None or benchmarks.is_empty():
        return
    colour = palette(mode).benchmark
    known = benchmarks.filter(pl.col("value").is_not_null()).sort("period")
    areas = known.partition_by("label", maintain_order=True)
    tops = _label_heights(areas, points, _top(known) * _LABEL_HEIGHT_SHARE)
    for area, dash, top in zip(areas, _DASHES, tops, strict=False):
        name: str = area["label"][0]
        plain = name.replace("<br>", " ")
        figure.add_trace(
            go.Scatter(
                x=[_position(code) for code in area["period"]],
                y=area["value"].to_list(),
                mode="lines+markers",
                line={"color": colour, "width": 2, "dash": dash},
                marker={"size": 5, "color": colour},
                hovertext=[
                    f"{plain}, {row['period']}: {amount(row['value'], row['unit'], language)}"
                    for row in area.iter_rows(named=True)
                ],
                hoverinfo="text",
                name=plain,
            )
        )
        figure.add_annotation(
            x=_position(area["period"][-1]),
            y=top,
            text=f"{name} {_short(area['value'][-1], unit, language)}",
            xanchor="left",
            xshift=8,
            align="left",
            showarrow=False,
            font={"size": SMALLEST_TEXT_PX, "color": palette(mode).muted_text},
        )


def _label_heights(areas: list[pl.DataFrame], points: list[Row], distance: float) -> list[float]:
    """Heights for the names of the areas: apart from each other and from the points' own labels."""
    placed: dict[int, float] = {}
    floor = float("-inf")
    for index in sorted(range(len(areas)), key=lambda one: areas[one]["value"][-1]):
        end, value = _position(areas[index]["period"][-1]), areas[index]["value"][-1]
        near = [point["value"] for point in points if end <= point["x"] <= end + 1]
        if near and value < min(near) + 0.1 * distance:
            placed[index] = min(value, min(near) - 0.8 * distance)
            continue
        above = [1.5 * distance + height for height in near if height <= value]
        floor = placed[index] = max(value, floor + distance, *above)
    return [placed[index] for index in range(len(areas))]


def _mark_breaks(figure: Figure, lines: list[list[Row]], language: Language, mode: Mode) -> None:
    colours = palette(mode)
    for earlier, later in pairwise(lines):
        middle = (earlier[-1]["x"] + later[0]["x"]) / 2
        figure.add_vline(x=middle, line={"color": colours.muted_text, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=middle,
            y=1.0,
            yref="paper",
            yanchor="bottom",
            text=word("break_of_standard", language),
            showarrow=False,
            font={"size": SMALLEST_TEXT_PX, "color": colours.muted_text},
        )


def _scale(figure: Figure, points: list[Row], benchmarks: pl.DataFrame | None) -> None:
    places = [point["x"] for point in points]
    tops = [_top(benchmarks)] if benchmarks is not None else []
    tops += [point["value"] for point in points]
    if not tops:
        return
    if benchmarks is not None and benchmarks.height:
        places += [_position(code) for code in benchmarks["period"]]
    first, last = min(places), max(places)
    years = list(range(int(first), int(last) + 1))
    figure.update_xaxes(
        range=[first - 0.5, last + 0.5],
        tickvals=years,
        ticktext=[str(year) if year == years[0] else f"{year % 100:02d}" for year in years],
        tickangle=0,
    )
    figure.update_yaxes(range=[0, max(tops) * 1.15], nticks=5)
    if benchmarks is not None and benchmarks.height:
        figure.update_layout(margin={"r": _ROOM_FOR_NAMES_PX})


def _top(rows: pl.DataFrame) -> float:
    values = rows["value"].drop_nulls().to_list()
    return max(values, default=0.0)
