"""Words that clerks write in the cells of lists."""

from demo.histories import NEAR, NONE, POOR
from demo.sheets import Cell

CLASS_WORDS = {
    "full": {POOR: "Hộ nghèo", NEAR: "Hộ cận nghèo", NONE: "Hộ không nghèo"},
    "short": {POOR: "Nghèo", NEAR: "Cận nghèo", NONE: "Không nghèo"},
}
CLASS_CODES: dict[int, Cell] = {POOR: 1, NEAR: 2, NONE: "Không nghèo"}
"""The template has no code for a household that is not poor; its own sample writes the words."""
MARK_HEADERS = (
    ("Việc làm", "Việc làm"),
    ("Việc làm", "Người phụ thuộc"),
    ("Y tế", "Dinh dưỡng"),
    ("Y tế", "Bảo hiểm y tế"),
    ("Giáo dục", "Trình độ giáo dục của người lớn"),
    ("Giáo dục", "Đi học của trẻ em"),
    ("Nhà ở", "Chất lượng nhà ở"),
    ("Nhà ở", "Diện tích nhà ở"),
    ("Nước sinh hoạt và vệ sinh", "Nguồn nước sinh hoạt"),
    ("Nước sinh hoạt và vệ sinh", "Nhà tiêu hợp vệ sinh"),
    ("Thông tin", "Dịch vụ viễn thông"),
    ("Thông tin", "Phương tiện tiếp cận thông tin"),
)
CAUSES = (
    "Thiếu đất sản xuất",
    "Thiếu vốn",
    "Thiếu lao động",
    "Thiếu công cụ, phương tiện sản xuất",
    "Thiếu kiến thức sản xuất",
    "Thiếu kỹ năng lao động",
    "Ốm đau, bệnh tật, tai nạn",
    "Khác",
)
SUPPORT = ("Y tế", "Giáo dục", "Sản xuất", "Tín dụng", "Nhà ở", "Khác")
