"""Every model beside its comparison: one row of figures for the whole model, its pilot and its copies.

Frames in, frame out. The first review after entry is that of the entry's own year (about 12 months
after the baseline review, the last one before entry), the second the one after it (24 months).
"""

from collections.abc import Iterable, Sequence

import polars as pl

from measures.evaluation.change import Effect, regression_to_the_mean
from measures.evaluation.comparison import (
    FEATURES,
    NEAREST_COMMUNES,
    Comparison,
    compare,
    similar_communes,
    strata,
)
from measures.evaluation.cost import cost_per_additional_exit
from measures.evaluation.grade import grade
from measures.evaluation.replication import Passing, fidelity, replication_ratio, revolving_reach

_RANK = {"none": 0, "near_poor": 1, "poor": 2}
_BUDGETS = ("budget_central_vnd", "budget_local_vnd", "budget_other_vnd", "own_money_vnd")
PARTS = ("all", "pilot", "copies")
Row = dict[str, object]


def followed(lists: pl.DataFrame) -> pl.DataFrame:
    """Households on the list of each year and what the next two reviews say.

    Args:
        lists: one row a ``household_id`` and ``year``: era, unit_code, class_code, b1_points,
            area_type, is_without_labour_capacity, member_count.

    Adds commune, is_out and is_out_later (a better class one and two reviews later; null where the
    household is not named; one that left the list and is not named again has stayed off), b1_after, and the columns of ``strata``.
    """
    rank = pl.col("class_code").replace_strict(_RANK, return_dtype=pl.Int64)
    seen = lists.select("household_id", "year", rank=rank, b1="b1_points")
    rows = lists.filter(pl.col("class_code") != "none").with_columns(
        own=rank, commune=pl.concat_str("year", "era", "unit_code", separator=":")
    )
    for years, name in ((1, "after"), (2, "later")):
        then = seen.select(
            "household_id",
            pl.col("year") - years,
            pl.col("rank").alias(name),
            pl.col("b1").alias(f"b1_{name}"),
        )
        rows = rows.join(then, on=["household_id", "year"], how="left")
    # Who left the list at the first review and is not named by the second has not come back.
    has_second = (pl.col("year") + 2).is_in(lists["year"].unique().to_list())
    stayed_off = pl.when(has_second & (pl.col("after") == 0)).then(0)
    rows = rows.with_columns(later=pl.coalesce("later", stayed_off))
    return strata(
        rows.with_columns(
            is_out=pl.col("after") < pl.col("own"), is_out_later=pl.col("later") < pl.col("own")
        )
    )


def figures(
    register: pl.DataFrame,
    participants: pl.DataFrame,
    lists: pl.DataFrame,
    parts: Sequence[str] = PARTS,
) -> pl.DataFrame:
    """One row a model and part (``all``, ``pilot``, ``copies``); shares from 0 to 1, money in dong.

    ``register`` and ``participants`` hold the columns of their core tables, ``lists`` those of
    :func:`followed`. What is not known is null.
    """
    known = followed(lists)
    joined = participants.with_columns(year=pl.col("entry_date").dt.year().cast(pl.Int64) - 1)
    members = joined.join(known, on=["household_id", "year"], how="inner", suffix="_list")
    outside = known.join(joined, on="household_id", how="anti").join(
        members.select("commune").unique(), on="commune", how="anti"
    )
    communes = _features(known)
    rows: list[Row] = []
    pilots = register.filter(model_kind="pilot")
    for model_id in pilots["model_id"].unique().sort().to_list():
        family = register.filter((pl.col("model_id") == model_id) | (pl.col("copy_of") == model_id))
        rows += _family(model_id, family, joined, members, outside, communes, parts)
    return pl.DataFrame(rows, infer_schema_length=None)


def _family(
    model_id: str,
    family: pl.DataFrame,
    joined: pl.DataFrame,
    members: pl.DataFrame,
    outside: pl.DataFrame,
    communes: pl.DataFrame,
    parts: Sequence[str],
) -> list[Row]:
    rows: list[Row] = []
    effects: dict[str, Effect | None] = {}
    for part, sites in (
        ("all", family),
        ("pilot", family.filter(model_kind="pilot")),
        ("copies", family.filter(model_kind="copy")),
    ):
        if sites.is_empty() or part not in parts:
            continue
        ids = sites["model_id"].unique().to_list()
        own = members.filter(pl.col("model_id").is_in(ids))
        pool = _pool(own, outside, communes)
        first = compare(own, pool, "is_out") if own.height else None
        later = compare(own, pool, "is_out_later") if own.height else None
        effects[part] = first.effect() if first else None
        rows.append(
            {
                "model_id": model_id, "part": part,
                "model_name": family["model_name"][0], "model_type": family["model_type"][0],
                "participants": joined.filter(pl.col("model_id").is_in(ids)).height,
                **_evidence(first, later),
                **_points(own, pool),
                **_money(sites, own.height, joined.filter(pl.col("model_id").is_in(ids)).height, effects[part]),
                "fidelity_share": _fidelity(sites, family),
                **_reach(joined.filter(pl.col("model_id").is_in(ids))),
            }
        )  # fmt: skip
    pilot, copies = effects.get("pilot"), effects.get("copies")
    ratio = replication_ratio(copies, pilot) if pilot and copies else None
    return [row | {"replication_ratio": ratio} for row in rows]


def _pool(own: pl.DataFrame, outside: pl.DataFrame, communes: pl.DataFrame) -> pl.DataFrame:
    """Households of the communes without a model that resemble those of the model, year by year."""
    chosen: list[str] = []
    for year in own["year"].unique().sort().to_list():
        here = own.filter(year=year)["commune"].unique().to_list()
        offered = outside.filter(year=year)["commune"].unique().sort().to_list()
        chosen += similar_communes(communes.filter(year=year), here, offered, NEAREST_COMMUNES)
    return outside.filter(pl.col("commune").is_in(chosen))


def _features(known: pl.DataFrame) -> pl.DataFrame:
    """One row a commune and year: what makes communes alike."""
    means = {
        "poor_share": (pl.col("class_code") == "poor").mean(),
        "mean_b1": pl.col("b1_points").mean(),
        "rural_share": (pl.col("area_type") == "rural").mean(),
        "mean_size": pl.col("member_count").mean(),
    }
    return (
        known.group_by("commune", "year")
        .agg(means[name].alias(name) for name in FEATURES)
        .sort("commune")
    )


def _evidence(first: Comparison | None, later: Comparison | None) -> Row:
    effect = first.effect() if first else None
    after = later.effect() if later else None
    wider = first.effect(0.9) if first else None
    p_value = first.placebo_p_value() if first and effect else None
    return {
        "grade": grade(
            effect, wider=wider, households=first.households if first else 0,
            communes=len(first.treated.values) if first else 0, placebo_p_value=p_value,
            later_estimate=after.estimate if after else None,
        ),
        "effect_share": effect.estimate if effect else None,
        "effect_low_share": effect.low if effect else None,
        "effect_high_share": effect.high if effect else None,
        "later_effect_share": after.estimate if after else None,
        "later_low_share": after.low if after else None,
        "later_high_share": after.high if after else None,
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
    mine, others = (f.drop_nulls(["b1_points", "b1_after"]) for f in (own, pool))
    if mine.is_empty() or others.height < 3:
        return {
            "b1_change_points": None,
            "b1_comparison_points": None,
            "b1_regression_points": None,
        }
    change = pl.col("b1_after") - pl.col("b1_points")
    mean, usual = (float(f["b1_points"].to_numpy().mean()) for f in (mine, others))
    correlation = others.select(pl.corr("b1_points", "b1_after")).item()
    return {
        "b1_change_points": mine.select(change.mean()).item(),
        "b1_comparison_points": others.select(change.mean()).item(),
        "b1_regression_points": regression_to_the_mean(mean, usual, correlation),
    }


def _money(sites: pl.DataFrame, known: int, joined: int, effect: Effect | None) -> Row:
    """Cost, and the cost of one more household out: of all participants, at the effect found."""
    written = [float(v) for name in _BUDGETS for v in sites[name].drop_nulls().to_list()]
    cost = sum(written) if written else None
    found = cost_per_additional_exit(cost, joined, effect) if cost and effect and known else None
    return {
        "cost_vnd": cost,
        "cost_per_exit_vnd": found.estimate if found else None,
        "cost_per_exit_low_vnd": found.low if found else None,
        "cost_per_exit_high_vnd": found.high if found else None,
    }


def _fidelity(sites: pl.DataFrame, family: pl.DataFrame) -> float | None:
    """Mean share of the pilot's core components that the copies of ``sites`` have."""
    named = family.filter(model_kind="pilot")["core_components"].drop_nulls().to_list()
    core = {each for row in named for each in row}
    found = [
        share
        for row in sites.filter(model_kind="copy")["core_components"].drop_nulls().to_list()
        if (share := fidelity(row, core)) is not None
    ]
    return sum(found) / len(found) if found else None


def _reach(joined: pl.DataFrame) -> Row:
    reach = revolving_reach(_turns(joined))
    return {
        "first_funded": reach.first_funded, "reached": reach.reached,
        "reach_per_first_funded": reach.per_first_funded,
        "recovered_share": reach.share_recovered, "months_a_cycle": reach.months_a_cycle,
        "longest_chain": reach.longest_chain,
    }  # fmt: skip


def _turns(joined: pl.DataFrame) -> Iterable[Passing]:
    """Who received from whom; numbers of households count inside their model."""
    givers: dict[tuple[str, str], str] = {}
    rows = joined.to_dicts()
    for row in rows:
        for taker in row["passed_on_to"] or ():
            givers[str(row["model_id"]), taker] = f"{row['model_id']} {row['participant_number']}"
    for row in rows:
        key = (str(row["model_id"]), str(row["participant_number"]))
        yield Passing(
            participant=" ".join(key),
            received_from=givers.get(key),
            entry=row["entry_date"],
            support_vnd=row["support_vnd"],
            recovered_vnd=row["recovered_vnd"],
        )
