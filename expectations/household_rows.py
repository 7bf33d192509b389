"""Checks on household rows, shared by the review list and the system export."""

from expectations.check import Check

_CLASS = """
SELECT submission_id, sheet, "row", coalesce(class_code, '(trống)') AS found
FROM {batch}
WHERE class_code IS NULL OR class_code NOT IN ('poor', 'near_poor', 'none')
"""

_CODED_VALUES = """
SELECT submission_id, sheet, "row",
    concat_ws(', ', class_before_code, area_type, review_kind, head_sex, head_age_band, head_ethnicity) AS found
FROM {batch}
WHERE class_before_code NOT IN ('poor', 'near_poor', 'none')
    OR area_type IS NULL OR area_type NOT IN ('rural', 'urban')
    OR review_kind NOT IN ('periodic', 'in_year')
    OR head_sex NOT IN ('male', 'female')
    OR head_age_band NOT IN ('under_30', '30_59', '60_79', '80_plus')
    OR head_ethnicity NOT IN ('kinh', 'minority')
"""

_SCORES = """
SELECT submission_id, sheet, "row",
    'B1 = ' || number_in_words(b1_points) || ', B2 = ' || number_in_words(b2_points) AS found
FROM {batch}
WHERE b1_points < 0 OR b2_points < 0 OR b2_points > 120 OR b2_points % 10 <> 0
"""

_MEMBER_COUNT = """
SELECT submission_id, sheet, "row", number_in_words(member_count) || ' nhân khẩu' AS found
FROM {batch}
WHERE member_count < 1 OR member_count > 20
"""

_CLASS_FOLLOWS_SCORES = """
SELECT submission_id, sheet, "row",
    class_in_words(class_code) || ' (B1 = ' || number_in_words(b1_points)
        || ', B2 = ' || number_in_words(coalesce(b2_points, marked_points))
        || ', ' || CASE area_type WHEN 'urban' THEN 'thành thị' ELSE 'nông thôn' END
        || '; theo điểm là ' || class_in_words(expected_class_code) || ')' AS found,
    asked."row" IS NOT NULL AS is_asked_by_reader
FROM {batch}
LEFT JOIN (
    SELECT DISTINCT submission_id, sheet, "row" FROM quality__reason
    WHERE told_by = 'reader' AND kind = 'question' AND contains(found, ', B1 = ')
) AS asked USING (submission_id, sheet, "row")
WHERE class_code <> expected_class_code
"""

_TOTALS_AS_FORM_1 = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    'danh sách ' || r.poor_households || ' hộ nghèo, ' || r.near_poor_households
        || ' hộ cận nghèo; biểu 1 ghi ' || number_in_words(f.poor_household_count) || ' và '
        || number_in_words(f.near_poor_household_count) AS found
FROM list_total AS r
SEMI JOIN (SELECT DISTINCT submission_id FROM {batch}) AS b ON b.submission_id = r.submission_id
JOIN form_1_row AS f
    ON f.is_current AND f.era = r.era AND f.unit_code = r.unit_code AND f.period = r.period
    AND f.status = r.status AND f.standard_id = r.standard_id
WHERE r.poor_households <> f.poor_household_count
    OR r.near_poor_households <> f.near_poor_household_count
"""


def household_rows(form: str) -> tuple[Check, ...]:
    """The checks for ``form``, review_list or export."""
    return (
        Check(
            check_id=f"{form}.class_allowed",
            level="blocking",
            title_vi="Mỗi hộ có kết luận phân loại",
            title_en="Every household has a class",
            expected_vi="hộ nghèo, hộ cận nghèo hoặc hộ không nghèo",
            todo_vi="Điền kết luận rà soát của hộ rồi nộp lại tệp.",
            column_vi="Kết luận rà soát",
            rule=_CLASS,
        ),
        Check(
            check_id=f"{form}.coded_values",
            level="blocking",
            title_vi="Các cột có danh mục chỉ chứa giá trị trong danh mục",
            title_en="Coded columns hold allowed values only",
            expected_vi="giá trị trong danh mục của cột; khu vực không được trống",
            todo_vi="Báo bộ phận vận hành: dòng này được đọc ra giá trị ngoài danh mục.",
            rule=_CODED_VALUES,
        ),
        Check(
            check_id=f"{form}.score_ranges",
            level="blocking",
            title_vi="Điểm B1 không âm, điểm B2 là bội số của 10 từ 0 đến 120",
            title_en="B1 is not negative, B2 is a multiple of 10 from 0 to 120",
            expected_vi="B1 ≥ 0; B2 là bội số của 10 từ 0 đến 120",
            todo_vi="Sửa điểm theo Phiếu B rồi nộp lại tệp.",
            column_vi="Điểm B1, điểm B2",
            rule=_SCORES,
        ),
        Check(
            check_id=f"{form}.member_count_range",
            level="warning",
            title_vi="Số nhân khẩu của hộ từ 1 đến 20",
            title_en="Household size between 1 and 20",
            expected_vi="từ 1 đến 20 nhân khẩu",
            todo_vi="Kiểm tra số nhân khẩu với sổ cư trú; nếu đúng thì không cần sửa.",
            column_vi="Số nhân khẩu",
            rule=_MEMBER_COUNT,
        ),
        Check(
            check_id=f"{form}.class_follows_scores",
            level="warning",
            title_vi="Phân loại phù hợp với B1, B2 và khu vực theo chuẩn nghèo đang áp dụng",
            title_en="The class follows from B1, B2 and area under the standard in force",
            expected_vi="phân loại theo điểm B1, B2 và khu vực; số liệu giữ nguyên kết luận của xã",
            todo_vi="Đối chiếu Phiếu B và biên bản họp thôn; "
            "nếu kết luận sai thì sửa và nộp lại, nếu đúng thì kiểm tra lại điểm.",
            column_vi="Kết luận rà soát",
            rule=_CLASS_FOLLOWS_SCORES,
        ),
        Check(
            check_id=f"{form}.totals_as_form_1",
            level="warning",
            title_vi="Số hộ nghèo, cận nghèo trên danh sách bằng biểu 1 cùng kỳ",
            title_en="Household totals of the list equal form 1",
            expected_vi="bằng số hộ của xã trên biểu 1 cùng kỳ, cùng trạng thái",
            todo_vi="Đối chiếu danh sách với biểu 1; bên nào sai thì nộp lại bên đó.",
            column_vi="Số hộ nghèo, số hộ cận nghèo",
            rule=_TOTALS_AS_FORM_1,
        ),
    )
