"""Gate 2: what must hold for what became of the households between two reviews."""

from expectations.check import Check, Suite

# Forms 2 and 3: what the households of the opening list became, plus nothing, is the opening list.
_FLOWS_BALANCE = """
WITH moved AS (
    SELECT period, standard_id, level, era, unit_code, class_from, sum(household_count) AS told
    FROM {batch}
    WHERE class_from IN ('poor', 'near_poor') AND units_reported = units_expected AND level <> 'district'
    GROUP BY ALL
)
SELECT NULL AS submission_id, NULL AS sheet, NULL AS "row",
    concat_ws(', ', m.class_from, m.period, m.level, m.era, m.unit_code) || ': theo diễn biến ' || m.told
        || ', danh sách đầu kỳ ' || CAST(e.value AS BIGINT) || ', chênh lệch '
        || CAST(m.told - e.value AS BIGINT) AS found
FROM moved AS m
JOIN result__estimate AS e
    ON e.measure = m.class_from || '_household_count' AND e.selection = 'best' AND e.group_by IS NULL
    AND e.period = CAST(CAST(m.period AS INTEGER) - 1 AS VARCHAR) AND e.standard_id = m.standard_id
    AND e.level = m.level AND e.era = m.era AND e.unit_code = m.unit_code
WHERE e.value <> m.told
"""

SUITE = Suite(
    "flows",
    None,
    "result__household_flow",
    (
        Check(
            check_id="results.flows_balance",
            level="warning",
            title_vi="Diễn biến hộ nghèo, cận nghèo cân bằng: đầu kỳ − giảm + tăng = cuối kỳ",
            title_en="Flows of poor and near-poor balance: opening − out + in = closing",
            expected_vi="số hộ đầu kỳ theo diễn biến bằng số hộ của danh sách năm trước",
            todo_vi="Đối chiếu cột phân loại trước rà soát của xã với danh sách chính thức năm trước.",
            kind="warning",
            rule=_FLOWS_BALANCE,
        ),
    ),
)
