"""Rules of the house that a machine can check. Imports are checked by import-linter (pyproject.toml)."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from commands.dictionary import data_dictionary, measure_catalogue
from measures.catalogue import all_measures, cards

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "reference",
    "warehouse",
    "pipelines",
    "expectations",
    "linking",
    "measures",
    "charts",
    "reports",
    "ui",
    "demo",
    "commands",
)
SOURCES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))


def test_every_measure_has_a_card_and_every_card_a_measure():
    assert set(all_measures()) == set(cards())


def test_units_of_card_and_formula_agree():
    for name, measure in all_measures().items():
        assert cards()[name].unit == measure.unit, name


def test_a_ratio_names_its_denominator_on_the_card():
    for name, measure in all_measures().items():
        assert (measure.denominator is not None) == (cards()[name].denominator_vi is not None), name


def test_every_card_file_belongs_to_a_formula():
    folder = ROOT / "measures"
    stems = {path.stem for path in folder.glob("*.py")}
    assert {path.stem for path in folder.glob("*.yml")} <= stems


def test_the_data_dictionary_and_the_catalogue_are_fresh():
    assert (ROOT / "docs/data-dictionary.md").read_text(encoding="utf-8") == data_dictionary()
    assert (ROOT / "docs/measures.md").read_text(encoding="utf-8") == measure_catalogue()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_a_page_is_choose_fetch_show(page):
    text = page.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    for forbidden in (
        "SELECT ",
        "duckdb",
        "group_by(",
        "session_state",
        "plotly",
        "unsafe_allow_html",
        "def main",
    ):
        assert forbidden not in text, f"{page.name}: {forbidden}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_source_files_keep_the_rules(path):
    text = path.read_text(encoding="utf-8")
    assert path.stem not in {"utils", "helpers", "common"}
    assert "except Exception" not in text
    assert "fill_null(0)" not in text
    assert "unsafe_allow_html" not in text
    if path.parent.name != "ui":
        assert "session_state" not in text
    assert ast.get_docstring(ast.parse(text)), "a module says what it is for"


def test_sqlite_is_for_personal_data_and_for_decisions():
    homes = [path for path in SOURCES if "import sqlite3" in path.read_text(encoding="utf-8")]
    names = ("decisions", "link_memory", "named_views", "vault")
    assert homes == [ROOT / f"warehouse/{name}.py" for name in names]


def test_every_command_and_make_target_of_the_readme_exists():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    cli = (ROOT / "cli.py").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in set(re.findall(r"python cli\.py (\w+)", readme)):
        assert f"def {command}(" in cli, command
    for target in set(re.findall(r"make (\w+)`", readme)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_no_data_file_is_committed():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    forbidden = (".duckdb", ".parquet", ".geojson", ".xlsx", ".xls", ".sqlite")
    assert not [name for name in listed if name.endswith(forbidden)]


def test_what_is_sealed_is_opened_in_four_places():
    # keys: how; archive: files to read again; link_memory: for the build alone; named_views: noted first
    opening = {
        f"{path.parent.name}/{path.stem}"
        for path in SOURCES
        if "decrypt(" in path.read_text(encoding="utf-8")
    }
    assert opening == {
        "warehouse/keys",
        "warehouse/archive",
        "warehouse/link_memory",
        "warehouse/named_views",
    }


def test_linking_says_nothing():
    for path in sorted((ROOT / "linking").glob("*.py")):
        text = path.read_text(encoding="utf-8")
        for forbidden in ("print(", "logging", "write_", "raise ", "warn("):
            assert forbidden not in text, f"{path.name}: {forbidden}"


def test_pages_of_households_and_models_load_nothing_that_computes():
    # Ibis' backend takes 0.2 s of a first opening, scipy.special 0.1 s
    found = sorted([*(ROOT / "ui").glob("household_*.py"), *(ROOT / "ui").glob("model*.py")])
    modules = ", ".join(f"ui.{path.stem}" for path in found)
    loaded = f"import sys, {modules}; print({{'scipy', 'statsmodels', 'ibis.backends.duckdb'}} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
