"""What must hold for the register of models and for their participants."""

from expectations.check import Check, Suite

_NOT_NEGATIVE_BUDGET = """
SELECT submission_id, sheet, "row",
    number_in_words(least(budget_central_vnd, budget_local_vnd, budget_other_vnd, own_money_vnd)) AS found
FROM {batch}
WHERE least(budget_central_vnd, budget_local_vnd, budget_other_vnd, own_money_vnd) < 0
"""

_ENDS_AFTER_START = """
SELECT submission_id, sheet, "row", strftime(ended_date, '%d/%m/%Y') AS found
FROM {batch}
WHERE ended_date < started_date
"""

_PILOT_KNOWN = """
SELECT r.submission_id, r.sheet, r."row", r.copy_of AS found
FROM {batch} AS r
LEFT JOIN registered_model AS p
    ON p.submission_id = r.submission_id AND p.model_id = r.copy_of AND p.model_kind = 'pilot'
WHERE r.model_kind = 'copy' AND p.model_id IS NULL
"""

_NOT_NEGATIVE_SUPPORT = """
SELECT submission_id, sheet, "row", number_in_words(least(support_vnd, recovered_vnd)) AS found
FROM {batch}
WHERE least(support_vnd, recovered_vnd) < 0
"""

_POINTS = """
SELECT submission_id, sheet, "row",
    number_in_words(b1_before_points) || ' và ' || number_in_words(b1_after_points) AS found
FROM {batch}
WHERE least(b1_before_points, b1_after_points) < 0 OR greatest(b1_before_points, b1_after_points) > 400
"""

_MODEL_KNOWN = """
SELECT submission_id, sheet, "row", model_id AS found
FROM {batch} AS r
ANTI JOIN (SELECT model_id FROM registered_model JOIN current_part USING (submission_id, era, unit_code, period)) AS m
    ON m.model_id = r.model_id
"""

_RECOVERED = """
SELECT submission_id, sheet, "row",
    number_in_words(recovered_vnd) || ' trên ' || number_in_words(support_vnd) AS found
FROM {batch}
WHERE recovered_vnd > support_vnd
"""

_PASSED_ON_KNOWN = """
SELECT r.submission_id, r.sheet, r."row", r.next_number AS found
FROM (SELECT *, unnest(passed_on_to) AS next_number FROM {batch}) AS r
ANTI JOIN model_participant AS p
    ON p.submission_id = r.submission_id AND p.model_id = r.model_id
    AND p.participant_number = r.next_number
"""

_REGISTER = (
    Check(
        check_id="model_register.not_negative",
        level="blocking",
        title_vi="Kinh phí của mô hình không âm",
        title_en="Money of a model is not negative",
        expected_vi="số từ 0 trở lên",
        todo_vi="Sửa số tiền rồi nộp lại tệp.",
        column_vi="Kinh phí",
        rule=_NOT_NEGATIVE_BUDGET,
    ),
    Check(
        check_id="model_register.pilot_known",
        level="blocking",
        title_vi="Mô hình nhân rộng có mô hình gốc trong danh mục",
        title_en="Every copy has its pilot in the register",
        expected_vi="mã của một mô hình gốc trong cùng danh mục",
        todo_vi="Sửa mã hoặc thêm dòng của mô hình gốc rồi nộp lại tệp.",
        column_vi="Nhân rộng từ mô hình",
        rule=_PILOT_KNOWN,
    ),
    Check(
        check_id="model_register.ends_after_start",
        level="blocking",
        title_vi="Ngày kết thúc không trước ngày bắt đầu",
        title_en="A model ends after it starts",
        expected_vi="ngày kết thúc sau ngày bắt đầu",
        todo_vi="Sửa ngày rồi nộp lại tệp.",
        column_vi="Ngày kết thúc",
        rule=_ENDS_AFTER_START,
    ),
)

_PARTICIPANTS = (
    Check(
        check_id="model_participants.not_negative",
        level="blocking",
        title_vi="Giá trị hỗ trợ và hoàn trả không âm",
        title_en="Support and repayment are not negative",
        expected_vi="số từ 0 trở lên",
        todo_vi="Sửa số tiền rồi nộp lại tệp.",
        column_vi="Giá trị hỗ trợ",
        rule=_NOT_NEGATIVE_SUPPORT,
    ),
    Check(
        check_id="model_participants.points",
        level="blocking",
        title_vi="Điểm B1 nằm trong thang điểm",
        title_en="B1 lies on its scale",
        expected_vi="điểm B1 từ 0 đến 400",
        todo_vi="Sửa điểm B1 rồi nộp lại tệp.",
        column_vi="Điểm B1",
        rule=_POINTS,
    ),
    Check(
        check_id="model_participants.passed_on_known",
        level="warning",
        title_vi="Hộ nhận chuyển tiếp có trong danh sách",
        title_en="Households that support was passed on to are on the list",
        expected_vi="mã của một hộ trong cùng mô hình",
        todo_vi="Sửa mã hộ nhận chuyển tiếp hoặc thêm hộ đó ở lần nộp sau.",
        column_vi="Chuyển tiếp cho hộ",
        rule=_PASSED_ON_KNOWN,
    ),
    Check(
        check_id="model_participants.model_known",
        level="warning",
        title_vi="Mô hình của hộ có trong danh mục mô hình",
        title_en="The household's model is in the register of models",
        expected_vi="mã của một mô hình trong danh mục mô hình",
        todo_vi="Sửa mã, hoặc gửi danh mục có mô hình này; chưa có thì hộ không được tính vào đánh giá nào.",
        column_vi="Mã mô hình",
        rule=_MODEL_KNOWN,
    ),
    Check(
        check_id="model_participants.recovered",
        level="warning",
        title_vi="Phần hoàn trả không vượt phần hỗ trợ",
        title_en="No more is recovered than was given",
        expected_vi="giá trị hoàn trả không lớn hơn giá trị hỗ trợ",
        todo_vi="Kiểm tra hai số tiền; nếu đúng thì không phải làm gì.",
        column_vi="Đã hoàn trả hoặc luân chuyển",
        rule=_RECOVERED,
    ),
)

SUITES = (
    Suite("model_register", "model_register", "registered_model", _REGISTER),
    Suite("model_participants", "model_participants", "model_participant", _PARTICIPANTS),
)
