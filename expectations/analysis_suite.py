"""What must hold for official forms 4 to 13: parts, sums and rates of a row, and form 1 of the same review.

All ten forms lie in one table, so one suite judges them; which columns are sums, parts and rates is declared in
``reference/official_forms``.
"""

from expectations.check import Check, Suite
from expectations.place_and_time import place_and_time

FORM = "official_forms"

_IN_RANGE = """
SELECT r.submission_id, r.sheet, r."row", c.label_vi AS "column", number_in_words(r.value) AS found
FROM {batch} AS r
JOIN official_column AS c USING (form_number, counted, column_number)
WHERE r.value IS NULL OR r.value < 0 OR (c.is_rate AND r.value > 100)
"""

_ONCE = """
SELECT submission_id, any_value(sheet) AS sheet, max("row") AS "row",
    'biểu ' || form_number || ', cột ' || column_number || ': ' || count(*) || ' lần' AS found
FROM {batch}
GROUP BY submission_id, era, unit_code, period, status, standard_id, form_number, counted, column_number
HAVING count(*) > 1
"""

_SUMS = """
SELECT total.submission_id, total.sheet, total."row", c.label_vi AS "column",
    'ghi ' || number_in_words(total.value) || ', cộng các cột ' || p.first_part || ' đến ' || p.last_part
        || ' được ' || number_in_words(p.added) AS found
FROM (
    SELECT r.submission_id, r.sheet, r."row", form_number, counted, s.column_number,
        sum(r.value) AS added, min(s.part) AS first_part, max(s.part) AS last_part
    FROM {batch} AS r
    JOIN official_sum AS s USING (form_number, counted)
    WHERE r.column_number = s.part
    GROUP BY ALL
    HAVING count(*) = max(s.part_count)
) AS p
JOIN {batch} AS total USING (submission_id, sheet, "row", form_number, counted, column_number)
JOIN official_column AS c USING (form_number, counted, column_number)
WHERE total.value <> p.added
"""

_PART_WITHIN_WHOLE = """
SELECT part.submission_id, part.sheet, part."row", c.label_vi AS "column",
    number_in_words(part.value) || ' lớn hơn ' || number_in_words(whole.value) || ' ở cột ' || c.whole AS found
FROM {batch} AS part
JOIN official_column AS c USING (form_number, counted, column_number)
JOIN {batch} AS whole
    ON whole.submission_id = part.submission_id AND whole.sheet = part.sheet AND whole."row" = part."row"
    AND whole.form_number = part.form_number AND whole.column_number = c.whole
WHERE part.value > whole.value
"""

# Written with one decimal or more.
_RATES = """
SELECT rate.submission_id, rate.sheet, rate."row", c.label_vi AS "column",
    'ghi ' || number_in_words(rate.value) || ' %, ' || number_in_words(part.value) || '/'
        || number_in_words(whole.value) || ' là ' || number_in_words(round(100 * part.value / whole.value, 2))
        || ' %' AS found
FROM {batch} AS rate
JOIN official_column AS c USING (form_number, counted, column_number)
JOIN {batch} AS part
    ON part.submission_id = rate.submission_id AND part.sheet = rate.sheet AND part."row" = rate."row"
    AND part.form_number = rate.form_number AND part.column_number = c.rate_part
JOIN {batch} AS whole
    ON whole.submission_id = rate.submission_id AND whole.sheet = rate.sheet AND whole."row" = rate."row"
    AND whole.form_number = rate.form_number AND whole.column_number = c.rate_whole
WHERE whole.value > 0 AND abs(rate.value - 100 * part.value / whole.value) > 0.0501
"""

_AS_FORM_1 = """
SELECT r.submission_id, r.sheet, r."row", c.label_vi AS "column",
    'ghi ' || number_in_words(r.value) || ', biểu 1 ghi ' || f.said AS found
FROM {batch} AS r
JOIN official_column AS c USING (form_number, counted, column_number)
JOIN (
    SELECT era, unit_code, period, status, standard_id, told.*
    FROM form_1_row, LATERAL (
        VALUES ('resident_household_count', resident_household_count),
            ('resident_person_count', resident_person_count),
            ('poor_household_count', poor_household_count), ('poor_person_count', poor_person_count),
            ('near_poor_household_count', near_poor_household_count),
            ('near_poor_person_count', near_poor_person_count)
    ) AS told (measure, said)
    WHERE is_current
) AS f USING (era, unit_code, period, status, standard_id, measure)
WHERE c.told_by = 'value' AND f.said <> r.value
"""

_CHECKS = (
    Check(
        check_id="official_forms.in_range",
        level="blocking",
        title_vi="Biểu 4 đến 13 không có số âm, tỷ lệ không quá 100 %",
        title_en="No figure of forms 4 to 13 is negative, no rate above 100 %",
        expected_vi="số từ 0 trở lên; tỷ lệ từ 0 đến 100 %",
        todo_vi="Sửa ô này theo biểu gốc rồi nộp lại tệp.",
        rule=_IN_RANGE,
    ),
    Check(
        check_id="official_forms.once",
        level="blocking",
        title_vi="Mỗi đơn vị có một số ở mỗi cột của biểu 4 đến 13",
        title_en="One figure for each unit and column of forms 4 to 13",
        expected_vi="mỗi đơn vị một dòng cho mỗi đối tượng",
        todo_vi="Xoá dòng thừa rồi nộp lại tệp.",
        rule=_ONCE,
    ),
    Check(
        check_id="official_forms.sums",
        level="warning",
        title_vi="Cột tổng của biểu 4 đến 13 bằng cộng các cột",
        title_en="Columns of forms 4 to 13 that are sums add up",
        expected_vi="bằng cộng các cột thành phần cùng dòng",
        todo_vi="Kiểm tra cột tổng và các cột thành phần; nộp lại tệp nếu sai.",
        rule=_SUMS,
    ),
    Check(
        check_id="official_forms.part_within_whole",
        level="warning",
        title_vi="Số của một nhóm không vượt tổng số cùng dòng của biểu 4 đến 13",
        title_en="No group of forms 4 to 13 exceeds its whole",
        expected_vi="nhỏ hơn hoặc bằng cột tổng số",
        todo_vi="Kiểm tra ô này và cột tổng số; nộp lại tệp nếu sai.",
        rule=_PART_WITHIN_WHOLE,
    ),
    Check(
        check_id="official_forms.rates",
        level="warning",
        title_vi="Tỷ lệ của biểu 12, biểu 13 đúng công thức ở hàng đánh số",
        title_en="Rates of forms 12 and 13 follow their formula",
        expected_vi="tỷ lệ theo công thức ở hàng đánh số, tính bằng %",
        todo_vi="Tính lại tỷ lệ (12,5 nghĩa là 12,5 %); nộp lại tệp nếu sai.",
        rule=_RATES,
    ),
    Check(
        check_id="official_forms.as_form_1",
        level="warning",
        title_vi="Tổng số của biểu 4 đến 13 bằng biểu 1 cùng kỳ, cùng trạng thái",
        title_en="Totals of forms 4 to 13 equal form 1 of the same review and status",
        expected_vi="bằng số của xã ở biểu 1",
        todo_vi="Đối chiếu với biểu 1; bên nào sai thì nộp lại bên đó.",
        rule=_AS_FORM_1,
    ),
)

SUITES = (place_and_time(FORM), Suite(FORM, FORM, "official_form_cell", _CHECKS))
