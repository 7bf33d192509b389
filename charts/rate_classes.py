"""Fixed classes of a measure, so that one colour is one range on every map of every year."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from charts.figure import Part
from charts.labels import Row, has_figure
from charts.numbers import Language, number
from charts.theme import LABEL_TEXT_PX, Mode, palette
from charts.words import word

Breaks = tuple[float, float, float, float]

_POOR: Breaks = (0.5, 1.0, 1.5, 2.0)
_NEAR_POOR: Breaks = (1.0, 2.0, 3.0, 4.0)
_BOTH: Breaks = (1.5, 3.0, 4.5, 6.0)
_SHARE_OF_A_CLASS: Breaks = (20.0, 40.0, 60.0, 80.0)
_FRACTION: Breaks = (0.2, 0.4, 0.6, 0.8)

BREAKS: Mapping[str, Breaks] = MappingProxyType(
    {
        "poor_household_rate": _POOR,
        "poor_person_rate": _POOR,
        "near_poor_household_rate": _NEAR_POOR,
        "near_poor_person_rate": _NEAR_POOR,
        "poor_and_near_poor_household_rate": _BOTH,
    }
)
"""Upper ends of the first four of five classes, in per cent: round steps around the usual level."""

LEGEND: Mapping[str, object] = MappingProxyType(
    {
        "orientation": "h",
        "y": -0.02,
        "yanchor": "top",
        "x": 0,
        "font": {"size": LABEL_TEXT_PX},
        "itemclick": False,
        "itemdoubleclick": False,
    }
)


def breaks_of(measure: str, unit: str) -> Breaks:
    """The four inner limits of the five classes."""
    return BREAKS.get(measure, _FRACTION if unit == "share" else _SHARE_OF_A_CLASS)


def fill_of(row: Row, mode: Mode) -> str:
    """Colour of one unit; no data and suppressed have colours of their own."""
    colours = palette(mode)
    if not has_figure(row):
        return colours.suppressed if row["mark"] == "suppressed" else colours.no_data
    return colours.rate_classes[bisect_right(breaks_of(row["measure"], row["unit"]), row["value"])]


def pattern_of(row: Row) -> str:
    """Hatching that tells partial (dots), missing (``/``) and suppressed (``x``) without colour."""
    if has_figure(row):
        return "." if is_partial(row) else ""
    return "x" if row["mark"] == "suppressed" else "/"


def is_partial(row: Row) -> bool:
    """Whether communes are still missing from a figure."""
    return bool(has_figure(row) and row["units_reported"] < row["units_expected"])


def legend_entries(rows: Sequence[Row], language: Language, mode: Mode) -> list[Part]:
    """Traces without data that make the legend: the classes, and the marks that occur."""
    if not rows:
        return []
    colours = palette(mode)
    names = _class_names(rows[0], language)
    entries = list(zip(names, colours.rate_classes, [""] * len(names), strict=True))
    for mark, fill, pattern in (
        ("no_data", colours.no_data, "/"),
        ("suppressed", colours.suppressed, "x"),
    ):
        if any(row["mark"] == mark for row in rows):
            entries.append((word(f"mark.{mark}", language), fill, pattern))
    if any(is_partial(row) for row in rows):
        entries.append((word("mark.partial", language), colours.background, "."))
    return [
        {
            "type": "bar",
            "x": [None],
            "y": [None],
            "name": name,
            "marker": {
                "color": fill,
                "pattern": {
                    "shape": pattern,
                    "fgcolor": colours.muted_text,
                    "bgcolor": fill,
                    "size": 4,
                },
                "line": {"width": 1, "color": colours.muted_text},
            },
            "hoverinfo": "skip",
        }
        for name, fill, pattern in entries
    ]


def _class_names(row: Row, language: Language) -> list[str]:
    limits = breaks_of(row["measure"], row["unit"])
    decimals = 0 if limits[0] >= 10 else 1
    texts = [number(limit, language, decimals) for limit in limits]
    sign = "" if row["unit"] != "pct" else " %" if language == "vi" else "%"
    inner = [
        word("class.between", language, low=low, high=high + sign) for low, high in pairwise(texts)
    ]
    return [
        word("class.below", language, high=texts[0] + sign),
        *inner,
        word("class.above", language, low=texts[-1] + sign),
    ]
