"""The two gates: submissions before they count, and a build and its results before they are served."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

import polars as pl

from expectations import (
    analysis_suite,
    build_suite,
    export_suite,
    flow_suite,
    household_suite,
    in_year_suite,
    model_suite,
    person_list_suite,
    plan_suite,
    programme_suite,
    public_suite,
    results_suite,
    review_list_suite,
    staging,
    summary_suite,
)
from expectations.check import Check, Suite
from expectations.engine import FAILING, CheckedFile, Outcome
from expectations.verdict import GateResult, Reason, together
from expectations.waivers import Waiver, WaiverError
from warehouse.quality_tables import QUALITY__CHECK, QUALITY__REASON

Gate = Literal["submission", "build", "result"]
_EXAMPLES = 3

SUBMISSION_SUITES = (
    *review_list_suite.SUITES,
    *person_list_suite.SUITES,
    *summary_suite.SUITES,
    *flow_suite.SUITES,
    *analysis_suite.SUITES,
    *export_suite.SUITES,
    *in_year_suite.SUITES,
    *programme_suite.SUITES,
    *plan_suite.SUITES,
    *model_suite.SUITES,
    *household_suite.SUITES,
)


def judge_submissions(
    path: Path, new_submission_ids: Sequence[str], waivers: Sequence[Waiver] = ()
) -> GateResult:
    """Judge every submission in the staging file ``path``; of these only new ones can be held.

    The verdicts and questions speak of all submissions, old and new, so that a build from the
    archive and a build of one more file end with the same answers. ``path`` is a DuckDB file with
    the contract's tables, where ``quality__coverage.is_current`` is as if nothing were held.

    Raises:
        WaiverError: a waiver names a check that holds nothing back.
    """
    _refuse_idle(waivers)
    with CheckedFile(path) as file:
        staging.prepare(file)
        judged = [_judge(file, suite, "submission", waivers) for suite in SUBMISSION_SUITES]
    result = together(judged)
    new = set(new_submission_ids)
    return GateResult(
        result.checks,
        {name: reasons for name, reasons in result.held.items() if name in new},
        result.questions,
    )


def judge_build(path: Path) -> GateResult:
    """Judge the staging file as a whole, after held submissions have been taken out of it."""
    with CheckedFile(path) as file:
        staging.prepare_build(file)
        return together([_judge(file, suite, "build", ()) for suite in build_suite.SUITES])


def judge_figures(restricted: Path) -> GateResult:
    """Judge the restricted file of a build for truth."""
    return _judge_file(restricted, results_suite.SUITES)


def judge_public(public: Path) -> GateResult:
    """Judge the public file of a build for silence."""
    return _judge_file(public, public_suite.SUITES)


def _judge_file(path: Path, suites: Iterable[Suite]) -> GateResult:
    with CheckedFile(path) as file:
        staging.prepare_results(file)
        return together([_judge(file, suite, "result", ()) for suite in suites])


def _refuse_idle(waivers: Sequence[Waiver]) -> None:
    """A misspelt check would leave its author waiting for a file that stays held."""
    blocking = {
        check.check_id
        for suite in SUBMISSION_SUITES
        for check in suite.checks
        if check.level == "blocking"
    }
    for waiver in waivers:
        if waiver.check_id not in blocking:
            raise WaiverError(
                f"Miễn trừ của {waiver.name} ghi mã kiểm tra {waiver.check_id}, không phải mã của "
                "kiểm tra bắt buộc nào. Sửa mã theo trang chất lượng số liệu hoặc bỏ dòng này."
            )


def _judge(file: CheckedFile, suite: Suite, gate: Gate, waivers: Sequence[Waiver]) -> GateResult:
    results = []
    for outcome in file.validate(suite):
        rule = outcome.check.rule
        failing = FAILING.clear()
        if outcome.verdict == "failed" and isinstance(rule, str):
            failing = file.failing(suite, rule)
        waived = {w.submission_id: w for w in waivers if w.check_id == outcome.check.check_id}
        results.append(_result(outcome, suite.form, gate, failing, waived))
    return together(results)


def _result(
    outcome: Outcome,
    form: str | None,
    gate: Gate,
    failing: pl.DataFrame,
    waived: Mapping[str, Waiver],
) -> GateResult:
    check = outcome.check
    may_pass = pl.col("submission_id").is_in(list(waived)).fill_null(False)
    is_blocking = check.level == "blocking"
    let_pass = failing.filter(may_pass) if is_blocking else failing.clear()
    counted = failing.filter(~may_pass) if is_blocking else failing
    all_waived = let_pass.height > 0 and counted.height == 0
    verdict = "passed" if all_waived else outcome.verdict
    row = {
        "check_id": check.check_id,
        "gate": gate,
        "form": form,
        "level": check.level,
        "verdict": verdict,
        "title_vi": check.title_vi,
        "title_en": check.title_en,
        "failing_rows": counted.height if failing.height else outcome.failing_rows,
        "failing_submissions": None
        if verdict == "not_run"
        else counted["submission_id"].drop_nulls().n_unique(),
        "note": outcome.note or _note(gate, counted, let_pass, waived),
    }
    is_held = is_blocking and gate == "submission"
    asked = [_reasons(check, let_pass, "warning")]
    if not is_blocking:
        asked.append(_reasons(check, counted.filter(~pl.col("is_asked_by_reader")), check.kind))
    return GateResult(
        QUALITY__CHECK.conform(pl.DataFrame([row], infer_schema_length=None)),
        _by_submission(_reasons(check, counted, "rejected")) if is_held else {},
        pl.concat(asked),
    )


def _note(
    gate: Gate,
    counted: pl.DataFrame,
    let_pass: pl.DataFrame,
    waived: Mapping[str, Waiver],
) -> str | None:
    """Who let what pass; where no sender is asked, the first places where the check fails."""
    parts = [
        f"Cho qua tệp {name[:8]}: {waived[name].name}, lý do: {waived[name].reason}"
        for name in let_pass["submission_id"].unique().sort()
    ]
    if gate != "submission":
        parts += counted["found"].drop_nulls().head(_EXAMPLES).to_list()
    return "; ".join(parts) or None


def _reasons(check: Check, failing: pl.DataFrame, kind: str) -> pl.DataFrame:
    if failing.is_empty():
        return QUALITY__REASON.empty()
    return QUALITY__REASON.conform(
        failing.drop("is_asked_by_reader").with_columns(
            pl.coalesce("column", pl.lit(check.column_vi, dtype=pl.String)).alias("column"),
            pl.lit(kind).alias("kind"),
            pl.lit(check.expected_vi).alias("expected"),
            pl.lit(check.todo_vi).alias("todo"),
        )
    )


def _by_submission(reasons: pl.DataFrame) -> dict[str, list[Reason]]:
    held: dict[str, list[Reason]] = {}
    for reason in reasons.iter_rows(named=True):
        held.setdefault(reason["submission_id"], []).append(reason)
    return held
