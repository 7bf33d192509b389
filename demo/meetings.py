"""Past reviews of the simulated province and what they decided; the one of the third quarter of 2026 is running."""

from typing import Any

_Q3_2024, _FIVE_YEARS, _Q3_2025 = (
    "Sơ kết Quý III năm 2024",
    "Tổng kết 5 năm, Quý II năm 2025",
    "Sơ kết Quý III năm 2025",
)


def meetings() -> list[dict[str, Any]]:
    """Name, day of the figures and decisions of each meeting, as they stand in the inbox's mark.

    A decision has text, indicator of the plan, due day, what was heard of it since and whether it is done.
    """
    return [
        {
            "name": _Q3_2024,
            "as_of": "2024-09-15",
            "decisions": [
                _decision(
                    "Rà soát nhu cầu vay vốn của hộ nghèo trước kỳ báo cáo cuối năm",
                    "T2.1",
                    "2024-12-09",
                    "đã rà soát ở tất cả các xã",
                    is_done=True,
                )
            ],
        },
        {"name": _FIVE_YEARS, "as_of": "2025-06-30", "decisions": []},
        {
            "name": _Q3_2025,
            "as_of": "2025-09-15",
            "decisions": [
                _decision(
                    "Lập danh sách người nghèo có nhu cầu học nghề của từng xã",
                    "T3.1",
                    "2026-06-09",
                    "",
                    is_done=False,
                ),
                _decision(
                    "Tập huấn lại cán bộ giảm nghèo các xã, phường mới thành lập",
                    "T7.1",
                    "2026-12-09",
                    "đã mở hai lớp",
                    is_done=False,
                ),
            ],
        },
    ]


def _decision(text: str, indicator: str, due: str, heard: str, *, is_done: bool) -> dict[str, Any]:
    return {"text": text, "indicator": indicator, "due": due, "heard": heard, "is_done": is_done}
