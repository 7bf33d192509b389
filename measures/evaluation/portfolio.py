"""Every model beside its comparison: one row of figures for the whole model, its pilot and its copies."""

import math
from collections.abc import Sequence

import polars as pl

from measures.evaluation.budgets import BUDGETS
from measures.evaluation.change import regression_to_the_mean
from measures.evaluation.comparison import Comparison, compare, match
from measures.evaluation.cost import cost_per_additional_exit
from measures.evaluation.effect import Effect
from measures.evaluation.following import Study, of_sites
from measures.evaluation.grade import judge
from measures.evaluation.passing import turns
from measures.evaluation.replication import fidelity, replication_ratio, revolving_reach

PARTS = ("all", "pilot", "copies")
Row = dict[str, object]


def figures(study: Study, parts: Sequence[str] = PARTS) -> pl.DataFrame:
    """One row a model and part (``all``, ``pilot``, ``copies``); shares from 0 to 1, money in dong.

    What is not known is null.
    """
    rows: list[Row] = []
    for model_id, family in study.families():
        rows += _family(model_id, family, study, parts)
    return pl.DataFrame(rows, infer_schema_length=None)


def _family(model_id: str, family: pl.DataFrame, study: Study, parts: Sequence[str]) -> list[Row]:
    rows: list[Row] = []
    effects: dict[str, Effect | None] = {}
    pilots = family.filter(model_kind="pilot")
    split = {"all": family, "pilot": pilots, "copies": family.filter(model_kind="copy")}
    for part in parts:
        sites = split[part]
        if sites.is_empty():
            continue
        if "all" in effects and sites.height == family.height:
            effects[part] = effects["all"]
            rows.append({**rows[0], "part": part})
            continue
        joined, own = of_sites(study.participants, sites), of_sites(study.members, sites)
        pool = study.pool(own)
        whole = study.matches.get(model_id) if part == "all" else match(own, pool, "is_out")
        first = compare(whole, "is_out")
        later = compare(match(own, pool, "is_out_later"), "is_out_later")
        effects[part] = first.effect() if first else None
        rows.append(
            {
                "model_id": model_id, "part": part,
                "model_name": pilots["model_name"][0], "model_type": pilots["model_type"][0],
                "agency_name": pilots["agency_name"].drop_nulls().first(),
                "participants": joined.height, "listed": own.height, "exemplary": _exemplary(joined),
                **_evidence(first, later),
                **_stages(own, pool),
                **_points(own, pool),
                **_money(sites, joined.height, effects[part]),
                "fidelity_share": _fidelity(sites, pilots),
                **_reach(joined),
            }
        )  # fmt: skip
    pilot, copies = effects.get("pilot"), effects.get("copies")
    ratio = replication_ratio(copies, pilot) if pilot and copies else None
    return [row | {"replication_ratio": ratio} for row in rows]


def _exemplary(joined: pl.DataFrame) -> int | None:
    """Households held up as an example; None where nobody wrote it."""
    told = joined["is_exemplary"].drop_nulls()
    return None if told.is_empty() else int(told.sum())


def _evidence(first: Comparison | None, later: Comparison | None) -> Row:
    """Figures of both reviews; no limit lies beyond −1 or 1, where no difference of two shares can be."""
    effect = first.effect() if first else None
    after = later.effect() if later else None
    wider = first.effect(0.9) if first else None
    p_value = first.placebo_p_value() if first and effect and effect.low > 0 else None
    verdict, reason = judge(
        effect, wider=wider, households=first.households if first else 0,
        communes=len(first.treated.values) if first else 0, placebo_p_value=p_value,
        later_estimate=after.estimate if after else None,
    )  # fmt: skip
    return {
        "grade": verdict,
        "grade_reason": reason,
        "effect_share": effect.estimate if effect else None,
        "effect_low_share": max(effect.low, -1.0) if effect else None,
        "effect_high_share": min(effect.high, 1.0) if effect else None,
        "later_effect_share": after.estimate if after else None,
        "later_low_share": max(after.low, -1.0) if after else None,
        "later_high_share": min(after.high, 1.0) if after else None,
        "later_out_share": later.share if later else None,
        "later_expected_share": later.expected_share if later else None,
        "later_households": later.households if later else 0,
        "out_share": first.share if first else None,
        "expected_share": first.expected_share if first else None,
        "households": first.households if first else 0,
        "unmatched": first.unmatched if first else 0,
        "communes": len(first.treated.values) if first else 0,
        "comparison_households": first.comparison_households if first else 0,
        "comparison_communes": len(first.control.values) if first else 0,
        "placebo_p_value": p_value,
    }  # fmt: skip


def _points(own: pl.DataFrame, pool: pl.DataFrame) -> Row:
    """Change of B1 (points): raw, of the comparison, and by regression to the mean alone."""
    mine, others = (f.drop_nulls(["b1_points", "b1_at_1"]) for f in (own, pool))
    if mine.is_empty() or others.height < 3:
        return {
            "b1_change_points": None,
            "b1_comparison_points": None,
            "b1_regression_points": None,
        }
    change = pl.col("b1_at_1") - pl.col("b1_points")
    mean, usual = (float(f["b1_points"].to_numpy().mean()) for f in (mine, others))
    correlation = others.select(pl.corr("b1_points", "b1_at_1")).item()
    is_known = correlation is not None and math.isfinite(correlation)
    return {
        "b1_change_points": mine.select(change.mean()).item(),
        "b1_comparison_points": others.select(change.mean()).item(),
        "b1_regression_points": regression_to_the_mean(
            mean, usual, max(-1.0, min(correlation, 1.0))
        )
        if is_known
        else None,
    }


def _stages(own: pl.DataFrame, pool: pl.DataFrame) -> Row:
    """Households out at the first review, and of those the ones that came back within 12 and 24 months."""
    row: Row = {"out": own.filter(pl.col("is_out")).height}
    for months in (12, 24):
        name = f"is_back_{months}"
        mine, others = own[name].drop_nulls(), pool[name].drop_nulls()
        row |= {
            f"relapsed_{months}": int(mine.sum()),
            f"relapse_known_{months}": len(mine),
            f"comparison_relapsed_{months}": int(others.sum()),
            f"comparison_relapse_known_{months}": len(others),
        }
    return row


def _money(sites: pl.DataFrame, joined: int, effect: Effect | None) -> Row:
    """Cost, and the cost of one more household out: of all participants, at the effect found."""
    by_source = {name: _sum(sites[name]) for name in BUDGETS}
    written = [value for value in by_source.values() if value is not None]
    cost = sum(written) if written else None
    found = cost_per_additional_exit(cost, joined, effect) if cost and effect else None
    return {
        "cost_vnd": cost,
        **by_source,
        "cost_per_exit_vnd": found.estimate if found else None,
        "cost_per_exit_low_vnd": found.low if found else None,
        "cost_per_exit_high_vnd": found.high if found else None,
    }


def _sum(values: pl.Series) -> float | None:
    """None where nobody wrote a sum; a written 0 is 0."""
    known = values.drop_nulls()
    return None if known.is_empty() else float(known.sum())


def core_components(pilots: pl.DataFrame) -> set[str]:
    """The components that make the model what it is: those of its pilot."""
    named = pilots["core_components"].drop_nulls().to_list()
    return {each for row in named for each in row}


def _fidelity(sites: pl.DataFrame, pilots: pl.DataFrame) -> float | None:
    """Mean share of the pilot's core components that the copies of ``sites`` have."""
    core = core_components(pilots)
    found = [
        share
        for row in sites.filter(model_kind="copy")["core_components"].drop_nulls().to_list()
        if (share := fidelity(row, core)) is not None
    ]
    return sum(found) / len(found) if found else None


def _reach(joined: pl.DataFrame) -> Row:
    reach = revolving_reach(turns(joined))
    return {
        "first_funded": reach.first_funded, "reached": reach.reached,
        "reach_per_first_funded": reach.per_first_funded,
        "recovered_share": reach.share_recovered, "months_a_cycle": reach.months_a_cycle,
        "longest_chain": reach.longest_chain,
    }  # fmt: skip
