"""A blank template downloaded, filled for two communes and handed in."""

import json
import zipfile

from commands import making
from tests.unit.pipelines.making import filled
from warehouse import engine
from warehouse.core_tables import CORE_PROGRAMME__VALUE

PERIOD = "2026-H2"


def build(cli, province):
    done = cli(
        "build",
        "--from",
        province.inbox,
        "--data",
        province.data,
        "--today",
        "2026-12-15",
        "--json",
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_filled_template_is_loaded_and_one_that_reaches_too_many_is_held(
    own_copy, cli, tmp_path, monkeypatch
):
    # What is made of such a file is shown with the one filled at a spreadsheet program.
    monkeypatch.setattr(making, "figures", lambda *_: None)
    blank = tmp_path / "officers.xlsx"
    done = cli("template", "officers", "--period", PERIOD, "--to", blank)
    assert done.returncode == 0, done.stderr
    assert zipfile.is_zipfile(blank)
    wrong = filled(blank.read_bytes(), {"C7": 2, "D7": 3, "C8": 2, "D8": 2})
    (own_copy.inbox / "officers-sai.xlsx").write_bytes(wrong)
    right = filled(blank.read_bytes(), {"C7": 3, "D7": 3, "C8": 2, "D8": 0})
    (own_copy.inbox / "officers.xlsx").write_bytes(right)
    files = {file["path"]: file for file in build(cli, own_copy)["files"]}
    held = files["officers-sai.xlsx"]
    assert (held["outcome"], held["rows_loaded"], held["rows_rejected"]) == ("held", 0, 2)
    (reason,) = [reason for reason in held["reasons"] if reason["kind"] == "rejected"]
    assert (reason["sheet"], reason["row"]) == ("Tập huấn", 7)
    assert reason["column"].endswith("Số người được tập huấn trong 12 tháng")
    assert "3 lớn hơn 2" in reason["found"]
    assert files["officers.xlsx"]["outcome"] == "loaded"
    build_id = json.loads((own_copy.data / "current.json").read_text("utf-8"))["build_id"]
    path = own_copy.data / "builds" / build_id / "restricted.duckdb"
    with engine.writing(path) as connection:
        rows = engine.whole(connection, CORE_PROGRAMME__VALUE)
    values = rows.filter(period=PERIOD, programme="officers_commune").sort("row", "quantity")
    assert values["value"].to_list() == [3.0, 3.0, 2.0, 0.0]


def test_a_template_says_which_forms_there_are(cli, tmp_path):
    done = cli("template", "unheard-of", "--period", PERIOD)
    assert done.returncode == 2
    assert "credit" in done.stderr
    done = cli("template", "credit", "--period", "2026", "--to", tmp_path / "x.xlsx")
    assert done.returncode == 2
    assert not (tmp_path / "x.xlsx").exists()


def test_every_programme_workbook_of_the_demo_loads_whole(small_province):
    told = {
        file["path"]: file
        for file in json.loads((small_province.truth / "files.json").read_text("utf-8"))
    }
    mine = [f for f in small_province.report["files"] if f["path"].startswith("chuong-trinh/")]
    assert len(mine) > 90
    for file in mine:
        truth = told[file["path"]]
        assert (file["outcome"], file["rows_loaded"]) == ("loaded", truth["data_rows"])
