"""What must hold for support by household and for audit samples."""

from expectations.check import Check, Suite

_NOT_NEGATIVE = """
SELECT submission_id, sheet, "row", number_in_words(amount_vnd) AS found
FROM {batch}
WHERE amount_vnd < 0
"""

_IN_THE_YEAR = """
SELECT submission_id, sheet, "row", strftime(support_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE year(support_date) <> year(last_day_of(period))
"""

# The class on the list that closed the same year. A year with two standards has two such lists: one that has the
# class is enough.
_CLASS_AGREES = """
SELECT r.submission_id, r.sheet, r."row",
    class_in_words(r.household_class) || '; danh sách rà soát: '
        || string_agg(DISTINCT class_in_words(h.class_code), ', ') AS found
FROM {batch} AS r
JOIN closing_household AS h USING (household_id, period)
WHERE h.class_code IN ('poor', 'near_poor')
GROUP BY r.submission_id, r.sheet, r."row", r.household_class
HAVING bool_and(r.household_class <> h.class_code)
"""

_WEIGHT_POSITIVE = """
SELECT submission_id, sheet, "row", number_in_words(weight) AS found
FROM {batch}
WHERE weight <= 0
"""

_WEIGHTS_ALL_OR_NONE = """
SELECT r.submission_id, r.sheet, r."row", '(trống)' AS found
FROM {batch} AS r
SEMI JOIN (SELECT submission_id FROM audited_household GROUP BY submission_id HAVING count(weight) > 0) AS w
    ON w.submission_id = r.submission_id
WHERE r.weight IS NULL
"""

_CLUSTERS_ALL_OR_NONE = """
SELECT r.submission_id, r.sheet, r."row", '(trống)' AS found
FROM {batch} AS r
SEMI JOIN (SELECT submission_id FROM audited_household GROUP BY submission_id HAVING count("cluster") > 0) AS c
    ON c.submission_id = r.submission_id
WHERE r."cluster" IS NULL
"""

# The newest file speaks for a commune and year: another agency's audit of it would lose these households.
_ONE_AGENCY = """
SELECT DISTINCT r.submission_id, NULL AS sheet, NULL AS "row",
    coalesce(u.name, r.unit_code) || ': ' || coalesce(o.agency_name, '(không ghi cơ quan)') AS found
FROM {batch} AS r
JOIN audited_household AS o USING (era, unit_code, period, status)
LEFT JOIN dim__unit AS u ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
WHERE o.submission_id <> r.submission_id
    AND lower(o.agency_name) IS DISTINCT FROM lower(r.agency_name)
"""

_SUPPORT = (
    Check(
        check_id="household_support.not_negative",
        level="blocking",
        title_vi="Số tiền hỗ trợ không âm",
        title_en="Amounts of support are not negative",
        expected_vi="số từ 0 trở lên",
        todo_vi="Sửa số tiền rồi nộp lại tệp.",
        column_vi="Số tiền hoặc giá trị",
        rule=_NOT_NEGATIVE,
    ),
    Check(
        check_id="household_support.in_the_year",
        level="warning",
        title_vi="Ngày hỗ trợ nằm trong năm của danh sách",
        title_en="The day of support lies in the year of the list",
        expected_vi="ngày trong năm của danh sách",
        todo_vi="Kiểm tra ngày; hỗ trợ của năm khác ghi vào danh sách của năm đó.",
        column_vi="Ngày hỗ trợ",
        rule=_IN_THE_YEAR,
    ),
    Check(
        check_id="household_support.class_agrees",
        level="warning",
        title_vi="Diện hộ khớp với danh sách rà soát cùng năm",
        title_en="The household's class is that of the review list of the year",
        expected_vi="cùng phân loại với danh sách rà soát",
        todo_vi="Kiểm tra diện hộ; phân loại đã được công nhận mới được tính.",
        column_vi="Diện hộ",
        rule=_CLASS_AGREES,
    ),
)

_AUDIT = (
    Check(
        check_id="audit_sample.weight_positive",
        level="blocking",
        title_vi="Quyền số mẫu lớn hơn 0",
        title_en="Weights of the sample are positive",
        expected_vi="số lớn hơn 0",
        todo_vi="Sửa quyền số rồi nộp lại tệp.",
        column_vi="Quyền số mẫu",
        rule=_WEIGHT_POSITIVE,
    ),
    Check(
        check_id="audit_sample.weights_complete",
        level="blocking",
        title_vi="Quyền số ghi cho mọi hộ của mẫu hoặc không ghi cho hộ nào",
        title_en="Weights stand in every row of the sample or in none",
        expected_vi="quyền số ở mọi dòng",
        todo_vi="Ghi quyền số cho các dòng còn trống rồi nộp lại tệp.",
        column_vi="Quyền số mẫu",
        rule=_WEIGHTS_ALL_OR_NONE,
    ),
    Check(
        check_id="audit_sample.clusters_complete",
        level="warning",
        title_vi="Chùm ghi cho mọi hộ của mẫu hoặc không ghi cho hộ nào",
        title_en="Clusters stand in every row of the sample or in none",
        expected_vi="chùm ở mọi dòng",
        todo_vi="Ghi chùm cho các dòng còn trống; chưa đủ thì không ước lượng được khoảng tin cậy.",
        column_vi="Chùm chọn mẫu",
        rule=_CLUSTERS_ALL_OR_NONE,
    ),
    Check(
        check_id="audit_sample.one_agency",
        level="warning",
        title_vi="Mỗi xã, mỗi năm chỉ một tệp phúc tra",
        title_en="One file of audits speaks for a commune and year",
        expected_vi="hai cuộc phúc tra cùng một xã nằm trong một tệp",
        todo_vi="Chỉ tệp nộp sau được tính cho xã này, mẫu của cơ quan kia bị thiếu: gộp cả hai cuộc vào một tệp "
        "(cột cơ quan phúc tra phân biệt) rồi nộp lại.",
        column_vi="Cơ quan phúc tra",
        rule=_ONE_AGENCY,
    ),
)

SUITES = (
    Suite("household_support", "household_support", "household_support", _SUPPORT),
    Suite("audit_sample", "audit_sample", "audited_household", _AUDIT),
)
