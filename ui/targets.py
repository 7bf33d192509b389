"""The plan's targets in the reader's words: one row an indicator, and what stands behind one of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import counted_unit, has_figure
from charts.numbers import MISSING, amount, day, number, period, rate, signed
from measures import target_standing
from measures.catalogue import cards
from measures.outlook import derived_path, outlook
from measures.target_standing import SLIPPING, Standing, Status, age_days
from reference.periods import last_day
from reference.plan import PlanIndicator, owner_on, plan_indicators
from ui import url
from ui.changes import is_complete
from ui.data import BY_BUILD, Rows
from ui.sentences import coverage, without_province
from ui.texts import language, t
from warehouse.dim_tables import DIM__PUBLISHED

_SYMBOLS: Mapping[Status, str] = {
    "met": "✔", "on_pace": "●", "better": "●", "same": "→", "slow": "▲", "short": "▲", "worse": "▲",
    "away": "▼", "unknown_trend": "○", "partial": "○", "no_data": "–",
}  # fmt: skip


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=dict(BY_BUILD))
def standings(rows: Rows) -> tuple[Standing, ...]:
    """Where every indicator of the plan stands for the whole province."""
    return tuple(target_standing.standings(plan_indicators().values(), figures(rows)))


def figures(rows: Rows) -> pl.DataFrame:
    """Every figure of the whole province on the plan's indicators: one question for all of the page."""
    return rows.estimates(
        tuple(name for each in plan_indicators().values() for name in each.measures)
    )


def sentence(found: Sequence[Standing]) -> str:
    """How many are met, short, unknown, and have a direction only; they add up to all of them."""
    met = sum(each.status == "met" for each in found)
    slipping = [each for each in found if each.status in SLIPPING]
    unknown = sum(each.status in ("no_data", "partial") for each in found)
    counted = {"met": met, "slipping": len(slipping), "unknown": unknown}
    rest = len(found) - sum(counted.values())
    return t("targets.headline", **counted, rest=rest, all=len(found))


def label(indicator: PlanIndicator) -> str:
    """Number and name of an indicator."""
    name = indicator.label_vi if language() == "vi" else indicator.label_en
    return f"{indicator.id} {name}"


def status_text(found: Standing) -> str:
    """Symbol and words: a status is never a colour alone."""
    return status_words(found.status)


def status_words(status: Status) -> str:
    """Symbol and words of a status alone."""
    return f"{_SYMBOLS[status]} {t(f'target.status.{status}')}"


def figure(found: Standing) -> str:
    """The newest figure with its period, and its coverage where communes are missing from it."""
    row = found.row
    if row is None:
        return t("target.no_data")
    if not has_figure(row):
        return f"{t('target.no_case' if row['mark'] == 'no_case' else 'target.no_data')} ({_when(row)})"
    when = _when(row) if is_complete(row) else f"{_when(row)}, {coverage(row)}"
    return f"{amount(row['value'], row['unit'], language())} ({when})"


def worst_parts(found: Sequence[Standing]) -> list[str]:
    """Of indicators that are told from many measures, which of them is the worst."""
    told = [(each.indicator, cards()[each.row["measure"]]) for each in found if each.row]
    return [
        t(
            "target.worst_of",
            indicator=label(indicator),
            worst=card.label_vi if language() == "vi" else card.label_en,
        )
        for indicator, card in told
        if indicator.worst_of
    ]


def missing(found: Standing) -> str:
    """The gap in the measure's unit, and in households or persons; of a count that should be zero, what is left."""
    if found.row is None or found.gap is None:
        return MISSING
    if found.indicator.target_kind == "to_zero" and found.row["unit"] != "pct":
        left = amount(found.row["value"], found.row["unit"], language())
        return t("target.left", left=left)
    if found.people is None or found.row["unit"] != "pct":
        return _points(found.gap, found.row["unit"])
    counted = counted_unit(found.row["measure"])
    people = amount(found.people, counted, language())
    return f"{_points(found.gap, found.row['unit'])} = {people}"


def _points(gap: float, unit: str) -> str:
    """How much is missing: the way to the target has no sign."""
    return amount(abs(gap), "points" if unit == "pct" else unit, language())


def pace(found: Standing) -> str:
    """Observed pace a year, and what is needed to reach the target in time."""
    if found.row is None or found.observed is None:
        return MISSING
    unit = found.row["unit"]
    observed = signed(round(found.observed, 2), unit, language())
    if found.required is None:
        return observed
    return t(
        "target.pace",
        observed=observed,
        required=signed(round(found.required, 2), unit, language()),
    )


def aim(indicator: PlanIndicator) -> str:
    """What the plan asks for, in words where it has no number."""
    if indicator.target_value is None:
        return t(f"target.aim.{indicator.direction}")
    if indicator.target_kind == "keep_100":
        return t("target.aim.keep_100", value=rate(indicator.target_value, language()))
    return t("target.aim.to_zero", year=indicator.deadline_year)


def owner(indicator: PlanIndicator, today: date) -> str:
    """Agency that answers for it today."""
    agency = owner_on(indicator.owner_role, today)
    if agency is None:
        return MISSING
    return agency.name_vi if language() == "vi" else agency.name_en


def at_a_glance(found: Sequence[Standing], assigned: pl.DataFrame, today: date) -> pl.DataFrame:
    """One row an indicator, as texts."""
    own = {
        (row["indicator"], row["year"]): row
        for row in assigned.filter(level="province").iter_rows(named=True)
    }
    return pl.DataFrame(
        [
            {
                t("target.column.indicator"): label(each.indicator),
                t("target.column.status"): status_text(each),
                t("target.column.figure"): figure(each),
                t("target.column.missing"): missing(each),
                t("target.column.owner"): without_province(owner(each.indicator, today)),
                t("target.column.aim"): aim(each.indicator),
                t("target.column.pace"): pace(each),
                t("target.column.outlook"): ahead(each),
                t("target.column.assigned"): _assigned(each, own),
                t("target.column.coverage"): MISSING if each.row is None else coverage(each.row),
                t("target.column.fresh"): fresh(each, today),
            }
            for each in found
        ]
    )


def ahead(found: Standing) -> str:
    """Where the pace of the last years leads by the last review of the standard; never further."""
    told = outlook(found)
    if told is None or found.row is None:
        return t("target.outlook.none")
    value = amount(round(told.value, 2), found.row["unit"], language())
    has_standard = found.row["standard_id"] is not None
    return t(
        "target.outlook.standard" if has_standard else "target.outlook",
        value=value,
        year=told.year,
    )


def fresh(found: Standing, today: date) -> str:
    """The day the figure stands for and how long ago that was."""
    if found.row is None:
        return MISSING
    code = found.row["period"]
    days = number(age_days(code, today), language())
    return t("target.fresh", day=day(min(last_day(code), today)), days=days)


def choose() -> str:
    """The indicator looked at closely; its number stands in the URL."""
    known = [each for each in plan_indicators().values() if each.measure in cards()]
    labels = {each.id: label(each) for each in known}
    return url.choice(
        st.selectbox,
        t("target.choose"),
        list(labels),
        key="target",
        default=known[0].id,
        format_func=labels.__getitem__,
        width=420,
    )


def lines(found: Standing, assigned: pl.DataFrame) -> pl.DataFrame:
    """Lines to compare with, rows of ``dim__published``: what was assigned, else the reference path, named so.

    A reference value of the plan's successor stands beside; neither it nor the path ever makes a status.
    """
    own = assigned.filter(level="province", indicator=found.indicator.id).sort("year")
    told = [
        (row["year"], row["value"], t("target.assigned_line")) for row in own.iter_rows(named=True)
    ]
    told = told or [(*point, t("target.derived_line")) for point in derived_path(found)]
    if found.indicator.reference_value is not None and found.row is not None:
        name = t("target.reference_line")
        years = sorted({int(end) - 1 for end, _ in found.series})
        told += [(year, found.indicator.reference_value, name) for year in years]
    rows = [
        {"series_id": label, "period": str(year), "value": value, "unit": found.indicator.unit}
        for year, value, label in told
    ]
    if not rows:
        return DIM__PUBLISHED.empty().with_columns(label=pl.lit(""))
    frame = DIM__PUBLISHED.conform(pl.DataFrame(rows, infer_schema_length=None))
    return frame.with_columns(label=pl.col("series_id"))


def reading(found: Standing, assigned: pl.DataFrame) -> str:
    """What must be said under the picture: pale bars, or a path that nobody assigned."""
    if found.row is not None and "-" in found.row["period"]:
        return " · " + t("target.pale")
    has_own = not assigned.filter(level="province", indicator=found.indicator.id).is_empty()
    return "" if has_own or not derived_path(found) else " · " + t("target.path_note")


def _assigned(found: Standing, assigned: Mapping[tuple[str, int], Mapping[str, Any]]) -> str:
    """The assigned target of the figure's year and whether it was reached; none was assigned: said so."""
    row = found.row
    if row is None:
        return t("target.not_assigned")
    wanted = assigned.get((found.indicator.id, int(row["period"][:4])))
    if wanted is None:
        return t("target.not_assigned")
    text = f"{amount(wanted['value'], row['unit'], language())} ({wanted['year']})"
    if not (has_figure(row) and is_complete(row)):
        return text
    lower = found.indicator.direction == "lower_is_better"
    reached = row["value"] <= wanted["value"] if lower else row["value"] >= wanted["value"]
    return f"{text} {t('target.reached' if reached else 'target.not_reached')}"


def _when(row: Mapping[str, Any]) -> str:
    return period(row["period"], language())
