"""A blank template filled and saved by LibreOffice itself, read exactly, and what a page shows of it."""

import json

import pytest

from reports.programme_template import programme_template
from tests.app.libreoffice import typed
from tests.app.test_pages import _headline
from tests.unit.pipelines.making import read
from warehouse.door import Door, Viewer

PERIOD = "2026-H2"
TODAY = "2026-12-15"
SHEET = "Tập huấn"


@pytest.fixture
def saved(tmp_path_factory):
    """The template of a form as saved after a clerk typed into it."""
    folder = tmp_path_factory.mktemp("clerk")

    def fill(form, cells):
        blank = folder / f"{form}.xlsx"
        blank.write_bytes(programme_template(form, PERIOD))
        return typed(blank, cells, folder / "profile")

    return fill


def test_money_and_days_come_back_as_they_were_typed(saved):
    content = saved(
        "budget",
        {
            "Theo nguồn!C7": 1_234_567_890_123,
            "Theo nguồn!D7": "2026-08-05",
            "Theo nguồn!E7": 999_999_999_999,
            "Theo nguồn!C8": 0,
            "Theo nguồn!E8": 0,
            "Theo dự án!F7": 7,
            "Theo dự án!H7": 7,
        },
    )
    reading = read(content, "budget.xlsx")
    assert (reading.outcome, reading.rows_rejected, list(reading.reasons)) == ("loaded", 0, [])
    values = reading.tables["core_programme__value"].sort("sheet", "row", "programme", "quantity")
    told = values.select("sheet", "row", "programme", "quantity", "value").rows()
    # a day is told as yyyymmdd, a sum to the last đồng, a typed 0 is a 0 and a blank cell no row at all
    assert told == [
        ("Theo dự án", 7, "project_production", "allocated_vnd", 7.0),
        ("Theo dự án", 7, "project_production", "disbursed_vnd", 7.0),
        ("Theo nguồn", 7, "budget_central", "allocated_on", 20_260_805.0),
        ("Theo nguồn", 7, "budget_central", "allocated_vnd", 1_234_567_890_123.0),
        ("Theo nguồn", 7, "budget_central", "disbursed_vnd", 999_999_999_999.0),
        ("Theo nguồn", 8, "budget_central", "allocated_vnd", 0.0),
        ("Theo nguồn", 8, "budget_central", "disbursed_vnd", 0.0),
    ]


def test_two_communes_filled_by_hand_change_the_page_and_too_many_reached_is_refused(
    saved, own_copy, cli, open_app
):
    def glance():
        table = open_app(own_copy.data, "target_gaps").dataframe[0].value
        return table[table["Chỉ tiêu"].str.startswith("T7.1")].iloc[0]

    def delivery():
        return _headline(
            open_app(own_copy.data, "programme_delivery", programme="officers_commune")
        )

    before = glance()["Số liệu mới nhất"], delivery()
    right = saved(
        "officers", {f"{SHEET}!C7": 3, f"{SHEET}!D7": 3, f"{SHEET}!C8": 2, f"{SHEET}!D8": 0}
    )
    wrong = saved("officers", {f"{SHEET}!C7": 2, f"{SHEET}!D7": 3})
    (own_copy.inbox / "officers.xlsx").write_bytes(right)
    (own_copy.inbox / "officers-sai.xlsx").write_bytes(wrong)
    done = cli(
        "build", "--from", own_copy.inbox, "--data", own_copy.data, "--today", TODAY, "--json"
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = {file["path"]: file for file in json.loads(done.stdout.splitlines()[-1])["files"]}
    assert (files["officers.xlsx"]["outcome"], files["officers.xlsx"]["rows_loaded"]) == (
        "loaded",
        2,
    )
    held = files["officers-sai.xlsx"]
    (reason,) = [one for one in held["reasons"] if one["kind"] == "rejected"]
    assert (held["outcome"], reason["sheet"], reason["row"]) == ("held", SHEET, 7)
    assert reason["column"].endswith("Số người được tập huấn trong 12 tháng")
    assert "3 lớn hơn 2" in reason["found"]
    told = Door.open(own_copy.data, Viewer("command")).estimates(
        ["officer_training_rate"], level="province", periods=[PERIOD]
    )
    # 3 of 3 and 0 of 2 officers: 3 of 5
    assert told.select("numerator", "denominator", "value", "units_reported").rows() == [
        (3.0, 5.0, 60.0, 2)
    ]
    assert "(6 tháng đầu năm 2026" in before[0]
    assert glance()["Số liệu mới nhất"].startswith("60,0 % (6 tháng cuối năm 2026"), delivery()
    assert delivery() != before[1]
    assert "3/5 người (60,0 %), 6 tháng cuối năm 2026" in delivery()
