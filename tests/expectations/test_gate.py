"""What the gate makes of verdicts: held submissions, questions, waivers, and checks that did not run."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from expectations import staging
from expectations.check import Check, Suite
from expectations.engine import CheckedFile
from expectations.gate import judge_build, judge_submissions
from expectations.waivers import Waiver, WaiverError, load_waivers
from tests.expectations.small_province import A, Rows, household, small_province, write_staging
from warehouse.quality_tables import QUALITY__CHECK, QUALITY__REASON

LIST = f"list-{A}-2023"
PROJECT = Path(__file__).parents[2]


def _with_impossible_score() -> Rows:
    """A's list of 2023 has B2 = 45 in row 8: blocking."""
    rows = small_province()
    for row in rows["core_review__household"]:
        if row["submission_id"] == LIST and row["row"] == 8:
            row.update(b2_points=45)
    return rows


def _verdict(checks: pl.DataFrame, check_id: str) -> str:
    (verdict,) = checks.filter(check_id=check_id)["verdict"]
    return str(verdict)


def test_a_blocking_failure_holds_the_submission_with_its_cells(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", _with_impossible_score())
    result = judge_submissions(path, [LIST])
    assert list(result.held) == [LIST]
    (reason,) = (r for r in result.held[LIST] if r["column"] == "Điểm B1, điểm B2")
    assert reason == {
        "submission_id": LIST,
        "sheet": "Tổ 1",
        "row": 8,
        "column": "Điểm B1, điểm B2",
        "kind": "rejected",
        "found": "B1 = 100, B2 = 45",
        "expected": "B1 ≥ 0; B2 là bội số của 10 từ 0 đến 120",
        "todo": "Sửa điểm theo Phiếu B rồi nộp lại tệp.",
        **{name: None for name in QUALITY__REASON.columns if name not in _REASON_COLUMNS},
    }
    assert result.faults == ["review_list.score_ranges"]


def _said_poor_before(count: int) -> Rows:
    """A's list of 2023 names ``count`` more households that were poor before and are not now."""
    rows = small_province()
    rows["core_review__household"] += [
        household(LIST, row, A, "2023", class_code="none", b1_points=200.0)
        for row in range(20, 20 + count)
    ]
    return rows


def test_a_list_whose_form_2_does_not_balance_is_held_with_the_difference(tmp_path: Path) -> None:
    # Last year's list closed with 1 poor household; 1 + 11 are said to have been poor: 11 too many.
    path = write_staging(tmp_path / "s.duckdb", _said_poor_before(11))
    result = judge_submissions(path, [LIST])
    assert list(result.held) == [LIST]
    (reason,) = result.held[LIST]
    assert reason["found"] == (
        "biểu 2: đầu kỳ 12 hộ nghèo, danh sách cuối kỳ 2022 có 1, chênh lệch 11 hộ"
    )


def test_what_moves_can_explain_is_asked_and_not_held(tmp_path: Path) -> None:
    # 10 too many: households may have moved here; the sender is asked.
    path = write_staging(tmp_path / "s.duckdb", _said_poor_before(10))
    result = judge_submissions(path, [LIST])
    assert result.held == {}
    assert "Phân loại trước rà soát" in result.questions["column"].to_list()


_REASON_COLUMNS = {
    "submission_id",
    "sheet",
    "row",
    "column",
    "kind",
    "found",
    "expected",
    "todo",
}


def test_what_was_accepted_before_is_not_held_again(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", _with_impossible_score())
    assert judge_submissions(path, ["export"]).held == {}


def test_tables_have_the_contracts_columns(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", _with_impossible_score())
    result = judge_submissions(path, [LIST])
    assert dict(result.checks.schema) == QUALITY__CHECK.schema
    assert dict(result.questions.schema) == QUALITY__REASON.schema
    assert result.checks["check_id"].is_unique().all()


def test_a_warning_is_a_question_on_its_row(tmp_path: Path) -> None:
    rows = small_province()
    # Urban, B1 176 > 175: not poor by the scores, poor as the commune decided.
    rows["core_review__household"].append(
        household(LIST, 10, A, "2023", b1_points=176.5, class_before_code=None)
    )
    result = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), [LIST])
    assert result.held == {}
    (question,) = result.questions.filter(row=10).to_dicts()
    assert question["kind"] == "question"
    assert question["found"] == (
        "hộ nghèo (B1 = 176,5, B2 = 30, thành thị; theo điểm là hộ không nghèo)"
    )


def test_what_the_reader_asked_counts_and_is_not_asked_again(tmp_path: Path) -> None:
    rows = small_province()
    rows["core_review__household"] += [
        household(LIST, row, A, "2023", b1_points=176.5, class_before_code=None) for row in (10, 11)
    ]
    asked = {"submission_id": LIST, "sheet": "Tổ 1", "kind": "question", "told_by": "reader"}
    rows["quality__reason"] = [
        asked | {"row": 10, "found": "hộ nghèo, B1 = 176,5, B2 = 30"},
        asked | {"row": 11, "found": "11 chữ số"},
    ]
    result = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), [LIST])
    follows = result.checks.filter(check_id="review_list.class_follows_scores")
    assert follows["failing_rows"].to_list() == [2]
    about_scores = result.questions.filter(pl.col("found").str.contains("theo điểm"))
    assert about_scores["row"].to_list() == [11]


def test_list_against_form_1_is_asked_of_both_and_holds_neither(tmp_path: Path) -> None:
    rows = small_province()
    rows["core_review__household"].append(household(LIST, 10, A, "2023", class_before_code=None))
    result = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), [LIST, "form-1-2023"])
    assert result.held == {}
    asked = result.questions.filter(pl.col("found").str.contains("biểu 1"))
    assert set(asked["submission_id"]) >= {LIST, "form-1-2023"}


def test_waiver_lets_one_submission_pass_one_check(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", _with_impossible_score())
    waiver = Waiver("review_list.score_ranges", LIST, "Trần Thị Mẫu", "đã đối chiếu Phiếu B")
    result = judge_submissions(path, [LIST], [waiver])
    assert result.held == {}
    (check,) = result.checks.filter(check_id="review_list.score_ranges").to_dicts()
    assert check["verdict"] == "passed"
    assert check["failing_rows"] == 0
    assert "Trần Thị Mẫu, lý do: đã đối chiếu Phiếu B" in check["note"]
    kinds = result.questions.filter(pl.col("found") == "B1 = 100, B2 = 45")["kind"]
    assert kinds.to_list() == ["warning"]


def test_waiver_for_another_check_or_file_lets_nothing_pass(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", _with_impossible_score())
    waivers = [
        Waiver("review_list.class_allowed", LIST, "Trần Thị Mẫu", "lý do"),
        Waiver("review_list.score_ranges", "export", "Trần Thị Mẫu", "lý do"),
    ]
    assert list(judge_submissions(path, [LIST], waivers).held) == [LIST]


@pytest.mark.parametrize("check_id", ["review_list.misspelt", "review_list.b2_as_marks"])
def test_waiver_of_what_holds_nothing_is_refused(check_id: str, tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", small_province())
    with pytest.raises(WaiverError, match=check_id):
        judge_submissions(path, [], [Waiver(check_id, LIST, "Trần Thị Mẫu", "lý do")])


@pytest.mark.parametrize("empty", ["check_id", "submission_id", "name", "reason"])
def test_waiver_needs_a_name_and_a_reason(empty: str) -> None:
    fields = {"check_id": "c", "submission_id": "s", "name": "n", "reason": "r"}
    with pytest.raises(WaiverError, match=empty):
        Waiver(**{**fields, empty: "  "})


def test_a_file_of_waivers_that_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "waivers.csv"
    path.write_bytes("check_id,submission_id,name,reason\nc,s,Nguyễn,vì\n".encode("utf-16"))
    with pytest.raises(WaiverError, match="UTF-8"):
        load_waivers(path)


def test_waivers_are_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "waivers.csv"
    assert load_waivers(path) == ()
    path.write_text(
        'check_id,submission_id,name,reason\nc,s,Trần Thị Mẫu,"đúng, đã hỏi xã"\n',
        encoding="utf-8-sig",
    )
    assert load_waivers(path) == (Waiver("c", "s", "Trần Thị Mẫu", "đúng, đã hỏi xã"),)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("check_id,submission_id,name\nc,s,n\n", "thiếu cột reason"),
        ("check_id,submission_id,name,reason\nc,s,n,\n", "dòng 2: .*reason"),
        ("check_id,submission_id,name,reason\nc,s\n", "dòng 2: .*name, reason"),
    ],
)
def test_a_waiver_without_reason_is_refused(content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "waivers.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(WaiverError, match=message):
        load_waivers(path)


def test_a_query_that_cannot_run_is_neither_passed_nor_failed(tmp_path: Path) -> None:
    broken = Check("broken", "blocking", "vi", "en", "expected", "todo", "SELECT nope FROM {batch}")
    sound = Check("sound", "blocking", "vi", "en", "expected", "todo", "FROM {batch} WHERE false")
    suite = Suite("try", None, "household", (broken, sound))
    path = write_staging(tmp_path / "s.duckdb", small_province())
    with CheckedFile(path) as file:
        staging.prepare(file)
        outcomes = file.validate(suite)
    assert [outcome.verdict for outcome in outcomes] == ["not_run", "passed"]
    assert outcomes[0].failing_rows is None
    assert "nope" in str(outcomes[0].note)


def test_a_missing_table_leaves_its_checks_not_run(tmp_path: Path) -> None:
    rows = small_province()
    del rows["core_population__unit"]
    path = write_staging(tmp_path / "s.duckdb", rows)
    result = judge_submissions(path, [])
    assert _verdict(result.checks, "summary.needed_counts") == "not_run"
    assert _verdict(result.checks, "review_list.totals_as_form_1") == "not_run"
    assert _verdict(result.checks, "review_list.class_allowed") == "passed"
    assert "summary.needed_counts" in result.unproven
    (note,) = result.checks.filter(check_id="summary.needed_counts")["note"]
    assert "core_population__unit does not exist" in note
    assert "build.population__unit.key_unique" in judge_build(path).unproven


def test_no_failing_file_is_lost_beyond_the_librarys_limit(tmp_path: Path) -> None:
    # Great Expectations fetches 200 rows of a query.
    rows = small_province()
    names = [f"late-{number}" for number in range(250)]
    for name in names:
        rows["core_review__household"].append(
            household(name, 8, A, "2023", review_date=date(2024, 1, 1))
        )
        rows["quality__submission"].append({"submission_id": name})
    result = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), names)
    (check,) = result.checks.filter(check_id="review_list.reviewed_in_its_year").to_dicts()
    assert (check["failing_rows"], check["failing_submissions"]) == (250, 250)
    asked = result.questions.filter(pl.col("found") == "01/01/2024")
    assert set(asked["submission_id"]) == set(names)


def test_withdrawn_files_are_not_judged(tmp_path: Path) -> None:
    rows = _with_impossible_score()
    for row in rows["quality__submission"]:
        row["withdrawn_at"] = None
        if row["submission_id"] == LIST:
            row["withdrawn_at"] = date(2024, 1, 1)
    result = judge_submissions(write_staging(tmp_path / "s.duckdb", rows), [LIST])
    assert _verdict(result.checks, "review_list.score_ranges") == "passed"
    assert result.held == {}


def test_the_gate_writes_no_file_and_says_nothing(tmp_path: Path) -> None:
    path = write_staging(tmp_path / "s.duckdb", small_province())
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from expectations.gate import judge_build, judge_submissions\n"
        "judge_submissions(Path('s.duckdb'), []); judge_build(Path('s.duckdb'))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(PROJECT)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("", "")
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
