"""The letters that the agencies' half-yearly workbooks come with: number and day, some after the plan's day."""

from datetime import date, timedelta

from demo.randomness import stream
from reference.plan import report_due

LATE_REPORTS = 1 / 7


def letter(seed: int, form: str, period: str, *, is_late: bool) -> tuple[int, date]:
    """Number and day of the report a workbook belongs to; ``LATE_REPORTS`` of them are dated after the plan's day.

    A supplement of communes that came later is always dated after it.
    """
    rng = stream(seed, "report", form, period, is_late)
    due = report_due(period)
    after = is_late or rng.random() < LATE_REPORTS
    day = due + timedelta(days=int(rng.integers(1, 20) if after else -rng.integers(0, 8)))
    return int(rng.integers(20, 900)), day


def under_report(seed: int, form: str, period: str, *, is_late: bool) -> str:
    """The line of a workbook that names its report."""
    number, day = letter(seed, form, period, is_late=is_late)
    return f"(Kèm theo Báo cáo số {number}/BC ngày {day:%d/%m/%Y})"
