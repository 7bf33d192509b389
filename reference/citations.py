"""Marks such as ``[S22]`` in reference data, written out for who reads them."""

import re
from functools import cache
from typing import Literal

from reference.loading import sources

_MARK = re.compile(r"\[S(\d+b?)\]")
_FILE = re.compile(r" \(\w+\.csv\)")
"""Where our own copy of a source stands: of no use to a reader."""
_WORDS = {"vi": "nguồn số {number}: {name}", "en": "source {number}: {name}"}


def cited(text: str, language: Literal["vi", "en"] = "vi") -> str:
    """``text`` with the number and name of each source instead of its mark: ``(nguồn số 22: iPoor)``.

    A mark that leads stands without brackets.

    Raises:
        KeyError: a mark that ``sources.csv`` does not know.
    """
    names = _names()

    def told(mark: re.Match[str]) -> str:
        words = _WORDS[language].format(number=mark[1], name=names[f"S{mark[1]}"])
        return f"{words}," if mark.start() == 0 else f"({words})"

    return _MARK.sub(told, _FILE.sub("", text))


@cache
def _names() -> dict[str, str]:
    return dict(sources().select("source_id", "name").iter_rows())
