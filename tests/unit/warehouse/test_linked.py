"""Links are taken over where the very same lists count, and a household linked otherwise is noticed."""

from datetime import MAXYEAR

import polars as pl
import pytest

from warehouse import engine
from warehouse.builds import RESTRICTED, Build
from warehouse.core_tables import (
    CORE_HOUSEHOLD__LINK,
    CORE_MODEL__PARTICIPANT,
    CORE_REVIEW__HOUSEHOLD,
    CORE_SUPPORT__HOUSEHOLD,
)
from warehouse.linked import first_relinked_year, keep_links, same_lists_count
from warehouse.quality_tables import QUALITY__COVERAGE

LISTED = [("a", "2022"), ("b", "2023"), ("c", "2024")]


def links(**households):
    return pl.DataFrame({"household_id": list(households), "linked_id": list(households.values())})


ELSEWHERE = {CORE_MODEL__PARTICIPANT: ("p", "2021"), CORE_SUPPORT__HOUSEHOLD: ("s", "2020")}


def write(path, lists, linked=None):
    coverage = pl.DataFrame(
        {"submission_id": lists, "form": "review_list", "era": "2020", "unit_code": "1", "is_current": True}
    )  # fmt: skip
    rows = pl.DataFrame(LISTED, schema=["household_id", "period"], orient="row")
    with engine.writing(path) as connection:
        engine.create(connection, QUALITY__COVERAGE, coverage)
        engine.create(connection, CORE_REVIEW__HOUSEHOLD, rows)
        for table, row in ELSEWHERE.items():
            named = pl.DataFrame([row], schema=["household_id", "period"], orient="row")
            engine.create(connection, table, named)
        if linked is not None:
            engine.create(connection, CORE_HOUSEHOLD__LINK, linked)
    return path


@pytest.fixture
def served(tmp_path):
    folder = tmp_path / "served"
    folder.mkdir()
    write(folder / RESTRICTED, ["one", "two"], links(a="a", b="a", c="c"))
    return Build("served", folder)


def test_the_same_lists_keep_their_links(tmp_path, served):
    assert same_lists_count(write(tmp_path / "new.duckdb", ["two", "one"]), served)


@pytest.mark.parametrize("lists", [["one"], ["one", "two", "three"], ["one", "three"]])
def test_a_list_that_came_or_went_is_linked_anew(tmp_path, served, lists):
    assert not same_lists_count(write(tmp_path / "new.duckdb", lists), served)


@pytest.mark.parametrize(
    ("now", "year"),
    [
        (links(a="a", b="a", c="c"), MAXYEAR),
        (links(a="a", b="b", c="c"), 2023),
        (links(a="a", b="a", c="a"), 2024),
        (links(b="b", c="c"), 2022),
        # on no review list under this pseudonym
        (links(a="a", b="a", c="c", p="a"), 2021),
        (links(a="a", b="a", c="c", s="a"), 2020),
    ],
)
def test_figures_are_taken_over_up_to_the_first_household_linked_otherwise(
    tmp_path, served, now, year
):
    path = write(tmp_path / "new.duckdb", ["one", "two"])
    keep_links(path, now)
    assert first_relinked_year(path, served) == year
