"""Decisions of meetings: everything that was said is kept, by however many people at once."""

import multiprocessing
from datetime import date

import pytest

from warehouse.decisions import (
    Figure,
    NotRecorded,
    Said,
    add_decision,
    add_note,
    entries,
    follow_up,
)

SAID = Said("so-ket-quy-iii-2026", "20260915T020000-001", "An")
FIGURE = Figure("T4.1", "poor_health_insurance_rate", "2025-H2", "2025", "37")
DUE = date(2026, 12, 9)


def decide(data, text="Cấp thẻ cho 20 người", due=DUE):
    return add_decision(data, text, "so_y_te", due, FIGURE, SAID)


def test_nothing_was_said_yet(tmp_path):
    assert entries(tmp_path) == []


def test_a_writer_killed_before_the_first_entry_leaves_nothing_said(tmp_path):
    (tmp_path / "decisions.sqlite").touch()
    assert entries(tmp_path) == []
    decide(tmp_path)
    assert len(entries(tmp_path)) == 1


def test_a_decision_is_kept_with_its_figure_build_meeting_and_person(tmp_path):
    number = decide(tmp_path, "  Cấp thẻ; DROP TABLE entry; -- 'x'  ")
    (entry,) = entries(tmp_path)
    assert (entry.entry_id, entry.kind, entry.agency_id, entry.due_date) == (
        number,
        "decision",
        "so_y_te",
        DUE,
    )
    assert entry.text == "Cấp thẻ; DROP TABLE entry; -- 'x'"
    assert (entry.figure, entry.said) == (FIGURE, SAID)
    assert entry.said_at.tzinfo is not None


def test_a_note_needs_neither_agency_nor_date(tmp_path):
    add_note(tmp_path, "Chủ tịch hỏi về xã A", Figure(), SAID)
    assert entries(tmp_path)[0].kind == "note"


def test_an_entry_that_says_nothing_is_refused(tmp_path):
    with pytest.raises(NotRecorded, match="nội dung"):
        add_note(tmp_path, "  ", FIGURE, SAID)
    with pytest.raises(NotRecorded, match="cơ quan"):
        add_decision(tmp_path, "Làm", "", DUE, FIGURE, SAID)
    assert entries(tmp_path) == []


def test_a_decision_is_open_then_late_then_done(tmp_path):
    number = decide(tmp_path)
    (entry,) = entries(tmp_path)
    # due on 9 December: still in time on that day
    assert [entry.status(date(2026, 12, day)) for day in (8, 9, 10)] == ["open", "open", "late"]
    next_year = Said("so-ket-quy-iii-2027", "b", "Bình")
    follow_up(tmp_path, number, "đã cấp 15", next_year, is_done=False)
    assert entries(tmp_path)[0].status(date(2026, 12, 10)) == "late"
    follow_up(tmp_path, number, "đã cấp đủ", next_year, is_done=True)
    (entry,) = entries(tmp_path)
    assert entry.status(date(2027, 9, 1)) == "done"
    assert [each.text for each in entry.follow_ups] == ["đã cấp 15", "đã cấp đủ"]


def test_only_a_decision_is_followed_up(tmp_path):
    note = add_note(tmp_path, "ghi", FIGURE, SAID)
    for number in (note, 99):
        with pytest.raises(LookupError, match=str(number)):
            follow_up(tmp_path, number, "", SAID, is_done=True)
    assert entries(tmp_path)[0].follow_ups == ()


def _say(data, who, ready, count):
    ready.wait(60)
    for place in range(count):
        add_decision(data, f"{who} {place}", "so_y_te", DUE, FIGURE, Said("m", "b", who))


def test_two_people_who_write_at_once_both_keep_all_they_said(tmp_path):
    context = multiprocessing.get_context("spawn")
    ready, count = context.Event(), 40
    people = [
        context.Process(target=_say, args=(tmp_path, who, ready, count)) for who in ("An", "Bình")
    ]
    for person in people:
        person.start()
    ready.set()
    for person in people:
        person.join(120)
    assert [person.exitcode for person in people] == [0, 0]
    kept = [entry.text for entry in entries(tmp_path)]
    assert sorted(kept) == sorted(
        f"{who} {place}" for who in ("An", "Bình") for place in range(count)
    )
