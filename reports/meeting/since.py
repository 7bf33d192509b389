"""What changed since the meeting before: the figures frozen for both, told side by side and never why."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from measures import meeting_changes
from measures.comparison import change
from measures.target_standing import Standing, standing
from reference.loading import agencies, era_at
from reference.periods import last_day
from reference.plan import plan_indicators
from reports.paper import Sentence
from reports.report_content import (
    COVERAGE_MEASURE,
    NOT_A_UNIT,
    Key,
    ReportContent,
    Row,
    half_years_until,
    label,
    pack_definition,
    whole_area,
)
from reports.sentences import bare, change_words, sentence
from reports.vietnamese import day, period
from warehouse import decisions, frozen
from warehouse.decisions import Entry
from warehouse.door import Door
from warehouse.frozen import Meeting

_RANKED = "poor_household_rate"
_FEW, _MOVED = 3, 2


@dataclass(frozen=True)
class Since:
    """The meeting before and what is told otherwise now.

    ``province`` holds its rows of the whole area by (measure, period) and ``official`` its newest complete review.
    ``restated`` are keys of figures that both builds tell, of as many communes, and not the same; ``alerts`` the
    indicators that slip now and did not then; ``moved`` (unit, place then, place now) of those that moved most;
    ``decided`` the decisions of earlier meetings, none in public papers.
    """

    meeting: Meeting
    province: dict[Key, Row]
    official: str | None
    restated: tuple[Key, ...] = ()
    alerts: tuple[str, ...] = ()
    moved: tuple[tuple[str, int, int], ...] = ()
    decided: tuple[Entry, ...] = ()

    @property
    def said(self) -> str:
        """What of it the checksum of the papers is taken over, besides their own figures."""
        decided = [(each.entry_id, len(each.follow_ups)) for each in self.decided]
        figures = [f"{key}={row['value']}" for key, row in sorted(self.province.items())]
        return f"{figures}{self.restated}{self.alerts}{self.moved}{decided}"

    def newest(self, measure: str) -> Row | None:
        """The figure told then: the review's, else the newest half-year's."""
        found = self.province.get((measure, self.official)) if self.official else None
        if found is not None and found["value"] is not None:
            return found
        halves = half_years_until(self.province, measure, self.meeting.as_of)
        return next((row for row in halves if row["value"] is not None), None)


def since_meeting(data: Path, door: Door, meeting: Meeting) -> Since | None:
    """What the meeting before said, for the same viewer; None where there is none or its build is gone."""
    earlier = sorted(
        (each for each in frozen.meetings(data) if each.as_of < meeting.as_of),
        key=lambda each: (each.as_of, each.frozen_at),
    )
    for each in reversed(earlier):
        try:
            then = Door.open(data, door.viewer, each.build_id)
        except LookupError:
            continue
        return _since(data, then, door, each, meeting)
    return None


def _since(data: Path, then: Door, now: Door, earlier: Meeting, meeting: Meeting) -> Since:
    before, after = then.newest_complete_period(), now.newest_complete_period()
    decided = [] if now.viewer.role == "visitor" else decisions.entries(data)
    return Since(
        meeting=earlier,
        province=whole_area(then),
        official=before,
        restated=_restated(then, now, earlier.as_of),
        alerts=tuple(
            standing_now.indicator.label_vi
            for _, standing_now in meeting_changes.new_alerts(_standings(then), _standings(now))
        ),
        moved=_moved(then, now, before, after),
        decided=tuple(
            each
            for each in decided
            if each.kind == "decision"
            and each.said.meeting != meeting.slug
            and each.said_at.date() <= meeting.as_of
        ),
    )


def since_title(since: Since) -> str:
    """``Thay đổi từ kỳ họp trước (Sơ kết …, số liệu đến 15/09/2025)``."""
    return (
        f"Thay đổi từ kỳ họp trước ({since.meeting.name}, số liệu đến {day(since.meeting.as_of)})"
    )


def since_sentences(content: ReportContent, since: Since) -> list[Sentence]:
    """The review, what was corrected, what slips anew, who moved in the ranking, what became of decisions."""
    found = [*_review(content, since), _corrected(content, since), _slipping(since)]
    return [*found, *_ranking(since), *_decided(content, since)]


def _review(content: ReportContent, since: Since) -> list[Sentence]:
    then = since.province.get((COVERAGE_MEASURE, since.official)) if since.official else None
    now = content.row(COVERAGE_MEASURE, content.official)
    if then is None or now is None:
        return []
    if then["period"] == now["period"]:
        text = f"Chưa có kỳ rà soát năm mới đủ số liệu: kỳ gần nhất vẫn là {period(now['period'])}."
        return [Sentence(text, (now,))]
    changed = change(then, now)
    said = f", {change_words(changed)}" if changed else "; hai số chưa so sánh được"
    return [
        sentence(
            f"Số hộ nghèo theo kỳ rà soát gần nhất: tại kỳ họp trước {bare(then)} ({period(then['period'])}), "
            f"nay {bare(now)} ({period(now['period'])}){said}.",
            (then, now),
        )
    ]


def _corrected(content: ReportContent, since: Since) -> Sentence:
    if not since.restated:
        return Sentence(
            "Không có số liệu toàn địa bàn nào đã nêu tại kỳ họp trước bị điều chỉnh.", ()
        )
    pairs = [(since.province[key], content.province[key]) for key in since.restated]
    told = "; ".join(
        f"{label(then['measure'])} {period(then['period'])}: {bare(then)} → {bare(now)}"
        for then, now in pairs[:_FEW]
    )
    more = "; …" if len(pairs) > _FEW else ""
    rows = tuple(row for pair in pairs[:_FEW] for row in pair)
    return Sentence(
        f"{len(pairs)} số liệu toàn địa bàn đã nêu tại kỳ họp trước nay khác ({told}{more}).", rows
    )


def _slipping(since: Since) -> Sentence:
    if not since.alerts:
        return Sentence("Không có chỉ tiêu nào mới chuyển sang chậm, thiếu hoặc kém đi.", ())
    names = "; ".join(since.alerts[:_FEW]) + ("; …" if len(since.alerts) > _FEW else "")
    return Sentence(
        f"{len(since.alerts)} chỉ tiêu mới chuyển sang chậm, thiếu hoặc kém đi: {names}.", ()
    )


def _ranking(since: Since) -> list[Sentence]:
    if not since.moved:
        return []
    told = "; ".join(f"{name} (thứ {then} → thứ {now})" for name, then, now in since.moved)
    return [
        Sentence(f"Đổi thứ bậc nhiều nhất về tỷ lệ hộ nghèo (thứ 1 là tỷ lệ cao nhất): {told}.", ())
    ]


def _decided(content: ReportContent, since: Since) -> list[Sentence]:
    if not since.decided:
        return []
    counts = Counter(each.status(content.as_of) for each in since.decided)
    text = (
        f"Kết luận của các kỳ họp trước: {counts['done']} đã xong, {counts['late']} quá hạn, "
        f"{counts['open']} đang thực hiện."
    )
    late = [each for each in since.decided if each.status(content.as_of) == "late"]
    for each in late[:1]:
        text += f" Quá hạn: {each.text} ({_agency(each)}, hạn {_day(each.due_date)})."
    return [Sentence(text, ())]


def _standings(door: Door) -> list[Standing]:
    indicators = plan_indicators().values()
    names = sorted({name for each in indicators for name in each.measures})
    rows = door.estimates(names)
    return [standing(each, rows) for each in indicators]


def _restated(then: Door, now: Door, as_of: date) -> tuple[Key, ...]:
    """The newest yearly figures first, as the papers' tables name them."""
    pack = pack_definition()
    names = [*pack["headline"], *(target["measure"] for target in pack["targets"])]
    found = meeting_changes.compared(then.estimates(names), now.estimates(names), as_of)
    rows = found.filter(pl.col("kind") == "restated").iter_rows(named=True)
    ordered = sorted(
        rows,
        key=lambda row: (
            len(row["period"]) > len("2024"),
            -last_day(row["period"]).toordinal(),
            names.index(row["measure"]),
        ),
    )
    return tuple((row["measure"], row["period"]) for row in ordered)


def _moved(
    then: Door, now: Door, before: str | None, after: str | None
) -> tuple[tuple[str, int, int], ...]:
    if before is None or after is None or before == after:
        return ()
    era = era_at(last_day(after))
    earlier, later = (_communes(then, before, era), _communes(now, after, era))
    if earlier.is_empty() or later.is_empty():
        return ()
    found = meeting_changes.ranks(earlier, later).filter(pl.col("moved") != 0).head(_MOVED)
    return tuple(found.select("unit_name", "rank_before", "rank_after").iter_rows())


def _communes(door: Door, when: str, era: str) -> pl.DataFrame:
    rows = door.estimates((_RANKED,), level="commune", periods=(when,), era=era)
    return rows.filter(pl.col("unit_code") != NOT_A_UNIT)


def _agency(entry: Entry) -> str:
    names = (each.name_vi for each in agencies() if each.agency_id == entry.agency_id)
    return next(names, "chưa rõ cơ quan")


def _day(value: date | None) -> str:
    return "chưa đặt" if value is None else day(value)
