"""Pieces of an SVG picture: text with its bold words and line breaks, colours, and symbols."""

import re
from html import escape
from typing import Any

FONT = "'Liberation Sans', Arial, sans-serif"
LINE_HEIGHT = 1.2
_HALO = ' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"'
_LETTER = 0.54
"""Mean width of a letter against the size of type."""
_DASHES = {"dash": "7 5", "dot": "2 4", "dashdot": "7 4 2 4", "longdash": "11 5"}
_TAG = re.compile(r"</?[bi]>")


def lines_of(text: str) -> list[str]:
    """A label's lines: ``<br>`` breaks them."""
    return text.split("<br>")


def width_of(text: str, size: float) -> float:
    """How wide a label is, in pixels, about."""
    return max((len(_TAG.sub("", line)) for line in lines_of(text)), default=0) * size * _LETTER


def text_at(
    x: float, y: float, text: str, size: float, colour: str, *, across: str = "middle",
    down: str = "middle", has_halo: bool = False,
) -> str:  # fmt: skip
    """A label at a point: ``across`` is start, middle or end; ``down`` says which part of it is at ``y``.

    With a halo a line behind it does not strike it through.
    """
    lines = lines_of(str(text))
    step = size * LINE_HEIGHT
    top = {"top": 0.8 * size, "middle": 0.35 * size - (len(lines) - 1) * step / 2}.get(
        down, -0.25 * size - (len(lines) - 1) * step
    )
    spans = "".join(
        f'<tspan x="{x:.1f}" y="{y + top + place * step:.1f}">{_styled(line)}</tspan>'
        for place, line in enumerate(lines)
        if line
    )
    halo = _HALO if has_halo else ""
    look = f'text-anchor="{across}" font-size="{size:.1f}" {paint("fill", colour)}{halo}'
    return f"<text {look}>{spans}</text>"


def paint(what: str, colour: object) -> str:
    """``fill`` or ``stroke`` as an attribute; a colour may end with two digits of opacity."""
    text = str(colour or "none")
    if text.startswith("rgba(0,0,0,0"):
        text = "none"
    if re.fullmatch(r"#[0-9A-Fa-f]{8}", text):
        return f'{what}="{text[:7]}" {what}-opacity="{int(text[7:], 16) / 255:.2f}"'
    return f'{what}="{text}"'


def path(
    points: list[tuple[float, float]], stroke: object, width: float, dash: str = "", fill: object = None
) -> str:  # fmt: skip
    """A line through points, or a filled shape."""
    steps = " ".join(f"{'L' if i else 'M'}{x:.1f} {y:.1f}" for i, (x, y) in enumerate(points))
    dashes = f' stroke-dasharray="{_DASHES[dash]}"' if dash in _DASHES else ""
    closed = "Z" if fill else ""
    return (
        f'<path d="{steps}{closed}" {paint("fill", fill)} {paint("stroke", stroke)} '
        f'stroke-width="{width}" stroke-linejoin="round"{dashes}/>'
    )


def box(
    left: float, top: float, width: float, height: float, fill: object, *, opacity: float = 1,
    stroke: object = None, stroke_width: float = 0,
) -> str:  # fmt: skip
    """A rectangle."""
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}" '
        f'{paint("fill", fill)} opacity="{opacity}" {paint("stroke", stroke)} stroke-width="{stroke_width}"/>'
    )


def symbol(x: float, y: float, size: float, kind: str, fill: object, stroke: object, width: float) -> str:  # fmt: skip
    """A marker: diamond, square, or else a circle."""
    half = size / 2
    if kind.startswith("diamond"):
        half *= 1.2
        corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
        return path(corners, stroke, width, fill=fill)
    if kind.startswith("square"):
        return box(x - half, y - half, size, size, fill, stroke=stroke, stroke_width=width)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}" {paint("fill", fill)} '
        f'{paint("stroke", stroke)} stroke-width="{width}"/>'
    )


def each(value: Any, place: int, default: Any = None) -> Any:
    """A property of one point: Plotly takes one for all or a list."""
    if value is None:
        return default
    if isinstance(value, list | tuple):
        return value[place] if place < len(value) else default
    return value


def _styled(line: str) -> str:
    """Bold and italic words; everything else is text."""
    found, style = [], {"b": 'font-weight="bold"', "i": 'font-style="italic"'}
    for part in re.split(r"(</?[bi]>)", line):
        if re.fullmatch(r"<[bi]>", part):
            found.append(f"<tspan {style[part[1]]}>")
        elif re.fullmatch(r"</[bi]>", part):
            found.append("</tspan>")
        else:
            found.append(escape(part).replace("  ", " \u00a0"))
    return "".join(found)
