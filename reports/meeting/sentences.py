"""Sentences made from figures by rule. They say what the figures show and never why."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.comparison import Change, change
from reports.meeting.content import MeetingContent, Row, agency, label, pack_definition
from reports.vietnamese import NO_DATA, figure, number, period

_FEW = 5
_CALLED = 3


@dataclass(frozen=True)
class Sentence:
    """A sentence and the rows of ``result__estimate`` that it was made from."""

    text: str
    figures: tuple[Row, ...]


def told(row: Row | None) -> str:
    """A figure with its unit; below full coverage with how many units reported."""
    if row is None:
        return NO_DATA
    text = figure(row["value"], row["mark"], row["unit"])
    if row["value"] is not None and row["units_reported"] < row["units_expected"]:
        text += f" ({row['units_reported']}/{row['units_expected']} xã đã báo cáo)"
    return text


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


def sections(content: MeetingContent) -> list[tuple[str, list[Sentence]]]:
    """The report's sections with their sentences, in order."""
    return [
        ("Kết quả rà soát", [*_level(content), *_compared(content)]),
        ("Danh sách đang theo dõi", _running(content)),
        ("Diễn biến hộ nghèo", _flows(content)),
        ("Chênh lệch giữa các địa phương", _places(content)),
        ("Thiếu hụt dịch vụ xã hội cơ bản", _deprivations(content)),
        ("Độ đầy đủ của số liệu", _coverage(content)),
    ]


def proposals(content: MeetingContent) -> list[Sentence]:
    """Three proposals by rule: the highest rates, the most frequent deprivation, missing reports."""
    found = []
    highest = content.ranked("poor_household_rate")[:_FEW]
    if highest:
        names = "; ".join(f"{row['unit_name']} ({bare(row)})" for row in highest)
        found.append(
            _sentence(
                f"Các đơn vị có tỷ lệ hộ nghèo cao nhất báo cáo tại kỳ họp: {names}.",
                tuple(highest),
            )
        )
    lacking = content.deprivations()[:1]
    for name, role, row in lacking:
        who = agency(role, content.meeting.as_of)
        found.append(
            _sentence(
                f"{who} báo cáo về chỉ số thiếu hụt có tỷ lệ cao nhất trong hộ nghèo: "
                f"{name.lower()} ({bare(row)}).",
                (row,),
            )
        )
    missing = content.missing_units()
    if missing:
        found.append(
            Sentence(
                f"{len(missing)} xã chưa có số liệu {period(content.official)} gửi báo cáo.", ()
            )
        )
    return found


def call_on(content: MeetingContent) -> list[tuple[str, str, str]]:
    """(unit, why, role responsible) of those to call on at the meeting."""
    rows = content.ranked("poor_household_rate")[:_FEW]
    called = [
        (row["unit_name"], f"tỷ lệ hộ nghèo {bare(row)}", "Chủ tịch UBND cấp xã") for row in rows
    ]
    for name, role, row in content.deprivations()[:_CALLED]:
        who = agency(role, content.meeting.as_of)
        called.append((who, f"thiếu hụt {name.lower()}: {bare(row)}", "Thủ trưởng cơ quan"))
    return called


def _level(content: MeetingContent) -> list[Sentence]:
    found = []
    for class_vi, name in (("hộ nghèo", "poor"), ("hộ cận nghèo", "near_poor")):
        count = content.row(f"{name}_household_count", content.official)
        share = content.row(f"{name}_household_rate", content.official)
        found.append(
            _sentence(
                f"Theo kết quả rà soát {period(content.official)}, toàn địa bàn có {bare(count)} thuộc "
                f"diện {class_vi}; tỷ lệ {class_vi} là {bare(share)}.",
                _rows(count, share),
            )
        )
    return found


def _compared(content: MeetingContent) -> list[Sentence]:
    found = []
    for name in ("poor_household_count", "poor_household_rate", "near_poor_household_count"):
        before, now = (
            content.row(name, each) for each in (content.official_before, content.official)
        )
        changed = change(before, now)
        if changed is not None:
            found.append(
                _sentence(
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
            _sentence(
                f"Chưa so sánh được với {period(content.official_before)}: số liệu của một trong hai "
                "kỳ chưa đủ các xã, hoặc hai kỳ theo hai chuẩn nghèo.",
                (),
            )
        )
    return found


def _running(content: MeetingContent) -> list[Sentence]:
    if content.running is None or content.year_ago is None:
        return [_sentence("Chưa có danh sách đang theo dõi.", ())]
    now = content.row("poor_household_count", content.running)
    before = content.row("poor_household_count", content.year_ago)
    changed = change(before, now)
    text = (
        f"Danh sách đang theo dõi đến hết {period(content.running)} có {bare(now)} thuộc diện hộ nghèo; "
        f"cùng thời điểm năm trước ({period(content.year_ago)}) là {bare(before)}"
    )
    text += f", {change_words(changed)}." if changed else "; hai số chưa so sánh được."
    return [_sentence(text, _rows(now, before))]


def _flows(content: MeetingContent) -> list[Sentence]:
    parts, rows = [], []
    for flow in pack_definition()["flows"]:
        row = content.row(flow["measure"], content.official)
        parts.append(f"{bare(row)} {flow['words_vi']}")
        rows += list(_rows(row))
    return [_sentence(f"Trong {period(content.official)}: {'; '.join(parts)}.", tuple(rows))]


def _places(content: MeetingContent) -> list[Sentence]:
    counts = content.ranked("poor_household_count")[:_CALLED]
    rates = content.ranked("poor_household_rate")
    if not counts or not rates:
        return [_sentence(f"Số liệu theo đơn vị: {NO_DATA}.", ())]
    most = "; ".join(f"{row['unit_name']} ({bare(row)})" for row in counts)
    highest, lowest = rates[0], rates[-1]
    return [
        _sentence(f"Các đơn vị có nhiều hộ nghèo nhất: {most}.", tuple(counts)),
        _sentence(
            f"Tỷ lệ hộ nghèo cao nhất ở {highest['unit_name']} ({bare(highest)}), thấp nhất ở "
            f"{lowest['unit_name']} ({bare(lowest)}).",
            (highest, lowest),
        ),
    ]


def _deprivations(content: MeetingContent) -> list[Sentence]:
    found = content.deprivations()[:_CALLED]
    if not found:
        return [_sentence(f"Thiếu hụt của hộ nghèo: {NO_DATA}.", ())]
    named = "; ".join(f"{name.lower()} ({bare(row)})" for name, _, row in found)
    return [
        _sentence(
            f"Các chỉ số có tỷ lệ thiếu hụt cao nhất trong hộ nghèo: {named}.",
            tuple(row for _, _, row in found),
        )
    ]


def _coverage(content: MeetingContent) -> list[Sentence]:
    return [_missing(content), _without_figures(content)]


def _missing(content: MeetingContent) -> Sentence:
    row = content.row("poor_household_count", content.official)
    if row is None:
        return Sentence(f"Độ đầy đủ: {NO_DATA}.", ())
    said = f"{row['units_reported']}/{row['units_expected']} xã"
    names = content.missing_units()
    text = f"Số liệu {period(content.official)} có báo cáo của {said}."
    if names:
        some = ", ".join(names[:_FEW]) + (", …" if len(names) > _FEW else "")
        text = f"{text} {len(names)} xã chưa có số liệu cần gửi báo cáo ({some})."
    return Sentence(text, (row,))


def _without_figures(content: MeetingContent) -> Sentence:
    names = [
        target["label_vi"]
        for target in pack_definition()["targets"]
        if _newest(content, target["measure"]) is None
    ]
    if not names:
        return _sentence("Tám mục tiêu của Kế hoạch đều có số liệu.", ())
    return _sentence(f"Mục tiêu chưa đủ dữ liệu: {'; '.join(names)}.", ())


def targets(content: MeetingContent) -> list[tuple[str, str, Row | None]]:
    """(number, label, newest row or None) of the eight targets."""
    return [
        (target["id"], target["label_vi"], _newest(content, target["measure"]))
        for target in pack_definition()["targets"]
    ]


def _newest(content: MeetingContent, measure: str) -> Row | None:
    """The official review's row, else the newest half-year's."""
    row = content.row(measure, content.official)
    if row is not None and row["value"] is not None:
        return row
    halves = sorted(
        each for name, each in content.province if name == measure and each[4:6] == "-H"
    )
    known = [content.province[measure, half] for half in halves]
    return next((row for row in reversed(known) if row["value"] is not None), None)


def _rows(*rows: Row | None) -> tuple[Row, ...]:
    return tuple(row for row in rows if row is not None)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def all_sentences(content: MeetingContent) -> Sequence[Sentence]:
    """Every sentence of the report, in order, the proposals last."""
    body = [sentence for _, sentences in sections(content) for sentence in sentences]
    return [*body, *proposals(content)]


def _sentence(text: str, rows: tuple[Row, ...]) -> Sentence:
    """The sentence, and of how many units its figures are where some did not report."""
    known = [row for row in rows if row["value"] is not None]
    partial = [row for row in known if row["units_reported"] < row["units_expected"]]
    shares = dict.fromkeys(f"{row['units_reported']}/{row['units_expected']}" for row in partial)
    if shares:
        text = f"{text} (Số liệu của {', '.join(shares)} xã đã báo cáo.)"
    return Sentence(text, rows)
