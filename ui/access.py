"""Who is looking: the signed-in person, the demo's role switch, or this computer's account."""

import getpass
from typing import Literal

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError

from reference.loading import units
from ui import url
from ui.texts import catalogue, t
from warehouse.door import Role, Viewer
from warehouse.settings import settings

Way = Literal["signed_in", "demo", "local"]
"""How the viewer is known; ``local`` and ``demo`` are said on every page."""

ROLE_CLAIM, UNITS_CLAIM = "poverty_role", "poverty_units"
PERSON_ROLES: tuple[Role, ...] = ("leader", "analyst", "officer", "visitor")
"""Roles a person at a screen may have; the command line's own is not among them."""

THIS_COMPUTER = ("127.0.0.1", "localhost", "::1")


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


def is_this_computer_only() -> bool:
    """Whether nobody but this computer's account can open the pages (the address they are bound to).

    Without sign-in a server that others can reach knows nobody: everybody is a visitor.
    """
    return st.get_option("server.address") in THIS_COMPUTER


def is_signed_in() -> bool:
    """Whether the provider has vouched for this reader; anything unclear is a no."""
    return claim("is_logged_in") is True


def who(is_demo: bool) -> str | None:
    """The signed-in reader's address or identifier; None for the demo's switch and this computer's account."""
    if way(is_demo) != "signed_in" or not is_signed_in():
        return None
    found = claim("email") or claim("sub")
    return str(found) if found else None


def claim(name: str) -> object:
    """What the provider says of this reader; None where it says nothing."""
    found: object = st.user.get(name)
    return found


def viewer(is_demo: bool) -> Viewer:
    """The viewer of this run; stops the run at the sign-in screen where that is needed."""
    found = way(is_demo)
    if found == "signed_in":
        return _signed_in()
    if found == "demo":
        role = _known_role(url.current("role", PERSON_ROLES, "leader"))
        return Viewer(role=role, scope=_demo_scope() if role == "officer" else ())
    if not is_this_computer_only():
        return Viewer(role="visitor")
    local = settings()
    codes = tuple(code.strip() for code in local.local_scope.split(",") if code.strip())
    return Viewer(role=_known_role(local.local_role), scope=codes)


def person(is_demo: bool) -> str:
    """Who writes: the signed-in person, the demo's role, or this computer's account."""
    found = way(is_demo)
    if found == "signed_in":
        return str(st.user.get("name") or st.user.get("email") or st.user.get("sub") or "")
    if found == "demo":
        return catalogue().say(f"role.{viewer(is_demo).role}", "vi")
    return getpass.getuser()


def role_switch() -> str:
    """Draw the demo's role switch (never on real data); its value stands in the URL as ``role``."""
    return url.choice(
        st.selectbox,
        t("frame.role"),
        PERSON_ROLES,
        key="role",
        default="leader",
        format_func=lambda role: t(f"role.{role}"),
        label_visibility="collapsed",
    )


def _signed_in() -> Viewer:
    if not is_signed_in():
        st.title(t("frame.sign_in.title"))
        st.button(t("frame.sign_in.button"), on_click=st.login)
        st.stop()
    codes = claim(UNITS_CLAIM) or ""
    listed = codes if isinstance(codes, list) else str(codes).replace(",", " ").split()
    scope = tuple(str(code) for code in listed)
    return Viewer(role=_known_role(str(claim(ROLE_CLAIM))), scope=scope)


def _known_role(role: str) -> Role:
    """A role that the door knows; anything else sees no more than the public."""
    return next((known for known in PERSON_ROLES if known == role), "visitor")


def _demo_scope() -> tuple[str, ...]:
    """The demo's officer works in the unit chosen on the page, else in the first in the list."""
    codes = units().filter(era="2025", level="commune")["code"].sort().to_list()
    return (url.current("unit", codes, codes[0]),)
