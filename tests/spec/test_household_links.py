"""Counts of how households were found, on two lists small enough to count by eye."""

import polars as pl
import pytest

from measures.household_flows import compute_flows
from measures.household_links import compute_links
from warehouse import engine
from warehouse.core_tables import CORE_HOUSEHOLD__LINK, CORE_REVIEW__HOUSEHOLD
from warehouse.dim_tables import DIM__PLACEMENT, DIM__TOUCH, DIM__UNIT
from warehouse.geography import dim_placement, dim_touch, dim_unit
from warehouse.quality_tables import QUALITY__COVERAGE
from warehouse.result_tables import RESULT__HOUSEHOLD_FLOW, RESULT__HOUSEHOLD_LINK

A = "13825"
# (pseudonym, has a number, class): the list of 2022, then that of 2023 with the class before as written
BEFORE = [("n1", True, "poor"), ("n2", True, "poor"), ("n3", False, "poor"), ("d1", True, "poor"),
          ("x1", False, "near_poor"), ("x2", False, "near_poor"), ("gone", True, "poor")]  # fmt: skip
NOW = [("n1", True, "poor"), ("n2", False, "none"), ("n3", False, "near_poor"), ("d2", False, "poor"),
       ("x3", False, "near_poor"), ("lost", True, "none"), ("new", True, "poor")]  # fmt: skip
TOLD = {"x3": "near_poor", "lost": "poor"}
# d1 and d2 are one household; x3 might be x1 or x2
LINKS = [
    {"household_id": "d1", "linked_id": "d1", "way": "name_date", "certainty": 0.98},
    {"household_id": "d2", "linked_id": "d1", "way": "name_date", "certainty": 0.98},
    {"household_id": "n2", "linked_id": "n2", "name_certainty": 0.9},
    {"household_id": "n3", "linked_id": "n3", "name_certainty": 0.7},
    {"household_id": "x3", "linked_id": "x3", "is_contested": True},
]


def listed(period, households):
    return [
        {"household_id": name, "is_numbered": has_number, "class_code": code, "period": period,
         "class_before_code": TOLD.get(name), "unit_code": A, "era": "2020", "standard_id": "2022-2026",
         "status": "official", "sheet": "DS", "row": row, "submission_id": period}
        for row, (name, has_number, code) in enumerate(households, start=9)
    ]  # fmt: skip


@pytest.fixture
def results(tmp_path):
    rows = pl.DataFrame(listed("2022", BEFORE) + listed("2023", NOW), infer_schema_length=None)
    keys = ["submission_id", "era", "unit_code", "period", "status", "standard_id"]
    coverage = rows.group_by(keys).agg(row_count=pl.len().cast(pl.Int64))
    coverage = coverage.with_columns(form=pl.lit("review_list"), is_current=pl.lit(True))
    others = [
        {"household_id": name, "linked_id": name}
        for name in ("n1", "x1", "x2", "gone", "lost", "new")
    ]
    path = tmp_path / "build.duckdb"
    with engine.writing(path) as connection:
        for table, frame in (
            (CORE_REVIEW__HOUSEHOLD, rows),
            (CORE_HOUSEHOLD__LINK, pl.DataFrame(LINKS + others, infer_schema_length=None)),
            (QUALITY__COVERAGE, coverage),
            (DIM__UNIT, dim_unit()),
            (DIM__PLACEMENT, dim_placement()),
            (DIM__TOUCH, dim_touch()),
        ):
            engine.create(connection, table, frame)
    with engine.ibis_writing(path) as backend:
        compute_flows(backend)
        compute_links(backend)
    with engine.reading(path) as connection:
        return [engine.whole(connection, table) for table in (RESULT__HOUSEHOLD_LINK, RESULT__HOUSEHOLD_FLOW)]  # fmt: skip


def test_every_household_found_or_said_to_have_been_there_is_counted_once(results):
    rows = results[0].filter(unit_code=A, era="2020", period="2023")
    assert dict(rows.select("way", "household_count").iter_rows()) == {
        "number": 1,  # n1: a number on both lists
        "name": 2,  # n2 and n3: the same pseudonym, a number missing
        "number_digit": 0,
        "name_date": 1,  # d2
        "name_year": 0,
        "moved": 0,
        "ambiguous": 1,  # x3
        "unlinked": 1,  # lost; "new" was never said to have been there
    }
    wrong = dict(rows.select("way", "expected_wrong").iter_rows())
    assert wrong["number"] == 0
    assert wrong["name"] == pytest.approx((1 - 0.9) + (1 - 0.7))
    assert wrong["name_date"] == pytest.approx(1 - 0.98)
    assert wrong["unlinked"] is None


def test_the_matrix_follows_the_links(results):
    rows = results[1].filter(unit_code=A, era="2020", period="2023")
    cells = {
        (row["class_from"], row["class_to"]): row["household_count"]
        for row in rows.iter_rows(named=True)
        if row["household_count"]
    }
    assert cells == {
        ("poor", "poor"): 2,  # n1, d1 = d2
        ("poor", "none"): 2,  # n2; lost, which stands for "gone"
        ("poor", "near_poor"): 1,  # n3
        ("near_poor", "near_poor"): 1,  # x3, which is x1 or x2
        ("near_poor", "no_longer_on_list"): 1,  # the other of the two
        ("not_on_list_before", "poor"): 1,  # new
    }


def test_a_commune_that_sent_nothing_is_unknown(results):
    silent = results[0].filter(unit_code="13870", era="2020", period="2023")
    assert silent["household_count"].is_null().all()
