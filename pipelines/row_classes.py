"""What each row under a header is: data, or one of the rows that clerks put between data.

Every row gets exactly one class, and only ``data`` can become a row of the contract:

- ``header``: the header again, as printed at the top of each page;
- ``footer``: place and date, signatures and what stands under them;
- ``subtotal``: "Cộng xóm 3: 12 hộ", "Tổng cộng toàn xã";
- ``village``: a heading such as "Thôn An Cừ";
- ``note``: nothing that a record needs: one cell of text, a running number alone, a prefilled place;
- ``data``: everything else.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import polars as pl

from pipelines.text import fold, folded
from reference.loading import row_words

NUMBERED = r"^\s*\d{1,6}\s*[.)]?\s*$"
_WORDS = r"\p{L}{2,}"
_ROMAN = r"^(?:[IVXLivxl]{1,5}|[A-Za-z]|\d+)\s*[.)/]?\s*$"
_LETTERED = r"^\s*(?:[IVXLivxl]{1,5}|[A-Za-zĐđ])\s*[.)/]?\s*$"
_ENUMERATION = r"^(?:[*+\-–•]|(?:[ivxl]{1,5}|[a-hđ]|\d{1,3})\s*[.)/:\-])?\s*"
_PLACE_AND_DATE = r"ngày\s*[\d.…_ ]*\s*tháng\s*[\d.…_ ]*\s*năm\s*[\d.…_]*\s*$"


def classify(
    rows: pl.DataFrame,
    *,
    labels: Sequence[str],
    substance: Sequence[str],
    strong: pl.Expr,
    numbered: pl.Expr,
) -> pl.DataFrame:
    """``rows`` with ``kind`` and, for rows that are no plain data, ``label``.

    Args:
        rows: rows of :class:`pipelines.layout.SheetTable`, several sheets told apart by ``table``
            (Int), in their order.
        labels: columns in which headings and totals are written.
        substance: columns of which a record has at least one; a numbered row without any is a
            blank line of the template.
        strong: true for rows that certainly are data (a numbered name, an identity number, …).
        numbered: true for rows that carry a running number.

    ``label`` is the text that decided, as written.
    """
    rows = rows.with_columns(_strong=strong.fill_null(False), _numbered=numbered.fill_null(False))
    rows = _with_texts(rows, [name for name in labels if name in rows.columns])
    is_blank = pl.all_horizontal(pl.col(c).is_null() for c in substance if c in rows.columns)
    return (
        rows.with_columns(_kind=_kind_by_words(), _is_blank=is_blank)
        .with_columns(_state=_under_signature().over("table"))
        .with_columns(kind=_kind())
        .drop("_strong", "_numbered", "_texts", "_is_blank", "_key", "_line", "_kind", "_state")
    )


def _with_texts(rows: pl.DataFrame, labels: Sequence[str]) -> pl.DataFrame:
    """The texts that decide on rows that are not certainly data, as written and folded."""
    texts = [
        pl.when(pl.col(name).str.contains(_WORDS) & ~pl.col(name).str.contains(_ROMAN))
        .then(pl.col(name))
        for name in labels
    ]  # fmt: skip
    label = pl.coalesce(*texts, pl.col("line"), pl.col("first_text"))
    return rows.with_columns(
        label=pl.when(~pl.col("_strong")).then(label),
        _texts=pl.sum_horizontal(*(text.is_not_null() for text in texts), pl.lit(0)),
    ).with_columns(
        _key=folded(pl.col("label")),
        _line=folded(pl.when(~pl.col("_strong")).then(pl.col("line"))),
    )


@lru_cache(maxsize=16_384)
def begins_with(text: str, kind: str) -> bool:
    """Whether a text begins with a word of ``kind`` (row_words.yml)."""
    return re.match(_pattern(kind), fold(text)) is not None


def starts_like(kind: str, text: pl.Expr | None = None) -> pl.Expr:
    """True where a folded text, else ``_key``, begins with a word of ``kind`` (row_words.yml)."""
    return (pl.col("_key") if text is None else text).str.contains(_pattern(kind))


def village_of(label: pl.Expr) -> pl.Expr:
    """The village in a heading: "II. Thôn An Cừ: 12 hộ" is "Thôn An Cừ"."""
    return (
        label.str.replace(rf"(?i){_ENUMERATION}", "")
        .str.replace(r"\s*[:(–-]?\s*\d+\s*(?:hộ|khẩu|nhân khẩu).*$", "")
        .str.strip_chars(" :;,.-")
    )


def _kind_by_words() -> pl.Expr:
    key, line = pl.col("_key"), pl.col("_line")
    is_footer = line.str.contains(_PLACE_AND_DATE) | line.str.contains(_pattern("signature"))
    return (
        pl.when(pl.col("is_header")).then(pl.lit("header"))
        .when(pl.col("_strong")).then(pl.lit("data"))
        .when(starts_like("subtotal")).then(pl.lit("subtotal"))
        .when(is_footer & ~pl.col("_numbered")).then(pl.lit("footer"))
        .when(starts_like("village") & (pl.col("_texts") <= 1) & key.str.len_chars().lt(80))
        .then(pl.lit("village"))
    )  # fmt: skip


def _under_signature() -> pl.Expr:
    """The last row above that was a signature or certainly data."""
    return pl.when(pl.col("_kind").is_in(["footer", "data"])).then(pl.col("_kind")).forward_fill()


def _kind() -> pl.Expr:
    is_remark = starts_like("remark") | starts_like("letterhead")
    return (
        pl.when(pl.col("_kind").is_not_null()).then(pl.col("_kind"))
        .when((pl.col("_state") == "footer") & ~pl.col("_numbered")).then(pl.lit("footer"))
        .when(is_remark & ~pl.col("_numbered")).then(pl.lit("note"))
        .when((pl.col("filled") == 1) & ~pl.col("_numbered")).then(pl.lit("note"))
        .when((pl.col("filled") == 2) & pl.col("first_text").str.contains(_LETTERED))
        .then(pl.lit("note"))
        .when(pl.col("_is_blank")).then(pl.lit("note"))
        .otherwise(pl.lit("data"))
    )  # fmt: skip


@cache
def _pattern(kind: str) -> str:
    words = sorted(row_words()[kind], key=len, reverse=True)
    alternatives = "|".join(re.escape(word) for word in words)
    if kind == "signature":
        return rf"(?:^|\s)(?:{alternatives})(?:\W|$)"
    return rf"{_ENUMERATION}(?:{alternatives})(?:\W|$)"
