"""Whose figures are shown: those of today, or those frozen for a meeting; and what was corrected since.

The meeting stands in the URL as ``meeting`` (its name without marks), so that any page is a link to the figures
of that meeting; ``as_of`` with the same name is understood too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
import streamlit as st

from charts.numbers import Language, amount, day, signed
from charts.numbers import period as period_text
from measures.catalogue import cards
from measures.meeting_changes import (
    WATCHED,
    FilesBehind,
    FilesSince,
    compared,
    files_behind,
    files_since,
)
from reference.periods import last_day
from ui import build, url
from ui.data import BY_BUILD, Rows
from ui.texts import language, plain, t
from warehouse.frozen import Meeting

KEY, NOW = "meeting", "now"
MOST_SHOWN, MOST_FILES = 2, 2
_WHOLE = ("leader", "analyst")
"""Roles that see every commune's files and so can be told why a figure differs."""


@dataclass(frozen=True)
class Restated:
    """One figure of the province that was corrected since: its row of ``compared`` and the reason in words."""

    row: dict[str, object]
    reason: str


def chosen() -> Meeting | None:
    """The frozen meeting whose figures are asked for; None means today's."""
    known = {each.slug: each for each in reversed(build.meetings())}
    asked = st.query_params.get("as_of")
    if asked in known:
        st.query_params[KEY] = asked
        del st.query_params["as_of"]
    return known.get(url.current(KEY, [NOW, *known], NOW))


def switch() -> None:
    """Draw the choice between today's figures and those of each frozen meeting, if there is one."""
    known = {each.slug: each for each in build.meetings()}
    if not known:
        return
    url.choice(
        st.selectbox,
        t("meeting.figures"),
        [NOW, *known],
        key=KEY,
        default=NOW,
        format_func=lambda slug: known[slug].name if slug in known else t("meeting.now"),
        label_visibility="collapsed",
        width=260,
    )


def banner(rows: Rows) -> None:
    """Over a frozen view: whose figures these are, the way back, and what was corrected since."""
    meeting = rows.served.meeting
    if meeting is None:
        return
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(
                f":material/push_pin: **{t('meeting.banner', name=plain(meeting.name))}** · "
                + t("meeting.until", day=day(meeting.as_of), build=meeting.build_id)
            )
            st.button(
                t("meeting.back"),
                on_click=url.choose,
                args=(KEY, NOW),
                key="meeting_back",
                icon=":material/update:",
                type="tertiary",
            )
        for words in sentences(corrections(rows)[:MOST_SHOWN]):
            st.markdown(f"▲ {plain(words)}")


def current_rows(rows: Rows) -> Rows:
    """The rows of the served build for the same viewer."""
    served = build.served()
    return rows if served is None else Rows(served, rows.viewer)


def corrections(frozen: Rows) -> list[Restated]:
    """Watched figures of the province that the served build tells otherwise, of the same communes."""
    now = current_rows(frozen)
    return [each for each in differences(frozen, now, WATCHED) if each.row["kind"] == "restated"]


def differences(frozen: Rows, now: Rows, measures: tuple[str, ...]) -> Sequence[Restated]:
    """Figures of the province that both builds tell, and not the same.

    Yearly reviews come before running lists, the newest first: a banner has room for two.
    """
    return _differences(frozen, now, measures, language())


@st.cache_data(max_entries=64, show_spinner=False, hash_funcs=dict(BY_BUILD))
def _differences(
    frozen: Rows,
    now: Rows,
    measures: tuple[str, ...],
    lang: Language,  # noqa: ARG001 - of the key
) -> Sequence[Restated]:
    """Two builds never change; ``lang`` is the language of the run, in which the reasons are told."""
    if now.served.build_id == frozen.served.build_id:
        return []
    found = compared(
        frozen.estimates(measures), now.estimates(measures), frozen.served.today
    ).filter(pl.col("kind").is_in(["restated", "coverage"]))
    ordered = sorted(
        found.iter_rows(named=True),
        key=lambda row: (
            len(row["period"]) > len("2024"),
            -last_day(row["period"]).toordinal(),
            measures.index(row["measure"]),
        ),
    )
    if frozen.viewer.role not in _WHOLE:
        return [Restated(row, t("meeting.reason.not_for_you")) for row in ordered]
    since = files_since(frozen.counted_files(), now.counted_files())
    files = _Files(since, _told_of(since, now.submissions()), now.unit_names())
    return [Restated(row, reason_of(row, frozen, now, files)) for row in ordered]


def sentence(restated: Restated) -> str:
    """Both numbers, the difference and the reason."""
    return t(
        "meeting.restated",
        label=label(restated),
        period=period_text(str(restated.row["period"]), language()),
        before=amount_of(restated.row, "before"),
        after=amount_of(restated.row, "after"),
        difference=difference_of(restated.row),
        reason=restated.reason,
    )


def sentences(found: Sequence[Restated]) -> list[str]:
    """One sentence each; a reason that was told is not told again."""
    told = [each.reason for each in found]
    return [
        sentence(
            replace(each, reason=t("meeting.reason.same")) if each.reason in told[:place] else each
        )
        for place, each in enumerate(found)
    ]


def label(restated: Restated) -> str:
    """Name of the measure."""
    card = cards()[str(restated.row["measure"])]
    return card.label_vi if language() == "vi" else card.label_en


def amount_of(row: dict[str, object], side: str) -> str:
    """The figure ``before`` or ``after`` with its unit."""
    return amount(float(str(row[f"value_{side}"])), str(row["unit"]), language())


def difference_of(row: dict[str, object]) -> str:
    """Now minus then, signed."""
    difference = float(str(row["value_after"])) - float(str(row["value_before"]))
    return signed(round(difference, 6), str(row["unit"]), language())


@dataclass(frozen=True)
class _Files:
    """What is asked of two builds once: the files that count in one of them only, and how a file is told of."""

    since: FilesSince
    submissions: Mapping[str, dict[str, Any]]
    unit_names: Mapping[tuple[str, str], str]


def _told_of(since: FilesSince, submissions: pl.DataFrame) -> dict[str, dict[str, Any]]:
    """Rows of ``quality__submission`` by number of the submission, of the files in ``since``."""
    ids = {each.submission_id for files in since for each in files}
    named = submissions.filter(pl.col("submission_id").is_in(list(ids)))
    return {row["submission_id"]: row for row in named.iter_rows(named=True)}


def reason_of(row: dict[str, object], frozen: Rows, now: Rows, files: _Files) -> str:
    """Why a figure of the province differs, in words: the files that came since or no longer count."""
    behind = files_behind(
        str(row["measure"]),
        str(row["period"]),
        None,
        files.since,
        has_other_formulas=frozen.served.formulas != now.served.formulas,
    )
    return reason_text(behind, files)


def reason_text(behind: FilesBehind, files: _Files) -> str:
    """Files by number, commune and day of the document; else the formulas; else that nobody knows."""
    said = []
    for key, ids in (("came", behind.came), ("left", behind.left)):
        if ids:
            said.append(t(f"meeting.reason.{key}", count=len(ids), files=_told(ids, files)))
    if behind.has_other_formulas:
        said.append(t("meeting.reason.formulas"))
    return "; ".join(said) or t("meeting.reason.unknown")


def _told(submission_ids: tuple[str, ...], files: _Files) -> str:
    found = [files.submissions[one] for one in submission_ids if one in files.submissions]
    found.sort(key=lambda row: row["file_number"], reverse=True)
    told = [
        t(
            "meeting.reason.file",
            number=row["file_number"],
            unit=files.unit_names.get((row["era"], row["unit_code"]), row["unit_code"]),
            day=day(row["document_date"] or row["received_at"].date()),
        )
        for row in found[:MOST_FILES]
    ]
    if len(found) > MOST_FILES:
        told.append("…")
    return ", ".join(told)
