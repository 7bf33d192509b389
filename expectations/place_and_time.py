"""Checks that every form shares: unit in force at the period, a period and a status that exist.

They look at the parts of a submission (one row a commune, period, status and standard), not at
its rows.
"""

from expectations.check import Check, Suite

_UNIT_IN_FORCE = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    'mã ' || coalesce(r.unit_code, '(trống)') || ', kỳ ' || coalesce(r.period, '(trống)') AS found
FROM {batch} AS r
LEFT JOIN dim__unit AS u
    ON u.era = r.era AND u.code = r.unit_code AND u.level = 'commune'
    AND coalesce(u.valid_from, DATE '0001-01-01') <= last_day_of(r.period)
    AND coalesce(u.valid_to, DATE '9999-12-31') >= last_day_of(r.period)
WHERE u.code IS NULL
"""

_YEARLY_PERIOD_AND_STATUS = """
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'kỳ ' || coalesce(period, '(trống)') || ', ' || coalesce(status, '(trống)') AS found
FROM {batch}
WHERE last_day_of(period) IS NULL OR length(period) <> 4
    OR status IS NULL OR status NOT IN ('estimate', 'preliminary', 'official', 'restated')
"""

_MONTHLY_PERIOD_AND_STATUS = r"""
SELECT submission_id, NULL AS sheet, NULL AS "row",
    'kỳ ' || coalesce(period, '(trống)') || ', ' || coalesce(status, '(trống)') AS found
FROM {batch}
WHERE last_day_of(period) IS NULL OR NOT regexp_full_match(period, '\d\d\d\d-\d\d')
    OR status IS NULL OR status NOT IN ('estimate', 'preliminary', 'official', 'restated')
"""

_STANDARD_OF_REVIEW = """
SELECT r.submission_id, NULL AS sheet, NULL AS "row",
    'chuẩn ' || coalesce(r.standard_id, '(trống)') || ' cho kỳ ' || coalesce(r.period, '(trống)')
        AS found
FROM {batch} AS r
LEFT JOIN review_standard AS s ON s.period = r.period AND s.standard_id = r.standard_id
WHERE s.period IS NULL
"""


def place_and_time(form: str) -> Suite:
    """The suite for ``form``; a yearly form must also name the standard of its review."""
    unit = Check(
        check_id=f"{form}.unit_in_force",
        level="blocking",
        title_vi="Đơn vị cấp xã có trong danh mục và còn hiệu lực tại kỳ báo cáo",
        title_en="The commune exists and is in force at the period",
        expected_vi="xã, phường, thị trấn còn hiệu lực vào ngày cuối kỳ",
        todo_vi="Kiểm tra tên đơn vị và kỳ báo cáo ở đầu biểu, sửa rồi nộp lại tệp.",
        column_vi="Đơn vị",
        rule=_UNIT_IN_FORCE,
    )
    period = Check(
        check_id=f"{form}.period_and_status",
        level="blocking",
        title_vi="Kỳ và trạng thái số liệu hợp lệ với loại biểu",
        title_en="Period and status are possible for the form",
        expected_vi="tháng (2025-08) với biểu thường xuyên, năm (2024) với biểu rà soát; "
        "trạng thái ước, sơ bộ, chính thức hoặc điều chỉnh",
        todo_vi="Ghi rõ kỳ và trạng thái ở tiêu đề biểu hoặc trong tệp inbox.csv rồi nộp lại.",
        column_vi="Kỳ báo cáo",
        rule=_MONTHLY_PERIOD_AND_STATUS if form == "in_year" else _YEARLY_PERIOD_AND_STATUS,
    )
    standard = Check(
        check_id=f"{form}.standard_of_review",
        level="blocking",
        title_vi="Chuẩn nghèo của danh sách là chuẩn dùng cho đợt rà soát đó",
        title_en="The standard is one the review is reported under",
        expected_vi="chuẩn nghèo quy định cho năm rà soát",
        todo_vi="Ghi đúng giai đoạn của chuẩn nghèo ở tiêu đề biểu rồi nộp lại tệp.",
        column_vi="Chuẩn nghèo",
        rule=_STANDARD_OF_REVIEW,
    )
    checks = (unit, period) if form == "in_year" else (unit, period, standard)
    return Suite(f"{form}.place_and_time", form, f"{form}_part", checks)
