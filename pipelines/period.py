"""The period a file is about: a yearly review ("2024"), a half-year ("2025-H1") or a month ("2025-08")."""

import calendar
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipelines.dates import read_date
from pipelines.layout import SheetTable
from pipelines.reading import Form
from pipelines.reasons import Kind, Reason
from pipelines.title_periods import PeriodKind, period_in_name, periods_in_titles, periods_named
from reference.loading import TITLED_FORMS, era_at, reviews
from reference.programmes import FORM_PREFIX

_YEAR = re.compile(r"\d{4}")
_HALF_YEAR = re.compile(r"(\d{4})-H([12])")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_EARLIEST = date(1990, 1, 1)


@dataclass(frozen=True, slots=True)
class Period:
    """A period by its name, with its last day and the era of the units then in force."""

    name: str
    last_day: date

    @property
    def era(self) -> str:
        """Era of the units at the end of the period."""
        return era_at(self.last_day)


def period_of(name: str) -> Period | None:
    """The period "2024", "2025-H1" or "2025-08"; None when the name is none of these."""
    if _YEAR.fullmatch(name):
        return Period(name, date(int(name), 12, 31))
    if half := _HALF_YEAR.fullmatch(name):
        year = int(half[1])
        return Period(name, date(year, 6, 30) if half[2] == "1" else date(year, 12, 31))
    month = _MONTH.fullmatch(name)
    if month and 1 <= int(month[2]) <= 12:
        year, number = int(month[1]), int(month[2])
        return Period(name, date(year, number, calendar.monthrange(year, number)[1]))
    return None


def identify_period(
    path: str,
    form: Form,
    tables: Sequence[SheetTable],
    titles: Sequence[str],
    answer: str | None,
    today: date,
) -> Period | Reason:
    """The period of the file, or the reason why it has none.

    A yearly list whose title names a month of the review season (September to December) belongs to
    that year; one of another month, a quarter or a half-year is asked about, whatever its file name
    says. In-year decisions need a month, programmes and duties a half-year.
    """
    kind = _kind_of(form)
    named = periods_named(titles)
    usable = [period for name in named if (period := _of_kind(name, kind))]
    names = {each.name for each in usable}
    if len(names) > 1 and not (answer and answer in names):
        return _question(f"tiêu đề ghi nhiều kỳ: {', '.join(sorted(names))}", kind)
    running = [name for name in periods_in_titles(titles) if "-" in name]
    if kind == "year" and running and not usable and not answer:
        return _question(f"tiêu đề ghi kỳ “{running[0]}”", kind)
    sources: tuple[Callable[[], str | None], ...] = (
        lambda: answer if len(names) > 1 else usable[0].name if usable else None,
        lambda: _in_columns(tables, kind) if form not in TITLED_FORMS else None,
        lambda: _in_names([table.name for table in tables], kind),
        lambda: _in_names([part for part in reversed(path.split("/"))], kind),
        lambda: answer,
    )
    chosen = next((name for source in sources if (name := source())), None)
    period = period_of(chosen) if chosen else None
    if period is None:
        found = f"kỳ “{chosen or ', '.join(named)}”" if chosen or named else "không thấy kỳ"
        return _question(found, kind)
    return _allowed(period, kind, today)


def _kind_of(form: Form) -> PeriodKind:
    if form == "in_year":
        return "month"
    return "half_year" if form == "duties" or form.startswith(FORM_PREFIX) else "year"


def _kind_of_name(name: str) -> PeriodKind:
    if len(name) == 4:
        return "year"
    return "half_year" if "H" in name else "month"


def _of_kind(name: str, kind: PeriodKind) -> Period | None:
    period = period_of(name)
    if period is None or _kind_of_name(name) == kind:
        return period
    in_season = kind == "year" and _kind_of_name(name) == "month" and period.last_day.month >= 9
    return period_of(name[:4]) if in_season else None


def _in_names(names: Sequence[str], kind: PeriodKind) -> str | None:
    found = {period for name in names if (period := period_in_name(name, kind))}
    return found.pop() if len(found) == 1 else None


def _in_columns(tables: Sequence[SheetTable], kind: PeriodKind) -> str | None:
    """The one year (or month) that all dates of the form's column of dates lie in."""
    column, shape = ("decision_date", "%Y-%m") if kind == "month" else ("review_date", "%Y")
    found: set[str] = set()
    for table in tables:
        if column in table.columns:
            cells = pl.DataFrame(
                {"cell": sorted(table.distinct(column))}, schema={"cell": pl.String}
            )
            read = read_date(pl.col("cell"), earliest=_EARLIEST, latest=date(2100, 1, 1))
            days = cells.select(read).to_series().struct.field("date")
            found |= set(days.dt.strftime(shape).drop_nulls().to_list())
    return found.pop() if len(found) == 1 else None


def _allowed(period: Period, kind: PeriodKind, today: date) -> Period | Reason:
    latest = {
        "year": f"{today:%Y}",
        "half_year": f"{today:%Y}-H{1 if today.month <= 6 else 2}",
        "month": f"{today:%Y-%m}",
    }
    if period.name > latest[kind]:
        return _reason(
            "rejected", f"kỳ {period.name}, sau ngày {today:%d/%m/%Y}", "kỳ không ở tương lai",
            "Sửa kỳ ở tiêu đề rồi nộp lại tệp.",
        )  # fmt: skip
    if period.last_day.year not in reviews():
        years = sorted(reviews())
        return _reason(
            "rejected", f"kỳ {period.name}", f"năm rà soát từ {years[0]} đến {years[-1]}",
            "Sửa năm ở tiêu đề rồi nộp lại tệp.",
        )  # fmt: skip
    return period


def _question(found: str, kind: PeriodKind) -> Reason:
    wanted = {
        "year": "một năm, ví dụ “năm 2024”",
        "half_year": "nửa năm, ví dụ “6 tháng đầu năm 2025”",
        "month": "tháng và năm, ví dụ “tháng 8 năm 2025”",
    }
    return _reason(
        "question", found, wanted[kind],
        "Ghi kỳ báo cáo ở tiêu đề, hoặc điền cột period của tệp inbox.csv, rồi nộp lại.",
    )  # fmt: skip


def _reason(kind: Kind, found: str, expected: str, todo: str) -> Reason:
    return Reason(None, None, None, kind, found, expected, todo)
