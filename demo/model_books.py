"""The two workbooks of models as the agency writes them: the register and the list of participants."""

from datetime import date

import polars as pl

from demo.geography import homes, unit
from demo.models import COMPONENTS, PLANS, YEAR, Models, ModelTask, models
from demo.province import Province
from demo.sheets import MARK, Book, Cell, Sheet, letterhead
from reference.loading import agency_in_charge, era_at
from reference.periods import last_day

REGISTER_HEADER = (
    "STT", "Xã thực hiện", "Mã mô hình", "Tên mô hình", "Loại mô hình", "Hình thức",
    "Nhân rộng từ mô hình", "Ngày bắt đầu", "Ngày kết thúc", "Cơ quan chủ trì",
    "Ngân sách trung ương (đồng)", "Ngân sách địa phương (đồng)", "Nguồn khác (đồng)",
    "Vốn đối ứng của hộ (đồng)", "Thành phần cốt lõi đang có (cách nhau bằng dấu ;)",
)  # fmt: skip
PARTICIPANT_HEADER = (
    "STT", "Xã nơi hộ ở", "Mã mô hình", "Mã hộ trong mô hình", "Họ và tên chủ hộ",
    "Ngày, tháng, năm sinh", "Giới tính", "Số định danh cá nhân/CCCD", "Ngày tham gia",
    "Giá trị hỗ trợ (đồng)", "Điểm B1 khi vào", "Điểm B1 hiện nay",
    "Đã hoàn trả hoặc luân chuyển (đồng)", "Chuyển tiếp cho hộ (mã hộ, cách nhau bằng dấu ;)",
    "Hộ tiêu biểu (có/không)",
)  # fmt: skip


def model_book(province: Province, task: ModelTask) -> tuple[Book, int]:
    """The workbook of a task, and how many rows it has."""
    known = models(province)
    rows = _register_rows(known) if task.is_register else _participant_rows(province, known)
    header = REGISTER_HEADER if task.is_register else PARTICIPANT_HEADER
    title = "DANH MỤC MÔ HÌNH GIẢM NGHÈO" if task.is_register else "HỘ THAM GIA MÔ HÌNH GIẢM NGHÈO"
    name, _, above = _agency().partition(" tỉnh ")
    grid: list[list[Cell]] = [
        *letterhead(f"UBND TỈNH {above.upper()}", name.upper(), len(header)),
        [MARK], [f"{title} NĂM {YEAR}"], [],
    ]  # fmt: skip
    first = len(grid)
    grid.append(list(header))
    grid += [[count, *row] for count, row in enumerate(rows, start=1)]
    sheet = Sheet(
        "Mô hình" if task.is_register else "Hộ tham gia",
        grid, header=range(first, first + 1), bold=set(range(first)),
    )  # fmt: skip
    return Book(task.path, [sheet], created=date(YEAR, 12, 20)), len(rows)


def _register_rows(known: Models) -> list[list[Cell]]:
    plans = {plan.number: plan for plan in PLANS}
    counts = dict(known.members.group_by("model_id", "home").len().select(
        pl.concat_str("model_id", "home", separator=" "), "len").iter_rows())  # fmt: skip
    rows: list[list[Cell]] = []
    for site in known.sites.iter_rows(named=True):
        plan = plans[site["plan"]]
        money = int(plan.cost * counts.get(f"{site['model_id']} {site['home']}", 0))
        start = date(site["baseline"] + 1, 1, 5)
        kept = "; ".join(COMPONENTS[: site["components"]])
        rows.append([
            _place(site["home"]), site["model_id"], plan.name, plan.type_vi,
            "Nhân rộng" if site["copy_of"] else "Mô hình gốc", site["copy_of"], start, None,
            _agency(), money // 2, money - money // 2, 0, money // 10, kept,
        ])  # fmt: skip
    return rows


def _participant_rows(province: Province, known: Models) -> list[list[Cell]]:
    people = province.households
    rows: list[list[Cell]] = []
    for each in known.members.iter_rows(named=True):
        who = each["household"]
        rows.append([
            _place(each["home"]), each["model_id"], each["number"], people.name[who],
            str(people.birth_year[who]), "Nữ" if people.female[who] else "Nam",
            people.number[who], each["entry"], each["support"], each["b1_before"],
            each["b1_after"], each["recovered"], each["passed_on_to"],
            "Có" if each["is_out"] and each["passed_on_to"] else None,
        ])  # fmt: skip
    return rows


def _agency() -> str:
    return agency_in_charge("agriculture", last_day(str(YEAR))).name_vi


def _place(home: int) -> str:
    era = era_at(last_day(str(YEAR)))
    return unit(era, homes()[f"code_{era}"][home]).name
