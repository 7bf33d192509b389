"""Tables of what was received, accepted and judged, and of the build itself."""

from warehouse.contract import (
    BOOLEAN,
    DATE,
    DECIMAL,
    INTEGER,
    MOMENT,
    PERIOD_KEY,
    TEXT,
    UNIT_KEY,
    Column,
    table,
)

QUALITY__SUBMISSION = table(
    "quality__submission",
    "one file ever received, by its content",
    file_number=Column(
        INTEGER, "running number of the file in this data folder; the only name the public sees"
    ),
    submission_id=Column(TEXT, "SHA-256 of the file"),
    file_name=Column(TEXT, "path inside the inbox (restricted file only)"),
    form=Column(
        TEXT,
        "review_list, person_list, summary, poor_flows, near_poor_flows, "
        "official_form_<number>, export, in_year, programme_<name>, "
        "assigned_targets, duties, model_register, model_participants, "
        "household_support, audit_sample or unknown",
    ),
    layout=Column(TEXT, "layout the reader recognised"),
    era=Column(TEXT, "era of unit_code"),
    unit_code=Column(
        TEXT, "unit in force at the period; parent's code for a file of several units"
    ),
    period=Column(TEXT, "period of the file"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    outcome=Column(TEXT, "loaded, partly, held or refused (withdrawn files keep theirs)"),
    rows_read=Column(INTEGER, "rows with any content"),
    rows_loaded=Column(INTEGER, "rows that became a core row"),
    rows_rejected=Column(INTEGER, "rows sent back with a reason"),
    rows_not_data=Column(INTEGER, "titles, numbering, subtotals, notes"),
    document_number=Column(TEXT, "number of the document that carried the list"),
    document_date=Column(DATE, "its date"),
    received_at=Column(MOMENT, "when this data folder first saw the file"),
    withdrawn_at=Column(MOMENT, "when it was withdrawn"),
    withdrawn_reason=Column(TEXT, "why it was withdrawn"),
    contract_version=Column(INTEGER, "contract the rows were read under"),
)

QUALITY__RECEIVED = table(
    "quality__received",
    "one path in an inbox at which a file was seen; copies of a file have several",
    file_name=Column(TEXT, "path inside the inbox (restricted file only)"),
    submission_id=Column(TEXT, "SHA-256 of the file"),
    received_at=Column(MOMENT, "when it was first seen there"),
)

QUALITY__COVERAGE = table(
    "quality__coverage",
    "one commune in one accepted submission",
    submission_id=Column(TEXT, "SHA-256 of the file"),
    form=Column(TEXT, "form"),
    **UNIT_KEY,
    **PERIOD_KEY,
    standard_id=Column(
        TEXT, "standard of the rows: 2021 has two lists of one commune, one a standard"
    ),
    row_count=Column(INTEGER, "core rows of this commune in the file"),
    is_current=Column(
        BOOLEAN,
        "newest accepted version for (form, unit, period, status, standard); of detailed lists, for each class",
    ),
)

QUALITY__REASON = table(
    "quality__reason",
    "one thing to tell the sender: a rejected row, a question or a warning",
    submission_id=Column(TEXT, "SHA-256 of the file"),
    sheet=Column(TEXT, "sheet"),
    row=Column(INTEGER, "row number that the spreadsheet shows; null = the whole file or sheet"),
    column=Column(TEXT, "column as the form calls it, in Vietnamese"),
    kind=Column(TEXT, "rejected, question or warning"),
    found=Column(TEXT, "what was found; its shape only for personal fields"),
    expected=Column(TEXT, "what was expected, in Vietnamese"),
    todo=Column(TEXT, "what to do, in Vietnamese"),
    told_by=Column(TEXT, "reader (kept with the submission) or gate (told anew by each build)"),
)

QUALITY__CHECK = table(
    "quality__check",
    "verdict of one expectation in the gate",
    check_id=Column(TEXT, "stable name of the check"),
    gate=Column(TEXT, "submission, build or result"),
    form=Column(TEXT, "form the check belongs to; null for the build"),
    level=Column(TEXT, "blocking or warning"),
    verdict=Column(TEXT, "passed, failed or not_run"),
    title_vi=Column(TEXT, "what is checked, in Vietnamese"),
    title_en=Column(TEXT, "what is checked, in English"),
    failing_rows=Column(INTEGER, "rows or groups that fail; null when not run"),
    failing_submissions=Column(INTEGER, "submissions concerned"),
    note=Column(TEXT, "why it was not run, or the waiver that lets it pass"),
)

QUALITY__BUILD = table(
    "quality__build",
    "one row: this build",
    build_id=Column(TEXT, "name of the build folder"),
    previous_build_id=Column(TEXT, "build it was made from"),
    built_at=Column(MOMENT, "when"),
    today=Column(DATE, "the day the build took as today"),
    known_until=Column(
        DATE, "documents dated later are left out (a meeting looked back on); null = nothing is"
    ),
    contract_version=Column(INTEGER, "contract of the tables"),
    formulas=Column(
        TEXT, "hash of the formulas and reference data; figures made by others are not taken over"
    ),
    is_demo=Column(BOOLEAN, "made from simulated data"),
)

QUALITY__DIFFERENCE = table(
    "quality__difference",
    "one figure that differs from the build before, or that is new or gone",
    measure=Column(TEXT, "measure"),
    period=Column(TEXT, "period"),
    level=Column(TEXT, "province or commune"),
    era=Column(TEXT, "era"),
    unit_code=Column(TEXT, "unit"),
    value_before=Column(DECIMAL, "value in the build before; null = none"),
    value_after=Column(DECIMAL, "value now; null = none"),
)
