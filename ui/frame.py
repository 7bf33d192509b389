"""What stands above every page, and what every page starts with."""

import streamlit as st

from ui import access, blocks, data
from ui.data import Rows, Served
from ui.texts import language_switch, plain, t


def open_page() -> tuple[Served, Rows]:
    """The served build and the rows this viewer may see; explains how to begin where nothing is served."""
    served = data.served()
    if served is None:
        blocks.empty_warehouse()
        st.stop()
    return served, Rows(served.build_id, access.viewer(served.is_demo))


def top(served: Served | None) -> None:
    """Ribbon of the demo or note of local mode, role and language."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if served is not None:
            _say_how_viewed(served)
        st.space("stretch")
        language_switch()


def _say_how_viewed(served: Served) -> None:
    way = access.way(served.is_demo)
    if served.is_demo:
        st.badge(t("frame.demo"), color="orange", icon=":material/science:", help=t("frame.demo.help"))
    if way == "demo":
        with st.container(width=190):
            access.role_switch()
    elif way == "local":
        role = access.viewer(served.is_demo).role
        st.badge(
            t("frame.local", role=t(f"role.{role}")),
            color="gray",
            icon=":material/computer:",
            help=t("frame.local.help"),
        )
    else:
        st.caption(plain(st.user.get("name") or st.user.get("email") or ""))
        st.button(t("frame.sign_out"), on_click=st.logout, type="tertiary")
