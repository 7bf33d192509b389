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

_OPENING_AS_LAST_CLOSING = """
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'đầu kỳ ' || poor_before || ' hộ nghèo, ' || near_poor_before || ' hộ cận nghèo; cuối kỳ '
        || last_period || ' là ' || closing_poor || ' và ' || closing_near_poor
        || CASE WHEN gone > 0 THEN '; ' || gone || ' hộ của năm trước không thấy trên danh sách'
            ELSE '' END AS found
FROM {batch}
WHERE lists = expected_lists
    AND (poor_before, near_poor_before) <> (closing_poor, closing_near_poor)
    AND (poor_before, near_poor_before)
        <> (closing_poor + decided_poor, closing_near_poor + decided_near_poor)
"""

# Who is said to have been poor before stood on last year's list, was recognised since, or moved here. More
# than moves explain cannot be: forms 2 and 3 would open with households that no list has.
_FORMS_2_3_BALANCE = """
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'biểu ' || form || ': đầu kỳ ' || told || ' ' || class || ', danh sách cuối kỳ ' || last_period || ' có '
        || closed || CASE WHEN decided > 0 THEN ' và ' || decided || ' hộ được công nhận trong năm' ELSE '' END
        || ', chênh lệch ' || (told - closed - decided) || ' hộ' AS found
FROM (
    SELECT submission_id, last_period, lists, expected_lists, 2 AS form, 'hộ nghèo' AS class,
        poor_before AS told, closing_poor AS closed, greatest(decided_poor, 0) AS decided
    FROM {batch}
    UNION ALL
    SELECT submission_id, last_period, lists, expected_lists, 3, 'hộ cận nghèo',
        near_poor_before, closing_near_poor, greatest(decided_near_poor, 0)
    FROM {batch}
)
WHERE lists = expected_lists AND told - closed - decided > greatest(10, 0.1 * closed)
"""

_CLASS_BEFORE_AS_KNOWN = """
SELECT submission_id, sheet, "row",
    'trước rà soát ghi ' || class_in_words(class_before_code) || '; danh sách ' || last_period
        || ' là ' || class_in_words(last_class_code) AS found
FROM {batch}
WHERE class_before_code <> last_class_code AND class_before_code <> decided_class_code
"""

_HOUSEHOLD_IN_ONE_COMMUNE = """
SELECT submission_id, sheet, "row", 'trùng với hộ của ' || elsewhere AS found FROM {batch}
"""

_WHOLE_LIST = """
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'tệp chỉ có ' || class_in_words(CASE WHEN has_poor THEN 'poor' ELSE 'near_poor' END)
        || '; tệp số ' || file_before || ' nộp trước có '
        || class_in_words(CASE WHEN has_poor THEN 'near_poor' ELSE 'poor' END)
        || ', quá nửa không có trong tệp này' AS found
FROM {batch}
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
)

_OPENING = Check(
    check_id="review_list.opening_as_last_closing",
    level="warning",
    title_vi="Số đầu kỳ bằng số cuối kỳ năm trước của cùng địa bàn",
    title_en="Opening equals last year's closing of the same area",
    expected_vi="phân loại trước rà soát cộng lại bằng danh sách năm trước, "
    "hoặc bằng danh sách năm trước sau các quyết định trong năm",
    todo_vi="Đối chiếu với danh sách năm trước; giải trình hộ tách, chuyển đi, chuyển đến.",
    column_vi="Phân loại trước rà soát",
    kind="warning",
    rule=_OPENING_AS_LAST_CLOSING,
)

_BALANCE = Check(
    check_id="review_list.forms_2_3_balance",
    level="blocking",
    title_vi="Biểu 2 và biểu 3 cân bằng: số đầu kỳ không vượt danh sách cuối kỳ năm trước",
    title_en="Forms 2 and 3 balance: the opening does not exceed last year's closing list",
    expected_vi="số hộ ghi nghèo, cận nghèo trước rà soát không nhiều hơn danh sách năm trước và số được công nhận "
    "trong năm quá 10 hộ hoặc 10 %",
    todo_vi="Sửa cột phân loại trước rà soát theo danh sách chính thức năm trước rồi nộp lại; nếu đúng, "
    "giải trình và đề nghị miễn trừ.",
    column_vi="Phân loại trước rà soát",
    rule=_FORMS_2_3_BALANCE,
)

_BEFORE = Check(
    check_id="review_list.class_before_as_known",
    level="warning",
    title_vi="Phân loại trước rà soát của hộ bằng phân loại trên danh sách năm trước",
    title_en="The class before is the one on last year's list",
    expected_vi="bằng phân loại năm trước, hoặc theo quyết định trong năm",
    todo_vi="Đối chiếu với danh sách năm trước và các quyết định trong năm của hộ.",
    column_vi="Phân loại trước rà soát",
    rule=_CLASS_BEFORE_AS_KNOWN,
)

_ONE_COMMUNE = Check(
    check_id="review_list.household_in_one_commune",
    level="warning",
    title_vi="Một hộ chỉ có trên danh sách của một xã trong cùng kỳ",
    title_en="A household is on the list of one commune only in a period",
    expected_vi="mỗi hộ chỉ do một xã rà soát trong cùng kỳ",
    todo_vi="Hai xã đối chiếu nơi cư trú của hộ; xã không quản lý hộ thì bỏ hộ khỏi danh sách.",
    column_vi="Chủ hộ",
    rule=_HOUSEHOLD_IN_ONE_COMMUNE,
)

_WHOLE = Check(
    check_id="review_list.whole_list",
    level="warning",
    title_vi="Hộ nghèo và hộ cận nghèo của một xã nằm trong cùng một tệp",
    title_en="Poor and near-poor households of a commune are in one file",
    expected_vi="một danh sách có cả hộ nghèo và hộ cận nghèo: tệp nộp sau thay tệp nộp trước",
    todo_vi="Nếu là hai phần của một danh sách thì gộp vào một tệp (mỗi phần một trang tính cũng được) rồi "
    "nộp lại: hiện chỉ tệp sau được tính.",
    rule=_WHOLE_LIST,
)

SUITES = (
    place_and_time("review_list"),
    Suite(
        "review_list",
        "review_list",
        "review_household",
        (*household_rows("review_list"), *_CHECKS),
    ),
    Suite("review_list.opening", "review_list", "opening", (_OPENING, _BALANCE)),
    Suite("review_list.before", "review_list", "household_before", (_BEFORE,)),
    Suite("review_list.parts", "review_list", "list_in_parts", (_WHOLE,)),
    Suite("review_list.elsewhere", "review_list", "household_elsewhere", (_ONE_COMMUNE,)),
)
