"""All indicators of the plan on one screen: a table to read, the whole of it to sort and take home, and what slips."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from measures.target_standing import Standing
from ui import targets
from ui.build import Served
from ui.read_table import read_table
from ui.texts import t

_READ = ("indicator", "status", "figure", "missing", "pace", "owner")
_FURTHEST = 2


def slipping(found: Sequence[Standing]) -> str:
    """Which indicators get worse, and which are furthest from their 100 %; empty where none is."""
    worse = [each for each in found if each.status in ("away", "worse")]
    short = sorted(
        (
            each
            for each in found
            if each.status in ("short", "slow") and each.gap and _is_rate(each)
        ),
        key=lambda each: abs(each.gap or 0),
        reverse=True,
    )
    names = "; ".join(targets.label(each.indicator) for each in worse)
    furthest = "; ".join(
        t(
            "targets.furthest.one",
            label=targets.label(each.indicator),
            missing=targets.missing(each),
        )
        for each in short[:_FURTHEST]
    )
    told = [
        t("targets.worse", names=names) if names else "",
        t("targets.furthest", names=furthest) if furthest else "",
    ]
    return " ".join(filter(None, told))


def show(found: Sequence[Standing], assigned: pl.DataFrame, served: Served, today: date) -> None:
    """The columns that matter are read whole; all of them are one click away."""
    read_table(
        targets.at_a_glance(found, assigned, today),
        [t(f"target.column.{name}") for name in _READ],
        "targets",
        "muc_tieu",
        served,
        opener=t("targets.every_column"),
        is_overview=True,
    )


def _is_rate(found: Standing) -> bool:
    return found.row is not None and found.row["unit"] == "pct"
