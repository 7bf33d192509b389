"""Questions to the warehouse's door, cached by build, viewer and arguments.

Builds never change, so nothing cached about one ever expires.
"""

from pathlib import Path
from typing import Any, Literal

import streamlit as st

from warehouse.door import Door, Viewer

Question = Literal[
    "estimates",
    "newest_complete_period",
    "periods",
    "groups",
    "units",
    "unit_names",
    "published",
    "build_facts",
    "checks",
    "submissions",
    "reasons",
    "coverage",
    "counted_files",
    "differences",
    "duty_statuses",
    "provenance",
    "assigned_targets",
    "programme_figures",
    "household_flows",
    "household_history",
    "household_links",
    "watched_households",
    "poor_households",
    "integrity_signals",
    "audits",
    "model_results",
    "model_turn_counts",
    "model_turns",
]


@st.cache_data(
    max_entries=512,
    show_spinner=False,
    hash_funcs={Viewer: lambda viewer: (viewer.role, viewer.scope)},
)
def ask(
    folder: str,
    build_id: str,
    viewer: Viewer,
    question: Question,
    arguments: tuple[tuple[str, object], ...],
) -> Any:
    """The door's answer to ``question`` about one build."""
    return getattr(Door.open(Path(folder), viewer, build_id), question)(**dict(arguments))
