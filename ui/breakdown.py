"""One measure by the groups of a breakdown."""

import polars as pl

from charts.numbers import period
from charts.ranked_bars import ranked_bars
from charts.theme import Mode
from measures.definition import Card
from ui import blocks
from ui.data import Rows
from ui.filters import Chosen, group_text
from ui.provenance import provenance
from ui.texts import language, t


def by_group(rows: Rows, card: Card, chosen: Chosen, mode: Mode) -> None:
    """One measure by the groups of a breakdown, for the whole area."""
    by = chosen.by or ""
    found = rows.estimates((card.name,), periods=(chosen.period,), group_by=by)
    found = found.filter(pl.col("group") == chosen.group) if chosen.group else found
    if found.is_empty():
        blocks.nothing_to_show(t("state.no_groups"))
        return
    names = {code: group_text(by, code) for code in found["group"].unique()}
    named = found.with_columns(
        unit_name=pl.col("group").replace_strict(names), unit_code=pl.col("group")
    )
    blocks.chart(
        ranked_bars(named, card, language(), mode),
        "poverty_groups",
        t("groups.title", by=t(f"by.{by}")),
        blocks.subtitle(card, period(chosen.period, language()), t("block.whole_area")),
        blocks.small_print(card, found.row(0, named=True), rows.served.today),
        details=lambda: provenance(rows, card, found.row(0, named=True), "poverty_groups"),
    )
