"""Bands between two columns, as an SVG picture."""

from typing import Any

from charts.svg_pieces import box, paint, text_at

_TOP, _PAD, _THICK = 16.0, 18.0, 14.0


def sankey(
    trace: dict[str, Any], width: float, height: float, size: float, colour: str
) -> list[str]:
    """Nodes left and right, as high as what leaves or comes to them, and the bands in between."""
    node, link = trace["node"], trace["link"]
    moves = list(zip(link["source"], link["target"], link["value"], link["color"], strict=True))
    sides = (sorted({move[0] for move in moves}), sorted({move[1] for move in moves}))
    totals = {place: sum(m[2] for m in moves if place in m[:2]) for side in sides for place in side}
    most = max(len(side) for side in sides) if moves else 1
    total = sum(move[2] for move in moves) or 1
    scale = (height - 2 * _TOP - _PAD * (most - 1)) / total
    tops: dict[int, float] = {}
    for side in sides:
        y = _TOP
        for place in side:
            tops[place] = y
            y += totals[place] * scale + _PAD
    used = dict(tops)
    left, right = 8.0 + _THICK, width - 8.0 - _THICK
    middle = (left + right) / 2
    drawn = []
    for source, target, value, fill in moves:
        y, z, thick = used[source], used[target], value * scale
        used[source] += thick
        used[target] += thick
        drawn.append(
            f'<path d="M{left:.1f} {y:.1f}C{middle:.1f} {y:.1f} {middle:.1f} {z:.1f} {right:.1f} {z:.1f}'
            f"V{z + thick:.1f}C{middle:.1f} {z + thick:.1f} {middle:.1f} {y + thick:.1f} "
            f'{left:.1f} {y + thick:.1f}Z" {paint("fill", fill)}/>'
        )
    for is_right, side in enumerate(sides):
        for place in side:
            x = right if is_right else left - _THICK
            tall = max(totals[place] * scale, 1)
            drawn.append(box(x, tops[place], _THICK, tall, node["color"][place]))
            label = x - 6 if is_right else x + _THICK + 6
            anchor = "end" if is_right else "start"
            y = tops[place] + tall / 2
            drawn.append(text_at(label, y, node["label"][place], size, colour, across=anchor))
    return drawn
