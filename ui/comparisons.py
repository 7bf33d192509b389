"""Published figures beside computed ones: benchmark lines, the survey, what was announced."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import Row, counted_unit, has_figure
from charts.numbers import number, period, rate_and_number, signed
from measures.same_units import SameUnits, same_units
from measures.target_units import year_before
from reports.view_file import Part
from ui import printing
from ui.changes import is_complete
from ui.data import Rows
from ui.filters import Chosen, era_in_force
from ui.texts import language, plain, t

REVIEW = "nam_dinh_review"
SURVEY = "nam_dinh_gso_survey"
SURVEY_MEASURE = "gso_multidimensional_poverty_rate"
BENCHMARK_SERIES = ("nation_review", "red_river_delta_review", "ninh_binh_new_review")


def benchmarks(published: pl.DataFrame, measure: str, standard: str) -> pl.DataFrame:
    """Lines of the nation, the delta and new Ninh Bình under one standard, with their names."""
    found = _known(published, measure).filter(
        pl.col("series_id").is_in(BENCHMARK_SERIES), pl.col("standard_id") == standard
    )
    names = {series: t(f"benchmark.{series}") for series in BENCHMARK_SERIES}
    return found.with_columns(label=pl.col("series_id").replace_strict(names, default=None))


def beside(
    published: pl.DataFrame, measure: str, row: Row | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The province's own published series, and the areas to compare with under the row's standard."""
    standard = "" if row is None else row["standard_id"]
    return own_published(published, measure), benchmarks(published, measure, standard)


def reading(others: pl.DataFrame, unit: str | None = None) -> str:
    """What must be said under a trend: how years before the standard are told, and areas that publish no such rate."""
    known = set(others["series_id"].to_list())
    missing = [t(f"benchmark.{series}") for series in BENCHMARK_SERIES if series not in known]
    names = ", ".join(name.replace("<br>", " ") for name in missing)
    told = [
        "" if unit else t("trend.published_note"),
        t("benchmark.unknown", names=names) if missing else "",
    ]
    return "".join(f" · {words}" for words in told if words)


def together(*frames: pl.DataFrame) -> pl.DataFrame:
    """Published rows of several lines as one list of sources."""
    return pl.concat(frames, how="diagonal").unique(["series_id", "period", "standard_id"])


def show_same_units(rows: Rows, chosen: Chosen, row: Row) -> None:
    """Under a figure that communes are missing from: the same communes a year before, which alone may be compared."""
    found = None if chosen.unit else _same_units(rows, row, chosen.era)
    if found is None:
        return
    lang, counted = language(), counted_unit(chosen.measure)
    words = t(
        "sentence.same_units",
        units=number(found.units, lang),
        before=period(found.before, lang),
        earlier=rate_and_number(found.rate_before, found.numerator_before, counted, lang),
        period=period(chosen.period, lang),
        later=rate_and_number(found.rate, found.numerator, counted, lang),
        change=signed(found.points, "pct", lang),
    )
    st.markdown(plain(words))
    printing.note(Part(words))


def change_of_same_units(rows: Rows, share: Row | None, today: date) -> str:
    """The same in the few words of a card, in households; empty where all communes are in the figure."""
    if share is None:
        return ""
    era = era_in_force(rows, share["period"], today)
    found = _same_units(rows, share, era)
    if found is None:
        return ""
    difference = found.numerator - found.numerator_before
    return t(
        "block.same_units",
        units=number(found.units, language()),
        change=signed(difference, counted_unit(share["measure"]), language()),
        before=period(found.before, language()),
    )


def _same_units(rows: Rows, row: Row, era: str) -> SameUnits | None:
    if rows.viewer.role == "officer" or is_complete(row) or not has_figure(row):
        return None
    periods = (row["period"], year_before(row["period"]))
    found = rows.estimates((row["measure"],), level="commune", periods=periods, era=era)
    return same_units(found, row["period"])


def survey(published: pl.DataFrame) -> pl.DataFrame:
    """The statistics office's sample survey, a different indicator, as a line to compare with."""
    found = _known(published, SURVEY_MEASURE).filter(pl.col("series_id") == SURVEY)
    return found.with_columns(label=pl.lit(t("benchmark.survey")))


def own_published(published: pl.DataFrame, measure: str) -> pl.DataFrame:
    """The province's published review series of one measure."""
    return _known(published, measure).filter(pl.col("series_id") == REVIEW)


def against_published(computed: pl.DataFrame, published: pl.DataFrame) -> list[dict[str, Any]]:
    """Published and computed figure of each year both know, and computed minus published.

    Args:
        computed: ``result__estimate`` rows of one measure, the province.
        published: ``dim__published`` rows of the same measure.
    """
    announced = {
        (row["period"], row["standard_id"]): row for row in published.iter_rows(named=True)
    }
    pairs = []
    for row in computed.sort("period").iter_rows(named=True):
        other = announced.get((row["period"], row["standard_id"]))
        if other is not None and has_figure(row):
            pairs.append(
                {
                    "period": row["period"],
                    "published": other["value"],
                    "computed": row["value"],
                    "difference": round(row["value"] - other["value"], 6),
                    "coverage": f"{row['units_reported']}/{row['units_expected']}",
                    "source": other["source"],
                    "conflict": other["conflict_note"],
                }
            )
    return pairs


def _known(published: pl.DataFrame, measure: str) -> pl.DataFrame:
    return published.filter(
        pl.col("measure") == measure,
        pl.col("value").is_not_null(),
        pl.col("period").str.len_chars() == 4,
    ).sort("period")
