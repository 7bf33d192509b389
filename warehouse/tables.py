"""The contract: every table of a build, its columns, their types and meaning.

Readers (Polars) must deliver the ``core_*`` tables in exactly these columns; measures (Ibis) may use nothing
else; the data dictionary is generated from this module. ``result__*`` and ``dim__*`` only ever gain columns, so
that an old build opens in newer code. Bump ``CONTRACT_VERSION`` when a ``core_*`` table changes: submissions
accepted under an older version are then read again from the archive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from reference.loading import indicators

CONTRACT_VERSION = 2

TEXT = pl.String()
INTEGER = pl.Int64()
DECIMAL = pl.Float64()
BOOLEAN = pl.Boolean()
DATE = pl.Date()
MOMENT = pl.Datetime("us", "UTC")
TEXT_LIST = pl.List(pl.String())

_IBIS_TYPES: dict[pl.DataType, str] = {
    TEXT: "string",
    INTEGER: "int64",
    DECIMAL: "float64",
    BOOLEAN: "boolean",
    DATE: "date",
    MOMENT: "timestamp('UTC')",
    TEXT_LIST: "array<string>",
}


@dataclass(frozen=True)
class Column:
    """One column: Polars type and meaning in English."""

    dtype: pl.DataType
    meaning: str


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a build: name, grain in words, and its columns in order."""

    name: str
    grain: str
    columns: Mapping[str, Column] = field(default_factory=dict)

    @property
    def schema(self) -> dict[str, pl.DataType]:
        """Column name to Polars type, in order."""
        return {name: column.dtype for name, column in self.columns.items()}

    @property
    def ibis_schema(self) -> dict[str, str]:
        """Column name to Ibis type, in order."""
        return {name: _IBIS_TYPES[dtype] for name, dtype in self.schema.items()}

    def conform(self, rows: pl.DataFrame) -> pl.DataFrame:
        """``rows`` with exactly the contract's columns and types.

        Columns the source does not carry become null (missing, never zero); extra columns are an error.
        """
        extra = set(rows.columns) - set(self.columns)
        if extra:
            raise ValueError(f"{self.name} has no columns {sorted(extra)}")
        return rows.select(
            pl.col(name).cast(dtype)
            if name in rows.columns
            else pl.lit(None, dtype=dtype).alias(name)
            for name, dtype in self.schema.items()
        )

    def empty(self) -> pl.DataFrame:
        """No rows, the contract's schema."""
        return pl.DataFrame(schema=self.schema)


def _table(name: str, grain: str, /, **columns: Column) -> Table:
    return Table(name, grain, MappingProxyType(columns))


_ROW_KEY = {
    "submission_id": Column(TEXT, "SHA-256 of the file the row came from"),
    "sheet": Column(TEXT, "sheet of the workbook; 'csv' for a CSV file"),
    "row": Column(INTEGER, "row number that the spreadsheet shows"),
}
_UNIT = {
    "era": Column(TEXT, "era of unit_code: 2020, 2024 or 2025"),
    "unit_code": Column(
        TEXT, "commune in force at the period (code of the statistics office, inside its era)"
    ),
}
_PERIOD = {
    "period": Column(TEXT, "2024 = result of the yearly review, valid 31/12; 2025-08 = month"),
    "status": Column(TEXT, "estimate, preliminary, official or restated"),
}
_HOUSEHOLD_ID = {
    "household_id": Column(
        TEXT, "pseudonym: keyed hash of the household's identifiers; clear ones are in the vault"
    ),
}

DEPRIVATION_COLUMNS = tuple(f"deprivation_{indicator.code}" for indicator in indicators())

CORE_REVIEW__HOUSEHOLD = _table(
    "core_review__household",
    "one household on a review list (or system export) of a commune",
    **_ROW_KEY,
    **_HOUSEHOLD_ID,
    **_UNIT,
    **_PERIOD,
    source_form=Column(TEXT, "review_list or export"),
    former_era=Column(TEXT, "era of former_unit_code; null where the row names no older commune"),
    former_unit_code=Column(TEXT, "older commune the row names"),
    village_name=Column(TEXT, "village (thôn, xóm, tổ dân phố) as written, NFC"),
    standard_id=Column(TEXT, "standard the class was decided under"),
    review_kind=Column(TEXT, "periodic or in_year"),
    area_type=Column(
        TEXT, "rural or urban as decided by the commune, else the unit's type at that date"
    ),
    member_count=Column(INTEGER, "persons in the household; null = not written"),
    b1_points=Column(DECIMAL, "income proxy score B1; never money"),
    b2_points=Column(INTEGER, "deprivation score B2, 0 to 120, ten points an indicator"),
    **{
        name: Column(
            BOOLEAN,
            f"deprived in {name.removeprefix('deprivation_')}; null = list without the marks",
        )
        for name in DEPRIVATION_COLUMNS
    },
    class_before_code=Column(TEXT, "class before the review: poor, near_poor, none or null"),
    class_code=Column(TEXT, "class as decided by the commune: poor, near_poor or none"),
    is_without_labour_capacity=Column(BOOLEAN, "no member able to work; null = not written"),
    has_member_of_merit=Column(BOOLEAN, "a member with merit (người có công); null = not written"),
    head_sex=Column(TEXT, "male, female or null"),
    head_age_band=Column(
        TEXT, "under_30, 30_59, 60_79, 80_plus or null; the birth date is in the vault"
    ),
    head_ethnicity=Column(TEXT, "kinh, minority or null"),
    causes=Column(TEXT_LIST, "causes of poverty, several possible; null = list without the column"),
    support_needs=Column(TEXT_LIST, "kinds of support needed; null = list without the column"),
    support_given=Column(TEXT_LIST, "kinds of support given; null = list without the column"),
    review_date=Column(DATE, "day of the review"),
    reviewer_id=Column(TEXT, "pseudonym of the reviewer"),
    decision_number=Column(TEXT, "decision recognising the class"),
    decision_date=Column(DATE, "date of that decision"),
    is_numbered=Column(
        BOOLEAN,
        "household_id comes from an identity number on this row; the number is in the vault",
    ),
)

CORE_REVIEW__PERSON = _table(
    "core_review__person",
    "one person on a detailed list (official forms 14 and 15)",
    **_ROW_KEY,
    **_HOUSEHOLD_ID,
    **_UNIT,
    **_PERIOD,
    class_code=Column(TEXT, "poor (form 15) or near_poor (form 14)"),
    standard_id=Column(TEXT, "standard of the list"),
    village_name=Column(TEXT, "village as written"),
    head_number=Column(INTEGER, "number of the household on the list"),
    member_number=Column(INTEGER, "number of the member in the household, 1 = head"),
    relation=Column(TEXT, "relation to the head as written, folded"),
    sex=Column(TEXT, "male or female, from the column the birth year stands in"),
    age_band=Column(
        TEXT, "under_6, 6_15, 16_30, 31_59, 60_plus at the end of the period; null = unknown"
    ),
    ethnicity=Column(TEXT, "kinh, minority or null"),
    has_merit=Column(BOOLEAN, "person of merit; null = not carried"),
    is_without_labour_capacity=Column(BOOLEAN, "not able to work; null = not carried"),
    has_health_insurance=Column(BOOLEAN, "valid card; null = not carried"),
    is_undernourished=Column(BOOLEAN, "child undernourished; null = not carried"),
    support_needs=Column(
        TEXT_LIST, "needs marked: health, education, production, credit, housing, other"
    ),
)

CORE_POPULATION__UNIT = _table(
    "core_population__unit",
    "one commune's row of official form 1",
    **_ROW_KEY,
    **_UNIT,
    **_PERIOD,
    standard_id=Column(TEXT, "standard of the review"),
    area_type=Column(TEXT, "rural or urban: the unit's type at that date"),
    resident_household_count=Column(INTEGER, "resident households, column 1"),
    resident_person_count=Column(INTEGER, "resident persons, column 2"),
    poor_household_count=Column(INTEGER, "poor households, column 3"),
    near_poor_household_count=Column(INTEGER, "near-poor households, column 5"),
    average_living_household_count=Column(
        INTEGER, "agriculture-forestry-fishery-salt households of average living standard, column 7"
    ),
    poor_person_count=Column(INTEGER, "persons in poor households, column 9"),
    near_poor_person_count=Column(INTEGER, "persons in near-poor households, column 11"),
    average_living_person_count=Column(
        INTEGER, "persons in households of average living standard, column 13"
    ),
)

CORE_REVIEW__FLOW = _table(
    "core_review__flow",
    "one commune's row of official form 2 or 3: households or persons of a class from one review to the next",
    **_ROW_KEY,
    **_UNIT,
    **_PERIOD,
    standard_id=Column(TEXT, "standard of the review"),
    class_code=Column(TEXT, "poor (form 2) or near_poor (form 3)"),
    counted=Column(TEXT, "household or person"),
    opening_count=Column(INTEGER, "column 1: at the review before"),
    left_to_other_count=Column(INTEGER, "column 2: became near-poor (form 2) or poor (form 3)"),
    left_above_count=Column(INTEGER, "column 3: rose above the near-poor line"),
    other_decrease_count=Column(INTEGER, "column 4: other decrease"),
    came_from_other_count=Column(INTEGER, "column 5: were near-poor (form 2) or poor (form 3)"),
    relapsed_count=Column(INTEGER, "column 6: relapsed"),
    new_count=Column(INTEGER, "column 7: new"),
    other_increase_count=Column(INTEGER, "column 8: other increase"),
    closing_count=Column(INTEGER, "column 9 = 1-2-3-4+5+6+7+8 as written"),
)

CORE_IN_YEAR__CHANGE = _table(
    "core_in_year__change",
    "one in-year decision on a household, or one commune's report of no change in a month",
    **_ROW_KEY,
    **_HOUSEHOLD_ID,
    **_UNIT,
    **_PERIOD,
    former_era=Column(TEXT, "era of former_unit_code"),
    former_unit_code=Column(TEXT, "older commune the row names"),
    standard_id=Column(TEXT, "standard in force at the decision"),
    area_type=Column(TEXT, "rural or urban"),
    class_before_code=Column(TEXT, "poor, near_poor or none; null on a report of no change"),
    class_code=Column(TEXT, "class after the decision; null on a report of no change"),
    change_kind=Column(TEXT, "changed, or no_change for a report that nothing happened"),
    entry_kind=Column(TEXT, "new, relapse or null: how a household came onto the list, as written"),
    member_count=Column(INTEGER, "persons in the household"),
    decision_number=Column(TEXT, "decision"),
    decision_date=Column(DATE, "date of the decision; the change counts from this day"),
)

CORE_PROGRAMME__VALUE = _table(
    "core_programme__value",
    "one quantity of one programme in one commune and half-year; a blank cell is no row",
    **_ROW_KEY,
    **_UNIT,
    period=Column(TEXT, "half-year, 2024-H1; the era is the one in force on its last day"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    form=Column(TEXT, "programme_<name> of reference/programmes"),
    programme=Column(TEXT, "programme, e.g. credit_poor"),
    quantity=Column(TEXT, "need, eligible, reached, outcome, requested_vnd, disbursed_vnd, …"),
    value=Column(DECIMAL, "the agency's figure, never null; a date is written 20250315"),
)

CORE_TARGET__ASSIGNED = _table(
    "core_target__assigned",
    "one target that a decision assigns to one unit for one year",
    **_ROW_KEY,
    era=Column(TEXT, "era of unit_code, in force on the day of the decision"),
    unit_code=Column(TEXT, "commune, district or province"),
    level=Column(TEXT, "province, district or commune"),
    indicator=Column(TEXT, "indicator of the plan, e.g. T1.1"),
    year=Column(INTEGER, "year at whose end the value is due"),
    value=Column(DECIMAL, "assigned value in the indicator's unit"),
    decision_number=Column(TEXT, "decision that assigns it"),
    decision_date=Column(DATE, "its date"),
    version=Column(INTEGER, "1 = first assignment; a later version replaces it"),
)

CORE_DUTY__STATUS = _table(
    "core_duty__status",
    "where one duty of the plan stands in one half-year",
    **_ROW_KEY,
    era=Column(TEXT, "era of unit_code"),
    unit_code=Column(TEXT, "unit that reports: the province, a district or a commune"),
    period=Column(TEXT, "half-year, 2024-H1"),
    duty_id=Column(TEXT, "duty of reference/duties.csv"),
    owner_role=Column(TEXT, "role that owes it, of reference/agencies.csv"),
    duty_status=Column(TEXT, "done, in_progress, late or not_started"),
    evidence=Column(TEXT, "document or place where it can be seen; null = not written"),
    due_date=Column(DATE, "day it is due; null = not written"),
)

CORE_MODEL__REGISTER = _table(
    "core_model__register",
    "one model of poverty reduction in one commune: a pilot or a copy",
    **_ROW_KEY,
    **_UNIT,
    period=Column(TEXT, "year whose end the register stands at"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    model_id=Column(TEXT, "the agency's code of the model; a pilot in two communes has two rows"),
    model_name=Column(TEXT, "its name as written"),
    model_type=Column(
        TEXT,
        "crops, livestock, fishery, processing, handicraft, services, cooperative or value_chain",
    ),
    model_kind=Column(TEXT, "pilot or copy"),
    copy_of=Column(TEXT, "model_id of the pilot; null for a pilot"),
    started_date=Column(DATE, "first day; null = not written"),
    ended_date=Column(DATE, "last day; null = still running or not written"),
    agency_name=Column(TEXT, "agency in charge as written"),
    budget_central_vnd=Column(DECIMAL, "central budget; null = not written, never zero"),
    budget_local_vnd=Column(DECIMAL, "local budget; null = not written"),
    budget_other_vnd=Column(DECIMAL, "other sources; null = not written"),
    own_money_vnd=Column(DECIMAL, "households' own money; null = not written"),
    core_components=Column(
        TEXT_LIST, "core components the model has here, folded; null = not written"
    ),
)

CORE_MODEL__PARTICIPANT = _table(
    "core_model__participant",
    "one household in one model",
    **_ROW_KEY,
    **_HOUSEHOLD_ID,
    **_UNIT,
    period=Column(TEXT, "year whose end the list stands at"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    model_id=Column(TEXT, "model of core_model__register"),
    participant_number=Column(TEXT, "number of the household inside the model"),
    entry_date=Column(DATE, "day it joined"),
    exit_date=Column(DATE, "day it left; null = still in"),
    support_vnd=Column(DECIMAL, "value of the support given; null = not written"),
    b1_before_points=Column(DECIMAL, "B1 at entry as the agency wrote it"),
    b1_after_points=Column(DECIMAL, "B1 at the last visit as the agency wrote it"),
    recovered_vnd=Column(
        DECIMAL, "value repaid or passed on in animals and seed; null = not written"
    ),
    passed_on_to=Column(
        TEXT_LIST, "participant_number of the households it was passed on to; null = nobody named"
    ),
)

CORE_HOUSEHOLD__LINK = _table(
    "core_household__link",
    "one pseudonym on a list that counts or on a list of participants, and the household it is one of",
    **_HOUSEHOLD_ID,
    linked_id=Column(
        TEXT, "the household: the first of the pseudonyms that are one; itself where it is alone"
    ),
    way=Column(
        TEXT,
        "surest evidence that ties it to another pseudonym: number_digit (numbers differ in one digit), "
        "name_date (name and birth date), name_year (name, birth year, place), moved (name and birth "
        "date in another commune); null = alone",
    ),
    certainty=Column(DECIMAL, "chance that this is the same household; null = alone"),
    name_certainty=Column(
        DECIMAL, "chance that rows without a number that carry the pseudonym are this household"
    ),
    is_contested=Column(BOOLEAN, "two households of one list came into question: not linked so"),
)

CORE_SUPPORT__HOUSEHOLD = _table(
    "core_support__household",
    "one policy that one household is entitled to, received or not",
    **_ROW_KEY,
    **_HOUSEHOLD_ID,
    **_UNIT,
    period=Column(TEXT, "year whose end the list stands at"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    household_class=Column(TEXT, "poor, near_poor, newly_escaped, other; null = not written"),
    policy=Column(
        TEXT, "policy of reference/forms/value_words.yml; nothing = followed, entitled to none"
    ),
    deprivation=Column(TEXT, "deprivation indicator it answers; null = none named"),
    is_received=Column(BOOLEAN, "received; null = not written, never no"),
    support_date=Column(DATE, "day it was received; null = not written"),
    amount_vnd=Column(DECIMAL, "amount or value; null = not written, never zero"),
    agency_name=Column(TEXT, "agency that gives it, as written"),
)

CORE_AUDIT__HOUSEHOLD = _table(
    "core_audit__household",
    "one household of an audit sample; no name and no number of a person",
    **_ROW_KEY,
    **_UNIT,
    period=Column(TEXT, "year of the list that was audited"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    audit_number=Column(TEXT, "number of the audit's questionnaire"),
    is_listed=Column(BOOLEAN, "whether the commune's list has the household"),
    class_on_list=Column(TEXT, "poor, near_poor or none as the list has it; none if not listed"),
    class_found=Column(TEXT, "poor, near_poor or none as the audit found it"),
    weight=Column(DECIMAL, "households it stands for; null = not written"),
    stratum=Column(TEXT, "stratum of the sample; null = not written"),
    cluster=Column(TEXT, "cluster (village) of the sample; null = not written"),
    audit_date=Column(DATE, "day of the visit; null = not written"),
    agency_name=Column(TEXT, "who audited, as written"),
)

QUALITY__SUBMISSION = _table(
    "quality__submission",
    "one file ever received, by its content",
    file_number=Column(
        INTEGER, "running number of the file in this data folder; the only name the public sees"
    ),
    submission_id=Column(TEXT, "SHA-256 of the file"),
    file_name=Column(TEXT, "path inside the inbox (restricted file only)"),
    form=Column(
        TEXT,
        "review_list, person_list, summary, poor_flows, near_poor_flows, export, in_year, programme_<name>, "
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

QUALITY__RECEIVED = _table(
    "quality__received",
    "one path in an inbox at which a file was seen; copies of a file have several",
    file_name=Column(TEXT, "path inside the inbox (restricted file only)"),
    submission_id=Column(TEXT, "SHA-256 of the file"),
    received_at=Column(MOMENT, "when it was first seen there"),
)

QUALITY__COVERAGE = _table(
    "quality__coverage",
    "one commune in one accepted submission",
    submission_id=Column(TEXT, "SHA-256 of the file"),
    form=Column(TEXT, "form"),
    **_UNIT,
    **_PERIOD,
    standard_id=Column(
        TEXT, "standard of the rows: 2021 has two lists of one commune, one a standard"
    ),
    row_count=Column(INTEGER, "core rows of this commune in the file"),
    is_current=Column(
        BOOLEAN, "newest accepted version for (form, unit, period, status, standard)"
    ),
)

QUALITY__REASON = _table(
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

QUALITY__CHECK = _table(
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

QUALITY__BUILD = _table(
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

QUALITY__DIFFERENCE = _table(
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

DIM__UNIT = _table(
    "dim__unit",
    "one administrative unit in one era",
    era=Column(TEXT, "2020, 2024 or 2025"),
    code=Column(TEXT, "code of the statistics office; the key is (era, code)"),
    name=Column(TEXT, "full official name with its type"),
    type=Column(TEXT, "tỉnh, thành phố, huyện, xã, phường, thị trấn"),
    level=Column(TEXT, "province, district or commune"),
    area_type=Column(TEXT, "rural or urban; null above the commune"),
    parent_era=Column(TEXT, "era of the parent"),
    parent_code=Column(TEXT, "district, or the province where there is none"),
    valid_from=Column(DATE, "first day"),
    valid_to=Column(DATE, "last day; null = still in force"),
)

DIM__PLACEMENT = _table(
    "dim__placement",
    "where figures of one commune appear on one map",
    from_era=Column(TEXT, "era of the commune"),
    from_code=Column(TEXT, "the commune"),
    level=Column(TEXT, "province, district (the ten of 2020) or commune"),
    to_era=Column(TEXT, "era of the map"),
    to_code=Column(TEXT, "unit on that map; 'not_attributable' where the commune straddles"),
)

DIM__TOUCH = _table(
    "dim__touch",
    "one commune and one unit of some map that it shares ground with",
    from_era=Column(TEXT, "era of the commune"),
    from_code=Column(TEXT, "the commune"),
    level=Column(TEXT, "province, district (the ten of 2020) or commune"),
    to_era=Column(TEXT, "era of the map"),
    to_code=Column(TEXT, "unit on that map; several where the commune straddles"),
)

DIM__PUBLISHED = _table(
    "dim__published",
    "one published figure with its source",
    series_id=Column(TEXT, "series"),
    series_vi=Column(TEXT, "its name in Vietnamese"),
    series_en=Column(TEXT, "its name in English"),
    geography=Column(TEXT, "nam_dinh, nation, red_river_delta, ninh_binh_new"),
    measure=Column(TEXT, "measure the figure is comparable with, or its own name"),
    period=Column(TEXT, "year"),
    standard_id=Column(TEXT, "standard, null for surveys"),
    value=Column(DECIMAL, "the figure"),
    unit=Column(TEXT, "household or pct"),
    status=Column(TEXT, "status of the figure"),
    mark=Column(TEXT, "verified, recalled, derived or gap"),
    derived_note=Column(TEXT, "how it was derived"),
    source=Column(TEXT, "source"),
    conflict_note=Column(TEXT, "what contradicts it"),
)

RESULT__ESTIMATE = _table(
    "result__estimate",
    "one measure, one period, one unit, one group",
    measure=Column(TEXT, "measure name"),
    period=Column(TEXT, "2024, 2025-H1, 2025-Q3 or 2025-08"),
    selection=Column(TEXT, "best (default), or the one status the figures were taken from"),
    status=Column(TEXT, "weakest status among the submissions used"),
    standard_id=Column(TEXT, "standard"),
    era=Column(TEXT, "era of the unit"),
    level=Column(TEXT, "province, district or commune"),
    unit_code=Column(TEXT, "unit, or not_attributable"),
    unit_name=Column(TEXT, "its name"),
    group_by=Column(TEXT, "grouping, e.g. area_type; null = everybody"),
    group=Column(TEXT, "group inside the grouping; null = everybody"),
    value=Column(DECIMAL, "the figure; null unless mark is ok or zero"),
    unit=Column(TEXT, "household, person, model, pct, points, indicator or share"),
    numerator=Column(DECIMAL, "numerator"),
    denominator=Column(DECIMAL, "denominator; null for counts"),
    mark=Column(TEXT, "ok, zero, suppressed, no_case, no_data or not_attributable"),
    units_reported=Column(INTEGER, "communes whose submissions are in the figure"),
    units_expected=Column(INTEGER, "communes that should be"),
)

RESULT__PROGRAMME = _table(
    "result__programme",
    "one quantity of one programme, one half-year, one unit: the sum of its communes",
    period=Column(TEXT, "half-year, 2024-H1"),
    era=Column(TEXT, "era of the unit"),
    level=Column(TEXT, "province, district or commune"),
    unit_code=Column(TEXT, "unit, or not_attributable"),
    unit_name=Column(TEXT, "its name"),
    programme=Column(TEXT, "programme"),
    quantity=Column(TEXT, "quantity"),
    value=Column(DECIMAL, "the figure; null unless mark is ok or zero"),
    mark=Column(TEXT, "ok, zero, suppressed, no_case, no_data or not_attributable"),
    units_reported=Column(INTEGER, "communes whose figures are in the sum"),
    units_expected=Column(INTEGER, "communes that should be"),
)

RESULT__HOUSEHOLD_FLOW = _table(
    "result__household_flow",
    "one move between two yearly reviews of one standard, one unit: households as linked",
    period=Column(TEXT, "the closing review, 2024; the opening one is the year before"),
    standard_id=Column(TEXT, "standard of both reviews"),
    era=Column(TEXT, "era of the unit"),
    level=Column(TEXT, "province, district or commune (of the closing review, and in force today)"),
    unit_code=Column(TEXT, "unit, or not_attributable"),
    unit_name=Column(TEXT, "its name"),
    class_from=Column(TEXT, "poor, near_poor, none or not_on_list_before"),
    class_to=Column(TEXT, "poor, near_poor, none or no_longer_on_list"),
    household_count=Column(INTEGER, "households; null where no commune sent both lists"),
    told_count=Column(
        INTEGER, "of these, not found on the list before: class before as the commune wrote it"
    ),
    units_reported=Column(INTEGER, "communes with the closing list and every opening list"),
    units_expected=Column(INTEGER, "communes that should have both"),
)

RESULT__HOUSEHOLD_HISTORY = _table(
    "result__household_history",
    "one figure that needs the history of households, one yearly review, one unit",
    figure=Column(
        TEXT,
        "escaped, relapsed_12, relapsed_24, relapsed_36 (of those that escaped at this review), "
        "entered_new, entered_again, chronic, transient, watched, or unlinked (poor or near-poor "
        "before as written, not found on the list before)",
    ),
    period=Column(TEXT, "yearly review"),
    standard_id=Column(TEXT, "standard of all reviews looked at"),
    era=Column(TEXT, "era of the unit"),
    level=Column(TEXT, "province, district or commune (in force today)"),
    unit_code=Column(TEXT, "unit, or not_attributable"),
    unit_name=Column(TEXT, "its name"),
    household_count=Column(INTEGER, "households; null = not known, or not yet over"),
    units_reported=Column(INTEGER, "communes with the list of this review and of the one before"),
    units_expected=Column(INTEGER, "communes that should have both"),
)

RESULT__HOUSEHOLD_LINK = _table(
    "result__household_link",
    "one way of finding households of a yearly review on the list before, one unit",
    period=Column(TEXT, "the closing review; the opening one is the year before"),
    standard_id=Column(TEXT, "standard of both reviews"),
    era=Column(TEXT, "era of the unit"),
    level=Column(TEXT, "province, district or commune (of the closing review, and in force today)"),
    unit_code=Column(TEXT, "unit, or not_attributable"),
    unit_name=Column(TEXT, "its name"),
    way=Column(
        TEXT,
        "number, name (same name, birth year and commune), number_digit, name_date, name_year, moved; "
        "ambiguous or unlinked: poor or near-poor before as written, and not found",
    ),
    household_count=Column(INTEGER, "households; null where no commune sent both lists"),
    expected_wrong=Column(DECIMAL, "sum of 1 − certainty; null where nothing was linked"),
    units_reported=Column(INTEGER, "communes with the closing list and every opening list"),
    units_expected=Column(INTEGER, "communes that should have both"),
)

RESULT__WATCHED_HOUSEHOLD = _table(
    "result__watched_household",
    "one household that lately escaped and is at risk, by pseudonym (restricted file only)",
    **_HOUSEHOLD_ID,
    period=Column(TEXT, "newest review, at which the household is not poor"),
    standard_id=Column(TEXT, "standard"),
    era=Column(TEXT, "era of unit_code"),
    unit_code=Column(TEXT, "commune in force at the review"),
    village_name=Column(TEXT, "village as written"),
    last_poor_period=Column(TEXT, "newest review at which it was poor"),
    is_near_poor=Column(BOOLEAN, "risk: near-poor now"),
    is_without_labour_capacity=Column(BOOLEAN, "risk: nobody able to work; null = not written"),
    is_deprived=Column(BOOLEAN, "risk: two or more deprivations (B2 of 20 or more); null = no B2"),
)

RESULT__INTEGRITY_SIGNAL = _table(
    "result__integrity_signal",
    "one signal that a commune's review deserves another look (restricted file only)",
    signal=Column(
        TEXT,
        "b1_at_the_cut, b2_at_the_cut, reviewer_apart, no_exits, no_entries, class_changed_alone or "
        "area_type_changed",
    ),
    period=Column(TEXT, "yearly review"),
    standard_id=Column(TEXT, "standard"),
    era=Column(TEXT, "era of unit_code"),
    unit_code=Column(TEXT, "commune"),
    unit_name=Column(TEXT, "its name"),
    reviewer_id=Column(TEXT, "pseudonym of the reviewer; null for signals of a commune"),
    cases=Column(
        INTEGER, "households that show the signal (reviewer_apart: reviewed by the reviewer)"
    ),
    cases_of=Column(INTEGER, "households that could show it"),
    base_cases=Column(INTEGER, "the same over the whole province; null for reviewers"),
    base_of=Column(INTEGER, "households that could show it, whole province (reviewers: commune)"),
    share_pct=Column(DECIMAL, "cases of cases_of, per cent"),
    base_share_pct=Column(DECIMAL, "base_cases of base_of, per cent; null for reviewers"),
    difference_points=Column(
        DECIMAL, "reviewers: mean B1 less that of the commune's other reviewers"
    ),
    chance=Column(DECIMAL, "chance of being so far from the base, were the unit like the others"),
    is_marked=Column(BOOLEAN, "whether the chance is below the limit"),
)

_MODEL = {"model_id": Column(TEXT, "code of the pilot: names the model with all its copies")}
_FUNNEL = {
    f"{side}_{level}_share": Column(
        DECIMAL, f"{words} limit of the funnel at {per_cent} % for that many households"
    )
    for level, per_cent in (("95", "95"), ("998", "99.8"))
    for side, words in (("low", "lower"), ("high", "upper"))
}

RESULT__MODEL = _table(
    "result__model",
    "one model of poverty reduction and part of it: all, pilot or copies; shares from 0 to 1",
    **_MODEL,
    part=Column(TEXT, "all, pilot or copies"),
    model_name=Column(TEXT, "name as the agency wrote it"),
    model_type=Column(TEXT, "crops, livestock, … as in the register"),
    agency_name=Column(TEXT, "agency in charge as written"),
    participants=Column(INTEGER, "households that joined"),
    listed=Column(INTEGER, "of these, on the list of the review before they joined"),
    grade=Column(TEXT, "evidence, signs, unclear or no_effect (measures/evaluation/grade.py)"),
    grade_reason=Column(TEXT, "which clause of the rule decided"),
    effect_share=Column(DECIMAL, "additional share out at the first review; null = not estimated"),
    effect_low_share=Column(DECIMAL, "lower limit of its 95 % interval"),
    effect_high_share=Column(DECIMAL, "upper limit"),
    later_effect_share=Column(DECIMAL, "the same one review later"),
    later_low_share=Column(DECIMAL, "lower limit"),
    later_high_share=Column(DECIMAL, "upper limit"),
    later_out_share=Column(DECIMAL, "participants out at the second review"),
    later_expected_share=Column(DECIMAL, "expected without the model"),
    later_households=Column(INTEGER, "participants with a known second result"),
    out_share=Column(DECIMAL, "participants in a better class at the first review after entry"),
    expected_share=Column(DECIMAL, "expected without the model, from comparison households"),
    households=Column(INTEGER, "participants compared"),
    unmatched=Column(INTEGER, "participants with a known result and no comparison household"),
    communes=Column(INTEGER, "communes of the participants, as they were at the baseline"),
    comparison_households=Column(INTEGER, "comparison households"),
    comparison_communes=Column(INTEGER, "their communes"),
    placebo_p_value=Column(
        DECIMAL,
        "share of placebo choices of communes that show as much; null where the interval holds 0",
    ),
    out=Column(INTEGER, "participants out at the first review, matched or not"),
    **{
        f"{who}{name}_{months}": Column(INTEGER, f"{words} {months} months after{whom}")
        for months in ("12", "24")
        for who, whom in (("", ""), ("comparison_", ", among comparison households"))
        for name, words in (
            ("relapsed", "of those out, back in the old class within"),
            ("relapse_known", "of those out, known"),
        )
    },
    b1_change_points=Column(DECIMAL, "raw change of mean B1 of the participants"),
    b1_comparison_points=Column(DECIMAL, "the same of comparison communes' households"),
    b1_regression_points=Column(DECIMAL, "change by regression to the mean alone, (1 − ρ)(μ − x)"),
    cost_vnd=Column(DECIMAL, "all money written in the register; null = none written"),
    cost_per_exit_vnd=Column(DECIMAL, "per additional household out; null = not to be estimated"),
    cost_per_exit_low_vnd=Column(DECIMAL, "lower limit (Fieller)"),
    cost_per_exit_high_vnd=Column(DECIMAL, "upper limit"),
    fidelity_share=Column(DECIMAL, "mean share of the pilot's core components at the copies"),
    first_funded=Column(INTEGER, "households funded first"),
    reached=Column(INTEGER, "households reached in all"),
    reach_per_first_funded=Column(DECIMAL, "households reached per household first funded"),
    recovered_share=Column(DECIMAL, "value recovered over value given, where both are written"),
    months_a_cycle=Column(DECIMAL, "months from one turn to the next"),
    longest_chain=Column(INTEGER, "turns of the longest chain"),
    replication_ratio=Column(DECIMAL, "effect of the copies over that of the pilot"),
    first_review=Column(INTEGER, "first yearly review used"),
    last_review=Column(INTEGER, "last yearly review used"),
    units_reported=Column(INTEGER, "communes with a list in the least complete of these reviews"),
    units_expected=Column(INTEGER, "communes that should have one"),
)

RESULT__MODEL_SITE = _table(
    "result__model_site",
    "one model (pilot or copy) in one commune of the register; shares from 0 to 1",
    family_id=Column(TEXT, "code of the pilot"),
    model_id=Column(TEXT, "the model's own code"),
    **_UNIT,
    unit_name=Column(TEXT, "name of the commune"),
    model_kind=Column(TEXT, "pilot or copy"),
    started_date=Column(DATE, "first day"),
    ended_date=Column(DATE, "last day; null = running"),
    participants=Column(INTEGER, "households that joined here"),
    fidelity_share=Column(DECIMAL, "share of the pilot's core components; null = not written"),
    households=Column(INTEGER, "participants compared"),
    out=Column(INTEGER, "of these, out at the first review"),
    out_share=Column(DECIMAL, "out over households"),
    expected_share=Column(DECIMAL, "expected without the model"),
    effect_share=Column(DECIMAL, "out less expected"),
    funnel_share=Column(DECIMAL, "share out of all sites of all models"),
    dispersion=Column(DECIMAL, "over-dispersion φ; 1 = none"),
    **_FUNNEL,
)

RESULT__MODEL_TREND = _table(
    "result__model_trend",
    "mean B1 of one group of one model at one review",
    **_MODEL,
    group=Column(TEXT, "participants or comparison (matched, weighted)"),
    step=Column(INTEGER, "reviews after the baseline; negative = before"),
    b1_points=Column(DECIMAL, "mean B1 of the households named there"),
    households=Column(INTEGER, "how many these are"),
)

RESULT__MODEL_BALANCE = _table(
    "result__model_balance",
    "one trait of the households of one model at the baseline",
    **_MODEL,
    trait=Column(TEXT, "poor, b1_points, rural, without_labour or member_count"),
    participants_mean=Column(DECIMAL, "mean (share) of the participants"),
    before_mean=Column(DECIMAL, "of all households of the comparison communes"),
    after_mean=Column(DECIMAL, "of the matched ones, weighted"),
    before_difference=Column(DECIMAL, "difference in standard deviations before matching"),
    after_difference=Column(DECIMAL, "and after"),
)

RESULT__MODEL_TURN = _table(
    "result__model_turn",
    "one participant's turn, by its number inside the model (restricted file only)",
    family_id=Column(TEXT, "code of the pilot"),
    model_id=Column(TEXT, "the model's own code"),
    **_UNIT,
    participant_number=Column(TEXT, "number of the household inside the model"),
    received_from=Column(TEXT, "number of the giver; null = funded first"),
    turn=Column(INTEGER, "1 = funded first"),
    entry_date=Column(DATE, "day it joined"),
)

RESULT__MODEL_NEXT = _table(
    "result__model_next",
    "one commune without a model that resembles those where the model worked",
    **_MODEL,
    position=Column(INTEGER, "order of likeness, 1 = most alike"),
    **_UNIT,
    unit_name=Column(TEXT, "its name"),
    period=Column(TEXT, "review the need is taken from"),
    poor_household_count=Column(INTEGER, "poor households there"),
    near_poor_household_count=Column(INTEGER, "near-poor households there"),
    other_model_count=Column(INTEGER, "other models it already has"),
)

RESULT__AUDIT = _table(
    "result__audit",
    "one error of targeting of one list from one audit (an agency's sample of a year)",
    period=Column(TEXT, "year of the list that was audited"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    agency_name=Column(TEXT, "who audited, as written; null = not written"),
    list_class=Column(TEXT, "poor, near_poor, or either list together"),
    error=Column(TEXT, "inclusion (on the list wrongly) or exclusion (left out)"),
    value=Column(DECIMAL, "error in percent; null where mark is no_data or no_case"),
    standard_error_points=Column(DECIMAL, "linearised over clusters; null = not estimated"),
    low=Column(DECIMAL, "lower limit of the 95 % interval in percent"),
    high=Column(DECIMAL, "upper limit"),
    numerator=Column(DECIMAL, "weighted households in error"),
    denominator=Column(DECIMAL, "weighted households listed (inclusion) or eligible (exclusion)"),
    households=Column(INTEGER, "households of the sample in the denominator"),
    wrong_households=Column(INTEGER, "of these, in error"),
    sampled_households=Column(INTEGER, "households of the whole sample"),
    units_sampled=Column(INTEGER, "communes of the sample"),
    first_date=Column(DATE, "first day of a visit; null = not written"),
    last_date=Column(DATE, "last day"),
    mark=Column(TEXT, "ok, zero, no_case or no_data"),
    reason=Column(TEXT, "why no_data: no_unlisted, no_weights or some_weights"),
    interval_reason=Column(
        TEXT, "why there is no interval: no_clusters, lonely_cluster or no_variation"
    ),
)

CORE_TABLES = (
    CORE_REVIEW__HOUSEHOLD,
    CORE_REVIEW__PERSON,
    CORE_POPULATION__UNIT,
    CORE_REVIEW__FLOW,
    CORE_IN_YEAR__CHANGE,
    CORE_PROGRAMME__VALUE,
    CORE_TARGET__ASSIGNED,
    CORE_DUTY__STATUS,
    CORE_MODEL__REGISTER,
    CORE_MODEL__PARTICIPANT,
    CORE_SUPPORT__HOUSEHOLD,
    CORE_AUDIT__HOUSEHOLD,
)
QUALITY_TABLES = (
    QUALITY__SUBMISSION,
    QUALITY__RECEIVED,
    QUALITY__COVERAGE,
    QUALITY__REASON,
    QUALITY__CHECK,
    QUALITY__BUILD,
    QUALITY__DIFFERENCE,
)
DIM_TABLES = (DIM__UNIT, DIM__PLACEMENT, DIM__TOUCH, DIM__PUBLISHED)
RESULT_TABLES = (
    RESULT__ESTIMATE,
    RESULT__PROGRAMME,
    RESULT__HOUSEHOLD_FLOW,
    RESULT__HOUSEHOLD_HISTORY,
    RESULT__WATCHED_HOUSEHOLD,
    RESULT__INTEGRITY_SIGNAL,
    RESULT__MODEL,
    RESULT__MODEL_SITE,
    RESULT__MODEL_TREND,
    RESULT__MODEL_BALANCE,
    RESULT__MODEL_TURN,
    RESULT__MODEL_NEXT,
    RESULT__HOUSEHOLD_LINK,
    RESULT__AUDIT,
)
ALL_TABLES = (*CORE_TABLES, CORE_HOUSEHOLD__LINK, *QUALITY_TABLES, *DIM_TABLES, *RESULT_TABLES)
