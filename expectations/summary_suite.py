"""What must hold for official form 1: one row a commune, the denominators of all rates."""

from expectations.check import Check, Suite
from expectations.place_and_time import place_and_time

_NEEDED = """
SELECT submission_id, sheet, "row",
    number_in_words(resident_household_count) || ' hộ dân cư, ' || number_in_words(poor_household_count)
        || ' hộ nghèo, ' || number_in_words(near_poor_household_count) || ' hộ cận nghèo' AS found
FROM {batch}
WHERE resident_household_count IS NULL OR poor_household_count IS NULL OR near_poor_household_count IS NULL
    OR resident_household_count = 0
"""

_NOT_NEGATIVE = """
SELECT submission_id, sheet, "row",
    'nhỏ nhất ' || least(resident_household_count, resident_person_count, poor_household_count,
        near_poor_household_count, average_living_household_count, poor_person_count,
        near_poor_person_count, average_living_person_count) AS found
FROM {batch}
WHERE least(resident_household_count, resident_person_count, poor_household_count,
    near_poor_household_count, average_living_household_count, poor_person_count,
    near_poor_person_count, average_living_person_count) < 0
"""

# Classes exclude each other; a missing class leaves the others to be compared alone.
_CLASSES_WITHIN_RESIDENTS = """
SELECT submission_id, sheet, "row",
    'nghèo + cận nghèo + mức sống trung bình: '
        || list_sum([poor_household_count, near_poor_household_count, average_living_household_count])
        || '/' || number_in_words(resident_household_count) || ' hộ, '
        || number_in_words(list_sum([poor_person_count, near_poor_person_count, average_living_person_count]))
        || '/' || number_in_words(resident_person_count) || ' khẩu' AS found
FROM {batch}
WHERE list_sum([poor_household_count, near_poor_household_count, average_living_household_count])
        > resident_household_count
    OR list_sum([poor_person_count, near_poor_person_count, average_living_person_count])
        > resident_person_count
"""

_HOUSEHOLDS_WITHIN_PERSONS = """
SELECT submission_id, sheet, "row",
    'dân cư ' || number_in_words(resident_household_count) || ' hộ ' || number_in_words(resident_person_count)
        || ' khẩu; nghèo ' || number_in_words(poor_household_count) || ' hộ ' || number_in_words(poor_person_count)
        || ' khẩu; cận nghèo ' || number_in_words(near_poor_household_count) || ' hộ '
        || number_in_words(near_poor_person_count) || ' khẩu; mức sống trung bình '
        || number_in_words(average_living_household_count) || ' hộ '
        || number_in_words(average_living_person_count) || ' khẩu' AS found
FROM {batch}
WHERE resident_household_count > resident_person_count
    OR poor_household_count > poor_person_count
    OR near_poor_household_count > near_poor_person_count
    OR average_living_household_count > average_living_person_count
    OR (poor_household_count = 0 AND poor_person_count > 0)
    OR (near_poor_household_count = 0 AND near_poor_person_count > 0)
    OR (average_living_household_count = 0 AND average_living_person_count > 0)
"""

_PERSONS_PER_HOUSEHOLD = """
SELECT submission_id, sheet, "row",
    number_in_words(round(resident_person_count / resident_household_count, 2)) || ' khẩu một hộ' AS found
FROM {batch}
WHERE resident_person_count > 8 * resident_household_count
"""

_ONE_ROW_A_COMMUNE = """
SELECT submission_id, max(sheet) AS sheet, max("row") AS "row",
    count(*) || ' dòng cho mã ' || unit_code AS found
FROM {batch}
GROUP BY submission_id, era, unit_code, period, status, standard_id
HAVING count(*) > 1
"""

_LISTS_AS_TOTALS = """
SELECT f.submission_id, f.sheet, f."row",
    'biểu 1 ghi ' || number_in_words(f.poor_household_count) || ' hộ nghèo, '
        || number_in_words(f.near_poor_household_count) || ' hộ cận nghèo; danh sách có '
        || l.poor_households || ' và ' || l.near_poor_households AS found
FROM {batch} AS f
JOIN list_total AS l
    ON l.era = f.era AND l.unit_code = f.unit_code AND l.period = f.period
    AND l.status = f.status AND l.standard_id = f.standard_id
WHERE f.is_current AND (
    l.poor_households <> f.poor_household_count
    OR l.near_poor_households <> f.near_poor_household_count
)
"""

_PERSONS_AS_LISTS = """
SELECT f.submission_id, f.sheet, f."row",
    'biểu 1 ghi ' || number_in_words(f.poor_person_count) || ' khẩu nghèo, '
        || number_in_words(f.near_poor_person_count) || ' khẩu cận nghèo; danh sách có '
        || number_in_words(l.poor_persons) || ' và ' || number_in_words(l.near_poor_persons) AS found
FROM {batch} AS f
JOIN list_total AS l
    ON l.era = f.era AND l.unit_code = f.unit_code AND l.period = f.period
    AND l.status = f.status AND l.standard_id = f.standard_id
WHERE f.is_current AND (
    l.poor_persons <> f.poor_person_count OR l.near_poor_persons <> f.near_poor_person_count
)
"""

# A form 1 of a district or the province must name every commune in force under it.
_COMMUNES_COMPLETE = """
WITH sent AS (SELECT DISTINCT submission_id, era, unit_code, period FROM {batch}),
parents AS (
    SELECT DISTINCT s.submission_id, s.period, u.parent_era, u.parent_code
    FROM sent AS s
    JOIN quality__submission AS q ON q.submission_id = s.submission_id
    JOIN dim__unit AS u ON u.era = s.era AND u.code = s.unit_code AND u.level = 'commune'
        AND u.parent_era = q.era AND u.parent_code = q.unit_code
)
SELECT p.submission_id, NULL AS sheet, NULL AS "row",
    'thiếu ' || count(*) || ' đơn vị: ' || string_agg(u.name, ', ' ORDER BY u.code) AS found
FROM parents AS p
JOIN dim__unit AS u ON u.parent_era = p.parent_era AND u.parent_code = p.parent_code AND u.level = 'commune'
    AND coalesce(u.valid_from, DATE '0001-01-01') <= last_day_of(p.period)
    AND coalesce(u.valid_to, DATE '9999-12-31') >= last_day_of(p.period)
ANTI JOIN sent AS s ON s.submission_id = p.submission_id AND s.era = u.era AND s.unit_code = u.code
GROUP BY p.submission_id
"""

_CHECKS = (
    Check(
        check_id="summary.needed_counts",
        level="blocking",
        title_vi="Mỗi xã có đủ số hộ dân cư, hộ nghèo và hộ cận nghèo",
        title_en="Every commune has resident, poor and near-poor households",
        expected_vi="số hộ dân cư lớn hơn 0; số hộ nghèo, cận nghèo không để trống (không có thì ghi 0)",
        todo_vi="Điền đủ cột 1, 3 và 5 của biểu 1 rồi nộp lại.",
        column_vi="Cột 1, 3, 5",
        rule=_NEEDED,
    ),
    Check(
        check_id="summary.not_negative",
        level="blocking",
        title_vi="Không có số âm",
        title_en="No count is negative",
        expected_vi="số nguyên từ 0 trở lên",
        todo_vi="Sửa số âm rồi nộp lại.",
        rule=_NOT_NEGATIVE,
    ),
    Check(
        check_id="summary.classes_within_residents",
        level="blocking",
        title_vi="Hộ nghèo, cận nghèo, mức sống trung bình nằm trong tổng số hộ và khẩu dân cư",
        title_en="Poor, near-poor and average-living households lie within the residents",
        expected_vi="tổng các loại hộ không vượt số hộ dân cư; tổng số khẩu không vượt số khẩu dân cư",
        todo_vi="Kiểm tra cột 1 đến 13 của xã; thường là nhầm dòng hoặc nhầm cột.",
        column_vi="Cột 1 đến 13",
        rule=_CLASSES_WITHIN_RESIDENTS,
    ),
    Check(
        check_id="summary.households_within_persons",
        level="blocking",
        title_vi="Số hộ không lớn hơn số khẩu, và không có khẩu mà không có hộ",
        title_en="No more households than persons, and no persons without households",
        expected_vi="mỗi hộ có ít nhất một nhân khẩu",
        todo_vi="Kiểm tra có đổi chỗ cột về hộ và cột về khẩu không, sửa rồi nộp lại.",
        column_vi="Cột 1, 2, 3, 5, 7, 9, 11, 13",
        rule=_HOUSEHOLDS_WITHIN_PERSONS,
    ),
    Check(
        check_id="summary.one_row_a_commune",
        level="blocking",
        title_vi="Mỗi xã chỉ có một dòng",
        title_en="One row a commune",
        expected_vi="một dòng cho mỗi xã",
        todo_vi="Xóa dòng trùng hoặc sửa tên xã viết nhầm rồi nộp lại.",
        column_vi="Đơn vị",
        rule=_ONE_ROW_A_COMMUNE,
    ),
    Check(
        check_id="summary.persons_per_household",
        level="warning",
        title_vi="Bình quân không quá 8 khẩu một hộ dân cư",
        title_en="No more than eight persons a resident household",
        expected_vi="không quá 8 khẩu một hộ",
        todo_vi="Kiểm tra cột 1 và cột 2 của xã.",
        column_vi="Cột 1, 2",
        rule=_PERSONS_PER_HOUSEHOLD,
    ),
    Check(
        check_id="summary.totals_as_lists",
        level="warning",
        title_vi="Số hộ nghèo, cận nghèo của xã bằng danh sách xã gửi cùng kỳ",
        title_en="Household counts equal the commune's list",
        expected_vi="bằng số hộ trên danh sách của xã cùng kỳ, cùng trạng thái",
        todo_vi="Đối chiếu biểu 1 với danh sách; bên nào sai thì nộp lại bên đó.",
        column_vi="Cột 3, 5",
        rule=_LISTS_AS_TOTALS,
    ),
    Check(
        check_id="summary.persons_as_lists",
        level="warning",
        title_vi="Số khẩu nghèo, cận nghèo của xã bằng tổng nhân khẩu trên danh sách",
        title_en="Person counts equal the members on the commune's list",
        expected_vi="bằng tổng số nhân khẩu của các hộ trên danh sách cùng kỳ",
        todo_vi="Đối chiếu cột 9, 11 với số nhân khẩu trên danh sách.",
        column_vi="Cột 9, 11",
        rule=_PERSONS_AS_LISTS,
    ),
    Check(
        check_id="summary.communes_complete",
        level="warning",
        title_vi="Biểu 1 của cấp trên có đủ các xã trực thuộc",
        title_en="Form 1 of a parent unit names all its communes",
        expected_vi="đủ các xã, phường, thị trấn trực thuộc còn hiệu lực tại kỳ báo cáo",
        todo_vi="Bổ sung xã còn thiếu vào biểu 1 hoặc để xã nộp biểu 1 riêng.",
        column_vi="Đơn vị",
        rule=_COMMUNES_COMPLETE,
    ),
)

SUITES = (
    place_and_time("summary"),
    Suite("summary", "summary", "form_1_row", _CHECKS),
)
