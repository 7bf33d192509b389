"""Marks such as ``[S22]`` in reference data, written out for who reads them."""

import re
from functools import cache
from typing import Literal

from reference.loading import sources

_MARK = re.compile(r"\[S(\d+b?)\]")
_FILE = re.compile(r" \(\w+\.csv\)")
"""Where our own copy of a source stands: of no use to a reader."""
_WORDS = {"vi": "(nguồn số {number}: {name})", "en": "(source {number}: {name})"}


def cited(text: str, language: Literal["vi", "en"] = "vi") -> str:
    """``text`` with the number and name of each source instead of its mark: ``(nguồn số 22: iPoor)``.

    Raises:
        KeyError: a mark that ``sources.csv`` does not know.
    """
    names = _names()
    return _MARK.sub(
        lambda found: _WORDS[language].format(number=found[1], name=names[f"S{found[1]}"]),
        _FILE.sub("", text),
    )


@cache
def _names() -> dict[str, str]:
    return dict(sources().select("source_id", "name").iter_rows())
