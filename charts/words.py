"""Texts in two languages from YAML: the words that charts carry, and the class pages use too."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

from charts.numbers import Language
from reference.yaml_file import read_yaml

WORDS_FILE = Path(__file__).with_name("words.yml")


class Entry(TypedDict):
    """One text: Vietnamese is written first, English is its full translation."""

    vi: str
    en: str


class Catalogue:
    """Texts by key; a key or a language that is missing is an error, never a silent fallback."""

    def __init__(self, files: list[Path]) -> None:
        self.entries: dict[str, Entry] = {}
        for file in files:
            for key, entry in read_yaml(file).items():
                if key in self.entries:
                    raise ValueError(f"text {key!r} is defined twice, again in {file.name}")
                self.entries[key] = entry

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def say(self, key: str, language: Language, **values: object) -> str:
        """The text of ``key`` with ``values`` filled in.

        Raises:
            KeyError: no such key, or a value that the text needs is not given.
        """
        return self.entries[key][language].format(**values)


@cache
def _words() -> Catalogue:
    return Catalogue([WORDS_FILE])


def word(key: str, language: Language, **values: object) -> str:
    """A word inside a chart."""
    return _words().say(key, language, **values)
