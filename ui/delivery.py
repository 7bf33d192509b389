"""What one programme reached: its quantities for the province and by place, never added across programmes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import unit_name
from charts.numbers import MISSING, amount, number, period, rate, sort_key
from charts.stages import Stage
from measures import programme_money
from reference.loading import agency_in_charge
from reference.programmes import Programme, Quantity, form_of_programme, programme_forms, programmes
from ui import blocks, printing, url
from ui.sentences import without_province
from ui.texts import language, t

Row = Mapping[str, Any]


def choose_programme() -> Programme:
    """The programme looked at; its id stands in the URL."""
    known = programmes()
    code = url.choice(
        st.selectbox,
        t("delivery.choose"),
        list(known),
        key="programme",
        default=next(iter(known)),
        format_func=lambda one: name(known[one]),
        width=420,
    )
    return known[code]


def choose_period(figures: pl.DataFrame) -> str | None:
    """The half-year looked at, the newest first; None where the programme was never reported."""
    periods = figures["period"].unique().sort(descending=True).to_list()
    if not periods:
        return None
    return url.choice(
        st.selectbox,
        t("delivery.period"),
        periods,
        key="half_year",
        default=periods[0],
        format_func=lambda code: period(code, language()),
        width=220,
    )


def name(thing: Programme | Quantity) -> str:
    """Name in the reader's language."""
    return thing.label_vi if language() == "vi" else thing.label_en


def agency(programme: Programme, today: date) -> str:
    """Agency that reports on the programme today."""
    form = form_of_programme()[programme.id]
    role = next(each.agency_role for each in programme_forms() if each.form == form)
    found = agency_in_charge(role, today)
    return found.name_vi if language() == "vi" else found.name_en


def stages(programme: Programme, rows: Mapping[str, Row]) -> list[Stage]:
    """Quantities counted in the programme's own unit, in the order of the form; money is not among them."""
    names = {column.quantity: name(column) for column in programme.columns}
    return [
        Stage(names[each.quantity], each.value, each.share_pct)
        for each in programme_money.stages(programme, rows)
    ]


def takeaway(steps: Sequence[Stage]) -> str:
    """From the first quantity to the last one, with its share of what bounds it."""
    first, last = steps[0], steps[-1]
    if first is last:
        return f"{first.name}: {number(first.value, language())}"
    share = "" if last.share_pct is None else f" ({rate(last.share_pct, language())})"
    return t(
        "delivery.stages.takeaway",
        first=first.name,
        before=number(first.value, language()),
        last=last.name,
        after=number(last.value, language()) + share,
    )


def subtitle(programme: Programme, half_year: str) -> str:
    """What the bars count, in which unit and half-year, and of where."""
    return " · ".join(
        [
            t(
                "delivery.stages.counted",
                programme=name(programme),
                unit=t(f"unit.{programme.unit}"),
            ),
            period(half_year, language()),
            t("block.whole_area"),
        ]
    )


def small_print(programme: Programme, rows: Mapping[str, Row], today: date) -> str:
    """Source of the bars, and of how many communes each may speak."""
    told = {_reported(row) for row in rows.values() if row["value"] is not None}
    source = t("delivery.source", agency=agency(programme, today))
    return " · ".join([t("block.source", source=source), *([*told] if len(told) == 1 else [])])


def show_money(programme: Programme, rows: Mapping[str, Row]) -> None:
    """Allocated → disbursed → reached, inside this programme only; nothing where its form carries no money."""
    found = programme_money.money(programme, rows)
    if found is None:
        return
    printing.subheader(t("delivery.money"))
    with st.grid(4, min_column_width=200):
        blocks.text_card(_planned(programme, found), *_money_of(found.planned, "vnd"))
        blocks.text_card(
            t("delivery.money.disbursed"),
            _of_row(found.disbursed, "vnd"),
            t("target.no_data")
            if found.disbursed_pct is None
            else t("delivery.money.share", share=rate(found.disbursed_pct, language())),
        )
        blocks.text_card(t("delivery.money.reached"), *_money_of(found.reached, programme.unit))
        blocks.text_card(
            t("delivery.money.each"),
            t("target.no_data")
            if found.per_reached_vnd is None
            else amount(found.per_reached_vnd, "vnd", language()),
            t("delivery.money.each.note"),
        )
    st.caption(t("delivery.money.note"))


def _planned(programme: Programme, found: programme_money.Money) -> str:
    column = next((c for c in programme.columns if c.quantity == found.planned_quantity), None)
    return t("delivery.money.planned") if column is None else name(column)


def _money_of(row: Row | None, unit: str) -> tuple[str, str]:
    note = t("delivery.money.absent") if row is None else _reported(row)
    return _of_row(row, unit), note


def _of_row(row: Row | None, unit: str) -> str:
    return t("target.no_data") if row is None else amount(row["value"], unit, language())


def _reported(row: Row) -> str:
    return t(
        "sentence.coverage",
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )


def sentence(programme: Programme, rows: Mapping[str, Row], half_year: str) -> str:
    """Reached of those with need or entitlement and the share, in one sentence."""
    found = programme_money.bounded(programme, rows)
    if found is not None:
        return t(
            "delivery.headline.no_case" if found.share_pct is None else "delivery.headline",
            programme=name(programme),
            reached=number(found.reached["value"], language()),
            wanted=_amount_of(found, found.wanted["value"]),
            share=rate(found.share_pct, language()),
            period=period(half_year, language()),
        )
    return f"{name(programme)} ({period(half_year, language())})"


def of_province(programme: Programme, rows: Mapping[str, Row]) -> pl.DataFrame:
    """Every quantity with its unit, its share of the quantity that bounds it, and its coverage."""
    return pl.DataFrame(
        [
            {
                t("delivery.quantity"): name(column),
                t("delivery.value"): _amount(rows.get(column.quantity)),
                t("delivery.share"): _share(
                    rows.get(column.quantity), rows.get(column.at_most or "")
                ),
                t("delivery.coverage"): _coverage(rows.get(column.quantity)),
            }
            for column in programme.columns
            if column.is_summed
        ]
    )


def every_need(figures: pl.DataFrame, half_year: str) -> list[programme_money.Reach]:
    """What each programme with a need reached in the whole province, the least first; never added up."""
    rows: dict[str, dict[str, Row]] = {}
    for row in figures.filter(period=half_year).iter_rows(named=True):
        rows.setdefault(row["programme"], {})[row["quantity"]] = row
    known = programmes()
    told = (
        programme_money.reach_of_need(known[code], rows[code]) for code in known if code in rows
    )
    return programme_money.least_reached_first(each for each in told if each is not None)


def least_reached(found: Sequence[programme_money.Reach]) -> str:
    """The programme that reached the smallest part, where all communes reported; else how many reported at all."""
    first = found[0]
    if first.share_pct is None or not first.is_complete:
        return t("delivery.every.unknown", count=number(len(found), language()))
    return t(
        "delivery.every.takeaway",
        programme=name(first.programme),
        share=rate(first.share_pct, language()),
        missing=_amount_of(first, first.missing),
    )


def of_every_need(found: Sequence[programme_money.Reach], today: date) -> pl.DataFrame:
    """One row a programme, as texts."""
    return pl.DataFrame(
        [
            {
                t("delivery.choose"): name(each.programme),
                t("delivery.every.share"): rate(each.share_pct, language()),
                t("delivery.every.missing"): _amount_of(each, each.missing),
                t("delivery.every.reached"): "/".join(
                    [
                        number(each.reached["value"], language()),
                        _amount_of(each, each.wanted["value"]),
                    ]
                ),
                t("delivery.coverage"): _coverage(each.reached),
                t("delivery.every.agency"): without_province(agency(each.programme, today)),
            }
            for each in found
        ]
    )


def _amount_of(found: programme_money.Reach, value: float | None) -> str:
    return MISSING if value is None else amount(value, found.column.unit, language())


def by_place(programme: Programme, figures: pl.DataFrame) -> pl.DataFrame:
    """One row a unit: the share reached of those with need, then a column a quantity; not reported is a dash.

    The least reached come first, units without a share last; equal ones by name.
    """
    columns = [column for column in programme.columns if column.is_summed]
    bounded = next((column for column in columns if column.at_most), None)
    units: dict[str, dict[str, Row]] = {}
    for row in figures.iter_rows(named=True):
        units.setdefault(row["unit_code"], {})[row["quantity"]] = row

    reached, wanted = (bounded.quantity, bounded.at_most or "") if bounded else ("", "")

    def place(told: Mapping[str, Row]) -> tuple[bool, float, object]:
        share = programme_money.share_pct(told.get(reached), told.get(wanted))
        name_of = sort_key(unit_name(next(iter(told.values())), language()))
        return share is None, share or 0.0, name_of

    ordered = sorted(units.values(), key=place)
    return pl.DataFrame(
        [
            {
                t("column.unit"): unit_name(next(iter(told.values())), language()),
                **(
                    {t("delivery.share"): _share(told.get(reached), told.get(wanted))}
                    if bounded
                    else {}
                ),
                **{name(column): _amount(told.get(column.quantity)) for column in columns},
            }
            for told in ordered
        ]
    )


def by_quantity(figures: pl.DataFrame, half_year: str) -> dict[str, Row]:
    """The rows of one unit in one half-year, by quantity."""
    return {row["quantity"]: row for row in figures.filter(period=half_year).iter_rows(named=True)}


def _amount(row: Row | None) -> str:
    return MISSING if row is None or row["value"] is None else number(row["value"], language())


def _share(row: Row | None, bound: Row | None) -> str:
    return rate(programme_money.share_pct(row, bound), language())


def _coverage(row: Row | None) -> str:
    return MISSING if row is None else f"{row['units_reported']}/{row['units_expected']}"
