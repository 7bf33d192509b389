"""What must hold for a detailed list (official forms 14 and 15): one row a person."""

from expectations.check import Check, Suite
from expectations.place_and_time import place_and_time

_CLASS = """
SELECT submission_id, sheet, "row", coalesce(class_code, '(trống)') AS found
FROM {batch}
WHERE class_code IS NULL OR class_code NOT IN ('poor', 'near_poor')
"""

_CODED_VALUES = """
SELECT submission_id, sheet, "row", concat_ws(', ', sex, age_band, ethnicity) AS found
FROM {batch}
WHERE sex NOT IN ('male', 'female')
    OR age_band NOT IN ('under_6', '6_15', '16_30', '31_59', '60_plus')
    OR ethnicity NOT IN ('kinh', 'minority')
"""

_NUMBERS = """
SELECT submission_id, sheet, "row",
    'chủ hộ số ' || number_in_words(head_number) || ', thành viên số ' || number_in_words(member_number) AS found
FROM {batch}
WHERE head_number IS NULL OR head_number < 1 OR member_number IS NULL OR member_number < 1
"""

_MEMBERS_NUMBERED_ONCE = """
SELECT submission_id, sheet, max("row") AS "row",
    'hộ số ' || head_number || ': ' || count(*) || ' dòng, ' || count(DISTINCT member_number)
        || ' số thứ tự, lớn nhất ' || max(member_number) AS found
FROM {batch}
WHERE head_number IS NOT NULL AND member_number IS NOT NULL
GROUP BY submission_id, sheet, era, unit_code, head_number
HAVING count(DISTINCT member_number) <> count(*) OR max(member_number) <> count(*)
"""

_ONE_CLASS_A_HOUSEHOLD = """
SELECT submission_id, sheet, max("row") AS "row", 'hộ số ' || head_number AS found
FROM {batch}
GROUP BY submission_id, sheet, era, unit_code, head_number
HAVING count(DISTINCT class_code) > 1
"""

_HOUSEHOLDS_AS_LIST = """
WITH listed AS (
    SELECT submission_id AS list_id, era, unit_code, period, status, standard_id,
        unnest(['poor', 'near_poor']) AS class_code,
        unnest([poor_households, near_poor_households]) AS households,
        unnest([poor_persons, near_poor_persons]) AS persons
    FROM list_total
    WHERE source_form = 'review_list'
)
SELECT p.submission_id, NULL AS sheet, NULL AS "row",
    class_in_words(p.class_code) || ': danh sách chi tiết ' || p.households || ' hộ, ' || p.persons
        || ' khẩu; danh sách rà soát ' || l.households || ' hộ, ' || number_in_words(l.persons) || ' khẩu' AS found
FROM person_total AS p
SEMI JOIN (SELECT DISTINCT submission_id FROM {batch}) AS b ON b.submission_id = p.submission_id
JOIN listed AS l
    ON l.era = p.era AND l.unit_code = p.unit_code AND l.period = p.period AND l.status = p.status
    AND l.standard_id = p.standard_id AND l.class_code = p.class_code
WHERE p.households <> l.households OR p.persons <> l.persons
"""

_TOTALS_AS_FORM_1 = """
WITH form_1 AS (
    SELECT era, unit_code, period, status, standard_id,
        unnest(['poor', 'near_poor']) AS class_code,
        unnest([poor_household_count, near_poor_household_count]) AS households,
        unnest([poor_person_count, near_poor_person_count]) AS persons
    FROM form_1_row
    WHERE is_current
)
SELECT p.submission_id, NULL AS sheet, NULL AS "row",
    class_in_words(p.class_code) || ': danh sách chi tiết ' || p.households || ' hộ, ' || p.persons
        || ' khẩu; biểu 1 ' || number_in_words(f.households) || ' hộ, ' || number_in_words(f.persons)
        || ' khẩu' AS found
FROM person_total AS p
SEMI JOIN (SELECT DISTINCT submission_id FROM {batch}) AS b ON b.submission_id = p.submission_id
JOIN form_1 AS f
    ON f.era = p.era AND f.unit_code = p.unit_code AND f.period = p.period AND f.status = p.status
    AND f.standard_id = p.standard_id AND f.class_code = p.class_code
WHERE p.households <> f.households OR p.persons <> f.persons
"""

# The household's members on the detailed list against the household's own row on the review list.
_MEMBERS_AS_HOUSEHOLD = """
WITH members AS (
    SELECT submission_id, household_id, era, unit_code, period, status, standard_id,
        min_by(sheet, "row") AS sheet, min("row") AS "row", count(*) AS persons,
        bool_or(has_merit) AS has_merit, bool_and(is_without_labour_capacity) AS is_without_labour_capacity
    FROM {batch}
    WHERE is_current AND household_id IS NOT NULL
    GROUP BY ALL
)
SELECT m.submission_id, m.sheet, m."row",
    concat_ws('; ',
        CASE WHEN m.persons <> h.member_count
            THEN m.persons || ' thành viên, danh sách rà soát ghi ' || h.member_count END,
        CASE WHEN m.has_merit <> h.has_member_of_merit
            THEN 'có người có công: ' || CASE WHEN m.has_merit THEN 'có' ELSE 'không' END
                || ', danh sách rà soát ghi ngược lại' END,
        CASE WHEN m.is_without_labour_capacity <> h.is_without_labour_capacity
            THEN 'không có khả năng lao động: ' || CASE WHEN m.is_without_labour_capacity THEN 'đúng' ELSE 'sai' END
                || ', danh sách rà soát ghi ngược lại' END
    ) AS found
FROM members AS m
JOIN household AS h
    ON h.household_id = m.household_id AND h.era = m.era AND h.unit_code = m.unit_code
    AND h.period = m.period AND h.status = m.status AND h.standard_id = m.standard_id
    AND h.source_form = 'review_list' AND h.is_current
WHERE m.persons <> h.member_count OR m.has_merit <> h.has_member_of_merit
    OR m.is_without_labour_capacity <> h.is_without_labour_capacity
"""

_CHECKS = (
    Check(
        check_id="person_list.class_allowed",
        level="blocking",
        title_vi="Danh sách chi tiết là của hộ nghèo hoặc hộ cận nghèo",
        title_en="Every person is on a poor or near-poor list",
        expected_vi="hộ nghèo (biểu 15) hoặc hộ cận nghèo (biểu 14)",
        todo_vi="Ghi rõ loại danh sách ở tiêu đề rồi nộp lại.",
        column_vi="Tiêu đề",
        rule=_CLASS,
    ),
    Check(
        check_id="person_list.coded_values",
        level="blocking",
        title_vi="Các cột có danh mục chỉ chứa giá trị trong danh mục",
        title_en="Coded columns hold allowed values only",
        expected_vi="giá trị trong danh mục của cột",
        todo_vi="Báo bộ phận vận hành: dòng này được đọc ra giá trị ngoài danh mục.",
        rule=_CODED_VALUES,
    ),
    Check(
        check_id="person_list.numbers_present",
        level="warning",
        title_vi="Mỗi dòng có số thứ tự chủ hộ và số thứ tự thành viên",
        title_en="Every row has a head number and a member number",
        expected_vi="hai số thứ tự từ 1 trở lên",
        todo_vi="Điền số thứ tự chủ hộ và thành viên.",
        column_vi="STT chủ hộ, STT thành viên",
        rule=_NUMBERS,
    ),
    Check(
        check_id="person_list.members_numbered_once",
        level="warning",
        title_vi="Thành viên của mỗi hộ được đánh số liền nhau từ 1",
        title_en="Members of a household are numbered from 1 without gaps",
        expected_vi="số thứ tự 1, 2, 3… không trùng, không thiếu",
        todo_vi="Kiểm tra hộ có thiếu hoặc thừa dòng thành viên không.",
        column_vi="STT thành viên",
        rule=_MEMBERS_NUMBERED_ONCE,
    ),
    Check(
        check_id="person_list.one_class_a_household",
        level="warning",
        title_vi="Các thành viên của một hộ cùng một loại hộ",
        title_en="All members of a household carry one class",
        expected_vi="một loại hộ cho mỗi hộ",
        todo_vi="Kiểm tra phân loại của hộ.",
        column_vi="STT chủ hộ",
        rule=_ONE_CLASS_A_HOUSEHOLD,
    ),
    Check(
        check_id="person_list.totals_as_review_list",
        level="warning",
        title_vi="Số hộ, số khẩu trên danh sách chi tiết bằng danh sách rà soát cùng kỳ",
        title_en="Households and persons equal the review list",
        expected_vi="bằng số hộ và số khẩu trên danh sách rà soát của xã cùng kỳ",
        todo_vi="Đối chiếu hai danh sách; bên nào sai thì nộp lại bên đó.",
        rule=_HOUSEHOLDS_AS_LIST,
    ),
    Check(
        check_id="person_list.totals_as_form_1",
        level="warning",
        title_vi="Số hộ, số khẩu trên danh sách chi tiết bằng biểu 1 cùng kỳ",
        title_en="Households and persons equal form 1",
        expected_vi="bằng số hộ và số khẩu của xã trên biểu 1 cùng kỳ, cùng trạng thái",
        todo_vi="Đối chiếu danh sách với biểu 1; bên nào sai thì nộp lại bên đó.",
        rule=_TOTALS_AS_FORM_1,
    ),
    Check(
        check_id="person_list.members_as_household",
        level="warning",
        title_vi="Số thành viên, người có công, khả năng lao động khớp với dòng của hộ",
        title_en="Members, merit and labour capacity agree with the household's row",
        expected_vi="khớp với dòng của hộ trên danh sách rà soát; khi lệch, lấy theo từng thành viên",
        todo_vi="Đối chiếu hộ trên hai danh sách, sửa bên sai rồi nộp lại.",
        column_vi="Chủ hộ",
        kind="warning",
        rule=_MEMBERS_AS_HOUSEHOLD,
    ),
)

SUITES = (
    place_and_time("person_list"),
    Suite("person_list", "person_list", "listed_person", _CHECKS),
)
