"""``check`` says of files what a build of them alone would say, and writes nothing."""

import hashlib
import json

import pytest

from reports.programme_template import programme_template
from tests.unit.pipelines.making import filled

PERIOD = "2026-H1"


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory, cli):
    """Three files looked at together: (exit code, entries by path, folder)."""
    folder = tmp_path_factory.mktemp("check")
    blank = programme_template("officers", PERIOD)
    right = filled(blank, {"C7": 3, "D7": 3, "C8": 2, "D8": 0})
    (folder / "dung.xlsx").write_bytes(right)
    (folder / "lai.xlsx").write_bytes(right)
    (folder / "sai.xlsx").write_bytes(filled(blank, {"C7": 2, "D7": 3}))
    files = sorted(folder.iterdir())
    done = cli("check", *files, "--today", "2026-09-15", "--json")
    assert sorted(folder.iterdir()) == files
    return done.returncode, {file["path"]: file for file in json.loads(done.stdout)}


def test_what_the_gate_would_hold_back_is_told_with_the_cell(looked_at):
    code, files = looked_at
    wrong = files["sai.xlsx"]
    assert (code, wrong["outcome"], wrong["rows_rejected"]) == (2, "held", 1)
    (reason,) = [reason for reason in wrong["reasons"] if reason["kind"] == "rejected"]
    assert (reason["sheet"], reason["row"]) == ("Tập huấn", 7)
    assert "3 lớn hơn 2" in reason["found"]


def test_the_others_would_load_and_a_copy_counts_once(looked_at):
    _code, files = looked_at
    assert (files["dung.xlsx"]["outcome"], files["lai.xlsx"]["outcome"]) == ("loaded", "duplicate")
    assert files["dung.xlsx"]["rows_loaded"] == files["lai.xlsx"]["rows_loaded"] == 2


def test_files_that_would_load_whole_end_with_zero(tmp_path, cli):
    right = filled(programme_template("officers", PERIOD), {"C7": 3, "D7": 3, "C8": 2, "D8": 0})
    (tmp_path / "dung.xlsx").write_bytes(right)
    done = cli("check", tmp_path / "dung.xlsx", "--today", "2026-09-15", "--json")
    assert done.returncode == 0, done.stdout


def test_a_file_that_a_waiver_lets_pass_would_load(tmp_path, cli):
    wrong = filled(programme_template("officers", PERIOD), {"C7": 2, "D7": 3})
    (tmp_path / "sai.xlsx").write_bytes(wrong)
    waivers = tmp_path / "waivers.csv"
    line = f"programme.part_within_whole,{hashlib.sha256(wrong).hexdigest()},Người Mẫu,đã đối chiếu"
    waivers.write_text(f"check_id,submission_id,name,reason\n{line}\n", encoding="utf-8")
    asked = ("check", tmp_path / "sai.xlsx", "--today", "2026-09-15", "--json")
    done = cli(*asked)
    (file,) = json.loads(done.stdout)
    assert (done.returncode, file["outcome"]) == (0, "loaded")
    waivers.write_text("check_id,submission_id\n", encoding="utf-8")
    refused = cli(*asked)
    assert refused.returncode == 2
    assert "waivers.csv" in refused.stderr


def test_a_line_of_the_inbox_that_is_not_used_is_told(tmp_path, cli):
    (tmp_path / "dung.xlsx").write_bytes(programme_template("officers", PERIOD))
    (tmp_path / "inbox.csv").write_text("path,status\ndung.xlsx,xong\n", encoding="utf-8")
    done = cli("check", tmp_path / "dung.xlsx", "--today", "2026-09-15", "--json")
    assert "inbox.csv, dòng 2" in done.stderr
    assert "official (chính thức)" in done.stderr
