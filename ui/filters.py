"""The row of filters on top of a page; every choice stands in the URL."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import polars as pl
import streamlit as st

from charts.numbers import period as period_text
from charts.numbers import sort_key
from reference.loading import era_at
from reference.periods import last_day
from ui import url
from ui.build import Served
from ui.data import Rows
from ui.texts import language, t
from warehouse.door import Level

ALL = "all"
BEST = "best"
DISTRICT_ERA = "2020"
MAPPED_ERA = "2025"
STATUSES = (BEST, "official", "preliminary", "restated", "estimate")
CLASSES = ("poor", "near_poor", "poor_and_near_poor")


@dataclass(frozen=True)
class Chosen:
    """What the reader looks at: codes of the contract, None where everything is meant."""

    measure: str
    period: str
    level: Level
    era: str
    unit: str | None
    by: str | None
    group: str | None
    status: str | None
    as_of: date


def _measure() -> str:
    """Class of household and what is counted, as the name of a rate."""
    kind = url.choice(
        st.selectbox,
        t("filter.class"),
        CLASSES,
        key="class",
        default="poor",
        format_func=lambda code: t(f"class.{code}"),
        width=190,
    )
    counted = url.choice(
        st.segmented_control,
        t("filter.counted"),
        ("household",) if kind == "poor_and_near_poor" else ("household", "person"),
        key="counted",
        default="household",
        required=True,
        format_func=lambda code: t(f"counted.{code}"),
    )
    return f"{kind}_{counted}_rate"


def row(rows: Rows, served: Served) -> Chosen | None:
    """Draw the filters; None while there is no period to choose."""
    as_of = _as_of_now(served.today)
    periods = known_by(rows.periods()["period"].unique().to_list(), as_of, served.today)
    if not periods:
        _draw_as_of(served.today)
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = _measure()
        chosen_period = _period(rows, periods)
        chosen_level = level()
        era = DISTRICT_ERA if chosen_level == "district" else _era(rows, chosen_period, as_of)
        unit = _unit(rows, chosen_level, era)
        with st.popover(t("filter.more"), icon=":material/tune:"):
            if chosen_level == "commune":
                era = _draw_era(rows, chosen_period, as_of)
            by, group = _grouping(rows, name, chosen_period)
            status = _status()
            as_of = _draw_as_of(served.today)
    return Chosen(name, chosen_period, chosen_level, era, unit, by, group, status, as_of)


def known_by(periods: Sequence[str], as_of: date, today: date) -> list[str]:
    """Periods to show: today all of them, the running ones too; looking back, those that were over."""
    return [code for code in periods if as_of >= today or last_day(code) <= as_of]


def newest_first(periods: Sequence[str]) -> list[str]:
    """Reviews and running lists, the newest end first; of two that end together the longer one."""
    return sorted(periods, key=lambda code: (last_day(code), -len(code)), reverse=True)


def _period(rows: Rows, periods: Sequence[str]) -> str:
    newest = rows.newest_complete_period()
    ordered = newest_first(periods)
    return url.choice(
        st.selectbox,
        t("filter.period"),
        ordered,
        key="period",
        default=newest if newest in ordered else ordered[0],
        format_func=lambda code: period_text(code, language()),
        width=150,
    )


def level() -> Level:
    """Units in force or former districts."""
    code = url.choice(
        st.segmented_control,
        t("filter.level"),
        ("commune", "district"),
        key="level",
        default="commune",
        required=True,
        format_func=lambda one: t(f"level.{one}"),
    )
    return "district" if code == "district" else "commune"


def _eras(rows: Rows, period: str) -> list[str]:
    """Maps a period can be shown on: its own and later ones (figures go forward only).

    The public file has communes only as they were in force at each period.
    """
    own = era_at(last_day(period))
    if rows.viewer.role == "visitor":
        return [own]
    return [era for era in ("2020", "2024", "2025") if era >= own]


def era_in_force(rows: Rows, period: str, as_of: date) -> str:
    """The map of ``as_of`` where the period can be shown on it, else the newest it can be."""
    options = _eras(rows, period)
    return era_at(as_of) if era_at(as_of) in options else options[-1]


def _era(rows: Rows, period: str, as_of: date) -> str:
    return url.current("era", _eras(rows, period), era_in_force(rows, period, as_of))


def _draw_era(rows: Rows, period: str, as_of: date) -> str:
    return url.choice(
        st.selectbox,
        t("filter.era"),
        _eras(rows, period),
        key="era",
        default=era_in_force(rows, period, as_of),
        format_func=lambda era: t(f"era.{era}"),
    )


def _unit(rows: Rows, level: Level, era: str) -> str | None:
    units = rows.units(era, level)
    names = dict(zip(units["code"], units["name"], strict=True))
    ordered = sorted(names, key=lambda code: sort_key(names[code].partition(" ")[2]))
    code = url.choice(
        st.selectbox,
        t("filter.unit"),
        [ALL, *ordered],
        key="unit",
        default=ALL,
        format_func=lambda one: names.get(one, t("filter.whole_area")),
        width=200,
    )
    return None if code == ALL else code


def _grouping(rows: Rows, name: str, period: str) -> tuple[str | None, str | None]:
    by = url.choice(
        st.selectbox,
        t("filter.by"),
        [ALL, *groupings(rows, name)],
        key="by",
        default=ALL,
        format_func=lambda one: t(f"by.{one}"),
    )
    if by == ALL:
        return None, None
    found = rows.estimates((grouped_measure(rows, name, by),), periods=(period,), group_by=by)
    groups = found["group"].drop_nulls().unique().sort().to_list()
    group = url.choice(
        st.selectbox,
        t("filter.group"),
        [ALL, *groups],
        key="group",
        default=ALL,
        format_func=lambda one: t("filter.everybody") if one == ALL else group_text(by, one),
    )
    return by, None if group == ALL else group


def groupings(rows: Rows, name: str) -> list[str]:
    """Groupings of a rate, then those that only the count of the same class carries."""
    return list(dict.fromkeys([*rows.groups(name), *rows.groups(count_of(name))]))


def grouped_measure(rows: Rows, name: str, by: str) -> str:
    """The rate where its denominator knows the grouping, else the count."""
    return name if by in rows.groups(name) else count_of(name)


def count_of(name: str) -> str:
    """Name of the count that is the numerator of a rate."""
    return name.removesuffix("_rate") + "_count"


def group_text(by: str, group: str) -> str:
    """Name of one group, e.g. rural."""
    return t(f"group.{by}.{group}")


def _status() -> str | None:
    status = url.choice(
        st.selectbox,
        t("filter.status"),
        STATUSES,
        key="status",
        default=BEST,
        format_func=lambda one: t(f"status.{one}"),
    )
    return None if status == BEST else status


def _as_of_now(today: date) -> date:
    """The date in force before its widget is drawn (the widget stands further down)."""
    found: date | Literal[""] = st.session_state.get("as_of") or ""
    if found:
        return min(found, today)
    asked = st.query_params.get("as_of", "")
    try:
        return min(date.fromisoformat(asked), today)
    except ValueError:
        return today


def _draw_as_of(today: date) -> date:
    picked: date = st.date_input(
        t("filter.as_of"),
        value=today,
        max_value=today,
        key="as_of",
        bind="query-params",
        format="DD/MM/YYYY",
        help=t("filter.as_of.help"),
    )
    return picked


def series(rows: Rows, chosen: Chosen) -> pl.DataFrame:
    """All periods of the chosen unit on the chosen map, or of the whole area."""
    if chosen.unit is None:
        found = rows.estimates((chosen.measure,), status=chosen.status)
    else:
        found = rows.estimates(
            (chosen.measure,),
            level=chosen.level,
            era=chosen.era,
            units=(chosen.unit,),
            status=chosen.status,
        )
    known = known_by(found["period"].unique().to_list(), chosen.as_of, rows.served.today)
    return found.filter(pl.col("period").is_in(known))
