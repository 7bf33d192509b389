"""Support by household and the audit of the demo: as planted, read back row by row."""

from datetime import date

import pytest

from demo.audits import audit_book, audit_tasks, audit_truth, visits
from demo.folder import Paths
from demo.histories import NONE
from demo.province import SMALL_UNITS_2025, Province, imagine
from demo.support import SENDING, sending, support_book, support_tasks, support_truth
from demo.workbook import book_bytes
from measures.audit import errors
from pipelines.read import read_file
from pipelines.reading import FileReading, ReadingContext, SourceFile

TODAY = date(2026, 9, 15)


@pytest.fixture(scope="module")
def small() -> Province:
    return imagine(5, "small")


def reading(path: str, content: bytes) -> FileReading:
    return read_file(SourceFile(path, content), ReadingContext(TODAY, is_demo=True))


def test_some_communes_send_their_list_and_the_small_demo_is_a_part_of_them(
    province: Province, small: Province
) -> None:
    assert len(sending(province)) == SENDING
    assert set(sending(small)) == set(SMALL_UNITS_2025[:3]) & set(sending(province))
    by_unit = {each["unit_code"]: each for each in support_truth(province)}
    for each in support_truth(small):
        assert by_unit[each["unit_code"]] == each


def test_lists_of_support_load_whole_and_are_the_same_each_time(small: Province) -> None:
    for task in support_tasks(small, Paths()):
        book, rows = support_book(small, task)
        content = book_bytes(book)
        assert content == book_bytes(support_book(small, task)[0])
        found = reading(task.path, content)
        assert (found.form, found.outcome, found.rows_loaded) == (
            "household_support", "loaded", rows,
        )  # fmt: skip
        assert (found.unit_code, found.period) == (task.code, "2025")
        assert {reason.kind for reason in found.reasons} <= {"question"}
        received = found.tables["core_support__household"]["is_received"]
        assert received.null_count() < 0.1 * rows


def test_every_list_has_newly_escaped_households_and_some_left_out(small: Province) -> None:
    for each in support_truth(small):
        assert each["newly_escaped"] > 0
        assert 0 < each["received_all"] < each["entitled"]


def test_the_audit_loads_whole_and_gives_the_sums_of_its_sample(small: Province) -> None:
    (task,) = audit_tasks(Paths())
    book, rows = audit_book(small, task)
    found = reading(task.path, book_bytes(book))
    assert (found.form, found.outcome, found.rows_loaded) == ("audit_sample", "loaded", rows)
    assert found.reasons == ()
    truth = audit_truth(small)
    by_error = {
        line["error"]: line
        for line in errors(found.tables["core_audit__household"])
        if line["list_class"] == "either"
    }
    pairs = {
        "inclusion": ("listed_wrong_weight", "listed_weight"),
        "exclusion": ("eligible_missed_weight", "eligible_weight"),
    }
    for error, (wrong, of) in pairs.items():
        assert by_error[error]["numerator"] == pytest.approx(truth[wrong])
        assert by_error[error]["denominator"] == pytest.approx(truth[of])


def test_the_audit_of_the_province_finds_what_is_planted(province: Province) -> None:
    (task,) = audit_tasks(Paths())
    book, _rows = audit_book(province, task)
    found = reading(task.path, book_bytes(book))
    truth = audit_truth(province)
    for line in errors(found.tables["core_audit__household"]):
        if line["list_class"] == "either":
            assert line["low"] < truth[f"true_{line['error']}_pct"] < line["high"], line


def test_the_sample_has_households_on_and_off_the_list(small: Province) -> None:
    sample = visits(small)
    assert {visit.listed_as is None for visit in sample} == {True, False}
    assert len({visit.home for visit in sample if visit.found == NONE}) > 1
