"""Every check of the submission gate: passes on the small province, seen failing on one change."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from expectations import staging
from expectations.check import Check, Suite
from expectations.engine import CheckedFile
from expectations.gate import SUBMISSION_SUITES, judge_submissions
from tests.expectations.small_province import (
    A,
    B,
    Row,
    Rows,
    audited,
    change,
    form_1,
    form_cells,
    household,
    near_poor,
    record,
    small_province,
    write_staging,
)

Spoil = Callable[[Rows], None]

HOUSEHOLDS = "core_review__household"
PERSONS = "core_review__person"
FORM_1 = "core_population__unit"
CHANGES = "core_in_year__change"
FIGURES = "core_programme__value"
TARGETS = "core_target__assigned"
DUTIES = "core_duty__status"
FLOWS = "core_review__flow"
CELLS = "core_review__form_cell"
MODELS = "core_model__register"
MEMBERS = "core_model__participant"
SUPPORT = "core_support__household"
AUDIT = "core_audit__household"


def _rows(rows: Rows, table: str, submission_id: str) -> list[Row]:
    return [row for row in rows[table] if row["submission_id"] == submission_id]


def first(table: str, submission_id: str, **values: object) -> Spoil:
    """The first row of a file gets ``values``."""

    def spoil(rows: Rows) -> None:
        _rows(rows, table, submission_id)[0].update(values)

    return spoil


def every(table: str, submission_id: str, **values: object) -> Spoil:
    """All rows of a file get ``values``."""

    def spoil(rows: Rows) -> None:
        for row in _rows(rows, table, submission_id):
            row.update(values)

    return spoil


def cell(submission_id: str, column: int, value: float) -> Spoil:
    """One cell of an official form gets another figure."""

    def spoil(rows: Rows) -> None:
        for row in _rows(rows, CELLS, submission_id):
            if row["column_number"] == column:
                row["value"] = value

    return spoil


def another(table: str, row: Row) -> Spoil:
    """One more row."""
    return lambda rows: rows[table].append(row)


def another_file(table: str, row: Row) -> Spoil:
    """One more file of one row."""

    def spoil(rows: Rows) -> None:
        rows[table].append(row)
        record(rows)

    return spoil


def many(table: str, *rows: Row) -> Spoil:
    """More rows."""
    return lambda found: found[table].extend(rows)


def without_last(table: str, submission_id: str) -> Spoil:
    """The last row of a file is missing."""
    return lambda rows: rows[table].remove(_rows(rows, table, submission_id)[-1])


def in_two_files(rows: Rows) -> None:
    """The poor are in the first file of a commune, the near-poor in the one that replaced it."""
    replaced_by([household(LIST, 8, A, "2023")], [near_poor("near-poor", 9, A, "2023")])(rows)


def replaced_by(*versions: list[Row]) -> Spoil:
    """Instead of ``LIST``, versions of the list of A in 2023; the last one is current."""

    def spoil(rows: Rows) -> None:
        rows[HOUSEHOLDS] = [row for row in rows[HOUSEHOLDS] if row["submission_id"] != LIST]
        rows[HOUSEHOLDS] += [row for version in versions for row in version]
        record(rows)
        names = [version[0]["submission_id"] for version in versions]
        for row in rows["quality__submission"]:
            if row["submission_id"] in names:
                row["file_number"] = 100 + names.index(row["submission_id"])
        for row in rows["quality__coverage"]:
            row["is_current"] = row["submission_id"] not in names[:-1]

    return spoil


LIST = f"list-{A}-2023"
F1 = "form-1-2023"

# check_id: what spoils the small province, and the files that are concerned.
CASES: dict[str, tuple[Spoil, set[str]]] = {
    # A ward of era 2024 does not exist in 2023, nor does a code of nobody.
    "review_list.unit_in_force": (every(HOUSEHOLDS, LIST, unit_code="99999"), {LIST}),
    "export.unit_in_force": (every(HOUSEHOLDS, "export", era="2024"), {"export"}),
    "person_list.unit_in_force": (every(PERSONS, "persons", unit_code=None), {"persons"}),
    "summary.unit_in_force": (first(FORM_1, F1, period="2024"), {F1}),
    "in_year.unit_in_force": (first(CHANGES, "in-year", period="2024-09"), {"in-year"}),
    "review_list.period_and_status": (every(HOUSEHOLDS, LIST, period="2023-05"), {LIST}),
    "export.period_and_status": (every(HOUSEHOLDS, "export", status="final"), {"export"}),
    "person_list.period_and_status": (every(PERSONS, "persons", period="2023-H1"), {"persons"}),
    "summary.period_and_status": (first(FORM_1, F1, status=None), {F1}),
    "in_year.period_and_status": (first(CHANGES, "in-year", period="2024"), {"in-year"}),
    # The review of 2023 is reported under 2022–2026 only.
    "review_list.standard_of_review": (every(HOUSEHOLDS, LIST, standard_id="2016-2020"), {LIST}),
    "export.standard_of_review": (every(HOUSEHOLDS, "export", standard_id="2027-2030"), {"export"}),
    "person_list.standard_of_review": (every(PERSONS, "persons", standard_id=None), {"persons"}),
    "summary.standard_of_review": (first(FORM_1, F1, standard_id="2026-2030"), {F1}),
    "review_list.class_allowed": (first(HOUSEHOLDS, LIST, class_code="escaped"), {LIST}),
    "export.class_allowed": (first(HOUSEHOLDS, "export", class_code=None), {"export"}),
    "person_list.class_allowed": (first(PERSONS, "persons", class_code="none"), {"persons"}),
    "review_list.coded_values": (first(HOUSEHOLDS, LIST, head_sex="nam"), {LIST}),
    "export.coded_values": (first(HOUSEHOLDS, "export", area_type=None), {"export"}),
    "person_list.coded_values": (first(PERSONS, "persons", age_band="60+"), {"persons"}),
    "in_year.coded_values": (first(CHANGES, "in-year", change_kind="moved"), {"in-year"}),
    "review_list.score_ranges": (first(HOUSEHOLDS, LIST, b2_points=45), {LIST}),
    "export.score_ranges": (first(HOUSEHOLDS, "export", b1_points=-1.0), {"export"}),
    "review_list.member_count_range": (first(HOUSEHOLDS, LIST, member_count=0), {LIST}),
    "export.member_count_range": (first(HOUSEHOLDS, "export", member_count=21), {"export"}),
    # Urban: 176 > 175, so the household is not poor whatever its marks are.
    "review_list.class_follows_scores": (first(HOUSEHOLDS, LIST, b1_points=176.0), {LIST}),
    # B2 20 < 30: near-poor.
    "export.class_follows_scores": (first(HOUSEHOLDS, "export", b2_points=20), {"export"}),
    "review_list.totals_as_form_1": (first(FORM_1, F1, poor_household_count=2), {LIST}),
    "export.totals_as_form_1": (without_last(HOUSEHOLDS, "export"), {"export"}),
    "summary.totals_as_lists": (without_last(HOUSEHOLDS, LIST), {F1}),
    "summary.persons_as_lists": (first(HOUSEHOLDS, LIST, member_count=5), {F1}),
    "review_list.b2_as_marks": (first(HOUSEHOLDS, LIST, b2_points=40), {LIST}),
    "review_list.area_as_unit": (first(HOUSEHOLDS, LIST, area_type="rural"), {LIST}),
    "review_list.reviewed_in_its_year": (
        first(HOUSEHOLDS, LIST, review_date=date(2022, 12, 31)),
        {LIST},
    ),
    "review_list.decided_after_review": (
        first(HOUSEHOLDS, LIST, decision_date=date(2023, 10, 19)),
        {LIST},
    ),
    # Last year's list of A closed with one poor household, this year's opens with two.
    "review_list.opening_as_last_closing": (
        another(HOUSEHOLDS, household(LIST, 10, A, "2023", class_code="none", b1_points=200.0)),
        {LIST},
    ),
    # Last year's list of A closed with one poor household, this year's opens with twelve: 11 too many.
    "review_list.forms_2_3_balance": (
        many(
            HOUSEHOLDS,
            *(
                household(LIST, row, A, "2023", class_code="none", b1_points=200.0)
                for row in range(20, 31)
            ),
        ),
        {LIST},
    ),
    "review_list.class_before_as_known": (
        first(HOUSEHOLDS, LIST, class_before_code="near_poor"),
        {LIST},
    ),
    "review_list.whole_list": (in_two_files, {"near-poor"}),
    "review_list.household_in_one_commune": (
        first(HOUSEHOLDS, LIST, household_id=f"{B}-8"),
        {LIST, f"list-{B}-2023"},
    ),
    "person_list.numbers_present": (first(PERSONS, "persons", member_number=None), {"persons"}),
    "person_list.members_numbered_once": (first(PERSONS, "persons", member_number=2), {"persons"}),
    "person_list.one_class_a_household": (
        first(PERSONS, "persons", class_code="near_poor"),
        {"persons"},
    ),
    "person_list.totals_as_review_list": (without_last(PERSONS, "persons"), {"persons"}),
    "person_list.totals_as_form_1": (first(FORM_1, F1, poor_person_count=4), {"persons"}),
    "person_list.members_as_household": (first(PERSONS, "persons", has_merit=True), {"persons"}),
    "summary.needed_counts": (first(FORM_1, F1, near_poor_household_count=None), {F1}),
    "summary.not_negative": (first(FORM_1, F1, average_living_household_count=-1), {F1}),
    # 1 + 1 + 999 = 1,001 of 1,000.
    "summary.classes_within_residents": (
        first(FORM_1, F1, average_living_household_count=999),
        {F1},
    ),
    "summary.households_within_persons": (
        first(FORM_1, F1, near_poor_household_count=0),
        {F1},
    ),
    "summary.one_row_a_commune": (another(FORM_1, form_1(F1, 20, A, "2023")), {F1}),
    "summary.persons_per_household": (first(FORM_1, F1, resident_person_count=8001), {F1}),
    "summary.communes_complete": (without_last(FORM_1, F1), {F1}),
    "in_year.decision_complete": (first(CHANGES, "in-year", decision_date=None), {"in-year"}),
    "in_year.decision_in_its_month": (
        first(CHANGES, "in-year", decision_date=date(2024, 4, 1)),
        {"in-year"},
    ),
    "in_year.something_changed": (first(CHANGES, "in-year", class_code="poor"), {"in-year"}),
    "in_year.changes_or_none": (
        another(CHANGES, change("in-year", 8, change_kind="no_change", household_id=None)),
        {"in-year"},
    ),
    **{
        f"{form}.{check}": (first(FLOWS, file, **values), {file})
        for form, file in (("poor_flows", "form-2"), ("near_poor_flows", "form-3"))
        for check, values in (
            ("unit_in_force", {"unit_code": "00000"}),
            ("period_and_status", {"period": "2023-H1"}),
            ("standard_of_review", {"standard_id": "2016-2020"}),
            ("not_negative", {"relapsed_count": -1}),
            # 1 − 0 + 1 new = 2, the form says 1.
            ("balances", {"new_count": 1}),
            ("households_within_persons", {"opening_count": 4, "closing_count": 4}),
            ("closing_as_form_1", {"opening_count": 2, "closing_count": 2}),
        )
    },
    "official_forms.unit_in_force": (every(CELLS, "form-4", unit_code="00000"), {"form-4"}),
    "official_forms.period_and_status": (every(CELLS, "form-4", period="2023-H1"), {"form-4"}),
    "official_forms.standard_of_review": (
        every(CELLS, "form-4", standard_id="2016-2020"),
        {"form-4"},
    ),
    "official_forms.in_range": (first(CELLS, "form-4", value=-1.0), {"form-4"}),
    "official_forms.once": (another(CELLS, form_cells(4, 12, column_14=0.0)[0]), {"form-4"}),
    # 1 + 1 + 1 = 3, the form says 4.
    "official_forms.sums": (cell("form-4", 2, 4.0), {"form-4"}),
    # 2 of 1 poor household.
    "official_forms.part_within_whole": (cell("form-4", 3, 2.0), {"form-4"}),
    # 1/1000 is 0.1 %, written as a fraction of one thousand.
    "official_forms.rates": (cell("form-12", 20, 1.0), {"form-12"}),
    "official_forms.as_form_1": (cell("form-12", 1, 1001.0), {"form-12"}),
    "programme.unit_in_force": (every(FIGURES, "credit", unit_code="00000"), {"credit"}),
    "programme.period_and_status": (every(FIGURES, "credit", period="2023"), {"credit"}),
    "programme.known_figures": (first(FIGURES, "credit", quantity="wish"), {"credit"}),
    "programme.not_negative": (first(FIGURES, "credit", value=-1.0), {"credit"}),
    "programme.part_within_whole": (first(FIGURES, "credit", value=8.0), {"credit"}),
    "assigned_targets.complete": (first(TARGETS, "targets", decision_date=None), {"targets"}),
    "assigned_targets.year": (first(TARGETS, "targets", year=2031), {"targets"}),
    "assigned_targets.not_negative": (first(TARGETS, "targets", value=-0.1), {"targets"}),
    "assigned_targets.decided_in_time": (first(TARGETS, "targets", year=2022), {"targets"}),
    "duties.period": (first(DUTIES, "duties", period="2023"), {"duties"}),
    "duties.status": (first(DUTIES, "duties", duty_status="soon"), {"duties"}),
    "duties.not_late_before_due": (
        first(DUTIES, "duties", duty_status="late", due_date=date(2024, 1, 1)),
        {"duties"},
    ),
    "in_year.decided_once": (another(CHANGES, change("in-year", 8)), {"in-year"}),
    # The list at the end of 2023 has the household as poor.
    "in_year.class_before_as_known": (
        first(CHANGES, "in-year", class_before_code="none"),
        {"in-year"},
    ),
    "model_register.not_negative": (first(MODELS, "models", budget_local_vnd=-1.0), {"models"}),
    "model_register.pilot_known": (first(MODELS, "models", model_id="M9"), {"models"}),
    "model_register.ends_after_start": (
        first(MODELS, "models", ended_date=date(2022, 1, 1)),
        {"models"},
    ),
    "model_participants.not_negative": (first(MEMBERS, "members", support_vnd=-1.0), {"members"}),
    "model_participants.points": (first(MEMBERS, "members", b1_after_points=900.0), {"members"}),
    "model_participants.passed_on_known": (
        first(MEMBERS, "members", passed_on_to=["7"]),
        {"members"},
    ),
    # Nobody registered M9: its households would be in no evaluation.
    "model_participants.model_known": (every(MEMBERS, "members", model_id="M9"), {"members"}),
    "model_participants.recovered": (first(MEMBERS, "members", recovered_vnd=3e7), {"members"}),
    "household_support.not_negative": (first(SUPPORT, "support", amount_vnd=-1.0), {"support"}),
    "household_support.in_the_year": (
        first(SUPPORT, "support", support_date=date(2022, 3, 1)),
        {"support"},
    ),
    "household_support.class_agrees": (
        first(SUPPORT, "support", household_class="newly_escaped"),
        {"support"},
    ),
    # Another agency visited A in the same year: the newer file alone would count there.
    "audit_sample.one_agency": (
        another_file(AUDIT, audited("audit-b", 8, agency_name="Thanh tra tỉnh")),
        {"audit", "audit-b"},
    ),
    "audit_sample.weight_positive": (first(AUDIT, "audit", weight=0.0), {"audit"}),
    "audit_sample.weights_complete": (first(AUDIT, "audit", weight=None), {"audit"}),
    "audit_sample.clusters_complete": (first(AUDIT, "audit", cluster=None), {"audit"}),
}

CHECKS = {check.check_id: (suite, check) for suite in SUBMISSION_SUITES for check in suite.checks}


def test_small_province_passes_every_check(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "staging.duckdb", small_province())
    result = judge_submissions(path, [])
    assert set(result.checks["verdict"]) == {"passed"}, result.checks.filter(
        result.checks["verdict"] != "passed"
    ).to_dicts()
    assert result.questions.is_empty()
    assert result.held == {}


def test_a_form_that_does_not_balance_is_held_back_with_the_difference(tmp_path: Path) -> None:
    rows = small_province()
    first(FLOWS, "form-2", new_count=3)(rows)
    files = ["form-2", "form-3"]
    result = judge_submissions(write_staging(tmp_path / "staging.duckdb", rows), files)
    (told,) = result.held["form-2"]
    assert told["found"] == "cột 1 đến 8 cho 4, cột 9 ghi 1: lệch 3 hộ"
    assert set(result.held) == {"form-2"}


def _judged(rows: Rows, check_id: str, folder: Path) -> list[str]:
    """What one check finds, with files and coverage as the rows say."""
    record(rows)
    suite, check = CHECKS[check_id]
    with CheckedFile(write_staging(folder / "s.duckdb", rows)) as file:
        staging.prepare(file)
        return file.failing(suite, str(check.rule))["found"].to_list()


def test_what_is_asked_about_an_official_form_names_the_cell(tmp_path: Path) -> None:
    rows = small_province()
    cell("form-4", 2, 4.0)(rows)
    cell("form-12", 20, 10.0)(rows)
    asked = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), []).questions
    assert asked.select("row", "column", "found").rows() == [
        (9, "Cột 2 - Tổng số thiếu hụt", "ghi 4, cộng các cột 3 đến 14 được 3"),
        (9, "Cột 20 - Chung", "ghi 10 %, 1/1000 là 0,1 %"),
    ]


def test_a_form_is_compared_with_form_1_of_its_own_standard(tmp_path: Path) -> None:
    rows = small_province()
    other = form_1("form-1-old", 9, A, "2023", standard_id="2016-2020", poor_household_count=7)
    rows[FORM_1].append(other)
    assert _judged(rows, "poor_flows.closing_as_form_1", tmp_path) == []


def test_the_class_of_support_is_compared_once_with_the_list_that_closed_the_year(
    tmp_path: Path,
) -> None:
    rows = small_province()
    # the export has the household too; the list of support is a preliminary one
    first(HOUSEHOLDS, "export", household_id=f"{A}-8")(rows)
    every(SUPPORT, "support", status="preliminary")(rows)
    first(SUPPORT, "support", household_class="near_poor")(rows)
    found = _judged(rows, "household_support.class_agrees", tmp_path)
    assert found == ["hộ cận nghèo; danh sách rà soát: hộ nghèo"]


def test_a_class_of_support_that_one_of_two_standards_has_is_no_question(tmp_path: Path) -> None:
    rows = small_province()
    old = household("old", 8, A, "2023", standard_id="2016-2020", class_code="near_poor")
    rows[HOUSEHOLDS].append(old)
    first(SUPPORT, "support", household_class="near_poor")(rows)
    assert _judged(rows, "household_support.class_agrees", tmp_path) == []


def poor(name: str, *numbers: int) -> list[Row]:
    return [household(name, number, A, "2023") for number in numbers]


def near(name: str, *numbers: int) -> list[Row]:
    return [near_poor(name, number, A, "2023") for number in numbers]


@pytest.mark.parametrize(
    ("versions", "is_asked"),
    [
        ([poor("a", 8), near("b", 9)], True),
        ([poor("a", 8), near("b", 8)], False),
        ([poor("a", 8), near("b", 8, 9, 10)], False),
        ([poor("a", 8, 10, 11), near("b", 8, 9)], True),
        ([poor("a", 8), poor("b", 8) + near("b", 9)], False),
        ([near("a", 9), poor("b", 8) + near("b", 9)], False),
        ([poor("a", 8), poor("b", 9)], False),
        ([poor("a", 8), near("b", 9), near("c", 9, 10)], True),
        ([near("a", 9), poor("b", 8), poor("c", 8, 10)], True),
        ([poor("a", 8), near("b", 9), poor("c", 8) + near("c", 9)], False),
        ([poor("a", 8), poor("b", 8) + near("b", 9), near("c", 9)], True),
        ([poor("a", 8), poor("b", 7) + near("b", 9), near("c", 7, 9)], False),
    ],
    ids=["other households of the other class", "the household is near-poor now", "it is one of three near-poor now",
         "one of three is near-poor now", "both classes", "a part, then the whole", "the same class",
         "a part, the other part, and that one corrected", "the same with the near-poor first",
         "two parts, then the whole", "the whole, then a part", "the whole settled what came before it"],
)  # fmt: skip
def test_a_list_may_be_part_of_the_one_it_replaces(
    versions: list[list[Row]], is_asked: bool, tmp_path: Path
) -> None:
    rows = small_province()
    replaced_by(*versions)(rows)
    suite, check = CHECKS["review_list.whole_list"]
    with CheckedFile(write_staging(tmp_path / "s.duckdb", rows)) as file:
        staging.prepare(file)
        assert file.failing(suite, str(check.rule)).height == is_asked


def test_every_check_is_seen_failing() -> None:
    assert CASES.keys() == CHECKS.keys()


@pytest.mark.parametrize("check_id", CASES)
def test_check_fails_for_the_files_concerned(check_id: str, tmp_path: Path) -> None:
    spoil, files = CASES[check_id]
    rows = small_province()
    spoil(rows)
    suite, check = CHECKS[check_id]
    verdict, concerned = _verdict(write_staging(tmp_path / "s.duckdb", rows), suite, check)
    assert verdict == "failed"
    assert concerned == files


def _verdict(path: Path, suite: Suite, check: Check) -> tuple[str, set[str]]:
    """One check alone: verdict, and the files its query names."""
    alone = Suite(suite.name, suite.form, suite.table, (check,))
    assert isinstance(check.rule, str)
    with CheckedFile(path) as file:
        staging.prepare(file)
        (outcome,) = file.validate(alone)
        failing = file.failing(alone, check.rule)
    assert outcome.failing_rows == failing.height, outcome.note
    return outcome.verdict, set(failing["submission_id"])
