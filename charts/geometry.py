"""Where units lie: cells of our own drawing, or boundaries from a folder, as plain rings of points.

The drawn cells are Voronoi cells of the units' points, clipped to a hull around all of them. They
show who is whose neighbour and nothing about borders; every picture of them says so.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reference.loading import points_2025, units

Point = tuple[float, float]
Ring = tuple[Point, ...]
Points = NDArray[np.float64]

BOUNDARIES_FILE = "communes_2025.geojson"
_MARGIN_SHARE = 0.45
"""How far the hull is pushed out beyond the outer points, in mean distances to the next point."""


class BoundariesError(ValueError):
    """A boundaries file cannot be used; the message says what to do, in Vietnamese."""


@dataclass(frozen=True)
class Geometry:
    """Rings of each unit by code, the place of its label, and whether it is only our diagram."""

    rings: Mapping[str, tuple[Ring, ...]]
    centres: Mapping[str, Point]
    is_schematic: bool


@cache
def schematic() -> Geometry:
    """The 57 units in force since 1 July 2025 as cells grown from their points (unit: degrees of
    latitude, longitudes shortened so that shapes are not stretched)."""
    frame = points_2025()
    shrink = cos(radians(frame["lat"].mean()))  # type: ignore[arg-type]
    places = np.column_stack([frame["lon"].to_numpy() * shrink, frame["lat"].to_numpy()])
    cells = _cells(places, _hull_around(places))
    codes = frame["code"].to_list()
    return Geometry(
        rings={code: (cell,) for code, cell in zip(codes, cells, strict=True)},
        centres={code: (float(x), float(y)) for code, (x, y) in zip(codes, places, strict=True)},
        is_schematic=True,
    )


def from_folder(folder: Path) -> Geometry:
    """Boundaries of the units in force from ``communes_2025.geojson`` in ``folder``.

    Raises:
        BoundariesError: no such file, not GeoJSON, or not exactly the units in force by code.
    """
    file = folder / BOUNDARIES_FILE
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        features = content["features"]
        shapes = {str(one["properties"]["code"]): _rings(one["geometry"]) for one in features}
    except OSError as error:
        raise BoundariesError(
            f"Không mở được tệp ranh giới {file.name}: cần một tệp GeoJSON."
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise BoundariesError(
            f"Tệp {file.name} không đúng dạng GeoJSON có thuộc tính 'code' và đa giác của từng xã."
        ) from error
    expected = set(units().filter(era="2025", level="commune")["code"])
    if set(shapes) != expected:
        raise BoundariesError(
            f"Tệp {file.name} phải có đúng {len(expected)} xã, phường đang có hiệu lực: thiếu "
            f"{len(expected - set(shapes))}, thừa {len(set(shapes) - expected)}."
        )
    centres = {code: _centre(max(rings, key=len)) for code, rings in shapes.items()}
    return Geometry(rings=shapes, centres=centres, is_schematic=False)


def _rings(geometry: Mapping[str, Any]) -> tuple[Ring, ...]:
    polygons = {"Polygon": lambda found: [found], "MultiPolygon": list}[geometry["type"]](
        geometry["coordinates"]
    )
    shrink = cos(radians(polygons[0][0][0][1]))
    return tuple(
        tuple((float(x) * shrink, float(y)) for x, y, *_ in polygon[0]) for polygon in polygons
    )


def _centre(ring: Ring) -> Point:
    return (
        (min(x for x, _ in ring) + max(x for x, _ in ring)) / 2,
        (min(y for _, y in ring) + max(y for _, y in ring)) / 2,
    )


def _hull_around(places: Points) -> list[Point]:
    """Convex hull of the points, counter-clockwise, pushed out from the middle."""
    corners = np.array(_convex([(float(x), float(y)) for x, y in places]))
    middle = places.mean(axis=0)
    gaps = np.sort(np.linalg.norm(places[:, None] - places[None], axis=2), axis=1)[:, 1]
    margin = float(gaps.mean()) * (1 + _MARGIN_SHARE)
    away = corners - middle
    pushed = corners + away / np.linalg.norm(away, axis=1, keepdims=True) * margin
    return [(float(x), float(y)) for x, y in pushed]


def _convex(points: Sequence[Point]) -> list[Point]:
    """Corners of the convex hull, counter-clockwise (Andrew's chains: below from left to right, then above)."""
    chains = []
    for way in (sorted(points), sorted(points, reverse=True)):
        chain: list[Point] = []
        for point in way:
            while len(chain) > 1 and _side(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        chains += chain[:-1]
    return chains


def _cells(places: Points, hull: Sequence[Point]) -> list[Ring]:
    """One closed cell a point: what of the hull lies nearer to it than to any other.

    Written out, since the library for it takes as long to load as all the rest of a page. Points are taken from the
    nearest on, until the next is too far to cut anything off.
    """
    found = []
    for here in places:
        far = np.linalg.norm(places - here, axis=1)
        cell = list(hull)
        for other in np.argsort(far)[1:]:
            reach = max(np.hypot(x - here[0], y - here[1]) for x, y in cell)
            if far[other] > 2 * reach:
                break
            cell = _clipped(cell, _bisector(here, places[other]))
        found.append((*cell, cell[0]))
    return found


def _bisector(here: NDArray[np.float64], other: NDArray[np.float64]) -> list[Point]:
    """Two points of the line half-way between two others, with ``here`` on its left."""
    middle, along = (here + other) / 2, other - here
    across = np.array([-along[1], along[0]])
    start, end = middle - across, middle + across
    return [(float(start[0]), float(start[1])), (float(end[0]), float(end[1]))]


def _clipped(polygon: list[Point], line: Sequence[Point]) -> list[Point]:
    """Part of a convex polygon on the left of a line through two points (Sutherland and Hodgman)."""
    start, end = line
    kept: list[Point] = []
    for here, after in zip(polygon, [*polygon[1:], polygon[0]], strict=True):
        side, next_side = _side(start, end, here), _side(start, end, after)
        if side >= 0:
            kept.append(here)
        if side * next_side < 0:
            share = side / (side - next_side)
            kept.append(
                (here[0] + share * (after[0] - here[0]), here[1] + share * (after[1] - here[1]))
            )
    return kept


def _side(start: Point, end: Point, point: Point) -> float:
    """Positive where ``point`` lies left of the line from ``start`` to ``end``."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])
