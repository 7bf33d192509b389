"""Rules of the house that a machine can check. Imports are checked by import-linter (pyproject.toml)."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

from commands.dictionary import data_dictionary, measure_catalogue
from measures.catalogue import cards, household_measures, measures, reported_measures

ROOT = Path(__file__).parents[2]
PACKAGES = (
    "reference",
    "warehouse",
    "pipelines",
    "expectations",
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
    assert {*measures(), *reported_measures(), *household_measures()} == set(cards())


def test_units_of_card_and_formula_agree():
    for name, measure in {**measures(), **reported_measures(), **household_measures()}.items():
        assert cards()[name].unit == measure.unit, name


def test_a_ratio_names_its_denominator_on_the_card():
    for name, measure in {**measures(), **reported_measures(), **household_measures()}.items():
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
