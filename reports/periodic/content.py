"""Which figures a periodic report speaks of."""

import re
from typing import Literal

import polars as pl

from reference.periods import half_year_in_words, last_day
from reference.plan import calendar
from reports.flow_balance import flow_balance
from reports.report_content import (
    COVERAGE_MEASURE,
    ReportContent,
    both_communes,
    is_demo_and_today,
    newest,
    whole_area,
    years_of,
)
from reports.vietnamese import period as in_words
from reports.view_link import view_link
from warehouse.door import Door, NotAllowed
from warehouse.frozen import Meeting

Kind = Literal["half-year", "annual", "five-year"]
KINDS: tuple[Kind, ...] = ("half-year", "annual", "five-year")
_YEAR, _MONTH = r"^\d{4}$", r"^\d{4}-\d{2}$"
_FEWEST, _MOST = 2, 10
"""Years that a report of several years may span."""


class ReportNotPossible(LookupError):
    """The build has no figures for such a report; the message says so in Vietnamese."""


def half_year_content(door: Door, half: str, meeting: Meeting | None = None) -> ReportContent:
    """The running list and the programmes of a half-year against the same a year before.

    Raises:
        ReportNotPossible: no figures of that half-year.
        PeriodError: not a half-year.
        NotAllowed: an officer: the report speaks of the whole province.
    """
    words = half_year_in_words(half)
    year, part = half.split("-")
    official = newest(door.periods(), _YEAR, str(int(year) - 1)) or str(int(year) - 1)
    return _content(
        door,
        meeting,
        f"Báo cáo {words}",
        official=official,
        before=str(int(official) - 1),
        running=half,
        placed=half,
        placed_before=year_before(half),
        until=half,
        due=_due(part),
    )


def annual_content(door: Door, year: str, meeting: Meeting | None = None) -> ReportContent:
    """A review against the one before, and the running list where the review is not there yet.

    Raises:
        ReportNotPossible: no figures of that year.
        NotAllowed: an officer.
    """
    if not re.fullmatch(_YEAR, year):
        raise ReportNotPossible("Báo cáo năm cần --period dạng 2025.")
    periods = door.periods()
    before = str(int(year) - 1)
    has_review = not _known(periods, year).is_empty()
    month = newest(periods.filter(pl.col("period").str.starts_with(year)), _MONTH)
    if not has_review and month is None:
        raise ReportNotPossible(f"Bản {door.build.build_id} không có số liệu năm {year}.")
    placed = year if has_review or month is None else month
    return _content(
        door,
        meeting,
        f"Báo cáo năm {year}",
        official=year,
        before=before,
        running=month,
        placed=placed,
        placed_before=year_before(placed),
        until=year,
        due=_due("H2"),
    )


def five_year_content(door: Door, span: str, meeting: Meeting | None = None) -> ReportContent:
    """The newest review of a span (``2021-2025``) against the first whole one of the same standard in it.

    Raises:
        ReportNotPossible: not a span of years, or none of them has figures.
        NotAllowed: an officer.
    """
    first, last = span_of(span)
    periods = door.periods()
    official = newest(periods, _YEAR, last)
    if official is None or official < first:
        raise ReportNotPossible(
            f"Bản {door.build.build_id} không có rà soát nào từ {first} đến {last}."
        )
    standard = _known(periods, official)["standard_id"][0]
    same = periods.filter(
        pl.col("period").str.contains(_YEAR),
        pl.col("period") >= first,
        pl.col("standard_id") == standard,
        pl.col("units_reported") == pl.col("units_expected"),
        pl.col("units_expected") > 0,
    )
    opening = str(same["period"].min() or first)
    return _content(
        door,
        meeting,
        f"Tổng kết giai đoạn {first}–{last}",
        official=official,
        before=opening,
        running=None,
        placed=official,
        placed_before=opening if opening < official else None,
        until=last,
        due=calendar()["five_year_review"].spans[0].words_vi,
    )


def span_of(span: str) -> tuple[str, str]:
    """First and last year of ``2021-2025``.

    Raises:
        ReportNotPossible: another spelling.
    """
    match = re.fullmatch(r"(\d{4})-(\d{4})", span)
    if match is None or not _FEWEST <= int(match[2]) - int(match[1]) + 1 <= _MOST:
        raise ReportNotPossible("Báo cáo tổng kết cần --period dạng 2021-2025.")
    return match[1], match[2]


def year_before(period: str) -> str:
    """The same part of the year before: ``2025-H1`` → ``2024-H1``."""
    return f"{int(period[:4]) - 1}{period[4:]}"


def opening_sentence(content: ReportContent) -> str:
    """By what clause the report is made, when it is due and which day its figures are of."""
    due = dict(content.notes)[_DUE]
    return (
        f"Báo cáo lập theo mục IV.16 của Kế hoạch ({due}). Số liệu đến ngày "
        f"{content.as_of:%d/%m/%Y}, tình trạng: {content.standing} ({in_words(content.placed)})."
    )


_DUE = "Thời hạn"


def _content(
    door: Door,
    meeting: Meeting | None,
    name: str,
    *,
    official: str,
    before: str,
    running: str | None,
    placed: str,
    placed_before: str | None,
    until: str,
    due: str,
) -> ReportContent:
    if door.viewer.role == "officer":
        raise NotAllowed("Chỉ người xem số liệu toàn tỉnh được xuất báo cáo định kỳ.")
    province = whole_area(door)
    row = province.get((COVERAGE_MEASURE, placed))
    if row is None or row["units_reported"] == 0:
        raise ReportNotPossible(
            f"Bản {door.build.build_id} không có số liệu {in_words(placed)}; hãy chọn kỳ khác."
        )
    is_demo, today = is_demo_and_today(door)
    communes, communes_before = both_communes(door, placed, placed_before)
    return ReportContent(
        name=name,
        build_id=door.build.build_id,
        as_of=min(last_day(until), today),
        official=official,
        official_before=before,
        running=running,
        year_ago=year_before(running) if running else None,
        placed=placed,
        placed_before=placed_before,
        province=province,
        communes=communes,
        communes_before=communes_before,
        years=years_of(door.periods(), official),
        today=today,
        link=view_link(placed, meeting.slug if meeting else None),
        is_demo=is_demo,
        is_public=door.viewer.role == "visitor",
        balance=flow_balance(door, official),
        notes=((_DUE, due), *_frozen_for(meeting)),
    )


def _frozen_for(meeting: Meeting | None) -> tuple[tuple[str, str], ...]:
    return (("Số liệu chốt cho kỳ họp", f"{meeting.name} ({meeting.who})"),) if meeting else ()


def _known(periods: pl.DataFrame, period: str) -> pl.DataFrame:
    return periods.filter(pl.col("period") == period, pl.col("units_reported") > 0)


def _due(part: str) -> str:
    spans = calendar()["half_year_report"].spans
    return next(span.words_vi for span in spans if span.part == part)
