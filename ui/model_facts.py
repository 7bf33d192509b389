"""What a leader asks first about the models: cards, story, and how many communes have one that works."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.numbers import MISSING, amount, day, number, rate
from measures.communes_with_model_rate import MEASURE
from measures.evaluation.budgets import BUDGETS
from ui import blocks
from ui.data import Rows
from ui.models import Row, effect_text, share_text
from ui.texts import language, t


def cost_of_one(row: Row) -> tuple[str, str]:
    """Cost of one more household out, and its limits beside all money."""
    everything = amount(row["cost_vnd"], "vnd", language())
    if row["cost_per_exit_vnd"] is None:
        return t("model.not_estimated"), t("model.fact.cost.note", all=everything)
    ends = ("cost_per_exit_low_vnd", "cost_per_exit_high_vnd")
    low, high = (amount(row[name], "vnd", language()) for name in ends)
    note = t("model.fact.cost.limits", low=low, high=high, all=everything)
    return amount(row["cost_per_exit_vnd"], "vnd", language()), note


def story(row: Row, sites: pl.DataFrame, *, own: bool) -> str:
    """Type, agency, since when and where: pilot first, then copies.

    ``own``: ``sites`` are those of the units an officer is in charge of, and the words say so.
    """
    parts = [t(f"model.type.{row['model_type']}"), row["agency_name"] or MISSING]
    whose = "_own" if own else ""
    for kind in ("pilot", "copy"):
        found = sites.filter(family_id=row["model_id"], model_kind=kind)
        if not found.is_empty():
            names = ", ".join(found["unit_name"].drop_nulls().unique(maintain_order=True))
            since = day(found["started_date"].min())  # type: ignore[arg-type]
            count = found.height
            parts.append(t(f"model.story.{kind}{whose}", count=count, since=since, places=names))
    if own and sites.filter(family_id=row["model_id"]).is_empty():
        parts.append(t("model.story.none_own"))
    if money := _by_source(row):
        parts.append(t("model.story.money", sources=money))
    if row["exemplary"]:
        parts.append(t("model.story.exemplary", count=number(row["exemplary"], language())))
    return "  \n".join([" · ".join(parts[:2]), *parts[2:]])


def _by_source(row: Row) -> str:
    """Money by source, as far as it is written; nothing for builds before it was kept."""
    return " · ".join(
        f"{t(f'model.money.{name}')} {amount(row[name], 'vnd', language())}"
        for name in BUDGETS
        if row.get(name) is not None
    )


def spread(rows: Rows) -> tuple[str, str]:
    """Share of communes with a working model, newest period, and what stands below it."""
    found = rows.estimates((MEASURE.name,)).sort("period")
    if found.is_empty() or found["value"][-1] is None:
        return t("model.no_data"), t("model.spread.none")
    row = found.row(-1, named=True)
    counts = {name: number(row[name], language()) for name in ("numerator", "denominator")}
    return rate(row["value"], language()), t("model.spread.note", period=row["period"], **counts)


def card(name: str, text: str, note: str) -> tuple[str, str, str]:
    """Title, figure and note of a card; what cannot be estimated is said in the note, where it fits."""
    unknown = (t("model.not_estimated"), t("model.no_data"))
    return (name, MISSING, f"{text} · {note}") if text in unknown else (name, text, note)


def cards(shown: Sequence[tuple[str, str, str]]) -> None:
    """Draw cards (title, figure, note) side by side."""
    with st.grid(4, min_column_width=220):
        for title, value, note in shown:
            blocks.text_card(title, value, note)


def facts(row: Row) -> list[tuple[str, str, str]]:
    """Title, figure and note of what a leader asks first about one model."""
    known = row["relapse_known_12"]
    back = None if not known else row["relapsed_12"] / known
    expected = share_text(row["expected_share"])
    return [
        card(t("model.fact.effect"), effect_text(row), t("model.fact.effect.note")),
        card(
            t("model.fact.out"),
            share_text(row["out_share"]),
            t("model.fact.out.note", share=expected, n=row["households"]),
        ),
        card(t("model.fact.cost"), *cost_of_one(row)),
        card(t("model.fact.back"), share_text(back), t("model.fact.back.note", n=known or 0)),
    ]
