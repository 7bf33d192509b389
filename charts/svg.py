"""A figure as an SVG picture for paper: what ``draw`` can make, without a browser, always in the light colours."""

import json
from collections.abc import Sequence
from typing import Any

from charts.figure import Figure
from charts.svg_frame import Frame, Part, axes, frame, legend_lines
from charts.svg_pieces import FONT, box, each, path, symbol, text_at, width_of
from charts.svg_sankey import sankey
from charts.svg_traces import HATCH_NAMES, HATCHES, trace_pieces
from charts.theme import PALETTES

WIDTH, HIGHEST = 680.0, 900.0
"""Pixels; a longer list is drawn closer."""
_SMALLEST = 0.72


def svg(figure: Figure) -> str:
    """The picture with its axes, shapes, words and legend."""
    layout, traces = _in_light(figure)
    height = float(min(layout["height"], HIGHEST))
    shrink = max(_SMALLEST, min(1.0, height / layout["height"] * 1.2))
    size = layout["font"]["size"] * shrink
    found = frame(layout, traces, WIDTH, height, size)
    if any(trace["type"] == "sankey" for trace in traces):
        drawn = sankey(traces[0], WIDTH, height, size, layout["font"]["color"])
    else:
        below = [s for s in layout.get("shapes", ()) if s.get("layer") == "below"]
        above = [s for s in layout.get("shapes", ()) if s.get("layer") != "below"]
        drawn = [*axes(found, layout, size), *(_line(s, found) for s in below)]
        drawn += [piece for trace in traces for piece in trace_pieces(trace, traces, found, shrink)]
        drawn += [_line(shape, found) for shape in above]
        drawn += [_words(note, found, shrink) for note in layout.get("annotations", ())]
        drawn += _legend(layout, traces, found, size)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:.0f} {height:.0f}" '
        f'width="{WIDTH:.0f}" height="{height:.0f}" font-family="{FONT}">{HATCHES}{"".join(drawn)}</svg>'
    )


def _in_light(figure: Figure) -> tuple[Part, list[Part]]:
    """Layout and traces as plain values; the dark colours of a dark screen become those of paper."""
    known = figure.to_json()
    if figure.layout.font.color == PALETTES["dark"].text:
        dark, light = PALETTES["dark"], PALETTES["light"]
        pairs = [(getattr(dark, name), getattr(light, name)) for name in _COLOURS]
        pairs += zip(dark.rate_classes, light.rate_classes, strict=True)
        marks = {old: f"@{place}@" for place, (old, _) in enumerate(pairs)}
        for old, mark in marks.items():
            known = known.replace(old, mark)
        for place, (_, new) in enumerate(pairs):
            known = known.replace(f"@{place}@", new)
    plain: dict[str, Any] = json.loads(known)
    return plain["layout"], plain["data"]


_COLOURS = (
    "poor", "near_poor", "benchmark", "target", "good", "watch", "bad", "no_data", "suppressed",
    "text", "muted_text", "grid", "background",
)  # fmt: skip


def _line(shape: Part, found: Frame) -> str:
    points = [_place(shape, found, f"x{end}", f"y{end}") for end in (0, 1)]
    line = shape.get("line", {})
    return path(points, line.get("color"), line.get("width", 1), line.get("dash", ""))


def _place(part: Part, found: Frame, x: str, y: str) -> tuple[float, float]:
    """A point in values, or in shares of the plot where it refers to the paper."""
    across = (
        found.left + part[x] * (found.right - found.left)
        if part.get("xref") == "paper"
        else found.x.at(part[x])
    )
    down = (
        found.bottom - part[y] * (found.bottom - found.top)
        if part.get("yref") == "paper"
        else found.y.at(part[y])
    )
    return across, down


def _words(note: Part, found: Frame, shrink: float) -> str:
    x, y = _place(note, found, "x", "y")
    size = note["font"]["size"] * shrink
    anchor = note.get("xanchor", "center")
    half = width_of(note["text"], size) / 2
    if anchor == "center":
        x = min(max(x, half), found.width - half)
    return _ground(note, x, y, size, half) + text_at(
        x + note.get("xshift", 0), y - note.get("yshift", 0), note["text"], size,
        note["font"]["color"], across={"left": "start", "right": "end"}.get(anchor, "middle"),
        down=note.get("yanchor", "middle"),
    )  # fmt: skip


def _ground(note: Part, x: float, y: float, size: float, half: float) -> str:
    """The ground that words on a pattern stand on."""
    if "bgcolor" not in note:
        return ""
    tall = 1.3 * size * (note["text"].count("<br>") + 1)
    return box(x - half, y - tall / 2, 2 * half, tall, note["bgcolor"])


def _legend(layout: Part, traces: Sequence[Part], found: Frame, size: float) -> list[str]:
    drawn = []
    lines = legend_lines(layout, traces, found.width, size)
    for row, line in enumerate(lines):
        x, y = 8.0, found.height - 20 * (len(lines) - row) + 10
        for trace in line:
            marker = trace.get("marker", {})
            colour = each(marker.get("color"), 0) or (trace.get("line") or {}).get("color")
            edge = marker.get("line", {})
            if trace["type"] == "bar":
                look = {"stroke": edge.get("color"), "stroke_width": each(edge.get("width"), 0, 0)}
                drawn.append(box(x, y - 6, 16, 12, colour, **look))
                hatch = HATCH_NAMES.get((marker.get("pattern") or {}).get("shape", ""))
                drawn.append(box(x, y - 6, 16, 12, f"url(#{hatch})") if hatch else "")
            elif trace.get("mode") == "lines":
                drawn.append(
                    path([(x, y), (x + 16, y)], colour, 2.5, trace["line"].get("dash", ""))
                )
            else:
                kind = each(marker.get("symbol"), 0, "circle")
                drawn.append(
                    symbol(x + 8, y, 10, kind, colour, edge.get("color"), edge.get("width", 0))
                )
            color = layout["font"]["color"]
            drawn.append(text_at(x + 21, y, trace["name"], size, color, across="start"))
            x += width_of(trace["name"], size) + 40
    return drawn
