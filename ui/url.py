"""Choices whose code stands in the URL, so that any view is a link in any language.

Streamlit's own ``bind="query-params"`` writes the label that is shown. That is used where label and
code are the same (dates); translated choices go through :func:`choice`, which keeps the
code.
"""

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from reports.view_link import in_dashboard


def address() -> str:
    """The view on screen as a link: page and choices, under the address of the settings where there is one."""
    page = urlsplit(st.context.url or "").path.strip("/")
    chosen = "&".join(f"{key}={value}" for key, value in sorted(st.query_params.items()))
    return in_dashboard(f"{page or '/'}{'?' + chosen if chosen else ''}")


def choice(
    draw: Callable[..., Any],
    label: str,
    options: Sequence[str],
    key: str,
    default: str,
    format_func: Callable[[str], str],
    **settings: Any,
) -> str:
    """Draw one widget and return the code chosen in it.

    Args:
        draw: ``st.selectbox`` or ``st.segmented_control`` (or the same of a container).
        label: what the reader sees.
        options: the codes that may be chosen; anything else in the URL is ignored.
        key: name of the URL parameter.
        default: code used (and left out of the URL) until the reader chooses.
        format_func: what the reader sees for a code.
        settings: further arguments of the widget.
    """
    state = st.session_state
    asked = st.query_params.get(key)
    if asked in options and asked != state.get(_in_url(key)):
        state[_chosen(key)] = asked
    if state.get(_chosen(key)) not in options:
        state[_chosen(key)] = default
    state[_widget(key)] = state[_chosen(key)]
    labels = {code: format_func(code) for code in options}
    draw(
        label,
        options,
        key=_widget(key),
        format_func=labels.__getitem__,
        on_change=_take,
        args=(key,),
        **settings,
    )
    _write(key, state[_chosen(key)], default, asked)
    chosen: str = state[_chosen(key)]
    return chosen


def current(key: str, options: Sequence[str], default: str) -> str:
    """The code chosen for ``key`` without drawing its widget (it may come later on the page)."""
    asked, state = st.query_params.get(key), st.session_state
    if asked is not None and asked in options and asked != state.get(_in_url(key)):
        return asked
    found: str = state.get(_chosen(key), default)
    return found if found in options else default


def choose(key: str, code: str) -> None:
    """Choose for the reader, before the widget of ``key`` is drawn (in a callback of another)."""
    st.session_state[_chosen(key)] = code


def _take(key: str) -> None:
    """The reader chose: remember it before the script draws the widget again."""
    st.session_state[_chosen(key)] = st.session_state[_widget(key)]


def _write(key: str, value: str, default: str, asked: str | None) -> None:
    wanted = None if value == default else value
    if wanted is None and asked is not None:
        del st.query_params[key]
    elif wanted is not None and wanted != asked:
        st.query_params[key] = wanted
    st.session_state[_in_url(key)] = wanted


def _chosen(key: str) -> str:
    return f"{key}_chosen"


def _widget(key: str) -> str:
    return f"{key}_widget"


def _in_url(key: str) -> str:
    return f"{key}_in_url"
