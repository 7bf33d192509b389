"""Checks whose failure nobody but us can mend: they stop the build."""

from great_expectations.expectations import Expectation

from expectations.check import Check

_TELL_OPERATIONS = (
    "Lỗi của phần mềm, không phải của đơn vị gửi: báo bộ phận vận hành kèm mã kiểm tra này."
)


def fault(
    check_id: str, title_vi: str, title_en: str, expected_vi: str, rule: str | Expectation
) -> Check:
    """A blocking check of the build or of its results."""
    return Check(
        check_id=check_id,
        level="blocking",
        title_vi=title_vi,
        title_en=title_en,
        expected_vi=expected_vi,
        todo_vi=_TELL_OPERATIONS,
        rule=rule,
    )
