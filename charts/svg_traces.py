"""Bars, lines, markers, labels and heat cells of an SVG picture."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from charts.svg_frame import Frame, Part
from charts.svg_pieces import box, each, path, symbol, text_at
from charts.theme import PALETTES

_ANCHORS = {"left": "end", "center": "middle", "right": "start"}
HATCHES = "".join(
    f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
    f'<path d="{line}" stroke="{PALETTES["light"].muted_text}" stroke-width="0.9" fill="none"/></pattern>'
    for name, line in (
        ("slash", "M0 6L6 0"),
        ("cross", "M0 0L6 6M0 6L6 0"),
        ("dots", "M2.5 3.5L3.5 2.5"),
    )
)
HATCH_NAMES = {"/": "slash", "x": "cross", ".": "dots"}


def trace_pieces(trace: Part, traces: Sequence[Part], found: Frame, shrink: float) -> list[str]:
    """What one trace draws; ``shrink`` makes the type of a long list smaller."""
    if trace["type"] == "bar":
        return _bars(trace, traces, found, shrink)
    if trace["type"] == "heatmap":
        return _cells(trace, found)
    mode = trace.get("mode", "lines")
    drawn = _lines(trace, found) if "lines" in mode else []
    if "markers" in mode:
        drawn += _markers(trace, found)
    if "text" in mode:
        drawn += _labels(trace, found, shrink)
    return drawn


def _points(trace: Part, found: Frame) -> list[tuple[float, float] | None]:
    pairs = zip(trace.get("x") or (), trace.get("y") or (), strict=True)
    return [None if x is None or y is None else (found.x.at(x), found.y.at(y)) for x, y in pairs]


def _lines(trace: Part, found: Frame) -> list[str]:
    line = trace.get("line", {})
    fill = trace.get("fillcolor") if trace.get("fill") == "toself" else None
    hatch = HATCH_NAMES.get((trace.get("fillpattern") or {}).get("shape", ""))
    colour = line.get("color") or PALETTES["light"].poor
    drawn, run = [], []
    for point in [*_points(trace, found), None]:
        if point is not None:
            run.append(point)
            continue
        if len(run) > 1:
            drawn.append(path(run, colour, line.get("width", 2), line.get("dash", ""), fill))
            if fill and hatch:
                drawn.append(path(run, colour, 0, fill=f"url(#{hatch})"))
        run = []
    return drawn


def _markers(trace: Part, found: Frame) -> list[str]:
    marker = trace.get("marker", {})
    line = marker.get("line", {})
    default = (trace.get("line") or {}).get("color") or PALETTES["light"].poor
    return [
        symbol(
            *point,
            each(marker.get("size"), place, 8),
            each(marker.get("symbol"), place, "circle"),
            each(marker.get("color"), place, default),
            each(line.get("color"), place),
            each(line.get("width"), place, 0),
        )
        for place, point in enumerate(_points(trace, found))
        if point is not None
    ]


def _labels(trace: Part, found: Frame, shrink: float) -> list[str]:
    font, marker = trace.get("textfont", {}), trace.get("marker", {})
    drawn = []
    for place, point in enumerate(_points(trace, found)):
        text = each(trace.get("text"), place)
        if point is None or not text:
            continue
        down, _, side = each(trace.get("textposition"), place, "middle center").partition(" ")
        gap = each(marker.get("size"), place, 0) / 2 + 4 if marker or side != "center" else 0
        x = point[0] + {"left": -gap, "right": gap}.get(side, 0)
        y = point[1] + {"top": -gap, "bottom": gap}.get(down, 0)
        drawn.append(
            text_at(
                x,
                y,
                text,
                font.get("size", 13) * shrink,
                each(font.get("color"), place, "#000"),
                across=_ANCHORS[side],
                down={"top": "bottom", "bottom": "top"}.get(down, "middle"),
            )
        )
    return drawn


def _bars(trace: Part, traces: Sequence[Part], found: Frame, shrink: float) -> list[str]:
    """Bars of one trace; those of one place in other traces stand on each other, above and below zero."""
    is_flat = trace.get("orientation") == "h"
    places, lengths = (trace["y"], trace["x"]) if is_flat else (trace["x"], trace["y"])
    along, across = (found.x, found.y) if is_flat else (found.y, found.x)
    marker, font = trace.get("marker", {}), trace.get("textfont", {})
    thick = abs((across.end - across.start) / ((across.high - across.low) or 1))
    thick *= trace.get("width", 0.8)
    drawn = []
    stacked = _stacked_below(trace, traces)
    for place, (where, length) in enumerate(zip(places, lengths, strict=True)):
        if where is None or length is None:
            continue
        base = each(trace.get("base"), place, 0) + stacked[where, length < 0]
        first, last, middle = along.at(base), along.at(base + length), across.at(where)
        low, size = min(first, last), abs(last - first)
        spot: tuple[float, float, float, float] = (low, middle - thick / 2, size, thick) if is_flat else (middle - thick / 2, low, thick, size)  # fmt: skip
        line = marker.get("line", {})
        drawn.append(
            box(
                *spot,
                each(marker.get("color"), place, PALETTES["light"].poor),
                opacity=each(marker.get("opacity"), place, 1),
                stroke=each(line.get("color"), place),
                stroke_width=each(line.get("width"), place, 0),
            )
        )
        text = each(trace.get("text"), place)
        if text:
            colour, big = font.get("color", "#000"), font.get("size", 13) * shrink
            if is_flat:
                drawn.append(
                    text_at(
                        max(first, last) + 4,
                        middle,
                        text,
                        big,
                        colour,
                        across="start",
                        has_halo=True,
                    )
                )
            else:
                is_down = length < 0
                edge = max(first, last) + 3 if is_down else min(first, last) - 3
                drawn.append(
                    text_at(middle, edge, text, big, colour, down="top" if is_down else "bottom")
                )
    return drawn


def _stacked_below(trace: Part, traces: Sequence[Part]) -> defaultdict[tuple[Any, bool], float]:
    """What the bars drawn before already reach, by place and side of zero."""
    reached: defaultdict[tuple[Any, bool], float] = defaultdict(float)
    for other in traces:
        if other is trace:
            break
        if other["type"] == "bar" and other.get("orientation") == trace.get("orientation"):
            is_flat = trace.get("orientation") == "h"
            pairs = (other["y"], other["x"]) if is_flat else (other["x"], other["y"])
            for where, length in zip(*pairs, strict=True):
                if where is not None and length is not None:
                    reached[where, length < 0] += length
    return reached


def _cells(trace: Part, found: Frame) -> list[str]:
    low, high, scale = trace["zmin"], trace["zmax"], trace["colorscale"]
    drawn = []
    for y, row in enumerate(trace["z"]):
        for x, value in enumerate(row):
            share = (value - low) / (high - low)
            fill = next(colour for edge, colour in reversed(scale) if edge <= share)
            left, right = sorted((found.x.at(x - 0.5), found.x.at(x + 0.5)))
            top, bottom = sorted((found.y.at(y - 0.5), found.y.at(y + 0.5)))
            drawn.append(box(left + 1, top + 1, right - left - 2, bottom - top - 2, fill))
    return drawn
