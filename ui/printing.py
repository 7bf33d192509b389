"""The page as PDF: blocks note what they draw, and one button under the page prints it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts.numbers import day
from reports.vietnamese import PUBLIC_MARK
from reports.view_file import Part, ViewWords, view_pdf
from reports.view_link import in_dashboard
from ui.data import Rows
from ui.texts import plain, t

_PARTS, _ROWS = "printed_parts", "printed_rows"


def begin(rows: Rows) -> None:
    """A new run of a page: nothing is drawn yet."""
    st.session_state[_PARTS] = []
    st.session_state[_ROWS] = rows


def forget() -> None:
    """Before a page runs: one that draws nothing to print must not offer the page before."""
    st.session_state.pop(_PARTS, None)
    st.session_state.pop(_ROWS, None)


def note(part: Part) -> None:
    """Remember a piece that the page draws, in its order."""
    st.session_state.setdefault(_PARTS, []).append(part)


def place() -> AbstractContextManager[None]:
    """A place on the page and on paper that is filled later than what stands below it."""
    return _filled(st.container(), len(st.session_state.get(_PARTS, [])))


@contextmanager
def _filled(where: DeltaGenerator, above: int) -> Iterator[None]:
    noted: list[Part] = st.session_state.get(_PARTS, [])
    below = noted[above:]
    del noted[above:]
    with where:
        yield
    noted.extend(below)


def subheader(words: str) -> None:
    """A heading on the screen that also names, on paper, the table or picture under it."""
    st.subheader(plain(words))
    note(Part(words, is_heading=True, names_next=True))


def button(page: st.Page) -> None:
    """Draw the button, if the page drew anything; the file is only made when it is asked for."""
    parts: list[Part] = list(st.session_state.get(_PARTS, []))
    rows: Rows | None = st.session_state.get(_ROWS)
    if not parts or rows is None:
        return
    words = _words(page, rows)
    name = page.url_path or "overview"
    st.download_button(
        t("print.button"),
        lambda: view_pdf(parts, words),
        file_name=f"{name}-{rows.served.build_id}.pdf",
        mime="application/pdf",
        key="print_page",
        icon=":material/picture_as_pdf:",
        help=t("print.help"),
        on_click="ignore",
    )


def _words(page: st.Page, rows: Rows) -> ViewWords:
    """Title, filters (the page's address), date and build."""
    served = rows.served
    marks = [t("frame.demo")] if served.is_demo else []
    marks += [PUBLIC_MARK] if rows.viewer.role == "visitor" else []
    chosen = "&".join(f"{key}={value}" for key, value in sorted(st.query_params.items()))
    facts = (
        f"{t('notes.build')} {served.build_id}",
        f"{t('notes.made')} {day(served.today)}",
        in_dashboard(f"{page.url_path or '/'}{'?' + chosen if chosen else ''}"),
    )
    return ViewWords(
        title=f"{t('frame.title')} – {page.title}",
        stamp=" · ".join(marks),
        source=" · ".join(facts),
        more=t("print.more", count="{count}"),
        checksum=t("print.checksum", code="{code}"),
    )
