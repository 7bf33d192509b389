"""The letters that the agencies' half-yearly workbooks come with: number and day, some after the plan's day."""

from datetime import timedelta

from demo.randomness import stream
from reference.plan import report_due

LATE_REPORTS = 1 / 7


def under_report(seed: int, form: str, period: str, *, is_late: bool) -> str:
    """The line that names the report a workbook belongs to; ``LATE_REPORTS`` of them are dated after the plan's day.

    A supplement of communes that came later is always dated after it.
    """
    rng = stream(seed, "report", form, period, is_late)
    due = report_due(period)
    after = is_late or rng.random() < LATE_REPORTS
    day = due + timedelta(days=int(rng.integers(1, 20) if after else -rng.integers(0, 8)))
    return f"(Kèm theo Báo cáo số {int(rng.integers(20, 900))}/BC ngày {day:%d/%m/%Y})"
