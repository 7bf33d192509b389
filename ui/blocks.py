"""The pieces a page is made of: sentence, figures, picture with its small print, and states."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st

from charts.figure import CONFIG, Figure
from charts.labels import Row, counted_unit, has_figure
from charts.numbers import day, number, period, rate, signed
from charts.svg import svg
from charts.theme import STATUS_SYMBOLS, Mode
from measures.definition import Card
from reference.periods import last_day
from reports.view_file import Part
from ui import printing
from ui.changes import Change, is_complete
from ui.sentences import coverage
from ui.texts import language, plain, t


def mode() -> Mode:
    """Light or dark, as the reader's browser shows the page."""
    return "dark" if st.context.theme.type == "dark" else "light"


def label(card: Card) -> str:
    """Name of the measure in the reader's language."""
    return card.label_vi if language() == "vi" else card.label_en


def headline(sentence: str) -> None:
    """The page's one sentence: its heading, with a capital; a number and its unit of points stay together."""
    sentence = sentence[:1].upper() + sentence[1:]
    printing.note(Part(sentence, is_heading=True))
    st.header(plain(sentence.replace("điểm %", "điểm\u00a0%")))


def as_of(row: Row, today: date) -> str:
    """Status, coverage and the day a figure stands for (today while its period runs), in a line."""
    parts = [t(f"status.{row['status']}")] if row["status"] else []
    mark = "" if is_complete(row) else f"{STATUS_SYMBOLS['watch']} "
    parts += [mark + coverage(row), t("block.as_of", day=day(min(last_day(row["period"]), today)))]
    return " · ".join(parts)


def is_phone() -> bool:
    """Whether the reader's browser says it is a phone's: then a wide picture begins with a part of it."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def answer_place() -> AbstractContextManager[object]:
    """Where the sentence goes that needs the filters drawn after this call: on a phone above them, else below."""
    return st.container() if is_phone() else nullcontext()


def figure_card(
    title: str,
    count: Row | None,
    share: Row | None,
    changed: Change | None,
    today: date,
    against: str = "",
) -> None:
    """One figure: number and rate together, change with sign and words, status and coverage.

    ``against``: what alone it may be compared with, where communes are missing from it.
    """
    with st.container(border=True, height="stretch", gap="xsmall"):
        if count is None or not has_figure(count):
            printing.note(Part(f"{title}: {t('state.none')}"))
            st.metric(title, t("state.none"))
            return
        told = t("block.households", number=number(count["value"], language()))
        if share is not None and has_figure(share):
            told = f"{told} ({rate(share['value'], language())})"
        small = " · ".join(filter(None, (against, as_of(count, today))))
        printing.note(Part(f"{title}: {told} · {small}"))
        st.metric(
            title,
            t("block.households", number=number(count["value"], language())),
            delta=None if changed is None else signed(changed.difference, "", language()),
            delta_color=_judgement(changed),
            delta_arrow=_arrow(changed),
            delta_description=None
            if changed is None
            else t("block.against", period=period(changed.earlier["period"], language())),
        )
        if share is not None and has_figure(share):
            st.markdown(
                f"**{rate(share['value'], language())}** "
                + t(f"block.of_resident.{counted_unit(share['measure'])}")
            )
        if against:
            st.markdown(plain(against))
        st.caption(as_of(count, today))


def _judgement(changed: Change | None) -> Literal["blue", "orange", "gray"]:
    """Blue for better, orange for worse (fewer poor is better), grey for no change."""
    if changed is None or changed.difference == 0:
        return "gray"
    return "blue" if changed.difference < 0 else "orange"


def _arrow(changed: Change | None) -> Literal["up", "down", "off"]:
    if changed is None or changed.difference == 0:
        return "off"
    return "down" if changed.difference < 0 else "up"


def text_card(title: str, value: str, note: str) -> None:
    """One fact in words, of the same size as a figure; ``note`` is Markdown."""
    printing.note(Part(f"{title}: {value}"))
    with st.container(border=True, height="stretch", gap="xsmall"):
        st.metric(title, value)
        st.caption(note)


def chart(
    figure: Figure,
    key: str,
    takeaway: str,
    subtitle: str,
    small_print: str,
    *,
    details: Callable[[], None] | None = None,
    height: int | None = None,
    on_pick: Callable[[str], None] | None = None,
) -> None:
    """A picture under its takeaway.

    Args:
        figure: the picture; charts taller than ``height`` scroll.
        key: stable name of the element.
        takeaway: what the picture shows, in a sentence; also its text for screen readers.
        subtitle: measure, unit and period.
        small_print: source, standard, status, coverage.
        details: draws the button that opens everything behind the picture, where a table does not stand below it.
        height: height of the window on a long list, in pixels.
        on_pick: what a click on a point does with its ``customdata``.
    """
    for part in (
        Part(takeaway, is_heading=True),
        Part(subtitle),
        Part(picture=partial(svg, figure)),
        Part(small_print),
    ):
        printing.note(part)
    st.subheader(plain(takeaway))
    st.caption(plain(subtitle))
    is_long = height is not None and figure.layout.height > height
    with st.container(height=height, border=False) if is_long and height else st.container():
        # A window that scrolls holds its button, so that the keyboard can reach into it.
        if is_long and details:
            details()
        st.plotly_chart(
            figure,
            key=key,
            config=dict(CONFIG),
            alt=f"{takeaway} {subtitle}",
            on_select="ignore" if on_pick is None else partial(_picked, key, on_pick),
            selection_mode="points",
        )
    st.caption(plain(small_print))
    if not is_long and details:
        details()


def _picked(key: str, on_pick: Callable[[str], None]) -> None:
    points = st.session_state[key].selection.points
    found = points[0].get("customdata") if points else None
    code = found[0] if isinstance(found, list) and found else found
    if isinstance(code, str):
        on_pick(code)


def subtitle(card: Card, *parts: str) -> str:
    """``Tỷ lệ hộ nghèo (%) · 2024 · …``."""
    unit = t(f"unit.{card.unit}")
    return " · ".join([f"{label(card)} ({unit})", *(part for part in parts if part)])


def small_print(card: Card, row: Row | None, today: date) -> str:
    """Source, standard and quality of a picture in one line."""
    parts = [source(card)]
    if row is not None:
        if row["standard_id"]:
            parts.append(t("block.standard", standard=row["standard_id"]))
        parts.append(as_of(row, today))
    return " · ".join(parts)


def source(card: Card) -> str:
    """``Nguồn: …`` of a measure."""
    return t("block.source", source=card.source_vi if language() == "vi" else card.source_en)


def badges(row: Row) -> None:
    """Status and coverage as symbol and word: official and complete is plain, the rest is marked."""
    if row["status"]:
        _badge(t("status." + row["status"]), row["status"] in ("official", "restated"))
    _badge(coverage(row), is_complete(row))


def _badge(text: str, is_settled: bool) -> None:
    symbol = STATUS_SYMBOLS["good" if is_settled else "watch"]
    st.badge(f"{symbol} {text}", color="blue" if is_settled else "orange")


def nothing_to_show(text: str) -> None:
    """A place that stays empty, and why."""
    st.info(text, icon=":material/hourglass_empty:")


def empty_warehouse() -> None:
    """No build yet: how to begin with one's own files."""
    st.header(t("empty.title"))
    st.markdown(t("empty.intro"))
    for step in ("init", "inbox", "check", "build"):
        with st.container(border=True):
            st.markdown(f"**{t(f'empty.{step}.title')}**  \n{t(f'empty.{step}.text')}")
            st.code(t(f"empty.{step}.command"), language=None)
    st.caption(t("empty.demo"))
