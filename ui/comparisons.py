"""Published figures beside computed ones: benchmark lines, the survey, what was announced."""

from typing import Any

import polars as pl

from charts.labels import Row, has_figure
from ui.texts import t

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


def together(*frames: pl.DataFrame) -> pl.DataFrame:
    """Published rows of several lines as one list of sources."""
    return pl.concat(frames, how="diagonal").unique(["series_id", "period", "standard_id"])


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
