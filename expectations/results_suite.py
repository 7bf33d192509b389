"""Gate 2: what must hold for the figures before they are published."""

from great_expectations.expectations import (
    ExpectColumnValuesToBeInSet,
    ExpectColumnValuesToNotBeNull,
)

from expectations import analysis_results_suite, flow_results_suite, model_results_suite
from expectations.check import Check, Suite
from expectations.fault import fault

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

# What cannot be attributed balances a map: it is negative where an opening list names the older
# commune of a household and the decision that took it off the list does not.
_COUNTS_WHOLE = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") || ': ' || value AS found
FROM {batch}
WHERE unit IN ('household', 'person')
    AND (value <> round(value) OR value < 0)
"""

MARK_FITS_VALUE = """
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
    OR units_reported < 0
"""

# The rows of a straddling commune may give a part of a unit that no commune reports whole.
_ZERO_IS_REPORTED = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") AS found
FROM {batch}
WHERE mark = 'zero' AND unit IN ('household', 'person') AND units_reported = 0 AND units_expected > 0
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
    SELECT measure, period, selection, standard_id, level, era, group_by, "group", sum(numerator) AS value
    FROM {batch}
    WHERE unit IN ('household', 'person') AND level <> 'province'
    GROUP BY ALL
),
province AS (
    SELECT measure, period, selection, standard_id, group_by, "group", max(numerator) AS value
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

SUPPRESSED_IS_EMPTY = """
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', measure, period, level, era, unit_code, "group") AS found
FROM {batch}
WHERE mark = 'suppressed' AND (value IS NOT NULL OR numerator IS NOT NULL)
"""


_CHECKS = (
    fault(
        "results.figure_unique",
        "Mỗi chỉ tiêu có một giá trị cho mỗi kỳ, đơn vị và nhóm",
        "One figure for each measure, period, unit and group",
        "không có hai dòng cùng khóa",
        _FIGURE_UNIQUE,
    ),
    fault(
        "results.measure_named",
        "Mỗi giá trị thuộc một chỉ tiêu có tên",
        "Every figure belongs to a named measure",
        "có tên chỉ tiêu",
        ExpectColumnValuesToNotBeNull(column="measure"),
    ),
    fault(
        "results.unit_allowed",
        "Đơn vị tính thuộc danh mục",
        "The unit of every figure is an allowed one",
        "household, person, pct, points, indicator hoặc share",
        ExpectColumnValuesToBeInSet(
            column="unit",
            value_set=["household", "person", "model", "pct", "points", "indicator", "share"],
        ),
    ),
    fault(
        "results.mark_allowed",
        "Ký hiệu của giá trị thuộc danh mục",
        "The mark of every figure is an allowed one",
        "ok, zero, suppressed, no_case, no_data hoặc not_attributable",
        ExpectColumnValuesToBeInSet(
            column="mark",
            value_set=["ok", "zero", "suppressed", "no_case", "no_data", "not_attributable"],
        ),
    ),
    fault(
        "results.mark_fits_value",
        "Ký hiệu phù hợp với giá trị: không có số liệu thì không có số",
        "The mark fits the value: no data, no number",
        "giá trị chỉ có khi có số liệu; bằng 0 thì ký hiệu là zero",
        MARK_FITS_VALUE,
    ),
    fault(
        "results.rates_in_range",
        "Tỷ lệ nằm trong khoảng 0 đến 100 %",
        "Rates lie between 0 and 100 %",
        "0 đến 100 %",
        _RATES_IN_RANGE,
    ),
    fault(
        "results.counts_whole",
        "Số hộ, số khẩu là số nguyên không âm",
        "Counts are whole and not negative",
        "số nguyên từ 0 trở lên",
        _COUNTS_WHOLE,
    ),
    fault(
        "results.numerator_within_denominator",
        "Tử số không vượt mẫu số",
        "No numerator exceeds its denominator",
        "tử số ≤ mẫu số",
        _NUMERATOR_WITHIN_DENOMINATOR,
    ),
    fault(
        "results.rate_follows_from_parts",
        "Tỷ lệ bằng tử số chia mẫu số",
        "A rate is its numerator over its denominator",
        "tử số chia mẫu số, làm tròn",
        _RATE_FOLLOWS_FROM_PARTS,
    ),
    fault(
        "results.coverage_sound",
        "Số xã đã báo cáo không vượt số xã phải báo cáo",
        "Units reported do not exceed units expected",
        "số xã đã báo cáo ≤ số xã phải báo cáo",
        _COVERAGE_SOUND,
    ),
    Check(
        check_id="results.zero_is_reported",
        level="warning",
        title_vi="Số 0 chỉ có khi có ít nhất một xã đã báo cáo đủ",
        title_en="A zero stands only where at least one commune has reported",
        expected_vi="có xã đã báo cáo; chưa báo cáo không phải là 0",
        todo_vi="Xem số xã đã báo cáo cạnh giá trị trước khi dùng số 0 này.",
        kind="warning",
        rule=_ZERO_IS_REPORTED,
    ),
    fault(
        "results.units_exist",
        "Đơn vị của mỗi giá trị có trong danh mục",
        "The unit of every figure exists",
        "đơn vị có trong danh mục của thời kỳ",
        _UNITS_EXIST,
    ),
    fault(
        "results.levels_add_up",
        "Tổng các xã, các huyện và phần không phân bổ bằng số toàn tỉnh",
        "Communes, or districts, and what is not attributable sum to the province",
        "tổng bằng số toàn tỉnh",
        _LEVELS_ADD_UP,
    ),
    fault(
        "results.groups_within_whole",
        "Tổng các nhóm không vượt tổng chung",
        "Groups do not exceed the whole",
        "tổng các nhóm ≤ tổng chung",
        _GROUPS_WITHIN_WHOLE,
    ),
    fault(
        "results.suppressed_is_empty",
        "Giá trị đã che không mang theo số",
        "What is suppressed carries no number",
        "không có giá trị, không có tử số",
        SUPPRESSED_IS_EMPTY,
    ),
)

SUITES = (
    Suite("results", None, "result__estimate", _CHECKS),
    flow_results_suite.SUITE,
    analysis_results_suite.SUITE,
    model_results_suite.SUITE,
)
