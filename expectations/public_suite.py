"""Gate 2, the public file: it keeps silent about small counts, names, files and senders."""

from expectations.check import Suite
from expectations.fault import fault
from expectations.results_suite import MARK_FITS_VALUE, SUPPRESSED_IS_EMPTY

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

# A rate beside its denominator is the suppressed count in other words. Not so by former district: there a count
# follows the older commune that rows name, a rate the whole commune, so the two speak of different households.
_NO_COUNT_BY_RATE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', r.measure, r.period, r.level, r.era, r.unit_code, r."group") AS found
FROM {batch} AS r
JOIN result__estimate AS c
    ON c.measure = replace(r.measure, '_rate', '_count') AND c.period = r.period
    AND c.selection = r.selection AND c.era = r.era AND c.level = r.level
    AND c.unit_code = r.unit_code AND c.standard_id IS NOT DISTINCT FROM r.standard_id
    AND c.group_by IS NOT DISTINCT FROM r.group_by AND c."group" IS NOT DISTINCT FROM r."group"
WHERE r.unit = 'pct' AND c.unit IN ('household', 'person') AND c.mark = 'suppressed'
    AND r.level <> 'district'
    AND (r.value IS NOT NULL OR r.numerator IS NOT NULL)
"""

_NOTHING_PERSONAL = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row", table_name || '.' || column_name AS found
FROM {batch}
WHERE starts_with(table_name, 'core_')
    OR column_name IN ('submission_id', 'file_name', 'path', 'household_id', 'reviewer_id', 'village_name')
    OR regexp_matches(column_name, 'personal|identity|birth|head_name|person_name|full_name|reviewer|sender')
"""

_SILENCE = (
    fault(
        "public.mark_fits_value",
        "Bản công khai: ký hiệu phù hợp với giá trị",
        "Public file: the mark fits the value",
        "giá trị chỉ có khi có số liệu",
        MARK_FITS_VALUE,
    ),
    fault(
        "public.suppressed_is_empty",
        "Bản công khai: giá trị đã che không mang theo số",
        "Public file: what is suppressed carries no number",
        "không có giá trị, không có tử số",
        SUPPRESSED_IS_EMPTY,
    ),
    fault(
        "public.no_small_count",
        "Bản công khai: không có số đếm từ 1 đến 4",
        "Public file: no count of 1 to 4",
        "số đếm từ 1 đến 4 phải che, kể cả tử số và mẫu số của tỷ lệ",
        _NO_SMALL_COUNT,
    ),
    fault(
        "public.no_cell_by_difference",
        "Bản công khai: không tính ngược được ô đã che từ tổng toàn tỉnh",
        "Public file: no suppressed cell follows from the province's total",
        "che ít nhất hai ô trong một tổng",
        _NO_CELL_BY_DIFFERENCE,
    ),
    fault(
        "public.no_group_by_difference",
        "Bản công khai: không tính ngược được nhóm đã che từ tổng các nhóm",
        "Public file: no suppressed group follows from the other groups",
        "che ít nhất hai nhóm trong một tổng",
        _NO_GROUP_BY_DIFFERENCE,
    ),
    fault(
        "public.no_count_by_rate",
        "Bản công khai: không tính ngược được số đã che từ tỷ lệ",
        "Public file: no suppressed count follows from its rate",
        "số đã che thì tỷ lệ của nó cũng che",
        _NO_COUNT_BY_RATE,
    ),
)

_PUBLIC_COLUMNS = (
    fault(
        "public.nothing_personal",
        "Bản công khai: không có cột dữ liệu cá nhân, tên tệp, người gửi",
        "Public file: no personal column, file name or sender",
        "chỉ số liệu tổng hợp và số thứ tự tệp",
        _NOTHING_PERSONAL,
    ),
)

SUITES = (
    Suite("public", None, "result__estimate", _SILENCE),
    Suite("public_columns", None, "stored_column", _PUBLIC_COLUMNS),
)
