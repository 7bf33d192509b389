"""Tables of what was sent: one row a row of a workbook, pseudonymous."""

from warehouse.contract import (
    BOOLEAN,
    DATE,
    DECIMAL,
    DEPRIVATION_COLUMNS,
    HOUSEHOLD_KEY,
    INTEGER,
    PERIOD_KEY,
    ROW_KEY,
    TEXT,
    TEXT_LIST,
    UNIT_KEY,
    Column,
    table,
)

CORE_REVIEW__HOUSEHOLD = table(
    "core_review__household",
    "one household on a review list (or system export) of a commune",
    **ROW_KEY,
    **HOUSEHOLD_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
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

CORE_REVIEW__PERSON = table(
    "core_review__person",
    "one person on a detailed list (official forms 14 and 15)",
    **ROW_KEY,
    **HOUSEHOLD_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
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
    entry_kind=Column(
        TEXT, "new, relapse, former or null: how the household came onto the list, as written"
    ),
    has_merit=Column(BOOLEAN, "person of merit; null = not carried"),
    is_without_labour_capacity=Column(BOOLEAN, "not able to work; null = not carried"),
    has_health_insurance=Column(BOOLEAN, "valid card; null = not carried"),
    is_undernourished=Column(BOOLEAN, "child undernourished; null = not carried"),
    support_needs=Column(
        TEXT_LIST, "needs marked: health, education, production, credit, housing, other"
    ),
)

CORE_POPULATION__UNIT = table(
    "core_population__unit",
    "one commune's row of official form 1",
    **ROW_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
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

CORE_REVIEW__FLOW = table(
    "core_review__flow",
    "one commune's row of official form 2 or 3: households or persons of a class from one review to the next",
    **ROW_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
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

CORE_REVIEW__FORM_CELL = table(
    "core_review__form_cell",
    "one figure in one commune's row of official forms 4 to 13; a cell without a figure is no row",
    **ROW_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
    standard_id=Column(TEXT, "standard of the review"),
    form_number=Column(INTEGER, "official form, 4 to 13"),
    counted=Column(TEXT, "household or person: what the row counts"),
    column_number=Column(INTEGER, "number under the header, as in reference/official_forms"),
    value=Column(DECIMAL, "the figure as written, never null; rates in percent points"),
)

CORE_IN_YEAR__CHANGE = table(
    "core_in_year__change",
    "one in-year decision on a household, or one commune's report of no change in a month",
    **ROW_KEY,
    **HOUSEHOLD_KEY,
    **UNIT_KEY,
    **PERIOD_KEY,
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

CORE_PROGRAMME__VALUE = table(
    "core_programme__value",
    "one quantity of one programme in one commune and half-year; a blank cell is no row",
    **ROW_KEY,
    **UNIT_KEY,
    period=Column(TEXT, "half-year, 2024-H1; the era is the one in force on its last day"),
    status=Column(TEXT, "estimate, preliminary, official or restated"),
    form=Column(TEXT, "programme_<name> of reference/programmes"),
    programme=Column(TEXT, "programme, e.g. credit_poor"),
    quantity=Column(TEXT, "need, eligible, reached, outcome, requested_vnd, disbursed_vnd, …"),
    value=Column(DECIMAL, "the agency's figure, never null; a date is written 20250315"),
)

CORE_TARGET__ASSIGNED = table(
    "core_target__assigned",
    "one target that a decision assigns to one unit for one year",
    **ROW_KEY,
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

CORE_DUTY__STATUS = table(
    "core_duty__status",
    "where one duty of the plan stands in one half-year",
    **ROW_KEY,
    era=Column(TEXT, "era of unit_code"),
    unit_code=Column(TEXT, "unit that reports: the province, a district or a commune"),
    period=Column(TEXT, "half-year, 2024-H1"),
    duty_id=Column(TEXT, "duty of reference/duties.csv"),
    owner_role=Column(TEXT, "role that owes it, of reference/agencies.csv"),
    duty_status=Column(TEXT, "done, in_progress, late or not_started"),
    evidence=Column(TEXT, "document or place where it can be seen; null = not written"),
    due_date=Column(DATE, "day it is due; null = not written"),
)

CORE_MODEL__REGISTER = table(
    "core_model__register",
    "one model of poverty reduction in one commune: a pilot or a copy",
    **ROW_KEY,
    **UNIT_KEY,
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

CORE_MODEL__PARTICIPANT = table(
    "core_model__participant",
    "one household in one model",
    **ROW_KEY,
    **HOUSEHOLD_KEY,
    **UNIT_KEY,
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
    is_exemplary=Column(BOOLEAN, "held up as an example by the agency; null = not written"),
)

CORE_HOUSEHOLD__LINK = table(
    "core_household__link",
    "one pseudonym on a list that counts or on a list of participants, and the household it is one of",
    **HOUSEHOLD_KEY,
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

CORE_SUPPORT__HOUSEHOLD = table(
    "core_support__household",
    "one policy that one household is entitled to, received or not",
    **ROW_KEY,
    **HOUSEHOLD_KEY,
    **UNIT_KEY,
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

CORE_AUDIT__HOUSEHOLD = table(
    "core_audit__household",
    "one household of an audit sample; no name and no number of a person",
    **ROW_KEY,
    **UNIT_KEY,
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
