"""The words of the pages for codes, where a command speaks to a person."""

from functools import cache
from pathlib import Path

from charts.words import WORDS_FILE, Catalogue

_CODES = Path(__file__).parents[1] / "ui" / "catalogue" / "codes.yml"


def in_words(kind: str, code: str) -> str:
    """Vietnamese for a code, ``in_words("outcome", "held")``; the code itself where the pages have no word."""
    key = f"{kind}.{code}"
    return _catalogue().say(key, "vi") if key in set(_catalogue()) else code


@cache
def _catalogue() -> Catalogue:
    return Catalogue([WORDS_FILE, _CODES])
