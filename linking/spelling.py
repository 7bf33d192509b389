"""Names as several clerks write them: a key that forgets tone, spelling and order, and likeness beyond it."""

import polars as pl
from rapidfuzz import fuzz, process

ALIKE_PERCENT = 84
"""Of rapidfuzz's token ratio: reached by an abbreviated or missing syllable, not by another given name."""


def name_key(name: pl.Expr) -> pl.Expr:
    """Syllables without diacritics, y as i, in alphabetical order: ``Hùng Văn Trần`` is ``hung tran van``."""
    plain = (
        name.str.to_lowercase()
        .str.replace_all("đ", "d")
        .str.normalize("NFD")
        .str.replace_all(r"\p{M}", "")
        .str.replace_all("y", "i")
        .str.replace_all(r"[^a-z0-9]+", " ")
        .str.strip_chars()
    )
    return pl.when(plain != "").then(plain.str.split(" ").list.sort().list.join(" "))


def are_alike(one: pl.Series, other: pl.Series) -> pl.Series:
    """Whether two columns of keys may be one name each: equal, abbreviated or with a syllable left out.

    Every syllable of the shorter name must begin one of the longer name, or be begun by it.
    """
    left, right = one.to_list(), other.to_list()
    ratios = process.cpdist(left, right, scorer=fuzz.token_ratio, score_cutoff=ALIKE_PERCENT)
    return pl.Series(
        [
            a == b or (ratio > 0 and _fits(a.split(), b.split()))
            for ratio, a, b in zip(ratios.tolist(), left, right, strict=True)
        ],
        dtype=pl.Boolean(),
    )


def _fits(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    rest = list(long)
    for syllable in sorted(short, key=len, reverse=True):
        found = next(
            (each for each in rest if each.startswith(syllable) or syllable.startswith(each)), None
        )
        if found is None:
            return False
        rest.remove(found)
    return len(rest) <= 1
