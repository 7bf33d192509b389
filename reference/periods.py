"""How periods are written: ``2024``, ``2025-H1``, ``2025-Q3`` or ``2025-08``."""

import calendar
import re
from datetime import date

SPANS = {
    **{f"Q{quarter}": (3 * quarter - 2, 3 * quarter) for quarter in (1, 2, 3, 4)},
    "H1": (1, 6),
    "H2": (7, 12),
}


class PeriodError(ValueError):
    """Not a period; the message says how one is written, in Vietnamese."""


def last_day(period: str) -> date:
    """Last day of a period.

    Raises:
        PeriodError: another spelling.
    """
    match = re.fullmatch(r"(\d{4})(?:-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?", period)
    if match is None:
        raise PeriodError(f"Kỳ “{period}” không đúng; viết 2024, 2025-H1, 2025-Q3 hoặc 2025-08.")
    year, part = int(match[1]), match[2]
    month = 12 if part is None else SPANS[part][1] if part in SPANS else int(part)
    return date(year, month, calendar.monthrange(year, month)[1])


def half_year_in_words(period: str) -> str:
    """ "6 tháng đầu năm 2026" for ``2026-H1``.

    Raises:
        PeriodError: not a half-year.
    """
    match = re.fullmatch(r"(\d{4})-H([12])", period)
    if match is None:
        raise PeriodError(f"Kỳ “{period}” không phải nửa năm; viết 2025-H1 hoặc 2025-H2.")
    return f"6 tháng {'đầu' if match[2] == '1' else 'cuối'} năm {match[1]}"
