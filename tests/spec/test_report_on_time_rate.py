"""R.1 from a small register, by hand."""

from datetime import UTC, date, datetime

import polars as pl

from measures.report_on_time_rate import estimates
from reference.programmes import programme_forms
from warehouse.quality_tables import QUALITY__COVERAGE, QUALITY__SUBMISSION

MEASURES = ("poor_household_count",)
FORMS = [form.form for form in programme_forms()]
FIRST_INTAKE = datetime(2025, 9, 1, 3, 0, tzinfo=UTC)
TODAY = date(2025, 9, 15)


def file(number, form, day, received=FIRST_INTAKE):
    return {
        "file_number": number, "submission_id": f"s{number}", "form": form, "period": "2025-H1",
        "received_at": received, "document_date": day, "outcome": "loaded",
    }  # fmt: skip


def of(*files, today=TODAY):
    register = QUALITY__SUBMISSION.empty()
    if files:
        register = QUALITY__SUBMISSION.conform(pl.DataFrame(files, infer_schema_length=None))
    return estimates(register, QUALITY__COVERAGE.empty(), today).to_dicts()


def test_in_time_of_all_that_was_due():
    # ten programme workbooks and the duties are due on 9 June: two came in time, one late, eight never
    found = of(
        file(1, FORMS[0], date(2025, 6, 9)),
        file(2, FORMS[1], date(2025, 6, 1)),
        file(3, FORMS[2], date(2025, 6, 10)),
    )
    assert [row["period"] for row in found] == ["2025-H1"]
    row = found[0]
    assert (row["numerator"], row["denominator"]) == (2, len(FORMS) + 1)
    # 2 / 11 = 18,18 %
    assert (row["value"], row["units_reported"], row["units_expected"]) == (18.18, 11, 11)


def test_a_day_nobody_knows_lowers_the_coverage_and_nothing_else():
    row = of(file(1, FORMS[0], date(2025, 6, 9)), file(2, FORMS[1], None))[0]
    assert (row["numerator"], row["denominator"]) == (1, 10)
    assert (row["units_reported"], row["units_expected"]) == (10, 11)


def test_nothing_is_owed_before_the_tenth_and_nothing_is_known_without_files():
    assert of(file(1, FORMS[0], date(2025, 6, 1)), today=date(2025, 6, 9)) == []
    assert of() == []


def test_a_file_that_was_sent_back_is_no_first_report():
    # a workbook titled with a wrong year owes nobody the reports of the years since
    sent_back = file(2, FORMS[1], None) | {"period": "2019-H1", "outcome": "refused"}
    found = of(file(1, FORMS[0], date(2025, 6, 9)), sent_back)
    assert [row["period"] for row in found] == ["2025-H1"]


def test_the_build_carries_the_figure(estimate, one):
    rows = estimate(submissions=[file(1, FORMS[0], date(2025, 6, 9))], today=TODAY)
    row = one(rows, measure="report_on_time_rate", period="2025-H1", level="province")
    # 1 of 11 = 9,09 %
    assert (row["value"], row["unit_name"]) == (9.09, "Tỉnh Nam Định")
