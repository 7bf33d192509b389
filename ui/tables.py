"""The table twin of a picture: the same numbers, sorted by what matters, to read and take home."""

from collections.abc import Sequence
from typing import Any

import polars as pl
import streamlit as st

from charts.labels import Row, counted_unit, has_figure, label, mark_text, unit_name
from charts.numbers import MISSING, day, number, rate
from measures.definition import Card
from reports.table_file import checksum, csv, workbook
from reports.view_file import Part
from ui import printing, table_layout
from ui.blocks import is_phone
from ui.build import Served
from ui.texts import language, t
from ui.url import address
from warehouse.result_tables import RESULT__ESTIMATE

Notes = Sequence[tuple[str, str]]


def estimates_table(
    rows: Sequence[Row],
    card: Card,
    key: str,
    file_name: str,
    notes: Notes,
    *,
    is_open: bool = True,
) -> Row | None:
    """Units with rate, numerator, denominator, status and coverage, in the order given.

    Without ``is_open`` it is only noted for paper.

    Returns:
        The row that the reader selected, to show where its figure comes from.
    """
    if not rows:
        return None
    headings = _headings(card)
    shown = pl.DataFrame([_shown(row, headings) for row in rows])
    if is_open:
        st.caption(t("table.pick"))
    taken = _taken(rows, headings)
    picked = table(
        shown,
        taken,
        key,
        file_name=file_name,
        notes=notes,
        numbers=_number_columns(card),
        can_pick=True,
        is_open=is_open,
    )
    return None if picked is None else rows[picked]


def table(
    shown: pl.DataFrame,
    taken: pl.DataFrame,
    key: str,
    *,
    file_name: str,
    notes: Notes,
    numbers: Sequence[str] = (),
    can_pick: bool = False,
    is_overview: bool = False,
    is_open: bool = True,
) -> int | None:
    """Show one frame and offer another (the same rows with unrounded numbers) for download.

    Args:
        shown: texts as the reader sees them; column names are headings.
        taken: what goes into the files.
        key: stable name of the element.
        file_name: file name without ending.
        notes: what the workbook's second sheet says.
        numbers: columns of ``shown`` to align right, sorted as numbers by a click on the heading.
        can_pick: whether a row can be selected.
        is_overview: all rows at once, on a wide screen one line each.
        is_open: whether it is drawn; else it is only noted for paper.

    Returns:
        Place of the selected row, if any.
    """
    printing.note(Part(table=shown, numbers=numbers))
    if not is_open:
        return None
    is_flat, first = is_overview and not is_phone(), shown.columns[0]
    laid = table_layout.layout(shown, numbers)
    columns = {
        first: st.column_config.TextColumn(pinned=True, width=laid.first),
        **{name: st.column_config.TextColumn(alignment="right") for name in numbers},
        **{
            name: st.column_config.TextColumn(width=width)
            for name, width in laid.widths.items()
            if name != first
        },
    }
    event: Any = st.dataframe(
        shown.with_columns(
            *(table_layout.whole(shown[name], width) for name, width in laid.widths.items()),
            *(sortable(shown[name]) for name in numbers if name in shown.columns),
        ),
        key=f"{key}_table",
        hide_index=True,
        column_config=table_layout.flat(shown) if is_flat else columns,
        row_height=None if is_flat else laid.row_height,
        height="content" if is_flat else laid.height,
        on_select="rerun" if can_pick else "ignore",
        selection_mode="single-row",
        alt=t("table.alt", name=file_name),
    )
    _downloads(taken, key, file_name, notes)
    selected = event.selection.rows if can_pick else []
    return selected[0] if selected else None


def _downloads(taken: pl.DataFrame, key: str, file_name: str, notes: Notes) -> None:
    """Two buttons; a file is only made when it is asked for."""
    told = dict(notes)
    build = f"{t('notes.build')} {told.get(t('notes.build'), '')}"
    marks = (told.get(t("notes.warning"), ""), build)
    # A CSV has no page to mark: its name says that the data are simulated.
    csv_name = f"{file_name}_mo_phong" if marks[0] else file_name
    link = (t("notes.link"), address())

    def book() -> bytes:
        told = [*notes, link, (t("notes.checksum"), checksum(taken))]
        return workbook(taken, t("table.sheet"), t("table.notes_sheet"), told, marks)

    with st.container(horizontal=True):
        st.download_button(
            t("table.csv"),
            lambda: csv(taken),
            file_name=f"{csv_name}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("table.xlsx"),
            book,
            file_name=f"{file_name}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"{key}_xlsx",
            icon=":material/table_view:",
            on_click="ignore",
        )


def sortable(texts: pl.Series) -> pl.Series:
    """Spaces before the whole part, so that sorting these texts sorts the numbers they show."""
    mark = "," if language() == "vi" else "."
    wholes = [text.partition(mark)[0].rstrip(" %") for text in texts]
    widest = max(map(len, wholes), default=0)
    padded = [" " * (widest - len(whole)) + text for whole, text in zip(wholes, texts, strict=True)]
    return pl.Series(texts.name, padded)


def _is_number(texts: pl.Series) -> bool:
    """Whether a text begins with a number after its symbol or sign: then words say that it is missing."""
    return bool(texts.str.contains(r"^[^\p{L}\d]*\d").any())


def plain_table(
    shown: pl.DataFrame,
    key: str,
    file_name: str,
    served: Served,
    numbers: bool = False,
    taken: pl.DataFrame | None = None,
    is_overview: bool = False,
    is_open: bool = True,
) -> None:
    """A table of texts that is taken home as it is shown, or as ``taken``."""
    if shown.is_empty():
        st.info(t("state.no_rows"), icon=":material/hourglass_empty:")
        return
    aligned = [name for name in shown.columns[1:] if _is_number(shown[name])] if numbers else []
    table(
        shown,
        shown if taken is None else taken,
        key,
        file_name=file_name,
        notes=_notes_of_build(served),
        numbers=aligned,
        is_overview=is_overview,
        is_open=is_open,
    )


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


def _headings(card: Card) -> dict[str, str]:
    """Column names as the reader sees them, looked up once a table."""
    names = (
        "unit code era period numerator denominator counted status coverage mark standard"
        " reported expected"
    )
    return {
        "value": label(card, language()),
        **{name: t(f"column.{name}") for name in names.split()},
    }


def _number_columns(card: Card) -> list[str]:
    return [
        label(card, language()),
        *([t("column.numerator"), t("column.denominator")] if card.unit == "pct" else []),
        t("column.coverage"),
    ]


def _shown(row: Row, headings: dict[str, str]) -> dict[str, str]:
    found, lang = has_figure(row), language()
    cells = {headings["unit"]: unit_name(row, lang)}
    if not found:
        cells[headings["value"]] = mark_text(row["mark"], lang)
    elif row["unit"] == "pct":
        cells[headings["value"]] = rate(row["value"], lang)
    else:
        cells[headings["value"]] = number(row["value"], lang)
    if row["unit"] == "pct":
        cells[headings["numerator"]] = number(row["numerator"] if found else None, lang)
        cells[headings["denominator"]] = number(row["denominator"] if found else None, lang)
        cells[headings["counted"]] = t(f"unit.{counted_unit(row['measure'])}")
    cells[headings["status"]] = _status(row)
    cells[headings["coverage"]] = f"{row['units_reported']}/{row['units_expected']}"
    return cells


def _taken(rows: Sequence[Row], headings: dict[str, str]) -> pl.DataFrame:
    """The rows with unrounded numbers, under the reader's column names and in the reader's words."""
    columns = {
        "unit_code": "code",
        "unit_name": "unit",
        "era": "era",
        "period": "period",
        "value": "value",
        "numerator": "numerator",
        "denominator": "denominator",
        "mark": "mark",
        "status": "status",
        "standard_id": "standard",
        "units_reported": "reported",
        "units_expected": "expected",
    }
    frame = RESULT__ESTIMATE.conform(
        pl.DataFrame(rows, infer_schema_length=None).select(*RESULT__ESTIMATE.columns)
    )
    words = [
        pl.Series("unit_name", [unit_name(row, language()) for row in rows]),
        pl.Series(
            "mark", ["" if has_figure(row) else mark_text(row["mark"], language()) for row in rows]
        ),
        pl.Series("status", [_status(row) for row in rows]),
    ]
    return frame.with_columns(words).select(
        pl.col(name).alias(headings[key]) for name, key in columns.items()
    )


def _status(row: Row) -> str:
    return t(f"status.{row['status']}") if row["status"] else MISSING
