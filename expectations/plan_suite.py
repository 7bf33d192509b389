"""What must hold for assigned targets and for the status of duties."""

from expectations.check import Check, Suite

_COMPLETE = """
SELECT submission_id, sheet, "row", indicator || ', ' || "year" AS found
FROM {batch}
WHERE value IS NULL OR indicator IS NULL OR decision_number IS NULL OR decision_date IS NULL
"""

_YEAR = """
SELECT submission_id, sheet, "row", CAST("year" AS VARCHAR) AS found
FROM {batch}
WHERE "year" IS NULL OR "year" NOT BETWEEN 2021 AND 2030
"""

_NOT_NEGATIVE = """
SELECT submission_id, sheet, "row", number_in_words(value) AS found
FROM {batch}
WHERE value < 0
"""

_BEFORE_ITS_END = """
SELECT submission_id, sheet, "row",
    'năm ' || "year" || ', quyết định ngày ' || strftime(decision_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE date_part('year', decision_date) > "year"
"""

_HALF_YEAR = r"""
SELECT submission_id, NULL AS sheet, NULL AS "row", 'kỳ ' || coalesce(period, '(trống)') AS found
FROM {batch}
WHERE NOT coalesce(regexp_full_match(period, '\d\d\d\d-H[12]'), false)
GROUP BY ALL
"""

_STATUS = """
SELECT submission_id, sheet, "row", coalesce(duty_status, '(trống)') AS found
FROM {batch}
WHERE duty_status IS NULL OR duty_status NOT IN ('done', 'in_progress', 'late', 'not_started')
"""

_NOT_LATE_BEFORE_DUE = """
SELECT submission_id, sheet, "row", 'hạn ' || strftime(due_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE duty_status = 'late' AND due_date > last_day_of(period)
"""

_TARGETS = (
    Check(
        check_id="assigned_targets.complete",
        level="blocking",
        title_vi="Chỉ tiêu giao có giá trị, số và ngày quyết định",
        title_en="Assigned targets have a value and a decision",
        expected_vi="giá trị, số và ngày quyết định",
        todo_vi="Điền đủ rồi nộp lại tệp.",
        rule=_COMPLETE,
    ),
    Check(
        check_id="assigned_targets.year",
        level="blocking",
        title_vi="Năm của chỉ tiêu nằm trong kế hoạch đến 2030",
        title_en="Target years lie within the plan",
        expected_vi="năm từ 2021 đến 2030",
        todo_vi="Sửa năm rồi nộp lại tệp.",
        column_vi="Năm",
        rule=_YEAR,
    ),
    Check(
        check_id="assigned_targets.not_negative",
        level="blocking",
        title_vi="Chỉ tiêu giao không âm",
        title_en="Assigned targets are not negative",
        expected_vi="số từ 0 trở lên",
        todo_vi="Sửa giá trị rồi nộp lại tệp.",
        column_vi="Giá trị được giao",
        rule=_NOT_NEGATIVE,
    ),
    Check(
        check_id="assigned_targets.decided_in_time",
        level="warning",
        title_vi="Chỉ tiêu được giao không sau năm của chỉ tiêu",
        title_en="Targets are assigned no later than their year",
        expected_vi="quyết định trong hoặc trước năm của chỉ tiêu",
        todo_vi="Kiểm tra năm và ngày quyết định; nếu đúng thì không phải làm gì.",
        column_vi="Ngày quyết định",
        rule=_BEFORE_ITS_END,
    ),
)

_DUTIES = (
    Check(
        check_id="duties.period",
        level="blocking",
        title_vi="Biểu nhiệm vụ ghi nửa năm",
        title_en="Duty workbooks name a half-year",
        expected_vi="6 tháng đầu năm hoặc 6 tháng cuối năm",
        todo_vi="Ghi kỳ báo cáo ở đầu biểu rồi nộp lại tệp.",
        column_vi="Kỳ báo cáo",
        rule=_HALF_YEAR,
    ),
    Check(
        check_id="duties.status",
        level="blocking",
        title_vi="Mỗi nhiệm vụ có tình trạng thực hiện",
        title_en="Every duty has a status",
        expected_vi="đã hoàn thành, đang thực hiện, chậm hoặc chưa thực hiện",
        todo_vi="Chọn tình trạng rồi nộp lại tệp.",
        column_vi="Tình trạng",
        rule=_STATUS,
    ),
    Check(
        check_id="duties.not_late_before_due",
        level="warning",
        title_vi="Nhiệm vụ ghi chậm thì hạn đã qua",
        title_en="A late duty is past its due date",
        expected_vi="hạn hoàn thành trước ngày cuối kỳ",
        todo_vi="Kiểm tra tình trạng và hạn hoàn thành của nhiệm vụ.",
        column_vi="Hạn hoàn thành",
        rule=_NOT_LATE_BEFORE_DUE,
    ),
)

SUITES = (
    Suite("assigned_targets", "assigned_targets", "assigned_target", _TARGETS),
    Suite("duties", "duties", "duty_row", _DUTIES),
)
