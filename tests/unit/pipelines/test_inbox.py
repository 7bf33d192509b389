"""The folder of arrived files: which are read, what inbox.csv answers, copies."""

import os
from pathlib import Path

from pipelines import ingest
from pipelines.inbox import list_files, read_answers
from pipelines.ingest import read_inbox
from pipelines.reading import InboxAnswer, ReadingContext
from tests.unit.pipelines.making import HEADER, TITLE, TODAY, csv_file, household

LIST = csv_file([*TITLE, HEADER, household(1)])
UNNAMED = csv_file([["DANH SÁCH HỘ NGHÈO"], HEADER, household(1)])
CONTEXT = ReadingContext(TODAY)


def put(folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        (folder / name.replace("__", ".")).write_bytes(content)


def test_our_own_and_hidden_files_are_not_read(tmp_path):
    names = ["~$ds.xlsx", ".ds.csv", "demo.json", "inbox.csv", "waivers.csv", "Thumbs.db", "ds.csv"]
    for name in names:
        (tmp_path / name).write_bytes(b"path")
    for folder in ("_truth", ".git", "2023"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "xa.csv").write_bytes(b"x")
    assert list_files(tmp_path) == ["2023/xa.csv", "ds.csv"]


def test_answers_are_matched_whatever_the_form_of_the_path(tmp_path):
    name = "Ý Yên.csv"
    put(tmp_path, **{name: UNNAMED})
    lines = "path;form;unit_code;period;status\nY\u0301 Yên.csv;;13825;2023;official\n"
    (tmp_path / "inbox.csv").write_text(lines, encoding="utf-8")
    answers = read_answers(tmp_path)
    assert answers.by_path[name] == InboxAnswer(None, "13825", "2023", "official")
    (reading,) = read_inbox(tmp_path, set(), CONTEXT).files
    assert (reading.unit_code, reading.period, reading.status) == ("13825", "2023", "official")


def test_a_status_may_be_told_in_vietnamese(tmp_path):
    lines = "path,status\na.csv,Chính thức\nb.csv,PRELIMINARY\nc.csv,\n"
    (tmp_path / "inbox.csv").write_text(lines, encoding="utf-8")
    answers = read_answers(tmp_path)
    told = {path: answer.status for path, answer in answers.by_path.items()}
    assert told == {"a.csv": "official", "b.csv": "preliminary", "c.csv": None}
    assert not answers.problems


def test_lines_that_answer_nothing_are_told(tmp_path):
    lines = "path,form,unit_code,period,status\na.csv,list,,,\nb.csv,,,2023-13,\nc.csv,,,,done\n"
    (tmp_path / "inbox.csv").write_text(lines, encoding="utf-8")
    assert [problem.row for problem in read_answers(tmp_path).problems] == [2, 3, 4]


def test_copies_are_read_once_and_known_files_not_at_all(tmp_path):
    put(tmp_path, a__csv=LIST, b__csv=LIST, c__csv=UNNAMED)
    first, copy, other = read_inbox(tmp_path, set(), CONTEXT).files
    assert (first.outcome, copy.outcome, other.outcome) == ("loaded", "duplicate", "refused")
    assert (copy.rows_read, copy.rows_loaded) == (first.rows_read, first.rows_loaded)
    assert not copy.tables
    again = read_inbox(tmp_path, {first.sha256, other.sha256}, CONTEXT).files
    assert [reading.outcome for reading in again] == ["duplicate"] * 3


def test_a_refused_file_is_read_again_under_a_name_that_says_what_was_missing(tmp_path):
    dated = csv_file([["DANH SÁCH HỘ NGHÈO NĂM 2023"], HEADER, household(1)])
    put(tmp_path, a__csv=dated)
    (refused,) = read_inbox(tmp_path, set(), CONTEXT).files
    assert refused.outcome == "refused"
    before = {("a.csv", refused.sha256)}
    put(tmp_path, **{"Xã Yên Bình__csv": dated, "b__csv": dated})
    for known in (before, set()):
        found = {
            each.path: each for each in read_inbox(tmp_path, set(), CONTEXT, None, known).files
        }
        assert found["Xã Yên Bình.csv"].outcome == "loaded"
        assert {found[name].outcome for name in ("a.csv", "b.csv")} == {"duplicate"}
    (tmp_path / "Xã Yên Bình.csv").unlink()
    found = read_inbox(tmp_path, set(), CONTEXT, None, before).files
    assert [each.outcome for each in found] == ["duplicate", "refused"]


def test_bad_files_do_not_disturb_the_others(tmp_path):
    put(tmp_path, a__xlsx=b"PK\x03\x04broken", b__docx=b"word", c__csv=LIST, d__csv=b"")
    outcomes = [reading.outcome for reading in read_inbox(tmp_path, set(), CONTEXT).files]
    assert outcomes == ["refused", "refused", "loaded", "refused"]


def test_a_file_that_is_open_elsewhere_waits_for_the_next_time(tmp_path, monkeypatch):
    put(tmp_path, a__csv=LIST, b__csv=UNNAMED)
    hash_of = ingest._sha256

    def locked(path: Path) -> str:
        if path.name == "b.csv":
            raise PermissionError(13, "Permission denied")
        return hash_of(path)

    monkeypatch.setattr(ingest, "_sha256", locked)
    found = read_inbox(tmp_path, set(), CONTEXT)
    assert [reading.path for reading in found.files] == ["a.csv"]
    assert [problem.sheet for problem in found.problems] == ["b.csv"]


def test_a_file_that_goes_away_while_reading_does_not_disturb_the_others(tmp_path, monkeypatch):
    put(tmp_path, a__csv=LIST, b__csv=UNNAMED, c__csv=UNNAMED)
    monkeypatch.setattr(ingest, "content_of", lambda path: LIST if path.name == "a.csv" else None)
    found = read_inbox(tmp_path, set(), CONTEXT)
    assert [reading.path for reading in found.files] == ["a.csv"]
    assert [problem.sheet for problem in found.problems] == ["b.csv"]
    assert "không còn ở đó" in str(found.problems[0].found)


def test_a_folder_that_cannot_be_listed_does_not_disturb_the_others(tmp_path, monkeypatch):
    put(tmp_path, a__csv=LIST)
    (tmp_path / "đóng").mkdir()
    scandir = os.scandir

    def closed(folder):
        if Path(folder).name == "đóng":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", closed)
    found = read_inbox(tmp_path, set(), CONTEXT)
    assert [reading.path for reading in found.files] == ["a.csv"]
    assert [problem.sheet for problem in found.problems] == ["đóng"]


def test_many_files_in_two_processes_give_the_same_as_one_by_one(tmp_path):
    for number in range(90):
        rows = [*TITLE, HEADER, *(household(number + place) for place in range(1, 4))]
        (tmp_path / f"{number:02d}.csv").write_bytes(csv_file(rows))
    seen = []
    together = read_inbox(tmp_path, set(), CONTEXT, lambda done, total: seen.append((done, total)))
    assert seen[-1] == (90, 90)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "07.csv").write_bytes((tmp_path / "07.csv").read_bytes())
    (alone,) = read_inbox(tmp_path / "one", set(), CONTEXT).files
    same = together.files[7]
    assert (same.sha256, same.reasons) == (alone.sha256, alone.reasons)
    assert same.tables["core_review__household"].equals(alone.tables["core_review__household"])


def read_or_die(folder, task, context):
    """Stands for a workbook that brings down the native reader."""
    if any("chet" in path for path, _answer in task):
        os._exit(139)
    return ingest.read_files(
        [ingest.SourceFile(path, (folder / path).read_bytes(), answer) for path, answer in task],
        context,
    )


def test_a_file_that_brings_its_reader_down_is_refused_and_the_others_load(tmp_path):
    names = ["a.csv", "chet.csv", "c.csv"]
    for place, name in enumerate(names):
        rows = [*TITLE, HEADER, household(place + 1)]
        (tmp_path / name).write_bytes(csv_file(rows))
    tasks = [[("a.csv", None), ("chet.csv", None)], [("c.csv", None)]]
    read = list(ingest.read_apart(tmp_path, tasks, CONTEXT, read_or_die))
    assert [each.path for each in read] == names
    outcomes = {each.path: each.outcome for each in read}
    assert outcomes.pop("chet.csv") == "refused"
    assert set(outcomes.values()) == {"loaded"}
    assert "không mở được" in read[1].reasons[0].found
