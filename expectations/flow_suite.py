"""What must hold for official forms 2 and 3: each row balances, and agrees with what else was sent."""

from expectations.check import Check, Suite
from expectations.place_and_time import place_and_time
from reference.loading import FLOW_FORMS

_NOT_NEGATIVE = """
SELECT submission_id, sheet, "row",
    'nhỏ nhất ' || least(opening_count, left_to_other_count, left_above_count, other_decrease_count,
        came_from_other_count, relapsed_count, new_count, other_increase_count, closing_count) AS found
FROM {batch}
WHERE least(opening_count, left_to_other_count, left_above_count, other_decrease_count,
    came_from_other_count, relapsed_count, new_count, other_increase_count, closing_count) < 0
"""

# Column 9 = 1−2−3−4+5+6+7+8.
_BALANCES = """
SELECT submission_id, sheet, "row",
    'cột 1 đến 8 cho ' || balance || ', cột 9 ghi ' || closing_count || ': lệch '
        || abs(closing_count - balance) || CASE counted WHEN 'household' THEN ' hộ' ELSE ' khẩu' END AS found
FROM (
    SELECT *, opening_count - left_to_other_count - left_above_count - other_decrease_count
        + came_from_other_count + relapsed_count + new_count + other_increase_count AS balance
    FROM {batch}
)
WHERE closing_count <> balance
"""

_HOUSEHOLDS_WITHIN_PERSONS = """
SELECT h.submission_id, h.sheet, h."row",
    'cuối kỳ ' || h.closing_count || ' hộ, ' || p.closing_count || ' khẩu' AS found
FROM {batch} AS h
JOIN {batch} AS p USING (submission_id, era, unit_code, period, status, standard_id)
WHERE h.counted = 'household' AND p.counted = 'person' AND h.closing_count > p.closing_count
"""

_CLOSING_AS_FORM_1 = """
SELECT r.submission_id, r.sheet, r."row",
    'cuối kỳ ghi ' || r.closing_count || ', biểu 1 ghi ' || f.said AS found
FROM {batch} AS r
JOIN (
    SELECT era, unit_code, period, status, standard_id, told.*
    FROM form_1_row, LATERAL (
        VALUES ('poor', 'household', poor_household_count), ('poor', 'person', poor_person_count),
            ('near_poor', 'household', near_poor_household_count),
            ('near_poor', 'person', near_poor_person_count)
    ) AS told (class_code, counted, said)
    WHERE is_current
) AS f USING (era, unit_code, period, status, standard_id, class_code, counted)
WHERE f.said <> r.closing_count
"""


def _checks(form: str, number: int) -> tuple[Check, ...]:
    return (
        Check(
            check_id=f"{form}.not_negative",
            level="blocking",
            title_vi="Không có số âm",
            title_en="No count is negative",
            expected_vi="số nguyên từ 0 trở lên",
            todo_vi="Sửa số âm rồi nộp lại.",
            rule=_NOT_NEGATIVE,
        ),
        Check(
            check_id=f"{form}.balances",
            level="blocking",
            title_vi="Số cuối kỳ bằng số đầu kỳ trừ giảm cộng tăng",
            title_en="Closing equals opening minus leavers plus comers",
            expected_vi="cột 9 = 1-2-3-4+5+6+7+8",
            todo_vi=f"Kiểm tra chín cột của dòng này ở biểu {number}, sửa rồi nộp lại.",
            column_vi="Cột 1 đến 9",
            rule=_BALANCES,
        ),
        Check(
            check_id=f"{form}.households_within_persons",
            level="warning",
            title_vi="Số hộ cuối kỳ không lớn hơn số khẩu",
            title_en="No more households than persons",
            expected_vi="mỗi hộ có ít nhất một nhân khẩu",
            todo_vi="Kiểm tra có đổi chỗ dòng hộ và dòng nhân khẩu không.",
            column_vi="Cột 9",
            rule=_HOUSEHOLDS_WITHIN_PERSONS,
        ),
        Check(
            check_id=f"{form}.closing_as_form_1",
            level="warning",
            title_vi="Số cuối kỳ bằng biểu 1 cùng kỳ, cùng trạng thái",
            title_en="Closing equals form 1 of the same review and status",
            expected_vi="bằng số của xã ở biểu 1",
            todo_vi=f"Đối chiếu biểu {number} với biểu 1; bên nào sai thì nộp lại bên đó.",
            column_vi="Cột 9",
            rule=_CLOSING_AS_FORM_1,
        ),
    )


SUITES = tuple(
    suite
    for number, form in enumerate(FLOW_FORMS, start=2)
    for suite in (
        place_and_time(form),
        Suite(form, form, f"{form}_row", _checks(form, number)),
    )
)
