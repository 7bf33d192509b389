"""Marks of sources in words: an official cannot look up ``[S22]``."""

import re

from reference.loading import sources

_MARK = re.compile(r"\[(S\d+)\]")
_FILE = re.compile(r" \(\w+\.csv\)")


def cited(source: str) -> str:
    """``Bảng số liệu … [S22]`` → ``Bảng số liệu … (iPoor)``; a mark that leads stands without brackets.

    Of the citation the part before the first comma or colon; the whole list is on the page about the product.
    """
    known: dict[str, str] = dict(sources().select("source_id", "citation").iter_rows())

    def named(mark: re.Match[str]) -> str:
        name = re.split(r"[,:]", known.get(str(mark[1]), ""), maxsplit=1)[0]
        return f"{name}," if mark.start() == 0 else f"({name})"

    return _MARK.sub(named, _FILE.sub("", source))
