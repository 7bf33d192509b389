"""A published build of plausible rows, and the pages opened on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from charts import figure
from tests.app import factory
from ui import folded

ROOT = Path(__file__).parents[2]
Opener = Callable[..., AppTest]


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one build of demo rows."""
    folder = tmp_path_factory.mktemp("demo")
    factory.write_build(folder)
    return folder


@pytest.fixture(scope="session")
def real_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same rows, said to be real."""
    folder = tmp_path_factory.mktemp("real")
    factory.write_build(folder, is_demo=False)
    return folder


@pytest.fixture
def are_tables_open() -> bool:
    """Whether tables behind a button are open from the start, so that tests may look into all of them."""
    return True


@pytest.fixture
def open_app(monkeypatch: pytest.MonkeyPatch, are_tables_open: bool) -> Opener:
    """Open ``app.py`` on a data folder, with URL parameters, on a page."""

    def opened(data: Path, page: str | None = None, **parameters: str) -> AppTest:
        monkeypatch.setenv("POVERTY_DATA", str(data))
        monkeypatch.setattr(figure, "IS_CHECKED", True)
        monkeypatch.setattr(folded, "IS_OPEN", are_tables_open)
        st.cache_data.clear()
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        for name, value in parameters.items():
            app.query_params[name] = value
        if page:
            app.switch_page(f"pages/{page}.py")
        app.run()
        assert not app.exception, app.exception[0].message
        return app

    return opened
