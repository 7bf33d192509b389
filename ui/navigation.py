"""The pages in their groups, in the words of the administration; only pages that exist."""

import streamlit as st

from ui.texts import t

Pages = dict[str, list[st.Page]]


def pages() -> Pages:
    """Groups of the top navigation; pages under the empty name stand on their own, first."""
    return {
        "": [
            _page("overview", ":material/home:", default=True),
        ],
        t("nav.poverty"): [
            _page("poverty_rates", ":material/trending_down:"),
            _page("deprivations", ":material/rule:"),
            _page("household_flows", ":material/swap_horiz:"),
        ],
        t("nav.targets"): [
            _page("target_gaps", ":material/flag:"),
            _page("programme_delivery", ":material/volunteer_activism:"),
            _page("duties", ":material/assignment:"),
            _page("reporting", ":material/schedule_send:"),
        ],
        t("nav.models"): [
            _page("model_replication", ":material/agriculture:"),
        ],
        t("nav.meeting"): [
            _page("review_meeting", ":material/co_present:"),
            _page("meeting_changes", ":material/compare_arrows:"),
        ],
        t("nav.data"): [
            _page("data_quality", ":material/fact_check:"),
            _page("about", ":material/menu_book:"),
        ],
    }


def page_named(name: str) -> st.Page | None:
    """The page of that file name; None while there is no such page."""
    for group in pages().values():
        for page in group:
            if page.url_path == name or (page.url_path == "" and name == "overview"):
                return page
    return None


def _page(name: str, icon: str, *, default: bool = False) -> st.Page:
    return st.Page(
        f"pages/{name}.py",
        title=t(f"nav.{name}"),
        icon=icon,
        help=t(f"nav.{name}.help"),
        default=default,
    )
