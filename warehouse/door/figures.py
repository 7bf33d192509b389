"""Figures of the province, as the door shows them: what a visitor may read too."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import polars as pl

from reference.loading import era_at, review_standards
from reference.periods import last_day
from warehouse import engine
from warehouse.door.opened import Level, Opened, connection_to, twice
from warehouse.result_tables import RESULT__ESTIMATE

HEADLINE = "poor_household_rate"


class Figures(Opened):
    """Estimates, the periods and units they speak of, and what others published."""

    def estimates(
        self,
        measures: Sequence[str],
        *,
        level: Level = "province",
        periods: Sequence[str] | None = None,
        group_by: str | None = None,
        status: str | None = None,
        standard: str | None = None,
        era: str | None = None,
        units: Sequence[str] | None = None,
    ) -> pl.DataFrame:
        """Rows of ``result__estimate`` (contract columns) plus ``build_id``.

        One row a measure, period, unit and group; best status and newest version unless ``status`` is given;
        ``periods=None`` means all of them. Communes come in the units in force at each period unless ``era``
        re-expresses them; where a period has two standards the default one is taken unless named.
        """
        if level == "province" and group_by is None:
            rows = _province(self._path()).filter(
                pl.col("measure").is_in(list(measures)),
                pl.col("selection").is_in(["best", status or "best"]),
                *([] if periods is None else [pl.col("period").is_in(list(periods))]),
                *([] if units is None else [pl.col("unit_code").is_in(list(units))]),
                *([] if standard is None else [pl.col("standard_id") == standard]),
            )
        else:
            rows = self._told(measures, level, periods, group_by, status, standard, era, units)
        rows = _of_status(rows, status)
        rows = _default_standard(rows) if standard is None else rows
        if level == "commune" and era is None:
            rows = _in_own_era(rows)
        rows = self._within_scope(rows) if level == "commune" else rows
        return rows.select(*RESULT__ESTIMATE.columns).with_columns(
            build_id=pl.lit(self.build.build_id)
        )

    def _told(
        self,
        measures: Sequence[str],
        level: Level,
        periods: Sequence[str] | None,
        group_by: str | None,
        status: str | None,
        standard: str | None,
        era: str | None,
        units: Sequence[str] | None,
    ) -> pl.DataFrame:
        return engine.read(
            self._connection(),
            """
            SELECT * FROM result__estimate
            WHERE measure IN (SELECT unnest(?::VARCHAR[]))
              AND level = ?
              AND (selection = 'best' OR selection = ?)
              AND group_by IS NOT DISTINCT FROM ?::VARCHAR
              AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], period))
              AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], unit_code))
              AND (?::VARCHAR IS NULL OR standard_id = ?)
              AND (?::VARCHAR IS NULL OR era = ?)
            ORDER BY measure, period, era, unit_code, "group"
            """,
            (
                list(measures),
                level,
                status,
                group_by,
                *(twice(periods)),
                *(twice(units)),
                standard,
                standard,
                *([era if level == "commune" else None] * 2),
            ),
        )

    def newest_complete_period(self) -> str | None:
        """The newest yearly review that all communes reported; the headline speaks of no other."""
        rows = self.estimates([HEADLINE])
        complete = rows.filter(
            pl.col("period").str.len_chars() == 4,
            pl.col("units_reported") == pl.col("units_expected"),
        )
        return complete["period"].max()  # type: ignore[return-value]

    def periods(self) -> pl.DataFrame:
        """Every period with figures: period, status, standard_id, units_reported, units_expected."""
        rows = self.estimates([HEADLINE])
        return rows.select("period", "status", "standard_id", "units_reported", "units_expected")

    def groups(self, measure: str) -> list[str]:
        """Groupings that the build carries for a measure."""
        found = engine.read(
            self._connection(),
            "SELECT DISTINCT group_by FROM result__estimate WHERE measure = ? AND group_by IS NOT NULL ORDER BY 1",
            (measure,),
        )
        return found["group_by"].to_list()

    def units(self, era: str, level: Level = "commune") -> pl.DataFrame:
        """Units of one era and level: rows of ``dim__unit``."""
        return engine.read(
            self._connection(),
            "SELECT * FROM dim__unit WHERE era = ? AND level = ? ORDER BY code",
            (era, level),
        )

    def unit_names(self) -> dict[tuple[str, str], str]:
        """Names of the units of every era and level, by (era, code)."""
        rows = engine.read(self._connection(), "SELECT era, code, name FROM dim__unit")
        return {(era, code): name for era, code, name in rows.iter_rows()}

    def published(self) -> pl.DataFrame:
        """Published figures with their sources: rows of ``dim__published``."""
        return engine.read(
            self._connection(), "SELECT * FROM dim__published ORDER BY series_id, period"
        )


@lru_cache(maxsize=4)
def _province(path: Path) -> pl.DataFrame:
    """Every figure of the whole province without groups: a thousand rows that each page asks for several times."""
    return engine.read(
        connection_to(path),
        """
        SELECT * FROM result__estimate WHERE level = 'province' AND group_by IS NULL
        ORDER BY measure, period, era, unit_code
        """,
    )


def _in_own_era(rows: pl.DataFrame) -> pl.DataFrame:
    native = {period: era_at(last_day(period)) for period in rows["period"].unique()}
    return rows.filter(
        pl.col("era") == pl.col("period").replace_strict(native, return_dtype=pl.String())
    )


def _of_status(rows: pl.DataFrame, status: str | None) -> pl.DataFrame:
    """The best figures, or those of one status: a period reported in one status only has no others."""
    if status is None:
        return rows.filter(pl.col("selection") == "best")
    asked = rows.filter(pl.col("selection") == status)
    best = rows.filter(pl.col("selection") == "best", pl.col("status") == status)
    return pl.concat([asked, best.join(asked, on=["measure", "period"], how="anti")])


def _default_standard(rows: pl.DataFrame) -> pl.DataFrame:
    """Where a review was reported under two standards, the default one."""
    doubled = (
        rows.group_by("period")
        .agg(pl.col("standard_id").drop_nulls().n_unique())
        .filter(pl.col("standard_id") > 1)
    )
    default = {period: review_standards(int(period[:4]))[0] for period in doubled["period"]}
    if not default:
        return rows
    wanted = pl.col("period").replace_strict(default, default=None, return_dtype=pl.String())
    standard = pl.col("standard_id")
    return rows.filter(wanted.is_null() | standard.is_null() | (standard == wanted))
