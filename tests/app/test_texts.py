"""Every text exists in both languages, none is missing and none is left over."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from charts.words import WORDS_FILE, Catalogue
from ui.texts import catalogue, plain

ROOT = Path(__file__).parents[2]
CALLS = {"t", "word"}


def _sources() -> list[Path]:
    return [
        ROOT / "app.py",
        *(f for d in ("pages", "ui", "charts") for f in (ROOT / d).glob("*.py")),
    ]


def _patterns(node: ast.AST) -> list[str]:
    """Keys an argument may take: a text, or an f-string whose gaps match anything."""
    if isinstance(node, ast.Constant):
        return [re.escape(str(node.value))]
    if isinstance(node, ast.JoinedStr):
        parts = [re.escape(p.value) if isinstance(p, ast.Constant) else ".+" for p in node.values]
        return ["".join(parts)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return [left + ".+" for left in _patterns(node.left)]
    if isinstance(node, ast.IfExp):
        return _patterns(node.body) + _patterns(node.orelse)
    return []


def _used() -> list[str]:
    found: list[str] = []
    for file in _sources():
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in CALLS:
                found += _patterns(node.args[0])
    return found


def test_every_text_is_in_both_languages_and_differs_from_its_key():
    for key, entry in catalogue().entries.items():
        assert set(entry) == {"vi", "en"}, key
        assert all(text.strip() for text in entry.values()), key


def test_both_languages_take_the_same_values():
    for key, entry in catalogue().entries.items():
        fields = [
            {name for _, name, _, _ in Formatter().parse(text) if name} for text in entry.values()
        ]
        assert fields[0] == fields[1], key


def test_no_text_is_missing():
    known = list(catalogue())
    missing = [
        pattern for pattern in _used() if not any(re.fullmatch(pattern, key) for key in known)
    ]
    assert missing == []


def test_no_text_is_left_over():
    used = re.compile("|".join(f"(?:{one})" for one in set(_used())))
    assert [key for key in catalogue() if not used.fullmatch(key)] == []


def test_a_key_defined_twice_is_an_error(tmp_path):
    copy = tmp_path / "again.yml"
    copy.write_text(WORDS_FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ValueError, match="twice"):
        Catalogue([WORDS_FILE, copy])


def test_data_is_never_read_as_markdown():
    assert plain("**a** [b](c) $x$") == r"\*\*a\*\* \[b\]\(c\) \$x\$"


def test_english_writes_per_cent_without_a_space():
    entries = catalogue().entries
    assert [key for key in entries if re.search(r"[\d}] %", entries[key]["en"])] == []
