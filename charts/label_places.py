"""Where the figure of a point stands, so that it lies neither on its own line nor on one to compare with."""

from collections.abc import Sequence
from itertools import pairwise

Point = tuple[float, float]
_LABEL_HEIGHT_SHARE, _LABEL_WIDTH = 0.1, 1.0
"""A label's height as a share of the picture's, and its width in years on a phone."""


def label_places(own: Sequence[Point], others: Sequence[Sequence[Point]], top: float) -> list[str]:
    """Plotly's words for the place of each figure of ``own``.

    Right of a point of a falling line, else above it; left and below where another line passes over the point and
    its own line falls, since there is room.

    Args:
        own: (x, y) of the line's points, in order.
        others: the same of the lines to compare with.
        top: the highest value that the picture shows.
    """
    falls = [later[1] < here[1] for here, later in pairwise(own)]
    came = [falls[0], *falls] if falls else [False]
    goes = [*falls, falls[-1]] if falls else [False]
    room = top * _LABEL_HEIGHT_SHARE
    return [
        "bottom left"
        if comes and fall and _is_under(point, others, room)
        else "top right"
        if fall
        else "top center"
        for point, comes, fall in zip(own, came, goes, strict=True)
    ]


def _is_under(point: Point, others: Sequence[Sequence[Point]], room: float) -> bool:
    """Whether one of ``others`` passes through the place of a label right above ``point``."""
    x, y = point
    heights = [
        height
        for line in others
        for place in (x, x + _LABEL_WIDTH / 2, x + _LABEL_WIDTH)
        if (height := _height(line, place)) is not None
    ]
    return any(y <= height <= y + room for height in heights)


def _height(line: Sequence[Point], x: float) -> float | None:
    for (first, low), (last, high) in pairwise(line):
        if first <= x <= last and last > first:
            return low + (high - low) * (x - first) / (last - first)
    return next((y for place, y in line if abs(place - x) < _LABEL_WIDTH / 2), None)
