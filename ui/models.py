"""Models of poverty reduction in the words and tables that the page shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import streamlit as st

from charts.forest import Interval, limits_text, of_hundred
from charts.numbers import MISSING, amount, number, rate
from charts.theme import STATUS_SYMBOLS
from measures.evaluation.grade import (
    COMMUNES_FOR_EVIDENCE,
    GRADES,
    LEAST_COMMUNES,
    LEAST_HOUSEHOLDS,
    PLACEBO_LIMIT,
    USEFUL_SHARE,
)
from ui import url
from ui.texts import language, plain, t

Row = Mapping[str, Any]
STANDINGS = {"evidence": "good", "signs": "watch", "unclear": "unknown", "no_effect": "bad"}
READ = ("name", "grade", "effect", "cost", "participants", "communes", "ratio")
"""Columns of the portfolio that are read at once."""
PER = 100
"""Shares of a model are told as households of a hundred."""
_MILLION, _PLACES_NAMED = 1_000_000, 2


def whole_models(models: pl.DataFrame) -> list[Row]:
    """One row a model, best grade and largest effect first; by code while communes are missing."""
    rows = models.filter(part="all").sort("model_id").to_dicts()
    if not is_complete(rows):
        return list(rows)
    order = {grade: place for place, grade in enumerate(GRADES)}
    effect = "effect_share"
    return sorted(rows, key=lambda row: (order[row["grade"]], -(row[effect] or 0), row["model_id"]))


def is_complete(rows: Sequence[Row]) -> bool:
    """Whether every review that was used has the lists of all communes."""
    return all(row["units_reported"] == row["units_expected"] for row in rows)


def part_of(models: pl.DataFrame, model_id: str, part: str) -> Row | None:
    """The row of one part of a model, if it has that part."""
    found = models.filter(model_id=model_id, part=part)
    return None if found.is_empty() else found.row(0, named=True)


def grade_text(row: Row) -> str:
    """``● có bằng chứng``: symbol and words."""
    grade = row["grade"]
    return f"{STATUS_SYMBOLS[STANDINGS[grade]]} {t(f'model.grade.{grade}')}"


def headline(rows: Sequence[Row]) -> str:
    """How many models stand in each grade."""
    counts = {grade: sum(row["grade"] == grade for row in rows) for grade in GRADES}
    return t("model.headline", all=len(rows), **counts)


def basis(row: Row) -> str:
    """Reviews and coverage that everything on the page rests on."""
    if not row["first_review"]:
        return t("model.basis.none")
    mark = "" if is_complete([row]) else f"{STATUS_SYMBOLS['watch']} "
    words = ("first_review", "last_review", "units_reported", "units_expected")
    return mark + t("model.basis", **{name: row[name] for name in words})


def subtitle(text: str, row: Row) -> str:
    """What a picture is of, with the reviews that everything on the page rests on."""
    if not row["first_review"]:
        return text
    words = {name: row[name] for name in ("first_review", "last_review")}
    return f"{text} · {t('model.reviews', **words)}"


def takeaway(rows: Sequence[Row]) -> str:
    """What the picture of all effects shows."""
    sure = [row for row in rows if row["grade"] == "evidence"]
    if not sure or not is_complete(rows):
        return t("model.takeaway.none" if not sure else "model.takeaway.partial", count=len(sure))
    best = max(sure, key=lambda row: row["effect_share"])
    return t("model.takeaway", model=best["model_name"], count=_of_hundred(best["effect_share"]))


def intervals(rows: Sequence[Row], chosen: str) -> list[Interval]:
    """Rows of the picture of all effects."""
    return [
        Interval(
            name=row["model_name"],
            standing=STANDINGS[row["grade"]],
            text=effect_text(row),
            is_chosen=row["model_id"] == chosen,
            **_limits(row),
        )
        for row in rows
    ]


def effect_text(row: Row | None) -> str:
    """``+31 (22 … 40)`` households of 100, or that it cannot be told."""
    if row is None or row["effect_share"] is None:
        return t("model.not_estimated")
    found = _limits(row)
    return limits_text((found["estimate"], found["low"], found["high"]), language())


def cost_text(row: Row) -> str:
    """Cost of one more household out with its limits, million đồng."""
    if row["cost_per_exit_vnd"] is None:
        return t("model.not_estimated")
    each = (f"cost_per_exit_{name}vnd" for name in ("", "low_", "high_"))
    estimate, low, high = (number(row[name] / _MILLION, language(), 1) for name in each)
    return f"{estimate} ({low} … {high})"


def places_text(sites: pl.DataFrame, *, own: bool) -> str:
    """Communes of one model, those of the pilot first: a few by name, of the others how many.

    ``own``: of the units an officer is in charge of.
    """
    if sites.is_empty():
        # A build older than the table tells of no place, not that there is none.
        return t("model.places.none_own") if own and sites.width else MISSING
    ordered = sites.drop_nulls("unit_name").sort(
        pl.col("model_kind") != "pilot", "unit_name", "unit_code"
    )
    names = ordered.unique("unit_code", keep="first", maintain_order=True)["unit_name"]
    text = ", ".join(names.head(_PLACES_NAMED))
    rest = len(names) - _PLACES_NAMED
    return text if rest <= 0 else t("model.more_places", places=text, count=rest)


def verdict(row: Row) -> str:
    """The sentence that explains the grade."""
    found = {
        name: MISSING if value is None else of_hundred(value, language())
        for name, value in _limits(row).items()
    }
    return t(
        f"model.why.{row['grade_reason']}",
        **found,
        households=number(row["households"], language()),
        communes=number(row["communes"], language()),
        placebo=rate(_percent(row["placebo_p_value"]), language()),
        **rule_words(),
    )


def rule_words() -> dict[str, str]:
    """The constants of the rule of grades as the texts name them."""
    return {
        "least_households": number(LEAST_HOUSEHOLDS, language()),
        "least_communes": number(LEAST_COMMUNES, language()),
        "sure_communes": number(COMMUNES_FOR_EVIDENCE, language()),
        "useful": number(PER * USEFUL_SHARE, language()),
        "limit": f"{number(PER * PLACEBO_LIMIT, language())} %",
    }


def choose(rows: Sequence[Row]) -> str:
    """The model looked at closely; its code stands in the URL."""
    names = {row["model_id"]: f"{grade_text(row)} · {row['model_name']}" for row in rows}
    return url.choice(
        st.selectbox,
        t("model.choose"),
        list(names),
        key="model",
        default=next(iter(names)),
        format_func=names.__getitem__,
        width=520,
    )


def portfolio(rows: Sequence[Row], sites: pl.DataFrame, *, own: bool) -> pl.DataFrame:
    """The table twin: one row a model, as texts; ``sites`` are rows of ``result__model_site``.

    ``own``: the sites are those of the units an officer is in charge of, the rest is of the whole province.
    """
    where = t("model.column.places_own") if own else t("model.column.places")
    return pl.DataFrame(
        [
            {
                t("model.column.name"): row["model_name"],
                t("model.column.grade"): grade_text(row),
                t("model.column.effect"): effect_text(row),
                t("model.column.cost"): cost_text(row),
                t("model.column.participants"): number(row["participants"], language()),
                t("model.column.communes"): number(row["communes"], language()),
                where: places_text(_of_model(sites, row["model_id"]), own=own),
                t("model.column.ratio"): share_text(row["replication_ratio"]),
                t("model.column.reach"): number(row["reach_per_first_funded"], language(), 2),
                t("model.column.type"): t(f"model.type.{row['model_type']}"),
            }
            for row in rows
        ]
    )


def _of_model(sites: pl.DataFrame, model_id: str) -> pl.DataFrame:
    return sites if sites.is_empty() else sites.filter(family_id=model_id)


def share_text(share: float | None) -> str:
    """A share as per cent; unknown is said, not shown as nothing."""
    return t("model.not_estimated") if share is None else rate(_percent(share), language())


def title(row: Row) -> str:
    """Symbol, name and grade of one model, as Markdown reads it."""
    return plain(f"{row['model_id']} {row['model_name']}: {grade_text(row)}")


def useful() -> float:
    """Households of a hundred that a model must add to be worth replicating."""
    return PER * USEFUL_SHARE


def grade_card(rows: Sequence[Row], grade: str) -> tuple[str, str, str]:
    """Title, figure and note: how many models have this grade."""
    symbol = STATUS_SYMBOLS[STANDINGS[grade]]
    count = sum(row["grade"] == grade for row in rows)
    name = t(f"model.grade.{grade}")
    return f"{symbol} {name}", amount(count, "model", language()), t(f"model.grade.{grade}.note")


def portfolio_numbers(models: pl.DataFrame) -> pl.DataFrame:
    """What goes into the files: every model and part with unrounded figures, columns as in the contract."""
    return models.sort("model_id", "part")


def _limits(row: Row) -> dict[str, Any]:
    names = {"estimate": "effect_share", "low": "effect_low_share", "high": "effect_high_share"}
    return {name: _percent(row[column]) for name, column in names.items()}


def _percent(share: float | None) -> float | None:
    return None if share is None else PER * share


def _of_hundred(share: float) -> str:
    return number(PER * share, language())
