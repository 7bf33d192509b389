"""From a figure back to its card, its numerator and denominator, and the files it came from."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import Row, counted_unit, figure_text, has_figure, unit_name
from charts.numbers import MISSING, amount, day, number, period, split_period
from measures.definition import Card
from reports.citations import cited
from ui.blocks import as_of, label
from ui.data import Rows
from ui.texts import language, plain, t
from warehouse.door import NotAllowed

_MOST_FILES_SHOWN = 200
PUBLISHED_MARKS = ("verified", "recalled", "derived", "gap")


def provenance(
    rows: Rows, card: Card, row: Row | None, key: str, published: pl.DataFrame | None = None
) -> None:
    """A small button that opens everything behind one picture or figure.

    Args:
        rows: the viewer's rows.
        card: the measure.
        row: the figure; None shows the card alone.
        key: stable name of the element.
        published: ``dim__published`` rows that are in the picture too.
    """
    with _opened(key) as opener:
        if opener.open:
            everything(rows, card, row)
            if published is not None:
                published_sources(published)


def of_cards(cards: Sequence[Card], key: str) -> None:
    """The same button for a picture of several measures."""
    with _opened(key) as opener:
        if opener.open:
            for card in cards:
                card_facts(card)


def _opened(key: str) -> Any:
    """The button; its body runs only while it is open."""
    return st.popover(
        t("provenance.open"),
        icon=":material/account_tree:",
        type="tertiary",
        key=f"{key}_provenance",
        on_change="rerun",
    )


def published_sources(published: pl.DataFrame) -> None:
    """Where published figures come from, how sure they are, and what contradicts them."""
    name = "series_vi" if language() == "vi" else "series_en"
    told = published.sort("series_id", "period").select(
        pl.col(name).alias(t("column.series")),
        pl.col("period").alias(t("column.period")),
        pl.col("value")
        .map_elements(lambda value: number(value, language(), 2), return_dtype=pl.String())
        .alias(t("column.published")),
        pl.col("mark")
        .replace({mark: t(f"published_mark.{mark}") for mark in PUBLISHED_MARKS})
        .alias(t("column.certainty")),
        pl.col("source")
        .map_elements(cited, return_dtype=pl.String())
        .fill_null(MISSING)
        .alias(t("column.source")),
        pl.coalesce("conflict_note", "derived_note", pl.lit("")).alias(t("column.note")),
    )
    st.markdown(f"**{t('provenance.published')}**")
    st.dataframe(told, hide_index=True, alt=t("provenance.published"))


def everything(rows: Rows, card: Card, row: Row | None) -> None:
    """Card, numerator, denominator and files behind a figure."""
    if row is not None:
        _figure(card, row, rows.served.today)
        _files(rows, row)
    card_facts(card)


def card_facts(card: Card) -> None:
    """What the card says: definition, numerator, denominator, source, law, caveats."""
    vi = language() == "vi"
    st.markdown(f"**{plain(label(card))}**")
    facts = {
        t("provenance.definition"): card.definition_vi if vi else card.definition_en,
        t("provenance.numerator"): card.numerator_vi if vi else card.numerator_en,
        t("provenance.denominator"): card.denominator_vi if vi else card.denominator_en,
        t("provenance.source"): card.source_vi if vi else card.source_en,
        t("provenance.legal"): card.legal_reference,
    }
    st.table(
        {name: plain(text) for name, text in facts.items() if text},
        border="horizontal",
        alt=t("provenance.alt.card"),
    )
    for caveat in card.caveats_vi if vi else card.caveats_en:
        st.caption(f"• {plain(caveat)}")


def _figure(card: Card, row: Row, today: date) -> None:
    where = f"{unit_name(row, language())}, {period(row['period'], language())}"
    st.markdown(f"**{plain(where)}: {plain(figure_text(row, language()))}**")
    if card.unit == "pct" and has_figure(row):
        counted = counted_unit(row["measure"])
        top = amount(row["numerator"], counted, language())
        bottom = amount(row["denominator"], counted, language())
        st.markdown(plain(f"{top} / {bottom}"))
    st.caption(plain(as_of(row, today)))


def _files(rows: Rows, row: Row) -> None:
    if split_period(row["period"])[1] is not None:
        st.caption(t("provenance.running"))
        return
    try:
        found = rows.provenance(row["period"], row["level"], row["era"], row["unit_code"])
    except NotAllowed as refusal:
        st.caption(plain(refusal))
        return
    files = found["file_number"].n_unique()
    st.markdown(
        t(
            "provenance.files",
            files=number(files, language()),
            rows=number(found["row_count"].sum(), language()),
        )
    )
    if found.is_empty():
        return
    st.dataframe(
        _shown(found.head(_MOST_FILES_SHOWN)), hide_index=True, alt=t("provenance.alt.files")
    )
    if found.height > _MOST_FILES_SHOWN:
        st.caption(t("provenance.more", number=number(_MOST_FILES_SHOWN, language())))


def _shown(found: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                t("column.file"): row["file_number"],
                t("column.form"): t(f"form.{row['form']}"),
                t("column.rows"): _span(row),
                t("column.document"): row["document_number"] or "–",
                t("column.document_date"): day(row["document_date"]),
                t("column.status"): t(f"status.{row['status']}"),
            }
            for row in found.iter_rows(named=True)
        ]
    )


def _span(row: Row) -> str:
    if row["first_row"] is None:
        return number(row["row_count"], language())
    return t(
        "provenance.span",
        count=number(row["row_count"], language()),
        sheets=number(row["sheets"], language()),
        first=row["first_row"],
        last=row["last_row"],
    )
