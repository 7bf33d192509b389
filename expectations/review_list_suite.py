"""What must hold for a review list: one row a household."""

from expectations.check import Check, Suite
from expectations.household_rows import household_rows
from expectations.place_and_time import place_and_time

_B2_AS_MARKS = """
SELECT submission_id, sheet, "row",
    'B2 = ' || b2_points || ', đánh dấu ' || marked_points // 10 || ' chỉ số thiếu hụt' AS found
FROM {batch}
WHERE b2_points <> marked_points
"""

_AREA_AS_UNIT = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    count(*) || ' hộ ghi ' || CASE r.area_type WHEN 'urban' THEN 'thành thị' ELSE 'nông thôn' END
        || ' tại ' || u.name AS found
FROM {batch} AS r
JOIN dim__unit AS u
    ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
WHERE r.area_type <> u.area_type
GROUP BY r.submission_id, r.area_type, u.name
"""

_REVIEWED_IN_ITS_YEAR = """
SELECT submission_id, sheet, "row", strftime(review_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE review_date > last_day_of(period)
    OR year(review_date) < year(last_day_of(period))
"""

_DECIDED_AFTER_REVIEW = """
SELECT submission_id, sheet, "row",
    'quyết định ngày ' || strftime(decision_date, '%d/%m/%Y')
        || ', rà soát ngày ' || strftime(review_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE decision_date < review_date
"""

# Last year's lists of all communes that make up this one. Where the list already takes in-year
# decisions into account, its opening is last year's closing plus their balance: both are right.
_OPENING_AS_LAST_CLOSING = """
WITH this_year AS (
    SELECT t.*, CAST(CAST(t.period AS INTEGER) - 1 AS VARCHAR) AS last_period
    FROM list_total AS t
    SEMI JOIN (SELECT DISTINCT submission_id FROM {batch}) AS b ON b.submission_id = t.submission_id
    WHERE t.source_form = 'review_list' AND t.classes_before > 0 AND length(t.period) = 4
),
carried_over AS (
    SELECT from_era, from_code, to_era, to_code FROM dim__placement WHERE level = 'commune'
    UNION
    SELECT era, code, era, code FROM dim__unit WHERE level = 'commune'
),
origins AS (
    SELECT o.to_era, o.to_code, u.era, u.code, u.valid_from, u.valid_to
    FROM carried_over AS o JOIN dim__unit AS u ON u.era = o.from_era AND u.code = o.from_code
    WHERE u.level = 'commune'
),
last_year AS (
    SELECT t.submission_id, t.era, t.unit_code, count(*) AS expected_lists, count(c.unit_code) AS lists,
        sum(c.poor_households) AS poor, sum(c.near_poor_households) AS near_poor
    FROM this_year AS t
    JOIN origins AS o ON o.to_era = t.era AND o.to_code = t.unit_code
        AND coalesce(o.valid_from, DATE '0001-01-01') <= last_day_of(t.last_period)
        AND coalesce(o.valid_to, DATE '9999-12-31') >= last_day_of(t.last_period)
    LEFT JOIN closing AS c ON c.era = o.era AND c.unit_code = o.code AND c.period = t.last_period
        AND c.standard_id = t.standard_id
    GROUP BY ALL
),
decided AS (
    SELECT t.submission_id, t.era, t.unit_code,
        count(*) FILTER (d.class_code = 'poor') - count(*) FILTER (d.class_before_code = 'poor') AS poor,
        count(*) FILTER (d.class_code = 'near_poor')
            - count(*) FILTER (d.class_before_code = 'near_poor') AS near_poor
    FROM this_year AS t
    JOIN carried_over AS o ON o.to_era = t.era AND o.to_code = t.unit_code
    JOIN in_year_change AS d
        ON d.is_current AND d.era = o.from_era AND d.unit_code = o.from_code AND left(d.period, 4) = t.period
        AND d.standard_id = t.standard_id AND d.change_kind = 'changed'
    GROUP BY ALL
)
SELECT t.submission_id, NULL AS sheet, NULL AS "row",
    'đầu kỳ ' || t.poor_before || ' hộ nghèo, ' || t.near_poor_before || ' hộ cận nghèo; cuối kỳ '
        || t.last_period || ' là ' || l.poor || ' và ' || l.near_poor AS found
FROM this_year AS t
JOIN last_year AS l ON l.submission_id = t.submission_id AND l.era = t.era AND l.unit_code = t.unit_code
LEFT JOIN decided AS d ON d.submission_id = t.submission_id AND d.era = t.era AND d.unit_code = t.unit_code
WHERE l.lists = l.expected_lists
    AND (t.poor_before, t.near_poor_before) <> (l.poor, l.near_poor)
    AND (t.poor_before, t.near_poor_before)
        <> (l.poor + coalesce(d.poor, 0), l.near_poor + coalesce(d.near_poor, 0))
"""

_HOUSEHOLD_IN_ONE_COMMUNE = """
WITH current_household AS (
    SELECT * FROM {batch} WHERE is_current AND source_form = 'review_list'
),
repeated AS (
    SELECT household_id, period, status, standard_id
    FROM current_household
    GROUP BY ALL
    HAVING min(unit_code) <> max(unit_code)
)
SELECT h.submission_id, h.sheet, h."row",
    'trùng với hộ của ' || string_agg(DISTINCT coalesce(u.name, o.unit_code), ', ') AS found
FROM current_household AS h
JOIN repeated AS r USING (household_id, period, status, standard_id)
JOIN current_household AS o
    ON o.household_id = h.household_id AND o.period = h.period AND o.status = h.status
    AND o.standard_id = h.standard_id AND o.unit_code <> h.unit_code
LEFT JOIN dim__unit AS u ON u.era = o.era AND u.code = o.unit_code
GROUP BY h.submission_id, h.sheet, h."row"
"""

_CHECKS = (
    Check(
        check_id="review_list.b2_as_marks",
        level="warning",
        title_vi="Điểm B2 bằng 10 lần số chỉ số thiếu hụt được đánh dấu",
        title_en="B2 is ten times the number of deprivation marks",
        expected_vi="10 điểm cho mỗi chỉ số thiếu hụt được đánh dấu",
        todo_vi="Đối chiếu 12 ô đánh dấu với điểm B2 trên Phiếu B, sửa bên sai rồi nộp lại.",
        column_vi="Điểm B2",
        rule=_B2_AS_MARKS,
    ),
    Check(
        check_id="review_list.area_as_unit",
        level="warning",
        title_vi="Khu vực của hộ phù hợp với loại đơn vị hành chính",
        title_en="The area of the household agrees with the type of the unit",
        expected_vi="xã là nông thôn; phường, thị trấn là thành thị",
        todo_vi="Kiểm tra cột khu vực: ngưỡng B1 của nông thôn và thành thị khác nhau.",
        column_vi="Khu vực",
        rule=_AREA_AS_UNIT,
    ),
    Check(
        check_id="review_list.reviewed_in_its_year",
        level="warning",
        title_vi="Ngày rà soát nằm trong năm rà soát",
        title_en="The review date lies in the year of the review",
        expected_vi="ngày trong năm rà soát",
        todo_vi="Kiểm tra ngày rà soát của hộ.",
        column_vi="Ngày rà soát",
        rule=_REVIEWED_IN_ITS_YEAR,
    ),
    Check(
        check_id="review_list.decided_after_review",
        level="warning",
        title_vi="Quyết định công nhận không ký trước ngày rà soát",
        title_en="The decision is not dated before the review",
        expected_vi="ngày quyết định từ ngày rà soát trở đi",
        todo_vi="Kiểm tra ngày quyết định và ngày rà soát của hộ.",
        column_vi="Ngày quyết định",
        rule=_DECIDED_AFTER_REVIEW,
    ),
    Check(
        check_id="review_list.opening_as_last_closing",
        level="warning",
        title_vi="Số đầu kỳ bằng số cuối kỳ năm trước của cùng địa bàn",
        title_en="Opening equals last year's closing of the same area",
        expected_vi="phân loại trước rà soát cộng lại bằng danh sách năm trước, "
        "hoặc bằng danh sách năm trước sau các quyết định trong năm",
        todo_vi="Đối chiếu với danh sách năm trước; giải trình hộ tách, chuyển đi, chuyển đến.",
        column_vi="Phân loại trước rà soát",
        rule=_OPENING_AS_LAST_CLOSING,
    ),
    Check(
        check_id="review_list.household_in_one_commune",
        level="warning",
        title_vi="Một hộ chỉ có trên danh sách của một xã trong cùng kỳ",
        title_en="A household is on the list of one commune only in a period",
        expected_vi="mỗi hộ chỉ do một xã rà soát trong cùng kỳ",
        todo_vi="Hai xã đối chiếu nơi cư trú của hộ; xã không quản lý hộ thì bỏ hộ khỏi danh sách.",
        column_vi="Chủ hộ",
        rule=_HOUSEHOLD_IN_ONE_COMMUNE,
    ),
)

SUITE = Suite(
    name="review_list",
    form="review_list",
    table="review_household",
    checks=(*place_and_time("review_list"), *household_rows("review_list"), *_CHECKS),
)
