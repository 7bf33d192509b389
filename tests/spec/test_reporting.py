"""Who is in time, who is late and by how many days: small registers, answers by hand."""

from datetime import UTC, date, datetime

import polars as pl
import pytest

from measures.reporting import (
    LIST_FORMS,
    agency_reports,
    change_reports,
    duty_reports,
    on_time,
    owing,
    report_days,
    review_reports,
)
from reference.loading import units
from reference.plan import duties
from warehouse.core_tables import CORE_DUTY__STATUS
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION

OLD = datetime(2024, 1, 5, 3, 0, tzinfo=UTC)


def file(number, form, period, received, document=None, outcome="loaded", withdrawn=None):
    return {
        "file_number": number, "submission_id": f"s{number}", "form": form, "period": period,
        "received_at": received, "document_date": document, "outcome": outcome,
        "withdrawn_at": withdrawn,
    }  # fmt: skip


def register(*files):
    """The folder's first intake was on 5 January 2024, with a file of no consequence here."""
    rows = [file(0, "review_list", "2023", OLD), *files]
    return QUALITY__SUBMISSION.conform(pl.DataFrame(rows, infer_schema_length=None))


def covered(*rows):
    names = ("submission_id", "form", "period", "unit_code", "era")
    frame = [dict(zip(names, row, strict=True)) | {"is_current": True} for row in rows]
    return QUALITY__COVERAGE.conform(
        pl.DataFrame(frame, schema=None if frame else QUALITY__COVERAGE.schema)
    )


def credit(submissions, today, coverage=None, period="2025-H1"):
    found = agency_reports(
        period, submissions, QUALITY__COVERAGE.empty() if coverage is None else coverage, today
    )
    return next(report for report in found if report.form == "programme_credit")


def on(year, month, day, hour=3):
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("document", "received", "standing", "late"),
    [
        (date(2025, 6, 9), on(2025, 6, 12), "on_time", None),  # the 9th is before the 10th
        (date(2025, 6, 10), on(2025, 6, 12), "late", 1),  # the 10th is one day too late
        (None, on(2025, 6, 9, 16), "on_time", None),  # 16:00 UTC is 23:00 here, still the 9th
        (None, on(2025, 6, 9, 18), "late", 1),  # 18:00 UTC is 01:00 here, the 10th
        (date(2025, 7, 1), on(2025, 6, 19), "late", 10),  # a later date on it: received on the 19th
        (None, OLD, "on_time", None),
    ],
)
def test_in_time_is_before_the_tenth(document, received, standing, late):
    report = credit(
        register(file(1, "programme_credit", "2025-H1", received, document)), date(2025, 7, 20)
    )
    assert (report.standing, report.days_late) == (standing, late)
    assert (report.due, report.owner_role) == (date(2025, 6, 9), "policy_credit")


def test_what_has_not_come_is_missing_once_its_day_is_over():
    # 9 June is the last day; on the 9th nothing is late, on the 19th it is 10 days
    assert credit(register(), date(2025, 6, 9)).standing == "not_due"
    report = credit(register(), date(2025, 6, 19))
    assert (report.standing, report.days_late) == ("missing", 10)


def test_refused_held_and_withdrawn_files_are_no_reports():
    files = [
        file(1, "programme_credit", "2025-H1", on(2025, 6, 1), outcome="refused"),
        file(2, "programme_credit", "2025-H1", on(2025, 6, 1), outcome="held"),
        file(3, "programme_credit", "2025-H1", on(2025, 6, 1), withdrawn=on(2025, 6, 2)),
    ]
    assert credit(register(*files), date(2025, 6, 11)).days_late == 2


def test_the_first_accepted_file_decides():
    files = [
        file(1, "programme_credit", "2025-H1", on(2025, 6, 30)),
        file(2, "programme_credit", "2025-H1", on(2025, 6, 3)),
    ]
    assert credit(register(*files), date(2025, 7, 1)).standing == "on_time"


def test_an_old_file_of_the_first_intake_has_no_day():
    first = on(2025, 8, 1)
    rows = [
        file(1, "programme_credit", "2025-H1", first),
        file(2, "programme_health_insurance", "2025-H1", first, date(2025, 6, 20)),
    ]
    submissions = QUALITY__SUBMISSION.conform(pl.DataFrame(rows, infer_schema_length=None))
    found = agency_reports("2025-H1", submissions, QUALITY__COVERAGE.empty(), date(2025, 8, 2))
    by_form = {report.form: report for report in found}
    assert by_form["programme_credit"].standing == "undated"
    assert by_form["programme_credit"].reported is None
    assert by_form["programme_health_insurance"].days_late == 11  # 20 June - 9 June
    # R.1 of 11 reports owed: one has no day, ten count, none of them in time
    assert on_time(found) == (0, 10)


def test_communes_in_a_workbook_are_counted_once():
    rows = [("s1", "programme_credit", "2025-H1", code, "2025") for code in ("a", "b", "a")]
    report = credit(
        register(file(1, "programme_credit", "2025-H1", on(2025, 6, 1))),
        date(2025, 6, 2),
        covered(*rows),
    )
    # 30 June 2025: still the 175 communes
    assert (report.units_reported, report.units_expected) == (2, 175)


def test_communes_of_a_review():
    codes = units().filter(era="2025", level="commune").sort("code")["code"].to_list()
    submissions = register(
        file(1, "review_list", "2025", on(2025, 12, 10)),
        file(2, "export", "2025", on(2025, 12, 20)),
    )
    coverage = covered(
        ("s1", "review_list", "2025", codes[0], "2025"), ("s2", "export", "2025", codes[1], "2025")
    )
    found = review_reports(2025, LIST_FORMS, submissions, coverage, date(2025, 12, 24))
    assert len(found) == 57
    assert [(each.standing, each.days_late) for each in found[:3]] == [
        ("on_time", None), ("late", 6), ("missing", 10),  # 14 December to the 20th and the 24th
    ]  # fmt: skip
    assert len(owing(found)) == 55
    assert on_time(found) == (1, 57)


def test_the_months_of_a_running_list():
    found = change_reports("2026-08", register(), QUALITY__COVERAGE.empty(), date(2026, 8, 31))
    assert {each.standing for each in found} == {"not_due"}
    found = change_reports("2026-08", register(), QUALITY__COVERAGE.empty(), date(2026, 9, 3))
    assert {each.days_late for each in found} == {3}


def test_the_longest_overdue_comes_first():
    found = [*change_reports("2026-07", register(), QUALITY__COVERAGE.empty(), date(2026, 9, 3))[:1],
             *change_reports("2026-06", register(), QUALITY__COVERAGE.empty(), date(2026, 9, 3))[:1]]  # fmt: skip
    assert [each.period for each in owing(found)] == ["2026-06", "2026-07"]


def status(duty, state, due=None, unit="36", period="2025-H1", evidence=None):
    return {
        "duty_id": duty, "duty_status": state, "due_date": due, "unit_code": unit, "period": period,
        "evidence": evidence,
    }  # fmt: skip


def standings(*rows, today=date(2025, 9, 1)):
    frame = pl.DataFrame(list(rows), schema=None if rows else CORE_DUTY__STATUS.schema)
    statuses = CORE_DUTY__STATUS.conform(frame)
    return {r.duty.duty_id: r for r in duty_reports(duties(), statuses, "2025-H1", today)}


def test_a_duty_nobody_reported_on_says_so():
    assert {each.standing for each in standings().values()} == {"no_report"}
    assert standings(status("NV01", "done", period="2024-H2"))["NV01"].standing == "no_report"


def test_a_duty_not_done_after_its_day_is_late():
    found = standings(
        status("NV01", "in_progress", date(2025, 6, 29)),  # over on 30 June
        status("NV02", "in_progress", date(2025, 7, 15)),  # after the half-year
        status("NV03", "done", date(2025, 3, 1), evidence="12/KH-UBND"),
        status("NV04", "not_started"),
    )
    assert [found[f"NV0{n}"].standing for n in (1, 2, 3, 4)] == [
        "late", "in_progress", "done", "not_started",
    ]  # fmt: skip
    assert found["NV03"].evidence == "12/KH-UBND"


def test_the_worst_unit_speaks_for_a_duty():
    found = standings(status("NV02", "done", unit="36"), status("NV02", "late", unit="356"))["NV02"]
    assert (found.standing, found.units_reported) == ("late", 2)


def test_a_status_of_another_name_is_an_error():
    with pytest.raises(ValueError, match="soon"):
        standings(status("NV01", "soon"))


def test_report_days_keep_the_register_apart():
    days = report_days(register(file(1, "duties", "2025-H1", on(2025, 6, 1))))
    assert days["is_first_intake"].to_list() == [True, False]
