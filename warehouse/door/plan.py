"""Targets, duties and programmes of the plan, as the door shows them."""

import polars as pl

from warehouse import engine
from warehouse.core_tables import CORE_TARGET__ASSIGNED
from warehouse.door.opened import Level, Opened


class Plan(Opened):
    """What the plan asks for and what agencies report of it."""

    def assigned_targets(self) -> pl.DataFrame:
        """The targets in force, of unit, indicator and year: highest version, then the newest file.

        Columns of ``core_target__assigned``; none for a visitor, whose file does not carry them.
        """
        if self.viewer.role == "visitor":
            return CORE_TARGET__ASSIGNED.empty()
        rows = engine.read(
            self._connection(),
            """
            SELECT a.* FROM core_target__assigned a
            JOIN quality__submission s USING (submission_id)
            WHERE s.withdrawn_at IS NULL
            QUALIFY row_number() OVER (
                PARTITION BY a.era, a.unit_code, a.indicator, a.year
                ORDER BY a.version DESC, s.file_number DESC) = 1
            ORDER BY a.indicator, a.year, a.level, a.unit_code
            """,
        )
        return rows

    def programme_figures(self, programme: str | None, level: Level = "province") -> pl.DataFrame:
        """Rows of ``result__programme`` of one programme, or of all, oldest half-year first.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            SELECT * FROM result__programme WHERE programme = coalesce(?, programme) AND level = ?
            ORDER BY period, programme, quantity, era, unit_code
            """,
            (programme, level),
        )
        return self._within_scope(rows) if level == "commune" else rows

    def duty_statuses(self) -> pl.DataFrame:
        """Where the plan's duties stand, from the newest workbook of the strongest status
        of each half-year and unit.

        Columns of ``core_duty__status``; not cut to an officer's units: duties belong to agencies.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        return engine.read(
            self._connection(),
            """
            SELECT d.* FROM core_duty__status d
            JOIN quality__coverage c USING (submission_id, era, unit_code, period)
            WHERE c.form = 'duties' AND c.is_current
            QUALIFY row_number() OVER (
                PARTITION BY d.era, d.unit_code, d.period, d.duty_id
                ORDER BY list_position(['restated', 'official', 'preliminary', 'estimate'], c.status)) = 1
            ORDER BY d.period, d.duty_id, d.unit_code
            """,
        )
