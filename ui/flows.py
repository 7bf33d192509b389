"""What moved on the list of the poor between two reviews, as official form 2 tells it."""

from collections.abc import Sequence

from charts.labels import has_figure
from charts.list_flows import Kind, Step
from measures.catalogue import cards
from measures.poor_list_flows import MEASURES
from ui.changes import Change, change, fewest_with_a_quarter
from ui.data import Rows
from ui.provenance import of_cards
from ui.texts import t

_OUT = ("escaped_to_near_poor_household_count", "escaped_above_near_poor_household_count")
_NAMES = tuple(measure.name for measure in MEASURES)


def steps(rows: Rows, measure: str, period: str | None) -> list[Step]:
    """Opening list, each flow, what the lists do not explain, closing list; empty where unknown.

    The part not explained is closing − opening − flows: households that moved, split, joined or
    died, and households whose class before was written differently a year later.
    """
    if period is None:
        return []
    changed = change(rows.estimates((measure,)), measure, period)
    found = rows.estimates(_NAMES, periods=(period,)).rows_by_key(
        "measure", named=True, unique=True
    )
    if changed is None or set(found) != set(_NAMES) or not all(map(has_figure, found.values())):
        return []
    opening, closing = changed.earlier["value"], changed.later["value"]
    bars = [Step(t("flows.opening", period=changed.earlier["period"]), "opening", 0, opening)]
    level = opening
    for name in _NAMES:
        moved = -found[name]["value"] if name in _OUT else found[name]["value"]
        bars.append(Step(t(f"flow.{name}"), _kind(moved), level, level + moved))
        level += moved
    if level != closing:
        bars.append(Step(t("flow.other"), _kind(closing - level), level, closing))
    return [*bars, Step(t("flows.closing", period=period), "closing", 0, closing)]


def details() -> None:
    """What each flow means: the cards behind the picture."""
    of_cards([cards()[name] for name in _NAMES], "overview_flows")


def few_units(rows: Rows, changed: Change | None, era: str) -> tuple[int, Sequence[str]] | None:
    """How few units in force made a quarter of the fall of a count since the review before, and which."""
    if changed is None:
        return None
    later, earlier = (
        rows.estimates((row["measure"],), level="commune", periods=(row["period"],), era=era)
        for row in (changed.later, changed.earlier)
    )
    return fewest_with_a_quarter(later, earlier, -changed.difference)


def _kind(moved: float) -> Kind:
    return "left" if moved < 0 else "came"
