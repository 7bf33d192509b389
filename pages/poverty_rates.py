"""Poverty rates by place and period: how it has gone, where it is high, and what was published."""

from functools import partial

import streamlit as st

from charts.labels import complete
from charts.numbers import period as period_text
from charts.ranked_bars import ranked, ranked_bars
from charts.trend import trend
from measures.catalogue import cards
from ui import blocks, breakdown, changes, comparisons, filters, frame, maps, sentences, tables, url
from ui.provenance import everything, provenance
from ui.published_table import published_table
from ui.texts import language, t

served, rows = frame.open_page()
lang, mode = language(), blocks.mode()
answer = blocks.answer_place()
chosen = filters.row(rows, served)
if chosen is None:
    blocks.headline(t("state.no_periods"))
    st.stop()

measure, card = chosen.measure, cards()[chosen.measure]
province = rows.estimates((measure,), status=chosen.status)
whole = changes.row_of(province, measure, chosen.period)
units = rows.estimates(
    (measure,), level=chosen.level, periods=(chosen.period,), era=chosen.era, status=chosen.status
)
shown = changes.row_of_unit(units, chosen.unit) if chosen.unit else whole
series = filters.series(rows, chosen)
changed = changes.change(series, measure, chosen.period)
why, in_years = partial(provenance, rows, card), partial(trend, is_narrow=blocks.is_phone())
with answer:
    blocks.headline(sentences.level_of(shown, chosen.unit is None, changed))
    if shown is not None:
        with st.container(horizontal=True, vertical_alignment="center"):
            blocks.badges(shown)
            why(shown, "poverty_rates")
        comparisons.show_same_units(rows, chosen, shown)
ranking = complete(units)
subtitle = blocks.subtitle(
    card, period_text(chosen.period, lang), t(f"era.{chosen.era}"), t(f"level.{chosen.level}")
)
left, right = st.columns(2, gap="large")
with left:
    picture = maps.picture(units, chosen, mode)
    if picture is None:
        blocks.nothing_to_show(t("map.none"))
    else:
        blocks.chart(
            picture,
            "poverty_map",
            sentences.where(units, whole),
            subtitle,
            f"{maps.reading(chosen, mode)} {blocks.source(card)}",
            details=partial(why, whole, "poverty_map"),
            on_pick=partial(url.choose, "unit"),
        )
with right:
    if ranking.is_empty():
        blocks.nothing_to_show(t("state.no_units"))
    else:
        blocks.chart(
            ranked_bars(
                ranking,
                card,
                lang,
                mode,
                whole=whole["value"] if changes.can_be_headline(whole) else None,
                own_unit=chosen.unit,
            ),
            "poverty_ranking",
            sentences.ranking(units, whole),
            subtitle,
            blocks.small_print(card, whole, served.today) + sentences.left_out(units),
            details=partial(why, whole, "poverty_ranking"),
            height=520,
        )
picked = tables.estimates_table(
    ranked(units, lang),
    card,
    "poverty_rates",
    f"{measure}_{chosen.period}_{chosen.level}_{chosen.era}",
    tables.notes_of(card, whole, served),
)
if picked is not None:
    with st.container(border=True):
        everything(rows, card, picked)

published = rows.published()
own, others = comparisons.beside(published, measure, whole)
blocks.chart(
    in_years(series, card, lang, mode, published=None if chosen.unit else own, benchmarks=others),
    "poverty_trend",
    sentences.trend(series, blocks.label(card)),
    blocks.subtitle(card, sentences.place(shown), t("trend.legend")),
    blocks.small_print(card, shown, served.today) + comparisons.reading(others, chosen.unit),
    details=partial(why, shown, "poverty_trend", comparisons.together(own, others)),
)

if chosen.by:
    name = filters.grouped_measure(rows, measure, chosen.by)
    breakdown.by_group(rows, cards()[name], chosen, mode)

if measure == "poor_household_rate" and not chosen.unit:
    survey = comparisons.survey(published)
    blocks.chart(
        in_years(changes.reviews(province), card, lang, mode, published=own, benchmarks=survey),
        "poverty_survey",
        t("survey.title"),
        blocks.subtitle(
            card,
            t("survey.subtitle", first=survey["period"].min(), last=survey["period"].max()),
        ),
        t("survey.note"),
        details=partial(why, whole, "poverty_survey", comparisons.together(own, survey)),
    )
published_table(rows, published, filters.count_of(measure), served)
