"""Workbooks made by another hand, where they are there: each must behave as expected.json says."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.read import FileReading, ReadingContext, SourceFile, read_file

FOLDER = Path(__file__).parents[3] / ".." / "shared" / "fixtures"
EXPECTED = FOLDER / "expected.json"
CASES = json.loads(EXPECTED.read_text(encoding="utf-8"))["files"] if EXPECTED.is_file() else []
FORMS = {"mis_export": "export", "form_1": "summary", "form_15": "person_list"}
CONTEXT = ReadingContext(today=date(2026, 9, 15))

pytestmark = pytest.mark.skipif(not CASES, reason="the fixtures are not beside the project")


def read(case: dict[str, Any]) -> FileReading:
    return read_file(SourceFile(case["file"], (FOLDER / case["file"]).read_bytes()), CONTEXT)


def case_names() -> list[Any]:
    return [pytest.param(case, id=case["case"]) for case in CASES]


def in_range(value: int, bounds: list[int]) -> bool:
    return bounds[0] <= value <= bounds[1]


@pytest.mark.parametrize("case", case_names())
def test_outcome_and_rows(case):
    reading = read(case)
    if case["outcome"] == "refuse":
        assert reading.outcome == "refused"
        assert reading.rows_loaded == 0
        assert reading.reasons
        return
    assert reading.outcome == ("partly" if reading.rows_rejected else "loaded")
    assert in_range(reading.rows_loaded, case["loaded"])
    assert in_range(reading.rows_rejected, case["rejected"])


@pytest.mark.parametrize("case", case_names())
def test_form_unit_and_period(case):
    reading = read(case)
    if case["outcome"] == "refuse":
        return
    assert reading.form == FORMS.get(case["form"], case["form"])
    assert (reading.era, reading.period) == (case["era"], str(case["period"]))
    assert reading.unit_code == case.get("unit", reading.unit_code)
    assert reading.status == case.get("status", reading.status)


@pytest.mark.parametrize("case", case_names())
def test_counts_by_class(case):
    reading = read(case)
    for counts in case.get("counts", []):
        rows = reading.tables["core_review__household"].filter(unit_code=counts["unit"])
        for name in ("poor", "near_poor", "none"):
            assert in_range(rows.filter(class_code=name).height, counts[name]), name


@pytest.mark.parametrize("case", case_names())
def test_special_rows(case):
    reading = read(case)
    for row in case.get("rows", []):
        place = (row["sheet"], row["row"])
        told = [r for r in reading.reasons if (r.sheet, r.row) == place]
        loaded = reading.tables["core_review__household"].filter(sheet=place[0], row=place[1])
        fate = f"loaded:{loaded['class_code'].item()}" if loaded.height else "rejected"
        assert fate in row["outcomes"], row["why"]
        if row["shown_by_check"]:
            assert told, row["why"]
            assert any(row["column"] in str(reason.column) for reason in told), row["why"]


@pytest.mark.parametrize("case", case_names())
def test_every_other_row_loads_without_rejection(case):
    reading = read(case)
    special = {(row["sheet"], row["row"]) for row in case.get("rows", [])}
    if case["outcome"] == "refuse" or not case.get("data_rows_at"):
        return
    rows = reading.tables["core_review__household"]
    loaded = set(rows.select("sheet", "row").iter_rows())
    data = {(sheet, row) for sheet, numbers in case["data_rows_at"].items() for row in numbers}
    assert loaded - special == data - special
