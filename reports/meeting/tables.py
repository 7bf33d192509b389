"""Tables that every paper of a meeting shares: header and rows of text."""

from dataclasses import dataclass

from measures.comparison import change
from reports.meeting.content import MeetingContent, label, pack_definition
from reports.meeting.sentences import bare, change_words, targets, told
from reports.vietnamese import NO_DATA, figure, number, period, rate


@dataclass(frozen=True)
class TextTable:
    """A table as it is printed; ``bold`` are places of total rows."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bold: frozenset[int] = frozenset()


def three_columns(content: MeetingContent) -> TextTable:
    """Last official, running list now, the same a year ago."""
    header = (
        "Chỉ tiêu",
        f"Rà soát {period(content.official)}",
        f"Đang theo dõi, {period(content.running)}" if content.running else "Đang theo dõi",
        f"Cùng kỳ, {period(content.year_ago)}" if content.year_ago else "Cùng kỳ năm trước",
        "So cùng kỳ",
    )
    rows = []
    for measure in pack_definition()["headline"]:
        now, before = (content.row(measure, each) for each in (content.running, content.year_ago))
        official = content.row(measure, content.official)
        rows.append(
            (
                label(measure),
                told(official),
                told(now),
                told(before),
                change_words(change(before, now)),
            )
        )
    return TextTable("Số liệu chính", header, tuple(rows))


def target_table(content: MeetingContent) -> TextTable:
    """The eight targets with their newest figures."""
    rows = tuple(
        (number_, text, NO_DATA if row is None else told(row), "" if row is None else row["period"])
        for number_, text, row in targets(content)
    )
    return TextTable(
        "Tám mục tiêu của Kế hoạch", ("TT", "Mục tiêu", "Số liệu mới nhất", "Kỳ"), rows
    )


def place_table(content: MeetingContent) -> TextTable:
    """Communes with their counts and rates; the last row is the whole area."""
    names = (
        "resident_household_count",
        "poor_household_count",
        "poor_household_rate",
        "near_poor_household_count",
        "near_poor_household_rate",
    )
    rows = []
    for first in content.ranked("poor_household_rate"):
        cells = [content.communes.get((name, first["unit_code"])) for name in names]
        rows.append((first["unit_name"], *(_plain(cell) for cell in cells)))
    whole = tuple(_plain(content.row(name, content.official)) for name in names)
    rows.append(("Toàn địa bàn (các xã đã báo cáo)", *whole))
    header = ("Đơn vị", "Hộ dân cư", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ")
    title = f"Hộ nghèo, hộ cận nghèo theo đơn vị, {period(content.official)}"
    return TextTable(title, header, tuple(rows), frozenset({len(rows) - 1}))


def flow_table(content: MeetingContent) -> TextTable:
    """Who left and who came onto the list of the poor."""
    rows = tuple(
        (flow["words_vi"], bare(content.row(flow["measure"], content.official)))
        for flow in pack_definition()["flows"]
    )
    return TextTable(
        f"Diễn biến hộ nghèo, {period(content.official)}", ("Diễn biến", "Số hộ"), rows
    )


def deprivation_table(content: MeetingContent) -> TextTable:
    """The twelve indicators among the poor, the most frequent first."""
    rows = tuple((name, bare(row)) for name, _, row in content.deprivations())
    return TextTable(
        f"Thiếu hụt trong hộ nghèo, {period(content.official)}", ("Chỉ số", "Tỷ lệ"), rows
    )


def _plain(row: dict[str, object] | None) -> str:
    if row is None:
        return NO_DATA
    value = row["value"]
    if isinstance(value, int | float):
        return rate(value) if row["unit"] == "pct" else number(value)
    return figure(None, str(row["mark"]), str(row["unit"]))
