"""The dashboard: ``streamlit run app.py``. Page settings, the frame above every page, navigation."""

import streamlit as st

from ui import data, frame
from ui.texts import t

st.set_page_config(page_title=t("frame.title"), page_icon="static/icon.png", layout="wide")

served = data.served()
pages = {
    t("nav.overview"): [
        st.Page(
            "pages/overview.py",
            title=t("nav.overview"),
            icon=":material/home:",
            help=t("nav.overview.help"),
            default=True,
        )
    ],
    t("nav.poverty"): [
        st.Page(
            "pages/poverty_rates.py",
            title=t("nav.poverty_rates"),
            icon=":material/trending_down:",
            help=t("nav.poverty_rates.help"),
        )
    ],
    t("nav.data"): [
        st.Page(
            "pages/data_quality.py",
            title=t("nav.data_quality"),
            icon=":material/fact_check:",
            help=t("nav.data_quality.help"),
        ),
        st.Page(
            "pages/about.py",
            title=t("nav.about"),
            icon=":material/menu_book:",
            help=t("nav.about.help"),
        ),
    ],
}
page = st.navigation(pages, position="top")
frame.top(served)
page.run()
