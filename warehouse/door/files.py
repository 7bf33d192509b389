"""What was received, judged and built, as the door shows it."""

from collections.abc import Sequence

import polars as pl

from warehouse import engine
from warehouse.door.opened import Level, Opened, twice


class Files(Opened):
    """Submissions with their reasons, verdicts, and the way from a figure back to its files."""

    def build_facts(self) -> dict[str, object]:
        """The row of ``quality__build``."""
        return engine.read(self._connection(), "SELECT * FROM quality__build").row(0, named=True)

    def checks(self) -> pl.DataFrame:
        """Verdicts of the gates."""
        return engine.read(
            self._connection(), "SELECT * FROM quality__check ORDER BY gate, form, check_id"
        )

    def submissions(self) -> pl.DataFrame:
        """What was received, newest first. A visitor sees file numbers only."""
        rows = engine.read(
            self._connection(), "SELECT * FROM quality__submission ORDER BY file_number DESC"
        )
        return self._within_scope(rows)

    def reasons(self, submission_ids: Sequence[str] | None = None) -> pl.DataFrame:
        """Rejected rows, questions and warnings with file number, form, unit and period."""
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            SELECT s.file_number, s.form, s.era, s.unit_code, s.period, r.*
            FROM quality__reason r JOIN quality__submission s USING (submission_id)
            WHERE s.withdrawn_at IS NULL
              AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], r.submission_id))
            ORDER BY s.file_number, r.sheet, r.row, r."column"
            """,
            twice(submission_ids),
        )
        return self._within_scope(rows)

    def coverage(self) -> pl.DataFrame:
        """Which units are in which accepted, current submission: rows of ``quality__coverage``.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            SELECT c.* FROM quality__coverage c JOIN quality__submission s USING (submission_id)
            WHERE s.withdrawn_at IS NULL
            ORDER BY c.form, c.period, c.unit_code, c.submission_id
            """,
        )
        return self._within_scope(rows)

    def counted_files(self) -> pl.DataFrame:
        """Rows of ``quality__coverage`` that count, in no order: what two builds are compared by.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            SELECT c.* FROM quality__coverage c JOIN quality__submission s USING (submission_id)
            WHERE c.is_current AND s.withdrawn_at IS NULL
            """,
        )
        return self._within_scope(rows)

    def differences(self) -> pl.DataFrame:
        """Figures that differ from the build before: of the province, and of the communes in charge."""
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            "SELECT * FROM quality__difference ORDER BY measure, period, level, unit_code",
        )
        mine = self._within_scope(rows.filter(pl.col("level") == "commune"))
        above = rows.filter(pl.col("level") != "commune")
        return pl.concat([mine, above]).sort("measure", "period", "level", "unit_code")

    def provenance(self, period: str, level: Level, era: str, unit_code: str) -> pl.DataFrame:
        """The submissions behind one unit's figures of a yearly review, to an officer those of the own units.

        Columns: file_number, form, unit_code, status, document_number, document_date, received_at, row_count,
        sheets, first_row, last_row.
        """
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            WITH inside AS (
                SELECT DISTINCT from_era AS era, from_code AS unit_code FROM dim__touch
                WHERE level = ? AND to_era = ? AND (to_code = ? OR ? = 'not_attributable')
            ), located AS (
                SELECT submission_id, era, unit_code, sheet, "row" FROM core_review__household WHERE period = ?
                UNION ALL
                SELECT submission_id, era, unit_code, sheet, "row" FROM core_population__unit WHERE period = ?
            ), spans AS (
                SELECT submission_id, era, unit_code, count(DISTINCT sheet) AS sheets,
                       min("row") AS first_row, max("row") AS last_row
                FROM located GROUP BY ALL
            )
            SELECT s.file_number, c.form, c.era, c.unit_code, c.status, s.document_number, s.document_date,
                   s.received_at, c.row_count, p.sheets, p.first_row, p.last_row
            FROM quality__coverage c
            JOIN inside USING (era, unit_code)
            JOIN spans p USING (submission_id, era, unit_code)
            JOIN quality__submission s ON s.submission_id = c.submission_id
            WHERE c.period = ? AND c.is_current
            ORDER BY c.unit_code, c.form
            """,
            (level, era, unit_code, unit_code, period, period, period),
        )
        return self._within_scope(rows).drop("era")
