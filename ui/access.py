"""Who is looking: the signed-in person, the demo's role switch, or this computer's account."""

from typing import Literal

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from reference.loading import units
from ui import url
from ui.texts import t
from warehouse.door import ROLES, Role, Viewer
from warehouse.settings import settings

Way = Literal["signed_in", "demo", "local"]
"""How the viewer is known; ``local`` and ``demo`` are said on every page."""

ROLE_CLAIM, UNITS_CLAIM = "poverty_role", "poverty_units"
DEMO_ROLES = ("leader", "analyst", "officer", "visitor")


def way(is_demo: bool) -> Way:
    """Sign-in where it is configured, else the demo's switch or this computer's account."""
    if sign_in_is_configured():
        return "signed_in"
    return "demo" if is_demo else "local"


def sign_in_is_configured() -> bool:
    """Whether the secrets of Streamlit name an OpenID Connect provider."""
    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def viewer(is_demo: bool) -> Viewer:
    """The viewer of this run; stops the run at the sign-in screen where that is needed."""
    found = way(is_demo)
    if found == "signed_in":
        return _signed_in()
    if found == "demo":
        role = _known_role(url.current("role", DEMO_ROLES, "leader"))
        return Viewer(role=role, scope=_demo_scope() if role == "officer" else ())
    local = settings()
    codes = tuple(code.strip() for code in local.local_scope.split(",") if code.strip())
    return Viewer(role=_known_role(local.local_role), scope=codes)


def role_switch() -> str:
    """Draw the demo's role switch (never on real data); its value stands in the URL as ``role``."""
    return url.choice(
        st.selectbox,
        t("frame.role"),
        DEMO_ROLES,
        key="role",
        default="leader",
        format_func=lambda role: t(f"role.{role}"),
        label_visibility="collapsed",
    )


def _signed_in() -> Viewer:
    if not st.user.is_logged_in:
        st.title(t("frame.sign_in.title"))
        st.button(t("frame.sign_in.button"), on_click=st.login)
        st.stop()
    codes = st.user.get(UNITS_CLAIM) or None
    scope = tuple(str(codes).replace(",", " ").split()) if codes else ()
    return Viewer(role=_known_role(str(st.user.get(ROLE_CLAIM, "visitor"))), scope=scope)


def _known_role(role: str) -> Role:
    """A role that the door knows; anything else sees no more than the public."""
    return next((known for known in ROLES if known == role), "visitor")


def _demo_scope() -> tuple[str, ...]:
    """The demo's officer works in the unit chosen on the page, else in the first in the list."""
    codes = units().filter(era="2025", level="commune")["code"].sort().to_list()
    return (url.current("unit", codes, codes[0]),)
