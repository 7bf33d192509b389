"""What the checks of submissions read beside the contract: standards, and totals of each list.

Everything here is temporary and in memory. SQL is typed here and nowhere formatted.
"""

import polars as pl

from expectations import comparisons, form_rows
from expectations.engine import CheckedFile
from expectations.official_columns import official_column, official_sum
from expectations.programme_suite import programme_quantity
from reference.loading import reviews, standards

# Last day a period speaks of; null for what is no yearly review, half-year or month.
_LAST_DAY = r"""
CREATE TEMP MACRO last_day_of(period) AS CASE
    WHEN regexp_full_match(period, '\d\d\d\d') THEN try_cast(period || '-12-31' AS DATE)
    WHEN regexp_full_match(period, '\d\d\d\d-H1') THEN try_cast(left(period, 4) || '-06-30' AS DATE)
    WHEN regexp_full_match(period, '\d\d\d\d-H2') THEN try_cast(left(period, 4) || '-12-31' AS DATE)
    WHEN regexp_full_match(period, '\d\d\d\d-\d\d') THEN last_day(try_cast(period || '-01' AS DATE))
END
"""

_CLASS_IN_WORDS = """
CREATE TEMP MACRO class_in_words(code) AS CASE code
    WHEN 'poor' THEN 'hộ nghèo'
    WHEN 'near_poor' THEN 'hộ cận nghèo'
    WHEN 'none' THEN 'hộ không nghèo'
    ELSE coalesce(code, '(trống)')
END
"""

# Decimal comma, no superfluous digits.
_NUMBER_IN_WORDS = r"""
CREATE TEMP MACRO number_in_words(number) AS coalesce(
    replace(regexp_replace(CAST(number AS VARCHAR), '\.0+$', ''), '.', ','), '(trống)'
)
"""

# NĐ 07/2021, điều 3 (and QĐ 59/2015 for the band): the class that B1, B2 and the area lead to.
# An unknown cut leads nowhere: null, and no question is asked.
_EXPECTED_CLASS = """
CREATE TEMP MACRO expected_class(rule, b1_cut, b1_band_upper, b2_cut, b1, b2) AS CASE
    WHEN b1 IS NULL OR b1_cut IS NULL THEN NULL
    WHEN b1 > b1_cut AND rule = 'income_and_deprivation' THEN 'none'
    WHEN b1 > b1_band_upper THEN 'none'
    WHEN b1 <= b1_cut AND rule = 'income_or_band_and_deprivation' THEN 'poor'
    WHEN b1 > b1_cut AND b1_band_upper IS NULL THEN NULL
    WHEN b2 >= b2_cut THEN 'poor'
    WHEN b2 < b2_cut THEN 'near_poor'
END
"""

_STANDING_SUBMISSION = """
CREATE TEMP VIEW standing_submission AS FROM quality__submission WHERE withdrawn_at IS NULL
"""

# What counts: the newest accepted version of each form, commune, period, status and standard.
_CURRENT_PART = """
CREATE TEMP TABLE current_part AS
SELECT submission_id, era, unit_code, period, status, standard_id FROM quality__coverage WHERE is_current
"""

# What a current list of households adds up to. Persons are null where a member count is missing.
_LIST_TOTAL = """
CREATE TEMP TABLE list_total AS
SELECT
    submission_id, source_form, era, unit_code, period, status, standard_id,
    count(*) FILTER (class_code = 'poor') AS poor_households,
    count(*) FILTER (class_code = 'near_poor') AS near_poor_households,
    CASE WHEN bool_and(member_count IS NOT NULL OR class_code <> 'poor')
        THEN coalesce(sum(member_count) FILTER (class_code = 'poor'), 0)
    END AS poor_persons,
    CASE WHEN bool_and(member_count IS NOT NULL OR class_code <> 'near_poor')
        THEN coalesce(sum(member_count) FILTER (class_code = 'near_poor'), 0)
    END AS near_poor_persons,
    count(class_before_code) AS classes_before,
    count(*) FILTER (class_before_code = 'poor') AS poor_before,
    count(*) FILTER (class_before_code = 'near_poor') AS near_poor_before
FROM household
WHERE is_current
GROUP BY ALL
"""

_PERSON_TOTAL = """
CREATE TEMP TABLE person_total AS
SELECT
    submission_id, era, unit_code, period, status, standard_id, class_code,
    count(DISTINCT (sheet, head_number)) AS households,
    count(*) AS persons
FROM listed_person
WHERE is_current
GROUP BY ALL
"""

# The list that speaks for a commune at the end of a year: the strongest status, a review list
# before an export.
_CLOSING = """
CREATE TEMP TABLE closing AS
SELECT *
FROM list_total
QUALIFY row_number() OVER (
    PARTITION BY era, unit_code, period, standard_id
    ORDER BY list_position(['restated', 'official', 'preliminary', 'estimate'], status),
        source_form = 'export', submission_id
) = 1
"""

# What the file itself holds, not what is temporary here.
_STORED_COLUMN = """
CREATE TEMP VIEW stored_column AS
SELECT table_name, column_name
FROM duckdb_columns()
WHERE NOT internal AND database_name = current_database()
"""

_FORM_STATEMENTS = (
    _CLASS_IN_WORDS,
    _NUMBER_IN_WORDS,
    _EXPECTED_CLASS,
    _CURRENT_PART,
    *form_rows.STATEMENTS,
    _LIST_TOTAL,
    _PERSON_TOTAL,
    _CLOSING,
)


def prepare(file: CheckedFile) -> None:
    """Create all temporary tables; what cannot be created leaves its checks not run."""
    prepare_build(file)
    file.add_table("review_standard", review_standard())
    file.add_table("programme_quantity", programme_quantity())
    file.add_table("official_column", official_column())
    file.add_table("official_sum", official_sum())
    for statement in (*_FORM_STATEMENTS, *comparisons.STATEMENTS):
        file.prepare(statement)


def prepare_build(file: CheckedFile) -> None:
    """Create what the checks of a whole build need."""
    prepare_catalogue(file)
    file.add_table("standard_by_area", standard_by_area())
    for statement in (_LAST_DAY, _STANDING_SUBMISSION):
        file.prepare(statement)


def prepare_results(file: CheckedFile) -> None:
    """Create what the checks of figures need."""
    prepare_catalogue(file)
    file.add_table("official_column", official_column())
    file.prepare(_NUMBER_IN_WORDS)


def prepare_catalogue(file: CheckedFile) -> None:
    """Create ``stored_column``: the tables and columns that the file holds."""
    file.prepare(_STORED_COLUMN)


def standard_by_area() -> pl.DataFrame:
    """One row a standard and area type: the cuts of Phiếu B (points), null where unknown."""
    rows = []
    for standard in standards().values():
        bands = {"rural": standard.b1_band_upper_rural, "urban": standard.b1_band_upper_urban}
        for area_type in ("rural", "urban"):
            band = bands[area_type]
            rows.append(
                {
                    "known_standard_id": standard.id,
                    "area_type": area_type,
                    "rule": standard.rule.value,
                    "indicator_count": standard.indicator_count.value,
                    "b1_cut": standard.b1_cut(area_type),
                    "b1_band_upper": band.value if band is not None else None,
                    "b2_cut": standard.b2_cut_points.value,
                    "b2_points_per_deprivation": standard.b2_points_per_deprivation.value,
                }
            )
    return pl.DataFrame(rows, infer_schema_length=None)


def review_standard() -> pl.DataFrame:
    """One row a yearly review (``period``, e.g. '2024') and standard it is reported under."""
    pairs = [(str(year), name) for year, review in reviews().items() for name in review.standards]
    return pl.DataFrame(
        pairs, schema={"period": pl.String(), "standard_id": pl.String()}, orient="row"
    )
