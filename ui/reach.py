"""Households deprived in one indicator beside those a programme reached, and support on their own rows."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.labels import has_figure
from charts.numbers import MISSING, number, period, rate, signed, sort_key
from measures.deprivation_reach import Reach, reach
from reference.loading import deprivation_answers, era_at, indicators
from reference.periods import last_day
from reference.programmes import Programme, programmes
from reference.records import Indicator
from ui import delivery, url
from ui.data import Rows
from ui.deprivations import CLASSES, Figures, deprived, name, reported, supported, told
from ui.texts import language, t


def choose_indicator() -> Indicator:
    """The indicator looked at closely; its code stands in the URL."""
    known = {each.code: each for each in indicators()}
    code = url.choice(
        st.selectbox,
        t("dep.choose"),
        list(known),
        key="indicator",
        default="housing_quality",
        format_func=lambda one: name(known[one]),
        width=320,
    )
    return known[code]


def choose_programme(indicator: Indicator) -> str | None:
    """One of the programmes that answer it; None where no workbook reports on any."""
    answers = deprivation_answers()[indicator.code].programmes
    if not answers:
        return None
    return url.choice(
        st.selectbox,
        t("delivery.choose"),
        answers,
        key="answer",
        default=answers[0],
        format_func=lambda one: delivery.name(programmes()[one]),
        width=380,
    )


def note(programme: Programme, review: str, half_year: str) -> str:
    """Which review and half-year stand side by side, and what the programme counts."""
    return t(
        "dep.reach.note" if programme.unit == "household" else "dep.reach.not_households",
        review=review,
        period=period(half_year, language()),
    )


def reached(
    rows: Rows, indicator: Indicator, review: str, programme: str, half_year: str
) -> list[Reach]:
    """Deprived of a review beside reached in a half-year, by commune in force at its end."""
    era = era_at(last_day(half_year))
    names = tuple(deprived(indicator.code, each) for each in CLASSES)
    found = rows.estimates(names, level="commune", periods=(review,), era=era)
    figures = rows.programme_figures(programme, "commune").filter(period=half_year, era=era)
    return sorted(
        reach(found, figures, programmes()[programme].unit),
        key=lambda one: sort_key(one.unit_name or ""),
    )


def reach_table(found: Sequence[Reach]) -> pl.DataFrame:
    """The counts side by side; a count that was not reported says so and is never 0."""
    return pl.DataFrame(
        [
            {
                t("column.unit"): each.unit_name or "",
                t("dep.column.poor"): _count(each.poor),
                t("dep.column.near_poor"): _count(each.near_poor),
                t("dep.column.need"): _count(each.need),
                t("dep.column.reached"): _count(each.reached),
                t("dep.column.difference"): MISSING
                if each.difference is None
                else signed(each.difference, "", language()),
            }
            for each in found
        ]
    )


def _count(value: float | None) -> str:
    return t("target.no_data") if value is None else number(value, language())


def own_rows(found: Figures) -> pl.DataFrame:
    """Support on the household's own row, for the indicators that a kind of support answers."""
    shown = [
        (each, found.get(supported(each.code)))
        for each in indicators()
        if deprivation_answers()[each.code].support
    ]
    return pl.DataFrame(
        [
            {
                t("dep.column.indicator"): name(each),
                t("dep.column.known"): number(row["denominator"] if row else None, language()),
                t("dep.column.supported"): number(row["numerator"] if row else None, language()),
                t("dep.column.share"): rate(row["value"] if row else None, language())
                if row and has_figure(row)
                else told(row),
                t("column.coverage"): reported(row),
            }
            for each, row in shown
        ]
    )
