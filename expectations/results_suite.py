"""Gate 2: what must hold for the figures before they are published."""

from great_expectations.expectations import (
    Expectation,
    ExpectColumnValuesToBeInSet,
    ExpectColumnValuesToNotBeNull,
)

from expectations.check import Check, Suite

_OURS = "Lỗi của phần mềm, không phải của đơn vị gửi: báo bộ phận vận hành kèm mã kiểm tra này."

_FIGURE_UNIQUE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, selection, standard_id, level, era, unit_code, group_by, "group") AS found
FROM {batch}
GROUP BY measure, period, selection, standard_id, era, level, unit_code, group_by, "group"
HAVING count(*) > 1
"""

_RATES_IN_RANGE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || value AS found
FROM {batch}
WHERE (unit = 'pct' AND NOT value BETWEEN 0 AND 100)
    OR (unit = 'share' AND NOT value BETWEEN 0 AND 1)
"""

_COUNTS_WHOLE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || value AS found
FROM {batch}
WHERE unit IN ('household', 'person') AND (value < 0 OR value <> round(value))
"""

_MARK_FITS_VALUE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || coalesce(mark, '(trống)')
        || ' với giá trị ' || coalesce(CAST(value AS VARCHAR), '(trống)') AS found
FROM {batch}
WHERE CASE mark
    WHEN 'ok' THEN value IS NULL OR (value = 0 AND coalesce(numerator, 0) = 0)
    WHEN 'zero' THEN value IS DISTINCT FROM 0
    WHEN 'not_attributable' THEN false
    ELSE value IS NOT NULL
END
"""

_NUMERATOR_WITHIN_DENOMINATOR = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || numerator || '/' || denominator AS found
FROM {batch}
WHERE unit IN ('pct', 'share') AND numerator > denominator
"""

# Rates carry two decimals, shares four, both rounded half up.
_RATE_FOLLOWS_FROM_PARTS = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || value || ' từ '
        || numerator || '/' || denominator AS found
FROM {batch}
WHERE denominator > 0 AND (
    (unit = 'pct' AND abs(value - 100 * numerator / denominator) > 0.0051)
    OR (unit = 'share' AND abs(value - numerator / denominator) > 0.000051)
)
"""

_COVERAGE_SOUND = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || units_reported || '/'
        || units_expected AS found
FROM {batch}
WHERE units_reported IS NULL OR units_expected IS NULL OR units_reported > units_expected
    OR units_reported < 0 OR (mark = 'zero' AND units_reported = 0)
"""

_UNITS_EXIST = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    e.unit_code || ' (' || e.era || ', ' || e.level || ')' AS found
FROM {batch} AS e
ANTI JOIN dim__unit AS u ON u.era = e.era AND u.code = e.unit_code AND u.level = e.level
WHERE e.unit_code <> 'not_attributable'
GROUP BY e.unit_code, e.era, e.level
"""

# Districts, communes and what cannot be attributed to them make up the province, group by group.
_LEVELS_ADD_UP = """
WITH parts AS (
    SELECT measure, period, selection, standard_id, level, era, group_by, "group", sum(value) AS value
    FROM {batch}
    WHERE unit IN ('household', 'person') AND level <> 'province'
    GROUP BY ALL
),
province AS (
    SELECT measure, period, selection, standard_id, group_by, "group", max(value) AS value
    FROM result__estimate
    WHERE unit IN ('household', 'person') AND level = 'province'
    GROUP BY ALL
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', s.measure, s.period, s.selection, s.level, s.era, s."group") || ': cộng được '
        || coalesce(CAST(s.value AS VARCHAR), '(trống)') || ', toàn tỉnh '
        || coalesce(CAST(p.value AS VARCHAR), '(trống)') AS found
FROM parts AS s
JOIN province AS p
    ON p.measure = s.measure AND p.period = s.period AND p.selection = s.selection
    AND p.standard_id IS NOT DISTINCT FROM s.standard_id
    AND p.group_by IS NOT DISTINCT FROM s.group_by AND p."group" IS NOT DISTINCT FROM s."group"
WHERE coalesce(s.value, 0) <> coalesce(p.value, 0)
"""

# A group may be unknown (not written on the list), so groups reach the whole at most.
_GROUPS_WITHIN_WHOLE = """
WITH grouped AS (
    SELECT measure, period, selection, standard_id, era, level, unit_code, group_by, sum(value) AS value
    FROM {batch}
    WHERE group_by IS NOT NULL AND unit IN ('household', 'person')
    GROUP BY ALL
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', g.measure, g.period, g.selection, g.level, g.era, g.unit_code, g.group_by) || ': các nhóm '
        || g.value || ', tất cả ' || w.value AS found
FROM grouped AS g
JOIN result__estimate AS w
    ON w.measure = g.measure AND w.period = g.period AND w.selection = g.selection
    AND w.standard_id IS NOT DISTINCT FROM g.standard_id AND w.era = g.era AND w.level = g.level
    AND w.unit_code = g.unit_code AND w.group_by IS NULL
WHERE g.value > w.value
"""

_SUPPRESSED_IS_EMPTY = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") AS found
FROM {batch}
WHERE mark = 'suppressed' AND (value IS NOT NULL OR numerator IS NOT NULL)
"""

# Whatever counts households or persons: a value, a numerator, a denominator, a number hidden in a rate.
_NO_SMALL_COUNT = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") AS found
FROM {batch}
WHERE (unit IN ('household', 'person') AND value > 0 AND value < 5)
    OR (numerator > 0 AND numerator < 5)
    OR (denominator > 0 AND denominator < 5)
    OR (unit IN ('pct', 'share') AND mark IN ('ok', 'not_attributable') AND numerator IS NULL)
"""

# One hidden cell beside its published total and published neighbours is the difference of the two.
_NO_CELL_BY_DIFFERENCE = """
WITH parts AS (
    SELECT measure, period, selection, standard_id, level, era, group_by, "group",
        count(*) FILTER (mark = 'suppressed') AS hidden
    FROM {batch}
    WHERE level <> 'province'
    GROUP BY ALL
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', s.measure, s.period, s.level, s.era, s."group") AS found
FROM parts AS s
JOIN result__estimate AS p
    ON p.measure = s.measure AND p.period = s.period AND p.selection = s.selection AND p.level = 'province'
    AND p.standard_id IS NOT DISTINCT FROM s.standard_id
    AND p.group_by IS NOT DISTINCT FROM s.group_by AND p."group" IS NOT DISTINCT FROM s."group"
WHERE s.hidden = 1 AND p.mark = 'ok' AND p.unit IN ('household', 'person')
GROUP BY ALL
"""

_NO_GROUP_BY_DIFFERENCE = """
WITH grouped AS (
    SELECT measure, period, selection, standard_id, era, level, unit_code, group_by,
        count(*) FILTER (mark = 'suppressed') AS hidden
    FROM {batch}
    WHERE group_by IS NOT NULL
    GROUP BY ALL
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', g.measure, g.period, g.level, g.era, g.unit_code, g.group_by) AS found
FROM grouped AS g
JOIN result__estimate AS w
    ON w.measure = g.measure AND w.period = g.period AND w.selection = g.selection
    AND w.standard_id IS NOT DISTINCT FROM g.standard_id AND w.era = g.era AND w.level = g.level
    AND w.unit_code = g.unit_code AND w.group_by IS NULL
WHERE g.hidden = 1 AND w.mark = 'ok' AND w.unit IN ('household', 'person')
"""

_NOTHING_PERSONAL = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", table_name || '.' || column_name AS found
FROM {batch}
WHERE starts_with(table_name, 'core_')
    OR column_name IN ('submission_id', 'file_name', 'path', 'household_id', 'reviewer_id', 'village_name')
    OR regexp_matches(column_name, 'personal|identity|birth|head_name|person_name|full_name|reviewer|sender')
"""


def _fault(
    check_id: str, title_vi: str, title_en: str, expected_vi: str, rule: str | Expectation
) -> Check:
    return Check(
        check_id=f"results.{check_id}",
        level="blocking",
        title_vi=title_vi,
        title_en=title_en,
        expected_vi=expected_vi,
        todo_vi=_OURS,
        rule=rule,
    )


_TRUTH = (
    _fault(
        "figure_unique",
        "Mỗi chỉ tiêu có một giá trị cho mỗi kỳ, đơn vị và nhóm",
        "One figure for each measure, period, unit and group",
        "không có hai dòng cùng khóa",
        _FIGURE_UNIQUE,
    ),
    _fault(
        "measure_named",
        "Mỗi giá trị thuộc một chỉ tiêu có tên",
        "Every figure belongs to a named measure",
        "có tên chỉ tiêu",
        ExpectColumnValuesToNotBeNull(column="measure"),
    ),
    _fault(
        "unit_allowed",
        "Đơn vị tính thuộc danh mục",
        "The unit of every figure is an allowed one",
        "household, person, pct, points, indicator hoặc share",
        ExpectColumnValuesToBeInSet(
            column="unit",
            value_set=["household", "person", "pct", "points", "indicator", "share"],
        ),
    ),
    _fault(
        "mark_allowed",
        "Ký hiệu của giá trị thuộc danh mục",
        "The mark of every figure is an allowed one",
        "ok, zero, suppressed, no_case, no_data hoặc not_attributable",
        ExpectColumnValuesToBeInSet(
            column="mark",
            value_set=["ok", "zero", "suppressed", "no_case", "no_data", "not_attributable"],
        ),
    ),
    _fault(
        "mark_fits_value",
        "Ký hiệu phù hợp với giá trị: không có số liệu thì không có số",
        "The mark fits the value: no data, no number",
        "giá trị chỉ có khi có số liệu; bằng 0 thì ký hiệu là zero",
        _MARK_FITS_VALUE,
    ),
    _fault(
        "rates_in_range",
        "Tỷ lệ nằm trong khoảng 0 đến 100 %",
        "Rates lie between 0 and 100 %",
        "0 đến 100 %",
        _RATES_IN_RANGE,
    ),
    _fault(
        "counts_whole",
        "Số hộ, số khẩu là số nguyên không âm",
        "Counts are whole and not negative",
        "số nguyên từ 0 trở lên",
        _COUNTS_WHOLE,
    ),
    _fault(
        "numerator_within_denominator",
        "Tử số không vượt mẫu số",
        "No numerator exceeds its denominator",
        "tử số ≤ mẫu số",
        _NUMERATOR_WITHIN_DENOMINATOR,
    ),
    _fault(
        "rate_follows_from_parts",
        "Tỷ lệ bằng tử số chia mẫu số",
        "A rate is its numerator over its denominator",
        "tử số chia mẫu số, làm tròn",
        _RATE_FOLLOWS_FROM_PARTS,
    ),
    _fault(
        "coverage_sound",
        "Số xã đã báo cáo không vượt số xã phải báo cáo; chưa báo cáo không phải là 0",
        "Units reported do not exceed units expected; not reported is not zero",
        "số xã đã báo cáo ≤ số xã phải báo cáo",
        _COVERAGE_SOUND,
    ),
    _fault(
        "units_exist",
        "Đơn vị của mỗi giá trị có trong danh mục",
        "The unit of every figure exists",
        "đơn vị có trong danh mục của thời kỳ",
        _UNITS_EXIST,
    ),
    _fault(
        "levels_add_up",
        "Tổng các xã, các huyện và phần không phân bổ bằng số toàn tỉnh",
        "Communes, or districts, and what is not attributable sum to the province",
        "tổng bằng số toàn tỉnh",
        _LEVELS_ADD_UP,
    ),
    _fault(
        "groups_within_whole",
        "Tổng các nhóm không vượt tổng chung",
        "Groups do not exceed the whole",
        "tổng các nhóm ≤ tổng chung",
        _GROUPS_WITHIN_WHOLE,
    ),
    _fault(
        "suppressed_is_empty",
        "Giá trị đã che không mang theo số",
        "What is suppressed carries no number",
        "không có giá trị, không có tử số",
        _SUPPRESSED_IS_EMPTY,
    ),
)

_SILENCE = (
    _fault(
        "public.mark_fits_value",
        "Bản công khai: ký hiệu phù hợp với giá trị",
        "Public file: the mark fits the value",
        "giá trị chỉ có khi có số liệu",
        _MARK_FITS_VALUE,
    ),
    _fault(
        "public.suppressed_is_empty",
        "Bản công khai: giá trị đã che không mang theo số",
        "Public file: what is suppressed carries no number",
        "không có giá trị, không có tử số",
        _SUPPRESSED_IS_EMPTY,
    ),
    _fault(
        "public.no_small_count",
        "Bản công khai: không có số đếm từ 1 đến 4",
        "Public file: no count of 1 to 4",
        "số đếm từ 1 đến 4 phải che, kể cả tử số và mẫu số của tỷ lệ",
        _NO_SMALL_COUNT,
    ),
    _fault(
        "public.no_cell_by_difference",
        "Bản công khai: không tính ngược được ô đã che từ tổng toàn tỉnh",
        "Public file: no suppressed cell follows from the province's total",
        "che ít nhất hai ô trong một tổng",
        _NO_CELL_BY_DIFFERENCE,
    ),
    _fault(
        "public.no_group_by_difference",
        "Bản công khai: không tính ngược được nhóm đã che từ tổng các nhóm",
        "Public file: no suppressed group follows from the other groups",
        "che ít nhất hai nhóm trong một tổng",
        _NO_GROUP_BY_DIFFERENCE,
    ),
)

_PUBLIC_COLUMNS = (
    _fault(
        "public.nothing_personal",
        "Bản công khai: không có cột dữ liệu cá nhân, tên tệp, người gửi",
        "Public file: no personal column, file name or sender",
        "chỉ số liệu tổng hợp và số thứ tự tệp",
        _NOTHING_PERSONAL,
    ),
)

RESTRICTED_SUITES = (Suite("results", None, "result__estimate", _TRUTH),)
PUBLIC_SUITES = (
    Suite("results.public", None, "result__estimate", _SILENCE),
    Suite("results.public_columns", None, "stored_column", _PUBLIC_COLUMNS),
)
