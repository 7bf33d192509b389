"""What changed since a meeting: the figures frozen for it beside those of a later build, and the files behind it.

Everything is taken from the result rows of the two builds; a figure is restated where both builds tell it and do not
say the same. Ranks stand on complete figures of every unit only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

import polars as pl

from measures.catalogue import reported_measures
from measures.target_standing import SLIPPING, Standing
from reference.periods import last_day

Kind = Literal["restated", "coverage", "unfinished", "new", "gone"]
WATCHED = (
    "poor_household_count",
    "poor_household_rate",
    "near_poor_household_count",
    "near_poor_household_rate",
    "resident_household_count",
)
"""The figures leadership knows by heart: those a correction is shown of on every page."""
_KEY = ("measure", "period", "standard_id", "era", "level", "unit_code")
_TOLD = ("value", "status", "units_reported", "units_expected")
_VERSION = ("form", "era", "unit_code", "period", "status", "standard_id")
_PROGRAMME = "programme_"


@dataclass(frozen=True)
class FilesBehind:
    """Why a figure differs: files counted now and not then, and files counted then and no longer.

    Both are SHA-256 of submissions, in order. ``has_other_formulas``: the two builds were not made by the same code.
    """

    came: tuple[str, ...]
    left: tuple[str, ...]
    has_other_formulas: bool


class Counted(NamedTuple):
    """A commune in a submission that counts: of an agency or of the communes; ``unit`` is (era, code)."""

    submission_id: str
    is_programme: bool
    period: str | None
    unit: tuple[str, str]


class FilesSince(NamedTuple):
    """What counts in the later build and not in the frozen one, and the other way round."""

    came: tuple[Counted, ...]
    left: tuple[Counted, ...]


def compared(before: pl.DataFrame, after: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Figures that differ between two builds.

    Args:
        before: ``result__estimate`` rows without groups, of the frozen build.
        after: the same measures and places, of the later one.
        as_of: the day of the frozen figures.

    Returns:
        measure, period, standard_id, era, level, unit_code, unit_name, unit, kind, and value, status,
        units_reported, units_expected of each with the suffixes _before and _after. The kind is restated (both
        tell it, of as many communes), coverage (of more or fewer communes), unfinished (the period was not
        over on ``as_of``), new (only the later one tells it) or gone (only the frozen one does).
    """
    both = _told(before, "before").join(
        _told(after, "after"), on=list(_KEY), how="full", coalesce=True, nulls_equal=True
    )
    was, now = pl.col("value_before"), pl.col("value_after")
    kind = (
        pl.when(was.is_null())
        .then(pl.lit("new"))
        .when(now.is_null())
        .then(pl.lit("gone"))
        .when(pl.col("period").is_in(_not_over(both["period"], as_of)))
        .then(pl.lit("unfinished"))
        .when(pl.col("units_reported_before") != pl.col("units_reported_after"))
        .then(pl.lit("coverage"))
        .otherwise(pl.lit("restated"))
    )
    return (
        both.filter(was.ne_missing(now))
        .with_columns(
            kind=kind,
            unit_name=pl.coalesce("unit_name_after", "unit_name_before"),
            unit=pl.coalesce("unit_after", "unit_before"),
        )
        .select(
            *_KEY,
            "unit_name",
            "unit",
            "kind",
            *(f"{name}_{side}" for side in ("before", "after") for name in _TOLD),
        )
        .sort("measure", "period", "unit_code")
    )


def files_since(before: pl.DataFrame, after: pl.DataFrame) -> FilesSince:
    """What counts in one of two builds only, found once for every figure that differs.

    Args:
        before: ``quality__coverage`` of the frozen build.
        after: the same of the later build.
    """
    then, now = (rows.filter("is_current") for rows in (before, after))
    same = [*_VERSION, "submission_id"]
    return FilesSince(
        came=_each(now.join(then, on=same, how="anti", nulls_equal=True)),
        left=_each(then.join(now, on=same, how="anti", nulls_equal=True)),
    )


def files_behind(
    measure: str,
    period: str,
    unit_codes: Sequence[tuple[str, str]] | None,
    since: FilesSince,
    *,
    has_other_formulas: bool,
) -> FilesBehind:
    """The files that may explain why a figure of ``period`` differs.

    Args:
        measure: whose files are meant: those of the agencies, or the communes' lists and summaries.
        period: of the figure; a running list stands on the review before it and on every month up to its end.
        unit_codes: (era, code) of the communes in the figure; None for the whole province.
        since: the files that count in one of the two builds only.
        has_other_formulas: whether the builds name different formulas.
    """
    is_programme = measure in reported_measures()
    came, left = (
        {
            each.submission_id
            for each in files
            if each.is_programme == is_programme
            and each.period is not None
            and _is_behind(each.period, period)
            and (unit_codes is None or each.unit in unit_codes)
        }
        for files in (since.came, since.left)
    )
    return FilesBehind(tuple(sorted(came)), tuple(sorted(left)), has_other_formulas)


def ranks(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Places of units by value then and now, the highest first; the largest moves on top.

    Args:
        before: ``result__estimate`` rows of one measure and one period, one a unit, of one era.
        after: the same at the later build, of its newest period.

    Returns:
        unit_code, unit_name, rank_before, rank_after, value_before, value_after and ``moved`` (places up to
        the top; negative: down). Empty unless every unit is complete on both sides, below full coverage
        nothing ranks, and where the two are of different standards.
    """
    if pl.concat([before["standard_id"], after["standard_id"]]).n_unique() > 1:
        before, after = before.clear(), after.clear()
    then, now = _ranked(before, "before"), _ranked(after, "after")
    names = after.select("unit_code", "unit_name").unique()
    joined = then.join(now, on="unit_code").join(names, on="unit_code")
    return (
        joined.with_columns(moved=pl.col("rank_before") - pl.col("rank_after"))
        .select(
            *("unit_code", "unit_name", "rank_before", "rank_after"),
            *("value_before", "value_after", "moved"),
        )
        .sort(pl.col("moved").abs(), "rank_after", "unit_code", descending=[True, False, False])
    )


def moved(before: Sequence[Standing], after: Sequence[Standing]) -> list[tuple[Standing, Standing]]:
    """Indicators whose newest figure or status is another one: (then, now), in the plan's order."""
    then = {each.indicator.id: each for each in before}
    return [
        (then[each.indicator.id], each)
        for each in after
        if each.indicator.id in then and _said(then[each.indicator.id]) != _said(each)
    ]


def new_alerts(
    before: Sequence[Standing], after: Sequence[Standing]
) -> list[tuple[Standing, Standing]]:
    """Indicators that slip now and did not at the meeting: (then, now), in the plan's order."""
    then = {each.indicator.id: each for each in before}
    return [
        (then[each.indicator.id], each)
        for each in after
        if each.status in SLIPPING
        and each.indicator.id in then
        and then[each.indicator.id].status not in SLIPPING
    ]


def _said(standing: Standing) -> tuple[object, ...]:
    row = standing.row
    return (standing.status, *(None if row is None else (row["period"], row["value"]),))


def _told(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    """Rows with a figure, without groups; what is not part of the key carries the side's name."""
    told = rows.filter(pl.col("value").is_not_null(), pl.col("group_by").is_null())
    return told.select(
        *_KEY, *(pl.col(name).alias(f"{name}_{side}") for name in (*_TOLD, "unit_name", "unit"))
    )


def _not_over(periods: pl.Series, day: date) -> list[str]:
    return [period for period in periods.unique() if last_day(period) > day]


def _each(coverage: pl.DataFrame) -> tuple[Counted, ...]:
    told = coverage.select("submission_id", "form", "period", "era", "unit_code").unique()
    return tuple(
        Counted(submission_id, form.startswith(_PROGRAMME), period, (era, code))
        for submission_id, form, period, era, code in told.iter_rows()
    )


@lru_cache(maxsize=4096)
def _is_behind(period_of_file: str, period: str) -> bool:
    """Whether a file of that period counts in a figure of ``period``."""
    if period_of_file == period:
        return True
    if len(period) == 4:
        return False
    year = int(period[:4])
    if period_of_file == str(year - 1):
        return True
    is_month = len(period_of_file) == 7 and period_of_file[5:].isdigit()
    return (
        is_month
        and period_of_file[:4] == period[:4]
        and last_day(period_of_file) <= last_day(period)
    )


def _ranked(rows: pl.DataFrame, side: str) -> pl.DataFrame:
    complete = rows.filter(
        pl.col("value").is_not_null(), pl.col("units_reported") == pl.col("units_expected")
    )
    if complete.height < rows.height:
        complete = complete.clear()
    return complete.select(
        "unit_code",
        pl.col("value").alias(f"value_{side}"),
        pl.col("value").rank("min", descending=True).cast(pl.Int64()).alias(f"rank_{side}"),
    )
