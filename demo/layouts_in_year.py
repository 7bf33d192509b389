"""The department's monthly workbook of in-year decisions: one row a household or idle commune."""

from datetime import date
from typing import Any

import polars as pl

from demo.geography import unit
from demo.histories import NEAR, NONE, POOR
from demo.in_year import (
    era_of_month,
    expected_units,
    former_name,
    last_day,
    unit_of_home,
)
from demo.names import without_tone
from demo.province import Province
from demo.sheets import MARK, Book, Cell, Sheet, header_rows, letterhead
from demo.words import CLASS_WORDS
from reference.loading import agency_in_charge, unit_area_type

NO_CHANGE = "Không phát sinh"
KINDS = {
    (NONE, POOR, "new"): "Phát sinh mới",
    (NONE, POOR, "split"): "Phát sinh mới",
    (NONE, POOR, "relapse"): "Tái nghèo",
    (NONE, NEAR, "new"): "Phát sinh mới",
    (NONE, NEAR, "split"): "Phát sinh mới",
    (NONE, NEAR, "relapse"): "Tái cận nghèo",
    (NEAR, POOR, None): "Hộ cận nghèo trở thành hộ nghèo",
    (POOR, NEAR, None): "Thoát nghèo (trở thành hộ cận nghèo)",
    (POOR, NONE, None): "Thoát nghèo",
    (NEAR, NONE, None): "Thoát cận nghèo",
}


def in_year_stem(month: date) -> str:
    """File name of the month's workbook, as the department writes it."""
    text = f"Tháng {month:%m-%Y} hộ nghèo, cận nghèo phát sinh, thoát trong tháng"
    return text if month.month % 3 else without_tone(text)


def in_year_book(province: Province, month: date, events: pl.DataFrame, path: str) -> Book:
    """Workbook of one month; ``events`` are those of ``in_year_events`` in that month."""
    has_district = era_of_month(month) != "2025"
    paths = _header(has_district)
    head, merges = header_rows(paths)
    sent = last_day(month)
    agency = agency_in_charge("poverty_reduction", sent).name_vi
    name, _, province_name = agency.partition(" tỉnh ")
    grid: list[list[Cell]] = [
        *letterhead(f"UBND TỈNH {province_name.upper()}", name.upper(), len(paths)),
        [MARK],
        [
            "TỔNG HỢP HỘ NGHÈO, HỘ CẬN NGHÈO ĐƯỢC CÔNG NHẬN, RA KHỎI DANH SÁCH "
            f"(RÀ SOÁT THƯỜNG XUYÊN TRONG NĂM) THÁNG {month:%m/%Y}"
        ],
        [f"(Số liệu tổng hợp đến hết ngày {sent:%d/%m/%Y})"],
        [],
    ]
    first = len(grid)
    grid += [*head, [f"({i})" for i in range(1, len(paths) + 1)]]
    sheet = Sheet(
        name=f"Thang {month:%m-%Y}",
        grid=grid,
        merges=[(r + first, c, r2 + first, c2) for r, c, r2, c2 in merges],
        header=range(first, first + len(head)),
        bold=set(range(first + len(head))),
    )
    _rows(sheet, province, month, events, has_district)
    return Book(path, [sheet], created=sent)


def _header(has_district: bool) -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = [("STT",)]
    if has_district:
        paths.append(("Huyện, thành phố",))
    paths += [
        ("Xã, phường, thị trấn",),
        ("Thôn, xóm, tổ dân phố",),
        ("Họ và tên chủ hộ",),
        ("Ngày, tháng, năm sinh",),
        ("Giới tính",),
        ("Số định danh cá nhân/CCCD",),
        ("Khu vực",),
        ("Số nhân khẩu",),
        ("Phân loại hộ", "Trước rà soát"),
        ("Phân loại hộ", "Sau rà soát"),
        ("Diện",),
        ("Quyết định công nhận", "Số"),
        ("Quyết định công nhận", "Ngày"),
    ]
    if not has_district:
        paths.append(("Xã, phường, thị trấn cũ (trước 01/7/2025)",))
    return paths


def _rows(
    sheet: Sheet, province: Province, month: date, events: pl.DataFrame, has_district: bool
) -> None:
    era, number = era_of_month(month), 0
    by_unit: dict[str, list[dict[str, Any]]] = {}
    for event in events.iter_rows(named=True):
        by_unit.setdefault(unit_of_home(event["home"], month), []).append(event)
    for code in expected_units(province, month):
        place = unit(era, code)
        start: list[Cell] = [place.district_name] if has_district else []
        for event in by_unit.get(code, []):
            number += 1
            sheet.data[len(sheet.grid)] = event["row_id"]
            urban = unit_area_type(era, code) == "urban"
            cells = _event(province, {**event, "is_urban": urban}, has_district)
            sheet.grid.append([number, *start, place.name, *cells])
        if code not in by_unit:
            number += 1
            sheet.grid.append([number, *start, place.name, None, NO_CHANGE])


def _event(province: Province, event: dict[str, Any], has_district: bool) -> list[Cell]:
    words = CLASS_WORDS["full"]
    before, klass, home = event["before"], event["klass"], event["home"]
    village = province.villages[home][event["village_number"]]
    cells: list[Cell] = [
        village,
        event["written_name"],
        event["written_birth"],
        "Nữ" if event["female"] else "Nam",
        event["written_number"],
        "Thành thị" if event["is_urban"] else "Nông thôn",
        event["members"],
        words[before],
        words[klass],
        KINDS[before, klass, event["entry"]],
        event["decision_number"],
        f"{event['decision_date']:%d/%m/%Y}",
    ]
    return cells if has_district else [*cells, former_name(home)]
