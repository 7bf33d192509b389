"""The only place with colours: what a colour means, in light and in dark.

Purple is the subject (poor, near-poor, rates), blue and orange are judgements (good, bad) and grey
is comparison. Blue against orange is told apart by readers with any colour vision; a judgement
always also has its symbol and word (``STATUS_SYMBOLS``), so that nothing is said by colour alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Mode = Literal["light", "dark"]
TRANSPARENT = "rgba(0,0,0,0)"
SMALLEST_TEXT_PX = 12
LABEL_TEXT_PX = 13

STATUS_SYMBOLS: Mapping[str, str] = MappingProxyType(
    {"good": "●", "watch": "▲", "bad": "■", "unknown": "○"}
)


@dataclass(frozen=True)
class Palette:
    """Colours of one mode as ``#RRGGBB``; ``rate_classes`` go from the lowest to the highest."""

    poor: str
    near_poor: str
    benchmark: str
    target: str
    good: str
    watch: str
    bad: str
    no_data: str
    suppressed: str
    text: str
    muted_text: str
    grid: str
    background: str
    rate_classes: tuple[str, ...]

    def text_on(self, fill: str) -> str:
        """Black or white, whichever is easier to read on ``fill`` (WCAG relative luminance)."""
        red, green, blue = (int(fill[start : start + 2], 16) / 255 for start in (1, 3, 5))
        linear = [
            c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)
        ]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        return "#0B1118" if luminance > 0.24 else "#FFFFFF"


PALETTES: Mapping[Mode, Palette] = MappingProxyType(
    {
        "light": Palette(
            poor="#5B2C91",
            near_poor="#9A78C9",
            benchmark="#6B7684",
            target="#0B1118",
            good="#1F6FB4",
            watch="#8A6A00",
            bad="#B84A00",
            no_data="#E3E7EC",
            suppressed="#B9C1CB",
            text="#0B1118",
            muted_text="#4A5563",
            grid="#E3E7EC",
            background="#FFFFFF",
            rate_classes=("#EFE8F8", "#CFBBE8", "#A785D2", "#7E52B4", "#4F2482"),
        ),
        "dark": Palette(
            poor="#BFA0F0",
            near_poor="#8A6CC0",
            benchmark="#A3AEBB",
            target="#EEF2F7",
            good="#6CB2F5",
            watch="#E0B84A",
            bad="#FF9A4D",
            no_data="#2A3442",
            suppressed="#5B6675",
            text="#EEF2F7",
            muted_text="#C3CCD7",
            grid="#2C3745",
            background="#10161E",
            rate_classes=("#2E2345", "#4D3880", "#7554B5", "#A27FDD", "#D9C6FA"),
        ),
    }
)


def palette(mode: Mode) -> Palette:
    """Colours for a light or dark background."""
    return PALETTES[mode]


def measure_colour(measure: str, mode: Mode) -> str:
    """Line or bar colour of a measure: near-poor measures are paler than all others."""
    colours = palette(mode)
    return colours.near_poor if measure.startswith("near_poor") else colours.poor
