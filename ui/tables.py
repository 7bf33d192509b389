"""The table twin of a picture: the same numbers, sorted by what matters, to read and take home."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import Row, counted_unit, has_figure, label, mark_text, unit_name
from charts.numbers import day, number, rate, signed
from charts.theme import STATUS_SYMBOLS
from measures.definition import Card
from reports.table_file import csv, workbook
from ui.comparisons import against_published, own_published
from ui.data import Rows, Served
from ui.texts import language, t

Notes = Sequence[tuple[str, str]]


def estimates_table(
    rows: Sequence[Row], card: Card, key: str, file_name: str, notes: Notes
) -> None:
    """Units with rate, numerator, denominator, status and coverage, in the order given."""
    shown = pl.DataFrame([_shown(row, card) for row in rows])
    taken = pl.DataFrame([_taken(row, card) for row in rows], infer_schema_length=None)
    table(
        shown,
        taken,
        key,
        file_name=file_name,
        notes=notes,
        numbers=_number_columns(card),
    )


def table(
    shown: pl.DataFrame,
    taken: pl.DataFrame,
    key: str,
    *,
    file_name: str,
    notes: Notes,
    numbers: Sequence[str] = (),
) -> None:
    """Show one frame and offer another (the same rows with unrounded numbers) for download.

    Args:
        shown: texts as the reader sees them; column names are headings.
        taken: what goes into the files.
        key: stable name of the element.
        file_name: file name without ending.
        notes: what the workbook's second sheet says.
        numbers: columns of ``shown`` to align right.
    """
    st.dataframe(
        shown,
        key=f"{key}_table",
        hide_index=True,
        column_config={
            **{name: st.column_config.TextColumn(alignment="right") for name in numbers},
            **(
                {shown.columns[0]: st.column_config.TextColumn(pinned=True)}
                if shown.columns
                else {}
            ),
        },
        alt=t("table.alt", name=file_name),
    )
    with st.container(horizontal=True):
        st.download_button(
            t("table.csv"),
            lambda: csv(taken),
            file_name=f"{file_name}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("table.xlsx"),
            lambda: workbook(taken, t("table.sheet"), t("table.notes_sheet"), notes),
            file_name=f"{file_name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}_xlsx",
            icon=":material/table_view:",
            on_click="ignore",
        )


def plain_table(
    shown: pl.DataFrame, key: str, file_name: str, served: Served, numbers: bool = False
) -> None:
    """A table of texts that is taken home as it is shown."""
    if shown.is_empty():
        st.info(t("state.no_rows"), icon=":material/hourglass_empty:")
        return
    aligned = shown.columns[1:] if numbers else []
    table(
        shown,
        shown,
        key,
        file_name=file_name,
        notes=_notes_of_build(served),
        numbers=aligned,
    )


def published_table(rows: Rows, published: pl.DataFrame, name: str, served: Served) -> None:
    """What was once announced beside what the lists now give, year by year."""
    pairs: list[dict[str, Any]] = against_published(
        rows.estimates((name,)), own_published(published, name)
    )
    if not pairs:
        return
    st.subheader(t("published.title"))
    st.caption(t("published.note"))
    shown = pl.DataFrame(
        [
            {
                t("column.period"): str(pair["period"]),
                t("column.published"): number(pair["published"], language()),
                t("column.computed"): number(pair["computed"], language()),
                t("column.difference"): difference_text(pair["difference"]),
                t("column.source"): str(pair["source"]),
            }
            for pair in pairs
        ]
    )
    plain_table(shown, "published", f"cong_bo_{name}", served)


def difference_text(difference: float) -> str:
    """``● 0`` where both agree, else a mark, the sign and the number."""
    if difference == 0:
        return f"{STATUS_SYMBOLS['good']} 0"
    return f"{STATUS_SYMBOLS['watch']} {signed(difference, '', language())}"


def _notes_of_build(served: Served) -> list[tuple[str, str]]:
    notes = [(t("notes.build"), served.build_id), (t("notes.made"), day(served.today))]
    return [(t("notes.warning"), t("frame.demo")), *notes] if served.is_demo else notes


def notes_of(card: Card, row: Row | None, served: Served) -> Notes:
    """What a downloaded table must say about itself."""
    vi = language() == "vi"
    notes = [
        *_notes_of_build(served),
        (t("notes.measure"), label(card, language())),
        (t("notes.definition"), card.definition_vi if vi else card.definition_en),
        (t("notes.source"), card.source_vi if vi else card.source_en),
        (t("notes.legal"), card.legal_reference),
    ]
    return notes if row is None else [*notes, (t("notes.standard"), row["standard_id"])]


def _number_columns(card: Card) -> list[str]:
    return [
        label(card, language()),
        *([t("column.numerator"), t("column.denominator")] if card.unit == "pct" else []),
        t("column.coverage"),
    ]


def _shown(row: Row, card: Card) -> dict[str, str]:
    found = has_figure(row)
    cells = {t("column.unit"): unit_name(row, language())}
    if card.unit == "pct":
        value = rate(row["value"], language()) if found else mark_text(row["mark"], language())
        cells[label(card, language())] = value
        counted = t(f"unit.{counted_unit(row['measure'])}")
        cells[t("column.numerator")] = number(row["numerator"] if found else None, language())
        cells[t("column.denominator")] = number(row["denominator"] if found else None, language())
        cells[t("column.counted")] = counted
    else:
        cells[label(card, language())] = (
            number(row["value"], language()) if found else mark_text(row["mark"], language())
        )
    cells[t("column.status")] = t(f"status.{row['status']}") if row["status"] else "–"
    cells[t("column.coverage")] = f"{row['units_reported']}/{row['units_expected']}"
    return cells


def _taken(row: Row, card: Card) -> dict[str, object]:
    return {
        t("column.code"): row["unit_code"],
        t("column.unit"): unit_name(row, language()),
        t("column.era"): row["era"],
        t("column.period"): row["period"],
        label(card, language()): row["value"],
        t("column.numerator"): row["numerator"],
        t("column.denominator"): row["denominator"],
        t("column.mark"): row["mark"],
        t("column.status"): t(f"status.{row['status']}") if row["status"] else None,
        t("column.standard"): row["standard_id"],
        t("column.reported"): row["units_reported"],
        t("column.expected"): row["units_expected"],
    }
