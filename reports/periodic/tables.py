"""Tables of the periodic reports, beside those that every report shares."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from measures.comparison import change
from reference.citations import cited
from reference.loading import standards
from reports.paper import TextTable
from reports.periodic.content import year_before
from reports.report_content import ReportContent, Row, label, pack_definition
from reports.report_tables import plain, shared_coverage
from reports.sentences import bare, change_words, targets, told, told_or_why
from reports.vietnamese import NO_DATA, STATUS, number, period, rate

_SERIES = (
    "poor_household_count",
    "poor_household_rate",
    "near_poor_household_count",
    "near_poor_household_rate",
)
_OWN_SERIES = "nam_dinh_review"


def review_table(content: ReportContent) -> TextTable:
    """The review against the one it is compared with."""
    earlier, later = content.official_before, content.official
    names = pack_definition()["headline"]
    shared = {
        year: shared_coverage([content.row(name, year) for name in names])
        for year in (earlier, later)
    }
    rows = []
    for name in names:
        before, now = content.row(name, earlier), content.row(name, later)
        said = [
            told(row) if shared[year] is None else bare(row)
            for year, row in ((earlier, before), (later, now))
        ]
        rows.append((label(name), *said, change_words(change(before, now))))
    header = (
        "Chỉ tiêu",
        *(f"Rà soát {period(year)}{shared[year] or ''}" for year in (earlier, later)),
        "Tăng, giảm",
    )
    return TextTable("Số liệu chính", header, tuple(rows))


def compared_targets(content: ReportContent) -> list[tuple[str, str, Row | None, Row | None]]:
    """(number, label, newest row, the same a year before) of the eight targets."""
    return [
        (id_, text, row, content.row(row["measure"], year_before(row["period"])) if row else None)
        for id_, text, row in targets(content)
    ]


def compared_target_table(content: ReportContent) -> TextTable:
    """The eight targets with their newest figures and the same a year before."""
    rows = []
    for id_, text, row, before in compared_targets(content):
        when = "" if row is None else period(row["period"])
        changed = change_words(change(before, row))
        now, ago = (told_or_why(content, each) for each in (row, before))
        rows.append((id_, text, now, when, ago, changed))
    header = ("TT", "Mục tiêu", "Số liệu mới nhất", "Kỳ", "Cùng kỳ năm trước", "Tăng, giảm")
    return TextTable("Tám mục tiêu của Kế hoạch", header, tuple(rows), left=frozenset({1}))


def coverage_table(content: ReportContent) -> TextTable:
    """How many communes are in the figures of the report, and of what status these are."""
    rows = [content.row(name, content.placed) for name in pack_definition()["headline"]]
    rows += [row for _, _, row in targets(content)]
    seen = dict.fromkeys(
        (
            label(row["measure"]),
            period(row["period"]),
            f"{row['units_reported']}/{row['units_expected']}",
            STATUS.get(row["status"], NO_DATA),
        )
        for row in rows
        if row is not None
    )
    header = ("Chỉ tiêu", "Kỳ", "Số xã đã báo cáo", "Tình trạng")
    return TextTable("Độ đầy đủ theo chỉ tiêu", header, tuple(seen))


def series_tables(by_standard: Sequence[tuple[str, Sequence[Row]]]) -> list[TextTable]:
    """One table a standard: its years, never those of another beside them."""
    found = []
    for standard, rows in by_standard:
        years = sorted({row["period"] for row in rows})
        cells = {(row["measure"], row["period"]): row for row in rows}
        lines = []
        for year in years:
            known = cells.get((_SERIES[0], year))
            coverage = f"{known['units_reported']}/{known['units_expected']}" if known else NO_DATA
            status = STATUS.get(known["status"], NO_DATA) if known else NO_DATA
            lines.append(
                (year, *(plain(cells.get((name, year))) for name in _SERIES), status, coverage)
            )
        header = ("Năm", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ", "Tình trạng", "Số xã")
        title = f"Kết quả rà soát theo {standard_name(standard)}"
        found.append(TextTable(title, header, tuple(lines)))
    return found


def published_tables(published: pl.DataFrame, first: str, last: str) -> list[TextTable]:
    """What was once announced, one table a standard, each figure as it was announced."""
    own = published.filter(
        pl.col("series_id") == _OWN_SERIES,
        pl.col("measure").is_in(_SERIES),
        pl.col("period").is_between(pl.lit(first), pl.lit(last)),
    )
    found = []
    for standard in own["standard_id"].drop_nulls().unique().sort():
        rows = own.filter(pl.col("standard_id") == standard)
        cells = {(row["measure"], row["period"]): row for row in rows.iter_rows(named=True)}
        lines = tuple(
            (year, *(_announced(cells.get((name, year))) for name in _SERIES))
            for year in rows["period"].unique().sort()
        )
        header = ("Năm", "Hộ nghèo", "Tỷ lệ", "Hộ cận nghèo", "Tỷ lệ")
        title = f"Số liệu đã công bố theo {standard_name(standard)}"
        sources = "; ".join(map(cited, rows["source"].unique().sort()))
        notes = (f"Nguồn: {sources}. Dấu *: số suy ra.",)
        found.append(TextTable(title, header, lines, notes=notes))
    return found


def standard_name(standard: str) -> str:
    """A standard as it is written within a sentence."""
    name = standards()[standard].label_vi
    return name[:1].lower() + name[1:]


def _announced(row: dict[str, Any] | None) -> str:
    if row is None or row["value"] is None:
        return NO_DATA
    text = rate(row["value"]) if row["unit"] == "pct" else number(row["value"])
    return f"{text} *" if row["mark"] == "derived" else text
