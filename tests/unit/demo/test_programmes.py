"""The agencies' workbooks of the demo: read back to the truth, bounds kept, gaps as told."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from demo import plan_books
from demo.folder import Paths
from demo.plan_books import TARGET_YEARS, plan_tasks
from demo.programme_figures import LATE, NEVER_SENT, PERIODS, true_figures
from demo.programmes import programme_tasks
from demo.province import Province, imagine
from demo.workbook import book_bytes
from pipelines import duties as duty_reader
from pipelines.read import FileReading, read_files
from pipelines.reading import ReadingContext, SourceFile
from reference.programmes import programme_forms, programmes

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def small() -> Province:
    return imagine(5, "small")


@pytest.fixture(scope="module")
def readings(dirty_inbox: Path) -> list[FileReading]:
    paths = sorted((dirty_inbox / "chuong-trinh").rglob("*.xlsx"))
    sources = [
        SourceFile(path.relative_to(dirty_inbox).as_posix(), path.read_bytes()) for path in paths
    ]
    return read_files(sources, ReadingContext(TODAY))


def test_every_figure_is_read_as_it_is_true(dirty_inbox: Path, readings: list[FileReading]) -> None:
    keys = ["period", "era", "unit_code", "form", "programme", "quantity"]
    true = pl.read_parquet(dirty_inbox / "_truth" / "programmes.parquet").sort(keys)
    name = "core_programme__value"
    read = pl.concat([reading.tables[name] for reading in readings if name in reading.tables])
    found = read.select(*keys, pl.col("value").cast(pl.Int64)).sort(keys)
    assert found.equals(true)


def test_files_are_read_as_they_are_told(dirty_inbox: Path, readings: list[FileReading]) -> None:
    told = {
        each["path"]: each
        for each in json.loads((dirty_inbox / "_truth/files.json").read_text("utf-8"))
    }
    facts = ("form", "era", "unit_code", "period", "status", "outcome")
    for reading in readings:
        truth = told[reading.path]
        assert {fact: getattr(reading, fact) for fact in facts} == {f: truth[f] for f in facts}
        assert (reading.rows_loaded, reading.rows_rejected) == (truth["data_rows"], 0), reading.path


def test_nothing_is_asked_but_need_that_was_not_collected(readings: list[FileReading]) -> None:
    for reading in readings:
        if reading.reasons:
            assert reading.period == PERIODS[0], (reading.path, reading.reasons[0])
            assert {reason.found for reason in reading.reasons} == {"ô trống"}


def test_assigned_targets_and_duties_are_read(
    dirty_inbox: Path, readings: list[FileReading]
) -> None:
    truth = json.loads((dirty_inbox / "_truth" / "summary.json").read_text("utf-8"))
    targets = pl.concat(
        [r.tables["core_target__assigned"] for r in readings if r.form == "assigned_targets"]
    )
    keys = ("unit_code", "indicator", "year", "value", "decision_number")
    assert sorted(targets.select(keys).rows()) == sorted(
        tuple(row[key] for key in keys) for row in truth["targets"]
    )
    duties = [r.tables["core_duty__status"] for r in readings if r.form == "duties"]
    found = [
        row for each in duties for row in each.select("period", "duty_id", "duty_status").rows()
    ]
    assert sorted(found) == sorted(
        (row["period"], row["duty_id"], row["duty_status"]) for row in truth["duties"]
    )


def test_a_workbook_of_duties_is_read_as_it_is_true(
    small: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    owners = {f"D{number}": "poverty_reduction" for number in range(1, 13)}
    monkeypatch.setattr(plan_books, "duty_owners", lambda: owners)
    monkeypatch.setattr(duty_reader, "duty_owners", lambda: owners)
    for period in PERIODS:
        book, count = plan_books.duty_book(small, plan_books.DutyTask(period, "d.xlsx"))
        reading = read_files([SourceFile("d.xlsx", book_bytes(book))], ReadingContext(TODAY))[0]
        assert (reading.form, reading.period, reading.reasons) == ("duties", period, ())
        rows = reading.tables["core_duty__status"]
        told = [(duty, status, evidence) for duty, status, evidence, _ in
                plan_books.duties(small, period)]  # fmt: skip
        assert rows.select("duty_id", "duty_status", "evidence").rows() == told
        assert (rows.height, count) == (len(told), len(told))


def test_bounds_hold_in_every_commune(small: Province) -> None:
    figures = true_figures(small)
    for programme in programmes().values():
        for column in programme.columns:
            if column.at_most is None:
                continue
            own = figures.filter(programme=programme.id)
            part = own.filter(quantity=column.quantity)
            whole = own.filter(quantity=column.at_most)
            both = part.join(whole, on=["period", "unit_code"], suffix="_whole")
            assert both.filter(pl.col("value") > pl.col("value_whole")).is_empty(), programme.id


def test_every_agency_sends_every_half_year_but_those_that_never_did(small: Province) -> None:
    tasks = programme_tasks(small, Paths())
    assert len(PERIODS) == 9
    assert len(tasks) == len(programme_forms()) * 9 - len(NEVER_SENT) + len(LATE)
    assert sum(hasattr(task, "year") for task in plan_tasks(Paths())) == len(TARGET_YEARS)


def test_the_small_province_is_a_part_of_the_whole(small: Province, province: Province) -> None:
    keys = ["period", "era", "unit_code", "programme", "quantity"]
    whole, part = true_figures(province), true_figures(small)
    assert part.join(whole, on=[*keys, "value"], how="anti").is_empty()
