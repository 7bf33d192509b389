"""Households and what becomes of them, as the door shows them: pseudonyms only, and not to everybody."""

from collections.abc import Sequence

import polars as pl

from reference.loading import era_at, review_standards, reviews
from reference.periods import last_day
from warehouse import engine
from warehouse.door.opened import Level, Opened, newest_era, twice
from warehouse.result_tables import RESULT__INTEGRITY_SIGNAL

_OF_LEVEL = {
    "result__household_flow": """
        SELECT * FROM result__household_flow WHERE level = ? AND (? <> 'commune' OR era = ?)
          AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], period)) ORDER BY ALL
    """,
    "result__household_history": """
        SELECT * FROM result__household_history WHERE level = ? AND (? <> 'commune' OR era = ?)
          AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], period)) ORDER BY ALL
    """,
    "result__household_link": """
        SELECT * FROM result__household_link WHERE level = ? AND (? <> 'commune' OR era = ?)
          AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], period)) ORDER BY ALL
    """,
}


class Households(Opened):
    """Rows of lists, flows between reviews, and the households to look at."""

    def person_rows(self, period: str, era: str, unit_code: str) -> pl.DataFrame:
        """Pseudonymous rows of one commune's detailed lists.

        Of lists of several statuses the strongest, of two standards the default one.

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        year = int(period[:4])
        default = review_standards(year)[0] if year in reviews() else None
        rows = engine.read(
            self._connection(),
            """
            WITH ranked AS (
                SELECT *, rank() OVER (
                    ORDER BY standard_id IS NOT DISTINCT FROM ? DESC,
                        list_position(['restated', 'official', 'preliminary', 'estimate'], status)
                ) AS place
                FROM quality__coverage
                WHERE is_current AND form = 'person_list' AND period = ? AND era = ? AND unit_code = ?
            )
            SELECT s.file_number, p.*
            FROM core_review__person p
            JOIN ranked c USING (submission_id, era, unit_code, period, status)
            JOIN quality__submission s USING (submission_id)
            WHERE c.place = 1
            ORDER BY s.file_number, p.sheet, p."row"
            """,
            (default, period, era, unit_code),
        )
        return self._within_scope(rows)

    def listed_units(self, period: str) -> pl.DataFrame:
        """Communes of the period's own map whose rows this viewer may see: ``unit_code`` and ``name``.

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        units = engine.read(
            self._connection(),
            """
            SELECT era, code AS unit_code, name FROM dim__unit
            WHERE era = ? AND level = 'commune' ORDER BY code
            """,
            (era_at(last_day(period)),),
        )
        return self._within_scope(units).drop("era")

    def household_flows(
        self, *, level: Level = "province", periods: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Rows of ``result__household_flow``; communes in the units in force today.

        Empty where the build is older than the table.

        Raises:
            NotAllowed: a visitor; moves of one or two households tell of persons.
        """
        return self._of_level("result__household_flow", level, periods)

    def household_history(
        self, *, level: Level = "province", periods: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Rows of ``result__household_history``; communes in the units in force today.

        Raises:
            NotAllowed: a visitor.
        """
        return self._of_level("result__household_history", level, periods)

    def household_links(
        self, *, level: Level = "province", periods: Sequence[str] | None = None
    ) -> pl.DataFrame:
        """Rows of ``result__household_link``; communes in the units in force today.

        Raises:
            NotAllowed: a visitor.
        """
        return self._of_level("result__household_link", level, periods)

    def integrity_signals(self) -> pl.DataFrame:
        """Rows of ``result__integrity_signal``, the least likely first; empty where the build is older than the table.

        Raises:
            NotAllowed: a visitor.
        """
        self._refuse_visitor()
        if not self._has_table("result__integrity_signal"):
            return RESULT__INTEGRITY_SIGNAL.empty()
        rows = engine.read(
            self._connection(),
            "SELECT * FROM result__integrity_signal ORDER BY chance, period DESC, unit_code, reviewer_id",
        )
        return self._within_scope(rows)

    def watched_households(self) -> pl.DataFrame:
        """Newly escaped households at risk, by pseudonym, with the name of their commune.

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        rows = self._gained(
            "result__watched_household",
            """
            SELECT w.*, u.name AS unit_name FROM result__watched_household w
            JOIN dim__unit u ON u.era = w.era AND u.code = w.unit_code
            ORDER BY w.unit_code, w.village_name, w.household_id
            """,
        )
        return self._within_scope(rows)

    def poor_households(
        self, period: str, *, standard: str, labour: bool = False, merit: bool = False
    ) -> pl.DataFrame:
        """Poor households of a yearly review, by pseudonym: with labour capacity, with a member of merit.

        A household whose list does not say is in neither (missing is not a yes).

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        rows = engine.read(
            self._connection(),
            """
            WITH ranked AS (
                SELECT *, row_number() OVER (
                    PARTITION BY era, unit_code
                    ORDER BY list_position(['restated', 'official', 'preliminary', 'estimate'], status),
                        form = 'export', submission_id
                ) AS place
                FROM quality__coverage
                WHERE is_current AND form IN ('review_list', 'export') AND period = ? AND standard_id = ?
            )
            SELECT h.household_id, h.era, h.unit_code, u.name AS unit_name, h.village_name, h.member_count,
                   h.b1_points, h.b2_points, h.is_without_labour_capacity, h.has_member_of_merit
            FROM core_review__household h
            JOIN ranked c USING (submission_id, era, unit_code, period)
            JOIN dim__unit u ON u.era = h.era AND u.code = h.unit_code
            WHERE c.place = 1 AND h.class_code = 'poor'
              AND (NOT ?::BOOLEAN OR h.is_without_labour_capacity = false)
              AND (NOT ?::BOOLEAN OR h.has_member_of_merit)
            ORDER BY h.unit_code, h.village_name, h.household_id
            """,
            (period, standard, labour, merit),
        )
        return self._within_scope(rows)

    def _of_level(self, table: str, level: Level, periods: Sequence[str] | None) -> pl.DataFrame:
        self._refuse_visitor()
        rows = self._gained(table, _OF_LEVEL[table], (level, level, newest_era(), *twice(periods)))
        return self._within_scope(rows) if level == "commune" else rows
