"""The one door for reading: every page, chart, document and command gets its rows here.

The door knows the viewer (role and scope of units) and therefore the file that may be opened: a visitor reads
the small suppressed public file and nothing else; everybody else reads aggregates of the restricted file; only
an analyst and the command line reach pseudonymous rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

import duckdb
import polars as pl

from reference.loading import era_at, review_standards
from reference.periods import last_day
from warehouse import engine
from warehouse.builds import Build, build_named, current_build
from warehouse.core_tables import CORE_TARGET__ASSIGNED
from warehouse.frozen import meeting_named
from warehouse.result_tables import RESULT__ESTIMATE, RESULT__INTEGRITY_SIGNAL

Role = Literal["leader", "analyst", "officer", "visitor", "command"]
Level = Literal["province", "district", "commune"]
ROLES: tuple[Role, ...] = ("leader", "analyst", "officer", "visitor", "command")
HEADLINE = "poor_household_rate"
ModelTable = Literal["model", "model_site", "model_trend", "model_balance", "model_next"]
_MODEL_TABLES: dict[ModelTable, str] = {
    "model": "SELECT * FROM result__model ORDER BY model_id, part",
    "model_site": "SELECT * FROM result__model_site ORDER BY family_id, model_id, unit_code",
    "model_trend": 'SELECT * FROM result__model_trend ORDER BY model_id, "group", step',
    "model_balance": "SELECT * FROM result__model_balance ORDER BY model_id",
    "model_next": "SELECT * FROM result__model_next ORDER BY model_id, position",
}


class NothingPublished(LookupError):
    """The data folder has no build yet."""


class NotAllowed(PermissionError):
    """The viewer's role may not see this; the message says so in Vietnamese."""


@dataclass(frozen=True)
class Viewer:
    """Who asks: a role and, for an officer, the units in charge (codes in force today)."""

    role: Role
    scope: tuple[str, ...] = ()


@dataclass(frozen=True)
class Door:
    """One build seen by one viewer. Cheap to make; connections are shared, cursors are not."""

    viewer: Viewer
    build: Build

    @classmethod
    def open_meeting(cls, data: Path, viewer: Viewer, name: str) -> "Door":
        """The build whose figures were frozen for a meeting.

        Raises:
            LookupError: no such meeting, or its build is gone.
        """
        return cls.open(data, viewer, meeting_named(data, name).build_id)

    @classmethod
    def open(cls, data: Path, viewer: Viewer, build_id: str | None = None) -> "Door":
        """The served build, or the one named.

        Raises:
            NothingPublished: nothing was built yet.
            LookupError: no such build.
        """
        build = build_named(data, build_id) if build_id else current_build(data)
        if build is None:
            raise NothingPublished(
                "Chưa có số liệu: hãy chạy `python cli.py build --from THU_MUC`."
            )
        return cls(viewer, build)

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
        rows = engine.read(
            self._connection(),
            """
            SELECT * FROM result__estimate
            WHERE list_contains(?::VARCHAR[], measure)
              AND level = ?
              AND (selection = 'best' OR selection = ?)
              AND group_by IS NOT DISTINCT FROM ?::VARCHAR
              AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], period))
              AND (?::VARCHAR[] IS NULL OR list_contains(?::VARCHAR[], unit_code))
              AND (?::VARCHAR IS NULL OR standard_id = ?)
            ORDER BY measure, period, era, unit_code, "group"
            """,
            (
                list(measures),
                level,
                status,
                group_by,
                *(_twice(periods)),
                *(_twice(units)),
                standard,
                standard,
            ),
        )
        rows = _of_status(rows, status)
        rows = _default_standard(rows) if standard is None else rows
        if level == "commune":
            rows = _in_era(rows, era)
        rows = self._within_scope(rows) if level == "commune" else rows
        return rows.select(*RESULT__ESTIMATE.columns).with_columns(
            build_id=pl.lit(self.build.build_id)
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

    def published(self) -> pl.DataFrame:
        """Published figures with their sources: rows of ``dim__published``."""
        return engine.read(
            self._connection(), "SELECT * FROM dim__published ORDER BY series_id, period"
        )

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

    def programme_figures(self, programme: str, level: Level = "province") -> pl.DataFrame:
        """Rows of ``result__programme`` of one programme, oldest half-year first.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        rows = engine.read(
            self._connection(),
            """
            SELECT * FROM result__programme WHERE programme = ? AND level = ?
            ORDER BY period, quantity, era, unit_code
            """,
            (programme, level),
        )
        return self._within_scope(rows) if level == "commune" else rows

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
            _twice(submission_ids),
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

    def duty_statuses(self) -> pl.DataFrame:
        """Where the plan's duties stand, from the newest workbook of each half-year and unit.

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
            ORDER BY d.period, d.duty_id, d.unit_code
            """,
        )

    def differences(self) -> pl.DataFrame:
        """Figures that differ from the build before."""
        self._refuse_visitor()
        return engine.read(
            self._connection(),
            "SELECT * FROM quality__difference ORDER BY measure, period, level, unit_code",
        )

    def provenance(self, period: str, level: Level, era: str, unit_code: str) -> pl.DataFrame:
        """The submissions behind one unit's figures of a yearly review.

        Columns: file_number, form, unit_code, status, document_number, document_date, received_at, row_count,
        sheets, first_row, last_row.
        """
        self._refuse_visitor()
        return engine.read(
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
            SELECT s.file_number, c.form, c.unit_code, c.status, s.document_number, s.document_date,
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

    def household_rows(self, period: str, era: str, unit_code: str) -> pl.DataFrame:
        """Pseudonymous list rows of one commune, down to file, sheet and row: analysts and the command line.

        Raises:
            NotAllowed: another role.
        """
        if self.viewer.role not in ("analyst", "command"):
            raise NotAllowed("Chỉ vai trò phân tích được xem từng dòng (đã ẩn danh).")
        return engine.read(
            self._connection(),
            """
            SELECT s.file_number, h.* EXCLUDE (submission_id)
            FROM core_review__household h
            JOIN quality__coverage c USING (submission_id, era, unit_code, period)
            JOIN quality__submission s USING (submission_id)
            WHERE c.is_current AND h.period = ? AND h.era = ? AND h.unit_code = ?
            ORDER BY s.file_number, h.sheet, h."row"
            """,
            (period, era, unit_code),
        )

    def person_rows(self, period: str, era: str, unit_code: str) -> pl.DataFrame:
        """Pseudonymous rows of one commune's detailed lists: analysts and the command line.

        Raises:
            NotAllowed: another role.
        """
        if self.viewer.role not in ("analyst", "command"):
            raise NotAllowed("Chỉ vai trò phân tích được xem từng dòng (đã ẩn danh).")
        return engine.read(
            self._connection(),
            """
            SELECT s.file_number, p.* EXCLUDE (submission_id)
            FROM core_review__person p
            JOIN quality__coverage c USING (submission_id, era, unit_code, period, status)
            JOIN quality__submission s USING (submission_id)
            WHERE c.is_current AND p.period = ? AND p.era = ? AND p.unit_code = ?
            ORDER BY s.file_number, p.sheet, p."row"
            """,
            (period, era, unit_code),
        )

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
        if not self._has_table("result__watched_household"):
            return pl.DataFrame()
        rows = engine.read(
            self._connection(),
            """
            SELECT w.*, u.name AS unit_name FROM result__watched_household w
            JOIN dim__unit u ON u.era = w.era AND u.code = w.unit_code
            ORDER BY w.unit_code, w.household_id
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
                    PARTITION BY era, unit_code ORDER BY CASE status WHEN 'restated' THEN 4
                        WHEN 'official' THEN 3 WHEN 'preliminary' THEN 2 ELSE 1 END DESC,
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

    def audits(self) -> pl.DataFrame:
        """Rows of ``result__audit``, newest year first; empty where the build is older than the table.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        if not self._has_table("result__audit"):
            return pl.DataFrame()
        return engine.read(
            self._connection(),
            "SELECT * FROM result__audit ORDER BY period DESC, agency_name, list_class, error",
        )

    def model_results(self, table: ModelTable) -> pl.DataFrame:
        """Rows of ``result__<table>``: the evaluation of models. Empty where the build is older.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        if not self._has_table(f"result__{table}"):
            return pl.DataFrame()
        rows = engine.read(self._connection(), _MODEL_TABLES[table])
        return self._within_scope(rows) if "unit_code" in rows.columns else rows

    def model_turn_counts(self) -> pl.DataFrame:
        """Households of each turn: family_id, turn, household_count.

        Raises:
            NotAllowed: the viewer is a visitor.
        """
        self._refuse_visitor()
        if not self._has_table("result__model_turn"):
            return pl.DataFrame()
        return engine.read(
            self._connection(),
            """
            SELECT family_id, turn, count(*) AS household_count FROM result__model_turn
            GROUP BY family_id, turn ORDER BY family_id, turn
            """,
        )

    def model_turns(self, family_id: str) -> pl.DataFrame:
        """Who passed on to whom, by numbers inside the model, with the name of the commune.

        Raises:
            NotAllowed: a role other than analyst, officer (units in charge) and the command line.
        """
        self._only_with_rows()
        if not self._has_table("result__model_turn"):
            return pl.DataFrame()
        rows = engine.read(
            self._connection(),
            """
            SELECT r.*, u.name AS unit_name FROM result__model_turn r
            LEFT JOIN dim__unit u ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
            WHERE r.family_id = ?
            ORDER BY r.model_id, r.unit_code, r.participant_number
            """,
            (family_id,),
        )
        return self._within_scope(rows)

    def _of_level(self, table: str, level: Level, periods: Sequence[str] | None) -> pl.DataFrame:
        self._refuse_visitor()
        queries = {
            "result__household_flow": "SELECT * FROM result__household_flow WHERE level = ? ORDER BY ALL",
            "result__household_history": "SELECT * FROM result__household_history WHERE level = ? ORDER BY ALL",
            "result__household_link": "SELECT * FROM result__household_link WHERE level = ? ORDER BY ALL",
        }
        if not self._has_table(table):
            return pl.DataFrame()
        rows = engine.read(self._connection(), queries[table], (level,))
        if level == "commune":
            rows = self._within_scope(rows.filter(pl.col("era") == _newest_era()))
        return rows if periods is None else rows.filter(pl.col("period").is_in(list(periods)))

    def _has_table(self, name: str) -> bool:
        """Whether the build carries a table: an older one does not have what came later."""
        return name in _tables(self._path())

    def _only_with_rows(self) -> None:
        if self.viewer.role not in ("analyst", "officer", "command"):
            raise NotAllowed(
                "Chỉ chuyên viên phân tích và cán bộ xã được xem từng hộ (đã ẩn danh)."
            )

    def _connection(self) -> duckdb.DuckDBPyConnection:
        return _reading(self._path())

    def _path(self) -> Path:
        return self.build.public if self.viewer.role == "visitor" else self.build.restricted

    def _refuse_visitor(self) -> None:
        if self.viewer.role == "visitor":
            raise NotAllowed("Người xem công khai không được xem hồ sơ báo cáo.")

    def _within_scope(self, rows: pl.DataFrame) -> pl.DataFrame:
        """An officer's commune rows: the units in charge, older communes that became part of them included."""
        if self.viewer.role != "officer":
            return rows
        mine = engine.read(
            self._connection(),
            """
            SELECT DISTINCT from_era AS era, from_code AS unit_code FROM dim__touch
            WHERE level = 'commune' AND to_era = ? AND list_contains(?::VARCHAR[], to_code)
            """,
            (_newest_era(), list(self.viewer.scope)),
        )
        return rows.join(mine, on=["era", "unit_code"], how="semi", maintain_order="left")


@lru_cache(maxsize=4)
def _reading(path: Path) -> duckdb.DuckDBPyConnection:
    """One read-only connection a file; builds never change once published, so it may stay open."""
    return duckdb.connect(str(path), read_only=True)


@lru_cache(maxsize=4)
def _tables(path: Path) -> frozenset[str]:
    """Names of the tables of a published build: asked once, pages ask for many."""
    found = engine.read(_reading(path), "SELECT table_name FROM information_schema.tables")
    return frozenset(found["table_name"])


def _twice(values: Sequence[str] | None) -> tuple[list[str] | None, list[str] | None]:
    bound = None if values is None else list(values)
    return bound, bound


def _newest_era() -> str:
    return era_at(last_day("9999"))


def _in_era(rows: pl.DataFrame, era: str | None) -> pl.DataFrame:
    if era is not None:
        return rows.filter(pl.col("era") == era)
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
