"""What a province's operator does and what can go wrong, through the command line."""

import hashlib
import json
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from commands import build as building
from commands import making
from measures import cube
from measures.catalogue import measures
from measures.household_results import follow_households
from measures.results import compute_results, write_estimates
from warehouse import engine
from warehouse.builds import current_build
from warehouse.keys import demo_keys
from warehouse.quality_tables import QUALITY__BUILD
from warehouse.result_tables import RESULT__ESTIMATE

ROOT = Path(__file__).parents[2]
TODAY = ("--today", "2026-09-15")


def last_json(done):
    return json.loads(done.stdout.splitlines()[-1])


def build(cli, inbox, data, **environment):
    return cli("build", "--from", inbox, "--data", data, *TODAY, "--json", **environment)


@pytest.fixture
def poor(ask):
    """Poor households by commune at one review."""

    def counts(data, period="2024"):
        rows = ask(data, "poor_household_count", "--period", period, "--by", "commune")
        return {row["unit_code"]: row["value"] for row in rows}

    return counts


def a_list(report, period="2024", outcome="loaded"):
    return next(
        file
        for file in report["files"]
        if (file["form"], file["period"], file["outcome"], file["status"])
        == ("review_list", period, outcome, "official")
    )


def test_every_file_of_a_dirty_demo_is_accounted_for(small_province):
    for file in small_province.report["files"]:
        accounted = file["rows_loaded"] + file["rows_rejected"] + file["rows_not_data"]
        assert file["rows_read"] == accounted, file["path"]
        if file["outcome"] in {"refused", "held"}:
            assert file["rows_loaded"] == 0
            assert [reason for reason in file["reasons"] if reason["kind"] == "rejected"], file[
                "path"
            ]


def truth_of(inbox, what="units"):
    """Poor households by period and commune: as they are (``units``) or as the folder tells (``loaded``)."""
    units = json.loads((inbox / "_truth" / "summary.json").read_text(encoding="utf-8"))[what]
    found = {}
    for unit in units:
        households = unit["households"] if unit["class_code"] == "poor" else 0
        by_unit = found.setdefault(unit["period"], {})
        by_unit[unit["unit_code"]] = by_unit.get(unit["unit_code"], 0) + households
    return found


def test_with_corrections_the_dirty_demo_adds_up_to_its_truth(small_province, poor):
    for period, expected in truth_of(small_province.inbox).items():
        found = poor(small_province.data, period)
        assert {unit: found[unit] for unit in expected} == expected, period


def test_without_corrections_the_shortfall_is_exactly_what_was_sent_back(
    uncorrected_inbox, tmp_path, cli, poor, monkeypatch
):
    monkeypatch.setattr(making, "figures", only_the_poor)
    data, years = tmp_path / "data", tmp_path / "years"
    for year in ("2022", "2023"):
        shutil.copytree(uncorrected_inbox / year, years / year)
    shutil.copy(uncorrected_inbox / "demo.json", years)
    report = last_json(build(cli, years, data))
    whole, told = truth_of(uncorrected_inbox), truth_of(uncorrected_inbox, "loaded")
    assert any(told[year] != whole[year] for year in ("2022", "2023"))
    for period in ("2022", "2023"):
        expected, found = told[period], poor(data, period)
        assert sum(value or 0 for value in found.values()) == sum(expected.values()), period
        assert {unit: found[unit] for unit, count in expected.items() if count} == {
            unit: count for unit, count in expected.items() if count
        }
    assert {file["outcome"] for file in report["files"]} >= {"loaded", "partly", "refused"}


def only_the_poor(made, linked):
    """The one figure asked for: all of them take longer than the files."""
    with engine.ibis_writing(made.path) as backend:
        catalogue = [measures()["poor_household_count"]]
        write_estimates(backend, [cube.estimates(backend, made.today, catalogue=catalogue)])


def test_a_withdrawn_file_no_longer_counts_and_an_older_version_returns(own_copy, cli, poor):
    file = a_list(own_copy.report)
    before = poor(own_copy.data)
    assert before[file["unit_code"]] is not None
    done = cli(
        "withdraw", file["sha256"], "--reason", "xã gửi nhầm", "--data", own_copy.data, *TODAY
    )
    assert done.returncode == 0, done.stderr
    after = poor(own_copy.data)
    assert after[file["unit_code"]] != before[file["unit_code"]]
    assert {unit: value for unit, value in after.items() if unit != file["unit_code"]} == {
        unit: value for unit, value in before.items() if unit != file["unit_code"]
    }
    taken_over, anew = figures(own_copy.data), figures(own_copy.data, afresh=True)
    assert taken_over.equals(anew)


def figures(data, afresh=False):
    """All figures of the served build, as it has them or all computed anew."""
    build = current_build(data)
    path = build.restricted.with_name("again.duckdb")
    shutil.copy(build.restricted, path)
    if afresh:
        beside = shutil.copy(path, path.with_name("followed.duckdb"))
        with engine.ibis_writing(path) as backend:
            compute_results(
                backend,
                date.fromisoformat(TODAY[1]),
                0,
                lambda: follow_households(beside, 0, same_lists=False),
            )
        beside.unlink()
    with engine.reading(path) as connection:
        rows = engine.whole(connection, RESULT__ESTIMATE)
    path.unlink()
    return rows.sort(*(name for name in rows.columns if name not in {"value", "unit_name"}))


@pytest.mark.parametrize(
    "arguments",
    [("0" * 64, "--reason", "x"), ("0" * 64, "--reason", " ")],
    ids=["unknown", "no reason"],
)
def test_a_withdrawal_that_cannot_be_is_refused(own_copy, cli, arguments):
    assert cli("withdraw", *arguments, "--data", own_copy.data, *TODAY).returncode == 2


def test_bad_files_do_not_disturb_the_good_ones_or_what_is_served(own_copy, cli):
    served = (own_copy.data / "current.json").read_text()
    alone = own_copy.inbox.parent / "bad"
    alone.mkdir()
    shutil.copy(own_copy.inbox / "demo.json", alone)
    (alone / "anh.xlsx").write_bytes(b"\x89PNG not a workbook")
    (alone / "rong.csv").write_bytes(b"")
    done = build(cli, alone, own_copy.data)
    assert done.returncode == 2
    assert "anh.xlsx" in done.stderr
    assert (own_copy.data / "current.json").read_text() == served
    told = last_json(done)
    assert (told["build_id"], told["published"]) == (json.loads(served)["build_id"], False)
    assert {file["path"]: file["outcome"] for file in told["files"]} == {
        "anh.xlsx": "refused",
        "rong.csv": "refused",
    }
    assert set(told["files"][0]["reasons"][0]) == {
        "sheet", "row", "column", "kind", "found", "expected", "todo",
    }  # fmt: skip


def test_a_refused_file_is_loaded_once_its_header_words_are_known(own_copy, cli, monkeypatch):
    monkeypatch.setattr(making, "figures", lambda *_: None)
    workbook = own_copy.inbox / a_list(own_copy.report)["path"]
    words = {"good.xlsx": "Kết quả rà soát", "unheard-of.xlsx": "Chốt lại"}
    for name, heading in words.items():
        rewritten(workbook, own_copy.inbox / name, "Kết quả rà soát", heading)
    report = last_json(build(cli, own_copy.inbox, own_copy.data))
    told = {file["path"]: file["outcome"] for file in report["files"]}
    assert told == {"good.xlsx": "loaded", "unheard-of.xlsx": "refused"}
    with engine.writing(current_build(own_copy.data).restricted) as connection:
        facts = pl.DataFrame([{"formulas": making.fingerprint()}])
        engine.create(connection, QUALITY__BUILD, facts)
    assert last_json(build(cli, own_copy.inbox, own_copy.data))["files"] == []
    read = building.read_file

    def read_with_new_words(source, context):
        if source.path != "unheard-of.xlsx":
            return read(source, context)
        rewritten(BytesIO(source.content), again := BytesIO(), "Chốt lại", "Kết quả rà soát")
        return replace(
            read(replace(source, content=again.getvalue()), context),
            sha256=hashlib.sha256(source.content).hexdigest(),
        )

    monkeypatch.setattr(building, "read_file", read_with_new_words)
    with engine.writing(current_build(own_copy.data).restricted) as connection:
        engine.create(connection, QUALITY__BUILD, pl.DataFrame([{"formulas": "of an older code"}]))
    (file,) = last_json(build(cli, own_copy.inbox, own_copy.data))["files"]
    assert (file["path"], file["outcome"]) == ("unheard-of.xlsx", "loaded")


def rewritten(source, target, words, others):
    """The workbook ``source`` with ``others`` in the place of ``words``."""
    with zipfile.ZipFile(source) as package, zipfile.ZipFile(target, "w") as copy:
        for name in package.namelist():
            content = package.read(name)
            copy.writestr(name, content.replace(words.encode(), others.encode()))


def test_real_files_need_a_key_and_never_share_a_folder_with_the_demo(own_copy, tmp_path, cli):
    real = tmp_path / "real"
    real.mkdir()
    shutil.copy(own_copy.inbox / a_list(own_copy.report)["path"], real / "xa.xlsx")
    without = {"POVERTY_KEY_FILE": ""}
    refused = build(cli, real, tmp_path / "fresh", **without)
    assert refused.returncode == 2
    assert "init" in refused.stderr
    assert last_json(refused)["build_id"] is None
    assert last_json(refused)["files"] == []
    assert last_json(refused)["checks"] == {"passed": 0, "failed": 0, "not_run": 0}
    mixed = build(cli, real, own_copy.data, **without)
    assert mixed.returncode == 2
    assert "mô phỏng" in mixed.stderr


def test_init_makes_a_folder_and_a_private_key_once(tmp_path, cli):
    data = tmp_path / "data"
    done = cli("init", "--data", data, POVERTY_KEY_FILE="")
    assert done.returncode == 0
    assert "SAO LƯU" in done.stderr
    assert (data / "key.json").stat().st_mode & 0o077 == 0
    assert data.stat().st_mode & 0o077 == 0
    assert cli("init", "--data", data, POVERTY_KEY_FILE="").returncode == 2


def test_init_makes_the_folder_of_a_key_kept_elsewhere(tmp_path, cli):
    key = tmp_path / "két" / "key.json"
    assert cli("init", "--data", tmp_path / "data", POVERTY_KEY_FILE=str(key)).returncode == 0
    assert key.stat().st_mode & 0o077 == 0
    assert key.parent.stat().st_mode & 0o077 == 0


def test_no_identity_number_lies_readable_in_the_data_folder(small_province):
    # Pseudonyms are hexadecimal: now and then one looks like a number that nobody has.
    look_alike = re.compile(rb"(?=(099\d{9}))")
    numbers = clear_numbers(small_province.data / "vault")
    assert len(numbers) > 1000
    for path in small_province.data.rglob("*"):
        if path.is_file():
            assert not numbers.intersection(look_alike.findall(path.read_bytes())), path.name


def clear_numbers(vault):
    with sqlite3.connect(vault / "vault.sqlite") as base:
        sealed = base.execute("SELECT identity_number FROM household").fetchall()
    return {demo_keys().decrypt(value) for (value,) in sealed if value is not None}


def test_builds_hold_no_column_for_a_name_or_a_number(small_province):
    (folder,) = (small_province.data / "builds").iterdir()
    with engine.reading(folder / "restricted.duckdb") as connection:
        columns = engine.read(
            connection,
            "SELECT DISTINCT column_name AS name FROM duckdb_columns() WHERE NOT internal",
        )
    personal = re.compile(r"personal_|head_name|person_name|identity|birth_date|reviewer_name")
    assert not [name for name in columns["name"] if personal.search(name)]


def test_a_build_killed_at_any_moment_leaves_the_served_one_and_the_next_works(own_copy, cli):
    served = (own_copy.data / "current.json").read_text()
    known = a_list(own_copy.report)
    file = own_copy.inbox / known["path"]
    again = file.with_name(f"lai-{file.name}")
    shutil.copy(file, again)
    with zipfile.ZipFile(again, "a") as package:
        package.comment = b"the same cells, another file"
    # begun, at the first gate, figures in the making, at the second gate
    for trace in ("", "restricted.judged", "restricted.followed", "public.duckdb"):
        killed_at(trace, own_copy)
        assert (own_copy.data / "current.json").read_text() == served
    shutil.copy(file, own_copy.inbox / "ban-sao.xlsx")
    after = build(cli, own_copy.inbox, own_copy.data)
    assert after.returncode == 0, after.stderr
    assert not list((own_copy.data / "builds").glob(".unfinished-*"))
    listed = {each["path"]: each for each in last_json(after)["files"]}
    assert listed.keys() == {"ban-sao.xlsx", again.relative_to(own_copy.inbox).as_posix()}
    copy = listed["ban-sao.xlsx"]
    assert copy["outcome"] == "duplicate"
    assert (copy["rows_loaded"], copy["rows_read"]) == (known["rows_loaded"], known["rows_read"])


def killed_at(trace, province):
    """Kill a build as soon as it has left ``trace`` in its folder."""
    arguments = ("build", "--from", province.inbox, "--data", province.data, *TODAY)
    builds = province.data / "builds"
    stale = set(builds.glob(".unfinished-*"))
    process = subprocess.Popen(
        [sys.executable, "cli.py", *map(str, arguments)], cwd=ROOT, stderr=subprocess.DEVNULL
    )
    while not any(
        (folder / trace).exists() for folder in set(builds.glob(".unfinished-*")) - stale
    ):
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("no_such_measure",), "poor_household_rate"),
        (("poor_household_rate", "--by", "star_sign"), "district"),
        (("poor_household_rate", "--period", "2024-13"), "2025-Q3"),
        (("poor_household_rate", "--era", "1999"), "2025"),
        (("poor_household_rate", "--as", "king"), "visitor"),
    ],
)
def test_a_question_that_cannot_be_asked_says_what_can(small_province, cli, arguments, says):
    done = cli("estimates", *arguments, "--data", small_province.data)
    assert done.returncode == 2
    assert says in done.stderr


def test_an_empty_folder_says_how_to_begin(tmp_path, cli):
    done = cli("estimates", "poor_household_rate", "--data", tmp_path / "nothing")
    assert done.returncode == 2
    assert "build" in done.stderr


def test_the_table_of_estimates_can_be_read_in_a_narrow_terminal(small_province, cli, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    asked = ("estimates", "poor_household_count", "--period", "2024", "--data", small_province.data)
    rows = json.loads(cli(*asked, "--by", "district", "--format", "json").stdout)
    told = cli(*asked, "--by", "district").stdout
    assert "Số hộ nghèo · 2024 · chính thức" in told
    assert max(len(line) for line in told.splitlines()) <= 80
    lines = {line.split("│")[1].strip(): line for line in told.splitlines() if "│" in line}
    some = max(rows, key=lambda row: row["value"] or 0)
    assert some["unit_name"] in lines[some["unit_code"]]
    assert f"{some['value']:.0f} hộ" in lines[some["unit_code"]]
    missing = next(row for row in rows if row["mark"] == "no_data")
    assert "chưa có số liệu" in lines[missing["unit_code"]]
    by_area = cli(*asked, "--by", "area").stdout
    assert "Nông thôn" in by_area
    assert "rural" not in by_area


def test_status_speaks_as_the_pages_do(small_province, cli):
    told = cli("status", "--data", small_province.data).stderr
    for words in ("tháng 1/2024: ", "(chính thức, chuẩn 2022-2026)", " nạp đủ", " đạt"):
        assert words in told
    assert not {"official", "loaded", "passed", "None"} & set(told.replace(",", " ").split())
    assert re.search(r"dựng lúc \d\d/\d\d/\d{4} \d\d:\d\d\.", told)
