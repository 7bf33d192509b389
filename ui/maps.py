"""Which picture shows where: tiles of the former districts, or the units in force."""

import polars as pl
import streamlit as st

from charts.figure import Figure
from charts.theme import Mode
from charts.tile_grid import tile_grid
from charts.unit_map import unit_map
from ui import boundaries
from ui.filters import MAPPED_ERA, Chosen
from ui.texts import language, t


def reading(chosen: Chosen, mode: Mode) -> str:
    """What shades and circles mean, which differs on a dark ground, and that a commune can be clicked."""
    shade = t("map.reading", shade=t(f"map.shade.{mode}"))
    told = [t("map.circles"), t("map.click")] if chosen.level == "commune" else []
    return " ".join([shade, *told, t("map.beside")])


def picture(units: pl.DataFrame, chosen: Chosen, mode: Mode) -> Figure | None:
    """The map of the chosen level; None on maps that there is no picture of.

    Says what is wrong with the boundaries of the settings, if anything, and draws the diagram.
    """
    if units.is_empty():
        return None
    if chosen.level == "district":
        return tile_grid(units, language(), mode)
    if chosen.era != MAPPED_ERA:
        return None
    shapes, problem = boundaries.geometry()
    if problem:
        st.warning(problem)
    return unit_map(units, shapes, language(), mode, own_unit=chosen.unit)
