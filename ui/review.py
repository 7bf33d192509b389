"""A review meeting on the screen: its agenda, one point at a time, in the reader's words."""

from collections.abc import Sequence

import streamlit as st

from charts.labels import counted_unit, has_figure
from charts.numbers import amount, period, rate_and_number
from measures.agenda import Point, Row, agenda
from reference.plan import next_meeting
from ui import targets, url
from ui.big_type import BigFigure, show
from ui.changes import is_complete
from ui.data import Rows
from ui.sentences import coverage
from ui.texts import language, t
from warehouse.frozen import Meeting, slug_of

FOLLOW_UP = "follow_up"
_KEY = "point"


def points(rows: Rows) -> list[Point]:
    """The agenda of the figures shown: indicators of the plan, those that slip first."""
    found = targets.standings(rows)
    measures = tuple(each.indicator.measure for each in found if each.indicator.measure)
    return agenda(found, rows.estimates(measures))


def meeting_name(rows: Rows) -> str:
    """The frozen meeting that is shown, else the one being prepared."""
    frozen = rows.served.meeting
    return frozen.name if frozen else next_meeting(rows.served.today)


def meeting_slug(rows: Rows) -> str:
    """The same, as it stands in links and beside decisions."""
    return slug_of(meeting_name(rows))


def as_meeting(rows: Rows) -> Meeting:
    """The meeting whose papers are written; figures that are not frozen yet say so in its name."""
    served = rows.served
    if served.meeting is not None:
        return served.meeting
    name = f"{meeting_name(rows)} (số liệu chưa chốt)"
    return Meeting(name, served.build_id, served.today, served.built_at, "", "")


def choose(found: Sequence[Point], *, has_earlier: bool) -> str:
    """Draw the agenda between its two arrows (also the arrow keys); the answer is the point's code."""
    labels = {each.standing.indicator.id: _label(each) for each in found}
    if has_earlier:
        labels = {FOLLOW_UP: t("review.follow_up"), **labels}
    codes = list(labels)
    place = codes.index(url.current(_KEY, codes, codes[0]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        _arrow("back", codes[max(place - 1, 0)], "Left", ":material/arrow_back:")
        _arrow("next", codes[min(place + 1, len(codes) - 1)], "Right", ":material/arrow_forward:")
        code = url.choice(
            st.selectbox,
            t("review.point", place=place + 1, all=len(codes)),
            codes,
            key=_KEY,
            default=codes[0],
            format_func=labels.__getitem__,
            width=640,
        )
    return code


def draw(point: Point, rows: Rows) -> None:
    """One point in big type: status, one message, the figures side by side, who answers for it."""
    standing, today = point.standing, rows.served.today
    owner = targets.owner(standing.indicator, today)
    show(
        f"point_{standing.indicator.id}",
        f"{meeting_name(rows)} · {targets.status_text(standing)}",
        message(point),
        figures(point),
        t("review.owner", owner=owner, aim=targets.aim(standing.indicator)),
    )


def message(point: Point) -> str:
    """The point's one message: what the figure is and what is missing; never why."""
    standing = point.standing
    label = targets.label(standing.indicator)
    if standing.row is None or not has_figure(standing.row):
        return t("review.message.none", label=label, figure=targets.figure(standing))
    if standing.gap and standing.indicator.target_kind == "keep_100":
        return t(
            "review.message.gap",
            label=label,
            missing=targets.missing(standing),
        )
    return t(
        "review.message.figure",
        label=label,
        figure=targets.figure(standing),
        status=t(f"target.status.{standing.status}"),
    )


def figures(point: Point) -> list[BigFigure]:
    """Last official, running list now, the same a year before; without running lists two columns."""
    found = [(t("review.official"), point.official)]
    if point.running is not None:
        found.append((t("review.running"), point.running))
    if point.official is not None or point.running is not None:
        found.append((t("review.year_ago"), point.year_ago))
    return [BigFigure(title, _figure(row), _note(row)) for title, row in found]


def _figure(row: Row | None) -> str:
    if row is None or not has_figure(row):
        return t("target.no_data")
    if row["unit"] == "pct" and row["numerator"] is not None:
        counted = counted_unit(row["measure"])
        return rate_and_number(row["value"], row["numerator"], counted, language())
    return amount(row["value"], row["unit"], language())


def _note(row: Row | None) -> str:
    if row is None:
        return "–"
    status = t(f"status.{row['status']}") if row["status"] else ""
    told = "" if is_complete(row) else f"▲ {coverage(row)}"
    return " · ".join(part for part in (period(row["period"], language()), status, told) if part)


def _label(point: Point) -> str:
    return f"{targets.status_text(point.standing)} · {targets.label(point.standing.indicator)}"


def _arrow(name: str, code: str, key: str, icon: str) -> None:
    st.button(
        t(f"review.{name}"),
        key=f"review_{name}",
        icon=icon,
        shortcut=key,
        on_click=url.choose,
        args=(_KEY, code),
    )
