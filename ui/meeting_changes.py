"""What changed since a meeting, in the reader's words: figures, corrections with their files, ranks, alerts, decisions."""

from collections.abc import Sequence
from datetime import date, timedelta

import polars as pl
import streamlit as st

from charts.labels import Row
from charts.numbers import MISSING, amount, day, number, period, signed
from charts.rank_moves import Move, rank_moves
from measures import meeting_changes
from measures.catalogue import cards
from measures.target_standing import Standing
from reference.plan import plan_indicators
from ui import blocks, build, changes, filters, meetings, printing, targets, url
from ui.data import Rows
from ui.texts import language, t
from warehouse.decisions import Entry
from warehouse.frozen import Meeting

RANKED, COUNT = "poor_household_rate", "poor_household_count"
SOON = timedelta(days=30)
MOST_MOVED = 10
Pairs = Sequence[tuple[Standing, Standing]]


def choose(shown: Rows) -> Meeting | None:
    """The meeting to compare with: the latest one before the figures shown; None where there is none."""
    known = {
        each.slug: each
        for each in build.meetings()
        if each.build_id != shown.served.build_id and each.as_of <= shown.served.today
    }
    if not known:
        return None
    slug = url.choice(
        st.selectbox,
        t("since.choose"),
        list(known),
        key="since",
        default=next(iter(known)),
        format_func=lambda code: f"{known[code].name} ({day(known[code].as_of)})",
        width=420,
    )
    return known[slug]


def rows_of(meeting: Meeting, shown: Rows) -> Rows:
    """The frozen rows for the same viewer."""
    served = build.served(meeting)
    return shown if served is None else Rows(served, shown.viewer)


def sentence(then: Rows, now: Rows) -> str:
    """From how many poor households to how many, by the newest complete reviews; no reason given."""
    meeting = then.served.meeting
    name = meeting.name if meeting else ""
    earlier, later = (
        changes.row_of(rows.estimates((COUNT,)), COUNT, rows.newest_complete_period())
        for rows in (then, now)
    )
    if earlier is None or later is None:
        return t("since.sentence.none", name=name)
    if earlier["period"] == later["period"] and earlier["value"] == later["value"]:
        return t("since.sentence.same", name=name, value=_amount(later), period=later["period"])
    difference = ""
    if changes.comparable(earlier, later):
        difference = f" ({signed(later['value'] - earlier['value'], 'household', language())})"
    return t(
        "since.sentence",
        name=name,
        before=f"{_amount(earlier)} ({earlier['period']})",
        after=f"{_amount(later)} ({later['period']})",
        difference=difference,
    )


def figures_table(pairs: Pairs) -> pl.DataFrame:
    """One row an indicator that moved: figure and status then and now, the change where they are comparable."""
    return pl.DataFrame(
        [
            {
                t("target.column.indicator"): targets.label(now.indicator),
                t("since.then"): targets.figure(then),
                t("since.now"): targets.figure(now),
                t("since.change"): _change(then, now),
                t("since.status.then"): targets.status_text(then),
                t("since.status.now"): targets.status_text(now),
            }
            for then, now in pairs
        ]
    )


def restated(then: Rows, now: Rows) -> Sequence[meetings.Restated]:
    """Figures of the province told at the meeting that are told otherwise now, the newest period first."""
    measures = tuple(
        dict.fromkeys(
            [
                *meeting_changes.WATCHED,
                *(each.measure for each in plan_indicators().values() if each.measure),
            ]
        )
    )
    return meetings.differences(then, now, measures)


def restated_table(found: Sequence[meetings.Restated]) -> pl.DataFrame:
    """Both numbers, how many communes were in each, and the files behind the difference."""
    return pl.DataFrame(
        [
            {
                t("since.figure"): meetings.label(each),
                t("column.period"): period(str(each.row["period"]), language()),
                t("since.then"): meetings.amount_of(each.row, "before"),
                t("since.now"): meetings.amount_of(each.row, "after"),
                t("since.change"): meetings.difference_of(each.row),
                t("since.communes"): _communes(each.row),
                t("since.why"): each.reason,
            }
            for each in found
        ]
    )


def ranking(then: Rows, now: Rows) -> None:
    """The communes that moved most as a picture, with what it shows as its title."""
    found = _ranks(then, now)
    if found.is_empty():
        own = now.viewer.role == "officer"
        blocks.nothing_to_show(t("since.ranks.own" if own else "since.ranks.none"))
        return
    moves = [
        Move(row["unit_name"], row["rank_before"], row["rank_after"])
        for row in found.filter(pl.col("moved") != 0).head(MOST_MOVED).iter_rows(named=True)
    ]
    if not moves:
        printing.subheader(_takeaway(moves, found.height))
        return
    card = cards()[RANKED]
    blocks.chart(
        rank_moves(
            moves, found.height, (t("since.then"), t("since.now")), language(), blocks.mode()
        ),
        "rank_moves",
        _takeaway(moves, found.height),
        ranking_title(then, now),
        f"{t('since.ranks.note')} {blocks.small_print(card, None, now.served.today)}",
    )


def ranks_table(then: Rows, now: Rows) -> pl.DataFrame:
    """Places of the communes by poverty rate then and now, the largest moves first."""
    return pl.DataFrame(
        [
            {
                t("column.unit"): row["unit_name"],
                t("since.rank.then"): number(row["rank_before"], language()),
                t("since.rank.now"): number(row["rank_after"], language()),
                t("since.moved"): _moved(row["moved"]),
                t("since.then"): amount(row["value_before"], "pct", language()),
                t("since.now"): amount(row["value_after"], "pct", language()),
            }
            for row in _ranks(then, now).iter_rows(named=True)
        ]
    )


def ranking_title(then: Rows, now: Rows) -> str:
    """Of which reviews the places are."""
    none = t("state.none")
    return t(
        "since.ranks",
        before=then.newest_complete_period() or none,
        after=now.newest_complete_period() or none,
    )


def due(entries: Sequence[Entry], today: date) -> list[Entry]:
    """Decisions that are not done and whose day is over or comes within a month, the earliest first."""
    found = [
        each
        for each in entries
        if each.kind == "decision"
        and each.due_date is not None
        and each.due_date <= today + SOON
        and each.status(today) != "done"
    ]
    return sorted(found, key=lambda each: each.due_date or today)


def _ranks(then: Rows, now: Rows) -> pl.DataFrame:
    """None for an officer: the own communes alone have no places among all."""
    found = meeting_changes.ranks(*(_ranking(rows) for rows in (then, now)))
    return found.clear() if now.viewer.role == "officer" else found


def _takeaway(moves: Sequence[Move], all_units: int) -> str:
    if not moves:
        return t("since.ranks.same")
    first = moves[0]
    return t(
        "since.ranks.takeaway",
        name=first.name,
        before=first.before,
        after=first.after,
        all=all_units,
    )


def _ranking(rows: Rows) -> pl.DataFrame:
    newest = rows.newest_complete_period()
    found = rows.estimates(
        (RANKED,), level="commune", periods=(newest,) if newest else (), era=filters.MAPPED_ERA
    )
    return found.filter(pl.col("unit_code") != "not_attributable")


def _change(then: Standing, now: Standing) -> str:
    if then.row is None or now.row is None or not changes.comparable(then.row, now.row):
        return MISSING
    difference = round(now.row["value"] - then.row["value"], 6)
    return signed(difference, now.row["unit"], language())


def _communes(row: dict[str, object]) -> str:
    told = [
        f"{row[f'units_reported_{side}']}/{row[f'units_expected_{side}']}"
        for side in ("before", "after")
    ]
    return told[0] if told[0] == told[1] else f"{told[0]} → {told[1]}"


def _moved(places: int) -> str:
    if places == 0:
        return "→ 0"
    return f"{'▲' if places > 0 else '▼'} {number(abs(places), language())}"


def _amount(row: Row) -> str:
    return amount(row["value"], row["unit"], language())
