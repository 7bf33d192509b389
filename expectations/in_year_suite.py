"""What must hold for in-year decisions: one row a household, or one report of no change."""

from expectations.check import Check, Suite
from expectations.place_and_time import place_and_time

_CODED_VALUES = """
SELECT submission_id, sheet, "row",
    concat_ws(', ', change_kind, class_before_code, class_code, entry_kind, area_type) AS found
FROM {batch}
WHERE change_kind IS NULL OR change_kind NOT IN ('changed', 'no_change')
    OR class_before_code NOT IN ('poor', 'near_poor', 'none')
    OR class_code NOT IN ('poor', 'near_poor', 'none')
    OR entry_kind NOT IN ('new', 'relapse')
    OR area_type NOT IN ('rural', 'urban')
"""

_DECISION_COMPLETE = """
SELECT submission_id, sheet, "row",
    class_in_words(class_before_code) || ' → ' || class_in_words(class_code) || ', ngày '
        || coalesce(strftime(decision_date, '%d/%m/%Y'), '(trống)') AS found
FROM {batch}
WHERE change_kind = 'changed'
    AND (class_code IS NULL OR class_before_code IS NULL OR decision_date IS NULL)
"""

_DECISION_IN_ITS_MONTH = """
SELECT submission_id, sheet, "row", strftime(decision_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE strftime(decision_date, '%Y-%m') <> period
"""

_SOMETHING_CHANGED = """
SELECT submission_id, sheet, "row", class_in_words(class_code) AS found
FROM {batch}
WHERE change_kind = 'changed' AND class_before_code = class_code
"""

_CHANGES_OR_NONE = """
SELECT submission_id, max(sheet) AS sheet, max("row") FILTER (change_kind = 'no_change') AS "row",
    'mã ' || unit_code || ': ' || count(*) FILTER (change_kind = 'changed') || ' quyết định' AS found
FROM {batch}
GROUP BY submission_id, era, unit_code, period
HAVING count(DISTINCT change_kind) > 1
"""

_DECIDED_ONCE = """
SELECT submission_id, max(sheet) AS sheet, max("row") AS "row", count(*) || ' dòng cho một hộ' AS found
FROM {batch}
WHERE household_id IS NOT NULL AND change_kind = 'changed'
GROUP BY submission_id, household_id, decision_date
HAVING count(*) > 1
"""

# The class before is what the household had: by its last in-year decision, else by the list of the
# year before. Older lists say nothing: the household may have changed while it was off the lists.
_CLASS_BEFORE_AS_KNOWN = """
WITH known AS (
    SELECT household_id, standard_id, last_day_of(period) AS since, class_code
    FROM closing_household
    UNION ALL
    SELECT household_id, standard_id, decision_date AS since, class_code
    FROM in_year_change
    WHERE is_current AND household_id IS NOT NULL AND change_kind = 'changed'
),
compared AS (
    SELECT d.submission_id, d.sheet, d."row", d.class_before_code, d.decision_date,
        arg_max(k.class_code, k.since) AS last_class_code, max(k.since) AS since
    FROM {batch} AS d
    JOIN known AS k ON k.household_id = d.household_id AND k.standard_id = d.standard_id
        AND k.since < d.decision_date
        AND k.since >= make_date(year(d.decision_date) - 1, 12, 31)
    WHERE d.change_kind = 'changed'
    GROUP BY ALL
)
SELECT submission_id, sheet, "row",
    'trước quyết định ghi ' || class_in_words(class_before_code) || '; từ '
        || strftime(since, '%d/%m/%Y') || ' là ' || class_in_words(last_class_code) AS found
FROM compared
WHERE class_before_code <> last_class_code
"""

_CHECKS = (
    Check(
        check_id="in_year.coded_values",
        level="blocking",
        title_vi="Các cột có danh mục chỉ chứa giá trị trong danh mục",
        title_en="Coded columns hold allowed values only",
        expected_vi="giá trị trong danh mục của cột",
        todo_vi="Báo bộ phận vận hành: dòng này được đọc ra giá trị ngoài danh mục.",
        rule=_CODED_VALUES,
    ),
    Check(
        check_id="in_year.decision_complete",
        level="blocking",
        title_vi="Mỗi quyết định có phân loại trước, phân loại sau và ngày quyết định",
        title_en="Every decision has the class before, the class after and its date",
        expected_vi="đủ phân loại trước, phân loại sau và ngày quyết định",
        todo_vi="Điền đủ theo quyết định công nhận rồi nộp lại; thiếu ngày thì không biết tính từ khi nào.",
        column_vi="Phân loại, ngày quyết định",
        rule=_DECISION_COMPLETE,
    ),
    Check(
        check_id="in_year.decision_in_its_month",
        level="warning",
        title_vi="Ngày quyết định nằm trong tháng báo cáo",
        title_en="The decision is dated in the month of the report",
        expected_vi="ngày trong tháng báo cáo; số liệu tính theo ngày quyết định",
        todo_vi="Kiểm tra ngày quyết định và tháng báo cáo.",
        column_vi="Ngày quyết định",
        rule=_DECISION_IN_ITS_MONTH,
    ),
    Check(
        check_id="in_year.something_changed",
        level="warning",
        title_vi="Phân loại sau quyết định khác phân loại trước",
        title_en="The class after differs from the class before",
        expected_vi="hai phân loại khác nhau",
        todo_vi="Kiểm tra phân loại trước và sau của hộ.",
        column_vi="Phân loại sau",
        rule=_SOMETHING_CHANGED,
    ),
    Check(
        check_id="in_year.changes_or_none",
        level="warning",
        title_vi="Xã báo không phát sinh thì không có quyết định trong tháng",
        title_en="A report of no change comes without decisions",
        expected_vi="chỉ báo không phát sinh, hoặc chỉ có danh sách quyết định",
        todo_vi="Bỏ dòng “không phát sinh” nếu trong tháng có quyết định.",
        rule=_CHANGES_OR_NONE,
    ),
    Check(
        check_id="in_year.decided_once",
        level="warning",
        title_vi="Mỗi hộ chỉ có một quyết định trong một ngày",
        title_en="One decision a household and day",
        expected_vi="một dòng cho mỗi hộ và ngày quyết định",
        todo_vi="Xóa dòng trùng; nếu là hai hộ khác nhau thì kiểm tra số định danh.",
        column_vi="Chủ hộ",
        rule=_DECIDED_ONCE,
    ),
    Check(
        check_id="in_year.class_before_as_known",
        level="warning",
        title_vi="Phân loại trước quyết định bằng phân loại đang có của hộ",
        title_en="The class before is the one the household had",
        expected_vi="bằng phân loại theo quyết định gần nhất, hoặc theo danh sách rà soát gần nhất",
        todo_vi="Đối chiếu với danh sách và các quyết định trước của hộ.",
        column_vi="Phân loại trước",
        rule=_CLASS_BEFORE_AS_KNOWN,
    ),
)

SUITES = (
    place_and_time("in_year"),
    Suite("in_year", "in_year", "in_year_change", _CHECKS),
)
