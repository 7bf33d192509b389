"""The plan's eight targets: where each stands, what is missing, who answers for it; then one of them."""

from functools import partial

import polars as pl
import streamlit as st

from charts.half_years import half_years
from charts.labels import complete
from charts.trend import trend
from measures.catalogue import cards
from reports.view_file import Part
from ui import (
    blocks,
    filters,
    frame,
    news,
    printing,
    sentences,
    target_glance,
    target_units,
    targets,
)
from ui.provenance import provenance
from ui.target_heat import show_heat
from ui.target_ranking import show_ranking, show_table, units_of
from ui.target_verdicts import show_verdicts
from ui.texts import language, plain, t

served, rows = frame.open_page()
lang, mode, today = language(), blocks.mode(), served.today
found, assigned = targets.standings(rows), rows.assigned_targets()

blocks.headline(targets.sentence(found))
if slips := target_glance.slipping(found):
    st.markdown(plain(slips))
    printing.note(Part(slips))
st.caption(t("targets.note"))
news.tell_visitors(rows)
target_glance.show(found, assigned, served, today)
for words in targets.worst_parts(found):
    st.caption(plain(words))

level = filters.level()
show_heat(rows, level, mode)

name = targets.choose()
chosen = next(each for each in found if each.indicator.id == name)
card, row = cards()[chosen.indicator.measure or ""], chosen.row
ambiguity = chosen.indicator.ambiguity_vi if lang == "vi" else chosen.indicator.ambiguity_en
printing.subheader(f"{targets.label(chosen.indicator)}: {targets.status_text(chosen)}")
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
lines = targets.lines(chosen, assigned)
left, right = st.columns(2, gap="large")
with left:
    if is_yearly and complete(series).is_empty() and lines.is_empty():
        blocks.nothing_to_show(t("target.trend.none"))
    else:
        blocks.chart(
            in_years(series, card, lang, mode, benchmarks=lines)
            if is_yearly
            else half_years(halves, lang, mode, chosen.indicator.target_value),
            "target_trend",
            sentences.trend(series, blocks.label(card))
            if is_yearly
            else sentences.half_years(halves, blocks.label(card)),
            blocks.subtitle(card, t("block.whole_area")),
            blocks.small_print(card, row, today) + targets.reading(chosen, assigned),
            details=partial(why, "target_trend"),
        )
units = units_of(rows, row, level)
with right:
    show_ranking(rows, chosen, units, card, level, mode, why)
show_table(rows, chosen, units, card)

of_units = target_units.of_targets(rows, level).get(chosen.indicator.id, [])
if of_units:
    target_units.show_movers(chosen, of_units, mode, rows)
    target_units.show_what_if(chosen, of_units)

show_verdicts(chosen, served)
