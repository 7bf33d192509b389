"""How far a figure may be looked ahead: inside its standard, from five values on, and never as a promise.

Two named rules. *Path*: where no target was assigned, the straight line from the first complete figure of the
standard to the plan's own target, for reference only. *Outlook*: the mean yearly change of the last five years
carried on to the last review of the standard (to the end of the next year where the figure has none).
"""

from dataclasses import dataclass

from measures.progress import observed_pace
from measures.target_standing import FEWEST_VALUES, Standing
from reference.loading import standards


@dataclass(frozen=True)
class Outlook:
    """``value`` at the end of ``year`` if the pace of the last years goes on; never beyond a natural limit."""

    year: int
    value: float
    values_used: int


def outlook(found: Standing) -> Outlook | None:
    """None where fewer than five values of one standard are known, or the standard has no review left."""
    row, pace = found.row, observed_pace(found.series)
    if row is None or pace is None or len(found.series) < FEWEST_VALUES:
        return None
    at, value = found.series[-1]
    last = last_year(row["standard_id"], int(at))
    if last is None or last + 1 <= at:
        return None
    ahead = max(0.0, value + pace * (last + 1 - at))
    return Outlook(last, min(ahead, 100.0) if row["unit"] == "pct" else ahead, len(found.series))


def last_year(standard: str | None, year: int) -> int | None:
    """The last year whose review uses ``standard``; without a standard the year ``year`` itself."""
    return year if standard is None else standards()[standard].valid_to_year.value


def derived_path(found: Standing) -> list[tuple[int, float]]:
    """(year, value) of the reference path to zero, inside the standard; empty where the plan has no such target."""
    indicator, row = found.indicator, found.row
    if indicator.target_kind != "to_zero" or row is None or not found.series:
        return []
    (start, base), last = found.series[0], last_year(row["standard_id"], indicator.deadline_year)
    first = int(start) - 1
    span = indicator.deadline_year - first
    until = min(last or first, indicator.deadline_year)
    return [(year, base * (1 - (year - first) / span)) for year in range(first, until + 1)]
