"""The dashboard (``streamlit run app.py``): page settings, navigation, frame above every page."""

import streamlit as st

from ui import frame, printing
from ui.navigation import pages

frame.configure()
page = st.navigation(pages(), position="top")
frame.top()
printing.forget()
page.run()
frame.keep_what_is_loaded()
printing.button(page)
