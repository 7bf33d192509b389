"""What a build takes over from the build before equals what it would have computed."""

import json
import shutil
import zipfile

import polars as pl
import pytest
from polars import selectors as cs
from polars.testing import assert_frame_equal

from bench.correction import correct_a_list
from commands import making
from warehouse import engine
from warehouse.builds import current_build
from warehouse.core_tables import CORE_HOUSEHOLD__LINK
from warehouse.quality_tables import QUALITY__BUILD, QUALITY__DIFFERENCE
from warehouse.tables import QUALITY_TABLES, RESULT_TABLES

OF_THE_BUILD_ITSELF = {QUALITY__BUILD.name, QUALITY__DIFFERENCE.name}


def tables(data) -> dict[str, pl.DataFrame]:
    """Links, figures and verdicts of the served build."""
    with engine.reading(current_build(data).restricted) as connection:
        found = {
            table.name: engine.whole(connection, table)
            for table in (CORE_HOUSEHOLD__LINK, *RESULT_TABLES, *QUALITY_TABLES)
            if table.name not in OF_THE_BUILD_ITSELF
        }
    return {name: rows.sort(~(cs.float() | cs.nested())) for name, rows in found.items()}


def figure(data, ask, measure, period):
    return ask(data, measure, "--period", period)[0]["value"]


@pytest.fixture
def computed_anew(monkeypatch, cli):
    """All tables of the folder as other formulas, which take nothing over, find them."""

    def tables_anew(inbox, data, today):
        monkeypatch.setattr(making, "fingerprint", lambda: "other formulas")
        again = cli("build", "--from", inbox, "--data", data, *today)
        assert again.returncode == 0, again.stderr
        return tables(data)

    return tables_anew


def test_what_is_taken_over_is_what_would_be_computed(own_copy, cli, ask, computed_anew):
    inbox, data, today = own_copy.inbox, own_copy.data, ("--today", "2026-09-15")
    before = figure(data, ask, "poor_household_count", "2022")
    correct_a_list(inbox / "2022", inbox / "zz-ban-sua.xlsx")
    form_1 = next(
        f for f in own_copy.report["files"] if (f["form"], f["period"]) == ("summary", "2023")
    )
    again = inbox / "zz-bieu-01.xlsx"
    shutil.copy(inbox / form_1["path"], again)
    with zipfile.ZipFile(again, "a") as package:
        package.comment = b"sent again"
    corrected = cli("build", "--from", inbox, "--data", data, *today, "--json")
    assert corrected.returncode == 0, corrected.stderr
    files = json.loads(corrected.stdout.splitlines()[-1])["files"]
    assert {file["outcome"] for file in files} <= {"loaded", "partly"}
    assert figure(data, ask, "poor_household_count", "2022") == before + 1
    a_list = next(
        file
        for file in own_copy.report["files"]
        if (file["form"], file["period"], file["outcome"]) == ("review_list", "2024", "loaded")
    )
    withdrawn = cli("withdraw", a_list["sha256"], "--reason", "xã gửi nhầm", "--data", data, *today)
    assert withdrawn.returncode == 0, withdrawn.stderr
    taken_over = tables(data)
    for name, anew in computed_anew(inbox, data, today).items():
        assert_frame_equal(taken_over[name], anew, rel_tol=1e-9, abs_tol=1e-12)
