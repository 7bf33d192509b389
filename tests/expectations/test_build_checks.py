"""Every check of the build gate: passes on the small province, seen failing on one change."""

from collections.abc import Callable
from pathlib import Path

import pytest

from expectations import staging
from expectations.build_suite import SUITES
from expectations.check import Check, Suite
from expectations.engine import CheckedFile
from expectations.gate import judge_build
from tests.expectations.small_province import (
    A,
    Rows,
    open_for_writing,
    small_province,
    write_staging,
)

Spoil = Callable[[Rows], None]

CORE = {
    "review__household": "core_review__household",
    "review__person": "core_review__person",
    "population__unit": "core_population__unit",
    "review__flow": "core_review__flow",
    "review__form_cell": "core_review__form_cell",
    "in_year__change": "core_in_year__change",
    "programme__value": "core_programme__value",
    "target__assigned": "core_target__assigned",
    "duty__status": "core_duty__status",
    "model__register": "core_model__register",
    "model__participant": "core_model__participant",
    "support__household": "core_support__household",
    "audit__household": "core_audit__household",
}
OF_REVIEWS = (
    "review__household",
    "review__person",
    "population__unit",
    "review__flow",
    "review__form_cell",
)
CHECKS = {check.check_id: (suite, check) for suite in SUITES for check in suite.checks}


def first(table: str, **values: object) -> Spoil:
    """The first row of a table gets ``values``."""
    return lambda rows: rows[table][0].update(values)


def twice(table: str) -> Spoil:
    """The first row of a table is there twice."""
    return lambda rows: rows[table].append(dict(rows[table][0]))


def without_first(table: str) -> Spoil:
    """The first row of a table is missing."""
    return lambda rows: rows[table].pop(0) and None


def _old_version_still_current(rows: Rows) -> None:
    rows["quality__coverage"].append(
        rows["quality__coverage"][0] | {"submission_id": f"list-{A}-2023"}
    )


CASES: dict[str, Spoil] = {
    **{f"build.{short}.key_unique": twice(table) for short, table in CORE.items()},
    **{f"build.{short}.key_present": first(table, row=None) for short, table in CORE.items()},
    **{
        f"build.{short}.submissions_known": first(table, submission_id="nobody")
        for short, table in CORE.items()
    },
    **{
        f"build.{short}.units_in_force": first(table, unit_code="00000")
        for short, table in CORE.items()
    },
    **{
        f"build.{short}.standards_present": first(table, standard_id="2011-2015")
        for short, table in CORE.items()
        if short in OF_REVIEWS
    },
    "build.rows_accounted_for": first("quality__submission", rows_read=10),
    "build.rows_in_core": first("quality__submission", rows_read=10, rows_loaded=3),
    "build.submission_once": twice("quality__submission"),
    "build.one_current_version": _old_version_still_current,
    "build.coverage_once": twice("quality__coverage"),
    "build.communes_complete": first("quality__coverage", is_current=False),
    "build.unit_key_unique": twice("dim__unit"),
    "build.parents_exist": lambda rows: rows["dim__unit"][-1].update(parent_code="00"),
    "build.reference_present": lambda rows: rows["dim__unit"].pop(0) and None,
    "build.placed_once": twice("dim__placement"),
    "build.placed_completely": without_first("dim__placement"),
    "build.placed_on_units": first("dim__placement", to_code="00000"),
}


def test_small_province_passes_every_check(tmp_path: Path) -> None:
    result = judge_build(write_staging(tmp_path / "staging.duckdb", small_province()))
    assert set(result.checks["verdict"]) == {"passed"}
    assert result.faults == []
    assert result.unproven == []


def test_every_check_is_seen_failing() -> None:
    # The contract's types keep names out of the core tables; that check has a test of its own.
    assert CASES.keys() | {"build.no_names"} == CHECKS.keys()


@pytest.mark.parametrize("check_id", CASES)
def test_check_fails(check_id: str, tmp_path: Path) -> None:
    rows = small_province()
    CASES[check_id](rows)
    path = write_staging(tmp_path / "s.duckdb", rows)
    assert _verdict(path, *CHECKS[check_id]) == "failed"


def test_a_column_of_names_is_a_fault(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", small_province())
    with open_for_writing(path) as connection:
        connection.execute("ALTER TABLE core_review__person ADD COLUMN personal_name VARCHAR")
    assert _verdict(path, *CHECKS["build.no_names"]) == "failed"


def test_withdrawn_versions_need_no_current_one(tmp_path: Path) -> None:
    rows = small_province()
    name = rows["quality__coverage"][0]["submission_id"]
    for coverage in rows["quality__coverage"]:
        coverage["is_current"] = coverage["submission_id"] != name
    for submission in rows["quality__submission"]:
        if submission["submission_id"] == name:
            submission["withdrawn_reason"] = "nộp nhầm kỳ"
    path = write_staging(tmp_path / "s.duckdb", rows)
    check = CHECKS["build.one_current_version"]
    assert _verdict(path, *check) == "failed"
    with open_for_writing(path) as connection:
        connection.execute(
            "UPDATE quality__submission SET withdrawn_at = now() WHERE submission_id = ?", [name]
        )
    assert _verdict(path, *check) == "passed"


def test_faults_say_where(tmp_path: Path) -> None:
    rows = small_province()
    first("quality__submission", rows_read=10)(rows)
    result = judge_build(write_staging(tmp_path / "s.duckdb", rows))
    assert result.faults == ["build.rows_accounted_for"]
    (note,) = result.checks.filter(check_id="build.rows_accounted_for")["note"]
    # 2 rows loaded and 7 of titles are 9, not 10.
    assert note == "10 dòng đọc; 2 nạp, 0 trả lại, 7 không phải số liệu"


def _verdict(path: Path, suite: Suite, check: Check) -> str:
    alone = Suite(suite.name, suite.form, suite.table, (check,))
    with CheckedFile(path) as file:
        staging.prepare_build(file)
        (outcome,) = file.validate(alone)
    assert outcome.verdict != "not_run", outcome.note
    return outcome.verdict
