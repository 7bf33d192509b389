"""Shapes of the units for maps: official boundaries where the settings name a folder, else our diagram."""

from pathlib import Path

import streamlit as st

from charts.geometry import BoundariesError, Geometry, from_folder, schematic
from warehouse.settings import settings


def geometry() -> tuple[Geometry, str | None]:
    """Boundaries from the folder in the settings, else our diagram; and what is wrong with them."""
    folder = settings().boundaries
    if folder is None:
        return schematic(), None
    try:
        return _boundaries(folder), None
    except BoundariesError as error:
        return schematic(), str(error)


@st.cache_resource(max_entries=2, show_spinner=False)
def _boundaries(folder: Path) -> Geometry:
    return from_folder(folder)
