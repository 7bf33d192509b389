"""The synthetic province once for all tests, and what became of the rows of the dirty inbox."""

from pathlib import Path

import polars as pl
import pytest

from demo.province import Province, imagine


@pytest.fixture(scope="session")
def province() -> Province:
    return imagine(5, "province")


@pytest.fixture(scope="session")
def dirty_rows(dirty_inbox: Path) -> pl.DataFrame:
    return pl.read_parquet(dirty_inbox / "_truth" / "rows.parquet")
