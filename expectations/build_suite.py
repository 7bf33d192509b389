"""Faults of the build itself: when one of these fails, nothing of the build is published."""

from great_expectations.expectations import (
    ExpectColumnValuesToBeUnique,
    ExpectColumnValuesToNotBeNull,
    ExpectCompoundColumnsToBeUnique,
)

from expectations import geography_suite
from expectations.check import Check, Suite
from expectations.fault import fault
from warehouse.tables import CORE_TABLES

_ROW_KEY = ["submission_id", "sheet", "row"]

_UNITS_IN_FORCE = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    'mã ' || coalesce(r.unit_code, '(trống)') || ', thời kỳ ' || coalesce(r.era, '(trống)')
        || ', kỳ ' || coalesce(r.period, '(trống)') AS found
FROM {batch} AS r
LEFT JOIN dim__unit AS u
    ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
    AND coalesce(u.valid_from, DATE '0001-01-01') <= last_day_of(r.period)
    AND coalesce(u.valid_to, DATE '9999-12-31') >= last_day_of(r.period)
WHERE u.code IS NULL
GROUP BY r.submission_id, r.era, r.unit_code, r.period
"""

# Targets and duties belong to units of any level.
_UNITS_EXIST = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    'mã ' || coalesce(r.unit_code, '(trống)') || ', thời kỳ ' || coalesce(r.era, '(trống)') AS found
FROM {batch} AS r
LEFT JOIN dim__unit AS u ON u.era = r.era AND u.code = r.unit_code
WHERE u.code IS NULL
GROUP BY r.submission_id, r.era, r.unit_code
"""

_SUBMISSIONS_KNOWN = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row", count(*) || ' dòng' AS found
FROM {batch} AS r
ANTI JOIN quality__submission AS q ON q.submission_id = r.submission_id
GROUP BY r.submission_id
"""

_ROWS_ACCOUNTED_FOR = """
SELECT submission_id, NULL AS sheet, NULL AS "row",
    rows_read || ' dòng đọc; ' || rows_loaded || ' nạp, ' || rows_rejected || ' trả lại, '
        || rows_not_data || ' không phải số liệu' AS found
FROM {batch}
WHERE rows_read IS DISTINCT FROM rows_loaded + rows_rejected + rows_not_data
"""

_ROWS_IN_CORE = """
WITH core AS (
    SELECT submission_id FROM core_review__household
    UNION ALL SELECT submission_id FROM core_review__person
    UNION ALL SELECT submission_id FROM core_population__unit
    UNION ALL SELECT submission_id FROM core_review__flow
    UNION ALL SELECT submission_id FROM core_in_year__change
    UNION ALL SELECT submission_id FROM core_target__assigned
    UNION ALL SELECT submission_id FROM core_duty__status
    UNION ALL SELECT submission_id FROM core_model__register
    UNION ALL SELECT submission_id FROM core_model__participant
    UNION ALL SELECT submission_id FROM core_support__household
    UNION ALL SELECT submission_id FROM core_audit__household
    UNION ALL SELECT submission_id FROM (SELECT DISTINCT submission_id, sheet, "row" FROM core_programme__value)
    UNION ALL SELECT submission_id FROM (SELECT DISTINCT submission_id, sheet, "row" FROM core_review__form_cell)
),
counted AS (SELECT submission_id, count(*) AS row_count FROM core GROUP BY submission_id)
SELECT q.submission_id, NULL AS sheet, NULL AS "row",
    q.rows_loaded || ' dòng đã nạp, ' || coalesce(c.row_count, 0) || ' dòng trong kho' AS found
FROM {batch} AS q
SEMI JOIN (FROM quality__coverage WHERE is_current) AS v ON v.submission_id = q.submission_id
LEFT JOIN counted AS c ON c.submission_id = q.submission_id
WHERE q.rows_loaded <> coalesce(c.row_count, 0)
"""

# Where all are withdrawn none is current, and no withdrawn one may be. Forms 14 and 15 are two detailed lists.
_ONE_CURRENT_VERSION = """
SELECT max(c.submission_id) AS submission_id, NULL AS sheet, NULL AS "row",
    c.form || ', mã ' || c.unit_code || ', kỳ ' || c.period || ': '
        || count(*) FILTER (c.is_current) || ' bản hiện hành' AS found
FROM {batch} AS c
LEFT JOIN standing_submission AS s ON s.submission_id = c.submission_id
GROUP BY c.form, c.era, c.unit_code, c.period, c.status, c.standard_id
HAVING count(*) FILTER (c.is_current) NOT BETWEEN least(count(s.submission_id), 1)
        AND least(count(s.submission_id), CASE WHEN c.form = 'person_list' THEN 2 ELSE 1 END)
    OR count(*) FILTER (c.is_current AND s.submission_id IS NULL) > 0
"""

_COVERAGE_ONCE = """
SELECT submission_id, NULL AS sheet, NULL AS "row", 'mã ' || unit_code AS found
FROM {batch}
GROUP BY submission_id, form, era, unit_code, period, status, standard_id
HAVING count(*) > 1
"""

_STANDARDS_PRESENT = """
SELECT max(r.submission_id) AS submission_id, NULL AS sheet, NULL AS "row",
    'chuẩn ' || coalesce(r.standard_id, '(trống)') AS found
FROM {batch} AS r
ANTI JOIN standard_by_area AS s ON s.known_standard_id = r.standard_id
GROUP BY r.standard_id
"""

_NO_NAMES = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", table_name || '.' || column_name AS found
FROM {batch}
WHERE starts_with(table_name, 'core_')
    AND regexp_matches(column_name, 'personal|identity|birth|head_name|person_name|full_name')
"""

# Communes that owe a list, a form 1 or a monthly report for a period others have reported.
_COMMUNES_COMPLETE = """
WITH due AS (
    SELECT DISTINCT form, period FROM {batch}
    WHERE is_current AND form IN ('review_list', 'summary', 'in_year')
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    CASE d.form WHEN 'review_list' THEN 'danh sách rà soát' WHEN 'summary' THEN 'biểu 1'
        ELSE 'báo cáo thường xuyên' END || ' kỳ ' || d.period || ': thiếu ' || count(*) || ' đơn vị ('
        || string_agg(u.name, ', ' ORDER BY u.code) || ')' AS found
FROM due AS d
JOIN dim__unit AS u ON u.level = 'commune'
    AND coalesce(u.valid_from, DATE '0001-01-01') <= last_day_of(d.period)
    AND coalesce(u.valid_to, DATE '9999-12-31') >= last_day_of(d.period)
ANTI JOIN (FROM quality__coverage WHERE is_current) AS c
    ON c.form = d.form AND c.period = d.period AND c.era = u.era AND c.unit_code = u.code
GROUP BY d.form, d.period
"""


_ROWS_IN_WORDS = {
    "core_review__household": ("danh sách rà soát", "review lists"),
    "core_review__person": ("danh sách chi tiết nhân khẩu", "detailed lists"),
    "core_population__unit": ("biểu 1", "form 1"),
    "core_review__flow": ("biểu 2, biểu 3", "forms 2 and 3"),
    "core_review__form_cell": ("biểu 4 đến 13", "forms 4 to 13"),
    "core_in_year__change": ("danh sách quyết định trong năm", "in-year decisions"),
    "core_programme__value": ("biểu chương trình", "programme workbooks"),
    "core_target__assigned": ("biểu giao chỉ tiêu", "assigned targets"),
    "core_duty__status": ("biểu nhiệm vụ", "duty workbooks"),
    "core_model__register": ("danh mục mô hình", "register of models"),
    "core_model__participant": ("danh sách hộ tham gia mô hình", "lists of participants"),
    "core_support__household": ("danh sách hỗ trợ đến hộ", "lists of support by household"),
    "core_audit__household": ("mẫu phúc tra", "audit samples"),
}
# One row of a programme workbook or an official form carries many figures.
_KEYS = {
    "core_programme__value": [*_ROW_KEY, "programme", "quantity"],
    "core_review__form_cell": [*_ROW_KEY, "column_number"],
}
_UNITS = {
    "core_target__assigned": (_UNITS_EXIST, "đơn vị có trong danh mục hành chính"),
    "core_duty__status": (_UNITS_EXIST, "đơn vị có trong danh mục hành chính"),
}
_WITHOUT_STANDARD = frozenset(
    {
        "core_in_year__change",
        "core_programme__value",
        "core_target__assigned",
        "core_duty__status",
        "core_model__register",
        "core_model__participant",
        "core_support__household",
        "core_audit__household",
    }
)


def _core_suite(table: str) -> Suite:
    short = table.removeprefix("core_")
    rows_vi, rows_en = _ROWS_IN_WORDS[table]
    units, units_expected = _UNITS.get(
        table, (_UNITS_IN_FORCE, "xã, phường, thị trấn còn hiệu lực vào ngày cuối kỳ")
    )
    checks: tuple[Check, ...] = (
        fault(
            f"build.{short}.key_unique",
            f"Mỗi dòng của {rows_vi} có khóa (tệp, trang tính, dòng) duy nhất",
            f"The key (file, sheet, row) of the {rows_en} is unique",
            "không có hai dòng cùng khóa",
            ExpectCompoundColumnsToBeUnique(
                column_list=_KEYS.get(table, _ROW_KEY), ignore_row_if="never"
            ),
        ),
        fault(
            f"build.{short}.key_present",
            f"Mỗi dòng của {rows_vi} có số dòng trong tệp gốc",
            f"Every row of the {rows_en} has its row number in the file",
            "có số dòng",
            ExpectColumnValuesToNotBeNull(column="row"),
        ),
        fault(
            f"build.{short}.submissions_known",
            f"Mỗi dòng của {rows_vi} thuộc một tệp đã ghi nhận",
            f"Every row of the {rows_en} belongs to a known submission",
            "tệp có trong danh sách tệp đã nhận",
            _SUBMISSIONS_KNOWN,
        ),
        fault(
            f"build.{short}.units_in_force",
            f"Đơn vị trên mỗi dòng của {rows_vi} có trong danh mục và còn hiệu lực",
            f"Every unit of the {rows_en} exists and is in force at the period",
            units_expected,
            units,
        ),
    )
    if table not in _WITHOUT_STANDARD:
        checks = (
            *checks,
            fault(
                f"build.{short}.standards_present",
                f"Chuẩn nghèo trên mỗi dòng của {rows_vi} có trong dữ liệu tham chiếu",
                f"Every standard of the {rows_en} is in the reference data",
                "chuẩn nghèo có trong dữ liệu tham chiếu",
                _STANDARDS_PRESENT,
            ),
        )
    return Suite(f"build.{short}", None, table, checks)


_SUBMISSIONS = Suite(
    "build.submission",
    None,
    "quality__submission",
    (
        fault(
            "build.rows_accounted_for",
            "Mỗi dòng của tệp được nạp, trả lại, hoặc không phải số liệu",
            "Every row of a file is loaded, rejected or no data",
            "số dòng đọc = số nạp + số trả lại + số không phải số liệu",
            _ROWS_ACCOUNTED_FOR,
        ),
        fault(
            "build.rows_in_core",
            "Số dòng đã nạp của mỗi tệp bằng số dòng trong kho",
            "Rows loaded of a file equal its core rows",
            "hai số bằng nhau",
            _ROWS_IN_CORE,
        ),
        fault(
            "build.submission_once",
            "Mỗi tệp được ghi nhận một lần",
            "Every submission is recorded once",
            "một dòng cho mỗi tệp",
            ExpectColumnValuesToBeUnique(column="submission_id"),
        ),
    ),
)

_COVERAGE = Suite(
    "build.coverage",
    None,
    "quality__coverage",
    (
        fault(
            "build.one_current_version",
            "Mỗi biểu của một xã trong một kỳ có đúng một bản hiện hành",
            "Exactly one current version for each form, unit, period and status",
            "đúng một bản hiện hành",
            _ONE_CURRENT_VERSION,
        ),
        fault(
            "build.coverage_once",
            "Mỗi xã được tính một lần trong một tệp",
            "A commune is counted once in a submission",
            "một dòng cho mỗi xã và tệp",
            _COVERAGE_ONCE,
        ),
        Check(
            check_id="build.communes_complete",
            level="warning",
            title_vi="Các xã còn thiếu biểu trong kỳ đã có xã khác báo cáo",
            title_en="Communes that still owe a form for a period others have reported",
            expected_vi="mọi xã còn hiệu lực đều gửi",
            todo_vi="Đôn đốc xã gửi biểu; số liệu của kỳ ghi rõ số xã đã báo cáo.",
            kind="warning",
            rule=_COMMUNES_COMPLETE,
        ),
    ),
)

_STORED = Suite(
    "build.stored",
    None,
    "stored_column",
    (
        fault(
            "build.no_names",
            "Bảng số liệu không có cột dữ liệu cá nhân",
            "Core tables have no personal columns",
            "họ tên, số định danh, ngày sinh chỉ nằm trong kho riêng",
            _NO_NAMES,
        ),
    ),
)

SUITES = (
    *(_core_suite(table.name) for table in CORE_TABLES),
    _SUBMISSIONS,
    _COVERAGE,
    *geography_suite.SUITES,
    _STORED,
)
