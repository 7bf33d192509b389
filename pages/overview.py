"""Where we are: the newest complete review, what moved, the running list, who is highest."""

from functools import partial

import streamlit as st

from charts.labels import complete
from charts.list_flows import list_flows
from charts.numbers import period as period_text
from charts.ranked_bars import ranked, ranked_bars
from charts.trend import trend
from measures.catalogue import cards
from ui import (
    blocks,
    changes,
    comparisons,
    filters,
    flows,
    frame,
    news,
    printing,
    quality,
    sentences,
    tables,
    targets,
)
from ui.folded import folded
from ui.provenance import everything, provenance
from ui.texts import language, t

COUNT, RATE = "poor_household_count", "poor_household_rate"
NEAR_COUNT, NEAR_RATE = "near_poor_household_count", "near_poor_household_rate"

served, rows = frame.open_page()
card, lang, mode = cards()[RATE], language(), blocks.mode()
today, newest = served.today, rows.newest_complete_period()
province = rows.estimates((COUNT, RATE, NEAR_COUNT, NEAR_RATE))
count, share = (changes.row_of(province, name, newest) for name in (COUNT, RATE))
poor_change = changes.change(province, COUNT, newest)
era = filters.era_in_force(rows, newest, served.today) if newest else filters.MAPPED_ERA
few = flows.few_units(rows, poor_change, era)

blocks.headline(sentences.headline(count, share, poor_change, few and few[0]))
# A browser needs longest for pictures: the first one goes out before the figures above it.
figures = printing.place()
why, in_years = partial(provenance, rows, card, share), partial(trend, is_narrow=blocks.is_phone())
pictures = st.grid(2, min_column_width=500, gap="large")
left, right = pictures.cell(), pictures.cell()
with left:
    yearly = province.filter(measure=RATE)
    published = rows.published()
    own, others = comparisons.beside(published, RATE, share)
    blocks.chart(
        in_years(yearly, card, lang, mode, published=own, benchmarks=others),
        "overview_trend",
        sentences.trend(yearly, blocks.label(card)),
        blocks.subtitle(card, t("block.whole_area"), t("trend.legend")),
        blocks.small_print(card, share, today) + comparisons.reading(others),
        details=partial(why, "overview_trend", comparisons.together(own, others)),
    )
with figures:
    with st.grid(4, min_column_width=230):
        blocks.figure_card(
            t("overview.poor", period=newest or ""), count, share, poor_change, today
        )
        near = (changes.row_of(province, name, newest) for name in (NEAR_COUNT, NEAR_RATE))
        near_change = changes.change(province, NEAR_COUNT, newest)
        blocks.figure_card(t("overview.near_poor", period=newest or ""), *near, near_change, today)
        running = changes.newest_running(province, COUNT)
        running_share = changes.row_of(province, RATE, running["period"] if running else None)
        blocks.figure_card(
            t("overview.running", period=period_text(running["period"], lang) if running else ""),
            running,
            running_share,
            None,
            today,
            comparisons.change_of_same_units(rows, running_share, today),
        )
        blocks.text_card(t("overview.data"), *quality.freshness(served, rows))
    stands = targets.standings(rows)
    news.show_strip(stands)
    news.tell_visitors(rows)
with right:
    steps = flows.steps(rows, COUNT, newest)
    if steps:
        blocks.chart(
            list_flows(steps, lang, mode),
            "overview_flows",
            sentences.flows(steps),
            t("flows.subtitle", period=newest or ""),
            f"{t('flows.note')} {blocks.source(cards()[COUNT])}",
            details=flows.details,
        )
    else:
        blocks.nothing_to_show(t("flows.none"))

news.show_news(stands, rows)

level = filters.level()
shown_era = filters.DISTRICT_ERA if level == "district" else era
units = rows.estimates((RATE,), level=level, periods=(newest,) if newest else (), era=shown_era)
if units.is_empty():
    blocks.nothing_to_show(t("state.no_units"))
else:
    blocks.chart(
        ranked_bars(complete(units), card, lang, mode, whole=share["value"] if share else None),
        "overview_ranking",
        sentences.ranking(units, share),
        blocks.subtitle(card, newest or "", t(f"era.{shown_era}")),
        blocks.small_print(card, share, today) + sentences.left_out(units),
        details=partial(why, "overview_ranking"),
        height=460,
    )
    with folded(t("table.open"), "overview") as is_open:
        notes = tables.notes_of(card, share, served)
        picked = tables.estimates_table(
            ranked(units, lang), card, "overview", f"{RATE}_{newest}", notes, is_open=is_open
        )
        if picked is not None:
            everything(rows, card, picked)
