"""The evidence on one model: scores before and after, the funnel, and how alike both groups were."""

from functools import partial
from typing import Any

import polars as pl
import streamlit as st

from charts.funnel import Site, funnel
from charts.numbers import MISSING, number, rate
from charts.score_trend import Step, score_trend
from charts.theme import STATUS_SYMBOLS
from measures.evaluation.funnel import funnel_line
from measures.evaluation.traits import TRAITS
from ui import blocks, models, printing, tables
from ui.data import Rows
from ui.folded import folded
from ui.models import PER, Row
from ui.texts import language, t

_ALIKE, _NOT_ALIKE = 0.1, 0.25


def method(key: str) -> None:
    """How all this is computed, one click away."""
    opened: Any = st.popover(
        t("model.method"), icon=":material/function:", type="tertiary", key=f"{key}_method",
        on_change="rerun",
    )  # fmt: skip
    with opened as opener:
        if opener.open:
            st.markdown(t("model.method.text", **models.rule_words()))


def evidence(rows: Rows, row: Row, _found: pl.DataFrame) -> None:
    """B1 before and after beside the comparison, the funnel, and how alike both groups were."""
    left, right = st.columns(2, gap="large")
    with left:
        _score_chart(rows, row)
    with right:
        _funnel_chart(rows, row)
    printing.subheader(t("model.exits"))
    st.caption(t("model.exits.note"))
    tables.plain_table(
        exits_table(row), "exits", f"thoat_ngheo_{row['model_id']}", rows.served, numbers=True
    )
    printing.subheader(t("model.balance"))
    st.caption(
        t(
            "model.balance.note",
            alike=number(_ALIKE, language(), 1),
            unlike=number(_NOT_ALIKE, language(), 2),
        )
    )
    table = balance_table(rows.model_results("model_balance").filter(model_id=row["model_id"]))
    tables.plain_table(table, "balance", f"can_doi_{row['model_id']}", rows.served, numbers=True)


def _score_chart(rows: Rows, row: Row) -> None:
    trend = rows.model_results("model_trend").filter(model_id=row["model_id"])
    groups = {
        name: [
            Step(one["step"], one["b1_points"], one["households"])
            for one in trend.filter(group=name).drop_nulls("b1_points").to_dicts()
        ]
        for name in ("participants", "comparison")
    }
    if not groups["participants"]:
        blocks.nothing_to_show(t("model.trend.none"))
        return
    names = {
        name: t(f"model.trend.{name}") for name in ("participants", "comparison", "rise", "entry")
    }
    names |= {str(step): t(f"model.step.{step}") for step in (-2, -1, 0, 1, 2)}
    change, usual, alone = (
        number(row[f"b1_{name}_points"], language(), 1)
        for name in ("change", "comparison", "regression")
    )
    blocks.chart(
        score_trend(groups["participants"], groups["comparison"], row["b1_regression_points"],
                    names, language(), blocks.mode()),
        "model_scores",
        t("model.trend.takeaway", change=change, alone=alone),
        models.subtitle(t("model.trend.subtitle"), row),
        t("model.trend.note", usual=usual) + " " + t("model.source"),
        details=partial(method, "model_scores"),
    )  # fmt: skip
    with folded(t("model.numbers"), "trend") as is_open:
        tables.plain_table(
            _trend_table(trend),
            "trend",
            f"b1_{row['model_id']}",
            rows.served,
            numbers=True,
            is_open=is_open,
        )


def _trend_table(trend: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                t("model.column.review"): t(f"model.step.{one['step']}"),
                t("model.column.group"): t(f"model.trend.{one['group']}"),
                "B1": number(one["b1_points"], language(), 1),
                t("model.column.known"): number(one["households"], language()),
            }
            for one in trend.to_dicts()
        ]
    )


def _funnel_chart(rows: Rows, row: Row) -> None:
    known = rows.model_results("model_site").drop_nulls(["out_share", "funnel_share"])
    own = known.filter(family_id=row["model_id"])
    if own.is_empty():
        blocks.nothing_to_show(t("model.funnel.none"))
        return
    middle, phi = known["funnel_share"][0], known["dispersion"][0]
    sites = [
        Site(
            f"{one['unit_name']} ({one['model_id']}, n = {one['households']})",
            one["households"], one["out_share"], one["family_id"] == row["model_id"],
        )
        for one in known.to_dicts()
    ]  # fmt: skip
    above = own.filter(pl.col("out_share") > pl.col("high_95_share")).height
    below = own.filter(pl.col("out_share") < pl.col("low_95_share")).height
    words = (t("model.funnel.axis"), t("model.funnel.inner"), t("model.funnel.outer"))
    limits = funnel_line(middle, phi, int(known["households"].max()))  # type: ignore[arg-type]
    blocks.chart(
        funnel(sites, limits, middle, words, language(), blocks.mode()),
        "model_funnel",
        t("model.funnel.takeaway", above=above, below=below, all=own.height),
        models.subtitle(t("model.funnel.subtitle"), row),
        t("model.funnel.note", middle=rate(PER * middle, language()), phi=number(phi, language(), 2))
        + " " + t("model.source"),
        details=partial(method, "model_funnel"),
    )  # fmt: skip
    with folded(t("model.numbers"), "funnel") as is_open:
        tables.plain_table(
            site_table(own),
            "funnel",
            f"cac_xa_{row['model_id']}",
            rows.served,
            numbers=True,
            is_open=is_open,
        )


def exits_table(row: Row) -> pl.DataFrame:
    """Out at the first and at the second review after entry, as expected without the model, and what is more."""
    later = {"effect_share": row["later_effect_share"], "effect_low_share": row["later_low_share"],
             "effect_high_share": row["later_high_share"], "out_share": row["later_out_share"],
             "expected_share": row["later_expected_share"], "households": row["later_households"]}  # fmt: skip
    return pl.DataFrame(
        [
            {
                t("model.column.within"): t("model.within", months=months),
                t("model.column.out_share"): models.share_text(found["out_share"]),
                t("model.column.expected"): models.share_text(found["expected_share"]),
                t("model.column.more_sure"): models.effect_text(found),
                t("model.column.compared"): number(found["households"], language()),
            }
            for months, found in ((12, row), (24, later))
        ]
    )


def balance_table(balance: pl.DataFrame) -> pl.DataFrame:
    """Traits of participants and comparison households before the model, with symbol and word."""
    order = {trait: place for place, trait in enumerate(TRAITS)}
    rows = sorted(balance.to_dicts(), key=lambda one: order[one["trait"]])
    return pl.DataFrame(
        [
            {
                t("model.column.trait"): t(f"model.trait.{one['trait']}"),
                t("model.trend.participants"): _trait(one, "participants_mean"),
                t("model.column.before"): _trait(one, "before_mean"),
                t("model.trend.comparison"): _trait(one, "after_mean"),
                t("model.column.difference"): _difference(one["after_difference"]),
            }
            for one in rows
        ]
    )


def _trait(row: Row, column: str) -> str:
    value = row[column]
    if value is None:
        return t("model.no_data")
    if row["trait"] in ("b1_points", "member_count"):
        return number(value, language(), 1)
    return rate(PER * value, language())


def _difference(value: float | None) -> str:
    if value is None:
        return f"{STATUS_SYMBOLS['unknown']} {MISSING}"
    size = abs(value)
    standing = "good" if size < _ALIKE else "watch" if size <= _NOT_ALIKE else "bad"
    return f"{STATUS_SYMBOLS[standing]} {t(f'model.alike.{standing}')} ({number(value, language(), 2)})"


def site_table(sites: pl.DataFrame) -> pl.DataFrame:
    """One row a commune: fidelity beside effect."""
    return pl.DataFrame([_site(one) for one in sites.to_dicts()])


def _site(one: Row) -> dict[str, str]:
    kind = t(f"model.kind.{one['model_kind']}")
    return {
        t("column.unit"): one["unit_name"] or MISSING,
        t("model.column.code"): f"{one['model_id']} ({kind})",
        t("model.column.fidelity"): models.share_text(one["fidelity_share"]),
        t("model.column.participants"): number(one["participants"], language()),
        t("model.column.known"): number(one["households"], language()),
        t("model.column.out"): number(one["out"], language()),
        t("model.column.out_share"): models.share_text(one["out_share"]),
        t("model.column.expected"): models.share_text(one["expected_share"]),
        t("model.column.more"): _more(one["effect_share"]),
    }


def _more(share: float | None) -> str:
    if share is None:
        return t("model.not_estimated")
    told = number(PER * share, language())
    return f"+{told}" if share > 0 else told
