"""Official forms 2 and 3 by unit, with what their opening differs by from the list before."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from charts.numbers import MISSING, number, sort_key
from measures.household_sums import form_lines, matrix
from ui import blocks, tables, url
from ui.data import Rows
from ui.household_flows import LISTED
from ui.published_table import difference_text
from ui.texts import language, t

_COUNTS = (
    "opening",
    "to_other",
    "to_none",
    "to_gone",
    "from_other",
    "from_none",
    "from_new",
    "closing",
)


def of_review(rows: Rows, period: str) -> None:
    """Form 2 or 3 of one review, a row a commune in force today."""
    st.subheader(t("household.forms"))
    st.caption(t("household.forms.note"))
    kind = url.choice(
        st.segmented_control,
        t("household.form"),
        LISTED,
        key="form",
        default="poor",
        required=True,
        format_func=lambda code: t(f"household.form.{code}"),
    )
    communes = matrix(rows.household_flows("commune", (period,)), period)
    if communes.is_empty():
        blocks.nothing_to_show(t("state.no_units"))
        return
    before = openings(rows, kind, period, communes["era"][0])
    tables.plain_table(
        form_table(communes, before, kind),
        "forms",
        f"dien_bien_{kind}_{period}",
        rows.served,
        numbers=True,
    )


def form_table(
    cells: pl.DataFrame, openings: Mapping[str, float | None], kind: str
) -> pl.DataFrame:
    """Official form 2 (``poor``) or 3 (``near_poor``): opening − out + in = closing, a row a unit.

    ``cells`` are those of one review's matrix; ``openings`` is unit → households on the list of the year before; the
    last column is what the moves tell of the opening list less that.
    """
    other = "near_poor" if kind == "poor" else "poor"
    lang, nobody = language(), t("household.not_attributable")
    heads = {name: t(f"form.{name.replace('other', other)}") for name in _COUNTS}
    unit, difference = t("column.unit"), t("form.difference")
    lines = form_lines(cells, kind, other).iter_rows(named=True)
    rows = []
    # What no unit can claim has no name and comes last.
    for line in sorted(
        lines, key=lambda one: (not one["unit_name"], sort_key(one["unit_name"] or ""))
    ):
        before = openings.get(line["unit_code"])
        row = {unit: line["unit_name"] or nobody}
        row |= {head: number(line[name], lang) for name, head in heads.items()}
        row[difference] = MISSING if before is None else difference_text(line["opening"] - before)
        rows.append(row)
    return pl.DataFrame(rows)


def openings(rows: Rows, kind: str, period: str, era: str) -> dict[str, float | None]:
    """Unit → households on the list of the year before, communes on the map of ``era``."""
    found = rows.estimates(
        (f"{kind}_household_count",), level="commune", periods=(str(int(period) - 1),), era=era
    )
    return dict(zip(found["unit_code"], found["value"], strict=True))
