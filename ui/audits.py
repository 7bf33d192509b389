"""Section of the page of data quality: what audits found wrong with the lists, for signed-in roles."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from charts.numbers import MISSING, day, number, rate
from ui import blocks, printing, tables
from ui.build import Served
from ui.data import Rows
from ui.texts import language, plain, t
from warehouse.door import NotAllowed

Line = Mapping[str, Any]
"""One row of ``result__audit`` by column name."""

_ERRORS = ("inclusion", "exclusion")
_LISTS = ("either", "poor", "near_poor")


def show(served: Served, rows: Rows) -> None:
    """The newest audits in words and cards, then all of them as a table."""
    printing.subheader(t("audit.title"))
    try:
        audits = rows.audits()
    except NotAllowed:
        blocks.nothing_to_show(t("audit.visitor"))
        return
    if audits.is_empty():
        blocks.nothing_to_show(t("audit.none"))
        return
    newest = audits.filter(pl.col("period") == pl.col("period").max())
    for (_agency,), lines in newest.group_by("agency_name", maintain_order=True):
        _one_audit({line["error"]: line for line in lines.filter(list_class="either").to_dicts()})
    tables.plain_table(audits_table(audits), "audits", "phuc_tra", served)


def _one_audit(lines: Mapping[str, Line]) -> None:
    st.markdown(f"**{sentence(lines)}**")
    with st.grid(2, min_column_width=320):
        for error in _ERRORS:
            line = lines[error]
            blocks.text_card(t(f"audit.error.{error}"), figure(line), _card_note(line))
    st.caption(_small_print(lines["inclusion"]))


def sentence(lines: Mapping[str, Line]) -> str:
    """Both errors of both lists together; one that cannot be known says so."""
    parts = {error: _clause(line) for error, line in lines.items()}
    return t("audit.sentence", year=lines["inclusion"]["period"], **parts)


def _clause(line: Line) -> str:
    said = {"ok": "known", "zero": "zero"}.get(line["mark"], "unknown")
    return t(f"audit.sentence.{line['error']}.{said}", value=rate(line["value"], language()))


def figure(line: Line) -> str:
    """The share in error, or in words why there is none."""
    if line["mark"] == "ok":
        return rate(line["value"], language())
    if line["mark"] == "zero":
        return t("audit.zero")
    return t("audit.no_case") if line["mark"] == "no_case" else t("audit.unknown")


def interval(line: Line) -> str:
    """Limits of the interval, or why there are none."""
    if line["reason"]:
        return t(f"audit.reason.{line['reason']}")
    if line["interval_reason"]:
        reason = t(f"audit.reason.{line['interval_reason']}")
        return t("audit.interval.none", reason=reason)
    if line["low"] is None:
        return MISSING
    low, high = (number(line[side], language(), 1) for side in ("low", "high"))
    return t("audit.interval", low=low, high=high)


def _card_note(line: Line) -> str:
    if line["mark"] not in ("ok", "zero"):
        return plain(interval(line))
    counted = t(
        f"audit.of.{line['error']}",
        wrong=number(line["wrong_households"], language()),
        households=number(line["households"], language()),
    )
    parts = (t("audit.interval.titled", interval=interval(line)), counted)
    return "  \n".join(map(plain, parts))


def _small_print(line: Line) -> str:
    return t(
        "audit.note",
        agency=plain(line["agency_name"] or MISSING),
        days=f"{day(line['first_date'])}–{day(line['last_date'])}",
        households=number(line["sampled_households"], language()),
        units=number(line["units_sampled"], language()),
    )


def audits_table(audits: pl.DataFrame) -> pl.DataFrame:
    """Every audit, newest year first: both lists together, then each alone."""
    order = {
        (list_class, error): (_LISTS.index(list_class), _ERRORS.index(error))
        for list_class in _LISTS
        for error in _ERRORS
    }
    years = sorted(set(audits["period"]), reverse=True)
    lines = sorted(
        audits.to_dicts(),
        key=lambda line: (
            years.index(line["period"]),
            line["agency_name"] or "",
            order[line["list_class"], line["error"]],
        ),
    )
    return pl.DataFrame(
        [
            {
                t("column.period"): line["period"],
                t("audit.column.list"): t(f"audit.list.{line['list_class']}"),
                t("audit.column.error"): t(f"audit.error.{line['error']}"),
                t("audit.column.value"): figure(line),
                t("audit.column.wrong"): number(line["wrong_households"], language()),
                t("audit.column.households"): number(line["households"], language()),
                t("audit.column.interval"): interval(line),
                t("audit.column.agency"): line["agency_name"] or MISSING,
            }
            for line in lines
        ]
    )
