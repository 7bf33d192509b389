"""One model from five sides: evidence, copies, passing on, households, where next."""

from collections.abc import Sequence
from functools import partial

import polars as pl
import streamlit as st

from charts.numbers import MISSING, amount, number, rate
from charts.passing_tree import Holder, passing_tree
from charts.stages import Stage, stages
from ui import blocks, model_facts, models, printing, tables, url
from ui.data import Rows
from ui.folded import folded
from ui.model_copies import copies
from ui.model_evidence import evidence, method
from ui.models import PER, Row
from ui.texts import language, t
from warehouse.door import NotAllowed

VIEWS = ("evidence", "copies", "passing", "households", "next")


def choose() -> str:
    """The side looked at; it stands in the URL."""
    return url.choice(
        st.segmented_control,
        t("model.view"),
        VIEWS,
        key="view",
        default="evidence",
        required=True,
        format_func=lambda one: t(f"model.view.{one}"),
    )


def show(view: str, rows: Rows, row: Row, found: pl.DataFrame) -> None:
    """Draw one side of the model of ``row``; ``found`` are all rows of ``result__model``."""
    draw = {
        "evidence": evidence,
        "copies": copies,
        "passing": passing,
        "households": households,
        "next": next_places,
    }
    draw[view](rows, row, found)


def passing(rows: Rows, row: Row, _found: pl.DataFrame) -> None:
    """How far the support travelled: households reached, recovered share, turns; the tree where allowed."""
    first, months = amount(row["first_funded"], "household", language()), row["months_a_cycle"]
    reach = number(row["reach_per_first_funded"], language(), 2)
    back = models.share_text(row["recovered_share"])
    cycle = t("model.no_data")
    if months is not None:
        cycle = t("model.months", months=number(months, language(), 1))
    model_facts.cards(
        [
            (t("model.first"), first, t("model.first.note")),
            (t("model.reach"), reach, t("model.reach.note", all=row["reached"])),
            model_facts.card(t("model.recovered"), back, t("model.recovered.note")),
            model_facts.card(t("model.cycle"), cycle, t("model.cycle.note")),
        ]
    )
    counts = rows.model_turn_counts().filter(family_id=row["model_id"])
    shown = [
        Stage(t("model.turn", turn=one["turn"]), one["household_count"])
        for one in counts.to_dicts()
    ]
    blocks.chart(
        stages(shown, language(), blocks.mode()),
        "model_turns",
        t(
            "model.turns.takeaway",
            first=row["first_funded"],
            more=row["reached"] - row["first_funded"],
        ),
        models.subtitle(t("model.turns.subtitle"), row),
        t("model.turns.note"),
        details=partial(method, "model_turns"),
    )
    _stage_table(rows, row, shown, "turns", "luot")
    _tree(rows, row)


def _tree(rows: Rows, row: Row) -> None:
    try:
        turns = rows.model_turns(row["model_id"])
    except NotAllowed:
        st.subheader(t("model.tree"))
        blocks.nothing_to_show(t("model.tree.refused"))
        return
    givers = set(turns["received_from"].drop_nulls())
    chained = turns.filter(
        pl.col("received_from").is_not_null() | pl.col("participant_number").is_in(list(givers))
    )
    if chained.is_empty():
        st.subheader(t("model.tree"))
        blocks.nothing_to_show(t("model.tree.none"))
        return
    holders = [
        Holder(one["participant_number"], one["turn"], one["received_from"])
        for one in chained.to_dicts()
    ]
    names = [t("model.turn", turn=turn) for turn in range(1, max(one.turn for one in holders) + 1)]
    given = chained["received_from"].drop_nulls()
    blocks.chart(
        passing_tree(holders, names, language(), blocks.mode()),
        "model_tree",
        t("model.tree.takeaway", givers=given.n_unique(), count=given.len()),
        models.subtitle(t("model.tree.subtitle", until=names[-1]), row),
        f"{t('model.tree.note')} {t('model.source')}",
        height=460,
    )
    shown = chained.select(
        pl.col("participant_number").alias(t("model.column.number")),
        pl.col("received_from").fill_null(MISSING).alias(t("model.column.giver")),
        pl.col("turn").cast(pl.String()).alias(t("model.column.turn")),
        pl.col("unit_name").alias(t("column.unit")),
    )
    tables.plain_table(shown, "tree", f"luan_chuyen_{row['model_id']}", rows.served)


def households(rows: Rows, row: Row, _found: pl.DataFrame) -> None:
    """Households of the model stage by stage, and who fell back."""
    shown = stage_rows(row)
    blocks.chart(
        stages(shown, language(), blocks.mode()),
        "model_stages",
        t("model.stages.takeaway", out=row["out"], known=row["households"] + row["unmatched"]),
        models.subtitle(t("model.stages.subtitle"), row),
        t("model.stages.note") + " " + t("model.source"),
        details=partial(method, "model_stages"),
    )
    _stage_table(rows, row, shown, "stages", "cac_buoc")
    printing.subheader(t("model.relapse"))
    st.caption(t("model.relapse.note"))
    tables.plain_table(
        relapse_table(row), "relapse", f"tai_ngheo_{row['model_id']}", rows.served, numbers=True
    )


def stage_rows(row: Row) -> list[Stage]:
    """From those who joined to those still out after a year, each with its part of the stage before."""
    counts = {
        "joined": row["participants"],
        "listed": row["listed"],
        "known": row["households"] + row["unmatched"],
        "out": row["out"],
        "followed": row["relapse_known_12"],
        "stayed": row["relapse_known_12"] - row["relapsed_12"],
    }
    before = [None, *counts.values()]
    return [
        Stage(t(f"model.stage.{name}"), count, PER * count / of if of else None)
        for (name, count), of in zip(counts.items(), before, strict=False)
    ]


def _stage_table(rows: Rows, row: Row, shown: Sequence[Stage], key: str, name: str) -> None:
    with folded(t("model.numbers"), key) as is_open:
        table = pl.DataFrame(
            [
                {
                    t("model.column.stage"): one.name,
                    t("model.column.count"): number(one.value, language()),
                }
                for one in shown
            ]
        )
        tables.plain_table(
            table, key, f"{name}_{row['model_id']}", rows.served, numbers=True, is_open=is_open
        )


def relapse_table(row: Row) -> pl.DataFrame:
    """Back in the old class within 12 and 24 months: participants beside comparison households."""
    return pl.DataFrame(
        [
            {
                t("model.column.within"): t("model.within", months=months),
                t("model.trend.participants"): _part(
                    row[f"relapsed_{months}"], row[f"relapse_known_{months}"]
                ),
                t("model.column.before"): _part(
                    row[f"comparison_relapsed_{months}"], row[f"comparison_relapse_known_{months}"]
                ),
            }
            for months in (12, 24)
        ]
    )


def _part(count: int | None, known: int | None) -> str:
    if count is None or not known:
        return t("model.no_data")
    told = {"count": number(count, language()), "known": number(known, language())}
    return t("model.part", share=rate(PER * count / known, language()), **told)


def next_places(rows: Rows, row: Row, _found: pl.DataFrame) -> None:
    """Communes without this model that resemble those where it worked, and the need there."""
    places = rows.model_results("model_next")
    own = places.filter(model_id=row["model_id"]) if not places.is_empty() else places
    if own.is_empty():
        blocks.nothing_to_show(t("model.next.none"))
        return
    poor = amount(int(own["poor_household_count"].sum()), "household", language())
    printing.subheader(t("model.next.takeaway", count=own.height, poor=poor))
    st.caption(t("model.next.note", period=own["period"][0]))
    shown = pl.DataFrame(
        [
            {
                t("column.unit"): one["unit_name"],
                t("model.column.poor"): number(one["poor_household_count"], language()),
                t("model.column.near_poor"): number(one["near_poor_household_count"], language()),
                t("model.column.others"): number(one["other_model_count"], language()),
            }
            for one in own.to_dicts()
        ]
    )
    tables.plain_table(shown, "next", f"noi_tiep_theo_{row['model_id']}", rows.served, numbers=True)
    method("model_next")
