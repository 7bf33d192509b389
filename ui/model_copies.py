"""Copies of one model beside its pilot: what they keep of the effect and of the core components."""

from functools import partial

import polars as pl
import streamlit as st

from charts.kept_effect import Place, Step, kept_effect, signed
from charts.numbers import MISSING, number
from measures.evaluation.steps import steps
from ui import blocks, model_facts, models, printing, tables
from ui.data import Rows
from ui.model_evidence import method, site_table
from ui.models import PER, Row
from ui.texts import language, t


def copies(rows: Rows, row: Row, found: pl.DataFrame) -> None:
    """Pilot beside copies: effect, what the copies keep of it, and their core components."""
    pilot, others = (models.part_of(found, row["model_id"], part) for part in ("pilot", "copies"))
    ratio, kept = models.share_text(row["replication_ratio"]), row["fidelity_share"]
    cards = [
        model_facts.card(
            t(f"model.effect.{part}"),
            models.effect_text(one),
            models.grade_text(one) if one else t("model.no_copies"),
        )
        for part, one in (("pilot", pilot), ("copies", others))
    ]
    cards.append(model_facts.card(t("model.ratio"), ratio, t("model.ratio.note")))
    cards.append(
        model_facts.card(t("model.fidelity"), models.share_text(kept), t("model.fidelity.note"))
    )
    model_facts.cards(cards)
    own = rows.model_results("model_site").filter(family_id=row["model_id"])
    _kept(own, row)
    printing.subheader(t("model.sites"))
    st.caption(t("model.sites.note"))
    tables.plain_table(
        site_table(own), "sites", f"noi_thuc_hien_{row['model_id']}", rows.served, numbers=True
    )


def _kept(own: pl.DataFrame, row: Row) -> None:
    """The chart; the table of the places below it has the same numbers."""
    found = steps(own)
    if found.is_empty():
        blocks.nothing_to_show(t("model.kept.none"))
        return
    blocks.chart(
        kept_effect(
            [_step(one, own) for one in found.to_dicts()],
            t("model.forest.none"), language(), blocks.mode(),
        ),
        "model_kept",
        takeaway(found),
        models.subtitle(t("model.kept.subtitle"), row),
        t("model.kept.note") + " " + t("model.source"),
        details=partial(method, "model_kept"),
    )  # fmt: skip


def takeaway(found: pl.DataFrame) -> str:
    """The places that kept most beside those that kept least, or that all kept as much."""
    most, least = found.row(0, named=True), found.row(-1, named=True)
    words = {
        f"{name}_{end}": text
        for end, one in (("most", most), ("least", least))
        for name, text in (
            ("count", number(one["site_count"], language())),
            ("kept", models.share_text(one["fidelity_share"])),
            ("more", signed(PER * one["effect_share"], language())),
        )
    }
    return t("model.kept.takeaway" if found.height > 1 else "model.kept.all", **words)


def _step(one: Row, own: pl.DataFrame) -> Step:
    known = own.drop_nulls("effect_share").filter(fidelity_share=one["fidelity_share"])
    places = known.sort("model_kind", "unit_name", descending=[True, False]).to_dicts()
    counts = {name: number(one[name], language()) for name in ("site_count", "households")}
    return Step(
        t("model.kept.step", kept=models.share_text(one["fidelity_share"]), **counts),
        PER * one["effect_share"],
        tuple(
            Place(
                f"{place['unit_name'] or MISSING} ({t('model.kind.' + place['model_kind'])})",
                PER * place["effect_share"],
                place["model_kind"] == "pilot",
            )
            for place in places
        ),
    )
