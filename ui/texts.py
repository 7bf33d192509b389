"""Texts of the pages in two languages, and which language the reader chose."""

import re
from contextvars import ContextVar
from functools import cache
from pathlib import Path

import streamlit as st

from charts.numbers import Language
from charts.words import WORDS_FILE, Catalogue
from ui import url

CATALOGUE_FOLDER = Path(__file__).with_name("catalogue")
LANGUAGES: tuple[Language, ...] = ("vi", "en")
NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Each language by its own name, whichever is spoken now."""
_SPOKEN: ContextVar[Language | None] = ContextVar("spoken", default=None)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$<>:])")


@cache
def catalogue() -> Catalogue:
    """All texts, read once: those of the pages and the words inside charts."""
    return Catalogue([WORDS_FILE, *sorted(CATALOGUE_FOLDER.glob("*.yml"))])


def begin() -> None:
    """A new run: ask once for its language; a page says a thousand texts, and each would ask again."""
    _SPOKEN.set(_chosen())


def language() -> Language:
    """Language of this run: the switch, else the URL, else Vietnamese."""
    return _SPOKEN.get() or _chosen()


def _chosen() -> Language:
    return "en" if url.current("lang", LANGUAGES, "vi") == "en" else "vi"


def t(key: str, **values: object) -> str:
    """The text of ``key`` in the reader's language.

    Raises:
        KeyError: no such key, or a value that the text needs is not given.
    """
    return catalogue().say(key, language(), **values)


def plain(text: object) -> str:
    """Text from data (a name, a document number) that Markdown must not read as formatting."""
    return _MARKDOWN.sub(r"\\\1", str(text))


def language_switch() -> None:
    """Draw the switch; the code of the language stands in the URL as ``lang``."""
    url.choice(
        st.segmented_control,
        t("frame.language"),
        LANGUAGES,
        key="lang",
        default="vi",
        required=True,
        label_visibility="collapsed",
        format_func=NAMES.__getitem__,
    )
