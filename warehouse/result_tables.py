"""Tables of figures: what the pages and papers show."""

from warehouse.contract import BOOLEAN, DATE, DECIMAL, HOUSEHOLD_KEY, INTEGER, TEXT, Column, table

RESULT__ESTIMATE = table(
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

RESULT__PROGRAMME = table(
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

RESULT__HOUSEHOLD_FLOW = table(
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

RESULT__HOUSEHOLD_HISTORY = table(
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

RESULT__HOUSEHOLD_LINK = table(
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

RESULT__WATCHED_HOUSEHOLD = table(
    "result__watched_household",
    "one household that lately escaped and is at risk, by pseudonym (restricted file only)",
    **HOUSEHOLD_KEY,
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

RESULT__INTEGRITY_SIGNAL = table(
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


RESULT__AUDIT = table(
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
