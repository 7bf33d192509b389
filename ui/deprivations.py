"""The twelve deprivations in the reader's words: who lacks what, where, and which agency must act."""

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl
import streamlit as st

from charts.labels import Row, figure_text, has_figure
from charts.numbers import amount, day, number
from measures.catalogue import measures
from measures.multidimensional import mean_deprivations, shift
from measures.target_units import year_before
from reference.loading import agency_in_charge, indicators
from reference.records import Indicator
from ui import url
from ui.changes import can_be_headline
from ui.data import Rows
from ui.sentences import coverage
from ui.texts import language, t

CLASSES = ("poor", "near_poor")
INTENSITY, M0, RATE = "deprivation_intensity", "adjusted_headcount", "poor_household_rate"
Figures = Mapping[str, Row]


def deprived(code: str, class_code: str) -> str:
    """Name of the share of a class deprived in one indicator."""
    return f"deprivation_{code}_among_{class_code}"


def _names() -> tuple[str, ...]:
    codes = [each.code for each in indicators()]
    found = [deprived(code, each) for code in codes for each in CLASSES]
    for code in codes:
        found += [contribution(code), censored(code), supported(code)]
    return tuple(name for name in (*found, INTENSITY, M0, RATE) if name in measures())


def contribution(code: str) -> str:
    """Name of its part in M0."""
    return f"contribution_{code}_to_adjusted_headcount"


def censored(code: str) -> str:
    """Name of the share of residents who are poor and deprived in it."""
    return f"censored_headcount_{code}_rate"


def supported(code: str) -> str:
    """Name of the share supported, by the household's own row."""
    return f"supported_among_poor_deprived_in_{code}_rate"


def choose_class() -> str:
    """Poor or near-poor; the code stands in the URL."""
    return url.choice(
        st.segmented_control,
        t("filter.class"),
        CLASSES,
        key="list",
        default="poor",
        required=True,
        format_func=lambda code: t(f"class.{code}"),
    )


def choose_period(rows: Rows) -> str | None:
    """A yearly review whose lists carry scores, the newest complete one first; None where there is none."""
    known = rows.estimates((INTENSITY,)).filter(pl.col("mark").is_in(["ok", "zero"]))
    periods = known["period"].unique().sort(descending=True).to_list()
    if not periods:
        return None
    newest = rows.newest_complete_period()
    return url.choice(
        st.selectbox,
        t("filter.period"),
        periods,
        key="period",
        default=newest if newest and newest in periods else periods[0],
        format_func=str,
        width=130,
    )


def figures(rows: Rows, period: str) -> dict[str, Row]:
    """Every figure of the page for the whole area, by measure."""
    found = rows.estimates(_names(), periods=(period,))
    return {row["measure"]: row for row in found.iter_rows(named=True)}


def sentence(found: Figures, period: str, class_code: str) -> str:
    """How much the poor lack; which indicator is worst only where all communes carry the marks."""
    intensity = found.get(INTENSITY)
    if not can_be_headline(intensity):
        return t("dep.headline.partial", period=period, coverage=reported(intensity))
    text = t(
        "dep.headline",
        period=period,
        mean=number(mean_deprivations(intensity), language(), 1),
    )
    first = next(iter(ordered(found, class_code)))
    row = found.get(deprived(first.code, class_code))
    if can_be_headline(row):
        return f"{text} " + t(
            f"dep.headline.worst.{class_code}",
            indicator=name(first),
            figure=figure_text(row, language()),
        )
    return f"{text} " + t("dep.headline.unmarked", coverage=reported(row))


def shift_sentence(rows: Rows, period: str) -> str:
    """How M0 changed in a year, by H and by A; empty where the two reviews cannot be compared."""
    earlier, now = figures(rows, year_before(period)), figures(rows, period)
    if not all(name in each for each in (earlier, now) for name in (RATE, INTENSITY)):
        return ""
    told = shift((earlier[RATE], earlier[INTENSITY]), (now[RATE], now[INTENSITY]))
    if told is None:
        return ""
    return t(
        "dep.shift",
        period=year_before(period),
        total=_fine(told.total),
        headcount=_fine(told.of_headcount),
        intensity=_fine(told.of_intensity),
    )


def _fine(change: float) -> str:
    text = number(change, language(), 5)
    return f"+{text}" if change > 0 else text


def cards(found: Figures, class_code: str) -> list[tuple[str, str, str]]:
    """(title, figure, note) of H, A, M0 and of how many communes carry the marks."""
    marks = found.get(deprived(indicators()[0].code, class_code))
    shown = [
        (t(f"dep.card.{key}"), _value(found.get(measure)), _note(key, found.get(measure)))
        for key, measure in (("h", RATE), ("a", INTENSITY), ("m0", M0))
    ]
    return [*shown, (t("dep.card.marks"), reported(marks), t("dep.card.marks.note"))]


def _note(key: str, row: Row | None) -> str:
    parts = [t(f"dep.card.{key}.note")]
    if row is not None and row["unit"] == "pct" and has_figure(row):
        parts = [amount(row["numerator"], "household", language()), *parts]
    return " · ".join(parts if row is None else [*parts, coverage(row)])


def _value(row: Row | None) -> str:
    if row is None or not has_figure(row):
        return t("target.no_data")
    if row["unit"] == "share":
        return number(row["value"], language(), 4)
    return amount(row["value"], row["unit"], language())


def reported(row: Row | None) -> str:
    """``35/57``."""
    return (
        t("target.no_data") if row is None else f"{row['units_reported']}/{row['units_expected']}"
    )


def name(indicator: Indicator) -> str:
    """Number in the official form and name."""
    label = indicator.label_vi if language() == "vi" else indicator.label_en
    return f"{indicator.position}. {label}"


def ordered(found: Figures, class_code: str) -> list[Indicator]:
    """From the highest share down where all communes are in it, else as in the official form."""
    known = [found.get(deprived(each.code, class_code)) for each in indicators()]
    if not all(can_be_headline(row) for row in known):
        return list(indicators())
    return sorted(indicators(), key=lambda each: -found[deprived(each.code, class_code)]["value"])


def bars(found: Figures, class_code: str) -> list[tuple[str, Row | None]]:
    """Share of the class deprived, an indicator a bar."""
    order = ordered(found, class_code)
    return [(name(each), found.get(deprived(each.code, class_code))) for each in order]


def bars_takeaway(found: Figures, class_code: str) -> str:
    """What is lacked most where all communes carry the marks, else in how many it is known."""
    told = bars(found, class_code)
    if not all(can_be_headline(row) for _, row in told):
        return _known_in(t(f"dep.bars.{class_code}"), told)
    return t(f"dep.bars.most.{class_code}", **_most(told))


def contributions_takeaway(found: Figures) -> str:
    """The largest part of M0, in the same manner."""
    told = contributions(found)
    if not all(can_be_headline(row) for _, row in told):
        return _known_in(t("dep.contributions"), told)
    return t("dep.contributions.most", **_most(told))


def _known_in(title: str, told: Sequence[tuple[str, Row | None]]) -> str:
    if told[0][1] is None:
        return f"{title}: {t('target.no_data')}"
    return t("dep.known_in", title=title, coverage=reported(told[0][1]))


def _most(told: Sequence[tuple[str, Row | None]]) -> dict[str, str]:
    label, row = max(
        ((label, row) for label, row in told if row is not None), key=lambda one: one[1]["value"]
    )
    return {"indicator": label, "figure": amount(row["value"], row["unit"], language())}


def contributions(found: Figures) -> list[tuple[str, Row | None]]:
    """Part of each indicator in M0."""
    return [(name(each), found.get(contribution(each.code))) for each in ordered(found, "poor")]


def of_indicators(found: Figures, class_code: str, today: date) -> pl.DataFrame:
    """The twelve with number, share, part in M0, share of residents and the agency that must act."""
    return pl.DataFrame(
        [
            {
                t("dep.column.indicator"): name(each),
                t("dep.column.deprived"): told(found.get(deprived(each.code, class_code))),
                t("dep.column.contribution"): _value(found.get(contribution(each.code))),
                t("dep.column.censored"): _value(found.get(censored(each.code))),
                t("dep.column.agency"): agency(each, today),
                t("column.coverage"): reported(found.get(deprived(each.code, class_code))),
            }
            for each in ordered(found, class_code)
        ]
    )


def agency(indicator: Indicator, today: date) -> str:
    """Who must act today, and since when, where a predecessor answered before."""
    found = agency_in_charge(indicator.responsible_role, today)
    label = found.name_vi if language() == "vi" else found.name_en
    return t("dep.since", agency=label, day=day(found.valid_from)) if found.valid_from else label


def told(row: Row | None) -> str:
    """Share and number, or that the marks are missing."""
    return (
        t("target.no_data")
        if row is None or row["mark"] == "no_data"
        else figure_text(row, language())
    )
