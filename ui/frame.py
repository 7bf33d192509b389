"""What stands above every page, and what every page starts with."""

import atexit
import gc
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import streamlit as st

import ui
from reference.programmes import programmes
from ui import access, blocks, build, meetings, printing, texts
from ui.build import Served
from ui.data import Rows
from ui.navigation import pages
from ui.texts import language_switch, plain, t

ICON = Path(__file__).parents[1] / "static" / "icon.png"
FRAMED = "has_run_under_app"


def open_page() -> tuple[Served, Rows]:
    """The served build and the rows this viewer may see; without a build, how to begin."""
    texts.begin()
    run_under_app()
    served = build.served(meetings.chosen())
    if served is None:
        blocks.empty_warehouse()
        st.stop()
    rows = Rows(served, access.viewer(served.is_demo))
    printing.begin(rows)
    meetings.banner(rows)
    return served, rows


def open_method() -> Served | None:
    """A page that needs no build; where there is one, it can be printed under its name."""
    run_under_app()
    served = build.served(meetings.chosen())
    if served is not None:
        printing.begin(Rows(served, access.viewer(served.is_demo)))
    return served


def run_under_app() -> None:
    """Run again through ``app.py`` where a fresh server was first asked for a page itself.

    Until ``st.navigation`` has run once in a process, Streamlit treats a folder called ``pages`` in
    its older way and runs a page alone, without navigation and page settings. Any call ends that.
    """
    if not st.session_state.get(FRAMED):
        st.session_state[FRAMED] = True
        configure()
        st.navigation(pages(), position="top")
        st.rerun()


def configure() -> None:
    """Title, icon (a file of ours: named icons are fetched from outside) and width of pages."""
    texts.begin()
    st.set_page_config(page_title=t("frame.title"), page_icon=str(ICON), layout="wide")


@cache
def keep_what_is_loaded() -> None:
    """Once a process, after its first page: what other pages need is loaded before somebody waits for it.

    It stays, so that memory need not be searched for what of it could go (a fifth of a second in the middle of
    somebody's page).
    """
    for module in iter_modules(ui.__path__):
        import_module(f"ui.{module.name}")
    programmes()
    gc.freeze()
    atexit.register(gc.unfreeze)


def top() -> None:
    """Ribbon of the demo or note of local mode, role, whose figures are shown, and language."""
    served = build.served(meetings.chosen())
    st.session_state[FRAMED] = True
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if served is not None:
            _say_how_viewed(served)
        st.space("stretch")
        meetings.switch()
        language_switch()


def _say_how_viewed(served: Served) -> None:
    way = access.way(served.is_demo)
    if served.is_demo:
        st.badge(
            t("frame.demo"), color="orange", icon=":material/science:", help=t("frame.demo.help")
        )
    if way == "demo":
        with st.container(width=215):
            access.role_switch()
    elif way == "local":
        role = access.viewer(served.is_demo).role
        alone = access.is_this_computer_only()
        st.badge(
            t("frame.local", role=t(f"role.{role}")),
            color="gray",
            icon=":material/computer:",
            help=t("frame.local.help" if alone else "frame.local.open"),
        )
    elif access.is_signed_in():
        st.caption(plain(st.user.get("name") or st.user.get("email") or ""))
        st.button(t("frame.sign_out"), on_click=st.logout, type="tertiary")
