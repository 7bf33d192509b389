"""Draft of a letter that reminds one agency or commune of the reports it owes, as plain text in Vietnamese.

The letter is an official's to sign: number, day and name stay open. Layout after Decree 30/2020/NĐ-CP.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

MARK = "DỮ LIỆU MÔ PHỎNG: thư này chỉ để minh họa, không gửi đi"


@dataclass(frozen=True)
class Owed:
    """One report that has not come: its name and period in words, its last day, days since then."""

    name: str
    period: str
    due: date
    days_late: int


def reminder(
    sender: str, above: str, recipient: str, owed: Sequence[Owed], today: date, is_demo: bool
) -> str:
    """The letter.

    Args:
        sender: agency in charge of poverty reduction today.
        above: the authority it belongs to.
        recipient: whom the letter reminds.
        owed: what has not come, at least one report.
        today: the day that counts as today.
        is_demo: simulated data: the letter says so in its first line.

    Raises:
        ValueError: nothing is owed.
    """
    if not owed:
        raise ValueError("nothing is owed")
    listed = [
        f"{place}. {each.name}, {each.period}: hạn cuối {each.due:%d/%m/%Y}, "
        f"đã quá hạn {each.days_late} ngày;"
        for place, each in enumerate(owed, start=1)
    ]
    lines = [
        *([MARK, ""] if is_demo else []),
        above.upper(),
        sender.upper(),
        "Số:        /",
        f"V/v gửi báo cáo giảm nghèo còn thiếu đến ngày {today:%d/%m/%Y}",
        "",
        f"Kính gửi: {recipient}",
        "",
        "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh triển khai Chỉ thị số 05-CT/TW ngày 23/6/2021 của Ban "
        "Bí thư và chế độ thông tin, báo cáo nêu tại mục IV.16 của Kế hoạch, đến ngày "
        f"{today:%d/%m/%Y} {sender} chưa nhận được các báo cáo sau:",
        "",
        *listed[:-1],
        listed[-1].removesuffix(";") + ".",
        "",
        f"Đề nghị {recipient} gửi các báo cáo nêu trên trong thời gian sớm nhất. Nếu báo cáo đã gửi, đề nghị cho "
        "biết số, ngày văn bản và nơi gửi để đối chiếu; nếu trong kỳ không phát sinh, đề nghị gửi báo cáo ghi "
        "rõ “không phát sinh”.",
        "",
        "Trân trọng./.",
        "",
        "NGƯỜI KÝ",
        "(ký, ghi rõ họ tên)",
        "",
        "(Bản nháp do hệ thống soạn từ sổ nhận tệp; người ký kiểm tra trước khi gửi.)",
    ]
    return "\n".join(lines) + "\n"
