"""The overview's strip of the eight targets, and what is new since the last report."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.numbers import amount, number, period, signed
from measures.since_last import Since, news, restated, worst
from measures.target_standing import Standing
from ui import blocks, printing, targets
from ui.data import Rows
from ui.folded import folded
from ui.navigation import page_named
from ui.tables import plain_table
from ui.texts import language, plain, t
from warehouse.door import NotAllowed

TARGETS = tuple(f"T{number}" for number in range(1, 9))
_SYMBOLS = {"better": "●", "worse": "▲", "same": "→"}
_SHORT = 10
"""Letters of a verdict that is not broken into lines."""


def show_strip(found: Sequence[Standing]) -> None:
    """Eight small cards, symbol and word, each a link to its target."""
    printing.subheader(t("news.strip"))
    with st.grid(4, min_column_width=250):
        for target in TARGETS:
            own = [each for each in found if each.indicator.id.startswith(f"{target}.")]
            status = worst(own)
            with st.container(border=True, height="stretch", gap="xxsmall"):
                _link(target, own)
                st.markdown(f"**{targets.status_words(status)}**")
                known = sum(each.status != "no_data" for each in own)
                st.caption(t("news.of", known=known, all=len(own)))
    st.caption(t("news.strip.note"))


def tell_visitors(rows: Rows) -> None:
    """What is not public is no missing figure: a visitor is told so."""
    if rows.viewer.role == "visitor":
        st.info(t("targets.not_public"), icon=":material/lock:")


def _link(target: str, own: Sequence[Standing]) -> None:
    """To the indicator that makes the status; the deprivations (T6) have a page of their own."""
    has_figure = any(each.indicator.measure for each in own)
    page = page_named("target_gaps" if has_figure else "deprivations")
    asked = {"target": _first(own), "targets": target} if has_figure else None
    if page is not None:
        st.page_link(page, label=t(f"news.target.{target}"), query_params=asked)


def _first(own: Sequence[Standing]) -> str:
    """The indicator that makes the target's status."""
    known = [each for each in own if each.indicator.measure] or own
    status = worst(known)
    return next(each.indicator.id for each in known if each.status == status)


def show_news(found: Sequence[Standing], rows: Rows) -> None:
    """Newest complete figures against those before, and how many old figures were restated."""
    printing.subheader(t("news.title"))
    told = news(found)
    if not told:
        blocks.nothing_to_show(t("news.none"))
        return
    counted = {
        key: sum(each.verdict == key for each in told) for key in ("better", "worse", "same")
    }
    st.markdown(t("news.sentence", **counted) + _restated(rows))
    every = pl.DataFrame([_row(each) for each in told])
    if blocks.is_phone():
        plain_table(every, "news", "co_gi_moi", rows.served)
        return
    worse = every.filter(pl.Series([each.verdict == "worse" for each in told]))
    if not worse.is_empty():
        # A table of Markdown is drawn at once; others wait for what a browser loads for tables alone.
        st.markdown(markdown_table(worse))
    with folded(t("news.all", count=every.height), "news") as is_open:
        plain_table(every, "news", "co_gi_moi", rows.served, is_open=is_open)


def markdown_table(shown: pl.DataFrame) -> str:
    """``shown`` as a table of Markdown; a number and its unit stay together."""
    head, *body = (
        f"| {' | '.join(map(_cell, line))} |" for line in (shown.columns, *shown.iter_rows())
    )
    return "\n".join([head, "| --- " * shown.width + "|", *body])


def _cell(text: str) -> str:
    """A verdict in one line, and a number and its unit together."""
    is_verdict = text.startswith(tuple(_SYMBOLS.values())) and len(text) <= _SHORT
    return plain(text.replace(" " if is_verdict else " %", "\u00a0" if is_verdict else "\u00a0%"))


def _row(each: Since) -> dict[str, str]:
    row = each.standing.row or {}
    unit = str(row["unit"])
    return {
        t("target.column.indicator"): targets.label(each.standing.indicator),
        t("news.verdict"): f"{_SYMBOLS[each.verdict]} {t(f'news.{each.verdict}')}",
        t(
            "news.now"
        ): f"{amount(each.now, unit, language())} ({period(row['period'], language())})",
        t("news.before"): f"{amount(each.earlier, unit, language())} "
        f"({period(each.earlier_period, language())})",
        t("target.moved.change"): signed(each.difference, unit, language()),
        t("news.status"): targets.status_text(each.standing),
    }


def _restated(rows: Rows) -> str:
    try:
        found = restated(rows.differences())
    except NotAllowed:
        return ""
    if not (found.changed or found.added):
        return " " + t("news.restated.none")
    return " " + t(
        "news.restated",
        changed=number(found.changed, language()),
        added=number(found.added, language()),
    )
