"""Sentences made from figures by rule. They say what the figures show and never why."""

from collections.abc import Sequence

from measures.comparison import Change, change
from reports.paper import Sentence
from reports.report_content import (
    COVERAGE_MEASURE,
    ReportContent,
    Row,
    label,
    pack_definition,
)
from reports.vietnamese import NO_DATA, NOT_PUBLIC_OR_NO_DATA, STATUS, figure, number, period

_FEW = 5
_CALLED = 3


def told(row: Row | None) -> str:
    """A figure with its unit; below full coverage with how many units reported."""
    if row is None:
        return NO_DATA
    text = figure(row["value"], row["mark"], row["unit"])
    if row["value"] is not None and row["units_reported"] < row["units_expected"]:
        text += f" ({row['units_reported']}/{row['units_expected']} xã đã báo cáo)"
    return text


def told_or_why(content: ReportContent, row: Row | None) -> str:
    """The figure as :func:`told`; without a row that the public may not see it, or that there is none."""
    return NOT_PUBLIC_OR_NO_DATA if row is None and content.is_public else told(row)


def bare(row: Row | None) -> str:
    """A figure with its unit; the sentence says the coverage."""
    return NO_DATA if row is None else figure(row["value"], row["mark"], row["unit"])


def change_words(changed: Change | None) -> str:
    """``giảm 910 hộ``, ``giảm 0,14 điểm %`` or ``không thay đổi``; in words why there is none."""
    if changed is None:
        return "chưa so sánh được"
    size, unit = abs(changed.difference), changed.later["unit"]
    if size == 0:
        return "không thay đổi"
    amount = f"{number(size, 2)} điểm %" if unit == "pct" else figure(size, "ok", unit)
    return f"{'giảm' if changed.difference < 0 else 'tăng'} {amount}"


def level(content: ReportContent) -> list[Sentence]:
    """How many are poor and near-poor by the review."""
    found = []
    for class_vi, name in (("hộ nghèo", "poor"), ("hộ cận nghèo", "near_poor")):
        count = content.row(f"{name}_household_count", content.official)
        share = content.row(f"{name}_household_rate", content.official)
        found.append(
            sentence(
                f"Theo kết quả rà soát {period(content.official)}, toàn địa bàn có {bare(count)} thuộc "
                f"diện {class_vi}; tỷ lệ {class_vi} là {bare(share)}.",
                _rows(count, share),
            )
        )
    return found


def compared(content: ReportContent) -> list[Sentence]:
    """The review against the one before, or why they are not compared."""
    found = []
    for name in ("poor_household_count", "poor_household_rate", "near_poor_household_count"):
        before, now = (
            content.row(name, each) for each in (content.official_before, content.official)
        )
        changed = change(before, now)
        if changed is not None:
            found.append(
                sentence(
                    f"So với {period(content.official_before)}, {_lower(label(name))} "
                    f"{change_words(changed)} (từ {bare(before)} còn {bare(now)})."
                    if changed.difference < 0
                    else f"So với {period(content.official_before)}, {_lower(label(name))} "
                    f"{change_words(changed)} (từ {bare(before)} thành {bare(now)}).",
                    _rows(before, now),
                )
            )
    if not found:
        found.append(
            sentence(
                f"Chưa so sánh được với {period(content.official_before)}: số liệu của một trong hai "
                "kỳ chưa đủ các xã, hoặc hai kỳ theo hai chuẩn nghèo.",
                (),
            )
        )
    return found


def running(content: ReportContent) -> list[Sentence]:
    """The running list, and the same a year before."""
    if content.running is None or content.year_ago is None:
        return [sentence("Chưa có danh sách đang theo dõi.", ())]
    now = content.row("poor_household_count", content.running)
    before = content.row("poor_household_count", content.year_ago)
    changed = change(before, now)
    text = (
        f"Danh sách đang theo dõi đến hết {period(content.running)} có {bare(now)} thuộc diện hộ nghèo; "
        f"cùng thời điểm năm trước ({period(content.year_ago)}) là {bare(before)}"
    )
    text += f", {change_words(changed)}." if changed else "; hai số chưa so sánh được."
    return [sentence(text, _rows(now, before))]


def flows(content: ReportContent) -> list[Sentence]:
    """Who left and who came onto the list of the poor."""
    parts, rows = [], []
    for flow in pack_definition()["flows"]:
        row = content.row(flow["measure"], content.official)
        parts.append(f"{bare(row)} {flow['words_vi']}")
        rows += list(_rows(row))
    return [sentence(f"Trong {period(content.official)}: {'; '.join(parts)}.", tuple(rows))]


def places(content: ReportContent) -> list[Sentence]:
    """Where most of the poor live, where the rate is highest and lowest; nothing where a unit is missing."""
    counts = content.ranked("poor_household_count")[:_CALLED]
    rates = content.ranked("poor_household_rate")
    if not counts or not rates:
        row = content.row(COVERAGE_MEASURE, content.placed)
        if not content.communes and content.is_public:
            return [Sentence(f"Số liệu từng xã của {period(content.placed)} không công khai.", ())]
        if row is None or row["value"] is None:
            return [Sentence(f"Số liệu theo đơn vị: {NO_DATA}.", ())]
        said = f"{row['units_reported']}/{row['units_expected']} xã đã báo cáo"
        return [Sentence(f"Chưa xếp thứ tự các đơn vị: chưa đủ số liệu mọi xã ({said}).", (row,))]
    most = "; ".join(f"{row['unit_name']} ({bare(row)})" for row in counts)
    highest, lowest = rates[0], rates[-1]
    return [
        sentence(f"Các đơn vị có nhiều hộ nghèo nhất: {most}.", tuple(counts)),
        sentence(
            f"Tỷ lệ hộ nghèo cao nhất ở {highest['unit_name']} ({bare(highest)}), thấp nhất ở "
            f"{lowest['unit_name']} ({bare(lowest)}).",
            (highest, lowest),
        ),
    ]


def contributors(content: ReportContent) -> list[Sentence]:
    """In how many units the poor became fewer or more, and where most; nothing where a unit is missing."""
    changes = content.changed_most(COVERAGE_MEASURE)
    if not changes or content.placed_before is None:
        return []
    fell = [each for each in changes if each.difference < 0]
    rose = [each for each in reversed(changes) if each.difference > 0]
    same = len(changes) - len(fell) - len(rose)
    found = [
        sentence(
            f"So với {period(content.placed_before)}, số hộ nghèo giảm ở {len(fell)} xã, tăng ở "
            f"{len(rose)} xã, không đổi ở {same} xã.",
            _compared_rows(changes),
        )
    ]
    for word, some in (("Giảm", fell[:_FEW]), ("Tăng", rose[:_FEW])):
        if some:
            named = "; ".join(f"{each.later['unit_name']} ({change_words(each)})" for each in some)
            found.append(sentence(f"{word} nhiều nhất: {named}.", _compared_rows(some)))
    return found


def _compared_rows(changes: Sequence[Change]) -> tuple[Row, ...]:
    return tuple(dict(row) for each in changes for row in (each.earlier, each.later))


def deprivations(content: ReportContent) -> list[Sentence]:
    """The most frequent deprivations of the poor."""
    known = content.deprivations()
    if not known:
        return [sentence(f"Thiếu hụt của hộ nghèo: {NO_DATA}.", ())]
    found = content.worst_deprivations()[:_CALLED]
    if not found:
        row = known[0][2]
        return [Sentence(f"Chưa xếp thứ tự các chỉ số thiếu hụt: {marked(row)}.", (row,))]
    named = "; ".join(f"{name.lower()} ({bare(row)})" for name, _, row in found)
    return [
        sentence(
            f"Các chỉ số có tỷ lệ thiếu hụt cao nhất trong hộ nghèo: {named}.",
            tuple(row for _, _, row in found),
        )
    ]


def marked(row: Row) -> str:
    """How many communes' lists carry the marks of deprivation."""
    return f"mới {row['units_reported']}/{row['units_expected']} xã có ghi"


def coverage(content: ReportContent) -> list[Sentence]:
    """Who did not report, and which targets have no figure."""
    return [_missing(content), _without_figures(content)]


def _missing(content: ReportContent) -> Sentence:
    row = content.row(COVERAGE_MEASURE, content.placed)
    if row is None:
        return Sentence(f"Độ đầy đủ: {NO_DATA}.", ())
    said = f"{row['units_reported']}/{row['units_expected']} xã"
    names = content.missing_units()
    text = f"Số liệu {period(content.placed)} có báo cáo của {said}."
    if names:
        some = ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")
        text = f"{text} {len(names)} xã chưa có số liệu cần gửi báo cáo ({some})."
    return Sentence(text, (row,))


def _without_figures(content: ReportContent) -> Sentence:
    names = [
        target["label_vi"]
        for target in pack_definition()["targets"]
        if newest_row(content, target["measure"]) is None
    ]
    if not names:
        return sentence("Tám mục tiêu của Kế hoạch đều có số liệu.", ())
    what = NOT_PUBLIC_OR_NO_DATA if content.is_public else "chưa đủ dữ liệu"
    return sentence(f"Mục tiêu {what}: {'; '.join(names)}.", ())


def targets(content: ReportContent) -> list[tuple[str, str, Row | None]]:
    """(number, label, newest row or None) of the eight targets."""
    return [
        (target["id"], target["label_vi"], newest_row(content, target["measure"]))
        for target in pack_definition()["targets"]
    ]


def newest_row(content: ReportContent, measure: str) -> Row | None:
    """The official review's row, else the newest half-year's."""
    row = content.row(measure, content.official)
    if row is not None and row["value"] is not None:
        return row
    return next((row for row in content.half_years(measure) if row["value"] is not None), None)


def _rows(*rows: Row | None) -> tuple[Row, ...]:
    return tuple(row for row in rows if row is not None)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def sentence(text: str, rows: tuple[Row, ...]) -> Sentence:
    """The sentence, and of how many units and of what status its figures are where that is not plain."""
    known = [row for row in rows if row["value"] is not None]
    partial = [row for row in known if row["units_reported"] < row["units_expected"]]
    shares = dict.fromkeys(f"{row['units_reported']}/{row['units_expected']}" for row in partial)
    open_ones = [row for row in known if row["status"] in ("estimate", "preliminary")]
    statuses = dict.fromkeys(STATUS[row["status"]] for row in open_ones)
    if shares or statuses:
        said = f"Số liệu {', '.join(statuses)}".rstrip()
        of = f" của {', '.join(shares)} xã đã báo cáo" if shares else ""
        text = f"{text} ({said}{of}.)"
    return Sentence(text, rows)
