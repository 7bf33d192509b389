"""A build takes over the figures of the years that nothing new speaks of."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from warehouse import carried_over, engine
from warehouse.builds import RESTRICTED, Build
from warehouse.quality_tables import QUALITY__BUILD, QUALITY__COVERAGE

REGISTER = ("model_register", "official", "2025")
LIST, CHANGE = ("review_list", "official", "2024"), ("in_year", "official", "2025-08")


def _counted(path: Path, *lists: tuple[str, str, str]) -> None:
    rows = pl.DataFrame(
        [
            {"submission_id": "-".join(told), "form": told[0], "status": told[1],
             "period": told[2], "era": "2025", "unit_code": "13693", "is_current": True}
            for told in lists
        ]
    )  # fmt: skip
    facts = pl.DataFrame([{"formulas": "same", "today": date(2026, 12, 20)}])
    with engine.writing(path) as connection:
        engine.create(connection, QUALITY__COVERAGE, QUALITY__COVERAGE.conform(rows))
        engine.create(connection, QUALITY__BUILD, QUALITY__BUILD.conform(facts))


@pytest.mark.parametrize(
    ("came", "year"),
    [
        (("review_list", "official", "2026"), 2026),
        (("review_list", "official", "2023"), 2023),
        (("in_year", "official", "2026-08"), 2026),
    ],
)
def test_what_comes_speaks_of_its_own_year_and_of_all_later_ones(
    tmp_path: Path, came: tuple[str, str, str], year: int
) -> None:
    served = Build("served", tmp_path / "served")
    served.folder.mkdir()
    _counted(served.folder / RESTRICTED, REGISTER)
    path = tmp_path / "new.duckdb"
    _counted(path, REGISTER, came)
    assert carried_over.first_changed_year(path, served, "same", date(2026, 12, 20)) == year


@pytest.mark.parametrize(
    ("left", "year"),
    [
        ([REGISTER, LIST, CHANGE], 2027),
        ([REGISTER, LIST], 2025),
        ([LIST, CHANGE], 2024),
        ([CHANGE], 0),
    ],
)
def test_what_is_gone_is_spoken_for_by_the_newest_list_that_is_left(
    tmp_path: Path, left: list[tuple[str, str, str]], year: int
) -> None:
    served = Build("served", tmp_path / "served")
    served.folder.mkdir()
    _counted(served.folder / RESTRICTED, REGISTER, LIST, CHANGE)
    path = tmp_path / "new.duckdb"
    _counted(path, *left)
    assert carried_over.first_changed_year(path, served, "same", date(2026, 12, 20)) == year
