"""The plan's eight targets: where each stands, what is missing, who answers for it; then one of them."""

from functools import partial

import polars as pl
import streamlit as st

from charts.half_years import half_years
from charts.labels import complete
from charts.numbers import period as period_text
from charts.ranked_bars import ranked, ranked_bars
from charts.trend import trend
from measures.catalogue import cards
from ui import blocks, changes, filters, frame, sentences, tables, target_units, targets
from ui.provenance import everything, provenance
from ui.target_heat import show_heat
from ui.target_verdicts import show_verdicts
from ui.texts import language, t

served, rows = frame.open_page()
lang, mode, today = language(), blocks.mode(), served.today
found, assigned = targets.standings(rows), rows.assigned_targets()

blocks.headline(targets.sentence(found))
st.caption(t("targets.note"))
glance = targets.at_a_glance(found, assigned, today)
tables.plain_table(glance, "targets", "muc_tieu", served, is_overview=True)

level = filters.level()
show_heat(rows, level, mode)

name = targets.choose()
chosen = next(each for each in found if each.indicator.id == name)
card, row = cards()[chosen.indicator.measure or ""], chosen.row
ambiguity = chosen.indicator.ambiguity_vi if lang == "vi" else chosen.indicator.ambiguity_en
st.subheader(f"{targets.label(chosen.indicator)}: {targets.status_text(chosen)}")
st.caption(f"{targets.aim(chosen.indicator)} · {targets.owner(chosen.indicator, today)}")
if ambiguity:
    st.info(t("target.ambiguity", text=ambiguity), icon=":material/help:")
if row is None:
    blocks.nothing_to_show(t("target.no_data"))
    st.stop()

why, in_years = partial(provenance, rows, card, row), partial(trend, is_narrow=blocks.is_phone())
series = targets.figures(rows).filter(measure=card.name)
halves = series.filter(pl.col("period").str.contains("-H")).sort("period").to_dicts()
is_yearly = "-" not in row["period"]
title = t("target.trend", label=blocks.label(card))
left, right = st.columns(2, gap="large")
with left:
    blocks.chart(
        in_years(series, card, lang, mode, benchmarks=targets.lines(chosen, assigned))
        if is_yearly
        else half_years(halves, lang, mode, chosen.indicator.target_value),
        "target_trend",
        title,
        blocks.subtitle(card, t("block.whole_area")),
        blocks.small_print(card, row, today) + targets.reading(chosen, assigned),
        details=partial(why, "target_trend"),
    )
era = target_units.era_of(rows, level, row["period"])
units = rows.estimates((card.name,), level=level, periods=(row["period"],), era=era)
with right:
    ranking = complete(units)
    if ranking.is_empty():
        blocks.nothing_to_show(t("target.ranking.none"))
    else:
        blocks.chart(
            ranked_bars(
                ranking,
                card,
                lang,
                mode,
                whole=row["value"]
                if row["unit"] == "pct" and changes.can_be_headline(row)
                else None,
            ),
            "target_ranking",
            sentences.ranking(ranking, row),
            blocks.subtitle(card, period_text(row["period"], lang), t(f"era.{era}")),
            blocks.small_print(card, row, today) + sentences.left_out(units),
            details=partial(why, "target_ranking"),
            height=420,
        )
picked = tables.estimates_table(
    ranked(units, lang),
    card,
    "target_units",
    f"{card.name}_{row['period']}",
    tables.notes_of(card, row, served),
)
if picked is not None:
    everything(rows, card, picked)

of_units = target_units.of_targets(rows, level).get(chosen.indicator.id, [])
target_units.show_movers(chosen, of_units, mode, rows)
target_units.show_what_if(chosen, of_units)

show_verdicts(chosen, served)
