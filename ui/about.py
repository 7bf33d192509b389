"""Reference facts as tables: standards, cards, indicators, glossary, sources."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import polars as pl
import streamlit as st

from charts.numbers import MISSING, number
from charts.theme import STATUS_SYMBOLS
from measures.definition import Card
from measures.evaluation.grade import GRADES
from reference.plan import Clause, calendar, clauses, duties, plan_indicators
from reference.programmes import programmes
from reference.records import Indicator, Sourced, Standard
from reference.yaml_file import read_yaml
from reports.view_file import Part
from ui import printing, url
from ui.duties import owner
from ui.models import STANDINGS, rule_words
from ui.navigation import page_named
from ui.provenance import card_facts
from ui.texts import language, plain, t

GLOSSARY_FILE = Path(__file__).with_name("glossary.yml")


def standards_table(found: Iterable[Standard]) -> pl.DataFrame:
    """Dated poverty standards with their lines; what is not known yet says so."""
    vi = language() == "vi"
    return pl.DataFrame(
        [
            {
                t("about.column.standard"): one.label_vi if vi else one.label_en,
                t(
                    "about.column.years"
                ): f"{_known(one.valid_from_year)}–{_known(one.valid_to_year)}",
                t("about.column.rural"): _money(one.income_line_rural_vnd),
                t("about.column.urban"): _money(one.income_line_urban_vnd),
                t("about.column.deprivations"): _known(one.min_deprivations),
                t("about.column.law"): one.legal_reference,
            }
            for one in found
        ]
    )


def fact_table(title: str, found: pl.DataFrame, note: str | None = None) -> None:
    """Reference facts under their heading, on the screen and on paper."""
    printing.subheader(title)
    if note:
        st.caption(note)
    printing.note(Part(table=found))
    st.table(found, border="horizontal", hide_index=True, alt=title)


def card_chooser(cards: Mapping[str, Card]) -> None:
    """Choose a measure and read its card."""
    vi = language() == "vi"
    name = url.choice(
        st.selectbox,
        t("about.measure"),
        list(cards),
        key="measure",
        default=next(iter(cards)),
        format_func=lambda one: cards[one].label_vi if vi else cards[one].label_en,
        width=460,
    )
    card_facts(cards[name])


def plan_section() -> list[Clause]:
    """Choose a section of the plan; its clauses in order."""
    sections: dict[str, list[Clause]] = {}
    for clause in clauses():
        sections.setdefault(".".join(clause.clause_id.split(".")[:2]), []).append(clause)
    picked = url.choice(
        st.selectbox,
        t("about.plan.section"),
        list(sections),
        key="section",
        default="II.2",
        format_func=lambda one: f"{one.split('.')[0]}.{sections[one][0].section}",
        width=640,
    )
    return sections[picked]


def grade_rule() -> pl.DataFrame:
    """The one rule that grades a model, from its constants: one row a grade, in the order of the tests."""
    words = rule_words()
    return pl.DataFrame(
        [
            {
                t(
                    "model.column.grade"
                ): f"{STATUS_SYMBOLS[STANDINGS[grade]]} {t(f'model.grade.{grade}')}",
                t("about.grade.when"): t(f"about.grade.{grade}", **words),
            }
            for grade in GRADES
        ]
    )


def clause_card(clause: Clause, today: date | None) -> None:
    """One clause: its words, what answers it, whose it is today (if a build says so), and its page."""
    rule = calendar()[clause.due_rule]
    vi = language() == "vi"
    facts = {
        t("about.plan.kind"): t(f"about.plan.kind.{clause.kind.replace(' ', '_')}"),
        t("about.plan.answer"): "; ".join(_answers(clause)),
        t("column.owner"): None if today is None else owner(clause.owner_role, today),
        t("column.deliverable"): clause.deliverable_vi if vi else clause.deliverable_en,
        t("column.due"): rule.label_vi if vi else rule.label_en,
        t("column.note"): clause.note,
    }
    told = [f"{name}: {text}" for name, text in facts.items() if text]
    printing.note(Part(" · ".join([f"{clause.clause_id}: {clause.text}", *told])))
    with st.container(border=True):
        st.markdown(f"**{clause.clause_id}**  \n{plain(clause.text)}")
        st.caption("  \n".join(map(plain, told)))
        page = page_named(clause.page)
        if page is None:
            st.caption(t("about.plan.page_later"))
        else:
            st.page_link(page, label=t("about.plan.open", page=page.title), icon=page.icon)


def _answers(clause: Clause) -> list[str]:
    """Indicators, programmes and duties that answer a clause, by their names."""
    indicators = [one for one in plan_indicators().values() if clause.clause_id in one.clauses]
    named = [
        *((one.id, one.label_vi, one.label_en) for one in indicators),
        *(
            ("", programmes()[name].label_vi, programmes()[name].label_en)
            for name in clause.programmes
        ),
        *((name, duties()[name].label_vi, duties()[name].label_en) for name in clause.duties),
    ]
    return [f"{code} {vi if language() == 'vi' else en}".strip() for code, vi, en in named]


def indicators_table(found: Iterable[Indicator]) -> pl.DataFrame:
    """The indicators of deprivation in the order of the official form."""
    vi = language() == "vi"
    return pl.DataFrame(
        [
            {
                t("about.column.number"): str(one.position),
                t("about.column.dimension"): one.dimension_vi if vi else one.dimension_en,
                t("about.column.indicator"): one.label_vi if vi else one.label_en,
                t("about.column.definition"): one.definition_vi if vi else one.definition_en,
            }
            for one in found
        ]
    )


def glossary_table() -> pl.DataFrame:
    """Vietnamese and English words that the project keeps in pairs, with what they mean."""
    terms = read_yaml(GLOSSARY_FILE)
    meaning = "meaning_vi" if language() == "vi" else "meaning_en"
    return pl.DataFrame(
        [
            {
                t("about.column.vietnamese"): term["vi"],
                t("about.column.english"): term["en"],
                t("about.column.meaning"): term[meaning],
            }
            for term in terms
        ]
    )


def sources_table(found: pl.DataFrame) -> pl.DataFrame:
    """What the numbers of sources in tables stand for."""
    return found.select(
        pl.col("source_id").str.strip_prefix("S").alias(t("about.column.mark")),
        pl.col("citation").alias(t("about.column.citation")),
        pl.col("address").fill_null(MISSING).alias(t("about.column.address")),
    )


def _known(fact: Sourced[int]) -> str:
    return t("about.unknown") if fact.value is None else str(fact.value)


def _money(fact: Sourced[int] | None) -> str:
    if fact is None:
        return MISSING
    if fact.value is None:
        return t("about.unknown")
    return f"{number(fact.value, language())} {t('about.money')}"
