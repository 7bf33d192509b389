"""Units of one indicator by what is still missing: picture and table, the worst first."""

from collections.abc import Callable
from functools import partial

import polars as pl

from charts.labels import Row, complete
from charts.numbers import period as period_text
from charts.ranked_bars import ranked, ranked_bars
from charts.theme import Mode
from measures.definition import Card
from measures.target_standing import Standing
from measures.target_units import not_reached
from ui import blocks, changes, sentences, tables, target_units
from ui.data import Rows
from ui.provenance import everything
from ui.texts import language, t
from warehouse.door import Level

Why = Callable[[str], None]


def units_of(rows: Rows, row: Row, level: Level) -> pl.DataFrame:
    """Rows by unit of the measure and period of ``row``, the figure that the province is judged on."""
    era = target_units.era_of(rows, level, row["period"])
    return rows.estimates((row["measure"],), level=level, periods=(row["period"],), era=era)


def show_ranking(
    rows: Rows, found: Standing, units: pl.DataFrame, card: Card, level: Level, mode: Mode, why: Why
) -> None:
    """The picture: shares that should be full are turned round, so that the longest bar is the largest gap."""
    row, gaps = found.row, _gaps(found, complete(units))
    if row is None or gaps.is_empty():
        is_of_province = units.is_empty()
        blocks.nothing_to_show(
            t("target.ranking.province") if is_of_province else t("target.ranking.none")
        )
        return
    whole = _gaps(found, pl.DataFrame([row], schema=units.schema)).row(0, named=True)
    is_told = row["unit"] == "pct" and changes.can_be_headline(row)
    era = target_units.era_of(rows, level, row["period"])
    told = [period_text(row["period"], language()), t(f"era.{era}")]
    is_turned = _is_turned(found)
    blocks.chart(
        ranked_bars(gaps, card, language(), mode, whole=whole["value"] if is_told else None),
        "target_ranking",
        sentences.ranking(_gaps(found, units), whole, "missing" if is_turned else "highest"),
        blocks.subtitle(card, *([t("target.ranking.turned")] if is_turned else []), *told),
        blocks.small_print(card, row, rows.served.today) + sentences.left_out(units),
        details=partial(why, "target_ranking"),
        height=420,
    )


def show_table(rows: Rows, found: Standing, units: pl.DataFrame, card: Card) -> None:
    """The figures themselves in the same order; a row that is picked tells where it comes from."""
    row = found.row
    if row is None or units.is_empty():
        return
    own = {each["unit_code"]: each for each in units.iter_rows(named=True)}
    ordered = [own[each["unit_code"]] for each in ranked(_gaps(found, units), language())]
    picked = tables.estimates_table(
        ordered,
        card,
        "target_units",
        f"{card.name}_{row['period']}",
        tables.notes_of(card, row, rows.served),
    )
    if picked is not None:
        everything(rows, card, picked)


def _gaps(found: Standing, units: pl.DataFrame) -> pl.DataFrame:
    return not_reached(units) if _is_turned(found) else units


def _is_turned(found: Standing) -> bool:
    """Only where the plan says 100 %: without its number nothing is missing."""
    return found.indicator.target_kind == "keep_100"
