"""How one row of ``result__estimate`` is written: the figure, or why there is none."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from charts.numbers import Language, amount, number, rate, rate_and_number
from charts.words import word
from measures.catalogue import model_measures, register_measures, reported_measures
from measures.definition import Card

Row = Mapping[str, Any]
"""One row of ``result__estimate`` by column name."""

SHOWN_MARKS = ("ok", "zero", "not_attributable")


def label(card: Card, language: Language) -> str:
    """Name of the measure."""
    return card.label_vi if language == "vi" else card.label_en


def counted_unit(measure: str) -> str:
    """What the numerator of ``measure`` counts: ``household``, ``person``, or as its agency counts."""
    reported = reported_measures().get(measure)
    if reported is not None:
        return reported.counted
    if measure in model_measures():
        return model_measures()[measure].denominator
    if measure in register_measures():
        return "report"
    return "person" if "person" in measure else "household"


def has_figure(row: Row) -> bool:
    """Whether there is a figure to show; zero is one, suppressed and missing are not."""
    return row["mark"] in SHOWN_MARKS and row["value"] is not None


def figure_text(row: Row, language: Language) -> str:
    """``0,95 % = 6.131 hộ`` for a rate, ``6.131 hộ`` for a count, else the words of its mark."""
    if not has_figure(row):
        return mark_text(row["mark"], language)
    if row["unit"] == "pct":
        counted = counted_unit(row["measure"])
        return rate_and_number(row["value"], row["numerator"], counted, language)
    return amount(row["value"], row["unit"], language)


def short_text(row: Row, language: Language) -> str:
    """``0,95 % = 6.131`` where there is no room for what is counted."""
    if not has_figure(row) or row["unit"] != "pct":
        return figure_text(row, language)
    return f"{rate(row['value'], language)} = {number(row['numerator'], language)}"


def value_text(row: Row, language: Language) -> str:
    """The figure alone, for a share of something else than what its numerator counts."""
    if not has_figure(row):
        return mark_text(row["mark"], language)
    return amount(row["value"], row["unit"], language)


def mark_text(mark: str, language: Language) -> str:
    """Words for a mark that hides the figure."""
    return word("mark.no_data" if mark in SHOWN_MARKS else f"mark.{mark}", language)


def is_unit(row: Row) -> bool:
    """Whether the row is a unit of the map, not the rest that no unit of it can claim."""
    return bool(row["unit_code"] != "not_attributable")


def unit_name(row: Row, language: Language) -> str:
    """Name of the unit in full, or words for the rows that belong to no former district."""
    if not is_unit(row):
        return word("unit.not_attributable", language)
    name: str = row["unit_name"]
    return name


def complete(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose coverage is 100 %: only these may enter a trend or a ranking."""
    return rows.filter(pl.col("units_reported") == pl.col("units_expected"))
