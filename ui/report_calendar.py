"""The plan's calendar of one year: what is due, until when, and how many days are left."""

from datetime import date

import polars as pl

from charts.numbers import MISSING, day, number
from reference.plan import calendar, events
from ui.texts import language, t


def calendar_table(today: date) -> pl.DataFrame:
    """What the plan and the review want this year, and what comes every month or without a day."""
    vi = language() == "vi"
    dated = [
        (
            event.rule.label_vi if vi else event.rule.label_en,
            event.span.words_vi if vi else event.span.words_en,
            day(event.last),
            t("report.calendar.over" if event.last < today else "report.calendar.ahead",
              days=number(abs((event.last - today).days), language())),
            event.rule.clause,
        )
        for event in events(today.year)
    ]  # fmt: skip
    undated = [
        (
            rule.label_vi if vi else rule.label_en,
            str(rule.words_vi if vi else rule.words_en),
            MISSING,
            MISSING,
            rule.clause,
        )
        for rule in calendar().values()
        if not rule.spans
    ]
    names = [t(f"report.calendar.{name}") for name in ("what", "when", "last", "left", "clause")]
    return pl.DataFrame([*dated, *undated], schema=names, orient="row")
