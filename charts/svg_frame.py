"""The frame of an SVG picture: where the plot lies in it, its two axes and their ticks."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from charts.svg_pieces import LINE_HEIGHT, each, lines_of, path, text_at, width_of

Part = dict[str, Any]
_LEGEND_ROW = 20
_GAP = 8


@dataclass(frozen=True)
class Axis:
    """Values ``low`` and ``high`` lie at the pixels ``start`` and ``end``; ``names`` are its categories."""

    low: float
    high: float
    start: float
    end: float
    names: tuple[str, ...] = ()

    def at(self, value: Any) -> float:
        """Pixel of a value or category."""
        number = self.names.index(value) if self.names else float(value)
        return self.start + (number - self.low) / ((self.high - self.low) or 1) * (
            self.end - self.start
        )


@dataclass(frozen=True)
class Frame:
    """The picture's size, its plot and its axes."""

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    x: Axis
    y: Axis


def frame(layout: Part, traces: Sequence[Part], width: float, height: float, size: float) -> Frame:
    """Room for ticks and legend as Plotly's ``automargin`` makes it, and the ranges of the data."""
    margin, xaxis, yaxis = layout["margin"], layout["xaxis"], layout["yaxis"]
    x_range, x_names = _range(xaxis, traces, "x")
    y_range, y_names = _range(yaxis, traces, "y")
    across = [text for _, text in ticks(yaxis, y_range, y_names, layout)]
    below = [text for _, text in ticks(xaxis, x_range, x_names, layout)]
    left = margin["l"] + max((width_of(text, size) + _GAP for text in across), default=0)
    deep = max((len(lines_of(text)) for text in below), default=0) * size * LINE_HEIGHT
    top, bottom = margin["t"], margin["b"] if not layout.get("showlegend") else _GAP
    if xaxis.get("side") == "top":
        top = max(top, deep + _GAP)
    else:
        bottom += deep + _GAP
    bottom += size * 1.8 if xaxis.get("title") else 0
    bottom += _LEGEND_ROW * legend_rows(layout, traces, width, size)
    right, low = width - margin["r"], height - bottom
    x = Axis(*x_range, left, right, x_names)
    y = Axis(*y_range, low, top, y_names)
    if yaxis.get("scaleanchor"):
        x, y = _same_scale(x, y)
    return Frame(width, height, left, top, right, low, x, y)


def ticks(
    axis: Part, span: tuple[float, float], names: tuple[str, ...], layout: Part
) -> list[tuple[float, str]]:
    """(place, text) of each tick; none where the axis or its labels are hidden."""
    if axis.get("visible") is False or axis.get("showticklabels") is False:
        return []
    if "tickvals" in axis:
        texts = axis.get("ticktext") or axis["tickvals"]
        return [(v, str(text)) for v, text in zip(axis["tickvals"], texts, strict=True)]
    if names:
        return list(enumerate(names))
    return [(value, _number(value, layout)) for value in _steps(*sorted(span))]


def axes(found: Frame, layout: Part, size: float) -> list[str]:
    """Grid lines and labels of the ticks, and the axis' title."""
    drawn = []
    xaxis, yaxis = layout["xaxis"], layout["yaxis"]
    colour = layout["font"]["color"]
    for value, text in ticks(yaxis, (found.y.low, found.y.high), found.y.names, layout):
        y = found.y.start + (value - found.y.low) / (found.y.high - found.y.low) * (
            found.y.end - found.y.start
        )
        if yaxis.get("showgrid", True) and not found.y.names:
            drawn.append(path([(found.left, y), (found.right, y)], yaxis["gridcolor"], 1))
        drawn.append(text_at(found.left - _GAP / 2, y, text, size, colour, across="end"))
    is_top = xaxis.get("side") == "top"
    for value, text in ticks(xaxis, (found.x.low, found.x.high), found.x.names, layout):
        x = found.x.start + (value - found.x.low) / (found.x.high - found.x.low) * (
            found.x.end - found.x.start
        )
        if is_top:
            drawn.append(text_at(x, found.top - _GAP / 2, text, size, colour, down="bottom"))
        else:
            drawn.append(text_at(x, found.bottom + _GAP / 2, text, size, colour, down="top"))
    title = (xaxis.get("title") or {}).get("text")
    if title:
        middle = (found.left + found.right) / 2
        drawn.append(text_at(middle, found.bottom + size * 2.6, title, size, colour))
    return drawn


def legend_rows(layout: Part, traces: Sequence[Part], width: float, size: float) -> int:
    """Lines that the legend takes."""
    return len(legend_lines(layout, traces, width, size))


def legend_lines(
    layout: Part, traces: Sequence[Part], width: float, size: float
) -> list[list[Part]]:
    """Named traces, as many to a line as fit."""
    if not layout.get("showlegend"):
        return []
    lines: list[list[Part]] = []
    used = width
    for trace in traces:
        if not trace.get("name") or trace.get("showlegend") is False:
            continue
        needed = width_of(trace["name"], size) + 40
        if used + needed > width:
            lines.append([])
            used = 0
        lines[-1].append(trace)
        used += needed
    return lines


def _range(
    axis: Part, traces: Sequence[Part], name: str
) -> tuple[tuple[float, float], tuple[str, ...]]:
    values = [v for trace in traces for v in _values(trace, name) if v is not None]
    names: tuple[str, ...] = ()
    if axis.get("type") == "category" or any(isinstance(value, str) for value in values):
        names = tuple(dict.fromkeys(str(value) for value in values))
        low, high = -0.5, len(names) - 0.5
    elif axis.get("range"):
        low, high = axis["range"]
    else:
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        room = 0.06 * ((high - low) or 1.0)
        low, high = low - room, high + room
        bars = [t for t in traces if t["type"] == "bar" and any(_values(t, name))]
        bars = [trace for trace in bars if _is_measured(trace, name)]
        if bars or axis.get("rangemode") == "tozero":
            low = 0.0 if min(values, default=0.0) >= 0 else low
            # a bar's figure stands outside its end
            high, low = (
                (high + room, low - room * (low < 0)) if bars and name == "y" else (high, low)
            )
    if axis.get("autorange") == "reversed":
        low, high = high, low
    return (float(low), float(high)), names


def _is_measured(trace: Part, name: str) -> bool:
    return (trace.get("orientation") == "h") == (name == "x")


def _values(trace: Part, name: str) -> list[Any]:
    if trace["type"] == "heatmap":
        rows = trace["z"]
        count = len(rows) if name == "y" else len(rows[0]) if rows else 0
        return list(range(count))
    found = list(trace.get(name) or [])
    if trace["type"] == "bar" and _is_measured(trace, name):
        bases = trace.get("base")
        ends = [v if v is None else v + each(bases, i, 0) for i, v in enumerate(found)]
        return [*ends, 0] if ends and ends[0] is not None else ends
    return found


def _same_scale(x: Axis, y: Axis) -> tuple[Axis, Axis]:
    """As much of a unit across as down; the picture stays in the middle."""
    scale = min(
        abs((x.end - x.start) / (x.high - x.low)), abs((y.end - y.start) / (y.high - y.low))
    )
    return _held(x, scale), _held(y, scale)


def _held(axis: Axis, scale: float) -> Axis:
    half = abs(axis.end - axis.start) / scale / 2 * math.copysign(1, axis.high - axis.low)
    middle = (axis.low + axis.high) / 2
    return Axis(middle - half, middle + half, axis.start, axis.end)


def _steps(low: float, high: float) -> list[float]:
    """About five round values."""
    raw = (high - low) / 5 or 1
    power = 10 ** math.floor(math.log10(raw))
    step = next(n * power for n in (1, 2, 2.5, 5, 10) if n * power >= raw)
    first = math.ceil(low / step)
    return [round(n * step, 10) for n in range(first, math.floor(high / step) + 1)]


def _number(value: float, layout: Part) -> str:
    decimal, thousands = layout["separators"]
    text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans({",": thousands, ".": decimal})).replace("-", "−")
