"""An empty page: the floor for a rerun."""

import streamlit as st

st.write("")
