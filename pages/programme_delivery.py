"""One programme: need, entitlement, reach and outcome, for the province and by place."""

import streamlit as st

from charts.numbers import period
from charts.stages import stages
from ui import blocks, delivery, filters, frame, printing, tables
from ui.texts import language, plain, t
from warehouse.door import NotAllowed

served, rows = frame.open_page()
answer = blocks.answer_place()
with st.container(horizontal=True, vertical_alignment="bottom"):
    programme = delivery.choose_programme()
    level = filters.level()
    try:
        province = rows.programme_figures(programme.id, "province")
        places = rows.programme_figures(programme.id, level)
    except NotAllowed:
        blocks.headline(t("delivery.visitor"))
        st.stop()
    half_year = delivery.choose_period(province)
if half_year is None:
    blocks.headline(t("delivery.no_data", programme=delivery.name(programme)))
    st.stop()

told = delivery.by_quantity(province, half_year)
with answer:
    blocks.headline(delivery.sentence(programme, told, half_year))
st.caption(t("delivery.agency", agency=delivery.agency(programme, served.today)))
steps = delivery.stages(programme, told)
if steps:
    blocks.chart(
        stages(steps, language(), blocks.mode()),
        "delivery_stages",
        delivery.takeaway(steps),
        delivery.subtitle(programme, half_year),
        delivery.small_print(programme, told, served.today),
    )
tables.plain_table(
    delivery.of_province(programme, told),
    "delivery",
    f"{programme.id}_{half_year}",
    served,
    numbers=True,
)
st.caption(t("delivery.note"))
delivery.show_money(programme, told)

every = delivery.every_need(rows.programme_figures(None, "province"), half_year)
if every:
    printing.subheader(t("delivery.every", period=period(half_year, language())))
    st.markdown(plain(delivery.least_reached(every)))
    tables.plain_table(
        delivery.of_every_need(every, served.today),
        "delivery_every",
        f"chuong_trinh_{half_year}",
        served,
        numbers=True,
    )
    st.caption(t("delivery.every.note"))

printing.subheader(t("delivery.places"))
tables.plain_table(
    delivery.by_place(programme, places.filter(period=half_year)),
    "delivery_places",
    f"{programme.id}_{half_year}_{level}",
    served,
    numbers=True,
)
