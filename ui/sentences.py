"""Sentences made from figures. They say what the figures show and never why."""

import re
from collections.abc import Sequence
from typing import Literal

import polars as pl

from charts.labels import Row, complete, counted_unit, figure_text, has_figure, is_unit, unit_name
from charts.list_flows import Step
from charts.numbers import amount, number, period, rate
from charts.ranked_bars import ranked
from ui.changes import Change, can_be_headline, is_complete
from ui.texts import language, t

_OF_PROVINCE = re.compile(r"( chi nhánh)? tỉnh .+")


def headline(count: Row | None, share: Row | None, changed: Change | None, few: int | None) -> str:
    """The overview's answer: how many are poor, how that changed, how few units made most of it."""
    if count is None or share is None or not has_figure(count):
        return t("sentence.no_complete_period")
    first = t(
        "sentence.headline.level",
        period=period(count["period"], language()),
        count=number(count["value"], language()),
        rate=rate(share["value"], language()),
    )
    if changed is None:
        return f"{first}."
    text = f"{first}, {change_in_words(changed)}"
    if few is not None:
        text += "; " + t("sentence.headline.few", number=number(few, language()))
    return f"{text}."


def place(row: Row | None) -> str:
    """Name of the unit a figure belongs to; the whole area in the reader's words."""
    if row is None:
        return ""
    return t("block.whole_area") if row["level"] == "province" else unit_name(row, language())


def without_province(agency: str) -> str:
    """``Sở Y tế tỉnh Ninh Bình`` → ``Sở Y tế``: where all agencies of a table are of one province."""
    return _OF_PROVINCE.sub("", agency)


def level_of(row: Row | None, is_whole_area: bool, changed: Change | None) -> str:
    """``Tỷ lệ hộ nghèo 2024, toàn địa bàn: 0,95 % = 6.131 hộ, giảm 0,14 điểm % so với 2023``."""
    if row is None or not has_figure(row):
        return t("sentence.no_figure")
    if not is_complete(row):
        return t(
            "sentence.partial",
            period=period(row["period"], language()),
            coverage=coverage(row),
            figure=figure_text(row, language()),
        )
    text = t(
        "sentence.level",
        place=t("block.whole_area") if is_whole_area else unit_name(row, language()),
        period=period(row["period"], language()),
        measure=t(f"sentence.measure.{row['measure']}"),
        figure=figure_text(row, language()),
    )
    return text if changed is None else f"{text}, {change_in_words(changed)}"


def change_in_words(changed: Change) -> str:
    """``giảm 910 hộ so với 2023``."""
    difference = changed.difference
    key = "fall" if difference < 0 else "rise" if difference > 0 else "same"
    unit = "points" if changed.later["unit"] == "pct" else changed.later["unit"]
    return t(
        f"sentence.change.{key}",
        amount=amount(abs(difference), unit, language()),
        period=period(changed.earlier["period"], language()),
    )


def ranking(
    rows: pl.DataFrame, whole: Row | None, kind: Literal["highest", "missing"] = "highest"
) -> str:
    """Takeaway of a ranking: the highest unit, or where most is missing; how many lie above the whole area.

    Args:
        rows: one a unit, those that did not report in full too: then it is said of how many the sentence is.
        whole: the figure of the whole area.
        kind: what is ranked.
    """
    units = [row for row in ranked(complete(rows), language()) if has_figure(row) and is_unit(row)]
    if not units:
        return t("sentence.ranking.none")
    if kind == "missing" and not units[0]["value"]:
        return t("sentence.ranking.nothing_missing", total=number(len(units), language()))
    told = _ranking(units, whole, kind)
    every = sum(is_unit(row) for row in rows.iter_rows(named=True))
    if len(units) == every:
        return told
    return t(
        "sentence.ranking.of_known",
        number=number(len(units), language()),
        total=number(every, language()),
        told=f"{told[0].lower()}{told[1:]}",
    )


def _ranking(units: Sequence[Row], whole: Row | None, kind: Literal["highest", "missing"]) -> str:
    """``units`` from the highest down."""
    first = t(
        f"sentence.ranking.{kind}",
        unit=unit_name(units[0], language()),
        figure=figure_text(units[0], language()),
    )
    if whole is None or not can_be_headline(whole) or whole["unit"] != "pct":
        return first
    if len(units) == 1:
        return t(
            f"sentence.ranking.single.{kind}",
            unit=unit_name(units[0], language()),
            figure=figure_text(units[0], language()),
            rate=rate(whole["value"], language()),
        )
    above = sum(row["value"] > whole["value"] for row in units)
    return f"{first}; " + t(
        "sentence.ranking.above",
        number=number(above, language()),
        total=number(len(units), language()),
        rate=rate(whole["value"], language()),
    )


def where(rows: pl.DataFrame, whole: Row | None) -> str:
    """Takeaway of a map: where most households are and where the rate is highest; a name where a unit is missing."""
    units = [row for row in ranked(rows, language()) if has_figure(row) and is_unit(row)]
    is_told = whole is not None and can_be_headline(whole) and whole["unit"] == "pct"
    if not is_told or len(units) < rows.filter(pl.col("unit_code") != "not_attributable").height:
        return t("map.title")
    most = max(units, key=lambda row: row["numerator"])
    return t(
        "map.takeaway",
        unit=unit_name(most, language()),
        amount=amount(most["numerator"], counted_unit(most["measure"]), language()),
        highest=unit_name(units[0], language()),
        rate=rate(units[0]["value"], language()),
    )


def left_out(units: pl.DataFrame) -> str:
    """How many units the ranking leaves out; empty where it has all of them."""
    found = [row for row in units.iter_rows(named=True) if is_unit(row)]
    missing = sum(not (has_figure(row) and is_complete(row)) for row in found)
    return " · " + t("sentence.left_out", number=number(missing, language())) if missing else ""


def trend(rows: pl.DataFrame, label: str) -> str:
    """Takeaway of a trend: first and last complete year of the newest standard."""
    years = rows.filter(
        pl.col("period").str.len_chars() == 4,
        pl.col("value").is_not_null(),
        pl.col("units_reported") == pl.col("units_expected"),
    ).sort("period")
    if years.is_empty():
        return t("sentence.trend.none")
    standard = years["standard_id"][-1]
    same = years.filter(pl.col("standard_id").eq_missing(pl.lit(standard, dtype=pl.String)))
    if same.height == 1:
        return t(
            "sentence.trend.single",
            label=label,
            period=same["period"][0],
            value=_value(same.row(0, named=True)),
        )
    rise = same["value"][-1] - same["value"][0]
    direction = "fall" if rise < 0 else "rise" if rise > 0 else "same"
    return t(
        f"sentence.trend.{direction}",
        label=label,
        first=_value(same.row(0, named=True)),
        first_period=same["period"][0],
        last=_value(same.row(-1, named=True)),
        last_period=same["period"][-1],
    )


def half_years(rows: Sequence[Row], label: str) -> str:
    """Takeaway of half-yearly bars: the first and the last that all communes reported."""
    known = [row for row in rows if has_figure(row) and is_complete(row)]
    rise = known[-1]["value"] - known[0]["value"] if known else 0
    if not rise:
        return t("target.trend", label=label)
    return t(
        f"sentence.trend.{'fall' if rise < 0 else 'rise'}",
        label=label,
        first=_value(known[0]),
        first_period=period(known[0]["period"], language()),
        last=_value(known[-1]),
        last_period=period(known[-1]["period"], language()),
    )


def coverage(row: Row) -> str:
    """``52/57 xã đã báo cáo``; of a figure over reports: ``10/11 báo cáo đã rõ ngày``."""
    is_of_reports = counted_unit(row["measure"]) == "report"
    return t(
        "sentence.coverage.reports" if is_of_reports else "sentence.coverage",
        reported=number(row["units_reported"], language()),
        expected=number(row["units_expected"], language()),
    )


def flows(steps: Sequence[Step]) -> str:
    """Takeaway of the flows: how many left the list and how many came onto it."""
    left = sum(step.start - step.end for step in steps if step.kind == "left")
    came = sum(step.end - step.start for step in steps if step.kind == "came")
    return t("sentence.flows", left=number(left, language()), came=number(came, language()))


def _value(row: Row) -> str:
    return amount(row["value"], row["unit"], language())
