"""What the published methods say of one indicator's series, side by side: they may disagree."""

from collections.abc import Sequence

import polars as pl
import streamlit as st

from charts.numbers import MISSING, number
from charts.theme import STATUS_SYMBOLS
from measures import damped_trend, progress
from measures.outlook import last_year
from measures.target_standing import FEWEST_VALUES, Standing
from ui import printing
from ui.build import Served
from ui.tables import plain_table
from ui.texts import language, t

Told = tuple[str, str | None, str]
"""Method, its verdict (None: not enough data) and its own figure in words."""
_STAND_INS = ((0.001, 3), (0.5, 1))
"""Each with the decimals it is written with."""
_GOOD = {"met", "on_track", "reaches"}
_WATCH = {"slightly_off", "moderate", "fair", "may_reach"}
_PERCENT = (0.0, 100.0)


def show_verdicts(found: Standing, served: Served) -> None:
    """The table under a heading that counts the verdicts; nothing where the plan has no number."""
    told = verdicts(found)
    if not told:
        return
    given = {verdict for _, verdict, _ in told if verdict}
    if given:
        printing.subheader(t("target.methods", methods=len(told), verdicts=len(given)))
    else:
        printing.subheader(t("target.methods.none"))
    st.caption(t("target.methods.note"))
    if found.row is not None and found.row["standard_id"] is not None:
        st.warning(t("target.methods.scenario"), icon=":material/science:")
    if found.indicator.target_value == 0:
        st.caption(t("target.methods.stand_in"))
    table = pl.DataFrame(
        [
            {
                t("target.method"): method,
                t("target.verdict"): _words(verdict),
                t("target.method_figure"): figure,
            }
            for method, verdict, figure in told
        ]
    )
    plain_table(table, "verdicts", "phuong_phap", served)


def verdicts(found: Standing) -> list[Told]:
    """One entry a method, the one the page goes by first; no method speaks of fewer than five values."""
    indicator, row = found.indicator, found.row
    if indicator.target_value is None or row is None:
        return []
    series = found.series if len(found.series) >= FEWEST_VALUES else ()
    target, year = indicator.target_value, indicator.deadline_year + 1
    told = [_german(series, target, year)]
    if indicator.target_kind == "keep_100":
        told.insert(0, (t("target.method.keep"), progress.german_keep(series, target), MISSING))
        told += [_growth(series, target, year, rises=True), _to_limit(series, target)]
    else:
        told += [_growth_to_zero(series, target, year, *each) for each in _STAND_INS]
    told.append(_unsd(series, target, year))
    if row["standard_id"] is None:
        told.append(_damped(found, target))
    return told


def _words(verdict: str | None) -> str:
    """Symbol and word, as every status has them."""
    if verdict is None:
        return f"{STATUS_SYMBOLS['unknown']} {t('target.too_short')}"
    standing = "good" if verdict in _GOOD else "watch" if verdict in _WATCH else "bad"
    return f"{STATUS_SYMBOLS[standing]} {t(f'target.verdict.{verdict}')}"


def _german(series: progress.Series, target: float, year: int) -> Told:
    got = progress.german(series, target, year)
    method = t("target.method.german")
    if got is None:
        return method, None, MISSING
    return method, got.verdict, _figure("german", got.projected)


def _growth(series: progress.Series, target: float, year: int, *, rises: bool) -> Told:
    got = progress.growth(series, target, year, rises=rises)
    return _grown(t("target.method.growth"), "growth", got)


def _growth_to_zero(
    series: progress.Series, target: float, year: int, stand_in: float, decimals: int
) -> Told:
    got = progress.growth(series, target, year, rises=False, stand_in=stand_in)
    method = t("target.method.growth_zero", stand_in=number(stand_in, language(), decimals))
    return _grown(method, "growth", got)


def _to_limit(series: progress.Series, limit: float) -> Told:
    got = progress.growth_to_limit(series, limit)
    return _grown(t("target.method.limit"), "limit", got)


def _grown(method: str, figure: str, got: progress.Growth | None) -> Told:
    if got is None:
        return method, None, MISSING
    return method, got.verdict, _figure(figure, got.ratio)


def _unsd(series: progress.Series, target: float, year: int) -> Told:
    got = progress.unsd(series, target, year)
    method = t("target.method.unsd")
    if got is None:
        return method, None, MISSING
    return method, got.verdict, _figure("unsd", got.progress)


def _damped(found: Standing, target: float) -> Told:
    method = t("target.method.damped")
    last = last_year(None, int(found.series[-1][0])) if found.series else None
    got = None if last is None else _ahead(found.series, last + 1)
    if got is None:
        run = len(damped_trend.unbroken(found.series))
        return method, None, t("target.damped.short", needed=damped_trend.FEWEST, known=run)
    verdict = "reaches" if got.low >= target else "may_reach" if got.high >= target else "short"
    figure = t(
        "target.damped.figure",
        year=last,
        value=number(got.value, language(), 1),
        low=number(got.low, language(), 1),
        high=number(got.high, language(), 1),
        error=number(got.error, language(), 1),
    )
    return method, verdict, figure


@st.cache_data(max_entries=256, show_spinner=False)
def _ahead(series: Sequence[progress.Point], until: float) -> damped_trend.Ahead | None:
    return damped_trend.ahead(series, until, _PERCENT)


def _figure(method: str, value: float) -> str:
    return t(f"target.method.{method}.figure", value=number(value, language(), 2))
