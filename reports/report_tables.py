"""Tables that every paper of a meeting shares: header and rows of text."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from measures.comparison import change
from measures.form_cells import Cells
from measures.target_standing import standing
from reference.plan import plan_indicators
from reports.paper import TextTable
from reports.report_content import ReportContent, Row, label, pack_definition
from reports.sentences import bare, change_words, targets, told, told_or_why
from reports.vietnamese import NO_DATA, STANDING, capital, figure, number, period, rate

_HOW_IT_ADDS_UP = (
    "Số hộ nghèo cuối kỳ = số đầu kỳ trừ các dòng giảm (−), cộng các dòng tăng (+), như biểu 2. “Khác” là "
    "chênh lệch ròng còn lại ở từng xã; danh sách không nêu riêng từng trường hợp."
)
_PLACE_COLUMNS = (
    ("resident_household_count", "Hộ dân cư"),
    ("poor_household_count", "Hộ nghèo"),
    ("poor_household_rate", "Tỷ lệ"),
    ("near_poor_household_count", "Hộ cận nghèo"),
    ("near_poor_household_rate", "Tỷ lệ"),
)


def three_columns(content: ReportContent) -> TextTable:
    """Last official, running list now, the same a year ago; a coverage that all share stands on top."""
    running, ago = content.running, content.year_ago
    columns = (
        (f"Rà soát {period(content.official)}", content.official),
        (f"Đang theo dõi, {period(running)}" if running else "Đang theo dõi", running),
        (f"Cùng kỳ, {period(ago)}" if ago else "Cùng kỳ năm trước", ago),
    )
    names = pack_definition()["headline"]
    shared = {
        when: shared_coverage([content.row(name, when) for name in names]) for _, when in columns
    }
    header = [title + (shared[when] or "") for title, when in columns]
    rows = []
    for name in names:
        said = [
            told(row) if shared[when] is None else bare(row)
            for when in (each for _, each in columns)
            for row in (content.row(name, when),)
        ]
        changed = change(content.row(name, ago), content.row(name, running))
        rows.append((label(name), *said, change_words(changed)))
    return TextTable("Số liệu chính", ("Chỉ tiêu", *header, "So cùng kỳ"), tuple(rows))


def shared_coverage(rows: Sequence[Row | None]) -> str | None:
    """``" (6/57 xã đã báo cáo)"`` or empty where it is full; None where the figures differ in it."""
    shares = {(row["units_reported"], row["units_expected"]) for row in rows if row}
    if len(shares) != 1:
        return None
    reported, expected = shares.pop()
    return "" if reported == expected else f" ({reported}/{expected} xã đã báo cáo)"


def target_table(content: ReportContent) -> TextTable:
    """The eight targets with their newest figures, where they stand, and what the meeting before was told."""
    then = () if content.since is None else ("Tại kỳ họp trước",)
    rows = tuple(
        (
            number_,
            text,
            *_newest(content, row),
            _stands(content, measure, row),
            *_then(content, measure),
        )
        for (number_, text, row), measure in zip(
            targets(content),
            (each["measure"] for each in pack_definition()["targets"]),
            strict=True,
        )
    )
    header = ("TT", "Mục tiêu", "Số liệu mới nhất", "Kỳ", "Tình trạng", *then)
    return TextTable("Tám mục tiêu của Kế hoạch", header, rows, left=frozenset({1}))


def _newest(content: ReportContent, row: Row | None) -> tuple[str, str]:
    return told_or_why(content, row), "" if row is None else period(row["period"])


def _stands(content: ReportContent, measure: str, shown: Row | None) -> str:
    """In the words of the page of targets, of the very figure that is shown; a dash where the plan has no indicator."""
    indicator = next((each for each in plan_indicators().values() if each.measure == measure), None)
    if indicator is None or shown is None:
        return "–"
    rows = [row for (name, _), row in content.province.items() if name == measure]
    found = standing(indicator, pl.DataFrame(rows, infer_schema_length=None))
    is_shown = found.row is not None and found.row["period"] == shown["period"]
    return STANDING[found.status if is_shown else "partial"]


def _then(content: ReportContent, measure: str) -> tuple[str, ...]:
    if content.since is None:
        return ()
    row = content.since.newest(measure)
    when = "" if row is None else f", {period(row['period'])}"
    return (told_or_why(content, row) + when,)


def place_table(content: ReportContent) -> TextTable:
    """Communes with their counts and rates; the last row is the whole area.

    A measure that the period does not have at all (residents within a year) has no column.
    """
    columns = [
        (name, head)
        for name, head in _PLACE_COLUMNS
        if any(name == each for each, _ in content.communes)
    ]
    rows = []
    for first in content.listed():
        cells = [content.communes.get((name, first["unit_code"])) for name, _ in columns]
        rows.append((first["unit_name"], *(plain(cell) for cell in cells)))
    whole = tuple(plain(content.row(name, content.placed)) for name, _ in columns)
    rows.append(("Toàn địa bàn (các xã đã báo cáo)", *whole))
    header = ("Đơn vị", *(head for _, head in columns))
    title = f"Hộ nghèo, hộ cận nghèo theo đơn vị, {period(content.placed)}"
    return TextTable(title, header, tuple(rows), frozenset({len(rows) - 1}))


def flow_table(content: ReportContent) -> TextTable:
    """From the beginning of the year to its end, adding up; where communes are missing what is known of it."""
    title = f"Diễn biến hộ nghèo, {period(content.official)}"
    header = ("Diễn biến", "Số hộ")
    if content.balance:
        lines = pack_definition()["balance"]
        return TextTable(
            title,
            header,
            tuple((line["words_vi"], _signed(content.balance, line)) for line in lines),
            frozenset(place for place, line in enumerate(lines) if line["sign"] == 0),
            notes=(_HOW_IT_ADDS_UP,),
        )
    rows = tuple(
        (capital(flow["words_vi"]), bare(content.row(flow["measure"], content.official)))
        for flow in pack_definition()["flows"]
    )
    return TextTable(title, header, rows)


def _signed(cells: Cells, line: Mapping[str, Any]) -> str:
    value = cells[line["column"]].value or 0
    sign = {-1: "−", 0: "", 1: "+"}[line["sign"]] if value else ""
    return f"{sign}{number(value)}"


def deprivation_table(content: ReportContent) -> TextTable:
    """The twelve indicators among the poor, each with its coverage where communes are missing."""
    found = content.deprivations()
    shared = shared_coverage([row for _, _, row in found])
    rows = tuple((name, told(row) if shared is None else bare(row)) for name, _, row in found)
    title = f"Thiếu hụt trong hộ nghèo, {period(content.official)}"
    return TextTable(title, ("Chỉ số", f"Tỷ lệ{shared or ''}"), rows)


def plain(row: dict[str, object] | None) -> str:
    """A figure without its unit, which the header says; in words why there is none."""
    if row is None:
        return NO_DATA
    value = row["value"]
    if isinstance(value, int | float):
        return rate(value) if row["unit"] == "pct" else number(value)
    return figure(None, str(row["mark"]), str(row["unit"]))
