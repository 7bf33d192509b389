"""The synthetic province once for all tests, and one small inbox with a lot of dirt."""

from pathlib import Path

import polars as pl
import pytest

from demo.province import Province, imagine
from demo.write import write_demo

DIRT = 0.25


@pytest.fixture(scope="session")
def province() -> Province:
    return imagine(5, "province")


@pytest.fixture(scope="session")
def dirty_inbox(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "inbox"
    write_demo(folder, dirt=DIRT, size="small")
    return folder


@pytest.fixture(scope="session")
def dirty_rows(dirty_inbox: Path) -> pl.DataFrame:
    return pl.read_parquet(dirty_inbox / "_truth" / "rows.parquet")
