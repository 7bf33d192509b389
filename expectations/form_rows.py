"""Rows of each form that stand (their file is not withdrawn), and what each file speaks of.

Temporary and in memory; they need ``standing_submission``, ``current_part`` and the macros of
:mod:`expectations.staging`.
"""

# All households with what their checks need. marked_points is null for a list without marks.
_HOUSEHOLD = """
CREATE TEMP TABLE household AS
WITH counted AS (
    SELECT *, [*COLUMNS('^deprivation_')] AS marks
    FROM core_review__household
    SEMI JOIN standing_submission USING (submission_id)
)
SELECT
    h.submission_id, h.sheet, h."row", h.household_id, h.era, h.unit_code, h.period, h.status,
    h.source_form, h.standard_id, h.review_kind, h.area_type, h.member_count, h.b1_points,
    h.b2_points, h.class_before_code, h.class_code, h.is_without_labour_capacity,
    h.has_member_of_merit, h.head_sex, h.head_age_band, h.head_ethnicity, h.review_date,
    h.decision_date,
    CASE WHEN list_count(h.marks) = s.indicator_count
        THEN len(list_filter(h.marks, lambda mark: mark)) * s.b2_points_per_deprivation
    END AS marked_points,
    expected_class(
        s.rule, s.b1_cut, s.b1_band_upper, s.b2_cut,
        h.b1_points, coalesce(h.b2_points, marked_points)
    ) AS expected_class_code,
    c.submission_id IS NOT NULL AS is_current
FROM counted AS h
LEFT JOIN standard_by_area AS s
    ON s.known_standard_id = h.standard_id AND s.area_type = h.area_type
LEFT JOIN current_part AS c
    ON c.submission_id = h.submission_id AND c.era = h.era AND c.unit_code = h.unit_code
    AND c.period = h.period AND c.status = h.status
    AND c.standard_id IS NOT DISTINCT FROM h.standard_id
"""

_REVIEW_HOUSEHOLD = """
CREATE TEMP VIEW review_household AS FROM household WHERE source_form = 'review_list'
"""

_EXPORT_HOUSEHOLD = """
CREATE TEMP VIEW export_household AS FROM household WHERE source_form = 'export'
"""

_LISTED_PERSON = """
CREATE TEMP TABLE listed_person AS
SELECT r.*, c.submission_id IS NOT NULL AS is_current
FROM core_review__person AS r
SEMI JOIN standing_submission AS s ON s.submission_id = r.submission_id
LEFT JOIN current_part AS c
    ON c.submission_id = r.submission_id AND c.era = r.era AND c.unit_code = r.unit_code
    AND c.period = r.period AND c.status = r.status
    AND c.standard_id IS NOT DISTINCT FROM r.standard_id
"""

_FORM_1_ROW = """
CREATE TEMP TABLE form_1_row AS
SELECT r.*, c.submission_id IS NOT NULL AS is_current
FROM core_population__unit AS r
SEMI JOIN standing_submission AS s ON s.submission_id = r.submission_id
LEFT JOIN current_part AS c
    ON c.submission_id = r.submission_id AND c.era = r.era AND c.unit_code = r.unit_code
    AND c.period = r.period AND c.status = r.status
    AND c.standard_id IS NOT DISTINCT FROM r.standard_id
"""

_IN_YEAR_CHANGE = """
CREATE TEMP TABLE in_year_change AS
SELECT r.*, c.submission_id IS NOT NULL AS is_current
FROM core_in_year__change AS r
SEMI JOIN standing_submission AS s ON s.submission_id = r.submission_id
LEFT JOIN current_part AS c
    ON c.submission_id = r.submission_id AND c.era = r.era AND c.unit_code = r.unit_code
    AND c.period = r.period AND c.status = r.status
    AND c.standard_id IS NOT DISTINCT FROM r.standard_id
"""

_POOR_FLOWS_ROW = """
CREATE TEMP VIEW poor_flows_row AS
SELECT r.* FROM core_review__flow AS r SEMI JOIN standing_submission USING (submission_id)
WHERE class_code = 'poor'
"""

_NEAR_POOR_FLOWS_ROW = """
CREATE TEMP VIEW near_poor_flows_row AS
SELECT r.* FROM core_review__flow AS r SEMI JOIN standing_submission USING (submission_id)
WHERE class_code = 'near_poor'
"""

_OFFICIAL_FORM_CELL = """
CREATE TEMP VIEW official_form_cell AS
SELECT r.* FROM core_review__form_cell AS r SEMI JOIN standing_submission USING (submission_id)
"""

_PROGRAMME_FIGURE = """
CREATE TEMP VIEW programme_figure AS
SELECT r.* FROM core_programme__value AS r SEMI JOIN standing_submission USING (submission_id)
"""

_ASSIGNED_TARGET = """
CREATE TEMP VIEW assigned_target AS
SELECT r.* FROM core_target__assigned AS r SEMI JOIN standing_submission USING (submission_id)
"""

_DUTY_ROW = """
CREATE TEMP VIEW duty_row AS
SELECT r.* FROM core_duty__status AS r SEMI JOIN standing_submission USING (submission_id)
"""

_REGISTERED_MODEL = """
CREATE TEMP VIEW registered_model AS
SELECT r.* FROM core_model__register AS r SEMI JOIN standing_submission USING (submission_id)
"""

_MODEL_PARTICIPANT = """
CREATE TEMP VIEW model_participant AS
SELECT r.* FROM core_model__participant AS r SEMI JOIN standing_submission USING (submission_id)
"""

_HOUSEHOLD_SUPPORT = """
CREATE TEMP VIEW household_support AS
SELECT r.* FROM core_support__household AS r SEMI JOIN standing_submission USING (submission_id)
"""

_AUDITED_HOUSEHOLD = """
CREATE TEMP VIEW audited_household AS
SELECT r.* FROM core_audit__household AS r SEMI JOIN standing_submission USING (submission_id)
"""

# What each submission speaks of: one row a commune, period, status and standard.
_PARTS = (
    """
    CREATE TEMP TABLE review_list_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM review_household
    """,
    """
    CREATE TEMP TABLE export_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM export_household
    """,
    """
    CREATE TEMP TABLE person_list_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM listed_person
    """,
    """
    CREATE TEMP TABLE summary_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM form_1_row
    """,
    """
    CREATE TEMP TABLE poor_flows_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM poor_flows_row
    """,
    """
    CREATE TEMP TABLE near_poor_flows_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM near_poor_flows_row
    """,
    """
    CREATE TEMP TABLE official_forms_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM official_form_cell
    """,
    """
    CREATE TEMP TABLE in_year_part AS
    SELECT DISTINCT submission_id, era, unit_code, period, status, standard_id FROM in_year_change
    """,
)

STATEMENTS = (
    _HOUSEHOLD,
    _REVIEW_HOUSEHOLD,
    _EXPORT_HOUSEHOLD,
    _LISTED_PERSON,
    _FORM_1_ROW,
    _POOR_FLOWS_ROW,
    _NEAR_POOR_FLOWS_ROW,
    _OFFICIAL_FORM_CELL,
    _IN_YEAR_CHANGE,
    _PROGRAMME_FIGURE,
    _ASSIGNED_TARGET,
    _DUTY_ROW,
    _REGISTERED_MODEL,
    _MODEL_PARTICIPANT,
    _HOUSEHOLD_SUPPORT,
    _AUDITED_HOUSEHOLD,
    *_PARTS,
)
